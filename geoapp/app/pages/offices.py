"""Oficinas: who serves whom today, and what another choice of offices would change."""

from dataclasses import replace
from typing import Any

import dash
from dash import ALL, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from geoapp.app import ids
from geoapp.app.components.office_controls import LABELS, controls
from geoapp.app.components.offices import result
from geoapp.app.office_choices import (
    MOST_SITES,
    Choices,
    act_on,
    read_choices,
    site_count,
    write_choices,
)
from geoapp.app.office_facts import office_facts
from geoapp.app.office_plans import OfficePlans
from geoapp.app.options import level_options
from geoapp.app.state import Page, ViewState, encode
from geoapp.app.view import Views
from geoapp.focus_answer import SCORE
from geoapp.words import say
from layers.decide.scenario import Scenario
from layers.errors import LayersError
from layers.spec import CountryProfile
from layers.terms import AdminLevel

PAGE = Page.OFFICES
_MOST_STEPS = 20
_REACH = (25, 1000, 25)
"""Least and largest reach of an office that can be asked for, and its step, in km."""


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of what is asked."""
    return [controls(MOST_SITES, _REACH)]


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel of the plan, and what the page keeps of a visitor's wishes."""
    stores = [
        dcc.Store(id=ids.OFFICE_VIEW),
        dcc.Store(id=ids.OFFICE_ACT),
        # A reload of the page loses no work.
        dcc.Store(id=ids.OFFICE_STATE, storage_type="session"),
    ]
    busy = html.P(id=ids.OFFICE_BUSY, className="office-busy", role="status")
    body = html.Div(id=ids.OFFICE_RESULT)
    return [html.Section([*stores, body, busy], className="panel data-panel offices-panel")]


def parts() -> dict[str, Output]:
    """Return the view that the callback of the page hears."""
    return {"view": Output(ids.OFFICE_VIEW, "data")}


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the view; the plan is solved after the map is answered."""
    return {"view": encode(view)}


def register(app: Dash, views: Views) -> None:
    """Register the callback that solves what is asked."""
    plans = OfficePlans(views)

    @app.callback(
        output={
            "state": Output(ids.OFFICE_STATE, "data"),
            "result": Output(ids.OFFICE_RESULT, "children"),
            "overlay": Output(ids.overlay_id(PAGE), "data"),
            "busy": Output(ids.OFFICE_BUSY, "children"),
            "labels": Output(ids.office_label_id(ALL), "children"),
            "level": Output(ids.OFFICE_LEVEL, "value"),
            "levels": Output(ids.OFFICE_LEVEL, "options"),
            "demand": Output(ids.OFFICE_DEMAND, "value"),
            "demands": Output(ids.OFFICE_DEMAND, "options"),
            "sites": Output(ids.OFFICE_SITES, "value"),
            "today": Output(ids.OFFICE_TODAY, "value"),
            "todays": Output(ids.OFFICE_TODAY, "options"),
            "within": Output(ids.OFFICE_WITHIN, "value"),
        },
        inputs={
            "address": Input(ids.OFFICE_VIEW, "data"),
            "act": Input(ids.OFFICE_ACT, "data"),
            "level": Input(ids.OFFICE_LEVEL, "value"),
            "demand": Input(ids.OFFICE_DEMAND, "value"),
            "sites": Input(ids.OFFICE_SITES, "value"),
            "today": Input(ids.OFFICE_TODAY, "value"),
            "within": Input(ids.OFFICE_WITHIN, "value"),
        },
        state={"kept": State(ids.OFFICE_STATE, "data")},
        prevent_initial_call=True,
    )
    def on_change(address: str | None, kept: dict[str, Any] | None, **given: Any) -> dict[str, Any]:
        if not address:
            raise PreventUpdate
        view = views.possible(views.read(address))
        steps = list((kept or {}).get("past", []))
        before = read_choices((kept or {}).get("now"))
        now, steps = next_choices(plans, view, before, steps, dash.ctx.triggered_id, given)
        return screen(plans, view, now, steps)


def next_choices(
    plans: OfficePlans,
    view: ViewState,
    before: Choices,
    steps: list[dict[str, Any]],
    trigger: Any,
    given: dict[str, Any],
) -> tuple[Choices, list[dict[str, Any]]]:
    """Return the choices after an act, and those to which undo goes back, oldest first.

    Parameters
    ----------
    plans : OfficePlans
        Knows today's offices.
    view : ViewState
        Weights of the score.
    before : Choices
        Before the act.
    steps : list of dict
        Earlier choices.
    trigger : str
        Id of the control that was used.
    given : dict
        What the controls hold: act, level, demand, sites, today, within.

    Returns
    -------
    tuple
        Choices and steps; both as before where nothing changed.
    """
    act = given["act"] if trigger == ids.OFFICE_ACT else None
    if act and act["act"] == "undo":
        return (read_choices(steps[-1]), steps[:-1]) if steps else (before, steps)
    if act and act["act"] == "reset":
        now = Choices()
    else:
        now = replace(before, **_set_by(plans, before, trigger, given))
        if act:
            ground = plans.ground(now, view.scenario(plans.views.base))
            now = act_on(now, act["act"], act["unit"], ground)
    if now == before:
        return before, steps
    return now, [*steps, write_choices(before)][-_MOST_STEPS:]


def _set_by(
    plans: OfficePlans, before: Choices, trigger: Any, given: dict[str, Any]
) -> dict[str, Any]:
    """Return what the controls change; a number that is out of its range changes nothing.

    They are read together: an act may come before the answer to the one before it.
    """
    changed: dict[str, Any] = {}
    if given.get("level") not in (None, plans.level_of(before).value):
        changed["level"] = AdminLevel(given["level"])
    if given.get("demand"):
        changed["demand"] = None if given["demand"] == plans.people else str(given["demand"])
    if given.get("today"):
        changed["is_fixed"] = given["today"] == "fixed"
    if _REACH[0] <= (given.get("within") or 0) <= _REACH[1]:
        changed["within"] = float(given["within"])
    # The number follows from what is added and closed, so that it tells something only if set.
    if trigger == ids.OFFICE_SITES and 1 <= (given["sites"] or 0) <= MOST_SITES:
        changed["sites"] = int(given["sites"])
    return changed


def screen(
    plans: OfficePlans, view: ViewState, choices: Choices, steps: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what the page shows of choices; where there is no plan, why in one sentence."""
    language = view.language
    scenario = view.scenario(plans.views.base)
    sites: int | None = choices.sites
    try:
        sites = site_count(choices, plans.ground(choices, scenario))
        body: Any = result(office_facts(plans, view, choices), language)
        overlay = plans.overlay(plans.answer(choices, scenario))
    except LayersError:
        body, overlay = html.P(say("offices.no_plan", language), role="alert"), None
    words = {name: say(f"offices.{name}", language) for name in LABELS}
    if not steps:
        words["undo"] = ""
    if choices == Choices():
        words["reset"] = ""
    return {
        "state": {"now": write_choices(choices), "past": steps},
        "result": body,
        "overlay": overlay,
        "busy": say("offices.busy", language),
        "labels": [words[name] for name in LABELS],
        "level": plans.level_of(choices).value,
        "levels": level_options(plans.views, language),
        "demand": choices.demand or plans.people,
        "demands": [
            {"label": say(_title(name), language), "value": name} for name in plans.demands()
        ],
        "sites": sites,
        "today": "fixed" if choices.is_fixed else "free",
        "todays": [
            {"label": say(f"offices.{name}", language), "value": name} for name in ("fixed", "free")
        ],
        "within": choices.within,
    }


def _title(demand: str) -> str:
    return f"layer.{demand}.{'title' if demand == SCORE else 'short'}"
