"""Open a raster with the one driver that its declaration names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError

from layers.errors import SourceDamagedError
from layers.sources.read import check_magic
from layers.spec import SourceSpec

_DRIVERS = {"geotiff": "GTiff"}


@contextmanager
def open_raster(path: Path, spec: SourceSpec) -> Iterator[rasterio.DatasetReader]:
    """Open a raster, and close it when the block ends.

    Parameters
    ----------
    path : Path
        A verified file.
    spec : SourceSpec
        Its declaration; ``format`` is ``geotiff``.

    Yields
    ------
    rasterio.DatasetReader
        North up, with a reference system; nothing but its header is read.

    Raises
    ------
    SourceDamagedError
        Where the bytes are not of the declared format, the header cannot be read, the
        file states no reference system, or its rows do not run from north to south.
    """
    if spec.format not in _DRIVERS:
        raise SourceDamagedError(
            f"source {spec.id} is declared as {spec.format}, which is no raster; use geotiff"
        )
    check_magic(path, spec.format)
    try:
        raster = rasterio.open(path, driver=_DRIVERS[spec.format])
    except (RasterioError, OSError) as error:
        raise SourceDamagedError(f"{path} cannot be read as {spec.format}: {error}") from error
    with raster:
        _check_place(path, raster)
        yield raster


def _check_place(path: Path, raster: rasterio.DatasetReader) -> None:
    if raster.crs is None:
        raise SourceDamagedError(f"{path} states no reference system; write one into the file")
    across, turn, _, tilt, down, _ = tuple(raster.transform)[:6]
    if turn or tilt or across <= 0 or down >= 0:
        raise SourceDamagedError(f"{path} is rotated or not north up; warp it to rows from north")
