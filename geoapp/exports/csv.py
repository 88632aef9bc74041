"""CSV that opens in a spreadsheet as what it is: no formula, no lost accent."""

import csv
import io
import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geoapp.exports.frame import ExportFrame

# Full-width forms count: some spreadsheets read them as the plain ones.
_TRIGGERS = r"=+\-@|%＝＋－＠｜％"
_BLANK = r"\s\u200b-\u200f\u2060\ufeff\x00-\x1f"
_STARTS_A_FORMULA = re.compile(rf"[\t\r\n]|[{_BLANK}]*[{_TRIGGERS}]")
_STARTS_ONE_AFTER_A_SEMICOLON = re.compile(rf";(?=[{_BLANK}]*[{_TRIGGERS}])")


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Parameters
    ----------
    text : str
        A cell or a header.

    Returns
    -------
    str
        With an apostrophe before ``= + - @ | %``, TAB, CR or LF at its start,
        blanks before them or not, and after a semicolon, at which spreadsheets of
        some languages split; otherwise unchanged.
    """
    text = _STARTS_ONE_AFTER_A_SEMICOLON.sub(";'", text)
    return f"'{text}" if _STARTS_A_FORMULA.match(text) else text


def write_csv(frame: ExportFrame, path: Path) -> None:
    """Write the rows, with dictionary and provenance beside them.

    UTF-8 with a byte order mark, since Excel takes a file without one for
    Windows-1252 and spoils every Ñ. Commas between cells, a decimal point, no
    thousands separator; missing is empty. Geometry is not written.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    path : Path
        For instance ``x.csv``; ``x_diccionario.csv`` and ``x_procedencia.csv`` go beside it.
    """
    path.write_bytes(csv_text(frame.rows))
    write_beside(frame, path)


def write_beside(frame: ExportFrame, path: Path) -> None:
    """Write what the columns mean and where they come from beside a file that cannot hold it.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    path : Path
        The file, of any ending.
    """
    provenance = pd.DataFrame(frame.provenance.items(), columns=["clave", "valor"])
    for what, table in (("diccionario", frame.dictionary), ("procedencia", provenance)):
        path.with_name(f"{path.stem}_{what}.csv").write_bytes(csv_text(table))


def csv_text(table: pd.DataFrame, second: Sequence[str] = ()) -> bytes:
    """Return a table as UTF-8 with a byte order mark; missing is empty.

    Parameters
    ----------
    table : DataFrame
        Its index is not written.
    second : sequence of str
        What stands under the names of the columns; nothing by default.

    Returns
    -------
    bytes
        Commas between cells, a decimal point, no formula.
    """
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([inert(str(name)) for name in table.columns])
    if second:
        lines.writerow(second)
    columns = ([_cell(value) for value in table[name]] for name in table.columns)
    lines.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, float | np.floating):
        # Shortest digits that read back as the same number, never with an exponent.
        return "" if math.isnan(value) else np.format_float_positional(value, trim="-")
    if isinstance(value, int | np.integer):
        return str(value)
    return inert(str(value))
