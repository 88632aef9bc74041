"""In which band of a footprint each point lies."""

from functools import lru_cache

import numpy as np
import pyproj
import shapely

from layers.decide.footprint import Footprint
from layers.harmonise.grid import Grid

_STRIP = 256


def band_of_points(footprint: Footprint, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the place of the band of each point, −1 where it is in none.

    Parameters
    ----------
    footprint : Footprint
        With regions or a grid.
    lon, lat : ndarray
        Degrees, none missing.

    Returns
    -------
    ndarray of int
        0 is the weakest band.
    """
    if footprint.grid is not None:
        values = _sampled(footprint.grid, lon, lat)
        lows = [band.low or 0.0 for band in footprint.bands]
        found = np.searchsorted(lows, values, side="right") - 1
        return np.where(np.isnan(values), -1, found)
    rank = np.full(len(lon), -1)
    for index, region in enumerate(footprint.regions or ()):
        shapely.prepare(region)
        rank[shapely.intersects_xy(region, lon, lat)] = index
    return rank


def _sampled(grid: Grid, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the value of the cell under each point; not-a-number without one."""
    x, y = _transformer(grid.crs.to_wkt()).transform(lon, lat)
    row = np.floor((grid.north - np.asarray(y)) / grid.height)
    column = np.floor((np.asarray(x) - grid.west) / grid.width)
    values = np.full(len(lon), np.nan)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    for top in np.unique(row[inside] // _STRIP).astype(int) * _STRIP:
        here = np.flatnonzero(inside & (row >= top) & (row < top + _STRIP))
        strip = grid.window(top, 0, min(_STRIP, grid.rows - top), grid.columns)
        cells = strip[row[here].astype(int) - top, column[here].astype(int)]
        values[here] = np.ma.filled(cells.astype(float), np.nan)
    return values


@lru_cache(maxsize=8)
def _transformer(system: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(4326, system, always_xy=True)
