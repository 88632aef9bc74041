"""The tables of the brief of an event: bands with their rates, sectors, offices, units."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.figures import bar
from geoapp.numbers import show_number
from geoapp.words import say

_COLOURS = ("green", "orange", "red", "inside")
Pair = tuple[float, float] | None


def shown_count(count: float | str | None) -> str:
    """Write a count that may be a range of few people already."""
    return count if isinstance(count, str) else show_number(count, 0)


def shown_range(pair: Pair) -> str:
    """Write people from a low to a high end."""
    if pair is None:
        return "–"
    low, high = (show_number(end, 0) for end in pair)
    return low if low == high else f"{low}–{high}"


def band_name(band: str, language: str) -> str:
    """Return a band in words: a colour of alert, the inside, or a class of intensity."""
    return say(f"event.band_{band}", language) if band in _COLOURS else band


def bands_table(
    brief: dict[str, Any],
    rates: dict[str, list[float]],
    displaced: dict[str, Pair],
    steps: dict[str, int],
    language: str,
) -> Component:
    is_shaking = brief["footprint"]["kind"] in ("shakemap", "epicentre")
    first = "emergency.intensity" if is_shaking else "emergency.band"
    heads = [
        say(first, language),
        say("event.persons", language),
        say("event.of_migrants", language),
        say("emergency.rate", language),
        say("emergency.displaced_short", language),
    ]
    rows = []
    for band in brief["bands"]:
        name = band_name(band["id"], language)
        swatch = html.I(className=f"step step-{steps[band['id']]}")
        ends = [
            _rate(band["id"], end, share, name, language)
            for end, share in zip(("low", "high"), rates[band["id"]], strict=True)
        ]
        rows.append(
            html.Tr(
                [
                    html.Th([swatch, name], scope="row"),
                    html.Td(shown_count(band["people"])),
                    html.Td(shown_count(band["migrants"])),
                    html.Td([ends[0], "–", ends[1]], className="rates"),
                    html.Td(shown_range(displaced[band["id"]]), id=ids.displaced_id(band["id"])),
                ]
            )
        )
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    return html.Table([head, html.Tbody(rows)], className="bands")


def _rate(band: str, end: str, share: float, name: str, language: str) -> Component:
    label = html.Span(say(f"emergency.rate_{end}", language, band=name), className="unseen")
    percent = round(100 * share, 4)
    box = dcc.Input(
        id=ids.rate_id(band, end),
        type="number",
        min=0,
        max=100,
        step="any",
        value=int(percent) if percent == int(percent) else percent,
        debounce=True,
    )
    return html.Label([label, box])


def needs_table(brief: dict[str, Any], language: str) -> list[Component]:
    named = {sector: count for sector, count in brief["pin"].items() if sector != "joint"}
    known = {sector: c for sector, c in named.items() if isinstance(c, int | float)}
    largest = max(known.values(), default=0.0)
    order = sorted(named, key=lambda sector: -known.get(sector, 0.0))
    rows = [
        html.Tr(
            [
                html.Th(say(f"sector.{sector}", language), scope="row"),
                html.Td(bar(known.get(sector, 0.0) / largest if largest else 0.0)),
                html.Td(shown_count(named[sector])),
            ]
        )
        for sector in order
    ]
    joint = say("emergency.joint", language, count=shown_count(brief["pin"].get("joint")))
    where = "emergency.needs_strong" if brief["strong"] else "emergency.needs"
    return [
        html.H3(say(where, language)),
        html.P(joint, className="note"),
        html.Table(html.Tbody(rows), className="needs"),
    ]


def offices_table(offices: list[dict[str, Any]], language: str) -> Component:
    keys = ("emergency.office", "event.persons", "event.of_migrants", "emergency.distance")
    head = html.Thead(html.Tr([html.Th(say(key, language), scope="col") for key in keys]))
    rows = [
        html.Tr(
            [
                html.Th(office["name"], scope="row"),
                html.Td(shown_count(office["people"])),
                html.Td(shown_count(office["migrants"])),
                html.Td(shown_range((office["nearest_km"], office["farthest_km"])) + " km"),
            ]
        )
        for office in offices
    ]
    return html.Table([head, html.Tbody(rows)])


def largest_table(units: list[dict[str, Any]], language: str) -> list[Component]:
    keys = ("sheet.unit", "event.persons", "event.of_migrants")
    head = html.Thead(html.Tr([html.Th(say(key, language), scope="col") for key in keys]))
    rows = [
        html.Tr(
            [
                html.Th([unit["name"], html.Small(_place(unit))], scope="row"),
                html.Td(shown_count(unit["people"])),
                html.Td(shown_count(unit["migrants"])),
            ]
        )
        for unit in units
    ]
    title = html.H3(say("event.largest", language).rstrip(":"))
    return [title, html.Table([head, html.Tbody(rows)])]


def _place(unit: dict[str, Any]) -> str:
    return " " + ", ".join(filter(None, (unit["province"], unit["region"])))
