"""The sources of a build: publisher, date, terms, coverage, layers, and what is wrong with each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.data_head import view_link
from geoapp.app.components.plain import Plain, plain
from geoapp.app.state import SourceOrder, ViewState
from geoapp.numbers import show_number
from geoapp.words import say, translate
from layers.reading import SourceStatus
from layers.spec import SourceSpec
from layers.terms import AdminLevel


@dataclass(frozen=True, eq=False)
class SourceRow:
    """One source, and what rests on it; made once for a build."""

    spec: SourceSpec
    status: SourceStatus
    age: float
    """Years; missing where the vintage gives no date."""
    coverage: Mapping[AdminLevel, float]
    """Share of the units of each level with a figure from it, 0 to 100."""
    layers: tuple[str, ...]


_SORTED = (
    ("source", SourceOrder.PUBLISHER),
    ("age", SourceOrder.AGE),
    ("coverage", SourceOrder.COVERAGE),
    ("layers", SourceOrder.LAYERS),
)


def source_list(view: ViewState, rows: Sequence[SourceRow], total: int) -> list[Component]:
    """Return the table of the sources.

    Parameters
    ----------
    view : ViewState
        The view, with what is looked for and the order.
    rows : sequence of SourceRow
        The sources in that order.
    total : int
        How many sources the build has.

    Returns
    -------
    list of Component
        A line on how many are shown, and the table.
    """
    language = view.language
    columns = [_head(name, order, view) for name, order in _SORTED]
    said: dict[str, Any] = {"role": "status"}
    found = say(
        "data.found", language, count=show_number(len(rows), 0), total=show_number(total, 0)
    )
    body: list[Any] = [_row(row, language) for row in rows]
    table = html.Table(
        [html.Thead(html.Tr(columns)), html.Tbody(body)],
        className="source-table",
    )
    return [html.P(found, className="note", **said), table]


def _head(name: str, order: SourceOrder, view: ViewState) -> Component:
    is_here = view.order is order
    other = SourceOrder.CATALOGUE if is_here else order
    arrow = " ↓" if is_here else ""
    text = say(f"data.{name}", view.language) + arrow
    sorted_: dict[str, Any] = {"aria-sort": "descending"} if is_here else {}
    return html.Th(view_link(text, view.with_(order=other), is_here), **sorted_)


@lru_cache(maxsize=512)
def _row(row: SourceRow, language: str) -> Plain:
    made: Plain = plain(_made_row(row, language))
    return made


def _made_row(row: SourceRow, language: str) -> Component:
    spec, status = row.spec, row.status
    link = html.A(spec.publisher, href=spec.landing, target="_blank", rel="noopener noreferrer")
    # A source that could not be had has no place.
    parts = [spec.licence.value]
    if status.place:
        parts.append(say(f"data.place.{status.place}", language))
    name: list[Component] = [
        link,
        html.P(f"{spec.citation}. {' · '.join(parts)}", className="note"),
    ]
    name += [html.P(caveat, className="caveat") for caveat in _caveats(row, language)]
    if row.layers:
        titles = [html.Li(say(f"layer.{layer}.title", language)) for layer in row.layers]
        count = say("data.rests", language, count=show_number(len(row.layers), 0))
        name.append(html.Details([html.Summary(count), html.Ul(titles)], className="rests note"))
    is_dated = not math.isnan(row.age)
    age = say("data.years", language, years=show_number(row.age, 1)) if is_dated else "–"
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td([spec.vintage, html.P(age, className="note")]),
            html.Td(_coverage(row, language)),
            html.Td(show_number(len(row.layers) or None, 0)),
        ],
        className="lost" if status.problem else "",
    )


def _coverage(row: SourceRow, language: str) -> list[Component] | str:
    if not row.coverage:
        return "–"
    return [
        html.Div(
            [
                html.Span(say(f"data.level.{level}", language), className="note"),
                f" {_percent(share)}",
            ]
        )
        for level, share in row.coverage.items()
    ]


def _percent(share: float) -> str:
    """Write a share so that 99.97 is not 100: all of the units is a promise."""
    if 0 < share < 100:
        return f"{show_number(min(max(share, 0.1), 99.9), 1)} %"
    return f"{show_number(share, 0)} %"


def _caveats(row: SourceRow, language: str) -> list[str]:
    status = row.status
    counts = {
        "repaired": len(status.repaired),
        "unmatched": len(status.unmatched),
        "without": len(status.without),
    }
    said = [
        say(f"data.{name}", language, count=show_number(count, 0))
        for name, count in counts.items()
        if count
    ]
    if not row.spec.redistributable:
        said.append(say("data.not_redistributable", language))
    if math.isnan(row.age):
        said.append(say("data.no_date", language))
    if status.problem:
        said.insert(0, translate(status.problem, language))
    return said
