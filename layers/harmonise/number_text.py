"""Numbers as people type them, with every cell that is none and why."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from layers.harmonise.code_text import MISSING_WORDS
from layers.terms import NumberFault

_MISSING = frozenset({*MISSING_WORDS, "", "n/d", "s.i.", "…", "..."})
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_COMMA_PARTS = re.compile(r"[+-]?(\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})")
"""Only where a comma parts the decimals: 3,5 and 1.234,5 and 1.234.567."""
_POINT_PARTS = re.compile(r"[+-]?(\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})")
"""Only where a point does: 3.5 and 1,234.5 and 1,234,567."""
_EITHER = re.compile(r"[+-]?\d{1,3}([.,])\d{3}")
"""1,234 and 1.234: a thousand or one and a bit."""
_RANGE = re.compile(r"[<≤]\s*\d+([.,]\d+)?|\d+\s*[-–]\s*\d+")
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(\D|$))")
_FORMULA = ("=", "@")


@dataclass(frozen=True)
class Numbers:
    """A column of text as numbers; every row is a figure, blank, suppressed or at fault."""

    values: pd.Series
    """Missing where there is no figure."""
    faults: dict[int, NumberFault]
    suppressed: frozenset[int]
    """Rows that say <5 or 1-4: small, and never zero."""


def read_numbers(
    cells: pd.Series, valid: tuple[float, float] = (-np.inf, np.inf), accepted: str = ""
) -> Numbers:
    """Read a column of numbers.

    A point parts the decimals unless the cells say otherwise: a cell such as ``1.234,5`` or
    ``3,5`` says that a comma does. ``1,234`` is read only where another cell of the column tells
    which sign is which; where they contradict each other, neither is.

    Parameters
    ----------
    cells : Series of str
        As read, indexed by row of the file.
    valid : tuple of float
        Least and greatest value.
    accepted : str
        Regular expression of the whole cell, where only such cells are figures.

    Returns
    -------
    Numbers
        Blank cells and words such as ``s/d`` are missing and no fault.
    """
    text = cells.fillna("").astype(str).str.strip()
    bare = text.map(lambda cell: _SPACES.sub("", cell.removesuffix("%").strip()))
    comma = bool(bare.map(lambda cell: bool(_COMMA_PARTS.fullmatch(cell))).any())
    point = bool(bare.map(lambda cell: bool(_POINT_PARTS.fullmatch(cell))).any())
    faults: dict[int, NumberFault] = {}
    suppressed: set[int] = set()
    values = pd.Series(np.nan, index=cells.index)
    for row, cell in bare.items():
        if cell.casefold() in _MISSING:
            continue
        if _RANGE.fullmatch(cell):
            suppressed.add(int(str(row)))
            continue
        if accepted and not re.fullmatch(accepted, cell):
            faults[int(str(row))] = NumberFault.NOT_ACCEPTED
            continue
        read = _number(cell, comma, point)
        if isinstance(read, NumberFault):
            faults[int(str(row))] = read
        elif not valid[0] <= read <= valid[1]:
            faults[int(str(row))] = NumberFault.OUT_OF_RANGE
        else:
            values[row] = read
    return Numbers(values, faults, frozenset(suppressed))


def _number(cell: str, comma: bool, point: bool) -> float | NumberFault:
    if cell.startswith(_FORMULA):
        return NumberFault.FORMULA
    if cell.casefold().lstrip("+-") in ("inf", "infinity"):
        return NumberFault.NOT_FINITE
    if _EITHER.fullmatch(cell) and comma == point:
        return NumberFault.SEPARATOR
    if comma and point and ("," in cell):
        return NumberFault.SEPARATOR
    plain = cell.replace(".", "").replace(",", ".") if comma and not point else cell
    plain = plain.replace(",", "") if point and not comma else plain
    if not _PLAIN.fullmatch(plain):
        return NumberFault.TEXT
    value = float(plain)
    return value if abs(value) < 1e15 else NumberFault.NOT_FINITE
