"""What was taken of a visitor's file, as plain data."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from layers.errors import UserFileError
from layers.own.rows import Report
from layers.terms import AdminLevel, Unit


def layer_of(
    title: str, layer: str, unit: Unit, level: AdminLevel, figures: pd.Series
) -> dict[str, Any]:
    """Return figures of units as plain data, with what they are called and counted in."""
    return {
        "title": title,
        "layer": layer,
        "unit": unit.value,
        "level": level.value,
        "figures": {str(code): float(value) for code, value in figures.items()},
    }


def answer_of(
    layers: list[dict[str, Any]], report: Report, name: str, needs_figures: bool = True
) -> dict[str, Any]:
    """Return what was taken of a file, or refuse one that gives nothing."""
    if needs_figures and not layers and not report.rows:
        raise UserFileError("{name} has no figure of a known unit; check its codes", name=name)
    return {
        "layers": layers,
        "rows": [asdict(row) for row in report.rows],
        "counts": report.counts,
        "totals": report.totals,
    }
