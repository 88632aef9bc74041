"""Header, legend, card and sources: what explains the map."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.state import ViewState
from geoapp.numbers import show_number, show_value
from geoapp.style import NO_DATA, colours_of
from geoapp.words import say
from layers.terms import Unit


def legend(
    view: ViewState, unit: Unit, breaks: tuple[float, ...], largest: float, source: str
) -> Component:
    """Return the legend of the shown layer: classes or circles, unit, missing and source.

    Parameters
    ----------
    view : ViewState
        The view.
    unit : Unit
        Unit of the layer; counts are circles.
    breaks : tuple of float
        Inner class limits.
    largest : float
        Largest value of a count.
    source : str
        The line of the source.

    Returns
    -------
    Component
        The body of the legend.
    """
    language = view.language
    title = say(f"layer.{view.layer}.title", language)
    scale = _circles(largest) if unit.is_extensive else _classes(breaks, unit)
    return html.Div(
        [
            html.H2(title),
            html.P(say(f"unit.{unit}", language), className="note"),
            scale,
            html.P(
                [
                    html.Span(className="swatch", style={"backgroundColor": NO_DATA}),
                    say("page.missing", language),
                ],
                className="note",
            ),
            html.P(source, className="note"),
        ]
    )


def _classes(breaks: tuple[float, ...], unit: Unit) -> Component:
    colours = colours_of(len(breaks) + 1)
    blocks = [html.Span(className="class", style={"backgroundColor": c}) for c in colours]
    marks = [html.Span(show_number(value, _short(value))) for value in breaks]
    return html.Div(
        [html.Div(blocks, className="classes"), html.Div(marks, className="class-marks")]
    )


def _short(value: float) -> int:
    return 0 if value == round(value) else 1 if value * 10 == round(value * 10) else 2


def _circles(largest: float) -> Component:
    steps = [value for value in (largest, largest / 4, largest / 16) if value >= 1]
    rows = [
        html.Div(
            [
                html.Span(
                    className="circle-key",
                    style={"width": f"{size}px", "height": f"{size}px"},
                ),
                show_value(value, Unit.PEOPLE),
            ],
            className="circle-row",
        )
        for value, size in zip(steps, (52, 26, 13), strict=False)
    ]
    return html.Div(rows, className="circles")


def card(view: ViewState, unit: dict[str, Any] | None) -> list[Component]:
    """Return the card of the chosen unit: its place, its score and each figure with its source.

    Parameters
    ----------
    view : ViewState
        The view.
    unit : dict or None
        As ``Views.card`` returns it.

    Returns
    -------
    list of Component
        Empty where no unit is chosen.
    """
    if unit is None:
        return []
    language = view.language
    place = ", ".join(filter(None, (unit["province"], unit["region"])))
    return [
        html.Header(
            [
                html.Div([html.H2(unit["name"]), html.P(place, className="note")]),
                html.Button("×", id="card-close", title=say("page.close", language)),
            ]
        ),
        html.P(_standing(unit, language), className="standing"),
        html.Table(
            html.Tbody([_figure(layer, cell, language) for layer, cell in unit["cells"].items()])
        ),
        html.P(_codes(unit), className="note"),
    ]


def _standing(unit: dict[str, Any], language: str) -> str:
    if unit["rank"] is None:
        return say("page.no_rank", language)
    return say(
        "page.standing",
        language,
        rank=show_number(unit["rank"], 0),
        ranked=show_number(unit["ranked"], 0),
        score=show_number(unit["score"], 1),
        low=show_number(unit["low"], 1),
        high=show_number(unit["high"], 1),
    )


def _figure(layer: str, cell: dict[str, Any], language: str) -> Component:
    unit = Unit(cell["unit"])
    missing = cell["value"] is None
    value = say("page.missing", language) if missing else show_value(cell["value"], unit)
    origin = say(
        "page.origin",
        language,
        method=say(f"method.{cell['method']}", language),
        publisher=cell["publisher"],
        vintage=cell["vintage"],
    )
    return html.Tr(
        [
            html.Th(
                [
                    say(f"layer.{layer}.title", language),
                    html.A(
                        origin, href=cell["landing"], target="_blank", rel="noopener noreferrer"
                    ),
                ],
                scope="row",
            ),
            html.Td(
                [value, html.Span("" if missing else say(f"unit.{unit}", language))],
                className="missing" if missing else "",
            ),
        ]
    )


def _codes(unit: dict[str, Any]) -> str:
    return f"INEI {unit['ubigeo']} · RENIEC {unit['reniec'] or '–'}"
