"""Where values gather, and what to do first, as plain dicts."""

from typing import Any

import numpy as np
import pandas as pd

from geoapp.answers.build import level_of_build, plain_number
from layers.built import Build
from layers.catalogue.sectors import R4V, STANDING
from layers.decide.pattern import Pattern, Quadrants, find_pattern, find_quadrants, queen_neighbours
from layers.decide.scenario import Scenario
from layers.decide.scenarios import with_activity
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.table.confidence import classify_confidence
from layers.table.need_decisions import JOINT_NEED
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Transform

SCORE = "score"


def pattern_of(
    built: Build, level: AdminLevel, layer: str, scenario: Scenario, catalogue: Catalogue
) -> Pattern:
    """Find the clusters of a layer, or of the score, among the units of a level.

    Parameters
    ----------
    built : Build
        The build.
    level : AdminLevel
        Level of the units.
    layer : str
        A layer of the table, or ``score``.
    scenario : Scenario
        What makes the score.
    catalogue : Catalogue
        Of the build, loaded layers included.

    Returns
    -------
    Pattern
        A layer that enters scores by its logarithm is compared by it.
    """
    made = level_of_build(built, level)
    if layer == SCORE:
        ranking = rank_units(made.table, with_activity(scenario, catalogue), catalogue)
        values = ranking.units["score"].reindex(made.units.index).rename(SCORE)
    else:
        values = made.table.layer(layer)
        if catalogue.layer(layer).transform is Transform.LOG1P:
            values = pd.Series(np.log1p(values), name=layer)
    return find_pattern(values, queen_neighbours(made.outlines))


def pattern_answer(pattern: Pattern, table: UnitTable, layer: str) -> dict[str, Any]:
    """Describe clusters: numbers of each kind, units in one, islands and missing units.

    Parameters
    ----------
    pattern : Pattern
        Of a level.
    table : UnitTable
        Names of the units.
    layer : str
        What was compared.

    Returns
    -------
    dict
        layer, level, permutations, seed, alpha, compared, clusters, spots, islands, missing and
        units (those in a cluster or spot, the firmest first).
    """
    units = pattern.units
    inside = units[(units["cluster"] != "none") | (units["spot"] != "none")]
    firmest = pd.DataFrame(
        {"q": inside[["moran_q", "gi_q"]].min(axis=1), "far": -inside["gi_star"].abs()}
    )
    order = firmest.sort_values(["q", "far"], kind="stable").index
    return {
        "layer": layer,
        "level": table.level.value,
        "permutations": pattern.permutations,
        "seed": pattern.seed,
        "alpha": pattern.alpha,
        "compared": len(units),
        "clusters": _counts(units["cluster"]),
        "spots": _counts(units["spot"]),
        "islands": list(pattern.islands),
        "missing": list(pattern.missing),
        "units": [
            {
                "ubigeo": str(code),
                **{part: str(table.names.at[code, part]) for part in ("name", "region")},
                **{
                    name: str(cell) if isinstance(cell, str) else plain_number(cell)
                    for name, cell in inside.loc[code].items()
                },
            }
            for code in order
        ],
    }


def quadrant_sectors(built: Build) -> tuple[str, ...]:
    """Return the sectors of which a build has both people in need and severity."""
    known = next(iter(built.levels.values())).table.values.columns
    return tuple(name for name in R4V.entering if {f"pin_{name}", f"severity_{name}"} <= {*known})


def quadrants_of(built: Build, level: AdminLevel, sector: str = "") -> Quadrants:
    """Part the units of a level by severity and by people in need, of one sector or of all."""
    table = level_of_build(built, level).table
    if sector:
        severity = table.layer(f"severity_{sector}")
        return find_quadrants(table.layer(f"pin_{sector}"), severity, severity)
    return find_quadrants(
        table.layer(JOINT_NEED), table.layer("severity_low"), table.layer("severity_high")
    )


def quadrants_answer(quadrants: Quadrants, table: UnitTable) -> dict[str, Any]:
    """Describe quadrants: the median, numbers of each, and every unit.

    Parameters
    ----------
    quadrants : Quadrants
        Of a level.
    table : UnitTable
        Names of the units.

    Returns
    -------
    dict
        standing, level, median, quadrants and units, most people first.
    """
    sure = classify_confidence(table.confidence[JOINT_NEED])
    units = quadrants.units.sort_values("people", ascending=False, kind="stable")
    return {
        "standing": STANDING,
        "level": table.level.value,
        "median": plain_number(quadrants.median),
        "quadrants": _counts(units["quadrant"]),
        "units": [
            {
                "ubigeo": str(code),
                **{part: str(table.names.at[code, part]) for part in ("name", "region")},
                **{
                    name: plain_number(row[name])
                    for name in ("people", "severity_low", "severity_high")
                },
                "quadrant": str(row["quadrant"]),
                "confidence": str(sure[code]),
            }
            for code, row in units.iterrows()
        ],
    }


def _counts(kinds: pd.Series) -> dict[str, int]:
    return {str(kind): int(number) for kind, number in kinds.value_counts().sort_index().items()}
