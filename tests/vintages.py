"""Ways between vintages that tests compare with: overlays of borders, and the way back."""

import geopandas as gpd
import pandas as pd
import shapely

from layers.codes import ancestor
from layers.harmonise.crosswalk import SLACK, Crosswalk, normalised
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


def sizes_before(sizes: pd.Series, origins: pd.DataFrame) -> pd.Series:
    """Give each new unit's size back to its parents: the sizes of the older vintage.

    Parameters
    ----------
    sizes : Series of float
        Areas or people by present unit.
    origins : DataFrame
        child, parent, ground of the new units.

    Returns
    -------
    Series of float
        By unit of the older vintage; missing sizes of a part are left out.
    """
    given = origins["ground"] * origins["child"].map(sizes)
    received = given.groupby(origins["parent"]).sum(min_count=1)
    older = sizes.drop(index=origins["child"].unique(), errors="ignore")
    return older.add(received, fill_value=0.0)


def turned(crosswalk: Crosswalk, weights: pd.Series) -> Crosswalk:
    """Return the way back: each unit returns to those that its people came from.

    Counts that were carried there come back whole when they are the weights:
    s(b→a) = s(a→b)·w_a / Σ_k s(k→b)·w_k. Rates come back along ``sole``.

    Parameters
    ----------
    crosswalk : Crosswalk
        The way there.
    weights : Series of float
        w_a from 0 up, by unit of the vintage that is left.

    Returns
    -------
    Crosswalk
        From the new vintage to the old one.
    """
    links = crosswalk.links_of(weights.index)
    people = links["share"] * links["from"].map(weights).astype(float).fillna(0.0)
    back = normalised(people, links["share"], links["to"])
    turned = pd.DataFrame(
        {"from": links["to"], "to": links["from"], "share": back, "basis": links["basis"]}
    )
    return Crosswalk(turned[turned["share"] > 0].reset_index(drop=True))


def sole(crosswalk: Crosswalk) -> Crosswalk:
    """Return the links of the units that go whole to one unit, the only ones that tell its rate."""
    return Crosswalk(crosswalk.links[crosswalk.links["share"] > 1 - SLACK].reset_index(drop=True))


def _province(code: str) -> str:
    return ancestor(code, AdminLevel.PROVINCE)


def _region(code: str) -> str:
    return ancestor(code, AdminLevel.REGION)
