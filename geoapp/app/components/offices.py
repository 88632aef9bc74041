"""The panel of a plan of the offices: who serves whom, and what each wish costs."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.office_controls import act_button
from geoapp.numbers import show_number
from geoapp.words import say

_NO_COST_KM = 0.05


def result(facts: dict[str, Any], language: str) -> list[Component]:
    """Return who serves whom, what each wish costs, and the list of regions.

    Parameters
    ----------
    facts : dict
        As ``office_facts`` returns them.
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
        *_more(facts["more"], language),
        *_prices(facts["prices"], language),
        *_against_best(facts, language),
        _regions(facts["regions"], language),
        html.P(say("offices.heavy", language), className="note"),
    ]


def _km(value: float) -> str:
    return f"{show_number(value, 1 if value < 100 else 0)} km"


def _count(value: float) -> str:
    return show_number(value, 0)


def _head(facts: dict[str, Any], language: str) -> list[Component]:
    told = say(
        "offices.told",
        language,
        sites=len(facts["sites"]),
        units=_count(facts["units"]),
        level=say(f"levels.{facts['level']}", language),
        mean=_km(facts["mean"]),
        people=_count(facts["people_beyond"]),
        within=_count(facts["within"]),
    )
    notes = [say("offices.estimate", language)]
    if facts["lacking"]:
        notes.append(say("offices.lacking", language, count=_count(facts["lacking"])))
    return [
        html.H2(say("offices.result", language)),
        html.P(told, className="standing"),
        html.P(" ".join(notes), className="note"),
    ]


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
        distance=_km(unit["distance"]),
    )
    button = act_button("add", "add", unit, language, "act")
    return html.Div([html.P(told), button], className="office-chosen")


def _table(facts: dict[str, Any], language: str) -> Component:
    heads = [
        html.Th(say(f"offices.{name}", language, within=_count(facts["within"])), scope="col")
        for name in ("site", "load", "people", "beyond")
    ]
    return html.Table(
        [
            html.Caption(say("offices.caption", language), className="for-ears"),
            html.Thead(html.Tr([*heads, html.Td()])),
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
    key = "close" if site["is_kept"] else "elsewhere"
    return html.Tr(
        [
            html.Th(label, scope="row"),
            html.Td(f"{show_number(100 * site['share'], 1)} %"),
            html.Td(_count(site["people"])),
            html.Td(_count(site["beyond"])),
            html.Td(act_button(key, "close", site, language)),
        ]
    )


def _closed(closed: list[dict[str, str]], language: str) -> list[Component]:
    if not closed:
        return []
    parts = _with_button(closed, "allow", "allow", language)
    return [html.P([say("offices.closed", language), " ", *parts], className="note")]


def _with_button(units: list[dict[str, str]], key: str, act: str, language: str) -> list[Any]:
    """Return each unit's name with a button behind it."""
    return [
        part
        for unit in units
        for part in (f"{unit['name']} ", act_button(key, act, unit, language), " ")
    ]


def _more(more: list[dict[str, Any]], language: str) -> list[Component]:
    rows = [
        html.Li(
            [
                say(
                    "offices.more_one",
                    language,
                    name=one["name"],
                    gain=_km(one["gain"]),
                    people=_count(one["people"]),
                ),
                " ",
                act_button("put", "add", one, language),
            ]
        )
        for one in more
    ]
    return [html.H3(say("offices.more", language)), html.Ol(rows, className="office-list")]


def _prices(prices: list[dict[str, Any]], language: str) -> list[Component]:
    rows = [html.Li(_price(price, language)) for price in prices]
    told: Component = html.Ul(rows, className="office-list")
    if not rows:
        told = html.P(say("offices.no_price", language), className="note")
    return [html.H3(say("offices.prices", language)), told]


def _price(price: dict[str, Any], language: str) -> str:
    name = say(f"offices.price_{price['condition']}", language)
    if price["cost"] < _NO_COST_KM:
        return say("offices.price_none", language, condition=name)
    better = ", ".join(price["better"])
    cost = _km(price["cost"])
    return say("offices.price", language, condition=name, cost=cost, sites=better)


def _against_best(facts: dict[str, Any], language: str) -> list[Component]:
    """Return this plan beside the best one with as many offices."""
    head = html.H3(say("offices.best", language))
    best = facts["best"]
    if best is None:
        return [head, html.P(say("offices.is_best", language), className="note")]
    columns = [html.Th(say(f"offices.{name}", language)) for name in ("this", "free_plan")]
    figures = {
        "mean": [_km(value) for value in best["mean"]],
        "far": [_count(value) for value in best["beyond"]],
        "only": [", ".join(names) for names in best["only"]],
    }
    body = [
        html.Tr(
            [
                html.Th(say(f"offices.{name}", language, within=_count(facts["within"]))),
                *(html.Td(value) for value in values),
            ]
        )
        for name, values in figures.items()
    ]
    keys = [
        html.Span([html.I(className=f"mark {kind}"), say(f"offices.key_{kind}", language)])
        for kind in ("today", "proposed", "best")
    ]
    return [
        head,
        html.Table(
            [html.Thead(html.Tr([html.Td(), *columns])), html.Tbody(body)],
            className="source-table office-best",
        ),
        html.P(keys, className="note office-keys"),
    ]


def _regions(regions: dict[str, list[dict[str, str]]], language: str) -> Component:
    """Return the regions of the mission: given, proposed and changed."""
    rows = [
        html.Li(
            [
                f"{site['name']} ",
                html.Span([say(f"offices.{site['kind']}", language), " "], className="note"),
                act_button("remove", "close-region", site, language),
            ]
        )
        for site in regions["sites"]
    ]
    acts = [
        *_with_button(regions["chosen"], "add_region", "add-region", language),
        *_with_button(regions["closed"], "allow", "allow-region", language),
    ]
    is_changed = regions["closed"] or any(site["kind"] == "added" for site in regions["sites"])
    return html.Details(
        [
            html.Summary(say("offices.regions", language, count=len(rows))),
            html.P(say("offices.regions_note", language), className="note"),
            html.Ol(rows, className="office-list"),
            html.P(acts, className="note"),
        ],
        open=bool(is_changed),
    )
