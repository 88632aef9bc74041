"""A unit beside others: row by row with one of them, and its neighbours on the main figures."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.figures import open_value, slot
from geoapp.app.state import ViewState
from geoapp.numbers import as_shown, is_told, show_number, show_value, shown_cell
from geoapp.words import say
from layers.decide.contrast import Way, contrast
from layers.terms import Unit


def compare_box(view: ViewState) -> Component:
    """Return the search that puts a second unit beside the chosen one, or what takes it away."""
    language = view.language
    if view.other:
        stop: dict[str, Any] = {"data-tells": ids.OTHER}
        return html.Button(say("compare.stop", language), className="quiet compare-stop", **stop)
    takes: dict[str, Any] = {"data-takes": ids.OTHER}
    results: dict[str, Any] = {"role": "listbox"}
    return html.Div(
        [
            dcc.Input(
                id=ids.COMPARE,
                type="search",
                autoComplete="off",
                placeholder=say("compare.with", language),
            ),
            html.Ul(id=ids.COMPARE_RESULTS, hidden=True, **results),
        ],
        className="search compare",
        **takes,
    )


def compared_section(
    title: str,
    rows: list[dict[str, Any]],
    units: tuple[dict[str, Any], dict[str, Any]],
    language: str,
) -> Component:
    """Return a table with the same rows for two units and their difference in words.

    Parameters
    ----------
    title : str
        Head of the section.
    rows : list of dict
        layer, own and other, which are cells of ``cell_answer``.
    units : tuple of dict
        The chosen unit and the other: ubigeo and name.
    language : str
        A language of the product.

    Returns
    -------
    Component
        A section; each figure opens its chain.
    """
    own, other = units
    names = (say("compare.figure", language), own["name"], other["name"])
    columns = [html.Th(name) for name in (*names, say("compare.difference", language))]
    lines = [line for row in rows for line in _compared(row, own, other, language)]
    table = html.Table(
        [html.Thead(html.Tr(columns)), html.Tbody(lines)], className="neighbours compared"
    )
    return html.Section([html.H3(title), table])


def _compared(
    row: dict[str, Any], own: dict[str, Any], other: dict[str, Any], language: str
) -> list[Component]:
    layer = row["layer"]
    unit = Unit(row["own"]["unit"])
    pairs = [
        (row[side], ids.panel_of("beside", whose["ubigeo"]))
        for side, whose in (("own", own), ("other", other))
    ]
    name = html.Th(
        [
            html.Span(
                say(f"layer.{layer}.short", language),
                title=say(f"layer.{layer}.title", language),
            ),
            html.Small(say(f"unit.{unit}", language)),
        ],
        scope="row",
    )
    figures = [
        html.Td(open_value(layer, panel, _value(cell, language), language)) for cell, panel in pairs
    ]
    said = _difference(row["own"]["value"], row["other"]["value"], unit, language)
    slots = html.Td([slot(layer, panel) for _, panel in pairs], colSpan=4)
    return [
        html.Tr([name, *figures, html.Td(said, className="difference")]),
        html.Tr(slots, className="why-row"),
    ]


def _value(cell: dict[str, Any], language: str) -> str:
    return shown_cell(cell) if is_told(cell) else say("page.missing", language)


def _difference(own: float | None, other: float | None, unit: Unit, language: str) -> str:
    """Say how far a figure is from the other, both as they are shown."""
    found = contrast(as_shown(own, unit), as_shown(other, unit), unit)
    way = found.way
    if way in (Way.MORE, Way.LESS):
        size = show_value(found.size, unit)
    else:
        size = show_number(found.size, 1 if way is Way.TIMES else 0)
    return say(f"compare.{way}", language, size=size)


def neighbours_section(view: ViewState, units: list[dict[str, Any]]) -> list[Component]:
    """Return the chosen unit and those beside it: rank, score and the main figures.

    Parameters
    ----------
    view : ViewState
        The view.
    units : list of dict
        As ``neighbours_of_unit`` returns them, the chosen one first.

    Returns
    -------
    list of Component
        A section; none where no unit lies beside.
    """
    if len(units) < 2:
        return []
    language = view.language
    layers = list(units[0]["cells"])
    heads = [say(key, language) for key in ("sheet.unit", "export.column.rank", "ranking.score")]
    heads += [say(f"layer.{layer}.short", language) for layer in layers]
    rows = [
        row for line, unit in enumerate(units) for row in _neighbour(view, unit, is_own=not line)
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(head) for head in heads])), html.Tbody(rows)],
        className="neighbours",
    )
    return [html.Section([html.H3(say("sheet.neighbours", language)), table], className="beside")]


def _neighbour(view: ViewState, unit: dict[str, Any], is_own: bool) -> list[Component]:
    code, language = unit["ubigeo"], view.language
    panel = ids.panel_of("near", code)
    puts_beside: dict[str, Any] = {
        "data-tells": ids.OTHER,
        "data-u": code,
        "aria-label": say("compare.with_one", language, name=unit["name"]),
    }
    name = unit["name"] if is_own else html.Button(unit["name"], className="quiet", **puts_beside)
    figures = [
        html.Td(open_value(layer, panel, _value(cell, language), language))
        for layer, cell in unit["cells"].items()
    ]
    cells = [
        html.Th(name, scope="row"),
        html.Td(show_number(unit["rank"], 0)),
        html.Td(show_number(unit["score"], 1)),
        *figures,
    ]
    slots = html.Td([slot(layer, panel) for layer in unit["cells"]], colSpan=len(cells))
    return [
        html.Tr(cells, className="own" if is_own else ""),
        html.Tr(slots, className="why-row"),
    ]
