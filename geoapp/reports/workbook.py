"""The workbook: data, dictionary, sources and method, one sheet each."""

import io
import math
from datetime import UTC, datetime, time

import numpy as np
import pandas as pd
import xlsxwriter

from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.reports.report import Asked
from geoapp.words import say, translate

_WIDEST = 60
_LINES = 200
"""Rows that are looked at to find how wide a column is."""


def make_workbook(asked: Asked) -> bytes:
    """Return the workbook of a level.

    Figures keep all their digits, as in the other exports; what may not be passed on is left
    out and named in the dictionary. Texts are written as texts, so that none is a formula.

    Parameters
    ----------
    asked : Asked
        Build, scenario and level.

    Returns
    -------
    bytes
        XLSX; the same for the same request.
    """
    frame = make_frame(
        asked.built,
        asked.level,
        asked.scenario,
        asked.catalogue,
        asked.country,
        date=asked.date,
    )
    target = io.BytesIO()
    rules = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, rules) as book:
        book.set_properties(
            {
                "title": asked.country.own_name,
                "comments": f"geoapp {asked.built.hash}",
                "created": datetime.combine(asked.day, time(), UTC),
            }
        )
        for name, table in _sheets(asked, frame).items():
            _write(book, say(f"report.workbook.{name}", asked.language), table)
    return target.getvalue()


def _sheets(asked: Asked, frame: ExportFrame) -> dict[str, pd.DataFrame]:
    catalogue = asked.catalogue
    sources = [
        {
            "id": name,
            "publicador": source.publisher,
            "fecha": source.vintage,
            "licencia": source.licence.value,
            "enlace": source.landing,
            "cita": source.citation,
            "sha256": source.sha256,
            "lugar": status.place or "",
            "problema": translate(status.problem or "", asked.language),
        }
        for name, status in asked.built.statuses.items()
        for source in (catalogue.source(name),)
    ]
    method = pd.DataFrame(frame.provenance.items(), columns=["clave", "valor"])
    return {
        "data": frame.rows,
        "dictionary": frame.dictionary,
        "sources": pd.DataFrame(sources),
        "method": method,
    }


def _write(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "font_name": "Inter", "valign": "top"})
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        cells = table[column].tolist()
        page.write_string(0, place, str(column), bold)
        widest = max((len(str(cell)) for cell in cells[:_LINES]), default=0)
        page.set_column(place, place, min(_WIDEST, max(len(str(column)), widest) + 2))
        for row, cell in enumerate(cells, 1):
            _write_cell(page, row, place, cell)


def _write_cell(page: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: object) -> None:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return
    if isinstance(cell, int | float | np.number):
        page.write_number(row, place, float(cell))
    else:
        page.write_string(row, place, str(cell))
