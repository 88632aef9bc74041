"""The panel of what is asked of the offices, and the buttons that ask."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.words import say

LABELS = ("title", "undo", "reset", "demand", "sites", "within")
"""Words of the panel, in the order in which they stand in it."""


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
    demand = dcc.Dropdown(id=ids.OFFICE_DEMAND, clearable=False, searchable=False)
    buttons = html.Div([_told("undo"), _told("reset")], className="office-buttons")
    return html.Section(
        [
            html.Div([_label("title", html.H2), buttons], className="panel-head"),
            dcc.RadioItems(id=ids.OFFICE_LEVEL, className="segments", inline=True),
            html.Label([_label("demand"), demand], className="objective note"),
            html.Div(
                [html.Label([_label("sites"), sites]), html.Label([_label("within"), within])],
                className="office-numbers note",
            ),
            dcc.RadioItems(id=ids.OFFICE_TODAY, className="segments", inline=True),
        ],
        className="panel office-controls",
    )


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
    words = say(f"offices.{key}", language)
    told: dict[str, Any] = {
        "data-tells": ids.OFFICE_ACT,
        "data-act": act,
        "data-unit": unit["ubigeo"],
        "aria-label": f"{words}: {unit['name']}",
    }
    return html.Button(words, className=look, **told)
