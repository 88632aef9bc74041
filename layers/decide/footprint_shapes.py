"""The footprint of polygons, lines and points, drawn or published."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from layers.decide.footprint import INSIDE, Band, Footprint, FootprintKind
from layers.errors import NoGroundError

GDACS_CLASSES = (("Poly_Green", "green"), ("Poly_Orange", "orange"), ("Poly_Red", "red"))
"""Polygons that GDACS ranks; the redder one counts where they overlap."""


def footprint_of_shapes(
    features: Sequence[tuple[dict[str, Any], BaseGeometry]],
    source: dict[str, str],
    buffer_km: float = 0.0,
) -> Footprint:
    """Return the footprint of polygons, lines or points, with or without a buffer.

    GDACS's polygons of alert (``Class`` Poly_Green, Poly_Orange, Poly_Red) become bands of
    their own; any other shapes are one band, each place counted once.

    Parameters
    ----------
    features : list
        Properties and geometry of each feature, EPSG:4326.
    source : dict
        Where they come from.
    buffer_km : float
        Ground within so many km counts too.

    Returns
    -------
    Footprint
        Of one band, or GDACS's.

    Raises
    ------
    NoGroundError
        Where no ground is left: lines and points without a buffer.
    """
    ranked = [
        (band, [shape for properties, shape in features if properties.get("Class") == name])
        for name, band in GDACS_CLASSES
    ]
    groups = [(band, shapes) for band, shapes in ranked if shapes]
    if not groups:
        groups = [(INSIDE, [shape for _, shape in features])]
    grounds = [_ground(shapes, buffer_km) for _, shapes in groups]
    if all(ground.is_empty for ground in grounds):
        raise NoGroundError(
            "{file} holds lines or points only; give --buffer-km, the distance that counts",
            file=source["file"],
        )
    regions = [shapely.union_all(grounds[index:]) for index in range(len(grounds))]
    return Footprint(
        kind=FootprintKind.POLYGON,
        bands=tuple(Band(band) for band, _ in groups),
        source=source,
        regions=tuple(regions),
    )


def _ground(shapes: list[BaseGeometry], buffer_km: float) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(shapes))
    if buffer_km > 0:
        parts = np.array([_buffered(part, buffer_km) for part in parts])
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _buffered(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Widen a shape, measured on a plane that is true around its middle."""
    west, south, east, north = shape.bounds
    plane = f"+proj=aeqd +lon_0={(west + east) / 2} +lat_0={(south + north) / 2} +units=km"
    there = pyproj.Transformer.from_crs(4326, plane, always_xy=True)
    back = pyproj.Transformer.from_crs(plane, 4326, always_xy=True)
    flat: BaseGeometry = shapely.transform(shape, _through(there))
    return shapely.transform(shapely.buffer(flat, km), _through(back))


def _through(way: pyproj.Transformer) -> Callable[[np.ndarray], np.ndarray]:
    return lambda places: np.column_stack(way.transform(places[:, 0], places[:, 1]))
