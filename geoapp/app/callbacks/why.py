"""How a figure came to be, opened and closed beside it."""

from typing import Any

import dash
from dash import MATCH, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.why import chain
from geoapp.app.view import Views


def register(app: Dash, views: Views) -> None:
    """Register the callback of the chains on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    """

    @app.callback(
        Output(ids.why_slot_id(MATCH, MATCH), "children"),
        Input(ids.why_id(MATCH, MATCH), "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_why(clicks: int | None, current: str | None) -> Component | Any | None:
        trigger = dash.ctx.triggered_id
        if not clicks or not trigger:
            return no_update
        if clicks % 2 == 0:
            return None
        view = views.read(current or "")
        step = views.why(view, trigger["layer"], ids.unit_of_panel(trigger["panel"]))
        return None if step is None else chain(step, view.language)
