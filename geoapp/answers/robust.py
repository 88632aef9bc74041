"""Answers about how firm a ranking is, and why a unit stands where it stands, as plain dicts."""

from dataclasses import asdict
from itertools import pairwise
from typing import Any

from geoapp.answers.build import ranking_answer
from geoapp.answers.sentences import tell_choice, tell_unit
from geoapp.words import LANGUAGES
from layers.decide.alternatives import try_alternatives
from layers.decide.draws import Rules
from layers.decide.explain import Explanation, Turn, explain_unit
from layers.decide.firmness import NO_RANK, Counts, Firmness
from layers.decide.inputs import weigh_inputs
from layers.decide.robust import Robustness, compare, rank_robustly
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.table.units import UnitTable

_SHARE_DECIMALS = 6


def robust_answer(
    table: UnitTable,
    scenario: Scenario,
    catalogue: Catalogue,
    rules: Rules,
    top: int,
    pair: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Describe a ranking and how firm it is.

    Parameters
    ----------
    table : UnitTable
        The level.
    scenario : Scenario
        The weights.
    catalogue : Catalogue
        The layers.
    rules : Rules
        Draws, κ and seed.
    top : int
        How many units are told and count as the first.
    pair : tuple of str, optional
        Two units to compare.

    Returns
    -------
    dict
        What ``ranking_answer`` gives, with p_top, p_first, rank_low and rank_high in each unit,
        and robust: rules, who comes among the first most often, pairs and alternatives.
    """
    inputs = weigh_inputs(table, scenario, catalogue)
    robust = rank_robustly(inputs, scenario.aggregation, rules, top)
    answer = ranking_answer(rank_units(table, scenario, catalogue), table, top)
    for unit in answer["units"]:
        unit["robust"] = _of_unit(robust, unit["ubigeo"])
    alternatives = try_alternatives(inputs, table, scenario, catalogue, top)
    answer["robust"] = {
        "draws": rules.draws,
        "kappa": rules.kappa,
        "seed": rules.seed,
        "with_ranges": rules.with_ranges,
        "half_width": round(rules.half_width, _SHARE_DECIMALS),
        "top": top,
        "likely": list(robust.units.index[:top]),
        "wins": _wins(robust, [unit["ubigeo"] for unit in answer["units"]]),
        "pair": _pair(compare(inputs, scenario.aggregation, rules, *pair), pair) if pair else None,
        "alternatives": [
            {
                "choice": str(row["choice"]),
                "layer": row["layer"] or None,
                "entered": int(row["entered"]),
                "shift": round(float(row["shift"]), _SHARE_DECIMALS),
                "correlation": round(float(row["correlation"]), _SHARE_DECIMALS),
            }
            for row in alternatives.to_dict("records")
        ],
        "sentence": {name: tell_choice(alternatives, top, name) for name in LANGUAGES},
    }
    return answer


def told_firmness(firm: Firmness, rules: Rules) -> dict[str, Any]:
    """Return the same of what was counted already."""

    def told(counts: Counts) -> list[int | None]:
        return [None if count == NO_RANK else count for count in counts.tolist()]

    return {
        "draws": rules.draws,
        "lows": told(firm.lows),
        "highs": told(firm.highs),
        "among": {top: told(counts) for top, counts in firm.among.items()},
    }


def choice_sentences(
    table: UnitTable, scenario: Scenario, catalogue: Catalogue, top: int
) -> dict[str, str]:
    """Say, in each language, which choice of method moves the first units most.

    Parameters
    ----------
    table : UnitTable
        The level.
    scenario : Scenario
        The weights.
    catalogue : Catalogue
        The layers.
    top : int
        How many count as the first.

    Returns
    -------
    dict
        By language; empty where nobody has a rank.
    """
    inputs = weigh_inputs(table, scenario, catalogue)
    if not inputs.is_ranked.any():
        return {}
    alternatives = try_alternatives(inputs, table, scenario, catalogue, top)
    return {name: tell_choice(alternatives, top, name) for name in LANGUAGES}


def _of_unit(robust: Robustness, ubigeo: str) -> dict[str, Any] | None:
    if ubigeo not in robust.units.index:
        return None
    row = robust.units.loc[ubigeo]
    leads = ubigeo in robust.central_weights.index
    central = robust.central_weights.loc[ubigeo].to_dict() if leads else None
    return {
        "p_top": round(float(row["p_top"]), _SHARE_DECIMALS),
        "p_first": round(float(row["p_first"]), _SHARE_DECIMALS),
        "rank_low": int(row["rank_low"]),
        "rank_high": int(row["rank_high"]),
        "rank_mean": round(float(row["rank_mean"]), _SHARE_DECIMALS),
        "central_weights": central
        and {layer: round(share, _SHARE_DECIMALS) for layer, share in central.items()},
    }


def _wins(robust: Robustness, codes: list[str]) -> list[dict[str, Any]]:
    """Return each shown unit against the next one: where the order is in doubt."""
    known = robust.wins.index
    return [
        _pair((robust.wins.at[one, other], robust.wins.at[other, one]), (one, other))
        for one, other in pairwise(codes)
        if one in known and other in known
    ]


def _pair(shares: tuple[float, float], pair: tuple[str, str]) -> dict[str, Any]:
    return {
        "one": pair[0],
        "other": pair[1],
        "one_wins": round(float(shares[0]), _SHARE_DECIMALS),
        "other_wins": round(float(shares[1]), _SHARE_DECIMALS),
    }


def explain_answer(
    table: UnitTable, scenario: Scenario, catalogue: Catalogue, ubigeo: str, top: int
) -> dict[str, Any]:
    """Describe why a unit stands where it stands and what would turn it.

    Parameters
    ----------
    table : UnitTable
        The level.
    scenario : Scenario
        The weights.
    catalogue : Catalogue
        The layers.
    ubigeo : str
        The unit.
    top : int
        How many count as the first.

    Returns
    -------
    dict
        The facts, and sentences in each language.
    """
    ranking = rank_units(table, scenario, catalogue)
    inputs = weigh_inputs(table, scenario, catalogue)
    told = explain_unit(ranking, inputs, table, catalogue, ubigeo, top)
    name = table.names_of(ubigeo)["name"]
    return {
        "ubigeo": ubigeo,
        "name": name,
        "scenario": {"id": scenario.id, "hash": scenario.hash, "level": table.level.value},
        "rank": told.rank,
        "ranked": told.ranked,
        "top": top,
        "is_in": told.is_in,
        "score": told.score,
        "threshold": told.threshold,
        "missing_weight": told.missing_weight,
        "reasons": [asdict(reason) for reason in told.reasons],
        "changes": _changes(told),
        "sentences": {
            language: tell_unit(told, name, catalogue, language) for language in LANGUAGES
        },
    }


def _changes(told: Explanation) -> dict[str, Any]:
    def plain(turns: tuple[Turn, ...]) -> list[dict[str, Any]]:
        return [asdict(turn) for turn in turns]

    return {"figures": plain(told.figures), "weights": plain(told.weights)}
