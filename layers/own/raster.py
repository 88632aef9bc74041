"""A raster that a visitor gives, opened with the one driver that its first bytes name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError

from layers.errors import UserFileError
from layers.sources.raster import MAX_CELLS
from layers.terms import FileFault


@contextmanager
def open_own_raster(path: Path, name: str) -> Iterator[rasterio.DatasetReader]:
    """Open a GeoTIFF, and close it when the block ends.

    Parameters
    ----------
    path : Path
        A file that begins as a TIFF.
    name : str
        What errors call it.

    Yields
    ------
    rasterio.DatasetReader
        North up, with a reference system.

    Raises
    ------
    UserFileError
        Where it cannot be read, is too large, rotated, or says not where it lies.
    """
    try:
        raster = rasterio.open(path, driver="GTiff")
    except (RasterioError, OSError) as error:
        raise UserFileError(f"{name} cannot be read as GeoTIFF", FileFault.DAMAGED) from error
    with raster:
        if raster.crs is None:
            raise UserFileError(f"{name} states no reference system", FileFault.NO_SYSTEM)
        across, turn, _, tilt, down, _ = tuple(raster.transform)[:6]
        if turn or tilt or across <= 0 or down >= 0:
            raise UserFileError(f"{name} is rotated or not north up", FileFault.ROTATED)
        if raster.width * raster.height > MAX_CELLS:
            raise UserFileError(
                f"{name} has more than {MAX_CELLS} cells",
                FileFault.TOO_MANY_CELLS,
                most=MAX_CELLS // 1_000_000,
            )
        try:
            yield raster
        except RasterioError as error:
            raise UserFileError(f"{name} is cut off: {error}", FileFault.DAMAGED) from error
