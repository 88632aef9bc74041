"""The sheet of a unit: who it is, where it stands, and its figures by section."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.card import codes, contributions, standing
from geoapp.app.components.figures import figure_rows
from geoapp.app.state import ViewState
from geoapp.numbers import show_number
from geoapp.words import say


def empty_sheet(view: ViewState) -> list[Component]:
    """Return what to do, where no unit is chosen."""
    return [
        html.H2(say("sheet.title", view.language), className="beside-level"),
        html.P(say("sheet.empty", view.language)),
    ]


def sheet(
    view: ViewState, unit: dict[str, Any], neighbours: list[dict[str, Any]]
) -> list[Component]:
    """Return the sheet of the chosen unit.

    Parameters
    ----------
    view : ViewState
        The view.
    unit : dict
        As ``sheet_of`` returns it.
    neighbours : list of dict
        The unit and those beside it, as ``neighbours_of_unit`` returns them.

    Returns
    -------
    list of Component
        Fits a printed page but for what is folded.
    """
    language = view.language
    place = ", ".join(filter(None, (unit["province"], unit["region"])))
    close: dict[str, Any] = {"aria-label": say("page.close", language)}
    title = html.Div([html.H2(unit["name"]), html.P(place, className="note")])
    # Whoever prints a sheet finds under it where it came from; the browser adds date and address.
    origin = html.P([f"{say('sheet.origin', language)} ", html.Span(id="print-line")])
    return [
        html.Header([title, html.Button("×", id="sheet-close", className="close", **close)]),
        html.Div(
            [
                html.Span(codes(unit, language), className="note"),
                html.Button(say("sheet.print", language), id="sheet-print", className="quiet"),
            ],
            className="sheet-line",
        ),
        html.P(standing(unit, language), className="standing"),
        *_places(unit["places"], language),
        html.Div(
            [
                html.Section(contributions(unit, language)),
                *[
                    _section(name, cells, view)
                    for name, cells in unit["sections"].items()
                    if name == "people" and cells
                ],
                *_needs(unit["needs"], view),
                *[
                    _section(name, cells, view)
                    for name, cells in unit["sections"].items()
                    if name != "people" and cells
                ],
                *_neighbours(neighbours, language),
            ],
            className="sheet-sections",
        ),
        html.Div(
            [_rest(name, cells, view) for name, cells in unit["rest"].items()], className="rest"
        ),
        html.Footer(origin, className="print-only"),
    ]


def _places(places: list[dict[str, Any]], language: str) -> list[Component]:
    """Say the place in region and province; that in the country is said with the score."""
    lines = [
        say(
            f"sheet.place.{place['level']}",
            language,
            place=show_number(place["place"], 0),
            of=show_number(place["of"], 0),
            name=place["name"],
        )
        for place in places
        if place["level"] != "country"
    ]
    return [html.P("; ".join(lines) + ".", className="standing")] if lines else []


def _section(name: str, cells: dict[str, dict[str, Any]], view: ViewState) -> Component:
    rows = figure_rows(cells, view.language, ids.SHEET, view.layer)
    head = html.H3(say(f"sheet.{name}", view.language))
    return html.Section([head, html.Table(html.Tbody(rows))])


def _needs(cells: dict[str, dict[str, Any]], view: ViewState) -> list[Component]:
    values = [cell["value"] for cell in cells.values() if cell["value"]]
    if not cells:
        return []
    rows = figure_rows(cells, view.language, ids.SHEET, view.layer, max(values, default=0.0))
    head = html.H3(say("sheet.needs", view.language))
    return [html.Section([head, html.Table(html.Tbody(rows))])]


def _neighbours(units: list[dict[str, Any]], language: str) -> list[Component]:
    if len(units) < 2:
        return []
    columns = [
        html.Th(say(key, language)) for key in ("sheet.unit", "export.column.rank", "ranking.score")
    ]
    rows = [
        html.Tr(
            [
                html.Th(unit["name"], scope="row"),
                html.Td(show_number(unit["rank"], 0)),
                html.Td(show_number(unit["score"], 1)),
            ],
            className="" if line else "own",
        )
        for line, unit in enumerate(units)
    ]
    table = html.Table([html.Thead(html.Tr(columns)), html.Tbody(rows)], className="neighbours")
    return [html.Section([html.H3(say("sheet.neighbours", language)), table])]


def _rest(dimension: str, cells: dict[str, dict[str, Any]], view: ViewState) -> Component:
    rows = figure_rows(cells, view.language, ids.SHEET, view.layer)
    head = say("sheet.more", view.language, theme=say(f"dimension.{dimension}", view.language))
    return html.Details(
        [html.Summary(head), html.Table(html.Tbody(rows))], open=view.layer in cells
    )
