"""What a flash brief tells, as texts: pages and slides print the same ones."""

from collections.abc import Mapping
from typing import Any

from geoapp.event.told import displaced_of
from geoapp.event.words import (
    Pair,
    band_head,
    band_names,
    heading,
    lead,
    need_rows,
    place_of,
    relief_lines,
    service_lines,
    shown_count,
    shown_range,
    shown_rate,
    source_lines,
    unknown_lines,
    warehouse_lines,
)
from geoapp.words import say

_MOST_UNMATCHED = 3


def flash_facts(
    told: dict[str, Any], rates: Mapping[str, tuple[float, float]], language: str
) -> dict[str, Any]:
    """Return the texts of a flash brief.

    Parameters
    ----------
    told : dict
        Of ``told_event``.
    rates : mapping
        By band the share displaced, low and high.
    language : str
        A language of the product.

    Returns
    -------
    dict
        Sentences, and tables as a title, heads and rows.

    Raises
    ------
    EventError
        Where a rate is not a rising range of shares.
    """
    by_band, total = displaced_of(told, rates)
    what, note = heading(told, language)
    where, figures = lead(told, total, language)
    return {
        "kicker": say("flash.kicker", language),
        "title": what,
        "note": note,
        "caveats": _caveats(told, language),
        "where": where,
        "figures": figures,
        "people_title": say("flash.people_needs", language),
        "response_title": say("flash.response", language),
        "limits_title": say("flash.limits", language),
        "marks_note": say("flash.marks", language),
        "map_title": say("flash.map", language),
        "map_source": say("flash.places", language, marks=told["marks"]["borders"]),
        "bands": _bands(told, rates, by_band, language),
        "assumption": say("flash.assumption", language),
        "needs": _needs(told, language),
        "displaced": say("flash.displaced", language, range=shown_range(total)),
        "relief_title": say("emergency.relief", language),
        "relief": relief_lines(total, language),
        "services_title": say("emergency.services", language),
        "services": service_lines(told, language),
        "warehouses": warehouse_lines(told, language),
        "offices": _offices(told, language),
        "largest": _largest(told, language),
        "unknown_title": say("emergency.unknown", language),
        "unknown": unknown_lines(told, language),
        "sources_title": say("page.sources", language),
        "sources": [{"number": mark, "text": text} for mark, text in source_lines(told, language)],
    }


def _caveats(told: dict[str, Any], language: str) -> list[str]:
    lines = [say("event.rough", language)] if told["footprint"]["is_rough"] else []
    if rows := told["footprint"]["unmatched"]:
        lines.append(say("event.unmatched", language, count=len(rows)))
        lines += rows[:_MOST_UNMATCHED]
        if (left := len(rows) - _MOST_UNMATCHED) > 0:
            lines.append(say("flash.more", language, count=left))
    return lines


def _heads(told: dict[str, Any], first: str, last: list[str], language: str) -> list[str]:
    """Return the heads of a table of people: each figure has its source in its head."""
    marks = told["marks"]
    people = f"{say('event.persons', language)} {marks['people']}"
    migrants = f"{say('event.of_migrants', language)} {marks['migrants']}"
    return [first, people, migrants, *last]


def _bands(
    told: dict[str, Any],
    rates: Mapping[str, tuple[float, float]],
    displaced: dict[str, Pair],
    language: str,
) -> dict[str, Any]:
    names = band_names(told, language)
    last = [say("flash.rate", language), say("emergency.displaced_short", language)]
    return {
        "title": say("flash.bands", language),
        "heads": _heads(told, band_head(told, language), last, language),
        "rows": [
            [
                names[band["id"]],
                shown_count(band["people"]),
                shown_count(band["migrants"]),
                shown_rate(rates[band["id"]]),
                shown_range(displaced[band["id"]]),
            ]
            for band in told["bands"]
        ],
    }


def _needs(told: dict[str, Any], language: str) -> dict[str, Any]:
    where = "emergency.needs_strong" if told["strong"] else "emergency.needs"
    return {
        "title": f"{say(where, language)} {told['marks']['pin']}".rstrip(),
        "joint": say("emergency.joint", language, count=shown_count(told["pin"].get("joint"))),
        "heads": [say("report.sector", language), say("event.of_migrants", language)],
        "rows": [
            [say(f"sector.{sector}", language), shown_count(count), part]
            for sector, count, part in need_rows(told)
        ],
    }


def _offices(told: dict[str, Any], language: str) -> dict[str, Any]:
    last = [say("emergency.distance", language)]
    return {
        "title": say("flash.who", language),
        "heads": _heads(told, say("emergency.office", language), last, language),
        "rows": [
            [
                office["name"],
                shown_count(office["people"]),
                shown_count(office["migrants"]),
                shown_range((office["nearest_km"], office["farthest_km"])) + " km",
            ]
            for office in told["offices"]
        ],
    }


def _largest(told: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": say("event.largest", language).rstrip(":"),
        "heads": _heads(told, say("sheet.unit", language), [], language),
        "rows": [
            [
                f"{unit['name']} ({place_of(unit)})",
                shown_count(unit["people"]),
                shown_count(unit["migrants"]),
            ]
            for unit in told["largest"]
        ],
    }
