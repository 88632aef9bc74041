"""Where a unit stands under a scenario, as a report prints it."""

import math
from typing import Any

from geoapp.numbers import show_number
from geoapp.reports.figures import Citations, figure
from geoapp.reports.report import Asked
from geoapp.words import say
from layers.table.confidence import Confidence, class_of, unit_confidence
from layers.terms import AdminLevel


def standing_of(
    asked: Asked, level: AdminLevel, ubigeo: str, citations: Citations
) -> dict[str, Any]:
    """Return rank, score and what the score is made of.

    Parameters
    ----------
    asked : Asked
        Build and scenario.
    level : AdminLevel
        Of the unit.
    ubigeo : str
        The unit.
    citations : Citations
        Numbers the sources.

    Returns
    -------
    dict
        rank, score, range and confidence as texts, mark, note where there is no rank or a
        median stands in for a figure, and parts (figure, points, most, share and of: what it
        adds and what it could add, as shares of the score).
    """
    ranking, table = asked.ranking(level), asked.made(level).table
    language = asked.language
    if ubigeo not in ranking.units.index:
        return _without(say("report.outside", language))
    row = ranking.units.loc[ubigeo]
    most = ranking.most
    weighed = tuple(layer for layer in ranking.contributions.columns if layer in table.sources)
    if math.isnan(row["rank"]):
        return _without(say("page.no_rank", language))
    score, low, high = (show_number(float(row[name]), 1) for name in ("score", "low", "high"))
    trust = unit_confidence(table.confidence.loc[[ubigeo]], dict(asked.scenario.weights))
    stand_in = [layer for layer, is_so in ranking.imputed.loc[ubigeo].items() if is_so]
    titles = ", ".join(say(f"layer.{layer}.short", language) for layer in stand_in)
    sources = {source for layer in weighed for source in table.sources[layer]}
    return {
        "rank": show_number(float(row["rank"]), 0),
        "ranked": show_number(float(ranking.units["rank"].notna().sum()), 0),
        "score": score,
        "range": "" if low == high else f"{low}–{high}",
        "confidence": _sure(class_of(float(trust[ubigeo])), language),
        "mark": citations.mark(tuple(sources)),
        "note": say("page.imputed", language, layers=titles) if stand_in else "",
        "parts": [
            {
                "figure": figure(table, asked.catalogue, str(layer), ubigeo, citations),
                "points": show_number(float(points), 1),
                "most": show_number(100 * most[str(layer)], 0) if str(layer) in most else "–",
                "share": round(float(points) / 100, 4) if str(layer) in most else 0.0,
                "of": round(most.get(str(layer), 0.0), 4),
            }
            for layer, points in ranking.contributions.loc[ubigeo].items()
            if str(layer) in weighed and str(layer) in asked.scenario.shares
        ],
    }


def _sure(trust: Confidence, language: str) -> str:
    level = say(f"confidence.{trust}", language)
    return f"{say('report.estimate', language)}, {say('confidence.is', language, level=level)}"


def _without(why: str) -> dict[str, Any]:
    blank = ("rank", "ranked", "score", "range", "confidence", "mark")
    return {**dict.fromkeys(blank, ""), "note": why, "parts": []}
