"""What of a view a build can answer; the rest is left out and named."""

from dataclasses import replace

import pandas as pd

from geoapp.app.live import TOPS
from geoapp.app.narrow import Narrow
from geoapp.app.rivals import Rivals
from geoapp.app.state import CHANGE, SCORE, ViewState
from layers.built import Build
from layers.terms import AdminLevel


def possible_view(view: ViewState, built: Build, narrow: Narrow, rivals: Rivals) -> ViewState:
    """Return a view with what a build has: level, unit, filters and scenarios.

    Parameters
    ----------
    view : ViewState
        As an address or the controls tell it.
    built : Build
        The build.
    narrow : Narrow
        Knows regions, offices and sectors.
    rivals : Rivals
        Knows the scenarios to compare with.

    Returns
    -------
    ViewState
        ``unread`` names what was left out; a unit of another level becomes the one that holds it.
    """
    levels = tuple(built.levels)
    level = view.level if view.level in levels else levels[0]
    lost = narrow.unknown(view)
    if view.top not in (None, *TOPS[level]):
        lost["top"] = f"k={view.top}"
    if view.against is not None and rivals.scenario(view.against) is None:
        lost["against"] = f"vs={view.against}"
    known = built.levels[level].units.index
    unit, other = (_unit_here(code, level, known) for code in (view.unit, view.other))
    for name, code, key in (("unit", view.unit, "u"), ("other", view.other, "u2")):
        if code is not None and len(code) >= level.digits and code[: level.digits] not in known:
            lost[name] = f"{key}={code}"
    first = ViewState()
    other = other if unit and other != unit else None
    unread = (*view.unread, *lost.values())
    kept = replace(view, level=level, unit=unit, other=other, unread=unread)
    kept = replace(kept, **{name: getattr(first, name) for name in lost})
    is_lost = kept.layer == CHANGE and kept.against is None
    return replace(kept, layer=SCORE) if is_lost else kept


def _unit_here(named: str | None, level: AdminLevel, known: pd.Index) -> str | None:
    """Return the unit of a level that holds the unit of a code, if the level has it."""
    unit = named[: level.digits] if named else None
    return unit if unit in known else None
