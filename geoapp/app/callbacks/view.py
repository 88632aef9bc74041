"""What a visitor did becomes a view, and the view becomes the parts of the page."""

from typing import Any

import dash
from dash import ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.panels import card, legend
from geoapp.app.components.ranking import ranking_table
from geoapp.app.state import SCORE, ViewState, decode, encode
from geoapp.app.view import Views
from geoapp.numbers import show_number
from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.decide.scenarios import DEFAULT


def register(app: Dash, views: Views) -> None:
    """Register the callbacks of the view on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    """
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("geoapp", "show"), Output(ids.MAP, "className"), Input(ids.PAINT, "data")
    )
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("geoapp", "address"), Output(ids.URL, "hash"), Input(ids.VIEW, "data")
    )

    @app.callback(
        output={
            "view": Output(ids.VIEW, "data"),
            "layer": Output(ids.LAYER, "value"),
            "layers": Output(ids.LAYER, "options"),
            "paint": Output(ids.PAINT, "data"),
            "legend": Output(ids.LEGEND, "children"),
            "head": Output(ids.RANKING_HEAD, "children"),
            "card": Output(ids.CARD, "children"),
            "notice": Output(ids.NOTICE, "children"),
        },
        inputs={
            "query": Input(ids.URL, "search"),
            "layer": Input(ids.LAYER, "value"),
            "picked": Input(ids.PICKED, "data"),
        },
        state={"current": State(ids.VIEW, "data")},
    )
    def on_change(
        query: str | None, layer: str | None, picked: dict[str, Any] | None, current: str | None
    ) -> dict[str, Any]:
        known = views.layers
        first = current is None
        view = decode(query or "" if first else current or "", known, DEFAULT)
        if not first and dash.ctx.triggered_id == ids.LAYER and layer:
            view = view.with_(layer=layer)
        if not first and dash.ctx.triggered_id == ids.PICKED and picked:
            view = view.with_(unit=picked.get("u"))
        return _parts(views, view)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("geoapp", "pickRow"),
        Output(ids.RANKING, "className"),
        Input(ids.RANKING, "cellClicked"),
    )

    @app.callback(
        Output(ids.RANKING_SLOT, "children"), Input(ids.READY, "data"), State(ids.VIEW, "data")
    )
    def on_ready(ready: bool | None, current: str | None) -> Component | Any:
        if not ready:
            return no_update
        view = decode(current or "", views.layers, DEFAULT)
        return ranking_table(views.ranking_rows(view), view.unit, view.language)


def _parts(views: Views, view: ViewState) -> dict[str, Any]:
    language = view.language
    shown = views.shown(view)
    return {
        "view": encode(view),
        "layer": view.layer,
        "layers": [
            {"label": say(f"layer.{layer}.title", language), "value": layer}
            for layer in (SCORE, *CATALOGUE.layers)
        ],
        "paint": views.paint(view),
        "legend": legend(
            view, shown.unit, shown.breaks, float(shown.values.max()), _source_line(view)
        ),
        "head": _ranking_head(views, view),
        "card": card(view, views.card(view)),
        "notice": say("page.unread", language, parts=", ".join(view.unread)) if view.unread else "",
    }


def _source_line(view: ViewState) -> str:
    layers = [layer for layer, _ in DEFAULT.weights] if view.layer == SCORE else [view.layer]
    sources = {CATALOGUE.layer(layer).source: None for layer in layers}
    found = [CATALOGUE.source(source) for source in sources if source]
    return "; ".join(f"{source.publisher}, {source.vintage}" for source in found)


def _ranking_head(views: Views, view: ViewState) -> list[Component]:
    ranking = views.ranking(view)
    ranked = int(ranking.units["rank"].notna().sum())
    note = say(
        "ranking.note",
        view.language,
        ranked=show_number(ranked, 0),
        unranked=show_number(len(ranking.units) - ranked, 0),
    )
    return [html.H2(say("ranking.title", view.language)), html.P(note, className="note")]
