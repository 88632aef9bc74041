"""The quadrants of severity and magnitude: sectors, and the four of them as buttons."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.tools import choice
from geoapp.app.state import JOINT, ViewState
from geoapp.numbers import show_number
from geoapp.style import QUADRANTS
from geoapp.words import say

_ORDER = ("severe_small", "act_now", "watch", "large_moderate")
"""As they stand in the chart: severe above, many people on the right."""


def quadrants(view: ViewState, facts: dict[str, Any]) -> Component:
    """Return sectors and the four quadrants as buttons, above the chart.

    Parameters
    ----------
    view : ViewState
        With a sector.
    facts : dict
        sectors; counts by quadrant, unknown among them; median of the people in need.

    Returns
    -------
    Component
        Above the ranking, whose rows are those of the chosen quadrant.
    """
    language = view.language
    sectors = [
        choice(
            sector_name(name, language),
            {"sector": name, "quadrant": ""},
            name == view.sector,
        )
        for name in facts["sectors"]
    ]
    named: dict[str, Any] = {"role": "group", "aria-label": say("quadrants.sector", language)}
    whole: dict[str, Any] = {"role": "group", "aria-label": say("tools.quadrants", language)}
    unknown = show_number(facts["counts"].get("unknown", 0), 0)
    return html.Div(
        [
            html.Div(sectors, className="choices scroll", **named),
            html.Div(
                [_button(kind, view, facts["counts"].get(kind, 0)) for kind in _ORDER],
                className="quadrant-buttons",
                **whole,
            ),
            html.P(
                say(
                    "quadrants.rule",
                    language,
                    median=show_number(facts["median"], 0),
                    unknown=unknown,
                ),
                className="note",
            ),
        ],
        className="quadrants",
    )


def sector_name(sector: str, language: str) -> str:
    """Return the name of a sector, or of all of them together."""
    if sector == JOINT:
        return say("quadrants.joint", language)
    return say(f"sector.{sector}", language).capitalize()


def _button(kind: str, view: ViewState, count: int) -> Component:
    is_chosen = view.quadrant == kind
    words = [
        html.Span(className="swatch", style={"backgroundColor": QUADRANTS[kind]}),
        f"{say(f'quadrant.{kind}', view.language).capitalize()} ",
        html.B(show_number(count, 0)),
    ]
    mark: dict[str, Any] = {"data-kind": kind}
    return choice(words, {"quadrant": "" if is_chosen else kind}, is_chosen, **mark)
