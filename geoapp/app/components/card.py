"""The card of a unit: where it stands, why, and each figure with its source."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.state import ViewState
from geoapp.numbers import show_number, show_value
from geoapp.words import say
from layers.terms import Unit


def card(view: ViewState, unit: dict[str, Any] | None) -> list[Component]:
    """Return the card of the chosen unit.

    Parameters
    ----------
    view : ViewState
        The view.
    unit : dict or None
        As ``Views.card`` returns it.

    Returns
    -------
    list of Component
        Empty where no unit is chosen.
    """
    if unit is None:
        return []
    language = view.language
    place = ", ".join(filter(None, (unit["province"], unit["region"])))
    close: dict[str, Any] = {"aria-label": say("page.close", language)}
    return [
        html.Header(
            [
                html.Div([html.H2(unit["name"]), html.P(place, className="note")]),
                html.Button("×", id="card-close", **close),
            ]
        ),
        html.P(_standing(unit, language), className="standing"),
        *_contributions(unit, language),
        *[
            _group(dimension, cells, view.layer, language)
            for dimension, cells in unit["groups"].items()
        ],
        html.P(_codes(unit, language), className="note"),
    ]


def _standing(unit: dict[str, Any], language: str) -> str:
    if unit["rank"] is None:
        return say("page.no_rank", language)
    place = say(
        "page.standing",
        language,
        rank=show_number(unit["rank"], 0),
        ranked=show_number(unit["ranked"], 0),
    )
    score, low, high = (show_number(unit[key], 1) for key in ("score", "low", "high"))
    key = "page.score_exact" if low == high else "page.score_range"
    parts = [f"{place} · {say(key, language, score=score, low=low, high=high)}."]
    if unit["imputed"]:
        titles = ", ".join(say(f"layer.{name}.short", language) for name in unit["imputed"])
        parts.append(say("page.imputed", language, layers=titles))
    parts.append(f"{_trust(unit['confidence'], language).capitalize()}.")
    return " ".join(parts)


def _contributions(unit: dict[str, Any], language: str) -> list[Component]:
    if unit["rank"] is None:
        return []
    rows = [
        html.Div(
            [
                html.Span(say(f"layer.{layer}.short", language)),
                html.Span(html.I(style={"width": f"{value:.2f}%"}), className="bar-track"),
                html.Span(show_number(value, 1)),
            ],
            className="contribution",
        )
        for layer, value in unit["contributions"].items()
    ]
    return [html.H3(say("page.contributions", language)), *rows]


def _group(
    dimension: str, cells: dict[str, dict[str, Any]], layer: str, language: str
) -> Component:
    rows = [
        row
        for name, cell in cells.items()
        for row in (_figure(name, cell, name == layer, language), _why(name, name == layer))
    ]
    return html.Details(
        [
            html.Summary(say(f"dimension.{dimension}", language)),
            html.Table(html.Tbody(rows)),
        ],
        open=layer in cells,
    )


def _figure(layer: str, cell: dict[str, Any], is_shown: bool, language: str) -> Component:
    unit = Unit(cell["unit"])
    missing = cell["value"] is None
    value = say("page.missing", language) if missing else show_value(cell["value"], unit)
    origin = say(
        "page.origin",
        language,
        method=say(f"method.{cell['method']}", language),
        publisher=cell["publisher"],
        vintage=cell["vintage"],
    )
    if cell["confidence"]:
        origin = f"{origin} · {_trust(cell['confidence']['class'], language)}"
    return html.Tr(
        [
            html.Th(
                [
                    html.Span(
                        say(f"layer.{layer}.title", language),
                        title=say(f"layer.{layer}.description", language),
                    ),
                    html.A(
                        origin, href=cell["landing"], target="_blank", rel="noopener noreferrer"
                    ),
                    html.Button(
                        say("why.title", language), id=ids.why_id(layer), className="quiet"
                    ),
                ],
                scope="row",
            ),
            html.Td(
                [value, html.Span("" if missing else _unit_text(cell, language))],
                className="missing" if missing else "",
            ),
        ],
        className="shown" if is_shown else "",
    )


def _unit_text(cell: dict[str, Any], language: str) -> str:
    """Return the unit of a figure; of an index also its class in words."""
    unit = say(f"unit.{cell['unit']}", language)
    return (
        f"{unit}, {say('risk_class.' + str(cell['class']), language)}" if "class" in cell else unit
    )


def _why(layer: str, is_shown: bool) -> Component:
    """Return the row in which the chain of a figure opens, as wide as the card."""
    slot = html.Td(id=ids.why_slot_id(layer), colSpan=2)
    return html.Tr(slot, className="why-row shown" if is_shown else "why-row")


def _trust(level: str, language: str) -> str:
    return say("confidence.is", language, level=say(f"confidence.{level}", language))


def _codes(unit: dict[str, Any], language: str) -> str:
    return say(
        "page.code_pair",
        language,
        inei=unit["ubigeo"],
        reniec=unit["reniec"] or "–",
        pcode=unit["pcode"],
    )
