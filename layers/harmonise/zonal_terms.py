"""What the engines of zonal statistics are asked and what they answer."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Statistic(StrEnum):
    """How cells become the figure of a unit."""

    MEAN = "mean"
    SUM = "sum"
    SHARE = "share"
    MAX = "max"


@dataclass(frozen=True)
class Zones:
    """Units to be measured."""

    shapes: np.ndarray
    """Polygons in the reference system of the grid, none null or empty."""
    statistic: Statistic
    within: tuple[float, float]
    """Cells with low ≤ v < high count for a share."""
    is_geographic: bool
    """True where cells shrink toward the poles, so that their areas weigh."""


@dataclass(frozen=True)
class Totals:
    """One number per unit each."""

    value: np.ndarray
    known: np.ndarray
    """Σ f a over cells with data."""
    all: np.ndarray
    """Σ f a over every cell, those beyond the grid too."""
