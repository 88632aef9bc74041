"""What the page of the offices shows of a question: an answer, that it is sought, or why none."""

import time
from typing import Any

from dash import html, no_update

from geoapp.app.address import encode
from geoapp.app.components.office_controls import LABELS, act_button
from geoapp.app.components.offices import result
from geoapp.app.components.regions import regions_panel
from geoapp.app.jobs import StoppedError
from geoapp.app.office_choices import Choices, question_of, site_count, write_choices
from geoapp.app.office_facts import office_facts
from geoapp.app.office_overlay import plan_overlay, regions_overlay
from geoapp.app.office_plans import Answer, OfficePlans
from geoapp.app.office_steps import Steps
from geoapp.app.options import level_options
from geoapp.app.region_facts import region_facts
from geoapp.app.state import SCORE, ViewState
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.focus import Problem
from layers.errors import LayersError


def screen(
    plans: OfficePlans, view: ViewState, steps: Steps, *, is_stopped: bool = False
) -> dict[str, Any]:
    """Return what the page shows of a view; where there is no plan, why in one sentence.

    Parameters
    ----------
    plans : OfficePlans
        Solves what is asked.
    view : ViewState
        What is asked, and the chosen unit.
    steps : dict
        For undo and redo.
    is_stopped : bool
        The visitor stopped the search.

    Returns
    -------
    dict
        By part of the page; result and overlay stay as they are while a plan is sought.
    """
    choices, language = view.offices, view.language
    try:
        sites: int | None = site_count(
            choices, plans.ground(choices, view.scenario(plans.views.base))
        )
    except LayersError:
        sites = choices.sites
    return {
        **_body(plans, view, is_stopped),
        "state": {**steps, "now": write_choices(choices)},
        "labels": _labels(choices, steps, language),
        "part": choices.part,
        "parts": _options(("offices", "regions"), "part_", language),
        "level": plans.level_of(choices).value,
        "levels": level_options(plans.views, language),
        "demand": plans.demand_of(choices),
        "demands": [
            {"label": say(_title(name), language), "value": name} for name in plans.demands()
        ],
        "sites": sites,
        "today": "fixed" if choices.is_fixed else "free",
        "todays": _options(("fixed", "free"), "", language),
        "within": choices.within,
        "capacity": "" if choices.capacity is None else f"{choices.capacity:.12g}",
        "unlimited": choices.demand == SCORE,
        "no_limit": say("offices.no_limit", language),
    }


def _labels(choices: Choices, steps: Steps, language: str) -> list[str]:
    words = {name: say(f"offices.{name}", language) for name in LABELS}
    if not steps["past"]:
        words["undo"] = ""
    if not steps["future"]:
        words["redo"] = ""
    if choices == Choices(part=choices.part):
        words["reset"] = ""
    return [words[name] for name in LABELS]


def _options(values: tuple[str, ...], prefix: str, language: str) -> list[dict[str, str]]:
    return [
        {"label": say(f"offices.{prefix}{value}", language), "value": value} for value in values
    ]


def _body(plans: OfficePlans, view: ViewState, is_stopped: bool) -> dict[str, Any]:
    """Return result, overlay and what the script of the page is to wait for."""
    language, scenario = view.language, view.scenario(plans.views.base)
    over = {"part": view.offices.part, "t": time.time()}
    if is_stopped:
        return {"result": _stopped(language), "overlay": None, "job": over}
    try:
        if view.offices.part == "regions":
            facts = region_facts(plans, view.offices, scenario)
            overlay = regions_overlay(plans, plans.regions(view.offices, scenario))
            return {"result": regions_panel(facts, language), "overlay": overlay, "job": over}
        job = plans.ask(view.offices, scenario)
    except LayersError:
        return {"result": _no_plan(plans, view), "overlay": None, "job": over}
    if not job.is_over:
        query = encode(view).partition("?")[2]
        waits = {"wait": f"/offices/progress?{query}"}
        return {"result": no_update, "overlay": no_update, "job": over | waits}
    return {**_found(plans, view, job.result, job.error), "job": over}


def _found(
    plans: OfficePlans, view: ViewState, answer: Answer | None, error: LayersError | None
) -> dict[str, Any]:
    if isinstance(error, StoppedError):
        return {"result": _stopped(view.language), "overlay": None}
    if answer is None:
        return {"result": _no_plan(plans, view), "overlay": None}
    file = f"/offices/asignacion.csv?{encode(view).partition('?')[2]}"
    facts = office_facts(plans, view, answer)
    return {
        "result": result(facts, file, view.language),
        "overlay": plan_overlay(plans, answer),
    }


def _stopped(language: str) -> Any:
    again = act_button("again", "again", {"ubigeo": "", "name": ""}, language)
    return html.P([say("offices.stopped", language), " ", again], role="alert")


def _no_plan(plans: OfficePlans, view: ViewState) -> Any:
    """Return why there is no plan: too little room where that is it."""
    choices, language = view.offices, view.language
    told = say("offices.no_plan", language)
    try:
        ground = plans.ground(choices, view.scenario(plans.views.base))
        question = question_of(choices, ground)
    except LayersError:
        return html.P(told, role="alert")
    whole, room = float(ground.demand.sum()), question.capacity or 0.0
    if question.problem is Problem.CAPACITY and question.sites * room < whole:
        told = say(
            "offices.no_room",
            language,
            sites=question.sites,
            room=show_number(room, 0),
            whole=show_number(whole, 0),
            least=show_number(whole / question.sites, 0),
        )
    return html.P(told, role="alert")


def _title(demand: str) -> str:
    return f"layer.{demand}.{'title' if demand == SCORE else 'short'}"
