"""Where an event strikes, in bands: as polygons, as a grid or as a list of units."""

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from shapely.geometry.base import BaseGeometry

from layers.errors import EventOptionError
from layers.harmonise.grid import Grid

_ABOVE_ZERO = float(np.finfo(np.float32).tiny)
"""The least value that rasters of either precision tell from 0."""
INSIDE = "inside"
"""The band of a footprint that has one only."""
MOST_BUFFER_KM = 1000
"""The farthest that ground around shapes may count as struck."""


class FootprintKind(StrEnum):
    """What a footprint was made from."""

    SHAKEMAP = "shakemap"
    EPICENTRE = "epicentre"
    POLYGON = "polygon"
    RASTER = "raster"
    DISTRICTS = "districts"


@dataclass(frozen=True)
class Band:
    """One step of severity of an event."""

    id: str
    low: float | None = None
    high: float | None = None
    """In the unit of the footprint, low ≤ v < high; None where the band has no numbers."""


@dataclass(frozen=True, kw_only=True)
class Footprint:
    """An event on the ground; exactly one of regions, grid and districts is given."""

    kind: FootprintKind
    bands: tuple[Band, ...]
    """Weakest first."""
    source: dict[str, str]
    """Where it comes from: file, and what its header states."""
    regions: tuple[BaseGeometry, ...] | None = None
    """By band, the ground at or above it, in EPSG:4326."""
    grid: Grid | None = None
    districts: frozenset[str] | None = None
    unmatched: tuple[str, ...] = ()
    """Rows of a list that name no unit."""

    @property
    def is_shaking(self) -> bool:
        """True where the bands are intensities of an earthquake."""
        return self.kind in (FootprintKind.SHAKEMAP, FootprintKind.EPICENTRE)

    @property
    def is_rough(self) -> bool:
        """True where equations of a point source stand in for a map of shaking."""
        return self.kind is FootprintKind.EPICENTRE


def footprint_of_raster(
    grid: Grid, thresholds: tuple[float, ...], source: dict[str, str]
) -> Footprint:
    """Return the footprint of a hazard raster.

    Parameters
    ----------
    grid : Grid
        Values of the hazard, for instance metres of water.
    thresholds : tuple of float
        Lower limits of the bands; none means every cell above 0.
    source : dict
        Where it comes from.

    Returns
    -------
    Footprint
        One band per threshold, each up to the next.

    Raises
    ------
    EventOptionError
        Where thresholds are not rising.
    """
    steps = thresholds or (_ABOVE_ZERO,)
    if any(low >= high for low, high in itertools.pairwise(steps)):
        raise EventOptionError("the thresholds must rise, as in --thresholds 0.5,1,2")
    if not all(math.isfinite(step) for step in steps):
        raise EventOptionError("the thresholds must be numbers, as in --thresholds 0.5,1,2")
    highs = (*steps[1:], math.inf)
    names = [f"{step:g}" for step in steps] if thresholds else [INSIDE]
    bands = tuple(
        Band(name, low, high) for name, low, high in zip(names, steps, highs, strict=True)
    )
    return Footprint(kind=FootprintKind.RASTER, bands=bands, source=source, grid=grid)


def footprint_of_districts(
    districts: frozenset[str], unmatched: tuple[str, ...], source: dict[str, str]
) -> Footprint:
    """Return the footprint of a list of whole districts, as a decree names them.

    Parameters
    ----------
    districts : frozenset of str
        UBIGEO of each.
    unmatched : tuple of str
        Rows of the list that name no unit, to be reported.
    source : dict
        Where the list comes from.

    Returns
    -------
    Footprint
        Of one band.
    """
    return Footprint(
        kind=FootprintKind.DISTRICTS,
        bands=(Band(INSIDE),),
        source=source,
        districts=districts,
        unmatched=unmatched,
    )
