"""Polygons that can be overlaid, and the holes in them."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SLIVER_WIDTH = 0.0005
"""Degrees, about 55 m and the resolution of the lines: a narrower hole is no place."""
CRUMB_SHARE = 0.01
"""Smallest piece of a part that trimming keeps."""


def sound_polygons(geometries: np.ndarray) -> np.ndarray:
    """Return polygons that can be overlaid: invalid ones rebuilt, lines and points left out.

    Parameters
    ----------
    geometries : ndarray of shapely geometries
        Of any type, valid or not; None where a unit has none.

    Returns
    -------
    ndarray of valid polygons or multipolygons
        In the same order; empty where nothing with an area is left.
    """
    polygons = np.asarray(geometries, dtype=object).copy()
    polygons[shapely.is_missing(polygons)] = shapely.Polygon()
    wrong = ~shapely.is_valid(polygons)
    polygons[wrong] = shapely.make_valid(polygons[wrong], method="structure", keep_collapsed=False)
    mixed = ~np.isin(
        shapely.get_type_id(polygons),
        [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON],
    )
    polygons[mixed] = [polygonal(geometry) for geometry in polygons[mixed]]
    return polygons


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the part of a geometry that has an area.

    Parameters
    ----------
    geometry : shapely geometry
        For instance the result of an overlay.

    Returns
    -------
    Polygon or MultiPolygon
        Empty where nothing has an area.
    """
    parts = shapely.get_parts(shapely.get_parts(geometry))
    kept = parts[shapely.area(parts) > 0]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(list(kept))


def holes(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the interior holes of a polygon or multipolygon, filled.

    Parameters
    ----------
    geometry : Polygon or MultiPolygon
        For instance a whole country.

    Returns
    -------
    list of Polygon
        One per interior ring.
    """
    parts = shapely.get_parts(geometry)
    return [shapely.Polygon(ring) for part in parts for ring in part.interiors]


def is_sliver(hole: shapely.Polygon) -> bool:
    """Tell whether a hole is so narrow that only lines that do not match can have made it.

    Parameters
    ----------
    hole : Polygon
        A filled hole, in degrees.

    Returns
    -------
    bool
        True where its mean width (twice the area over the length of its ring) is below
        ``SLIVER_WIDTH``.
    """
    return bool(2 * hole.area < SLIVER_WIDTH * hole.length)


def trim(shape: BaseGeometry, others: np.ndarray) -> BaseGeometry:
    """Take the ground of other polygons away from a shape.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        What is trimmed.
    others : ndarray of polygons
        What keeps its ground.

    Returns
    -------
    Polygon or MultiPolygon
        What is left; crumbs under ``CRUMB_SHARE`` of their part are left out.
    """
    taken = shapely.union_all(others)
    kept: list[shapely.Polygon] = []
    for part in shapely.get_parts(shape):
        pieces = shapely.get_parts(polygonal(shapely.difference(part, taken)))
        kept.extend(pieces[shapely.area(pieces) >= CRUMB_SHARE * part.area])
    return polygonal(shapely.MultiPolygon(kept))
