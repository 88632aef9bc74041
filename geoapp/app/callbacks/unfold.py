"""The figures of a folded group, told when it is opened."""

from typing import Any

import dash
from dash import MATCH, Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.fold import figure_table
from geoapp.app.sheet import rest_of
from geoapp.app.unit_facts import figures_of, themes_of
from geoapp.app.view import Views


def register(app: Dash, views: Views) -> None:
    """Register the callback of the folded groups on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    """

    @app.callback(
        Output(ids.fold_id("slot", MATCH, MATCH, MATCH), "children"),
        Input(ids.fold_id("head", MATCH, MATCH, MATCH), "n_clicks"),
        State(ids.fold_id("whole", MATCH, MATCH, MATCH), "open"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_unfold(
        clicks: int | None, is_filled: bool | None, current: str | None
    ) -> Component | Any:
        # What came open is there; once told it stays, and later clicks fold and open it.
        if clicks != 1 or is_filled:
            return no_update
        view = views.possible(views.read(current or ""))
        asked = dash.ctx.triggered_id
        made = rest_of if asked["panel"] == ids.SHEET else themes_of
        layers = made(views, view.level).get(asked["theme"])
        # The page may be at another level by now.
        if layers is None or asked["unit"] not in views.level(view.level).units.index:
            return no_update
        cells = figures_of(views, view.level, asked["unit"], layers)
        return figure_table(cells, asked["panel"], view)
