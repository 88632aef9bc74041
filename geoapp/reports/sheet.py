"""The sheet of a unit: one A4 page with its standing, maps, needs, risk and sources."""

from functools import lru_cache
from typing import Any

from geoapp.answers.ages import ages_of
from geoapp.answers.build import unit_head
from geoapp.answers.series import series_of
from geoapp.numbers import show_number
from geoapp.reports.drawn import Ground, ground_of, painted_layer, painted_score, scale_of
from geoapp.reports.figures import Citations, cited_by, figure
from geoapp.reports.maps import frame_of, locator, outline, paths_of
from geoapp.reports.paper import set_pages
from geoapp.reports.report import Asked, caption_of, foot_of
from geoapp.reports.standing import standing_of
from geoapp.reports.told import Told, told_layers
from geoapp.words import say
from layers.codes import clean_code
from layers.terms import AdminLevel, Period

_MAIN = (700, 470)
_SMALL = (340, 260)
_COUNTRY = (140, 180)
_WORDS = (
    "rank",
    "ranked",
    "points",
    "score",
    "sector",
    "need",
    "severity",
    "deficit",
    "figure",
    "value",
    "proof",
    "sources",
    "north",
    "parts",
    "maps",
    "risk",
    "index",
    "context",
    "needs_note",
)


def make_sheet(asked: Asked) -> bytes:
    """Return the sheet of the unit that is asked for, as PDF.

    Parameters
    ----------
    asked : Asked
        Its subject is the code of a region, province or district.

    Returns
    -------
    bytes
        One page A4.

    Raises
    ------
    InvalidUbigeoError, UnknownUbigeoError, StoreError
        As ``unit_answer``.
    """
    return SheetMaker(asked).make(clean_code(asked.subject))


class SheetMaker:
    """Makes sheets of one build; what the sheets of a place share is drawn once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._ground = lru_cache(maxsize=4)(self._place_on_paper)
        self._maps = lru_cache(maxsize=4)(self._paint)
        self._told = lru_cache(self._choose)
        shapes = asked.made(AdminLevel.REGION).outlines
        self._country = frame_of(tuple(shapes.total_bounds), *_COUNTRY)
        self._regions = paths_of(shapes, self._country)

    def make(self, ubigeo: str) -> bytes:
        """Return the sheet of a unit as PDF; raises as ``unit_answer``."""
        return set_pages("sheet", self.data(ubigeo), self._asked.day)

    def data(self, ubigeo: str) -> dict[str, Any]:
        """Return what the sheet of a unit prints: texts, numbers as texts, and SVG."""
        asked, language = self._asked, self._asked.language
        head = unit_head(asked.built, ubigeo)
        level = AdminLevel(head["level"])
        told, citations = self._told(level)

        def shown(layer: str) -> dict[str, str] | None:
            table = asked.made(level).table
            return figure(table, asked.catalogue, layer, ubigeo, citations) if layer else None

        return {
            "language": language,
            "words": {word: say(f"report.{word}", language) for word in _WORDS}
            | {"ages": say("ages.title", language), "years": say("series.title", language)},
            "name": head["name"],
            "place": _place(head, language),
            "codes": say(
                "page.code_pair",
                language,
                inei=ubigeo,
                reniec=head["reniec"] or "–",
                pcode=head["pcode"],
            ),
            "standing": standing_of(asked, level, ubigeo, citations),
            "heads": [shown(layer) for layer in told.heads],
            **self._maps(level, _surroundings(ubigeo)),
            **self._own(level, ubigeo),
            "sectors": [
                {"title": row.title(language), "cells": [shown(layer) for layer in row.layers]}
                for row in told.sectors
            ],
            "risk": {
                "heads": [
                    say(f"layer.{name}.title", language) for name in next(iter(told.risk), ())
                ],
                "rows": [
                    {
                        "title": say(f"layer.{row[0]}.short", language),
                        "cells": [shown(layer) for layer in row],
                    }
                    for row in told.risk
                ],
            },
            "context": [shown(layer) for layer in told.context],
            **self._over_time(level, ubigeo, citations),
            "sources": citations.lines(),
            "foot": foot_of(asked),
        }

    def _over_time(self, level: AdminLevel, ubigeo: str, citations: Citations) -> dict[str, Any]:
        """Return the ages and the yearly series, as the page has them, each with its mark."""
        asked, language = self._asked, self._asked.language
        table = asked.made(level).table
        ages = ages_of(table, asked.catalogue, asked.country, ubigeo, language)
        if ages is not None:
            ages["mark"] = citations.mark(table.sources[ages["groups"][0]["layer"]])
        return {
            "ages": ages,
            "series": [
                {
                    "title": one["title"],
                    "unit": ", ".join(filter(None, (one["unit"], one["whose"]))),
                    "svg": one["svg"],
                    "marks": [f"{mark['name']}: {mark['value']}" for mark in one["marks"]],
                    "note": " ".join(filter(None, (citations.mark((one["source"],)), one["gaps"]))),
                }
                for one in series_of(asked.built, asked.catalogue, ubigeo, language)
                if one["svg"]
            ],
        }

    def _choose(self, level: AdminLevel) -> tuple[Told, Citations]:
        table = self._asked.made(level).table
        told = told_layers(self._asked, table)
        country, catalogue = self._asked.country, self._asked.catalogue
        ages = tuple(name for name, *_ in country.ages if name in table.sources)
        cited = cited_by(table, (*told.every, *ages)) | {
            str(one.layer.source)
            for one in catalogue.series.values()
            if one.period is Period.YEAR and one.id in self._asked.built.series
        }
        return told, Citations(self._asked.catalogue, cited, self._asked.language)

    def _place_on_paper(self, level: AdminLevel, around: str, size: tuple[int, int]) -> Ground:
        codes = self._asked.made(level).units.index
        members = tuple(str(code) for code in codes if str(code).startswith(around))
        return ground_of(self._asked, level, members, *size)

    def _paint(self, level: AdminLevel, around: str) -> dict[str, Any]:
        """Draw the maps that all units with the same surroundings share."""
        asked, language = self._asked, self._asked.language
        told, citations = self._told(level)
        main = self._ground(level, around, _MAIN)
        small = self._ground(level, around, _SMALL)
        units = say(f"levels.{level}", language)
        table = asked.made(level).table
        sources = tuple(cited_by(table, told.weighed))
        return {
            "main": {
                "title": say("report.score_map", language, units=units),
                "scale": scale_of(main),
                "mark": citations.mark(sources),
                "caption": caption_of(asked),
                **painted_score(asked, main),
            },
            "small": [
                {
                    "title": say(f"layer.{name}.short", language),
                    "unit": say(f"unit.{asked.catalogue.layer(name).unit}", language),
                    "mark": citations.mark(table.sources[name]),
                    **painted_layer(asked, small, asked.catalogue.layer(name)),
                }
                for name in told.weighed[:5]
            ],
            "small_scale": scale_of(small),
        }

    def _own(self, level: AdminLevel, ubigeo: str) -> dict[str, str]:
        """Draw what is the unit's own: its border on the maps and its place in the country."""
        around = _surroundings(ubigeo)
        main, small = (self._ground(level, around, size) for size in (_MAIN, _SMALL))
        units = self._asked.made(level).units
        point = (float(units.at[ubigeo, "lon"]), float(units.at[ubigeo, "lat"]))
        return {
            "main_own": outline(main.frame, main.paths.get(ubigeo, "")),
            "small_own": outline(small.frame, small.paths.get(ubigeo, "")),
            "locator": locator(self._country, self._regions, ubigeo[:2], point),
        }


def _surroundings(ubigeo: str) -> str:
    """Return the code of what a map of a unit shows: the unit above it, or the country."""
    return ubigeo[:-2]


def _place(head: dict[str, Any], language: str) -> str:
    above = [
        f"{say(f'level.{level}', language)} {parent['name']}"
        for level, parent in reversed(head["parents"].items())
    ]
    area = f"{show_number(head['area_km2'], 1)} km²"
    return " · ".join((say(f"level.{head['level']}", language), *above, area))
