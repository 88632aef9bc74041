"""Answers about a build as plain dicts: the same ones for command line, page and exports."""

import math
from bisect import bisect_right
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from layers.codes import ancestor, level_of, pcode
from layers.countries import COUNTRIES
from layers.decide.score import Ranking
from layers.errors import StoreError
from layers.pipeline import Build, LevelBuild
from layers.spec import Catalogue, LayerSpec
from layers.table.confidence import class_of, unit_confidence
from layers.table.index_quality import index_quality
from layers.table.units import UnitTable
from layers.terms import AdminLevel

_SCORE_DECIMALS = 12


def level_of_build(built: Build, level: AdminLevel) -> LevelBuild:
    """Return a level of a build, or say that it has none."""
    if level not in built.levels:
        borders = built.statuses[COUNTRIES[built.country].boundaries]
        others = [s.id for s in built.statuses.values() if s.problem and s.layers]
        raise StoreError(
            f"this build has no {level} level, only {', '.join(built.levels)}: {borders.problem}; "
            f"its figures would come from {', '.join(others)}; have them and run geoapp build"
        )
    return built.levels[level]


def build_answer(built: Build, catalogue: Catalogue) -> dict[str, Any]:
    """Describe a build: units by level, layers, sources and what is missing.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Declares the sources.

    Returns
    -------
    dict
        units, layers, sources, missing, loaded, seconds, hash.
    """
    layers = {layer for made in built.levels.values() for layer in made.table.sources}
    return {
        "units": {level.value: len(made.units) for level, made in built.levels.items()},
        "layers": len(layers),
        "sources": {
            name: {
                "place": status.place,
                "vintage": catalogue.source(name).vintage,
                "rows": status.rows,
                "repaired_codes": len(status.repaired),
                "unmatched": list(status.unmatched),
            }
            for name, status in built.statuses.items()
        },
        "missing": [
            {"source": status.id, "problem": status.problem, "layers": list(status.layers)}
            for status in built.statuses.values()
            if status.problem
        ],
        "loaded": loaded_answer(built),
        "seconds": round(built.seconds, 2),
        "hash": built.hash,
    }


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
    return [
        {
            **asdict(one),
            "regions": list(one.regions),
            "difference": one.sum - one.total,
            "balance": one.balance.value,
        }
        for one in built.balances
    ]


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
            "score": _rounded(row["score"]),
            "low": _rounded(row["low"]),
            "high": _rounded(row["high"]),
            "confidence": _confidence(float(confidence[ubigeo])),
            "contributions": {k: _rounded(v) for k, v in contributions[ubigeo].items()},
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
    level = level_of(ubigeo)
    made = level_of_build(built, level)
    names = made.table.names_of(ubigeo)
    parents = {
        upper.value: {"ubigeo": ancestor(ubigeo, upper), "name": names[upper.value]}
        for upper in AdminLevel
        if upper.digits < level.digits
    }
    return {
        "ubigeo": ubigeo,
        "pcode": pcode(ubigeo, COUNTRIES[built.country].pcode_prefix),
        "reniec": names["reniec"] or None,
        "level": level.value,
        "name": names["name"],
        "parents": parents,
        "area_km2": round(float(made.units.loc[ubigeo, "area_km2"]), 3),
        "boundary": _boundary(built, ubigeo),
        "layers": {
            layer: cell_answer(made.table, catalogue, catalogue.layer(layer), ubigeo)
            for layer in made.table.sources
        },
    }


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


def cell_answer(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str
) -> dict[str, Any]:
    """Describe one figure: value, unit, method, source and vintage.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares the sources.
    layer : LayerSpec
        The layer.
    ubigeo : str
        The unit.

    Returns
    -------
    dict
        value is None where there is no figure.
    """
    value = float(table.values.at[ubigeo, layer.id])
    sources = [catalogue.source(name) for name in table.sources[layer.id]]
    parents = table.parents_of(ubigeo, layer.id)
    spread = table.range_of(ubigeo, layer.id)
    return {
        "value": None if math.isnan(value) else value,
        "unit": layer.unit.value,
        "method": str(table.methods.at[ubigeo, layer.id]),
        "confidence": None
        if math.isnan(value)
        else _confidence(float(table.confidence.at[ubigeo, layer.id])),
        "source": "; ".join(source.id for source in sources),
        "publisher": "; ".join(dict.fromkeys(source.publisher for source in sources)),
        "vintage": "; ".join(dict.fromkeys(source.vintage for source in sources)),
        "licence": "; ".join(dict.fromkeys(source.licence.value for source in sources)),
        "landing": sources[0].landing,
        "inputs": list(layer.inputs),
        **({"parents": parents} if parents else {}),
        **({"range": [*spread[:2]], "at_ceiling": spread[2]} if spread else {}),
        **(_index_answer(table, catalogue, layer, ubigeo) if layer.is_index else {}),
    }


def _index_answer(
    table: UnitTable, catalogue: Catalogue, layer: LayerSpec, ubigeo: str
) -> dict[str, Any]:
    """Say the class of an index, what share of its indicators is missing and how old they are."""
    value = float(table.values.at[ubigeo, layer.id])
    here = replace(table, values=table.values.loc[[ubigeo]])
    quality = index_quality(here, catalogue, layer, datetime.now(UTC).date()).loc[ubigeo]
    return {
        "class": None if math.isnan(value) else index_class(value, layer.breaks),
        "share_missing": _rounded(quality["share_missing"]),
        "mean_age_years": _rounded(quality["mean_age_years"]),
    }


def index_class(value: float, breaks: tuple[float, ...]) -> int:
    """Return the class of a value from 1 up; a value on a break is in the class above it.

    Parameters
    ----------
    value : float
        Not missing.
    breaks : tuple of float
        Inner class limits, rising.

    Returns
    -------
    int
        1 to one more than the limits.
    """
    return bisect_right(breaks, value) + 1


def _confidence(score: float) -> dict[str, Any]:
    """Return score and class, the score with the two decimals that it can bear."""
    return {"score": round(score, 2), "class": class_of(score).value}


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), _SCORE_DECIMALS)
