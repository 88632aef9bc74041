"""The sources of a build: publisher, date, terms, layers, and what is wrong with each."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from geoapp.numbers import show_number
from geoapp.words import say, translate
from layers.reading import SourceStatus
from layers.spec import Catalogue

_MOST_NAMES = 3


def source_list(
    catalogue: Catalogue,
    statuses: Mapping[str, SourceStatus],
    behind: Mapping[str, list[str]],
    language: str,
) -> list[Component]:
    """Return what is missing and a table of all sources.

    Parameters
    ----------
    catalogue : Catalogue
        Declares the sources.
    statuses : mapping
        What became of each source in the build.
    behind : mapping
        By source, the layers whose figures rest on it.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        The body of the panel.
    """
    lost = [status for status in statuses.values() if status.problem]
    had = [status for status in statuses.values() if not status.problem]
    layers = {layer for names in behind.values() for layer in names}
    note = say(
        "data.note",
        language,
        sources=show_number(len(had), 0),
        layers=show_number(len(layers), 0),
    )
    columns = [html.Th(say(f"data.{name}", language)) for name in ("source", "of", "layers")]
    body = [_row(catalogue, status, behind.get(status.id, []), language) for status in had]
    return [
        html.Div(
            [html.H2(say("data.title", language)), html.P(note, className="note")],
            className="beside-level",
        ),
        *_missing(catalogue, lost, language),
        html.Table([html.Thead(html.Tr(columns)), html.Tbody(body)], className="source-table"),
    ]


def _missing(catalogue: Catalogue, lost: list[SourceStatus], language: str) -> list[Component]:
    if not lost:
        return [html.P(say("data.none_missing", language), className="data-whole")]
    rows = [
        html.Li(
            [
                html.B(catalogue.source(status.id).publisher),
                f", {catalogue.source(status.id).vintage}. {translate(status.problem or '', language)}. ",
                html.Span(_names(status.layers, language), className="note"),
            ]
        )
        for status in lost
    ]
    return [html.H3(say("data.missing", language)), html.Ul(rows, className="data-missing")]


def _row(catalogue: Catalogue, status: SourceStatus, layers: list[str], language: str) -> Component:
    source = catalogue.source(status.id)
    link = html.A(source.publisher, href=source.landing, target="_blank", rel="noopener noreferrer")
    place = say(f"data.place.{status.place}", language)
    terms = f"{source.licence.value} · {place}"
    name: list[Component] = [link, html.P(f"{source.citation}. {terms}", className="note")]
    name += [html.P(caveat, className="caveat") for caveat in _caveats(status, language)]
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(source.vintage),
            html.Td(show_number(len(layers) or None, 0), title=_names(layers, language)),
        ]
    )


def _caveats(status: SourceStatus, language: str) -> list[str]:
    counts = {
        "repaired": len(status.repaired),
        "unmatched": len(status.unmatched),
        "without": len(status.without),
    }
    return [
        say(f"data.{name}", language, count=show_number(count, 0))
        for name, count in counts.items()
        if count
    ]


def _names(layers: list[str] | tuple[str, ...], language: str) -> str:
    named = [say(f"layer.{layer}.short", language) for layer in layers[:_MOST_NAMES]]
    left = len(layers) - len(named)
    more = [say("data.more", language, count=left)] if left else []
    return "; ".join([*named, *more])
