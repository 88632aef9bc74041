"""Give every place its unit: by its point, by the unit that it declares, or by its name."""

from collections.abc import Collection
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.harmonise.among import among
from layers.harmonise.points import PointsReport
from layers.harmonise.spelling import normalise_name

DOUBTFUL_KM = 20.0
"""A point further than this from the unit that its place declares is taken for a mistake. Of the
593 health facilities of Peru whose point lies in another district, half lie within 2.2 km of the
declared one and 71 further than 20 km, up to 926 km."""
SHORE_KM = 0.5
"""A point of no unit belongs to the nearest one within this: a pier, or a border drawn roughly."""
_GEOD = Geod(ellps="WGS84")


def place_points(
    points: pd.DataFrame,
    report: PointsReport,
    units: gpd.GeoSeries,
    names: pd.DataFrame,
    heirs: Collection[tuple[str, str]] = (),
) -> tuple[pd.DataFrame, PointsReport]:
    """Give places the unit in which they stand.

    The point decides; where it lies more than ``DOUBTFUL_KM`` from the unit that the place
    declares, that unit counts and the point is dropped. Without a point the declared unit
    counts, or the district whose province and name begin the name of the place.

    Parameters
    ----------
    points : DataFrame
        As `layers.harmonise.points.points_of` returns them.
    report : PointsReport
        Of their reading.
    units : GeoSeries
        Finest units by ubigeo, EPSG:4326.
    names : DataFrame
        By ubigeo: distrito, provincia, region.
    heirs : collection of tuple
        (older unit, newer unit) pairs that do not disagree, since one was cut from the other.

    Returns
    -------
    tuple of DataFrame and PointsReport
        The same columns with ``ubigeo`` (empty where unknown) for ``declared`` and
        ``region``, without places abroad; the report with what was done.
    """
    declared = points["declared"].where(among(points["declared"], units.index), "")
    found = unit_of_points(points["lon"], points["lat"], units)
    has_point, has_declared = points["lon"].notna(), declared != ""
    differs = has_point & has_declared & (declared != found)
    told = pd.DataFrame({"code": points["code"], "declared": declared, "found": found})
    agree = [(old, new) in heirs for _, old, new in _told(told[differs])]
    differs[differs] = ~np.array(agree, dtype=bool)
    away = pd.Series(0.0, index=points.index)
    away[differs] = km_to_units(points[differs], units[declared[differs]])
    doubtful = differs & (away > DOUBTFUL_KM)
    by_name = _by_name(points[~has_point & ~has_declared], names)
    ubigeo = found.where(has_point & (found != "") & ~doubtful, declared)
    ubigeo.update(by_name)
    abroad = (has_point | points["is_outside"]) & (ubigeo == "")
    elsewhere = differs & ~doubtful & (found != "")
    codes = points["code"]
    placed = points.assign(
        ubigeo=ubigeo,
        lon=points["lon"].mask(doubtful),
        lat=points["lat"].mask(doubtful),
    )
    return placed[~abroad].drop(columns=["declared", "region", "is_outside"]), replace(
        report,
        doubtful=_told(told[doubtful]),
        elsewhere=_told(told[elsewhere]),
        by_name=tuple(zip(codes[by_name.index], by_name, strict=True)),
        unplaced=tuple(codes[(ubigeo == "") & ~abroad]),
        abroad=tuple(codes[abroad]),
    )


def _told(rows: pd.DataFrame) -> tuple[tuple[str, str, str], ...]:
    return tuple(zip(rows["code"], rows["declared"], rows["found"], strict=True))


def unit_of_points(lon: pd.Series, lat: pd.Series, units: gpd.GeoSeries) -> pd.Series:
    """Return the unit in which each point lies, or the nearest within ``SHORE_KM``.

    Parameters
    ----------
    lon, lat : Series of float
        Degrees; missing where there is no point.
    units : GeoSeries
        By ubigeo, EPSG:4326.

    Returns
    -------
    Series of str
        Same index; empty where there is none. A point on a border goes to the first unit.
    """
    known = lon.dropna().index
    shapes = shapely.points(lon[known].to_numpy(float), lat[known].to_numpy(float))
    # Asked this way round, every polygon is prepared once.
    unit, point = shapely.STRtree(shapes).query(units.to_numpy(), predicate="intersects")
    inside = pd.Series(units.index[unit], index=known[point], dtype=object)
    found = inside[~inside.index.duplicated()].reindex(lon.index)
    lost = known[found[known].isna()]
    if len(lost):
        points = pd.DataFrame({"lon": lon[lost], "lat": lat[lost]})
        _, near = units.sindex.nearest(gpd.points_from_xy(lon[lost], lat[lost]), return_all=False)
        is_near = km_to_units(points, units.iloc[near]) <= SHORE_KM
        found[lost[is_near]] = units.index[near][is_near]
    return found.fillna("").astype(str)


def km_to_units(points: pd.DataFrame, units: gpd.GeoSeries) -> pd.Series:
    """Return how far each point is from its unit.

    Parameters
    ----------
    points : DataFrame
        lon, lat in degrees.
    units : GeoSeries
        As many, in the same order.

    Returns
    -------
    Series of float
        Kilometres on the ellipsoid to the point of the unit that is nearest in degrees; 0 inside.
    """
    shapes = shapely.points(points["lon"].to_numpy(float), points["lat"].to_numpy(float))
    ends = shapely.get_point(shapely.shortest_line(shapes, units.to_numpy()), 1)
    metres = _GEOD.inv(points["lon"], points["lat"], shapely.get_x(ends), shapely.get_y(ends))[2]
    return pd.Series(metres, index=points.index, dtype=float) / 1000


def _by_name(points: pd.DataFrame, names: pd.DataFrame) -> pd.Series:
    """Return the district that each name begins with, after its province; without the unsure."""
    if points.empty:
        return pd.Series(dtype=object)
    units = pd.DataFrame(
        {
            "region": names["region"].map(normalise_name),
            "start": names["provincia"].map(normalise_name)
            + " "
            + names["distrito"].map(normalise_name)
            + " ",
        }
    )
    found = {}
    for index, name, region in zip(points.index, points["name"], points["region"], strict=True):
        text = f"{normalise_name(name)} "
        here = units[units["region"] == normalise_name(region)]
        starts = here["start"][[text.startswith(start) for start in here["start"]]]
        if region and len(starts):
            found[index] = starts.str.len().idxmax()
    return pd.Series(found, dtype=object)
