"""The flash brief of an event: two A4 pages that a coordinator reads first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from geoapp.edition import with_edition
from geoapp.reports.flash_facts import flash_facts
from geoapp.reports.flash_map import flash_map
from geoapp.reports.paper import set_pages
from geoapp.words import say
from layers.built import Build
from layers.errors import EventError
from layers.spec import CountryProfile

_PAPER = (1840, 1400)
"""Of the map, in tenths of a millimetre."""


@dataclass(frozen=True, kw_only=True)
class Flash:
    """What a flash brief is made from; the same one gives the same bytes."""

    built: Build
    country: CountryProfile
    told: dict[str, Any]
    """Of ``told_event``."""
    ground: dict[str, Any]
    """GeoJSON, one feature a band."""
    rates: Mapping[str, tuple[float, float]]
    """By band the share displaced, low and high."""
    language: str
    made: datetime
    """UTC."""

    def __post_init__(self) -> None:
        if not self.told["units"]:
            raise EventError("the footprint touches no unit of this country; there is no brief")
        if set(self.rates) != {band["id"] for band in self.told["bands"]}:
            raise EventError("the rates of displaced people are not those of the bands; ask again")


def make_flash(flash: Flash) -> bytes:
    """Return a flash brief as PDF.

    Parameters
    ----------
    flash : Flash
        The event.

    Returns
    -------
    bytes
        Two A4 pages, tagged (PDF/UA-1).

    Raises
    ------
    ExportError
        Where a text cannot be set.
    EventError
        Where a rate is not a rising range of shares.
    """
    return set_pages("flash", flash_data(flash), flash.made.date())


def flash_data(flash: Flash) -> dict[str, Any]:
    """Return what the pages print: texts, numbers as texts, and SVG."""
    facts = flash_facts(flash.told, flash.rates, flash.language)
    return {
        "language": flash.language,
        **facts,
        "map": flash_map(
            flash.built, flash.country, flash.told, flash.ground, _PAPER, flash.language
        ),
        "foot": foot_of(flash),
    }


def foot_of(flash: Flash) -> str:
    """Return the line at the foot: when it was made and from which data."""
    # A file of the command line bears a day, and no time that it was not made at.
    has_time = flash.made.time() != time()
    line = say(
        "flash.foot",
        flash.language,
        made=f"{flash.made:%Y-%m-%d %H:%M} UTC" if has_time else f"{flash.made:%Y-%m-%d}",
        build=flash.built.hash[:12],
        on=flash.built.on.isoformat(),
        version=flash.built.version,
    )
    return with_edition(flash.built, line, flash.language)
