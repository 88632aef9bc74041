"""The record of a repair: what was broken, what was done, what it cost."""

from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import shapely


class Fault(StrEnum):
    """Why the boundary of a unit cannot be used as published."""

    ABSENT = "absent"
    EMPTY = "empty"
    INVALID = "invalid"
    AREA = "area"


class Action(StrEnum):
    """What was done about it, from light to heavy."""

    REBUILT = "rebuilt"
    """The published lines, put in order."""
    TAKEN = "taken"
    """The donor's shape as it is; it meets no sound neighbour."""
    TRIMMED = "trimmed"
    """The donor's shape without the ground of sound neighbours."""
    OVERLAPPING = "overlapping"
    """The donor's shape over sound neighbours: trimming would have destroyed it."""
    UNREPAIRED = "unrepaired"


class Reason(StrEnum):
    """Why a unit stays as it was published."""

    NO_DONOR = "no_donor"
    """The donor has no valid geometry for it."""
    DONOR_ALSO_OFF = "donor_also_off"
    """Both vintages contradict the official area, which is then itself in doubt."""
    NO_ROOM = "no_room"
    """Between its sound neighbours the donor's shape would be off in area too."""


@dataclass(frozen=True)
class Repair:
    """One broken unit and what became of it; ``dataclasses.asdict`` of it is JSON."""

    ubigeo: str
    fault: Fault
    action: Action
    donor: str | None
    """Label of the vintage that gave the geometry; None where none did."""
    before_km2: float
    after_km2: float
    official_km2: float | None
    overlap_km2: float
    """Ground of the unit that a neighbour claims too."""
    bare_km2: float
    """Ground that the published shape covered and that no unit covers any more."""
    reason: Reason | None
    """For unrepaired units."""


@dataclass(frozen=True)
class Repaired:
    """Units after repair, one row for each that was published or expected."""

    units: gpd.GeoDataFrame
    repairs: tuple[Repair, ...]
    """One record for each broken unit, by ubigeo."""

    @property
    def unrepaired(self) -> tuple[str, ...]:
        """Broken units that stay as they were published."""
        return tuple(one.ubigeo for one in self.repairs if one.action is Action.UNREPAIRED)

    @property
    def without_geometry(self) -> tuple[str, ...]:
        """Units that have a row and no geometry."""
        shapes = self.units.geometry.to_numpy()
        return tuple(self.units.index[shapely.is_missing(shapes) | shapely.is_empty(shapes)])


def with_geometry(repaired: Repaired) -> gpd.GeoSeries:
    """Return the geometries that can be used after repair.

    Parameters
    ----------
    repaired : Repaired
        What the repair made.

    Returns
    -------
    GeoSeries
        By ubigeo, without units that no vintage has a valid geometry for.
    """
    shapes = repaired.units.geometry
    usable = shapely.is_valid(shapes.to_numpy()) & ~shapely.is_empty(shapes.to_numpy())
    return shapes[usable]
