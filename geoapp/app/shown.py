"""The figures of one layer at one level, ready to be drawn."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from geoapp.numbers import show_values
from geoapp.style import colours_for
from layers.table.confidence import Confidence
from layers.terms import Unit


@dataclass(frozen=True)
class Shown:
    """The figures of one layer at one level, ready to be drawn."""

    values: pd.Series
    """By ubigeo, in the order of the geometry."""
    unit: Unit
    breaks: tuple[float, ...]
    classes: pd.Series
    """Class of confidence (``alta``, ``media``, ``baja``) of each figure, in the same order."""
    ranges: pd.Series | None = None
    """By ubigeo, the text of each count of which only the ends are told."""
    is_index: bool = False
    """True for an index of INFORM, whose classes have names."""
    ramp: tuple[str, ...] = ()
    """Colours of its classes, where they are not those of need."""
    note: str = ""
    """Key of a sentence of the legend about the classes."""

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours of the classes, low to high."""
        return self.ramp or colours_for(self.unit, self.breaks)

    @cached_property
    def labels(self) -> tuple[str | None, ...]:
        """What each figure is told to be; None where it is missing."""
        texts = show_values(self.values.tolist(), self.unit)
        labels = [
            None if missing else text
            for missing, text in zip(self.values.isna().tolist(), texts, strict=True)
        ]
        if self.ranges is not None:
            told = self.ranges.to_dict()
            labels = [
                told.get(code) or label
                for code, label in zip(self.values.index, labels, strict=True)
            ]
        return tuple(labels)

    @cached_property
    def marks(self) -> str:
        """One character per figure: its class."""
        return class_marks(self.values.to_numpy(dtype=float), self.breaks)

    @cached_property
    def known_classes(self) -> frozenset[str]:
        """Classes of confidence of the figures that there are."""
        return frozenset(self.classes[self.values.notna()])

    @property
    def is_hatched(self) -> bool:
        """True where low confidence tells some units from others; said in words where all have it."""
        return len(self.known_classes) > 1 and Confidence.LOW in self.known_classes

    @property
    def is_count(self) -> bool:
        """True where the layer is drawn as circles."""
        return self.unit.is_extensive


def class_marks(values: np.ndarray, breaks: tuple[float, ...]) -> str:
    """Return one character per value: its class from 0, or ``-`` where it is missing.

    A value on a break belongs to the class above it.

    Parameters
    ----------
    values : ndarray of float
        Missing is NaN.
    breaks : tuple of float
        Inner class limits, rising.

    Returns
    -------
    str
        As long as ``values``.
    """
    steps = np.searchsorted(np.asarray(breaks), values, side="right")
    return "".join(
        "-" if np.isnan(value) else str(step) for value, step in zip(values, steps, strict=True)
    )
