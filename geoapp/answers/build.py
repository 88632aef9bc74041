"""Answers about a build as plain dicts: the same ones for command line, page and exports."""

import math
from typing import Any

from geoapp.answers.cells import cell_answer, confidence_answer, rounded
from geoapp.answers.made import balance_answers
from geoapp.store.manifest import plain_balance
from layers.built import Build, LevelBuild
from layers.codes import ancestor, level_of, pcode
from layers.countries import COUNTRIES
from layers.decide.score import Ranking
from layers.errors import StoreError
from layers.spec import Catalogue
from layers.table.confidence import unit_confidence
from layers.table.units import UnitTable
from layers.terms import AdminLevel


def level_of_build(built: Build, level: AdminLevel) -> LevelBuild:
    """Return a level of a build, or say that it has none."""
    if level not in built.levels:
        borders = built.statuses[COUNTRIES[built.country].boundaries]
        others = [s.id for s in built.statuses.values() if s.problem and s.layers]
        raise StoreError(
            "this build has no {level} level; ask for {levels} (--level), or get what it lacks and "
            "run geoapp build: {problem}; its figures would come from {others}",
            level=level,
            levels=", ".join(built.levels),
            problem=borders.problem,
            others=", ".join(others),
        )
    return built.levels[level]


def loaded_answer(built: Build) -> list[dict[str, Any]]:
    """Describe what loaded figures and those modelled around them come to.

    Parameters
    ----------
    built : Build
        The build.

    Returns
    -------
    list of dict
        layer, regions, total, loaded, sum, difference, balance; empty where nothing was loaded.
    """
    return balance_answers([plain_balance(one) for one in built.balances])


def ranking_answer(ranking: Ranking, table: UnitTable, top: int | None = None) -> dict[str, Any]:
    """Describe a ranking, first units first, those without a rank at the end.

    Parameters
    ----------
    ranking : Ranking
        The ranking.
    table : UnitTable
        Names of the units.
    top : int, optional
        How many units; all by default.

    Returns
    -------
    dict
        scenario and units with ubigeo, name, rank, score, low, high, confidence,
        contributions, imputed.
    """
    scenario = ranking.scenario
    return {
        "scenario": {
            "id": scenario.id,
            "hash": scenario.hash,
            "level": table.level.value,
            "weights": dict(scenario.weights),
            "dropped": list(ranking.dropped),
        },
        "units": _ranked_units(ranking, table, top),
    }


def _ranked_units(ranking: Ranking, table: UnitTable, top: int | None) -> list[dict[str, Any]]:
    rows = ranking.units.head(top or len(ranking.units))
    names = table.names.loc[rows.index].to_dict("index")
    contributions = ranking.contributions.loc[rows.index].to_dict("index")
    imputed = ranking.imputed.loc[rows.index].to_dict("index")
    confidence = unit_confidence(table.confidence, dict(ranking.scenario.weights))
    return [
        {
            "ubigeo": ubigeo,
            **names[ubigeo],
            "rank": None if math.isnan(row["rank"]) else int(row["rank"]),
            "score": rounded(row["score"]),
            "low": rounded(row["low"]),
            "high": rounded(row["high"]),
            "confidence": confidence_answer(float(confidence[ubigeo])),
            "contributions": {k: rounded(v) for k, v in contributions[ubigeo].items()},
            "imputed": [layer for layer, stands_in in imputed[ubigeo].items() if stands_in],
        }
        for ubigeo, row in rows.to_dict("index").items()
    ]


def unit_answer(built: Build, catalogue: Catalogue, ubigeo: str) -> dict[str, Any]:
    """Describe a unit: names, codes, parents and each figure with where it comes from.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares layers and sources.
    ubigeo : str
        Code of a region, province or district.

    Returns
    -------
    dict
        ubigeo, pcode, reniec, level, names, parents, area_km2, boundary, layers.

    Raises
    ------
    InvalidUbigeoError, UnknownUbigeoError, StoreError
        On an impossible or unknown code, or a level that the build has not.
    """
    made = level_of_build(built, level_of(ubigeo))
    return {
        **unit_head(built, ubigeo),
        "boundary": _boundary(built, ubigeo),
        "layers": {
            layer: cell_answer(made.table, catalogue, catalogue.layer(layer), ubigeo)
            for layer in made.table.sources
        },
    }


def unit_head(built: Build, ubigeo: str) -> dict[str, Any]:
    """Describe a unit without its figures: names, codes, parents and area.

    Parameters
    ----------
    built : Build
        The build.
    ubigeo : str
        Code of a region, province or district.

    Returns
    -------
    dict
        ubigeo, pcode, reniec, level, name, parents, area_km2.

    Raises
    ------
    InvalidUbigeoError, UnknownUbigeoError, StoreError
        As ``unit_answer``.
    """
    level = level_of(ubigeo)
    made = level_of_build(built, level)
    names = made.table.names_of(ubigeo)
    return {
        "ubigeo": ubigeo,
        "pcode": pcode(ubigeo, COUNTRIES[built.country].pcode_prefix),
        "reniec": names["reniec"] or None,
        "level": level.value,
        "name": names["name"],
        "parents": {
            upper.value: {"ubigeo": ancestor(ubigeo, upper), "name": names[upper.value]}
            for upper in AdminLevel
            if upper.digits < level.digits
        },
        "area_km2": round(float(made.units.loc[ubigeo, "area_km2"]), 3),
    }


def plain_number(value: float) -> float | None:
    """Return a number as JSON knows it: what is missing, and what has no limit, is None."""
    return float(value) if math.isfinite(value) else None


def _boundary(built: Build, ubigeo: str) -> str:
    """Say whether a boundary is the published one; a coarser unit is made of its members'."""
    found = [repair for repair in built.repairs if repair.ubigeo.startswith(ubigeo)]
    if not found:
        return "as published"
    return "repaired: " + "; ".join(
        (f"{repair.ubigeo} " if repair.ubigeo != ubigeo else "")
        + f"{repair.fault}, {repair.action}"
        + (f" from {repair.donor}" if repair.donor else "")
        for repair in found
    )
