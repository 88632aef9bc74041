"""How much is known where: the layers that show it, and why a unit is as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.data_head import view_link
from geoapp.app.state import ViewState
from geoapp.numbers import show_number
from geoapp.words import say


def quality_list(
    view: ViewState, layers: Sequence[str], name: str, reasons: Sequence[Mapping[str, Any]]
) -> list[Component]:
    """Return the choice of layers of quality, and the reasons of the chosen unit.

    Parameters
    ----------
    view : ViewState
        The view.
    layers : sequence of str
        Layers of the quality of the data.
    name : str
        Of the chosen unit; empty where none is chosen.
    reasons : sequence of mapping
        As ``quality_reasons`` returns them.

    Returns
    -------
    list of Component
        The body of the panel.
    """
    language = view.language
    choices = [
        html.Li(
            [
                view_link(
                    say(f"layer.{layer}.title", language),
                    view.with_(layer=layer),
                    layer == view.layer,
                ),
                html.P(say(f"layer.{layer}.description", language), className="note"),
            ]
        )
        for layer in layers
    ]
    body: list[Component] = [html.Ul(choices, className="data-choices")]
    if not name:
        return [*body, html.P(say("data.quality.choose", language), className="note")]
    return [
        *body,
        html.H3(say("data.quality.of", language, name=name)),
        reason_table(reasons, view),
    ]


def reason_table(reasons: Sequence[Mapping[str, Any]], view: ViewState) -> Component:
    """Return what the score has of each weighed layer in a unit, as a table."""
    language = view.language
    columns = [html.Th(say(f"data.quality.{key}", language)) for key in ("layer", "weight", "has")]
    rows = [
        html.Tr(
            [
                html.Th(say(f"layer.{row['layer']}.short", language), scope="row"),
                html.Td(f"{show_number(row['share'], 0)} %"),
                html.Td(_has(row, language)),
            ]
        )
        for row in reasons
    ]
    return html.Table(
        [html.Thead(html.Tr(columns)), html.Tbody(rows)], className="source-table reasons"
    )


def _has(row: Mapping[str, Any], language: str) -> list[Component]:
    word = say(f"known.{row['known']}", language)
    parts = row["indicators"]
    if parts and row["known"] != "missing":
        word = say(
            "data.quality.indicators",
            language,
            own=show_number(len(parts["own"]), 0),
            of=show_number(sum(map(len, parts.values())), 0),
        )
    known = html.Span(word, className=f"known {row['known']}")
    if row["known"] == "missing":
        return [known]
    trust = say(
        "data.quality.trust",
        language,
        method=say(f"method.{row['method']}", language),
        vintage=row["vintage"],
        level=say(f"confidence.{row['confidence']}", language),
    )
    return [known, html.P(trust, className="note"), *_lists(parts, language)]


def _lists(parts: Mapping[str, Sequence[str]], language: str) -> list[Component]:
    """Return the indicators that are missing or borrowed, folded."""
    found: list[Component] = []
    for kind in ("missing", "borrowed"):
        names = parts.get(kind, ())
        if names:
            head = say(f"data.quality.{kind}", language, count=show_number(len(names), 0))
            items = [html.Li(say(f"layer.{name}.title", language)) for name in names]
            found.append(html.Details([html.Summary(head), html.Ul(items)], className="rests note"))
    return found
