"""The footprint of an event as polygons for a map."""

import math

import geopandas as gpd
import numpy as np
import rasterio
import rasterio.features
import shapely
from shapely.geometry.base import BaseGeometry

from layers.decide.footprint import Footprint
from layers.harmonise.grid import Grid

_MAX_CELLS = 250_000
_TOLERANCE = 0.005
"""Degrees, 500 m: finer than a map of the country shows."""


def outlines(footprint: Footprint, units: gpd.GeoSeries) -> dict[str, BaseGeometry]:
    """Return the ground of each band alone, simplified, in EPSG:4326.

    Parameters
    ----------
    footprint : Footprint
        The event.
    units : GeoSeries
        By ubigeo, outlines, for a list of districts.

    Returns
    -------
    dict
        From the band to its ground; bands without any are left out. For the eye only: no
        figure is made from them.
    """
    if footprint.grid is not None:
        found = _of_grid(footprint, footprint.grid)
    elif footprint.districts is not None:
        inside = units[units.index.isin(footprint.districts)]
        found = [shapely.union_all(inside.to_numpy())]
    else:
        found = _of_regions(footprint.regions or ())
    grounds = dict(zip((band.id for band in footprint.bands), found, strict=True))
    drawn = {band: shapely.simplify(ground, _TOLERANCE) for band, ground in grounds.items()}
    return {band: ground for band, ground in drawn.items() if not ground.is_empty}


def _of_regions(regions: tuple[BaseGeometry, ...]) -> list[BaseGeometry]:
    above = (*regions[1:], shapely.Polygon())
    return [shapely.difference(own, more) for own, more in zip(regions, above, strict=True)]


def _of_grid(footprint: Footprint, grid: Grid) -> list[BaseGeometry]:
    step = max(1, math.ceil(math.sqrt(grid.rows * grid.columns / _MAX_CELLS)))
    values = np.ma.filled(grid.values[::step, ::step].astype(float), -np.inf)
    lows = [band.low or 0.0 for band in footprint.bands]
    shaken = values >= lows[0]
    if not shaken.any():
        return [shapely.Polygon()] * len(lows)
    row, column = (np.flatnonzero(shaken.any(axis=axis)) for axis in (1, 0))
    top, left = int(row[0]), int(column[0])
    values = values[top : row[-1] + 1, left : column[-1] + 1]
    band = np.searchsorted(lows, values, side="right").astype(np.uint8)
    wide, high = grid.width * step, grid.height * step
    corner = rasterio.Affine(
        wide, 0.0, grid.west + left * wide, 0.0, -high, grid.north - top * high
    )
    shapes: list[list[BaseGeometry]] = [[] for _ in range(len(lows) + 1)]
    for shape, number in rasterio.features.shapes(band, mask=band > 0, transform=corner):
        rings = [np.array(ring) for ring in shape["coordinates"]]
        shapes[int(number)].append(shapely.Polygon(rings[0], rings[1:]))
    drawn = gpd.GeoSeries([shapely.union_all(own) for own in shapes[1:]], crs=grid.crs)
    return list(drawn.to_crs(4326))
