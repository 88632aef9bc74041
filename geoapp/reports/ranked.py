"""The first units of a ranking, as rows that a report prints."""

import math

from geoapp.answers.build import ranking_answer
from geoapp.numbers import show_number
from geoapp.reports.report import Asked
from geoapp.words import say


def ranked_rows(asked: Asked, members: tuple[str, ...], count: int) -> list[list[str]]:
    """Return the first units among some, best first.

    Parameters
    ----------
    asked : Asked
        Build, scenario and level.
    members : tuple of str
        Units that are asked for.
    count : int
        How many rows at most.

    Returns
    -------
    list of list of str
        Rank, name with the units above it, score, range and confidence.
    """
    own = set(members)
    table, ranking = asked.made(asked.level).table, asked.ranking(asked.level)
    first = [
        str(code)
        for code, rank in ranking.units["rank"].items()
        if str(code) in own and not math.isnan(rank)
    ][:count]
    if not first:
        return []
    last = ranking.units.index.get_loc(first[-1]) + 1
    rows = {unit["ubigeo"]: unit for unit in ranking_answer(ranking, table, last)["units"]}
    return [_row(rows[code], asked.language) for code in first]


def _row(unit: dict[str, object], language: str) -> list[str]:
    above = ", ".join(str(unit[key]) for key in ("province", "region") if unit[key])
    score, low, high = (_shown(unit[key]) for key in ("score", "low", "high"))
    trust = unit["confidence"]
    level = trust["class"] if isinstance(trust, dict) else ""
    return [
        show_number(_number(unit["rank"]), 0),
        str(unit["name"]),
        above,
        score,
        f"{low}–{high}",
        say(f"confidence.{level}", language),
    ]


def _shown(value: object) -> str:
    return show_number(_number(value), 1)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
