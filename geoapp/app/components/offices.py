"""The panel of a plan of the offices: who serves whom, and what each wish costs."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.office_controls import act_button, move_button
from geoapp.app.components.office_figures import (
    changes_list,
    count,
    plans_table,
    prices_list,
    shown_km,
    signed,
)
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.distances import DETOUR


def result(facts: dict[str, Any], file: str, language: str) -> list[Component]:
    """Return who serves whom, what each wish costs, and the file of it.

    Parameters
    ----------
    facts : dict
        As ``office_facts`` returns them.
    file : str
        Address of the file of who serves whom.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        The body of the panel.
    """
    return [
        *_head(facts, language),
        _chosen(facts, language),
        _table(facts, language),
        *_closed(facts["closed"], language),
        _keys(language),
        *changes_list(facts, language),
        *plans_table(facts, language),
        *prices_list(facts["prices"], language),
        *_more(facts["more"], language),
        html.P(
            [
                html.A(say("offices.file", language), href=file, download=""),
                html.Span(f" {say('offices.file_note', language)}", className="note"),
            ],
            className="office-file",
        ),
    ]


def _head(facts: dict[str, Any], language: str) -> list[Component]:
    figures = facts["plans"]["this"]
    told = say(
        "offices.told",
        language,
        sites=len(facts["sites"]),
        units=count(facts["units"]),
        level=say(f"levels.{facts['level']}", language),
        mean=shown_km(figures["mean"]),
        people=count(figures["beyond"]),
        within=count(facts["within"]),
    )
    notes = [say("offices.estimate", language, detour=DETOUR)]
    if facts["lacking"]:
        notes.append(say("offices.lacking", language, count=count(facts["lacking"])))
    parts: list[Component] = [
        html.H2(say("offices.result", language), tabIndex=-1, className="office-title"),
        html.P(told, className="standing"),
        html.P(" ".join(notes), className="note"),
    ]
    if facts["even"] is not None:
        share = show_number(100 * facts["even"], 0)
        parts.append(html.P(say("offices.even", language, share=share), className="caveat"))
    return parts


def _chosen(facts: dict[str, Any], language: str) -> Component:
    """Return who serves the chosen unit, and the button that puts an office there."""
    unit = facts["chosen"]
    if unit is None:
        return html.P(say("offices.choose", language), className="office-chosen note")
    if unit["is_site"]:
        told = say("offices.has", language, name=unit["name"])
        return html.P(told, className="office-chosen")
    told = say(
        "offices.served",
        language,
        name=unit["name"],
        level=say(f"level.{facts['level']}", language).lower(),
        office=unit["office"],
        distance=shown_km(unit["distance"]),
    )
    button = act_button("add", "add", unit, language, "act")
    return html.Div([html.P(told), button], className="office-chosen")


def _table(facts: dict[str, Any], language: str) -> Component:
    heads = [
        html.Th(say(f"offices.{name}", language, within=count(facts["within"])), scope="col")
        for name in ("site", "load", "people", "beyond")
    ]
    acts = html.Th(html.Span(say("offices.acts", language), className="for-ears"), scope="col")
    return html.Table(
        [
            html.Caption(say("offices.caption", language), className="for-ears"),
            html.Thead(html.Tr([*heads, acts])),
            html.Tbody([_row(site, language) for site in facts["sites"]]),
        ],
        className="source-table office-table",
    )


def _row(site: dict[str, Any], language: str) -> Component:
    kind = "today" if site["is_today"] else "proposed"
    label: list[Any] = [html.I(className=f"mark {kind}"), site["name"]]
    if not site["is_today"]:
        said = "added" if site["is_kept"] else "proposed"
        label.append(html.Span(f" {say(f'offices.{said}', language)}", className="note"))
    people: list[Any] = [count(site["people"])]
    if site["change"] and abs(site["change"]) >= 1:
        people.append(html.Small(signed(site["change"]), className="note"))
    key = "close" if site["is_kept"] else "elsewhere"
    acts = [move_button(site, language), act_button(key, "close", site, language)]
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(f"{show_number(100 * site['share'], 1)} %"),
            html.Td(people),
            html.Td(count(site["beyond"])),
            html.Td(acts, className="office-acts"),
        ]
    )


def _closed(closed: list[dict[str, str]], language: str) -> list[Component]:
    if not closed:
        return []
    parts: list[Any] = [say("offices.closed", language)]
    for unit in closed:
        parts += [f" {unit['name']} ", act_button("allow", "allow", unit, language)]
    return [html.P(parts, className="note")]


def _keys(language: str) -> Component:
    """Return what the marks of the map mean."""
    keys = [
        html.Span([html.I(className=f"mark {kind}"), say(f"offices.key_{kind}", language)])
        for kind in ("today", "proposed", "best", "load", "far")
    ]
    return html.P(keys, className="note office-keys")


def _more(more: list[dict[str, Any]], language: str) -> list[Component]:
    rows = [
        html.Li(
            [
                say(
                    "offices.more_one",
                    language,
                    name=one["name"],
                    gain=shown_km(one["gain"]),
                    people=count(one["people"]),
                ),
                " ",
                act_button("put", "add", one, language),
            ]
        )
        for one in more
    ]
    return [html.H3(say("offices.more", language)), html.Ol(rows, className="office-list")]
