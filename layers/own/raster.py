"""A raster that a visitor gives, opened with the one driver that its first bytes name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError

from layers.errors import UserFileError
from layers.sources.raster import MAX_CELLS
from layers.sources.system import check_system


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
        raise UserFileError(
            "{name} cannot be read as GeoTIFF; export it again", name=name
        ) from error
    with raster:
        if raster.crs is None:
            raise UserFileError(
                "{name} states no reference system; write it into the file", name=name
            )
        check_system(raster.crs, name, UserFileError)
        across, turn, _, tilt, down, _ = tuple(raster.transform)[:6]
        if turn or tilt or across <= 0 or down >= 0:
            raise UserFileError("{name} is rotated or not north up; warp it", name=name)
        if raster.width * raster.height > MAX_CELLS:
            raise UserFileError(
                "{name} has more than {most} million cells; cut it",
                name=name,
                most=MAX_CELLS // 1_000_000,
            )
        try:
            yield raster
        except RasterioError as error:
            raise UserFileError(
                "{name} is cut off or damaged ({error}); export it again", name=name, error=error
            ) from error
