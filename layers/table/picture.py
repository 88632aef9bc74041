"""A layer where it was measured, as the pixels of a web map."""

from dataclasses import dataclass

import numpy as np

NOTHING = 255
"""The class of a pixel without a figure."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A layer where it was measured, before it became one figure for each unit."""

    layer: str
    classes: np.ndarray
    """uint8, rows from north to south: class from 0 by ``breaks``, or ``NOTHING``."""
    breaks: tuple[float, ...]
    """Inner class limits, those of the layer; of a part that is or is not there, none."""
