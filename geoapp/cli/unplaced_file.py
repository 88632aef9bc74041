"""The rows of a file that have no place, as a file that people can work through."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geoapp.cli.loaded_lines import reason_words
from geoapp.exports.csv import inert
from layers.errors import ExportError, said_by_system

_COLUMNS = ("fila", "codigo", "nombre", "razon", "explicacion", "parecidos")


def write_unplaced(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write one line per row without a place, with its reason and the units that are near.

    Parameters
    ----------
    rows : iterable of mapping
        row, code, name, reason and nearest.
    path : Path
        A CSV file; one that exists is replaced.

    Raises
    ------
    ExportError
        Where the disk refuses.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(_COLUMNS)
            for row in rows:
                near = " · ".join(row["nearest"])
                cells = (row["code"], row["name"], row["reason"], reason_words(row["reason"]), near)
                lines.writerow([str(row["row"]), *(inert(str(cell)) for cell in cells)])
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExportError(
            "{path} cannot be written ({error}); choose another folder",
            path=path,
            error=said_by_system(error),
        ) from error
