"""Open a raster with the one driver that its declaration names."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile

from layers.errors import SourceDamagedError
from layers.sources.read import check_magic
from layers.sources.system import check_system
from layers.spec import SourceSpec

_DRIVERS = {"geotiff": "GTiff"}
MAX_CELLS = 50_000_000
"""Of a raster that is held whole in memory."""


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
        file states no reference system or one of nowhere, or its rows do not run from north to south.
    """
    if spec.format not in _DRIVERS:
        raise SourceDamagedError(
            "source {source} is declared as {format}, which is no raster; use geotiff",
            source=spec.id,
            format=spec.format,
        )
    check_magic(path, spec.format)
    try:
        raster = rasterio.open(path, driver=_DRIVERS[spec.format])
    except (RasterioError, OSError) as error:
        raise SourceDamagedError(
            "{path} cannot be read as {format}: {error}", path=path, format=spec.format, error=error
        ) from error
    with raster:
        _check_place(path, raster)
        yield raster


def read_raster_bytes(data: bytes, name: str) -> tuple[np.ma.MaskedArray, rasterio.Affine, CRS]:
    """Read the first band of a GeoTIFF that a planner brings.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What errors call it.

    Returns
    -------
    tuple of MaskedArray, Affine, CRS
        Values times their scale plus their offset, no-data and not-a-number masked.

    Raises
    ------
    SourceDamagedError
        Where it cannot be read, is larger than ``MAX_CELLS``, or says not where it lies.
    """
    try:
        with MemoryFile(data) as memory, memory.open(driver="GTiff") as raster:
            _check_place(Path(name), raster)
            if raster.width * raster.height > MAX_CELLS:
                raise SourceDamagedError(
                    "{name} has {width} by {height} cells, more than {most}; cut it to the area "
                    "of the event",
                    name=name,
                    width=raster.width,
                    height=raster.height,
                    most=MAX_CELLS,
                )
            values = raster.read(1, masked=True)
            if raster.scales[0] != 1 or raster.offsets[0] != 0:
                values = values * raster.scales[0] + raster.offsets[0]
            if values.dtype.kind == "f":
                values = np.ma.masked_invalid(values, copy=False)
            return values, raster.transform, raster.crs
    except (RasterioError, OSError, MemoryError) as error:
        if isinstance(error, SourceDamagedError):
            raise
        raise SourceDamagedError(
            "{name} cannot be read as GeoTIFF: {error}", name=name, error=error
        ) from error


def _check_place(path: Path, raster: rasterio.DatasetReader) -> None:
    if raster.crs is None:
        raise SourceDamagedError(
            "{path} states no reference system; write one into the file", path=path
        )
    check_system(raster.crs, path)
    across, turn, _, tilt, down, _ = tuple(raster.transform)[:6]
    if turn or tilt or across <= 0 or down >= 0:
        raise SourceDamagedError(
            "{path} is rotated or not north up; warp it to rows from north", path=path
        )
