"""Series over time as small pictures of one width, and when in the year hazards come."""

from typing import Any
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.why import chain
from geoapp.words import say


def series_section(series: list[dict[str, Any]], language: str) -> list[Component]:
    """Return the yearly series of a unit, one below the other over the same years.

    Parameters
    ----------
    series : list of dict
        As ``series_of`` returns them.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A section; none where nothing is declared.
    """
    if not series:
        return []
    head = html.H3(say("series.title", language))
    return [
        html.Section([head, *[_series(one, language) for one in series]], className="multiples")
    ]


def _series(one: dict[str, Any], language: str) -> Component:
    title = html.P(
        [html.B(one["title"]), html.Span(", ".join(filter(None, (one["unit"], one["whose"]))))]
    )
    if not one["svg"]:
        return html.Div([title, html.P(say("series.none", language), className="note")])
    return html.Div([title, *_drawn(one, language)])


def _drawn(one: dict[str, Any], language: str) -> list[Component]:
    told = "; ".join(f"{mark['name']}: {mark['value']}" for mark in one["marks"])
    marks = [html.Span([f"{mark['name']} ", html.B(mark["value"])]) for mark in one["marks"]]
    origin = f"{one['origin']}. {one['gaps']}".strip()
    return [
        html.Img(
            src=f"data:image/svg+xml,{quote(one['svg'])}",
            alt=f"{one['title']}, {one['unit']}. {told}",
        ),
        html.Div(marks, className="marks"),
        html.Details(
            [html.Summary([origin, html.Span(say("why.title", language))]), _chain(one, language)],
            className="series-origin",
        ),
    ]


def _chain(one: dict[str, Any], language: str) -> Component:
    return chain(one["step"], language)


def season_section(season: dict[str, Any] | None, language: str) -> list[Component]:
    """Return when in the year the hazards of a unit are to be expected.

    Parameters
    ----------
    season : dict or None
        As ``seasons_of`` returns it.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A section; none where nothing is declared.
    """
    if season is None:
        return []
    rows = [
        html.Tr([html.Th(line["hazards"], scope="row"), html.Td(line["when"])])
        for line in season["lines"]
    ]
    monthly = [_series(one, language) for one in season["series"].values()]
    return [
        html.Section(
            [
                html.H3(say("season.title", language)),
                html.Table(html.Tbody(rows), className="seasons"),
                html.P(say("season.note", language), className="note"),
                *monthly,
            ],
            className="multiples",
        )
    ]
