"""What of a view a build can answer; the rest is left out and named."""

from dataclasses import replace

from geoapp.app.live import TOPS
from geoapp.app.narrow import Narrow
from geoapp.app.rivals import Rivals
from geoapp.app.state import CHANGE, SCORE, ViewState
from layers.pipeline import Build


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
    unit = view.unit[: level.digits] if view.unit else None
    if unit not in built.levels[level].units.index:
        if unit is not None and len(unit) == level.digits:
            lost["unit"] = f"u={view.unit}"
        unit = None
    first = ViewState()
    kept = replace(view, level=level, unit=unit, unread=(*view.unread, *lost.values()))
    kept = replace(kept, **{name: getattr(first, name) for name in lost})
    is_lost = kept.layer == CHANGE and kept.against is None
    return replace(kept, layer=SCORE) if is_lost else kept
