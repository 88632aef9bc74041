"""Why a unit stands where it stands, told when it is asked for."""

from typing import Any

from dash import MATCH, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.view import Views


def register(app: Dash, views: Views) -> None:
    """Register the callback of the sentences on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    """

    @app.callback(
        Output(ids.explain_slot_id(MATCH), "children"),
        Input(ids.explain_id(MATCH), "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_explain(clicks: int | None, current: str | None) -> list[Component] | Any:
        # Once told it stays; later clicks fold and open it.
        if clicks != 1:
            return no_update
        view = views.possible(views.read(current or ""))
        return [html.P(sentence) for sentence in views.live.explanation(view)]
