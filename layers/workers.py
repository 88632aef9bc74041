"""Who does the work that can be done region by region: this process, or others."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from layers.terms import AdminLevel

if TYPE_CHECKING:
    import geopandas as gpd

Part = TypeVar("Part")
Made = TypeVar("Made")
Units = dict[AdminLevel, "gpd.GeoDataFrame"]


class Workers(Protocol):
    """Does the same to several parts, and gives back what each became in their order."""

    @property
    def count(self) -> int:
        """How many parts are done at once."""
        ...

    def map(self, do: Callable[[Part], Made], parts: Sequence[Part]) -> list[Made]:
        """Return what a function of a module makes of each part."""
        ...

    def expect(self, count: int) -> None:
        """Be told that there will be work on all of so many units."""
        ...

    def whole(self, do: Callable[[Units], Made], units: Units) -> Made:
        """Return what a function of a module makes of the units of every level."""
        ...


class Here:
    """This process alone."""

    count = 1

    def map(self, do: Callable[[Part], Made], parts: Sequence[Part]) -> list[Made]:
        """Do the parts one after the other."""
        return [do(part) for part in parts]

    def expect(self, count: int) -> None:
        """Wait for it: there is nothing to be made ready."""

    def whole(self, do: Callable[[Units], Made], units: Units) -> Made:
        """Do it."""
        return do(units)


HERE = Here()


def parts_by_region(units: "gpd.GeoDataFrame", count: int) -> "list[gpd.GeoDataFrame]":
    """Part units into runs of whole regions with about as many units each.

    Parameters
    ----------
    units : GeoDataFrame
        By ubigeo, sorted.
    count : int
        How many parts, from 1; fewer where there are fewer regions.

    Returns
    -------
    list of GeoDataFrame
        One after the other they are the units again.
    """
    # Who only names workers loads no tables.
    import numpy as np

    if count == 1 or units.empty:
        return [units]
    region = units.index.str[: AdminLevel.REGION.digits].to_numpy()
    starts = np.flatnonzero(np.r_[True, region[1:] != region[:-1]])
    # A region goes to the part in which its middle unit falls.
    middles = (starts + np.r_[starts[1:], len(units)]) / 2
    part = np.repeat(middles * count // len(units), np.diff(np.r_[starts, len(units)]))
    return [units[part == one] for one in np.unique(part)]
