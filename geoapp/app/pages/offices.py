"""Oficinas: who serves whom today, and what another choice of offices would change."""

from dataclasses import replace
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from geoapp.app import ids
from geoapp.app.address import encode
from geoapp.app.components.office_controls import controls, head, wait_line
from geoapp.app.office_choices import MOST_SITES, REACH, Choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.office_routes import add_office_routes
from geoapp.app.office_screen import screen
from geoapp.app.office_steps import next_choices
from geoapp.app.state import Page, ViewState
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

PAGE = Page.OFFICES
_REACH_STEP = 25


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of what is asked."""
    return [controls(MOST_SITES, (*REACH, _REACH_STEP))]


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of the plan, and what the page keeps of a visitor's steps."""
    stores = [
        *(dcc.Store(id=name) for name in (ids.OFFICE_VIEW, ids.OFFICE_ACT)),
        *(dcc.Store(id=name) for name in (ids.OFFICE_READY, ids.OFFICE_JOB)),
        # A reload of the page loses no step; the question itself is in the address.
        dcc.Store(id=ids.OFFICE_STATE, storage_type="session"),
    ]
    body = html.Div(id=ids.OFFICE_RESULT)
    return [
        html.Section(
            [*stores, head(), body, wait_line()], className="panel data-panel offices-panel"
        )
    ]


def parts() -> dict[str, Output]:
    """Return the view that the callback of the page hears."""
    return {"view": Output(ids.OFFICE_VIEW, "data")}


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the view; the plan is solved after the map is answered."""
    return {"view": encode(view)}


def register(app: Dash, views: Views) -> None:
    """Register the callback that asks for a plan, and the routes that tell how far it is."""
    plans = OfficePlans(views)
    add_office_routes(app.server, plans)
    for name, heard in (("officeJob", ids.OFFICE_JOB), ("officeResult", ids.OFFICE_RESULT)):
        prop = "data" if heard == ids.OFFICE_JOB else "children"
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), Input(heard, prop), prevent_initial_call=True
        )

    @app.callback(
        output={
            "address": Output(ids.VIEW, "data", allow_duplicate=True),
            "state": Output(ids.OFFICE_STATE, "data"),
            "result": Output(ids.OFFICE_RESULT, "children"),
            "overlay": Output(ids.overlay_id(PAGE), "data"),
            "job": Output(ids.OFFICE_JOB, "data"),
            "labels": Output(ids.office_label_id(ALL), "children"),
            "part": Output(ids.OFFICE_PART, "value"),
            "parts": Output(ids.OFFICE_PART, "options"),
            "level": Output(ids.OFFICE_LEVEL, "value"),
            "levels": Output(ids.OFFICE_LEVEL, "options"),
            "demand": Output(ids.OFFICE_DEMAND, "value"),
            "demands": Output(ids.OFFICE_DEMAND, "options"),
            "sites": Output(ids.OFFICE_SITES, "value"),
            "today": Output(ids.OFFICE_TODAY, "value"),
            "todays": Output(ids.OFFICE_TODAY, "options"),
            "within": Output(ids.OFFICE_WITHIN, "value"),
            "capacity": Output(ids.OFFICE_CAPACITY, "value"),
            "unlimited": Output(ids.OFFICE_CAPACITY, "disabled"),
            "no_limit": Output(ids.OFFICE_CAPACITY, "placeholder"),
        },
        inputs={
            "opened": Input(ids.OFFICE_VIEW, "data"),
            "act": Input(ids.OFFICE_ACT, "data"),
            "ready": Input(ids.OFFICE_READY, "data"),
            "part": Input(ids.OFFICE_PART, "value"),
            "level": Input(ids.OFFICE_LEVEL, "value"),
            "demand": Input(ids.OFFICE_DEMAND, "value"),
            "sites": Input(ids.OFFICE_SITES, "value"),
            "today": Input(ids.OFFICE_TODAY, "value"),
            "within": Input(ids.OFFICE_WITHIN, "value"),
            "capacity": Input(ids.OFFICE_CAPACITY, "value"),
        },
        state={"address": State(ids.VIEW, "data"), "kept": State(ids.OFFICE_STATE, "data")},
        prevent_initial_call=True,
    )
    def on_change(
        address: str | None, kept: dict[str, Any] | None, opened: str | None, **given: Any
    ) -> dict[str, Any]:
        if not opened or not address:
            raise PreventUpdate
        view = views.possible(views.read(address))
        trigger = dash.ctx.triggered_id
        now, steps = next_choices(plans, view, kept or {}, trigger, given)
        if now != view.offices:
            _forget(plans, view)
        after = replace(view, offices=now)
        is_stopped = trigger == ids.OFFICE_ACT and given["act"]["act"] == "stopped"
        shown = screen(plans, after, steps, is_stopped=is_stopped)
        return shown | {"address": encode(after) if now != view.offices else no_update}


def _forget(plans: OfficePlans, view: ViewState) -> None:
    """Stop what a former question still seeks."""
    if view.offices != Choices():
        plans.jobs.stop(plans.asked(view.offices, view.scenario(plans.views.base)))
