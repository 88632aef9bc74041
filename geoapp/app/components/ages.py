"""The ages of the residents of a unit as bars whose area is people, and their sex."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.figures import open_value, slot
from geoapp.words import say

_YEAR = 3.0
"""Pixels of height of a year of age."""


def age_section(ages: dict[str, Any] | None, language: str) -> list[Component]:
    """Return what is known of age and sex.

    Parameters
    ----------
    ages : dict or None
        As ``ages_of`` returns it.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A section; none where the country declares no ages. A group without a figure has words
        in place of a bar.
    """
    if ages is None:
        return []
    groups = ages["groups"]
    return [
        html.Section(
            [
                html.H3(say("ages.title", language)),
                *_sexes(ages["sexes"], language),
                html.Div([_group(group, language) for group in groups], className="ages"),
                *[slot(group["layer"], ids.AGES) for group in groups],
                html.P(f"{ages['origin']}. {ages['drawn']}", className="note"),
                html.P(ages["unknown"], className="note"),
            ]
        )
    ]


def _group(group: dict[str, Any], language: str) -> Component:
    length = group["length"]
    bar = [] if length is None else [html.I(style={"width": f"{100 * length:.2f}%"})]
    unit = "" if length is None else " %"
    return html.Div(
        [
            html.Span(group["label"]),
            html.Span(bar),
            open_value(group["layer"], ids.AGES, f"{group['value']}{unit}", language),
        ],
        className="age",
        style={"--age": f"{_YEAR * group['years']:.1f}px"},
    )


def _sexes(sexes: dict[str, Any] | None, language: str) -> list[Component]:
    if sexes is None:
        return []
    return [
        html.Div(
            [
                open_value(sexes["layer"], ids.AGES, sexes["women"], language),
                html.Span(sexes["men"]),
            ],
            className="sexes",
        ),
        html.Div(
            html.I(style={"width": f"{100 * sexes['share']:.2f}%"}),
            className="sex-bar",
        ),
        slot(sexes["layer"], ids.AGES),
    ]
