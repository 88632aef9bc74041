"""Figures as rows of a table: value, where it comes from, how far to trust it, and its chain."""

from functools import lru_cache
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.plain import Plain, plain, tag
from geoapp.numbers import is_told, shown_cell
from geoapp.words import say
from layers.terms import Method

_MOST_SOURCES = 3
"""What a line names; the chain of a figure names them all."""
_WORDS = ("title", "description")


def figure_rows(
    cells: dict[str, dict[str, Any]],
    language: str,
    panel: str,
    shown: str | None = None,
    largest: float | None = None,
) -> list[Any]:
    """Return two rows a figure: the figure, and the place in which its chain opens.

    Parameters
    ----------
    cells : dict
        By layer, as ``cell_answer`` returns them.
    language : str
        A language of the product.
    panel : str
        Which panel they stand in; a page may show a figure in two.
    shown : str, optional
        The layer of the map, which is marked.
    largest : float, optional
        The value of a full bar; without it there are no bars.

    Returns
    -------
    list of dict
        Rows of a table of two columns, as JSON has them.
    """
    rows: list[Plain] = []
    for layer, cell in cells.items():
        mark = "shown" if layer == shown else ""
        rows.append(_figure(layer, cell, panel, language, largest, mark))
        rows.append(_why_row(layer, panel, mark))
    return rows


@lru_cache(maxsize=2048)
def _why_row(layer: str, panel: str, mark: str) -> Plain:
    slot = tag("Td", id=ids.why_slot_id(layer, panel), colSpan=2)
    return tag("Tr", slot, className=f"why-row {mark}".strip())


def open_value(layer: str, panel: str, value: str, language: str) -> Component:
    """Return a figure that opens its chain when it is pressed, where a row has no place for words."""
    named: dict[str, Any] = {
        "aria-label": f"{value}. {say(f'layer.{layer}.short', language)}: "
        f"{say('why.title', language)}"
    }
    return html.Button(value, id=ids.why_id(layer, panel), className="open-value", **named)


def slot(layer: str, panel: str) -> Component:
    """Return the place in which the chain of such a figure opens."""
    return html.Div(id=ids.why_slot_id(layer, panel))


def trust(level: str, language: str) -> str:
    """Return how far a figure can be trusted, in words."""
    return say("confidence.is", language, level=say(f"confidence.{level}", language))


def bar(share: float) -> Component:
    """Return a bar filled to a share of 0 to 1."""
    return html.Span(html.I(style={"width": f"{100 * share:.2f}%"}), className="bar-track")


def _figure(
    layer: str,
    cell: dict[str, Any],
    panel: str,
    language: str,
    largest: float | None,
    mark: str,
) -> Plain:
    missing = not is_told(cell)
    value = say("page.missing", language) if missing else shown_cell(cell)
    name, *lines = _lines(layer, panel, language, _origin(cell, language), cell["landing"])
    bars = [plain(bar(cell["value"] / largest))] if largest and cell["value"] is not None else []
    unit = tag("Span", [] if missing else _unit_parts(cell, language))
    return tag(
        "Tr",
        [
            tag("Th", [name, *bars, *lines], scope="row"),
            tag("Td", [value, unit], className="missing" if missing else ""),
        ],
        className=mark,
    )


@lru_cache(maxsize=4096)
def _lines(
    layer: str, panel: str, language: str, origin: str, landing: str
) -> tuple[Plain, Plain, Plain]:
    """Return name, origin and button of a figure: of nearly all units the same."""
    title, description = (say(f"layer.{layer}.{part}", language) for part in _WORDS)
    why = {"id": ids.why_id(layer, panel), "className": "quiet"}
    return (
        tag("Span", title, title=description),
        tag("A", origin, href=landing, target="_blank", rel="noopener noreferrer"),
        tag("Button", say("why.title", language), **why),
    )


def _unit_parts(cell: dict[str, Any], language: str) -> list[Plain | str]:
    """Return the unit; on paper, where no line tells the origin, also what is no observation."""
    unit = _unit_text(cell, language)
    if cell["method"] == Method.OBSERVED.value:
        return [unit]
    return [unit, tag("I", f", {say('method.' + cell['method'], language)}", className="how")]


def _unit_text(cell: dict[str, Any], language: str) -> str:
    """Return the unit of a figure; of an index also its class in words."""
    unit = say(f"unit.{cell['unit']}", language)
    if "class" not in cell:
        return unit
    return f"{unit}, {say('risk_class.' + str(cell['class']), language)}"


def _origin(cell: dict[str, Any], language: str) -> str:
    """Return method, publishers, dates and confidence; of many sources the first."""
    publishers, vintages = cell["publisher"].split("; "), cell["vintage"].split("; ")
    many = len(publishers) > _MOST_SOURCES
    origin = say(
        "page.origin_many" if many else "page.origin",
        language,
        method=say(f"method.{cell['method']}", language),
        publisher=publishers[0] if many else cell["publisher"],
        vintage=vintages[0] if many else cell["vintage"],
        count=len(publishers) - 1,
    )
    if not cell["confidence"]:
        return origin
    return f"{origin} · {trust(cell['confidence']['class'], language)}"
