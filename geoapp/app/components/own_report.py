"""What became of every row of a visitor's file, and what can be done with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.data_head import view_link
from geoapp.app.components.own_form import tells
from geoapp.app.state import ViewState
from geoapp.numbers import show_exact, show_number, show_value
from geoapp.words import say
from layers.own.rows import PLACED
from layers.terms import RowState, Unit

_MOST_ROWS = 30
_QUIET = {state.value for state in PLACED} | {RowState.NO_FIGURE.value}


def report(taken: Mapping[str, Any], language: str, can_accept: bool) -> list[Component]:
    """Return the report of a file, and the acts that follow.

    Parameters
    ----------
    taken : mapping
        As ``layers.own.take`` returns it.
    language : str
        A language of the product.
    can_accept : bool
        True where who asks may load the file for everybody.

    Returns
    -------
    list of Component
        Counts by state, sums, the first rows that ask for work, and buttons.
    """
    rows = taken["rows"]
    unsettled = [row for row in rows if row["state"] not in _QUIET]
    counts = [
        html.Tr(
            [
                html.Th(say(f"own.state.{state}", language), scope="row"),
                html.Td(show_number(count, 0)),
            ]
        )
        for state, count in taken["counts"].items()
    ]
    total = html.Tr(
        [
            html.Th(say("own.all_rows", language), scope="row"),
            html.Td(show_number(len(rows), 0)),
        ],
        className="sum",
    )
    download = html.A(
        say("own.download", language), href=f"/own/report.csv?lang={language}", className="quiet"
    )
    return [
        html.H3(say("own.report", language)),
        html.Table(html.Tbody([*counts, total]), className="source-table own-counts"),
        *_sums(taken, language),
        *_unsettled(unsettled, language),
        html.P(download),
        *_acts(taken, language, can_accept),
    ]


def _sums(taken: Mapping[str, Any], language: str) -> list[Component]:
    totals = taken["totals"]
    if not totals["file"]:
        return []
    shown = {key: show_exact(float(value)) for key, value in totals.items()}
    return [html.P(say("own.sums", language, **shown), className="note")]


def _unsettled(rows: Sequence[Mapping[str, Any]], language: str) -> list[Component]:
    if not rows:
        return []
    items = [html.Li(_line(row, language)) for row in rows[:_MOST_ROWS]]
    if len(rows) > _MOST_ROWS:
        items.append(
            html.Li(say("own.more_rows", language, count=show_number(len(rows) - _MOST_ROWS, 0)))
        )
    return [html.Ul(items, className="own-unsettled")]


def _line(row: Mapping[str, Any], language: str) -> str:
    what = " ".join(filter(None, (row["code"], row["name"])))
    head = say("own.row", language, row=row["row"])
    reason = f": {say('own.reason.' + row['reason'], language)}" if row["reason"] else ""
    cell = f" («{row['cell']}»)" if row["cell"] else ""
    near = say("own.near", language, units="; ".join(row["nearest"][:3])) if row["nearest"] else ""
    state = say(f"own.state.{row['state']}", language)
    return " ".join(filter(None, (f"{head} {what}".strip() + f" – {state}{reason}{cell}.", near)))


def _acts(taken: Mapping[str, Any], language: str, can_accept: bool) -> list[Component]:
    acts: list[Component] = []
    if taken["layers"]:
        acts.append(tells("use", say("own.use", language), "act"))
        acts.append(html.P(say("own.use_note", language), className="note"))
    else:
        acts.append(html.P(say("own.no_layer", language), className="note"))
    if can_accept:
        acts.append(_accept(language))
    return acts


def _accept(language: str) -> Component:
    fields = [
        html.Label(
            [
                html.Span(say(f"own.ask.{name}", language)),
                dcc.Input(id=ids.own_ask_id(name), maxLength=80, autoComplete="off"),
            ]
        )
        for name in ("publisher", "vintage")
    ]
    return html.Details(
        [
            html.Summary(say("own.accept", language)),
            html.P(say("own.accept_note", language), className="note"),
            html.Div(fields, className="own-fields"),
            tells("accept", say("own.accept_go", language), "act"),
        ],
        className="own-accept",
    )


def own_layers(view: ViewState, layers: Mapping[str, Any]) -> list[Component]:
    """Return the layers of a visitor, each with a way to show it and to let it go."""
    language = view.language
    if not layers:
        return []
    items = [
        html.Li(
            [
                view_link(layer.title, view.with_(layer=name), name == view.layer),
                html.Span(say("own.mark", language), className="tag"),
                html.P(
                    say(
                        "own.layer",
                        language,
                        count=show_number(len(layer.figures), 0),
                        units=say(f"levels.{layer.level}", language),
                        unit=say(f"unit.{layer.unit}", language),
                        file=layer.file,
                    ),
                    className="note",
                ),
                tells("remove", say("own.remove", language), "quiet", own=name),
            ]
        )
        for name, layer in layers.items()
    ]
    return [html.H3(say("own.mine", language)), html.Ul(items, className="data-choices")]


def own_rows(cells: Sequence[Mapping[str, Any]], language: str) -> list[Component]:
    """Return what a visitor's own layers say of a unit, for its card."""
    if not cells:
        return []
    rows = []
    for cell in cells:
        missing = cell["value"] is None
        unit = Unit(cell["unit"])
        value = say("page.missing", language) if missing else show_value(cell["value"], unit)
        counted = "" if missing else say(f"unit.{unit}", language)
        note = html.P(f"{cell['file']} · {say('own.mark', language)}", className="note")
        rows.append(
            html.Tr(
                [
                    html.Th([html.Span(cell["title"]), note], scope="row"),
                    html.Td([value, html.Span(counted)], className="missing" if missing else ""),
                ],
                className="shown" if cell["is_shown"] else "",
            )
        )
    return [
        html.Details(
            [html.Summary(say("own.theme", language)), html.Table(html.Tbody(rows))], open=True
        )
    ]
