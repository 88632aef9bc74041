"""Areas, points, coarser levels and the simplification of borders that neighbours share."""

from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.harmonise.polygons import holes, is_sliver, polygonal, sound_polygons

_TOLERANCE_SHARE = 0.08
"""Tolerance of a unit as a share of the side of the square of its area."""
_TOLERANCE_STEPS = tuple(2.0**-power for power in range(6, 12))
"""Degrees, rough to fine: a border takes the finer tolerance of its two neighbours."""
_OUTSIDE_MARGIN = 5.0
_AT_ONCE = 2
"""Groups that are united at a time, which is done outside Python."""


def areas_km2(units: gpd.GeoDataFrame | gpd.GeoSeries, area_crs: str) -> np.ndarray:
    """Return the areas of units in an equal-area projection.

    Parameters
    ----------
    units : GeoDataFrame or GeoSeries
        Geometries in EPSG:4326.
    area_crs : str
        An equal-area reference system.

    Returns
    -------
    ndarray of float
        km², in the order of the rows; NaN where a geometry is null.
    """
    return np.asarray(units.geometry.to_crs(area_crs).area, dtype=float) / 1e6


def simplify_by_size(geometries: np.ndarray, land: np.ndarray) -> np.ndarray:
    """Simplify a coverage so that shared borders stay shared and small units keep their form.

    The units are simplified in steps, from the rough tolerance of the largest to
    the fine one of all; in each step only borders between two units that are large
    enough move. What surrounds the country takes part as one more large unit, so
    that coasts are simplified by the same rule. Each step is the Visvalingam–Whyatt
    simplification of coverages in GEOS.

    Parameters
    ----------
    geometries : ndarray of shapely polygons
        A coverage in degrees; empty geometries stay empty.
    land : ndarray of shapely polygons
        The same ground in as few shapes as are at hand: the same ones, or coarser units.

    Returns
    -------
    ndarray
        The same units in the same order.
    """
    polygons = np.asarray(geometries, dtype=object)
    wanted = np.sqrt(shapely.area(polygons)) * _TOLERANCE_SHARE
    west, south, east, north = shapely.total_bounds(polygons)
    frame = shapely.box(
        west - _OUTSIDE_MARGIN,
        south - _OUTSIDE_MARGIN,
        east + _OUTSIDE_MARGIN,
        north + _OUTSIDE_MARGIN,
    )
    outside = shapely.difference(frame, shapely.union_all(land))
    coverage = np.append(polygons, outside)
    reach = np.append(wanted, np.inf)
    for tolerance in _TOLERANCE_STEPS:
        large = reach >= tolerance
        if large.sum() > 1:
            coverage[large] = shapely.coverage_simplify(
                coverage[large], tolerance, simplify_boundary=False
            )
    return coverage[:-1]


def inner_points(geometries: np.ndarray) -> np.ndarray:
    """Return one point inside each geometry, for circles and labels.

    Parameters
    ----------
    geometries : ndarray of shapely polygons
        Units in degrees.

    Returns
    -------
    ndarray, shape (n, 2)
        Longitude and latitude.
    """
    return shapely.get_coordinates(shapely.point_on_surface(geometries))


def union_by_prefix(units: gpd.GeoDataFrame | gpd.GeoSeries, digits: int) -> gpd.GeoSeries:
    """Unite units by the first digits of their code, with every hole left open.

    Groups that are a coverage keep each outer vertex, so that neighbours still match;
    other groups are overlaid.

    Parameters
    ----------
    units : GeoDataFrame or GeoSeries
        By ubigeo.
    digits : int
        2 for regions, 4 for provinces.

    Returns
    -------
    GeoSeries
        By prefix, sorted; empty where no unit of the group has a geometry.
    """
    prefixes, group = np.unique(units.index.astype(str).str[:digits], return_inverse=True)
    order = np.argsort(group, kind="stable")
    members = np.split(
        sound_polygons(units.geometry.to_numpy())[order], np.cumsum(np.bincount(group))[:-1]
    )
    with ThreadPoolExecutor(_AT_ONCE) as several:
        united = list(several.map(_united, members))
    return gpd.GeoSeries(
        [polygonal(geometry) for geometry in united],
        index=pd.Index(prefixes, name=units.index.name),
        crs=units.crs,
    )


def _united(members: np.ndarray) -> BaseGeometry:
    is_coverage = shapely.coverage_is_valid(members)
    return (shapely.coverage_union_all if is_coverage else shapely.union_all)(members)


def dissolve(units: gpd.GeoDataFrame | gpd.GeoSeries, digits: int) -> gpd.GeoSeries:
    """Unite units into a coarser level whose borders are those of its members.

    Dissolve districts into provinces and provinces into regions, and the three levels
    agree to the vertex. Where lines of members do not match, slivers open between them;
    they are closed, and ``attrs["closed_slivers"]`` says how many per prefix. Lakes,
    enclaves and every other hole stay open.

    Parameters
    ----------
    units : GeoDataFrame or GeoSeries
        By ubigeo, in degrees.
    digits : int
        2 for regions, 4 for provinces.

    Returns
    -------
    GeoSeries
        By prefix, sorted; empty where no unit of the group has a geometry.
    """
    united = union_by_prefix(units, digits)
    closed: dict[str, int] = {}
    for prefix, geometry in united.items():
        slivers = [hole for hole in holes(geometry) if is_sliver(hole)]
        if slivers:
            united[prefix] = polygonal(shapely.union_all([geometry, *slivers]))
            closed[str(prefix)] = len(slivers)
    united.attrs["closed_slivers"] = closed
    return united
