"""Read GeoJSON of any make as properties and geometries."""

import json
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import EventError

Feature = tuple[dict[str, Any], BaseGeometry]
MAX_PLACES = 2_000_000


def read_features(data: bytes, name: str) -> list[Feature]:
    """Read a GeoJSON document: collection, feature or bare geometry.

    Parameters
    ----------
    data : bytes
        UTF-8 text, in longitude and latitude (RFC 7946).
    name : str
        What errors call it.

    Returns
    -------
    list of (dict, geometry)
        Without features that have no geometry; polygons are made valid.

    Raises
    ------
    EventError
        Where it is no GeoJSON, has no geometry, or is in metres.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
        found = [
            (dict(item.get("properties") or {}), shapely.from_geojson(json.dumps(item["geometry"])))
            for item in _features(document)
            if item.get("geometry")
        ]
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        shapely.errors.ShapelyError,
    ) as error:
        raise EventError(
            "{name} is no GeoJSON that can be read ({error}); export it again",
            name=name,
            error=error,
        ) from error
    found = [(properties, shape) for properties, shape in found if not shape.is_empty]
    if not found:
        raise EventError(
            "{name} holds no geometry; export the polygon of the event again", name=name
        )
    _check_places(found, name)
    return [(properties, _sound(shape)) for properties, shape in found]


def _features(document: Any) -> list[dict[str, Any]]:
    kind = document.get("type")
    if kind == "FeatureCollection":
        return list(document["features"])
    return [document] if kind == "Feature" else [{"geometry": document}]


def _check_places(found: list[Feature], name: str) -> None:
    shapes = [shape for _, shape in found]
    if sum(shapely.get_num_coordinates(shapes)) > MAX_PLACES:
        raise EventError(
            "{name} has more than {most} vertices; simplify it first", name=name, most=MAX_PLACES
        )
    west, south, east, north = shapely.total_bounds(shapes)
    if not (west >= -180.0 and east <= 180.0 and south >= -90.0 and north <= 90.0):
        raise EventError(
            "{name} is not in longitude and latitude (it reaches {east:.0f}, {north:.0f}); "
            "export it in EPSG:4326",
            name=name,
            east=east,
            north=north,
        )


def _sound(shape: BaseGeometry) -> BaseGeometry:
    flat = shapely.force_2d(shape)
    return flat if flat.is_valid else shapely.make_valid(flat)
