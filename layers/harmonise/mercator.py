"""A grid of cells as a picture in the projection of web maps."""

from functools import lru_cache

import numpy as np
from affine import Affine
from rasterio.enums import Resampling
from rasterio.features import geometry_mask
from rasterio.transform import from_bounds
from rasterio.warp import reproject, transform_bounds, transform_geom
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from layers.harmonise.grid import Grid
from layers.harmonise.points import Box

_CRS = "EPSG:3857"


def to_mercator(
    grid: Grid, box: Box, land: BaseGeometry, width: int, smooth: bool = True
) -> np.ndarray:
    """Return the values of a grid at the pixels of a box of web-Mercator.

    Parameters
    ----------
    grid : Grid
        North up, in any reference system; small enough to be held whole.
    box : tuple of float
        West, south, east and north in degrees, WGS 84.
    land : BaseGeometry
        What is shown, in degrees; the rest of the box has no value.
    width : int
        Pixels from west to east; the height follows from the projection.
    smooth : bool
        True for values between those of the cells (bilinear), as UIT-R P.1510 and P.837 ask of
        their grids; False for the value of the nearest cell.

    Returns
    -------
    ndarray of float, shape (height, width)
        Not-a-number outside the land and without data; rows equally far apart in the projection.
    """
    west, south, east, north = transform_bounds("EPSG:4326", _CRS, *box)
    height = round(width * (north - south) / (east - west))
    place = from_bounds(west, south, east, north, width, height)
    found = np.full((height, width), np.nan)
    reproject(
        source=np.ma.filled(grid.values.astype(float), np.nan),
        destination=found,
        src_transform=from_bounds(
            grid.west,
            grid.north - grid.rows * grid.height,
            grid.west + grid.columns * grid.width,
            grid.north,
            grid.columns,
            grid.rows,
        ),
        src_crs=grid.crs,
        src_nodata=np.nan,
        dst_transform=place,
        dst_crs=_CRS,
        dst_nodata=np.nan,
        resampling=Resampling.bilinear if smooth else Resampling.nearest,
    )
    found[_outside(land, (height, width), tuple(place)[:6])] = np.nan
    return found


@lru_cache(maxsize=1)
def _outside(land: BaseGeometry, pixels: tuple[int, int], place: tuple[float, ...]) -> np.ndarray:
    """Return which pixels are no land: the same ones for every picture of a country."""
    shape = transform_geom("EPSG:4326", _CRS, mapping(land))
    found: np.ndarray = geometry_mask([shape], pixels, Affine(*place), all_touched=True)
    return found
