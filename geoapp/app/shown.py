"""The figures of one layer at one level, ready to be drawn."""

from dataclasses import dataclass

import pandas as pd

from layers.terms import Unit


@dataclass(frozen=True)
class Shown:
    """The figures of one layer at one level, ready to be drawn."""

    values: pd.Series
    """By ubigeo, in the order of the geometry."""
    unit: Unit
    breaks: tuple[float, ...]
    is_index: bool = False
    """True for an index of INFORM, whose classes have names."""

    @property
    def is_count(self) -> bool:
        """True where the layer is drawn as circles."""
        return self.unit.is_extensive
