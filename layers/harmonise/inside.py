"""What of the polygons, lines and points of a map lies inside each unit of area."""

from collections.abc import Callable
from enum import StrEnum

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from layers.harmonise.polygons import sound_polygons

_EQUAL_AREA = "EPSG:6933"
"""Where the shares of units are measured; equal-area over the whole globe."""
_EARTH = Geod(ellps="WGS84")
_M_A_KM = 1000.0


class Outside(StrEnum):
    """Why a feature of a map has no unit."""

    NO_GEOMETRY = "no_geometry"
    WRONG_GEOMETRY = "wrong_geometry"
    """A point where polygons are asked for, and the like."""
    NO_UNIT = "outside_every_unit"


_TYPES = {
    "polygons": {"Polygon", "MultiPolygon"},
    "lines": {"LineString", "MultiLineString"},
    "points": {"Point", "MultiPoint"},
}


def features_outside(
    features: gpd.GeoSeries, units: gpd.GeoSeries, shape: str
) -> list[tuple[int, Outside]]:
    """List the features that no unit takes in.

    Parameters
    ----------
    features : GeoSeries
        Of a map, EPSG:4326, in the order of the file.
    units : GeoSeries
        By ubigeo, EPSG:4326.
    shape : str
        polygons, lines or points: what the map should hold.

    Returns
    -------
    list of tuple
        Place in the file from 1, and the reason.
    """
    inside = set(units.sindex.query(features.to_numpy(), predicate="intersects")[0].tolist())
    found = []
    for place, geometry in enumerate(features.to_numpy()):
        if geometry is None or geometry.is_empty:
            found.append((place + 1, Outside.NO_GEOMETRY))
        elif geometry.geom_type not in _TYPES[shape]:
            found.append((place + 1, Outside.WRONG_GEOMETRY))
        elif place not in inside:
            found.append((place + 1, Outside.NO_UNIT))
    return found


def area_inside(features: gpd.GeoSeries, units: gpd.GeoDataFrame) -> pd.Series:
    """Return the ground of each unit that polygons cover; what they cover twice counts once.

    Parameters
    ----------
    features : GeoSeries
        Polygons, EPSG:4326; invalid ones are made valid, others left out.
    units : GeoDataFrame
        By ubigeo, EPSG:4326, with area_km2.

    Returns
    -------
    Series of float
        km² by unit, from 0 to its area; missing where no polygon touches it.
    """
    grounds = sound_polygons(units.geometry.to_crs(_EQUAL_AREA).to_numpy())
    covers = sound_polygons(features.to_crs(_EQUAL_AREA).to_numpy())

    def covered(pieces: np.ndarray) -> float:
        return float(shapely.area(shapely.union_all(pieces)))

    shared = _measured(grounds, covers, units.index, covered)
    whole = pd.Series(shapely.area(grounds), index=units.index)
    return (shared / whole).clip(upper=1.0) * units["area_km2"]


def length_inside(features: gpd.GeoSeries, units: gpd.GeoDataFrame) -> pd.Series:
    """Return the length of the lines inside each unit, on the ellipsoid.

    Parameters
    ----------
    features : GeoSeries
        Lines, EPSG:4326; others are left out.
    units : GeoDataFrame
        By ubigeo, EPSG:4326.

    Returns
    -------
    Series of float
        km by unit; missing where no line touches it. A line on a border counts in both units.
    """
    lines = features[features.geom_type.isin(_TYPES["lines"])].to_numpy()

    def length(pieces: np.ndarray) -> float:
        return sum(_EARTH.geometry_length(piece) for piece in pieces) / _M_A_KM

    return _measured(sound_polygons(units.geometry.to_numpy()), lines, units.index, length)


def points_inside(features: gpd.GeoSeries, units: gpd.GeoDataFrame) -> pd.Series:
    """Return how many points each unit holds; one on a border counts in one unit only.

    Parameters
    ----------
    features : GeoSeries
        Points, EPSG:4326; others are left out.
    units : GeoDataFrame
        By ubigeo, EPSG:4326.

    Returns
    -------
    Series of float
        By unit; missing where there is none.
    """
    points = shapely.get_parts(features[features.geom_type.isin(_TYPES["points"])].to_numpy())
    point, unit = units.geometry.sindex.query(points, predicate="intersects")
    first = pd.Series(unit).groupby(point).min()
    counts = first.map(lambda place: units.index[place]).value_counts()
    return counts.reindex(units.index).astype(float)


def _measured(
    grounds: np.ndarray,
    features: np.ndarray,
    index: pd.Index,
    measure: Callable[[np.ndarray], float],
) -> pd.Series:
    """Measure the pieces of the features inside each ground; missing where there is none."""
    found = pd.Series(np.nan, index=index)
    if not len(features):
        return found
    ground, feature = shapely.STRtree(features).query(grounds, predicate="intersects")
    pieces = shapely.intersection(grounds[ground], features[feature])
    for place, rows in pd.Series(range(len(ground))).groupby(ground):
        found.iloc[int(place)] = measure(pieces[rows.to_numpy()])
    return found
