"""The row-by-row report of a visitor's table: every row has one state, and the sums agree."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from layers.harmonise.assign import Assignment, CodeReason
from layers.harmonise.names import NameReason
from layers.harmonise.number_text import Numbers
from layers.terms import RowState

_AMBIGUOUS = frozenset(
    {
        CodeReason.SCHEME,
        CodeReason.CONTRADICTED,
        NameReason.NAME_AMBIGUOUS,
        NameReason.NAME_REPEATED,
    }
)
PLACED = frozenset({RowState.PLACED, RowState.REPAIRED, RowState.BY_NAME})
"""States of a row whose figure counts."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What became of one row."""

    row: int
    state: RowState
    code: str = ""
    name: str = ""
    cell: str = ""
    unit: str = ""
    """The unit that it was given; empty where it has none."""
    reason: str = ""
    """Of a row that does not count: a CodeReason, NameReason, NumberFault or geometry fault."""
    nearest: tuple[str, ...] = ()
    figure: float | None = None


@dataclass(frozen=True)
class Report:
    """What became of every row of a file."""

    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by state; their sum is the number of rows."""
        found = Counter(row.state.value for row in self.rows)
        return {state.value: found[state.value] for state in RowState if found[state.value]}

    @property
    def totals(self) -> dict[str, float]:
        """Σ of the figures of the file, of those that count, and of those that do not."""
        placed = float(sum(row.figure or 0.0 for row in self.rows if row.state in PLACED))
        left = float(sum(row.figure or 0.0 for row in self.rows if row.state not in PLACED))
        return {"file": placed + left, "placed": placed, "left": left}


def report_of(
    texts: pd.DataFrame, assignment: Assignment, numbers: Numbers, adds_rows: bool
) -> Report:
    """Say what became of each row of a table.

    Parameters
    ----------
    texts : DataFrame of str
        code, name and cell as read, indexed by row of the file.
    assignment : Assignment
        The unit of each row.
    numbers : Numbers
        The figure of each row.
    adds_rows : bool
        True where rows of one unit are added.

    Returns
    -------
    Report
        In the order of the file.
    """
    units = assignment.ubigeos.to_dict()
    lost = {item.row: item for item in assignment.unmatched}
    repaired = {item.row for item in assignment.repairs}
    named = {item.row: item for item in assignment.by_name}
    repeated = assignment.ubigeos[assignment.ubigeos.duplicated(keep=False)]
    twice = frozenset() if adds_rows else frozenset(map(int, repeated.index))
    rows = []
    for place, text in zip(texts.index, texts.to_dict("records"), strict=True):
        row = int(place)
        value = float(numbers.values[place])
        made = Row(
            row=row,
            state=RowState.PLACED,
            code=text["code"],
            name=text["name"],
            cell=text["cell"],
            unit=str(units.get(row, "")),
            figure=None if np.isnan(value) else value,
        )
        if row in lost:
            found = lost[row]
            is_ambiguous = found.reason in _AMBIGUOUS
            state = RowState.AMBIGUOUS if is_ambiguous else RowState.UNMATCHED
            made = replace(
                made, state=state, unit="", reason=found.reason.value, nearest=found.nearest
            )
        elif row in twice:
            made = replace(made, state=RowState.DUPLICATE)
        elif row in numbers.faults:
            made = replace(made, state=RowState.BAD_NUMBER, reason=numbers.faults[row].value)
        elif row in numbers.suppressed:
            made = replace(made, state=RowState.SUPPRESSED)
        elif made.figure is None:
            made = replace(made, state=RowState.NO_FIGURE)
        elif row in repaired:
            made = replace(made, state=RowState.REPAIRED)
        elif row in named:
            made = replace(made, state=RowState.BY_NAME)
        rows.append(made)
    return Report(tuple(rows))


def figures_of(report: Report) -> pd.Series:
    """Return the figures that count, by unit; rows of one unit are added."""
    counted = [(row.unit, row.figure) for row in report.rows if row.state in PLACED]
    found = pd.Series(dict(counted), dtype=float)
    if len(found) < len(counted):
        found = pd.Series([f for _, f in counted], index=[u for u, _ in counted], dtype=float)
        found = found.groupby(level=0).sum()
    return found.sort_index()
