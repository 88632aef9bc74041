"""Open a file with the one driver that its declaration names, as it is."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import python_calamine

from layers.errors import SourceDamagedError
from layers.sources.system import check_system
from layers.spec import SourceSpec

# First bytes of a format: a file is what it begins with, not what it is called.
MAGIC = {
    "gpkg": (b"SQLite format 3\x00",),
    "xlsx": (b"PK\x03\x04",),
    "geojson": (b"{",),
    "topojson": (b"{",),
    "geotiff": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
}
_VECTOR_DRIVERS = {"gpkg": "GPKG", "geojson": "GeoJSON", "topojson": "TopoJSON"}


def check_magic(path: Path, kind: str) -> None:
    """Refuse a file whose first bytes are not those of its format.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        A key of ``MAGIC``, or another format, which has no mark.

    Raises
    ------
    SourceDamagedError
        Where the file is empty or of another format.
    """
    with path.open("rb") as file:
        head = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise SourceDamagedError("{path} is empty; copy or download it again", path=path)
    if kind in MAGIC and not head.startswith(MAGIC[kind]):
        raise SourceDamagedError(
            "{path} is not a {kind} file; it begins with {head}",
            path=path,
            kind=kind,
            head=repr(head[:8]),
        )


def _read_csv(path: Path, spec: SourceSpec) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _read_xlsx(path: Path, spec: SourceSpec) -> pd.DataFrame:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    header, *rows = book.get_sheet_by_name(spec.part or book.sheet_names[0]).to_python()
    return pd.DataFrame(rows, columns=[str(name) for name in header])


def read_table(path: Path, spec: SourceSpec) -> pd.DataFrame:
    """Read a table as it was published.

    Parameters
    ----------
    path : Path
        A verified file.
    spec : SourceSpec
        Its declaration; ``part`` is the sheet of a workbook.

    Returns
    -------
    DataFrame
        Text from CSV; the typed cells of a workbook.

    Raises
    ------
    SourceDamagedError
        Where the bytes are not of the declared format.
    """
    check_magic(path, spec.format)
    reader: Callable[[Path, SourceSpec], pd.DataFrame] = READERS[spec.format]
    try:
        return reader(path, spec)
    except (ValueError, python_calamine.CalamineError) as error:
        raise SourceDamagedError(
            "{path} cannot be read as {format}: {error}", path=path, format=spec.format, error=error
        ) from error


def read_vector(path: Path, spec: SourceSpec) -> gpd.GeoDataFrame:
    """Read geometries with an explicit driver, in EPSG:4326.

    Parameters
    ----------
    path : Path
        A verified file.
    spec : SourceSpec
        Its declaration; ``part`` is the layer.

    Returns
    -------
    GeoDataFrame
        Columns as published, geometries untouched, longitude and latitude in degrees.

    Raises
    ------
    SourceDamagedError
        Where the bytes are not of the declared format.
    """
    check_magic(path, spec.format)
    driver = _VECTOR_DRIVERS[spec.format]
    try:
        frame = gpd.read_file(f"{driver}:{path}", layer=spec.part, on_invalid="ignore")
    except (ValueError, OSError, RuntimeError) as error:
        raise SourceDamagedError(
            "{path} cannot be read as {format}: {error}", path=path, format=spec.format, error=error
        ) from error
    # TopoJSON states no reference system; RFC 7946 and its kin mean WGS 84.
    if frame.crs is None:
        return frame.set_crs(4326)
    check_system(frame.crs, path)
    return frame.to_crs(4326)


READERS: dict[str, Callable[[Path, SourceSpec], pd.DataFrame]] = {
    "csv": _read_csv,
    "xlsx": _read_xlsx,
}
