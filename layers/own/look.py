"""What a visitor's file is, before anything is taken from it."""

from pathlib import Path
from typing import Any

import pandas as pd

from layers.catalogue.awaited import AWAITED
from layers.harmonise.scheme import detect_scheme
from layers.own.asked import OWN
from layers.own.ground import Ground
from layers.own.raster import open_own_raster
from layers.sources.activity_columns import find_activity_columns
from layers.sources.guard import check_archive, format_of_file
from layers.sources.user_columns import guess_columns
from layers.sources.user_map import read_user_map
from layers.sources.user_table import UserTable, read_user_table
from layers.table.loaded_need import find_columns
from layers.terms import FileKind

_FIRST_ROWS = 5
_MOST_COLUMNS = 60
_CELL = 60
_NUMERIC = r"[+-]?[\d.,\s]+%?"


def look_at(path: Path, name: str, ground: Ground, system: str = "") -> dict[str, Any]:
    """Say what a file is: format, columns, first rows, codes, reference system.

    Parameters
    ----------
    path : Path
        The file, under a name of our own.
    name : str
        What its owner calls it.
    ground : Ground
        The units of the product.
    system : str
        Reference system of a map, where its owner states one.

    Returns
    -------
    dict
        name, format, bytes, kinds (what it can be loaded as, ``own`` last) and facts; of a table
        columns, first (rows), row_count, tags, guess (columns by part), numeric and scheme; of a
        map also shape, features and bounds; of a raster width, height and bands.

    Raises
    ------
    SourceDamagedError
        Where it cannot be used.
    """
    found = format_of_file(path, name)
    common = {"name": name, "format": found, "bytes": path.stat().st_size}
    if found in ("csv", "xlsx"):
        return common | _table(open_own_table(path, found, name), ground)
    if found == "geotiff":
        return common | _raster(path, name)
    return common | _map(path, name, found, ground, system)


def open_own_table(path: Path, found: str, name: str) -> UserTable:
    """Read a table after its archive was checked."""
    if found == "xlsx":
        check_archive(path, name)
    return read_user_table(path)


def _table(table: UserTable, ground: Ground) -> dict[str, Any]:
    header = [str(column) for column in table.frame.columns]
    kinds = [spec.id for spec in AWAITED if _may_be(spec.id, header, table.tags)]
    return {
        **_columns(table.frame, table.tags, ground),
        "row_count": len(table.frame),
        "facts": table.facts,
        "kinds": [*kinds, OWN],
    }


def _may_be(kind: str, header: list[str], tags: dict[str, str]) -> bool:
    spec = next(one for one in AWAITED if one.id == kind)
    if spec.kind is FileKind.ACTIVITY:
        found = find_activity_columns(header, tags)
        return "sector" in found and ("lead" in found or "implementer" in found)
    if spec.kind is FileKind.LIMITS:
        return {"sector", "layer"} <= {name.casefold() for name in header}
    return spec.kind is FileKind.TABLE and bool(find_columns(header, tags, spec.columns))


def _columns(frame: pd.DataFrame, tags: dict[str, str], ground: Ground) -> dict[str, Any]:
    header = [str(column) for column in frame.columns][:_MOST_COLUMNS]
    first = frame[header].head(_FIRST_ROWS)
    guess = guess_columns(header, tags)
    numeric = [
        column
        for column in header
        if column not in guess.values() and frame[column].str.fullmatch(_NUMERIC).any()
    ]
    return {
        "columns": header,
        "first": [
            [int(row), *(str(cell)[:_CELL] for cell in cells)]
            for row, cells in zip(first.index, first.to_numpy().tolist(), strict=True)
        ],
        "tags": {column: tag for column, tag in tags.items() if column in header},
        "guess": guess,
        "numeric": numeric,
        "scheme": _scheme(frame, guess, ground),
    }


def _scheme(frame: pd.DataFrame, guess: dict[str, str], ground: Ground) -> dict[str, str] | None:
    if "code" not in guess:
        return None
    names = frame[guess["name"]] if "name" in guess else None
    found = detect_scheme(frame[guess["code"]], names, equivalence=ground.equivalence())
    return {
        "scheme": found.scheme.value,
        "ground": found.ground.value,
        "level": found.evidence.level.value,
    }


def _map(path: Path, name: str, found: str, ground: Ground, system: str) -> dict[str, Any]:
    read = read_user_map(path, name, found, ground.box, system)
    words = pd.DataFrame(read.frame.drop(columns="geometry")).astype(str)
    kinds = [spec.id for spec in AWAITED if spec.kind.value == read.shape]
    return {
        **_columns(words, {}, ground),
        "row_count": len(read.frame),
        "facts": {**read.facts, "system": read.system},
        "shape": read.shape,
        "bounds": [round(float(edge), 3) for edge in read.frame.total_bounds],
        "kinds": [*kinds, OWN],
    }


def _raster(path: Path, name: str) -> dict[str, Any]:
    with open_own_raster(path, name) as raster:
        return {
            "width": raster.width,
            "height": raster.height,
            "bands": raster.count,
            "bounds": [round(float(edge), 3) for edge in raster.bounds],
            "facts": {"system": raster.crs.to_string()},
            "kinds": [*(spec.id for spec in AWAITED if spec.kind is FileKind.RASTER), OWN],
        }
