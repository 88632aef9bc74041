"""Cloud-optimised GeoTIFF: tiles and coarser copies inside, so that a part can be read alone."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioError

from geoapp.exports.rasters import RasterFrame

_TILE = 128
"""Cells along a tile: the rasters of a country are small, and still get coarser copies."""


def write_cog(frame: RasterFrame, path: Path) -> None:
    """Write the cells as numbers of 32 bits; provenance and unit are in the tags of the file.

    Parameters
    ----------
    frame : RasterFrame
        What the file says.
    path : Path
        The file.

    Raises
    ------
    OSError
        Where GDAL refuses.
    """
    grid = frame.grid
    values = np.ma.filled(grid.values.astype("float32"), np.nan)
    place = rasterio.Affine(grid.width, 0, grid.west, 0, -grid.height, grid.north)
    try:
        with rasterio.open(
            path,
            "w",
            driver="COG",
            width=grid.columns,
            height=grid.rows,
            count=1,
            dtype="float32",
            crs=grid.crs,
            transform=place,
            nodata=np.nan,
            blocksize=_TILE,
            compress="deflate",
            predictor="yes",
            overview_resampling="average",
        ) as file:
            file.write(values, 1)
            file.update_tags(**frame.provenance)
            file.set_band_description(1, frame.title)
            file.set_band_unit(1, frame.unit)
    except RasterioError as error:
        raise OSError(str(error)) from error
