"""From the rows of a visitor's table to figures of units, with what became of each row."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from layers.catalogue.sectors import R4V
from layers.errors import UserFileError
from layers.harmonise.assign import assign_units
from layers.harmonise.number_text import read_numbers
from layers.loaded_catalogue import awaited_of
from layers.own.asked import OWN, Asked
from layers.own.ground import Ground
from layers.own.rows import Report, Row, figures_of, report_of
from layers.own.taken import answer_of, layer_of
from layers.sources.user_columns import guess_columns
from layers.spec import AwaitedSpec
from layers.table.loaded_need import find_columns
from layers.terms import FileKind, RowState, Unit
from layers.user_files import read_activity


def take_table(
    frame: pd.DataFrame,
    tags: dict[str, str],
    name: str,
    asked: Asked,
    ground: Ground,
    path: Path,
) -> dict[str, Any]:
    """Take the figures of a table.

    Parameters
    ----------
    frame : DataFrame of str
        Its cells by column.
    tags : dict
        Its tags of HXL by column; empty where it has none.
    name, asked, ground, path
        As ``take``.

    Returns
    -------
    dict
        As ``take``.

    Raises
    ------
    UserFileError
        Where no row can be used.
    """
    spec = None if asked.kind == OWN else awaited_of(asked.kind)
    if spec is not None and spec.kind is FileKind.ACTIVITY:
        return _take_activity(path, spec, asked, ground)
    header = [str(column) for column in frame.columns]
    columns = _figure_columns(header, tags, asked, spec, name)
    parts = _place_columns(header, tags, asked, columns, name)
    rows = pd.DataFrame({part: frame[column] for part, column in parts.items()})
    assignment = assign_units(rows, ground.equivalence(), asked.scheme)
    if assignment.refused:
        raise UserFileError(
            "{name}: it is not certain whether its codes are INEI or RENIEC; state which, or add the names",
            name=name,
        )
    layers: list[dict[str, Any]] = []
    reports: list[Report] = []
    for layer, column in columns.items():
        texts = pd.DataFrame(
            {
                "code": rows.get("code", ""),
                "name": rows.get("name", ""),
                "cell": frame[column],
            }
        )
        pattern = spec.accepted.pattern if spec else ""
        numbers = read_numbers(frame[column], asked.valid if not spec else (0, np.inf), pattern)
        report = report_of(texts, assignment, numbers, asked.adds_rows and spec is None)
        reports.append(report)
        figures = figures_of(report)
        if len(figures):
            unit = _unit_of(spec) if spec else asked.unit
            layers.append(layer_of(column, layer, unit, assignment.level, figures))
    return answer_of(layers, _worst(reports), name)


def _figure_columns(
    header: list[str],
    tags: dict[str, str],
    asked: Asked,
    spec: AwaitedSpec | None,
    name: str,
) -> dict[str, str]:
    """Return the columns of figures, by the layer of the product or, for one's own, by ``""``."""
    if spec is not None:
        return find_columns(header, tags, spec.columns)
    if asked.value not in header:
        raise UserFileError(
            "{name} has no column {column!r}; choose that of the figures",
            name=name,
            column=asked.value,
        )
    return {"": asked.value}


def _place_columns(
    header: list[str], tags: dict[str, str], asked: Asked, columns: dict[str, str], name: str
) -> dict[str, str]:
    free = [column for column in header if column not in {*columns.values(), asked.code}]
    found = guess_columns(free, tags)
    if asked.code:
        if asked.code not in header:
            raise UserFileError(
                "{name} has no column {column!r}; choose that of the codes",
                name=name,
                column=asked.code,
            )
        found["code"] = asked.code
    if not found or not columns:
        raise UserFileError(
            "{name} has no column of codes or names of units, or none of figures; choose them",
            name=name,
        )
    return found


def _unit_of(spec: AwaitedSpec) -> Unit:
    """Return what the cells of a table that is awaited are counted in."""
    return spec.layers[0].unit if spec.layers else spec.accepted.unit


def _worst(reports: list[Report]) -> Report:
    """Return one report of several columns: of each row the state that asks for most work."""
    if len(reports) == 1:
        return reports[0]
    order = list(RowState)
    # A blank cell beside a figure asks for nothing.
    order.remove(RowState.NO_FIGURE)
    order.insert(0, RowState.NO_FIGURE)
    return Report(
        tuple(
            max(rows, key=lambda row: order.index(row.state))
            for rows in zip(*(report.rows for report in reports), strict=True)
        )
    )


def _take_activity(path: Path, spec: AwaitedSpec, asked: Asked, ground: Ground) -> dict[str, Any]:
    read = read_activity(path, spec, R4V, ground.equivalence(), asked.scheme)
    lost = {item.row: item for item in read.unused}
    rows = [
        Row(
            row=item.row,
            state=RowState.UNMATCHED,
            code=item.code,
            name=item.name,
            reason=item.reason,
            nearest=item.nearest,
        )
        for item in lost.values()
    ]
    placed = [
        Row(row=int(row), state=RowState.PLACED, unit=str(unit))
        for row, unit in read.rows["unit"].items()
        if int(row) not in lost
    ]
    merged = tuple(sorted([*rows, *placed], key=lambda row: row.row))
    return answer_of([], Report(merged), "", needs_figures=False)
