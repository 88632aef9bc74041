"""The controls of the page: the view that they tell together, and what they hold after it."""

from typing import Any

from dash import ALL, Input, Output, no_update

from geoapp.app import ids
from geoapp.app.address import parts_of, read_parts
from geoapp.app.live import TOPS
from geoapp.app.map_state import plain_tools, tools_of
from geoapp.app.options import WHOLE_FRAME
from geoapp.app.state import SCORE, Page, ViewState, changed_weights
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.errors import ScenarioError
from layers.terms import AdminLevel


def acts() -> dict[str, Input]:
    """Return what a visitor acts on, by what it tells."""
    return {
        "asked": Input(ids.ASKED, "data"),
        "page": Input(ids.PAGE, "data"),
        "level": Input(ids.LEVEL, "value"),
        "layer": Input(ids.LAYER, "value"),
        "objective": Input(ids.OBJECTIVE, "value"),
        "language": Input(ids.LANGUAGE, "value"),
        "weights": Input(ids.weight_id(ALL), "value"),
        "reset": Input(ids.RESET, "n_clicks"),
        "picked": Input(ids.PICKED, "data"),
        "tools": Input(ids.MAP_TOOLS, "data"),
        "parts": Input(ids.PARTS, "data"),
        "other": Input(ids.OTHER, "data"),
    }


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "page": Output(ids.PAGE, "data"),
        "level": Output(ids.LEVEL, "value"),
        "layer": Output(ids.LAYER, "value"),
        "objective": Output(ids.OBJECTIVE, "value"),
        "language": Output(ids.LANGUAGE, "value"),
        "weights": Output(ids.weight_id(ALL), "value"),
        "picked": Output(ids.PICKED, "data"),
        "tools": Output(ids.MAP_TOOLS, "data"),
        "parts": Output(ids.PARTS, "data"),
        "other": Output(ids.OTHER, "data"),
    }


def next_view(view: ViewState, trigger: Any, given: dict[str, Any], views: Views) -> ViewState:
    """Return the view that all controls tell together.

    An act may come before the answer to the one before it, whose view is then not yet kept
    in the page: so no act is read alone.
    """
    base = views.base
    level = AdminLevel(given["level"] or view.level)
    unit = given["picked"]["u"] if given["picked"] else view.unit
    other = given["other"].get("u") if given["other"] else view.other
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
    # Parts are told all together; before the first answer none is.
    parts, unread = ({}, ()) if given["parts"] is None else read_parts(given["parts"])
    top = parts.get("top", view.top)
    if level is not view.level and top not in TOPS[level]:
        parts = {**parts, "top": None}
    return view.with_(
        **parts,
        unread=unread,
        page=Page(given["page"] or view.page),
        level=level,
        unit=unit,
        other=other,
        layer=str(given["layer"] or view.layer),
        objective=_objective(given["objective"], view),
        language=str(given["language"] or view.language),
        weights=weights,
        tools=tools_of(given["tools"], view.tools, views.layers | {SCORE}),
    )


def _objective(given: str | None, view: ViewState) -> str | None:
    """Return the objective that a control tells; before the first answer it tells none."""
    if given is None:
        return view.objective
    return None if given == WHOLE_FRAME else given


def all_of(views: Views, view: ViewState) -> dict[str, Any]:
    """Return what every control holds for a view that an address tells."""
    return {
        "page": view.page.value,
        "level": view.level.value,
        "layer": view.layer,
        "objective": view.objective or WHOLE_FRAME,
        "language": view.language,
        "weights": [weight for _, weight in view.scenario(views.base).weights],
        "picked": {"u": view.unit},
        "parts": parts_of(view),
        "other": {"u": view.other},
        "tools": plain_tools(view.tools),
    }


def kept_of(view: ViewState, trigger: Any, given: dict[str, Any], base: Scenario) -> dict[str, Any]:
    """Return the controls as the visitor left them, but weights that could not be taken.

    A hand may be moving a slider still: the answer must not pull it back.
    """
    weights = [weight for _, weight in view.scenario(base).weights]
    is_taken = trigger != ids.RESET and [float(v or 0) for v in given["weights"]] == weights
    told = {key: text for key, text in (given["parts"] or {}).items() if text}
    return {
        **dict.fromkeys(
            ("page", "level", "objective", "language", "picked", "other", "tools"), no_update
        ),
        "layer": no_update if given["layer"] in (None, view.layer) else view.layer,
        "parts": no_update if told == parts_of(view) else parts_of(view),
        "weights": [no_update] * len(weights) if is_taken else weights,
    }
