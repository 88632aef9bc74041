"""Figures as a report prints them: to the digit of the screen, each with its source mark."""

from itertools import groupby
from typing import Any

from geoapp.answers.cells import figure_answer, index_class
from geoapp.numbers import is_told, shown_cell
from geoapp.words import say
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Method

_ESTIMATES = (Method.MODELLED, Method.SPREAD)


class Citations:
    """The sources of a report, numbered in the order of the catalogue."""

    def __init__(self, catalogue: Catalogue, cited: set[str], language: str) -> None:
        known = [name for name in catalogue.sources if name in cited]
        self._numbers = {name: place for place, name in enumerate(known, 1)}
        self._catalogue = catalogue
        self.language = language

    def mark(self, sources: tuple[str, ...]) -> str:
        """Return the mark of a figure, for instance ``[1–3,7]``."""
        return f"[{_ranges(sorted(self._numbers[name] for name in sources))}]"

    def lines(self) -> list[dict[str, str]]:
        """Return the sources as they stand at the foot: number and text."""
        return [
            {"number": f"[{number}]", "text": self._line(name)}
            for name, number in self._numbers.items()
        ]

    def _line(self, name: str) -> str:
        source = self._catalogue.source(name)
        return say(
            "report.source",
            self.language,
            publisher=source.publisher,
            vintage=source.vintage,
            id=name,
        )


def _ranges(numbers: list[int]) -> str:
    """Write rising numbers with an en dash for three or more in a row."""
    parts = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        parts += (
            [f"{found[0]}–{found[-1]}"] if len(found) > 2 else [str(number) for number in found]
        )
    return ",".join(parts)


def cited_by(table: UnitTable, layers: tuple[str, ...]) -> set[str]:
    """Return the ids of the sources that some layers rest on at a level."""
    return {source for layer in layers for source in table.sources.get(layer, ())}


def figure(
    table: UnitTable, catalogue: Catalogue, layer_id: str, ubigeo: str, citations: Citations
) -> dict[str, str]:
    """Return a figure as it is printed.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares layers and sources.
    layer_id : str
        The layer.
    ubigeo : str
        The unit.
    citations : Citations
        Numbers the sources, and knows the language.

    Returns
    -------
    dict of str
        title, short, value (``sin dato`` where there is none), unit, mark and how (method and
        confidence; an estimate is called one).
    """
    layer = catalogue.layer(layer_id)
    cell = figure_answer(table, catalogue, layer, ubigeo)
    return {
        "title": say(f"layer.{layer_id}.title", citations.language),
        "short": say(f"layer.{layer_id}.short", citations.language),
        "mark": citations.mark(table.sources[layer_id]),
        **printed(cell, layer.breaks if layer.is_index else (), citations.language),
    }


def printed(cell: dict[str, Any], breaks: tuple[float, ...], language: str) -> dict[str, str]:
    """Return value, unit and how of a cell of ``figure_answer``.

    Parameters
    ----------
    cell : dict
        The figure.
    breaks : tuple of float
        Of an index, whose class is named; empty otherwise.
    language : str
        A language of the product.

    Returns
    -------
    dict of str
        value, unit, how.
    """
    if not is_told(cell):
        return {"value": say("page.missing", language), "unit": "", "how": ""}
    method = Method(cell["method"])
    spoken = "report.estimate" if method in _ESTIMATES else f"method.{method}"
    trust = say(f"confidence.{cell['confidence']['class']}", language)
    unit = say(f"unit.{cell['unit']}", language)
    if breaks:
        unit = say(f"risk_class.{index_class(cell['value'], breaks)}", language)
    return {
        "value": shown_cell(cell),
        "unit": unit,
        "how": f"{say(spoken, language)}, {trust}",
    }
