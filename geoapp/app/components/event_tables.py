"""The tables of the brief of an event: bands with their rates, sectors, offices, units."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.figures import bar
from geoapp.event.words import (
    Pair,
    band_head,
    band_names,
    need_rows,
    place_of,
    shown_count,
    shown_range,
)
from geoapp.words import say


def mark_of(mark: str) -> Component:
    """Return the source mark of a figure, small beside it."""
    return html.Small(f" {mark}" if mark else "", className="source-mark")


def bands_table(
    told: dict[str, Any],
    rates: dict[str, list[float]],
    displaced: dict[str, Pair],
    steps: dict[str, int],
    language: str,
) -> Component:
    heads = [
        [band_head(told, language)],
        *_people_heads(told, language),
        [say("emergency.rate", language)],
        [say("emergency.displaced_short", language)],
    ]
    rows = []
    names = band_names(told, language)
    for band in told["bands"]:
        name = names[band["id"]]
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
    return html.Table([_head(heads), html.Tbody(rows)], className="bands")


def _head(heads: list[list[Any]]) -> Component:
    return html.Thead(html.Tr([html.Th(head, scope="col") for head in heads]))


def _people_heads(told: dict[str, Any], language: str) -> list[list[Any]]:
    """Return the heads of the columns of people and migrants, each with its source mark."""
    return [
        [say("event.persons", language), mark_of(told["marks"]["people"])],
        [say("event.of_migrants", language), mark_of(told["marks"]["migrants"])],
    ]


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


def needs_table(told: dict[str, Any], language: str) -> list[Component]:
    rows = [
        html.Tr(
            [
                html.Th(say(f"sector.{sector}", language), scope="row"),
                html.Td(bar(part)),
                html.Td(shown_count(count)),
            ]
        )
        for sector, count, part in need_rows(told)
    ]
    joint = say("emergency.joint", language, count=shown_count(told["pin"].get("joint")))
    where = "emergency.needs_strong" if told["strong"] else "emergency.needs"
    return [
        html.H3([say(where, language), mark_of(told["marks"]["pin"])]),
        html.P(joint, className="note"),
        html.Table(html.Tbody(rows), className="needs"),
    ]


def offices_table(told: dict[str, Any], language: str) -> Component:
    heads = [
        [say("emergency.office", language)],
        *_people_heads(told, language),
        [say("emergency.distance", language)],
    ]
    rows = [
        html.Tr(
            [
                html.Th(office["name"], scope="row"),
                html.Td(shown_count(office["people"])),
                html.Td(shown_count(office["migrants"])),
                html.Td(shown_range((office["nearest_km"], office["farthest_km"])) + " km"),
            ]
        )
        for office in told["offices"]
    ]
    return html.Table([_head(heads), html.Tbody(rows)])


def largest_table(told: dict[str, Any], language: str) -> list[Component]:
    rows = [
        html.Tr(
            [
                html.Th([unit["name"], html.Small(f" {place_of(unit)}")], scope="row"),
                html.Td(shown_count(unit["people"])),
                html.Td(shown_count(unit["migrants"])),
            ]
        )
        for unit in told["largest"]
    ]
    head = _head([[say("sheet.unit", language)], *_people_heads(told, language)])
    title = html.H3(say("event.largest", language).rstrip(":"))
    return [title, html.Table([head, html.Tbody(rows)])]
