"""The workbook: data, dictionary, sources and method, one sheet each."""

import io
import math
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from geoapp.exports.frame import ExportFrame
from geoapp.words import say
from layers.errors import ExportError

_WIDEST = 60
_LINES = 200
"""Rows that are looked at to find how wide a column is."""
_LONGEST = 32_767
"""Characters that a cell holds; Excel calls a file with more of them damaged."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no XML carries."""


def write_xlsx(frame: ExportFrame, path: Path) -> None:
    """Write the workbook of a frame in Spanish.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    path : Path
        The file.
    """
    path.write_bytes(workbook_of(frame, "es"))


def workbook_of(frame: ExportFrame, language: str) -> bytes:
    """Return a workbook; texts are written as texts, so that none is a formula.

    Parameters
    ----------
    frame : ExportFrame
        What the file says. Figures keep all their digits, as in the other formats.
    language : str
        Of the names of the sheets.

    Returns
    -------
    bytes
        XLSX; the same for the same frame.

    Raises
    ------
    ExportError
        On a text that no cell can hold.
    """
    target = io.BytesIO()
    rules = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, rules) as book:
        book.set_properties(
            {
                "title": frame.title,
                "comments": f"geoapp {frame.provenance['construccion']}",
                "created": datetime.combine(date.fromisoformat(frame.date), time(), UTC),
            }
        )
        for name, table in _sheets(frame).items():
            _write(book, say(f"report.workbook.{name}", language), table)
    return target.getvalue()


def _sheets(frame: ExportFrame) -> dict[str, pd.DataFrame]:
    return {
        "data": frame.rows,
        "dictionary": frame.dictionary,
        "sources": frame.sources,
        "method": pd.DataFrame(frame.provenance.items(), columns=["clave", "valor"]),
    }


def _write(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "font_name": "Inter", "valign": "top"})
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        cells = table[column].tolist()
        page.write_string(0, place, _CONTROL.sub("", str(column)), bold)
        widest = max((len(str(cell)) for cell in cells[:_LINES]), default=0)
        page.set_column(place, place, min(_WIDEST, max(len(str(column)), widest) + 2))
        for row, cell in enumerate(cells, 1):
            _write_cell(page, row, place, cell)


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: object) -> None:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, int | float | np.number):
        page.write_number(row, place, float(cell))
        return
    text = _CONTROL.sub("", str(cell))
    if len(text) > _LONGEST:
        raise ExportError(
            "a cell of {sheet} has {length} characters and XLSX holds {longest}; use csv",
            sheet=page.name,
            length=len(text),
            longest=_LONGEST,
        )
    page.write_string(row, place, text)
