"""The atlas: the country and then a page per region, with its map and its first units."""

from typing import Any

from geoapp.numbers import show_number
from geoapp.reports.drawn import country_map, ground_of, painted_score, scale_of
from geoapp.reports.figures import Citations, cited_by
from geoapp.reports.paper import set_pages
from geoapp.reports.ranked import ranked_rows
from geoapp.reports.report import Asked, caption_of, foot_of
from geoapp.words import say
from layers.terms import AdminLevel

_PAPER = (1840, 1500)
_SHOWN = 12
_WORDS = ("rank", "score", "score_range", "unit_name", "sources", "north", "trust", "place")


def make_atlas(asked: Asked) -> bytes:
    """Return the atlas of a level: the country, then a page per region.

    Parameters
    ----------
    asked : Asked
        Build, scenario and the level of the units that are painted.

    Returns
    -------
    bytes
        PDF.
    """
    table = asked.made(asked.level).table
    weighed = tuple(layer for layer in asked.scenario.shares if layer in table.sources)
    citations = Citations(asked.catalogue, cited_by(table, weighed), asked.language)
    regions = asked.made(AdminLevel.REGION).table.names["name"]
    language = asked.language
    units = say(f"levels.{asked.level}", language)
    data = {
        "language": language,
        "words": {word: say(f"report.{word}", language) for word in _WORDS},
        "title": say("report.atlas_title", language, country=asked.country.own_name),
        "subtitle": say("report.score_map", language, units=units),
        "mark": citations.mark(tuple(cited_by(table, weighed))),
        "caption": caption_of(asked),
        "pages": [
            _page(asked, str(asked.country.own_name), ""),
            *(_page(asked, str(name), str(code)) for code, name in regions.items()),
        ],
        "sources": citations.lines(),
        "foot": foot_of(asked),
    }
    return set_pages("atlas", data, asked.day)


def _page(asked: Asked, name: str, start: str) -> dict[str, Any]:
    codes = asked.made(asked.level).units.index
    members = tuple(str(code) for code in codes if str(code).startswith(start))
    painted = _region_map(asked, members) if start else country_map(asked, *_PAPER)
    ranking = asked.ranking(asked.level).units
    known = ranking.loc[list(members), "rank"].notna().sum() if members else 0
    return {
        "name": name,
        "count": say(
            "report.ranked_of",
            asked.language,
            ranked=show_number(float(known), 0),
            count=show_number(float(len(members)), 0),
            units=say(f"levels.{asked.level}", asked.language),
        ),
        **painted,
        "rows": ranked_rows(asked, members, _SHOWN),
    }


def _region_map(asked: Asked, members: tuple[str, ...]) -> dict[str, Any]:
    ground = ground_of(asked, asked.level, members, *_PAPER)
    return {**painted_score(asked, ground), "scale": scale_of(ground), "inset": None}
