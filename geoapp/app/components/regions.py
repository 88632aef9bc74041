"""The panel of the regions of the mission: which, with how many people, and what a change costs."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.office_controls import act_button
from geoapp.app.components.office_figures import count, millions, shown_km
from geoapp.numbers import show_number
from geoapp.words import say

_ACTS = {True: ("remove", "close-region"), False: ("put", "add-region")}


def regions_panel(facts: dict[str, Any], language: str) -> list[Component]:
    """Return the regions of a choice beside the proposed ones and those with most people.

    Parameters
    ----------
    facts : dict
        As ``region_facts`` returns them.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        The body of the panel.
    """
    this = facts["this"]
    told = say(
        "offices.regions_told",
        language,
        count=facts["count"],
        people=count(this["people"]),
        share=_percent(this["share"]),
    )
    return [
        html.H2(
            say("offices.regions", language, count=facts["count"]),
            tabIndex=-1,
            className="office-title",
        ),
        html.P(told, className="standing"),
        html.P(say("offices.regions_note", language), className="note"),
        _compared(facts, language),
        _table(facts["rows"], language),
        html.P(say("offices.regions_source", language, sources=facts["sources"]), className="note"),
    ]


def _percent(share: float) -> str:
    return f"{show_number(100 * share, 1)} %"


def _compared(facts: dict[str, Any], language: str) -> Component:
    names = ("this", "proposed", "most")
    shown = [facts[name] for name in names]
    own = facts["this"]["people"]
    rows = {
        "people": [f"{count(one['people'])} ({_percent(one['share'])})" for one in shown],
        "loss": ["–", *(count(max(0.0, one["people"] - own)) for one in shown[1:])],
        "mean": ["–" if one["mean"] is None else shown_km(one["mean"]) for one in shown],
        "people_km": [
            "–" if one["people_km"] is None else millions(one["people_km"]) for one in shown
        ],
        "only": [", ".join(one["only"]) or "–" for one in shown],
    }
    heads = [
        html.Th(say(f"offices.regions_{name}", language, count=facts["count"]), scope="col")
        for name in names
    ]
    body = [
        html.Tr(
            [
                html.Th(say(f"offices.regions_row_{name}", language), scope="row"),
                *(html.Td(value) for value in values),
            ]
        )
        for name, values in rows.items()
    ]
    return html.Table(
        [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(body)],
        className="source-table office-best",
    )


def _table(rows: list[dict[str, Any]], language: str) -> Component:
    heads = [
        html.Th(say(f"offices.{name}", language), scope="col")
        for name in ("region", "people", "regions_share")
    ]
    acts = html.Th(html.Span(say("offices.acts", language), className="for-ears"), scope="col")
    return html.Table(
        [
            html.Caption(say("offices.regions_caption", language), className="for-ears"),
            html.Thead(html.Tr([*heads, acts])),
            html.Tbody([_row(row, language) for row in rows]),
        ],
        className="source-table office-table",
    )


def _row(row: dict[str, Any], language: str) -> Component:
    key, act = _ACTS[row["is_in"]]
    label: list[Any] = [row["name"]]
    if row["kind"] != "none":
        kind = say(f"offices.kind_{row['kind']}", language)
        label.append(html.Span(f" {kind}", className="note"))
    acts = [act_button(key, act, row, language)]
    if row["kind"] == "closed":
        acts.append(act_button("allow", "allow-region", row, language))
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(count(row["people"])),
            html.Td(_percent(row["share"])),
            html.Td(acts, className="office-acts"),
        ],
        className="is-in" if row["is_in"] else "is-out",
    )
