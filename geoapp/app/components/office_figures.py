"""A plan of the offices in figures: beside today's and the best one, and what each wish costs."""

from collections.abc import Callable
from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.office_controls import act_button
from geoapp.numbers import show_number
from geoapp.words import say

_NO_COST_KM = 0.05
_UNDO = {"move": "back", "add": "close", "close": "allow"}
"""By act, the one that takes it back."""


def shown_km(value: float) -> str:
    """Return kilometres as they are read."""
    return f"{show_number(value, 1 if abs(value) < 100 else 0)} km"


def count(value: float) -> str:
    """Return a whole number as it is read."""
    return show_number(value, 0)


def signed(value: float, decimals: int = 0) -> str:
    """Return a difference with its sign; what rounds to 0 has none."""
    text = show_number(abs(value), decimals)
    is_nothing = not text.strip("0.")
    return text if is_nothing else f"{'+' if value > 0 else '−'}{text}"


def millions(value: float) -> str:
    """Return people × km in millions."""
    return show_number(value / 1e6, 1)


def changes_list(facts: dict[str, Any], language: str) -> list[Component]:
    """Return each change of the visitor: with it less without it, and the button that undoes it.

    Parameters
    ----------
    facts : dict
        As ``office_facts`` returns them.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        Empty where nothing was changed.
    """
    if not facts["changes"]:
        return []
    rows = [
        html.Li(
            [
                html.B(say(f"offices.did_{one['act']}", language, **_names(one))),
                f" {_price_of(one, facts['within'], language)} ",
                act_button("take_back", _UNDO[one["act"]], one, language),
            ]
        )
        for one in facts["changes"]
    ]
    return [html.H3(say("offices.changes", language)), html.Ul(rows, className="office-list")]


def _names(change: dict[str, Any]) -> dict[str, str]:
    both = {"name": change["name"]}
    return both | {"source": change["source"]} if change["act"] == "move" else both


def _price_of(change: dict[str, Any], within: float, language: str) -> str:
    if change["mean"] is None:
        return say("offices.no_single_price", language)
    return say(
        "offices.change_price",
        language,
        mean=signed(change["mean"], 1),
        people_km=signed(change["people_km"] / 1e6, 1),
        people=signed(change["beyond"]),
        within=count(within),
    )


def plans_table(facts: dict[str, Any], language: str) -> list[Component]:
    """Return this plan beside today's and the best one with as many offices.

    Parameters
    ----------
    facts : dict
        As ``office_facts`` returns them.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        Title, table, and a sentence where this plan is the best one.
    """
    shown = [
        (name, facts["plans"][name])
        for name in ("today", "this", "best")
        if not (name == "today" and facts["is_today"]) and not (name == "best" and facts["is_best"])
    ]
    heads = [html.Th(say(f"offices.column_{name}", language), scope="col") for name, _ in shown]
    rows: dict[str, Callable[[dict[str, Any]], str]] = {
        "offices": lambda one: count(one["sites"]),
        "mean": lambda one: shown_km(one["mean"]),
        "people_km": lambda one: millions(one["people_km"]),
        "far": lambda one: count(one["beyond"]),
        "most": lambda one: f"{one['most_name']}: {count(one['most'])}",
        "moved": lambda one: "–" if one["moved"] is None else count(one["moved"]),
        "only": lambda one: ", ".join(one["only"]) or "–",
        "lacks": lambda one: ", ".join(one["lacks"]) or "–",
    }
    if len(shown) == 1:
        rows = {name: rows[name] for name in ("offices", "mean", "people_km", "far", "most")}
    body = [
        html.Tr(
            [
                html.Th(say(f"offices.row_{name}", language, **_within(name, facts)), scope="row"),
                *(html.Td("–" if one is None else told(one)) for _, one in shown),
            ]
        )
        for name, told in rows.items()
    ]
    parts: list[Component] = [
        html.H3(say("offices.best", language)),
        html.Table(
            [html.Thead(html.Tr([html.Td(), *heads])), html.Tbody(body)],
            className="source-table office-best",
        ),
    ]
    if facts["is_best"]:
        parts.append(html.P(say("offices.is_best", language), className="note"))
    if facts["plans"]["today"] is None:
        parts.append(html.P(say("offices.no_today", language), className="note"))
    return parts


def _within(row: str, facts: dict[str, Any]) -> dict[str, str]:
    return {"within": count(facts["within"])} if row == "far" else {}


def prices_list(prices: list[dict[str, Any]], language: str) -> list[Component]:
    """Return what each condition beside today's offices costs.

    Parameters
    ----------
    prices : list of dict
        condition, cost in km of mean distance, better sites.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        Empty where there is no condition.
    """
    if not prices:
        return []
    rows = [html.Li(_price(price, language)) for price in prices]
    return [html.H3(say("offices.prices", language)), html.Ul(rows, className="office-list")]


def _price(price: dict[str, Any], language: str) -> str:
    name = say(f"offices.price_{price['condition']}", language)
    if price["cost"] < _NO_COST_KM:
        return say("offices.price_none", language, condition=name)
    cost = shown_km(price["cost"])
    if not price["better"]:
        return say("offices.price_only", language, condition=name, cost=cost)
    better = ", ".join(price["better"])
    return say("offices.price", language, condition=name, cost=cost, sites=better)
