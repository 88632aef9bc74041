"""The files that can be taken home, and how a map is put on another site."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from geoapp.words import say, words


def export_list(
    formats: Sequence[str], query: str, snippet: str, left_out: int, language: str
) -> list[Component]:
    """Return the formats as links.

    Parameters
    ----------
    formats : sequence of str
        Names of the formats.
    query : str
        Level and weights of the view, as an address has them.
    snippet : str
        HTML that shows the map in a page of another site; empty where none may.
    left_out : int
        Columns that no stated licence lets pass on.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A note and the table.
    """
    known = words(language)
    rows = [
        html.Tr(
            [
                html.Td(html.A(name, href=f"/export/{name}?{query}", download="")),
                html.Td(known.get(f"export.format.{name}", "")),
            ]
        )
        for name in formats
    ]
    return [
        html.P(say("data.exports.note", language, count=left_out), className="note"),
        html.Table([html.Tbody(rows)], className="source-table"),
        *(_embedding(snippet, language) if snippet else []),
    ]


def _embedding(snippet: str, language: str) -> list[Component]:
    return [
        html.P(say("data.exports.embed", language), className="note"),
        html.Pre(html.Code(snippet), style={"whiteSpace": "pre-wrap"}),
    ]
