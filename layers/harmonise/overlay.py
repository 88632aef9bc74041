"""Older borders over the present ones: the parents of new units, and people of settlements."""

import geopandas as gpd
import pandas as pd
import shapely

from layers.codes import ancestor
from layers.harmonise.polygons import sound_polygons
from layers.harmonise.vintages import ORIGIN_COLUMNS, Renumbered, whole_ground
from layers.terms import AdminLevel

SLIVER_SHARE = 0.05
"""A parent that gave less of the new unit's ground than this is a line that does not match."""


def overlay_shares(
    old: gpd.GeoSeries, new: gpd.GeoSeries, children: pd.Index, area_crs: str
) -> pd.DataFrame:
    """Return the share of each child's ground that lies in each older unit around it.

    Older units of the child's province are looked at, or of its region where the
    province is new too: a district is cut from its own province, and what lies in
    another one are lines that were drawn anew.

    Parameters
    ----------
    old, new : GeoSeries
        Units of the two vintages by ubigeo, in the same geographic reference system.
    children : Index of str
        Units of ``new`` to look at.
    area_crs : str
        Equal-area reference system in which the ground is measured.

    Returns
    -------
    DataFrame
        child, parent, ground (of the whole child: where lines do not match, less than 1 in sum).
    """
    before = gpd.GeoSeries(sound_polygons(old.to_crs(area_crs).to_numpy()), index=old.index)
    after = gpd.GeoSeries(sound_polygons(new[children].to_crs(area_crs).to_numpy()), index=children)
    here, there = before.sindex.query(after.to_numpy(), predicate="intersects")
    shared = shapely.area(shapely.intersection(after.to_numpy()[here], before.to_numpy()[there]))
    found = pd.DataFrame(
        {
            "child": after.index[here],
            "parent": before.index[there],
            "ground": shared / shapely.area(after.to_numpy())[here],
        }
    )
    older = {_province(code) for code in old.index}
    inside = [
        _province(child) == _province(parent)
        if _province(child) in older
        else _region(child) == _region(parent)
        for child, parent in zip(found["child"], found["parent"], strict=True)
    ]
    return found[
        pd.Series(inside, index=found.index, dtype=bool) & (found["ground"] > 0)
    ].reset_index(drop=True)


def origins_by_overlay(
    old: gpd.GeoSeries, new: gpd.GeoSeries, area_crs: str, renumbered: Renumbered = ()
) -> pd.DataFrame:
    """Find the parents of the units that an older vintage has not; identity by code comes first.

    Parameters
    ----------
    old, new : GeoSeries
        Units of the two vintages by ubigeo.
    area_crs : str
        Equal-area reference system.
    renumbered : tuple
        (old code, (new codes)) of units that bear other codes now.

    Returns
    -------
    DataFrame
        child, parent, ground; parents gave at least ``SLIVER_SHARE`` of the child's
        ground, renormalised to 1.
    """
    moved = [(child, parent, 1.0) for parent, children in renumbered for child in children]
    known = {child for child, _, _ in moved}
    children = new.index.difference(old.index).difference(pd.Index(sorted(known)))
    ground = overlay_shares(old, new, children, area_crs)
    kept = ground[ground["ground"] >= SLIVER_SHARE]
    declared = pd.DataFrame(moved, columns=list(ORIGIN_COLUMNS))
    return whole_ground(pd.concat([frame for frame in (kept, declared) if len(frame)] or [kept]))


def people_of_settlements(settlements: pd.DataFrame, units: gpd.GeoSeries) -> pd.Series:
    """Add up the people of the settlements of each unit.

    Parameters
    ----------
    settlements : DataFrame
        longitude, latitude, population; a population of 0 is unknown and not counted.
    units : GeoSeries
        Units by ubigeo, EPSG:4326.

    Returns
    -------
    Series of float
        By unit; missing where no settlement has a known population.
    """
    numbers = settlements[["longitude", "latitude", "population"]].astype(float)
    known = numbers[numbers["population"] > 0]
    points = shapely.points(known["longitude"].to_numpy(), known["latitude"].to_numpy())
    point, unit = units.sindex.query(points, predicate="within")
    people = pd.Series(known["population"].to_numpy()[point]).groupby(units.index[unit]).sum()
    return people.reindex(units.index).astype(float)


def _province(code: str) -> str:
    return ancestor(code, AdminLevel.PROVINCE)


def _region(code: str) -> str:
    return ancestor(code, AdminLevel.REGION)
