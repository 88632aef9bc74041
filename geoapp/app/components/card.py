"""The card of a unit: where it stands, why, and each figure with its source."""

import math
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.address import encode
from geoapp.app.components.figures import bar, trust
from geoapp.app.components.fold import fold
from geoapp.app.components.own_report import own_rows
from geoapp.app.components.quality_list import reason_table
from geoapp.app.state import Page, ViewState
from geoapp.numbers import show_number
from geoapp.words import say


def card(view: ViewState, unit: dict[str, Any] | None) -> list[Component]:
    """Return the card of the chosen unit.

    Parameters
    ----------
    view : ViewState
        The view.
    unit : dict or None
        As ``unit_facts`` returns it, with ``groups`` as ``figures_by_theme`` does.

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
    whole = view.with_(page=Page.TERRITORY)
    of_page: dict[str, Any] = {"data-page": whole.page.value}
    return [
        html.Header(
            [
                html.Div([html.H2(unit["name"]), html.P(place, className="note")]),
                html.Button("×", id="card-close", className="close", **close),
            ]
        ),
        html.P(standing(unit, language), className="standing"),
        *contributions(unit, language),
        explanation(view, unit, ids.CARD),
        *([reason_table(unit["quality"], view)] if unit["quality"] else []),
        *own_rows(unit["own"], language),
        *[
            fold(say(f"dimension.{theme}", language), theme, cells, ids.CARD, unit["ubigeo"], view)
            for theme, cells in unit["groups"].items()
        ],
        html.P(
            [
                codes(unit, language),
                " · ",
                html.A(say("page.whole_sheet", language), href=encode(whole), **of_page),
            ],
            className="note",
        ),
    ]


def explanation(view: ViewState, unit: dict[str, Any], panel: str) -> Component:
    """Return the place of the sentences that say why, which are asked for when it is opened."""
    return html.Details(
        [
            html.Summary(
                say("page.explain", view.language), id=ids.explain_id(panel), className="explain"
            ),
            html.Div(id=ids.explain_slot_id(panel), className="explanation"),
        ],
        # Another unit or other weights are explained anew: folded and empty.
        key=f"{unit['ubigeo']} {view.weights} {view.language}",
    )


def standing(unit: dict[str, Any], language: str) -> str:
    """Return the rank and the score of a unit in one sentence, or why it has none."""
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
    parts.append(f"{trust(unit['confidence'], language).capitalize()}.")
    return " ".join(parts)


def contributions(unit: dict[str, Any], language: str) -> list[Component]:
    """Return how much of the score each weighed layer gives, as bars."""
    if unit["rank"] is None:
        return []
    rows = [
        html.Div(
            [html.Span(say(f"layer.{layer}.short", language)), *_points(value, language)],
            className="contribution",
        )
        for layer, value in unit["contributions"].items()
    ]
    lacks_some = any(math.isnan(value) for value in unit["contributions"].values())
    note = [html.P(say("page.no_points", language), className="note")] if lacks_some else []
    return [html.H3(say("page.contributions", language)), *rows, *note]


def _points(value: float, language: str) -> list[Component]:
    if math.isnan(value):
        return [html.Span(say("page.missing", language))]
    return [bar(value / 100), html.Span(show_number(value, 1))]


def codes(unit: dict[str, Any], language: str) -> str:
    """Return the codes of a unit in the schemes that people use."""
    return say(
        "page.code_pair",
        language,
        inei=unit["ubigeo"],
        reniec=unit["reniec"] or "–",
        pcode=unit["pcode"],
    )
