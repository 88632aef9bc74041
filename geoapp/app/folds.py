"""Which groups of figures of a panel are open: all others are asked for when they are opened."""

import dash
from dash import ALL, State

from geoapp.app import ids
from geoapp.app.state import ViewState
from layers.spec import Catalogue


def states() -> dict[str, State]:
    """Return what an act has to bring of the groups of the page."""
    return {
        "folds": State(ids.fold_id("whole", ALL, ALL, ALL), "open"),
        "fold_clicks": State(ids.fold_id("head", ALL, ALL, ALL), "n_clicks"),
    }


def open_themes(
    catalogue: Catalogue, panel: str, view: ViewState, before: ViewState | None
) -> frozenset[str]:
    """Return the groups of a panel that are open after an act.

    Parameters
    ----------
    catalogue : Catalogue
        Tells the group of a layer: its dimension.
    panel : str
        Where the groups stand.
    view, before : ViewState
        After the act and before it; None where another page was open.

    Returns
    -------
    frozenset of str
        Those that the visitor left open. With another layer its group opens, and that of the
        former one folds.
    """
    left_open = _left_open(panel)
    if left_open is not None and before is not None and before.layer == view.layer:
        return left_open
    former = _theme_of(catalogue, before.layer) if before else frozenset()
    return ((left_open or frozenset()) - former) | _theme_of(catalogue, view.layer)


def _left_open(panel: str) -> frozenset[str] | None:
    """Return the groups that are open in the browser; None where the panel has none."""
    given = dash.ctx.args_grouping
    pressed = {
        (one["id"]["panel"], one["id"]["theme"]): one.get("value") or 0
        for one in given["fold_clicks"]
    }
    # What was sent open is folded after one click, and open again after another.
    found = {
        one["id"]["theme"]: bool(one.get("value")) != bool(pressed[panel, one["id"]["theme"]] % 2)
        for one in given["folds"]
        if one["id"]["panel"] == panel
    }
    return frozenset(theme for theme, is_open in found.items() if is_open) if found else None


def _theme_of(catalogue: Catalogue, layer: str) -> frozenset[str]:
    found = catalogue.layers.get(layer)
    return frozenset([found.dimension.value] if found else [])
