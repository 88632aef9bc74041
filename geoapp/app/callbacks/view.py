"""What a visitor did becomes a view, and the view becomes the parts of the page."""

from dataclasses import replace
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.card import card
from geoapp.app.components.legend import legend
from geoapp.app.components.ranking import ranking_table
from geoapp.app.options import WHOLE_FRAME, layer_options, level_options, objective_options
from geoapp.app.routes import Geometries
from geoapp.app.state import ViewState, changed_weights, encode
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.scenario import Scenario
from layers.errors import ScenarioError
from layers.terms import AdminLevel


def register(app: Dash, views: Views, geometries: Geometries) -> None:
    """Register the callbacks of the view on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    geometries : Geometries
        Addresses of the geometries by level.
    """
    _register_scripts(app)
    _register_table(app, views, geometries)

    @app.callback(
        output={
            "view": Output(ids.VIEW, "data"),
            "paint": Output(ids.PAINT, "data"),
            "rows": Output(ids.ROWS, "data"),
            "legend": Output(ids.LEGEND, "children"),
            "card": Output(ids.CARD, "children"),
            "head": Output(ids.RANKING_HEAD, "children"),
            "notice": Output(ids.NOTICE, "children"),
            "level": Output(ids.LEVEL, "value"),
            "levels": Output(ids.LEVEL, "options"),
            "layer": Output(ids.LAYER, "value"),
            "layers": Output(ids.LAYER, "options"),
            "objective": Output(ids.OBJECTIVE, "value"),
            "objectives": Output(ids.OBJECTIVE, "options"),
            "layer_words": Output(ids.LAYER, "labels"),
            "language": Output(ids.LANGUAGE, "value"),
            "weights": Output(ids.weight_id(ALL), "value"),
            "weight_values": Output(ids.weight_value_id(ALL), "children"),
            "weight_labels": Output(ids.weight_label_id(ALL), "children"),
            "words": {
                "weights": Output(ids.WEIGHTS_HEAD, "children"),
                "reset": Output(ids.RESET, "children"),
                "withheld": Output(ids.WITHHELD, "children"),
                "layer": Output(ids.LAYER_HEAD, "children"),
                "objective": Output(ids.OBJECTIVE_HEAD, "children"),
                "search": Output(ids.SEARCH, "placeholder"),
                "offline": Output(ids.OFFLINE, "children"),
            },
        },
        inputs={
            "query": Input(ids.URL, "search"),
            "level": Input(ids.LEVEL, "value"),
            "layer": Input(ids.LAYER, "value"),
            "objective": Input(ids.OBJECTIVE, "value"),
            "language": Input(ids.LANGUAGE, "value"),
            "weights": Input(ids.weight_id(ALL), "value"),
            "reset": Input(ids.RESET, "n_clicks"),
            "picked": Input(ids.PICKED, "data"),
        },
        state={"current": State(ids.VIEW, "data")},
    )
    def on_change(current: str | None, query: str | None, **given: Any) -> dict[str, Any]:
        if current is None:
            view = views.read(query or "")
            return _parts(views, geometries, _possible(view, views), before=None)
        before = views.read(current)
        trigger = dash.ctx.triggered_id
        view = _possible(_next_view(before, trigger, given, views.base), views)
        parts = _parts(views, geometries, view, before)
        if (
            trigger != ids.RESET
            and _weights_of(given, views.base) == view.scenario(views.base).weights
        ):
            # A hand may be moving a slider still: the answer must not pull it back.
            parts["weights"] = [no_update] * len(parts["weights"])
        return parts


def _register_table(app: Dash, views: Views, geometries: Geometries) -> None:
    @app.callback(
        Output(ids.RANKING_SLOT, "children"),
        Output(ids.FIRST_ROWS, "data"),
        Input(ids.READY, "data"),
        State(ids.VIEW, "data"),
    )
    def on_ready(ready: bool | None, current: str | None) -> tuple[Component | Any, Any]:
        if not ready:
            return no_update, no_update
        view = _possible(views.read(current or ""), views)
        rows = _rows(views, geometries, view)
        return ranking_table(rows["columns"], view.unit), rows


def _register_scripts(app: Dash) -> None:
    for name, output, trigger in (
        ("show", Output(ids.MAP, "className"), Input(ids.PAINT, "data")),
        ("fillRows", Output(ids.RANKING_SLOT, "className"), Input(ids.ROWS, "data")),
        ("fillRows", Output(ids.RANKING_SLOT, "title"), Input(ids.FIRST_ROWS, "data")),
        ("address", Output(ids.URL, "hash"), Input(ids.VIEW, "data")),
        ("pickRow", Output(ids.RANKING, "className"), Input(ids.RANKING, "cellClicked")),
    ):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), output, trigger
        )


def _next_view(view: ViewState, trigger: Any, given: dict[str, Any], base: Scenario) -> ViewState:
    """Return the view that all controls tell together.

    An act may come before the answer to the one before it, whose view is then not yet kept
    in the page: so no act is read alone.
    """
    level = AdminLevel(given["level"] or view.level)
    unit = given["picked"]["u"] if given["picked"] else view.unit
    weights = view.weights
    if trigger == ids.RESET:
        weights = ()
    elif None not in given["weights"]:
        names = [layer for layer, _ in base.weights]
        pairs = {n: float(v) for n, v in zip(names, given["weights"], strict=True)}
        try:
            weights = changed_weights(base.with_weights(pairs), base)
        except ScenarioError:
            # All weights at 0 rank nothing: the last ranking stays and the sliders go back.
            weights = view.weights
    return view.with_(
        level=level,
        unit=unit,
        layer=str(given["layer"] or view.layer),
        objective=_objective(given["objective"], view),
        language=str(given["language"] or view.language),
        weights=weights,
    )


def _objective(given: str | None, view: ViewState) -> str | None:
    """Return the objective that a control tells; before the first answer it tells none."""
    if given is None:
        return view.objective
    return None if given == WHOLE_FRAME else given


def _weights_of(given: dict[str, Any], base: Scenario) -> tuple[tuple[str, float], ...] | None:
    if None in given["weights"]:
        return None
    names = [layer for layer, _ in base.weights]
    return tuple((n, float(v)) for n, v in zip(names, given["weights"], strict=True))


def _possible(view: ViewState, views: Views) -> ViewState:
    """Return the view at a level that the build has, with a unit that the level has."""
    level = view.level if view.level in views.levels else views.levels[0]
    unit = view.unit[: level.digits] if view.unit else None
    if unit in views.level(level).units.index:
        return replace(view, level=level, unit=unit)
    unread = (*view.unread, f"u={view.unit}") if unit and len(unit) == level.digits else view.unread
    return replace(view, level=level, unit=None, unread=unread)


def _rows(views: Views, geometries: Geometries, view: ViewState) -> dict[str, Any]:
    return views.rows(view) | {"address": geometries.addresses(view.level)["units"]}


def _parts(
    views: Views, geometries: Geometries, view: ViewState, before: ViewState | None
) -> dict[str, Any]:
    """Return every part of the page, so that an answer always agrees with itself.

    The controls are set by the first answer alone; afterwards they are the visitor's. Only the
    rows, which are many, are left out where the ranking is the one that the page has.
    """
    is_first = before is None
    # The first rows come with the table itself, after the map is painted.
    has_rows = before is None or views.ranking_key(before) == views.ranking_key(view)
    shown = views.shown(view)
    language = view.language
    addresses = geometries.addresses(view.level)
    scenario = view.scenario(views.base)
    return {
        "view": encode(view),
        "paint": views.paint(view)
        | {"addresses": {"map": addresses["units"], "inset": addresses["inset"]}},
        "rows": no_update if has_rows else _rows(views, geometries, view),
        "legend": legend(view, shown, views.sources(view), views.is_estimate(view)),
        "card": card(view, views.card(view)),
        "head": _ranking_head(views, view),
        "notice": _notice(views, view),
        "level": view.level.value if is_first else no_update,
        "levels": level_options(views, language),
        "layer": view.layer if is_first else no_update,
        "layers": layer_options(views, view),
        "objective": (view.objective or WHOLE_FRAME) if is_first else no_update,
        "objectives": objective_options(views, language),
        "layer_words": {"search": say("page.search_layer", language)},
        "language": language if is_first else no_update,
        "weights": [weight for _, weight in scenario.weights],
        "weight_values": [show_number(weight, 0) for _, weight in scenario.weights],
        "weight_labels": [say(f"layer.{name}.short", language) for name, _ in scenario.weights],
        "words": {
            "weights": say("page.weights", language),
            "reset": say("page.reset", language) if view.weights else "",
            "withheld": _gap_sentence(views, language),
            "layer": say("page.layer", language),
            "objective": say("page.frame", language),
            "search": say("page.search", language),
            "offline": say("page.offline", language),
        },
    }


def _gap_sentence(views: Views, language: str) -> str:
    """Say why the gap does not weigh yet, or on which file it rests."""
    source = views.activity
    if source is None:
        return say("page.withheld_gap", language)
    return say("page.counted_gap", language, publisher=source.publisher, vintage=source.vintage)


def _notice(views: Views, view: ViewState) -> str:
    language = view.language
    if view.unread:
        return say("page.unread", language, parts=", ".join(view.unread))
    built = views.stored.build
    if not built.is_coarse:
        return ""
    lost = [views.catalogue.source(s.id).publisher for s in built.statuses.values() if s.problem]
    return say(
        "page.coarse",
        language,
        regions=show_number(len(views.level(AdminLevel.REGION).units), 0),
        count=show_number(len(built.capitals), 0),
        sources="; ".join(dict.fromkeys(lost)),
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
    )
    return [html.H2(say("ranking.title", language)), html.P(note, className="note")]
