"""From one question of the offices to the next: acts, controls, undo and redo."""

from dataclasses import replace
from typing import Any

from geoapp.app import ids
from geoapp.app.office_acts import act_on
from geoapp.app.office_choices import (
    MOST_CAPACITY,
    MOST_SITES,
    PARTS,
    REACH,
    Choices,
    read_choices,
    write_choices,
)
from geoapp.app.office_plans import OfficePlans
from geoapp.app.state import ViewState
from layers.errors import LayersError
from layers.terms import AdminLevel

_MOST_STEPS = 50
Steps = dict[str, list[str]]
"""``past`` and ``future``: questions to which undo and redo go, the next one last."""


def next_choices(
    plans: OfficePlans,
    view: ViewState,
    kept: dict[str, Any],
    trigger: Any,
    given: dict[str, Any],
) -> tuple[Choices, Steps]:
    """Return the choices after an act, and the steps of undo and redo.

    Parameters
    ----------
    plans : OfficePlans
        Knows today's offices.
    view : ViewState
        What was asked before.
    kept : dict
        Steps as the browser keeps them.
    trigger : str
        Id of the control that was used.
    given : dict
        What the controls hold: act, part, level, demand, sites, today, within, capacity.

    Returns
    -------
    tuple
        Choices and steps; both as before where nothing changed.
    """
    before = view.offices
    steps = {name: _texts(kept.get(name)) for name in ("past", "future")}
    act = given.get("act") if trigger == ids.OFFICE_ACT else None
    if act and act["act"] in ("undo", "redo"):
        return _walk(before, steps, act["act"])
    if trigger in (ids.OFFICE_VIEW, ids.OFFICE_READY):
        return before, _after_history(before, steps, kept.get("now"))
    now = replace(before, **_set_by(plans, before, trigger, given))
    if act:
        now = _after_act(plans, replace(view, offices=now), act)
    if now == before:
        return before, steps
    past = [*steps["past"], write_choices(before)][-_MOST_STEPS:]
    return now, {"past": past, "future": []}


def _texts(kept: Any) -> list[str]:
    return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []


def _walk(before: Choices, steps: Steps, act: str) -> tuple[Choices, Steps]:
    """Go a step back or forth; one that cannot be read is passed over."""
    source, target = ("past", "future") if act == "undo" else ("future", "past")
    if not steps[source]:
        return before, steps
    *rest, text = steps[source]
    try:
        now = read_choices(text)
    except (LayersError, ValueError):
        return before, {**steps, source: rest}
    return now, {source: rest, target: [*steps[target], write_choices(before)]}


def _after_history(now: Choices, steps: Steps, shown: Any) -> Steps:
    """Return the steps where the browser itself went back or forth to one of them."""
    text = write_choices(now)
    if not isinstance(shown, str) or shown == text:
        return steps
    for source, target in (("past", "future"), ("future", "past")):
        if steps[source] and steps[source][-1] == text:
            return {source: steps[source][:-1], target: [*steps[target], shown]}
    return steps


def _after_act(plans: OfficePlans, view: ViewState, act: dict[str, Any]) -> Choices:
    before, base = view.offices, plans.views.base
    if act["act"] == "reset":
        return Choices(part=before.part)
    if act["act"] in ("stopped", "again"):
        return before
    ground = plans.ground(before, view.scenario(base))
    name, unit = str(act["act"]), str(act["unit"])
    if name == "toggle-region":
        region = unit[: AdminLevel.REGION.digits]
        is_in = region in plans.regions(before, view.scenario(base)).sites
        name = "close-region" if is_in else "add-region"
    return act_on(before, name, unit, ground, str(act.get("source") or ""))


def _set_by(
    plans: OfficePlans, before: Choices, trigger: Any, given: dict[str, Any]
) -> dict[str, Any]:
    """Return what the controls change; a number that is out of its range changes nothing.

    They are read together: an act may come before the answer to the one before it.
    """
    changed: dict[str, Any] = {}
    if given.get("part") in PARTS:
        changed["part"] = given["part"]
    if given.get("level") not in (None, plans.level_of(before).value):
        changed["level"] = AdminLevel(given["level"])
    if given.get("demand") in plans.demands():
        changed["demand"] = None if given["demand"] == plans.people else str(given["demand"])
    if given.get("today"):
        changed["is_fixed"] = given["today"] == "fixed"
    if REACH[0] <= (given.get("within") or 0) <= REACH[1]:
        changed["within"] = float(given["within"])
    # The number follows from what is added and closed, so that it tells something only if set.
    if trigger == ids.OFFICE_SITES and 1 <= (given["sites"] or 0) <= MOST_SITES:
        changed["sites"] = int(given["sites"])
    return changed | _capacity_of(trigger, str(given.get("capacity") or ""))


def _capacity_of(trigger: Any, text: str) -> dict[str, Any]:
    """Return the limit that a box tells; blanks between its digits do not matter."""
    digits = "".join(text.split())
    # An empty box is no limit once it was emptied; before the first answer it is not yet filled.
    if not digits:
        return {"capacity": None} if trigger == ids.OFFICE_CAPACITY else {}
    if digits.isascii() and digits.isdigit() and 1 <= int(digits) <= MOST_CAPACITY:
        return {"capacity": float(digits)}
    return {}
