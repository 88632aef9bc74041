"""The row-by-row report of a visitor's file, in words."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from geoapp.exports.csv import inert
from geoapp.words import say

COLUMNS = ("row", "state", "code", "name", "cell", "unit", "reason", "nearest")


def report_csv(rows: Iterable[Mapping[str, Any]], language: str) -> str:
    """Return the report as CSV that a spreadsheet takes for no formula.

    Parameters
    ----------
    rows : iterable of mapping
        As ``layers.own.take`` returns them.
    language : str
        A language of the product.

    Returns
    -------
    str
        With a byte order mark and one line a row.
    """
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([say(f"own.column.{name}", language) for name in COLUMNS])
    for row in rows:
        cells = (
            say(f"own.state.{row['state']}", language),
            row["code"],
            row["name"],
            row["cell"],
            row["unit"],
            reason_words(row, language),
            " · ".join(row["nearest"]),
        )
        lines.writerow([str(row["row"]), *(inert(str(cell)) for cell in cells)])
    return "\ufeff" + text.getvalue()


def reason_words(row: Mapping[str, Any], language: str) -> str:
    """Return why a row does not count, or what was done to it; empty where nothing is to say."""
    return say(f"own.reason.{row['reason']}", language) if row["reason"] else ""
