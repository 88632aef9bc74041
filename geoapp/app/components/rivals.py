"""Two scenarios side by side: the first units of each, who moved, and why the chosen one did."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.tools import choice
from geoapp.app.state import BASE, CHANGE, ViewState
from geoapp.numbers import show_number, show_value
from geoapp.words import say
from layers.terms import Unit


def rivals(view: ViewState, facts: dict[str, Any]) -> Component:
    """Return the comparison of the visitor's scenario with another.

    Parameters
    ----------
    view : ViewState
        The view.
    facts : dict
        As ``Rivals.facts`` returns them.

    Returns
    -------
    Component
        In the place of the ranking.
    """
    language = view.language
    return html.Div(
        [
            *_others(view, facts),
            html.P(_told(facts, language), className="note"),
            *(
                [html.P(say("rivals.whole", language), className="note")]
                if facts["is_narrowed"]
                else []
            ),
            *([] if facts["is_same"] else [_map_button(view)]),
            *_why(view, facts),
            _table(view, facts),
        ],
        className="rivals",
    )


def _name(name: str, language: str) -> str:
    return say("rivals.base", language) if name == BASE else name


def _others(view: ViewState, facts: dict[str, Any]) -> list[Component]:
    if len(facts["names"]) == 1:
        return []
    buttons = [
        choice(_name(name, view.language), {"vs": name}, name == facts["against"])
        for name in facts["names"]
    ]
    named: dict[str, Any] = {"role": "group", "aria-labelledby": "rivals-with"}
    return [
        html.Div(
            [
                html.Span(say("rivals.with", view.language), id="rivals-with"),
                html.Div(buttons, className="choices wrap", **named),
            ],
            className="tool-line",
        )
    ]


def _told(facts: dict[str, Any], language: str) -> str:
    if facts["is_same"]:
        return say("rivals.same", language)
    counts = {name: show_number(count, 0) for name, count in facts["counts"].items()}
    return say("rivals.told", language, top=show_number(facts["top"], 0), **counts)


def _map_button(view: ViewState) -> Component:
    is_shown = view.layer == CHANGE
    marks: dict[str, Any] = {
        "data-layer": "score" if is_shown else CHANGE,
        "aria-pressed": "true" if is_shown else "false",
    }
    return html.Button(say("rivals.map", view.language), className="choice on-map", **marks)


def _table(view: ViewState, facts: dict[str, Any]) -> Component:
    language = view.language
    before, after = facts["before"], facts["after"]
    heads = [_name(facts["against"], language), say("rivals.now", language)]
    head = html.Tr([html.Th(heads[0], colSpan=2), html.Th(heads[1], colSpan=3)])
    rows = [
        html.Tr(
            [
                *_half(before[line] if line < len(before) else None, view, "leaves"),
                *_half(after[line] if line < len(after) else None, view, "enters"),
                html.Td(_move(after[line], language) if line < len(after) else ""),
            ]
        )
        for line in range(max(len(before), len(after)))
    ]
    return html.Table([html.Thead(head), html.Tbody(rows)], className="rival-table")


def _half(row: dict[str, Any] | None, view: ViewState, gone: str) -> list[Component]:
    if row is None:
        return [html.Td(), html.Td()]
    mark: dict[str, Any] = {"data-unit": row["ubigeo"]}
    kinds = [gone] if row["move"] == "other" else []
    if row["ubigeo"] == view.unit:
        kinds.append("own")
    name = html.Button(row["name"], type="button", **mark)
    leaves = []
    if gone == "leaves" and kinds[:1] == [gone]:
        leaves = [html.Small(_leaving(row, view.language))]
    classes = " ".join(kinds)
    return [
        html.Td(show_number(row["place"], 0), className=f"place {classes}"),
        html.Td([name, *leaves], className=classes),
    ]


def _leaving(row: dict[str, Any], language: str) -> str:
    if row["other"] is None:
        return say("rivals.leaves_all", language)
    return say("rivals.leaves", language, place=show_number(row["other"], 0))


def _move(row: dict[str, Any], language: str) -> str:
    if row["move"] == "other":
        if row["other"] is None:
            return say("rivals.enters_new", language)
        return say("rivals.enters", language, place=show_number(row["other"], 0))
    if row["move"] == "still":
        return say("rivals.still", language)
    steps = show_number(abs(row["other"] - row["place"]), 0)
    return say(f"rivals.{row['move']}", language, steps=steps)


def _why(view: ViewState, facts: dict[str, Any]) -> list[Component]:
    """Return how the chosen unit moved, by layer; parts of places add up to the change."""
    why, language = facts["why"], view.language
    if why is None:
        return [html.P(say("rivals.choose", language), className="note")]
    if facts["is_same"]:
        return []
    names = ("rivals.weight", "rivals.points", "rivals.places")
    head = html.Tr([html.Th(), *(html.Th(say(name, language)) for name in names)])
    rows = [_why_row(row, why, language) for row in why["layers"]]
    before, after = (show_number(place, 0) for place in why["places"])
    scores = [show_number(score, 1) for score in why["scores"]]
    climbed = None if None in why["places"] else why["places"][0] - why["places"][1]
    total = html.Tr(
        [
            html.Th(say("rivals.total", language)),
            html.Td(),
            html.Td(f"{scores[0]} → {scores[1]}"),
            html.Td(show_value(climbed, Unit.PLACES)),
        ],
        className="total",
    )
    title = say("rivals.why", language, name=why["name"], before=before, after=after)
    note = say("rivals.split_note" if why["is_split"] else "rivals.no_split", language)
    return [
        html.Details(
            [
                html.Summary(title),
                html.Table([html.Thead(head), html.Tbody([*rows, total])], className="rival-why"),
                html.P(note, className="note"),
            ],
            open=True,
        )
    ]


def _why_row(row: dict[str, Any], why: dict[str, Any], language: str) -> Component:
    weights = [f"{weight:g}" for weight in row["weights"]]
    points = [show_number(number, 1) for number in row["points"]]
    places = show_signed(row["places"]) if why["is_split"] else "–"
    return html.Tr(
        [
            html.Th(say(f"layer.{row['layer']}.short", language)),
            html.Td(weights[0] if weights[0] == weights[1] else f"{weights[0]} → {weights[1]}"),
            html.Td(points[0] if points[0] == points[1] else f"{points[0]} → {points[1]}"),
            html.Td(places),
        ]
    )


def show_signed(places: float) -> str:
    """Return places with a sign, and a decimal where they are no whole number."""
    decimals = 0 if abs(places - round(places)) < 0.05 else 1
    return ("+" if round(places, decimals) > 0 else "") + show_number(places, decimals)
