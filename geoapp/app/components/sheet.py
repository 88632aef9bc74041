"""The sheet of a unit: who it is, where it stands, and its figures by section."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.ages import age_section
from geoapp.app.components.beside import compare_box, compared_section, neighbours_section
from geoapp.app.components.card import codes, contributions, explanation, standing
from geoapp.app.components.figures import figure_rows
from geoapp.app.components.fold import fold
from geoapp.app.components.multiples import season_section, series_section
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
    view: ViewState,
    unit: dict[str, Any],
    neighbours: list[dict[str, Any]],
    other: dict[str, Any] | None = None,
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
    other : dict, optional
        The unit that it is compared with, as ``other_of`` returns it: same rows for both.

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
                html.Span(codes(unit, language), className="note codes"),
                compare_box(view),
                html.Button(say("sheet.print", language), id="sheet-print", className="quiet"),
            ],
            className="sheet-line",
        ),
        html.P(standing(unit, language), className="standing"),
        *_places(unit["places"], language),
        explanation(view, unit, ids.SHEET),
        *_against(unit, other, language),
        html.Div(
            [
                html.Section(contributions(unit, language)),
                *_figures(view, unit, other),
                *series_section(unit["series"], language),
                *neighbours_section(view, neighbours),
            ],
            className="sheet-sections" if other is None else "sheet-sections comparing",
        ),
        html.Div(
            [_rest(theme, cells, unit["ubigeo"], view) for theme, cells in unit["rest"].items()],
            className="rest",
        ),
        html.Footer([_publishers(unit, language), origin], className="print-only"),
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


def _publishers(unit: dict[str, Any], language: str) -> Component:
    """Name who published the figures of a printed sheet; the address below it leads to each."""
    cells = [cell for section in unit["sections"].values() for cell in section.values()]
    cells += unit["needs"].values()
    told = [name for cell in cells for name in cell["publisher"].split("; ")]
    names = "; ".join(dict.fromkeys(told))
    return html.P(say("sheet.publishers", language, names=names))


def _against(unit: dict[str, Any], other: dict[str, Any] | None, language: str) -> list[Component]:
    """Say with whom the unit is compared, and where that one stands."""
    if other is None:
        return []
    title = say("compare.title", language, own=unit["name"], other=other["name"])
    place = ", ".join(filter(None, (other["province"], other["region"])))
    stands = f"{other['name']} ({place}): {standing(other, language)}"
    return [html.H3(title), html.P(stands, className="standing")]


def _figures(
    view: ViewState, unit: dict[str, Any], other: dict[str, Any] | None
) -> list[Component]:
    """Return the figures by section, of one unit or of two with the same rows.

    Ages stand under the people and seasons under the risks: they are of the unit alone.
    """
    people, risks, services = unit["sections"].items()
    parts: list[Component] = []
    for name, cells in (people, ("needs", unit["needs"]), risks, services):
        if cells:
            parts.append(
                _section(name, cells, view)
                if other is None
                else _compared(name, cells, unit, other, view)
            )
        if name == "people":
            parts += age_section(unit["ages"], view.language)
        if name == "risks":
            parts += season_section(unit["season"], view.language)
    return parts


def _section(name: str, cells: dict[str, dict[str, Any]], view: ViewState) -> Component:
    values = [cell["value"] for cell in cells.values() if cell["value"]]
    largest = max(values, default=0.0) if name == "needs" else None
    rows = figure_rows(cells, view.language, ids.SHEET, view.layer, largest)
    head = html.H3(say(f"sheet.{name}", view.language))
    return html.Section([head, html.Table(html.Tbody(rows))])


def _compared(
    name: str,
    cells: dict[str, dict[str, Any]],
    unit: dict[str, Any],
    other: dict[str, Any],
    view: ViewState,
) -> Component:
    rows = [
        {"layer": layer, "own": cell, "other": other["cells"][layer]}
        for layer, cell in cells.items()
    ]
    title = say(f"sheet.{name}", view.language)
    return compared_section(title, rows, (unit, other), view.language)


def _rest(
    theme: str, cells: dict[str, dict[str, Any]] | None, ubigeo: str, view: ViewState
) -> Component:
    head = say("sheet.more", view.language, theme=say(f"dimension.{theme}", view.language))
    return fold(head, theme, cells, ids.SHEET, ubigeo, view)
