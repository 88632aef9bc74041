"""Prioridades: what weighs, where first, and the card of the chosen unit."""

from functools import lru_cache
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from geoapp.access.gate import may
from geoapp.access.permits import CALLBACKS
from geoapp.app import ids
from geoapp.app.beside import Beside
from geoapp.app.components.card import card
from geoapp.app.components.decision import decision_form
from geoapp.app.components.quadrants import quadrants
from geoapp.app.components.ranking import ranking_table
from geoapp.app.components.rivals import rivals
from geoapp.app.components.tools import tools
from geoapp.app.folds import open_themes
from geoapp.app.live import DRAWS
from geoapp.app.ranking_rows import ranking_key, ranking_rows
from geoapp.app.state import CHANGE, MAX_WEIGHT, Page, ViewState
from geoapp.app.unit_facts import figures_by_theme, themes_of, unit_facts
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

PAGE = Page.PRIORITIES


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of weights."""
    head = html.Div(
        [
            html.H2(id=ids.WEIGHTS_HEAD),
            html.Button(id=ids.UNDO, className="quiet undo"),
            html.Button(id=ids.RESET, className="quiet"),
        ],
        className="panel-head",
    )
    rows = [_weight(layer, weight) for layer, weight in scenario.weights]
    withheld = html.P(id=ids.WITHHELD, className="note")
    decision = html.Div(id=ids.DECISION)
    return [html.Section([head, *rows, withheld, decision], className="panel weights")]


def _weight(layer: str, weight: float) -> Component:
    slider = dcc.Slider(
        id=ids.weight_id(layer),
        min=0,
        max=MAX_WEIGHT,
        step=1,
        value=weight,
        marks=None,
        allow_direct_input=False,
    )
    return html.Div(
        [
            html.Span(id=ids.weight_label_id(layer)),
            slider,
            html.Output(id=ids.weight_value_id(layer)),
        ],
        className="weight",
    )


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panels of ranking and card."""
    head = html.Div(id=ids.RANKING_HEAD, className="beside-level")
    above = html.Div(id=ids.LIST_TOOLS, className="tools")
    beside = html.Div(id=ids.BESIDE, className="beside")
    chart = html.Div(id=ids.QUADRANT_CHART, className="quadrant-chart")
    choice = html.P(id=ids.CHOICE, className="note")
    slot = html.Div(id=ids.RANKING_SLOT, className="ranking-slot")
    stores = [dcc.Store(id=name) for name in (ids.ROWS, ids.FIRST_ROWS, ids.READY, ids.QUADRANTS)]
    return [
        html.Section(
            [head, above, beside, chart, choice, slot, *stores], className="panel ranking-panel"
        ),
        html.Section(id=ids.CARD, className="panel card"),
    ]


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "rows": Output(ids.ROWS, "data"),
        "head": Output(ids.RANKING_HEAD, "children"),
        "card": Output(ids.CARD, "children"),
        "weights_head": Output(ids.WEIGHTS_HEAD, "children"),
        "reset": Output(ids.RESET, "children"),
        "undo": Output(ids.UNDO, "children"),
        "tools": Output(ids.LIST_TOOLS, "children"),
        "beside": Output(ids.BESIDE, "children"),
        "quadrants": Output(ids.QUADRANTS, "data"),
        "withheld": Output(ids.WITHHELD, "children"),
        "decision": Output(ids.DECISION, "children"),
        "weight_values": Output(ids.weight_value_id(ALL), "children"),
        "weight_labels": Output(ids.weight_label_id(ALL), "children"),
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return weights, head of the ranking and card; the rows where the ranking is another one."""
    language = view.language
    weights = view.scenario(views.base).weights
    # The view before a quick second move of a weight may not be the one that the table shows.
    has_rows = (
        before is not None
        and ranking_key(views, before) == ranking_key(views, view)
        and not _is_weighing(dash.ctx.triggered_id)
    )
    # What is being written in the form outlives every act but a change of language.
    has_words = before is not None and before.language == language
    # The first rows come with the table itself, after the map is painted.
    has_table = bool(dash.ctx.states.get(f"{ids.READY}.data"))
    beside = _beside(views)
    shown = (view.level, view.sector, language)
    has_chart = before is not None and shown == (before.level, before.sector, before.language)
    return {
        "rows": no_update if has_rows or not has_table else ranking_rows(views, view),
        "head": _ranking_head(views, view),
        "card": card(view, _facts(views, view, before)),
        "weights_head": no_update if has_words else say("page.weights", language),
        "reset": say("page.reset", language) if view.weights else "",
        "undo": no_update if has_words else say("page.undo", language),
        "tools": no_update if _has_tools(view, before) else tools(view, beside.tools(view)),
        "beside": _beside_ranking(views, beside, view),
        "quadrants": no_update if has_chart else beside.chart(view),
        "withheld": no_update if has_words else gap_sentence(views, language),
        "decision": no_update if has_words else _decision(views, language),
        "weight_values": [show_number(weight, 0) for _, weight in weights],
        "weight_labels": [
            no_update if has_words else say(f"layer.{name}.short", language) for name, _ in weights
        ],
    }


def _facts(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any] | None:
    """Return what the card of the chosen unit tells, with the groups that are open."""
    unit = unit_facts(views, view)
    if unit is None:
        return None
    opened = open_themes(views.catalogue, ids.CARD, view, before)
    themes = themes_of(views, view.level)
    return unit | {"groups": figures_by_theme(views, view, themes, opened)}


def _has_tools(view: ViewState, before: ViewState | None) -> bool:
    """Whether only layer or unit changed, which the tools of the list do not show."""
    if before is None or CHANGE in (before.layer, view.layer):
        return False
    return before.with_(layer=view.layer, unit=view.unit) == view.with_()


@lru_cache(maxsize=4)
def _beside(views: Views) -> Beside:
    return Beside(views)


def _beside_ranking(views: Views, beside: Beside, view: ViewState) -> Component | None:
    """Return the comparison, in the place of the ranking, or the quadrants, above it."""
    if view.against is not None:
        return rivals(view, views.rivals.facts(view))
    return None if view.sector is None else quadrants(view, beside.quadrants(view))


def _decision(views: Views, language: str) -> list[Component]:
    may_decide = views.decisions is not None and may(CALLBACKS["decide.on_save"])
    return [decision_form(language)] if may_decide else []


def _is_weighing(trigger: Any) -> bool:
    if isinstance(trigger, dict):
        return bool(trigger["type"] == ids.weight_id(ALL)["type"])
    return bool(trigger == ids.RESET)


def register(app: Dash, views: Views) -> None:
    """Register the table, which is heavier than the map and comes after it."""

    @app.callback(
        Output(ids.RANKING_SLOT, "children"),
        Output(ids.FIRST_ROWS, "data"),
        Input(ids.READY, "data"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_ready(ready: bool | None, current: str | None) -> tuple[Component | Any, Any]:
        if not ready:
            return no_update, no_update
        view = views.possible(views.read(current or ""))
        rows = ranking_rows(views, view)
        return ranking_table(rows["columns"], view.unit), rows

    for name, trigger in (
        ("fillRows", Input(ids.ROWS, "data")),
        ("fillRows", Input(ids.FIRST_ROWS, "data")),
        ("pickRow", Input(ids.RANKING, "cellClicked")),
        ("drawQuadrants", Input(ids.QUADRANTS, "data")),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), trigger
        )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("geoapp", "moveWeight"),
        Input(ids.weight_id(ALL), "drag_value"),
        State(ids.weight_id(ALL), "value"),
        prevent_initial_call=True,
    )


def _ranking_head(views: Views, view: ViewState) -> list[Component]:
    language = view.language
    ranking = views.ranking(view)
    ranked = int(ranking.units["rank"].notna().sum())
    unranked = len(ranking.units) - ranked
    note = say(
        "ranking.note" if unranked else "ranking.note_all",
        language,
        ranked=show_number(ranked, 0),
        unranked=show_number(unranked, 0),
        units=say(f"levels.{view.level}", language),
        draws=show_number(DRAWS, 0),
    )
    return [html.H2(say("ranking.title", language)), html.P(note, className="note")]


def gap_sentence(views: Views, language: str) -> str:
    """Say why the gap does not weigh yet, or on which file it rests."""
    source = views.activity
    if source is None:
        return say("page.withheld_gap", language)
    return say("page.counted_gap", language, publisher=source.publisher, vintage=source.vintage)
