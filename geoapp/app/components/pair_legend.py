"""The legend of two layers: nine colours with their corners, or one legend for each side."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.numbers import show_number, show_value
from geoapp.style import NO_DATA, PAIR
from geoapp.words import say
from layers.indicators.thirds import Thirds
from layers.terms import Unit

_CORNERS = ((8, "high", "high"), (2, "high", "low"), (6, "low", "high"), (0, "low", "low"))


def pair_legend(
    titles: tuple[str, str],
    limits: tuple[Thirds, Thirds],
    units: tuple[Unit, Unit],
    counts: list[int],
    language: str,
) -> list[Component]:
    """Return the legend of nine colours.

    Parameters
    ----------
    titles : tuple of str
        The first layer, which grows to the right, and the second, which grows upward.
    limits : tuple of Thirds
        Of both.
    units : tuple of Unit
        What they are counted in.
    counts : list of int
        Units of each of the nine, by ``3 * class of the second + class of the first``.
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    list of Component
        Each colour is a button that says what it is, and shows its units while it is looked at.
    """
    across, up = titles
    cells = [
        _cell(3 * row + column, titles, counts, language)
        for row in (2, 1, 0)
        for column in range(3)
    ]
    grid: dict[str, Any] = {"role": "group", "aria-label": say("map.pair", language)}
    corners = [
        html.Li(
            [
                html.Span(className="swatch", style={"backgroundColor": PAIR[mark]}),
                say(
                    "map.pair_corner",
                    language,
                    first=say(f"map.{first}", language, title=across),
                    second=say(f"map.{second}", language, title=up),
                    count=show_number(counts[mark], 0),
                ),
            ]
        )
        for mark, first, second in _CORNERS
    ]
    missing: list[Component | str] = [
        html.Span(className="swatch", style={"backgroundColor": NO_DATA}),
        say("map.pair_missing", language),
    ]
    return [
        html.Div(
            [
                html.Span(f"↑ {up}", className="pair-up note"),
                html.Div(cells, className="pair-grid", **grid),
                html.Span(f"{across} →", className="pair-across note"),
            ],
            className="pair",
        ),
        html.Ul(corners, className="pair-corners note"),
        *(_limits(*one, language) for one in zip(titles, limits, units, strict=True)),
        html.P(missing, className="note"),
    ]


def _cell(mark: int, titles: tuple[str, str], counts: list[int], language: str) -> Component:
    grades = ("low", "middle", "high")
    told = say(
        "map.pair_corner",
        language,
        first=say(f"map.{grades[mark % 3]}", language, title=titles[0]),
        second=say(f"map.{grades[mark // 3]}", language, title=titles[1]),
        count=show_number(counts[mark], 0),
    )
    attributes: dict[str, Any] = {"aria-label": told, "data-pair": str(mark)}
    return html.Button(
        className="pair-cell", title=told, style={"backgroundColor": PAIR[mark]}, **attributes
    )


def _limits(title: str, limits: Thirds, unit: Unit, language: str) -> Component:
    marks = "; ".join(show_value(value, unit) for value in limits.breaks)
    key = "terciles" if limits.are_terciles else "tied" if limits.breaks else "constant"
    return html.P(say(f"map.pair_{key}", language, title=title, marks=marks), className="note")


def swipe_legend(
    titles: tuple[str, str], bodies: tuple[list[Component], list[Component]], language: str
) -> list[Component]:
    """Return the legends of both sides of the line, each under its name.

    Parameters
    ----------
    titles : tuple of str
        Left and right.
    bodies : tuple of lists
        Their legends.
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    list of Component
        Left first.
    """
    parts: list[Component] = []
    for side, title, body in zip(("left", "right"), titles, bodies, strict=True):
        parts += [html.H3(say(f"map.{side}", language, title=title)), *body]
    return parts
