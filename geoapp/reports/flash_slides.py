"""The flash brief of an event as four slides, with the texts and figures of its pages."""

from typing import Any

from geoapp.reports.flash import Flash, foot_of
from geoapp.reports.flash_facts import flash_facts
from geoapp.reports.flash_map import flash_map
from geoapp.reports.paper import set_picture
from geoapp.reports.slides import (
    add_picture,
    add_slide,
    add_table,
    add_text,
    deck_bytes,
    new_deck,
)
from geoapp.style import BRAND, INK_SOFT

_PAPER = (1560, 1000)
"""Of the map, in tenths of a millimetre."""
_ROW = 0.27
"""Inches that a row of a table is high."""


def make_slides(flash: Flash) -> bytes:
    """Return a flash brief as PPTX: what happened, needs, what is missing, who goes.

    Parameters
    ----------
    flash : Flash
        The event.

    Returns
    -------
    bytes
        Four slides of editable text and tables; the map is a picture with a text.

    Raises
    ------
    EventError
        Where a rate is not a rising range of shares.
    """
    language = flash.language
    facts = flash_facts(flash.told, flash.rates, language)
    deck = new_deck(f"{facts['kicker']}: {facts['title']}", language, flash.made)
    foot = foot_of(flash)
    _happened(add_slide(deck, facts["title"], foot, language), facts, flash)
    _people(add_slide(deck, facts["people_title"], foot, language), facts, language)
    _response(add_slide(deck, facts["response_title"], foot, language), facts, language)
    _limits(add_slide(deck, facts["limits_title"], foot, language), facts, language)
    return deck_bytes(deck)


def _happened(slide: Any, facts: dict[str, Any], flash: Flash) -> None:
    language = flash.language
    drawn = flash_map(flash.built, flash.country, flash.told, flash.ground, _PAPER, language)
    add_text(slide, (0.5, 1.05, 12.3, 0.3), [facts["note"]], language, colour=INK_SOFT)
    add_text(slide, (0.5, 1.5, 4.2, 0.6), [facts["where"]], language, size=13)
    top = 2.2
    for figure, words, mark in facts["figures"]:
        add_text(slide, (0.5, top, 4.2, 0.6), [figure], language, size=28, bold=True, colour=BRAND)
        add_text(slide, (0.5, top + 0.6, 4.2, 0.3), [f"{words} {mark}"], language, size=13)
        top += 1.05
    add_text(slide, (0.5, 5.3, 4.2, 1.6), facts["caveats"], language, size=11)
    add_picture(slide, (5.0, 1.5, 7.83, 5.32), set_picture("flash_map", drawn), drawn["alt"])
    add_text(
        slide, (5.0, 6.84, 7.83, 0.2), [facts["map_source"]], language, size=9, colour=INK_SOFT
    )


def _people(slide: Any, facts: dict[str, Any], language: str) -> None:
    bands, needs = facts["bands"], facts["needs"]
    _titled(slide, (0.5, 1.15, 7.0), bands["title"], language)
    widths = (0.13, 0.2, 0.23, 0.165, 0.275)
    _table(slide, (0.5, 1.55, 7.0), bands["heads"], bands["rows"], widths, language)
    _titled(slide, (7.9, 1.15, 4.93), needs["title"], language)
    add_text(slide, (7.9, 1.75, 4.93, 0.3), [needs["joint"]], language, size=12)
    rows = [[sector, count] for sector, count, _ in needs["rows"]]
    _table(slide, (7.9, 2.1, 4.93), needs["heads"], rows, (0.65, 0.35), language)
    largest = facts["largest"]
    top = 1.55 + _ROW * (len(bands["rows"]) + 2)
    _titled(slide, (0.5, top, 7.0), largest["title"], language)
    _table(
        slide,
        (0.5, top + 0.4, 7.0),
        largest["heads"],
        largest["rows"],
        (0.56, 0.22, 0.22),
        language,
    )


def _response(slide: Any, facts: dict[str, Any], language: str) -> None:
    _titled(slide, (0.5, 1.25, 5.9), facts["displaced"], language)
    add_text(
        slide, (0.5, 1.65, 5.9, 0.8), [facts["assumption"]], language, size=12, colour=INK_SOFT
    )
    _titled(slide, (0.5, 2.6, 5.9), facts["relief_title"], language)
    add_text(slide, (0.5, 3.0, 5.9, 2.0), facts["relief"], language, bullet=True)
    _titled(slide, (6.9, 1.25, 5.93), facts["services_title"], language)
    add_text(slide, (6.9, 1.65, 5.93, 2.2), facts["services"], language)
    add_text(slide, (6.9, 3.6, 5.93, 3.2), facts["warehouses"], language, bullet=True, size=13)


def _limits(slide: Any, facts: dict[str, Any], language: str) -> None:
    offices = facts["offices"]
    _titled(slide, (0.5, 1.15, 7.2), offices["title"], language)
    widths = (0.34, 0.24, 0.22, 0.2)
    _table(slide, (0.5, 1.55, 7.2), offices["heads"], offices["rows"], widths, language)
    top = 1.55 + _ROW * (len(offices["rows"]) + 2)
    _titled(slide, (0.5, top, 7.2), facts["unknown_title"], language)
    add_text(
        slide,
        (0.5, top + 0.4, 7.2, 6.9 - top - 0.4),
        facts["unknown"],
        language,
        size=11,
        bullet=True,
    )
    _titled(slide, (8.1, 1.15, 4.73), facts["sources_title"], language)
    sources = [f"{one['number']} {one['text']}" for one in facts["sources"]]
    lines = [*sources, facts["marks_note"]]
    add_text(slide, (8.1, 1.55, 4.73, 5.4), lines, language, size=10, colour=INK_SOFT)


def _titled(slide: Any, place: tuple[float, float, float], text: str, language: str) -> None:
    add_text(slide, (*place, 0.6), [text], language, size=15, bold=True, colour=BRAND)


def _table(
    slide: Any,
    place: tuple[float, float, float],
    heads: list[str],
    rows: list[list[str]],
    widths: tuple[float, ...],
    language: str,
) -> None:
    add_table(slide, (*place, _ROW * (len(rows) + 1)), heads, rows, widths, language)
