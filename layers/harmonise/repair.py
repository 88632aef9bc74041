"""Repair broken boundaries from another vintage, with a record of every repair."""

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.harmonise.geometry import areas_km2
from layers.harmonise.polygons import sound_polygons, trim
from layers.harmonise.repairs import Action, Fault, Reason, Repair, Repaired

_LEAST_KEPT_SHARE = 0.5
"""Of the donor's area; with less left, trimming would destroy the unit."""


@dataclass(frozen=True)
class _Ruler:
    """Measures shapes by ubigeo and compares them with official areas."""

    area_crs: str
    official: pd.Series
    max_error: float

    def km2(self, shapes: gpd.GeoSeries) -> pd.Series:
        return pd.Series(areas_km2(shapes, self.area_crs), index=shapes.index).fillna(0.0)

    def is_off(self, shapes: gpd.GeoSeries) -> pd.Series:
        error = (self.km2(shapes) / self.official.reindex(shapes.index) - 1).abs()
        return error > self.max_error


def repair_boundaries(
    units: gpd.GeoDataFrame,
    donor: gpd.GeoDataFrame,
    expected: Collection[str],
    area_crs: str,
    *,
    official_km2: pd.Series | None = None,
    max_area_error: float = 0.2,
    donor_vintage: str = "donor",
) -> Repaired:
    """Repair absent, empty, invalid and ill-sized units.

    An invalid polygon is rebuilt from its own lines where its area is then fine. Other
    broken units take the donor's geometry of the same code, less the ground of sound
    neighbours. A unit without a geometry takes any valid one; a unit that has one gives
    it up only for one that is fine in area, since another shape leaves ground bare.

    Parameters
    ----------
    units, donor : GeoDataFrame
        Two vintages by ubigeo, in degrees.
    expected : collection of str
        The codes that should be there; other codes of ``units`` stay.
    area_crs : str
        An equal-area reference system.
    official_km2 : Series of float, optional
        Official areas by ubigeo; where there is none, area is no fault.
    max_area_error : float
        Largest accepted \\|drawn / official − 1\\|.
    donor_vintage : str
        Label of the donor in the records.

    Returns
    -------
    Repaired
        Units sorted by ubigeo, and one record for each broken one.
    """
    index = units.index.union(pd.Index(sorted(expected))).rename(units.index.name)
    none_official = pd.Series(np.nan, index=index)
    ruler = _Ruler(
        area_crs, none_official if official_km2 is None else official_km2, max_area_error
    )
    published, given = units.geometry.reindex(index), donor.geometry.reindex(index)
    sound = gpd.GeoSeries(sound_polygons(published.to_numpy()), index=index, crs=units.crs)
    faults = _faults(published, units.index, ruler)
    rebuilt = _rebuilt(sound, faults, ruler)
    reasons = _refusals(given, {c: f for c, f in faults.items() if c not in rebuilt}, ruler)
    takers = [code for code in faults if code not in rebuilt and code not in reasons]
    fitted, crowded = _fit(takers, sound, given, ruler)
    reasons |= dict.fromkeys(crowded, Reason.NO_ROOM)

    final = published.copy()
    for code in rebuilt:
        final[code] = sound[code]
    for code, (shape, _) in fitted.items():
        final[code] = shape
    actions = dict.fromkeys(rebuilt, Action.REBUILT) | {c: a for c, (_, a) in fitted.items()}
    return Repaired(
        units.reindex(index).set_geometry(final),
        _records(faults, actions, reasons, sound, final, ruler, donor_vintage),
    )


def _faults(published: gpd.GeoSeries, rows: pd.Index, ruler: _Ruler) -> dict[str, Fault]:
    shapes = published.to_numpy()
    has_none = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    fault = pd.Series(pd.NA, index=published.index, dtype=object)
    fault[ruler.is_off(published)] = Fault.AREA
    fault[~has_none & ~shapely.is_valid(shapes)] = Fault.INVALID
    fault[has_none] = Fault.EMPTY
    fault[~published.index.isin(rows)] = Fault.ABSENT
    return {str(code): Fault(value) for code, value in fault.dropna().items()}


def _rebuilt(sound: gpd.GeoSeries, faults: dict[str, Fault], ruler: _Ruler) -> list[str]:
    invalid = sound[[code for code, fault in faults.items() if fault is Fault.INVALID]]
    fine = (ruler.km2(invalid) > 0) & ~ruler.is_off(invalid)
    return list(invalid.index[fine])


def _refusals(given: gpd.GeoSeries, faults: dict[str, Fault], ruler: _Ruler) -> dict[str, Reason]:
    shapes = given[list(faults)]
    usable = shapely.is_valid(shapes.to_numpy()) & (ruler.km2(shapes) > 0)
    off = ruler.is_off(shapes)
    reasons: dict[str, Reason] = {}
    for code, fault in faults.items():
        if not usable[code]:
            reasons[code] = Reason.NO_DONOR
        elif off[code] and fault in (Fault.AREA, Fault.INVALID):
            reasons[code] = Reason.DONOR_ALSO_OFF
    return reasons


def _fit(
    takers: list[str], sound: gpd.GeoSeries, given: gpd.GeoSeries, ruler: _Ruler
) -> tuple[dict[str, tuple[BaseGeometry, Action]], list[str]]:
    # A unit that finds no room keeps its ground and so becomes a neighbour of the others.
    crowded: list[str] = []
    while True:
        neighbours = sound.drop(takers).to_numpy()
        tree = shapely.STRtree(neighbours)
        fitted = {code: _fit_one(given[code], neighbours, tree) for code in takers}
        had = [code for code in takers if not sound[code].is_empty]
        off = ruler.is_off(gpd.GeoSeries({c: fitted[c][0] for c in had}, crs=sound.crs))
        refused = [c for c in had if off[c] or fitted[c][1] is Action.OVERLAPPING]
        if not refused:
            return fitted, crowded
        crowded += refused
        takers = [code for code in takers if code not in refused]


def _fit_one(
    shape: BaseGeometry, neighbours: np.ndarray, tree: shapely.STRtree
) -> tuple[BaseGeometry, Action]:
    touched = neighbours[tree.query(shape, "intersects")]
    trimmed = trim(shape, touched)
    if trimmed.area < _LEAST_KEPT_SHARE * shape.area:
        return shape, Action.OVERLAPPING
    if trimmed.area == shape.area:
        return shape, Action.TAKEN
    return trimmed, Action.TRIMMED


def _records(
    faults: dict[str, Fault],
    actions: dict[str, Action],
    reasons: dict[str, Reason],
    before: gpd.GeoSeries,
    final: gpd.GeoSeries,
    ruler: _Ruler,
    donor: str,
) -> tuple[Repair, ...]:
    codes = list(faults)
    overlap, bare = _costs(codes, before, final, ruler)
    was, now = ruler.km2(before[codes]), ruler.km2(final[codes])
    official = ruler.official.reindex(codes)
    records = []
    for code in codes:
        action = actions.get(code, Action.UNREPAIRED)
        own = action in (Action.REBUILT, Action.UNREPAIRED)
        records.append(
            Repair(
                ubigeo=code,
                fault=faults[code],
                action=action,
                donor=None if own else donor,
                before_km2=float(was[code]),
                after_km2=float(now[code]),
                official_km2=None if pd.isna(official[code]) else float(official[code]),
                overlap_km2=overlap[code],
                bare_km2=bare[code],
                reason=reasons.get(code),
            )
        )
    return tuple(records)


def _costs(
    codes: list[str], before: gpd.GeoSeries, final: gpd.GeoSeries, ruler: _Ruler
) -> tuple[dict[str, float], dict[str, float]]:
    shapes = sound_polygons(final.to_numpy())
    tree = shapely.STRtree(shapes)
    overlap, bare = [], []
    for code in codes:
        at = final.index.get_loc(code)
        near = np.union1d(tree.query(shapes[at]), tree.query(before[code]))
        others = shapely.union_all(shapes[near[near != at]])
        overlap.append(shapely.intersection(shapes[at], others))
        bare.append(shapely.difference(before[code], shapely.union(others, shapes[at])))
    one, other = (
        areas_km2(gpd.GeoSeries(found, index=codes, crs=final.crs), ruler.area_crs)
        for found in (overlap, bare)
    )
    return dict(zip(codes, one.tolist(), strict=True)), dict(
        zip(codes, other.tolist(), strict=True)
    )
