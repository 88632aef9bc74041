"""What is missing, what it costs, and how it is given."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.numbers import show_number
from geoapp.words import say


def missing_list(rows: Sequence[Mapping[str, Any]], units: str, language: str) -> list[Component]:
    """Return the table of data that are awaited.

    Parameters
    ----------
    rows : sequence of mapping
        As ``missing_row`` and ``stake_row`` describe each kind, in one.
    units : str
        What the units of the level are called.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A note and the table.
    """
    columns = [html.Th(say(f"data.awaited.{name}", language)) for name in ("what", "cost")]
    return [
        html.P(say("data.awaited.note", language), className="note"),
        html.Table(
            [
                html.Thead(html.Tr(columns)),
                html.Tbody([_row(row, units, language) for row in rows]),
            ],
            className="source-table missing-table",
        ),
    ]


def _row(row: Mapping[str, Any], units: str, language: str) -> Component:
    who: list[Any] = [say("data.awaited.who", language, publisher=row["publisher"])]
    if row["landing"]:
        page = say("data.awaited.page", language)
        who += [
            " · ",
            html.A(page, href=row["landing"], target="_blank", rel="noopener noreferrer"),
        ]
    forms = ", ".join(name.upper() for name in row["formats"])
    give: list[Any] = [say("data.awaited.formats", language, formats=forms)]
    if row["template"]:
        text = say("data.awaited.template", language)
        give += [" · ", html.A(text, href=f"/template/{row['id']}")]
    state = (
        say("data.awaited.loaded", language, source=row["loaded"])
        if row["loaded"]
        else say("data.awaited.lacks", language)
    )
    name = [
        html.B(row["title"]),
        html.Span(state, className="tag"),
        html.P(row["description"]),
        html.P(row["change"], className="note"),
        html.P(who, className="note"),
        html.P(give, className="note"),
    ]
    return html.Tr([html.Th(name, scope="row"), html.Td(_cost(row, units, language))])


def _cost(row: Mapping[str, Any], units: str, language: str) -> list[Component]:
    if not row["layers"]:
        return [html.P(say("data.awaited.rule", language), className="note")]
    lacking = say(
        "data.awaited.units",
        language,
        count=show_number(row["units"], 0),
        of=show_number(row["of"], 0),
        units=units,
    )
    ranks = (
        say(
            "data.awaited.ranks",
            language,
            ranks=show_number(row["ranks"], 0),
            weight=show_number(row["weight"], 0),
        )
        if row["ranks"]
        else say("data.awaited.no_ranks", language)
    )
    return [html.P(lacking), html.P(ranks, className="note")]
