"""Score, rank, contributions and the range that missing figures leave open."""

from dataclasses import dataclass

import pandas as pd

from layers.decide.scenario import MAX_MISSING_WEIGHT, Scenario
from layers.indicators.normalise import normalise
from layers.spec import Catalogue
from layers.table.units import UnitTable


@dataclass(frozen=True)
class Ranking:
    """The units of one level under one scenario."""

    scenario: Scenario
    units: pd.DataFrame
    """By ubigeo, best known first: score, low, high (0–100), rank (1 = first, NaN = none),
    missing_weight (0–1)."""
    contributions: pd.DataFrame
    """By ubigeo, one column per weighed layer; they sum to the score."""
    imputed: pd.DataFrame
    """Same shape, True where the national median stands in for a missing figure."""
    dropped: tuple[str, ...] = ()
    """Layers that weigh and of which no unit of the level has a figure."""


def rank_units(table: UnitTable, scenario: Scenario, catalogue: Catalogue) -> Ranking:
    """Rank the units of a level by a weighted sum of normalised layers.

    score = 100 Σ w_i x'_i / Σ w_i. A missing x' takes the median of its layer at
    this level for the score, and the best and worst observed value for low and
    high; a figure with a declared range takes its ends there. A unit that misses more than
    40 % of the weight, or has it only from the units that it was made from, has no score and
    no rank. A layer of which no unit has a figure weighs nothing in the score, counts as
    missing, and leaves its whole weight open in low and high.
    Equal scores share a rank; units are then listed by code.

    Parameters
    ----------
    table : UnitTable
        Values of the level.
    scenario : Scenario
        The weights.
    catalogue : Catalogue
        Declares transform, limits and direction of each layer.

    Returns
    -------
    Ranking
        All units of the table, those without a rank at the end.
    """
    shares = pd.Series(scenario.shares)
    known = pd.DataFrame(
        {
            layer: normalise(table.layer(layer), catalogue.layer(layer), table.level)
            for layer in shares.index
        }
    )
    missing = known.isna()
    has_any = known.notna().any()
    # A figure that is only a parent's stands in the score and counts as missing for the rank.
    borrowed = _borrowed(known, table, catalogue)
    weighed = shares.where(has_any, 0.0)
    contributions = known.fillna(known.median()).fillna(0.0) * weighed / weighed.sum() * 100
    missing_weight = ((missing | borrowed) * shares).sum(axis=1)
    low, high = (end.mask(borrowed) for end in _ends(known, table, catalogue))
    units = pd.DataFrame(
        {
            "score": contributions.sum(axis=1),
            "low": (low.fillna(known.min()).fillna(0.0) * shares).sum(axis=1) * 100,
            "high": (high.fillna(known.max()).fillna(1.0) * shares).sum(axis=1) * 100,
            "missing_weight": missing_weight,
        }
    )
    unranked = missing_weight > MAX_MISSING_WEIGHT
    units.loc[unranked, "score"] = float("nan")
    # Twelve decimals: two units that differ by rounding of the last bit are equal.
    units["rank"] = units["score"].round(12).rank(method="min", ascending=False)
    order = (
        units.rename_axis("ubigeo")
        .reset_index()
        .sort_values(["rank", "ubigeo"], na_position="last", kind="stable")["ubigeo"]
    )
    contributions[unranked] = float("nan")
    return Ranking(
        scenario=scenario,
        units=units.loc[order],
        contributions=contributions.loc[order],
        imputed=(missing & has_any & ~unranked.to_frame().to_numpy()).loc[order],
        dropped=tuple(str(layer) for layer in shares.index[~has_any]),
    )


def _ends(
    known: pd.DataFrame, table: UnitTable, catalogue: Catalogue
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the least and the most that each figure calls for, within its declared range."""
    low, high = known.copy(), known.copy()
    for layer, rows in table.ranges[table.ranges["layer"].isin(known.columns)].groupby("layer"):
        spec = catalogue.layer(str(layer))
        rows = rows.set_index("ubigeo")
        rows = rows[rows.index.isin(known.index[known[layer].notna()])]
        ends = [normalise(rows[end], spec, table.level) for end in ("low", "high")]
        all_three = pd.concat([known.loc[rows.index, layer], *ends], axis=1)
        low.loc[rows.index, layer] = all_three.min(axis=1)
        high.loc[rows.index, layer] = all_three.max(axis=1)
    return low, high


def _borrowed(known: pd.DataFrame, table: UnitTable, catalogue: Catalogue) -> pd.DataFrame:
    return pd.DataFrame(
        {
            layer: known.index.isin(sorted(table.borrowers(catalogue.layer(str(layer)), catalogue)))
            for layer in known.columns
        },
        index=known.index,
    )
