"""The panel of what is asked of the offices, and the buttons that ask."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.words import say

LABELS = (
    "title",
    "demand",
    "sites",
    "within",
    "capacity",
    "undo",
    "redo",
    "reset",
    "hint",
    "cancel",
)
"""Words of both panels, in the order in which they stand in the page."""


def controls(most_sites: int, reach: tuple[int, int, int]) -> Component:
    """Return the panel of what is asked, without words; the first answer fills them in.

    Parameters
    ----------
    most_sites : int
        As many offices can be asked for.
    reach : tuple of int
        Least and largest reach, and its step, in km.

    Returns
    -------
    Component
        One panel.
    """
    low, high, step = reach
    sites = dcc.Input(id=ids.OFFICE_SITES, type="number", min=1, max=most_sites, step=1)
    within = dcc.Input(
        id=ids.OFFICE_WITHIN, type="number", min=low, max=high, step=step, debounce=True
    )
    # Not of type number: Dash cannot empty such a box without a complaint of the browser.
    capacity = dcc.Input(
        id=ids.OFFICE_CAPACITY, type="text", inputMode="numeric", maxLength=15, debounce=True
    )
    demand = dcc.Dropdown(id=ids.OFFICE_DEMAND, clearable=False, searchable=False)
    return html.Section(
        [
            _label("title", html.H2),
            dcc.RadioItems(id=ids.OFFICE_LEVEL, className="segments", inline=True),
            html.Label([_label("demand"), demand], className="objective note"),
            html.Div(
                [html.Label([_label("sites"), sites]), html.Label([_label("within"), within])],
                className="office-numbers note",
            ),
            html.Label([_label("capacity"), capacity], className="office-capacity note"),
            dcc.RadioItems(id=ids.OFFICE_TODAY, className="segments", inline=True),
        ],
        className="panel office-controls",
    )


def head() -> Component:
    """Return what stands above the answer: what is edited, undo, redo and back to today."""
    buttons = html.Div(
        [_told(act) for act in ("undo", "redo", "reset")], className="office-buttons"
    )
    hint = html.P(
        [
            html.Span(id=ids.OFFICE_HINT),
            html.Button(id=ids.office_label_id("hint"), className="quiet", **_data("stay")),
        ],
        className="office-hint",
        role="status",
    )
    part = dcc.RadioItems(id=ids.OFFICE_PART, className="segments", inline=True)
    return html.Div([html.Div([part, buttons], className="panel-head"), hint])


def wait_line() -> Component:
    """Return the line that tells how far a search is, and stops it; the script shows it."""
    return html.Div(
        [
            html.Span(id=ids.OFFICE_SAID, role="status"),
            html.Button(id=ids.office_label_id("cancel"), **_data("cancel")),
        ],
        id=ids.OFFICE_WAIT,
        className="office-wait",
        hidden=True,
    )


def _data(name: str) -> dict[str, Any]:
    """Return the mark by which the script of the page knows a button."""
    return {"data-office": name}


def _label(name: str, tag: type[Component] = html.Span) -> Component:
    return tag(id=ids.office_label_id(name))


def _told(act: str) -> Component:
    told: dict[str, Any] = {"data-tells": ids.OFFICE_ACT, "data-act": act}
    return html.Button(id=ids.office_label_id(act), className="quiet", **told)


def act_button(
    key: str, act: str, unit: dict[str, Any], language: str, look: str = "quiet"
) -> Component:
    """Return a button that adds, closes or allows an office in a unit.

    Parameters
    ----------
    key : str
        Of its words, in ``offices``.
    act : str
        As ``act_on`` knows it.
    unit : dict
        ubigeo and name.
    language : str
        A language of the product.
    look : str
        Class of the button.

    Returns
    -------
    Component
        A button, named by its words and the unit.
    """
    told: dict[str, Any] = {"data-tells": ids.OFFICE_ACT, "data-act": act}
    return _button(key, unit, language, look, told | {"data-unit": unit["ubigeo"]})


def move_button(unit: dict[str, Any], language: str) -> Component:
    """Return the button that begins to move an office; the next chosen place is where it goes."""
    hint = say("offices.moving", language, name=unit["name"])
    told = _data("move") | {"data-seat": unit["seat"], "data-hint": hint}
    return _button("move", unit, language, "quiet", told)


def _button(
    key: str, unit: dict[str, Any], language: str, look: str, told: dict[str, Any]
) -> Component:
    words = say(f"offices.{key}", language)
    name = f"{words}: {unit['name']}" if unit["name"] else words
    return html.Button(words, className=look, **(told | {"aria-label": name}))
