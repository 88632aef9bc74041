"""Score, rank, contributions and the range that missing figures leave open."""

from dataclasses import dataclass

import pandas as pd

from layers.decide.aggregation import score_of, worth_of
from layers.decide.inputs import Inputs, weigh_inputs
from layers.decide.scenario import Scenario
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Aggregation


@dataclass(frozen=True)
class Ranking:
    """The units of one level under one scenario."""

    scenario: Scenario
    units: pd.DataFrame
    """By ubigeo, best known first: score, low, high (0–100), rank (1 = first, NaN = none),
    missing_weight (0–1)."""
    contributions: pd.DataFrame
    """By ubigeo, one column per weighed layer; they sum to the score. What is dropped is missing."""
    imputed: pd.DataFrame
    """Same shape, True where the national median stands in for a missing figure."""
    dropped: tuple[str, ...] = ()
    """Layers that weigh and of which no unit of the level has a figure."""

    @property
    def most(self) -> dict[str, float]:
        """The share of a full score that each layer can add; what is dropped can add none."""
        known = {
            layer: share
            for layer, share in self.scenario.shares.items()
            if layer not in self.dropped
        }
        return {layer: share / sum(known.values()) for layer, share in known.items()}


def rank_units(table: UnitTable, scenario: Scenario, catalogue: Catalogue) -> Ranking:
    """Rank the units of a level by normalised layers and their weights.

    score = 100 Σ w_i x'_i / Σ w_i, or 100 (∏ (1 + 9 x'_i)^(w_i / Σ w) − 1) / 9 where the
    scenario asks for the geometric one. A missing x' takes the median of its layer at
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
        The weights, the filters and how figures are combined.
    catalogue : Catalogue
        Declares transform, limits and direction of each layer.

    Returns
    -------
    Ranking
        All units that the filters keep, those without a rank at the end.

    Raises
    ------
    ScenarioError
        Where risk is weighed together with its parts, or the filters keep nothing.
    """
    inputs = weigh_inputs(table, scenario, catalogue)
    kind, shares = scenario.aggregation, inputs.shares
    parts = _parts(inputs, kind)
    total = parts.sum(axis=1)
    score = score_of(total, kind)
    # A product is shared out by logarithms: what each layer adds to the exponent.
    ratio = (score / total).where(total > 0, 0.0)
    contributions = parts if kind is Aggregation.ARITHMETIC else parts.mul(ratio, axis=0)
    units = pd.DataFrame(
        {
            "score": score,
            "low": score_of((worth_of(inputs.low, kind) * shares).sum(axis=1) * 100, kind),
            "high": score_of((worth_of(inputs.high, kind) * shares).sum(axis=1) * 100, kind),
            "missing_weight": inputs.missing_weight,
        }
    )[inputs.in_scope]
    unranked = ~inputs.is_ranked[inputs.in_scope]
    units.loc[unranked, "score"] = float("nan")
    units["rank"] = ranks_of(units["score"])
    order = (
        units.rename_axis("ubigeo")
        .reset_index()
        .sort_values(["rank", "ubigeo"], na_position="last", kind="stable")["ubigeo"]
    )
    missing, has_any = inputs.known.isna(), inputs.known.notna().any()
    contributions[~inputs.is_ranked] = float("nan")
    # Nobody has the figure: it adds nothing that is known, which is not the same as nothing.
    contributions.loc[:, ~has_any] = float("nan")
    return Ranking(
        scenario=scenario,
        units=units.loc[order],
        contributions=contributions.loc[order],
        imputed=(missing & has_any & inputs.is_ranked.to_frame().to_numpy()).loc[order],
        dropped=tuple(str(layer) for layer in shares.index[~has_any]),
    )


def _parts(inputs: Inputs, kind: Aggregation) -> pd.DataFrame:
    weighed = inputs.weighed
    return worth_of(inputs.point, kind) * weighed / weighed.sum() * 100


def places_of(inputs: Inputs, kind: Aggregation) -> pd.Series:
    """Return the places of units in scope, as `rank_units` gives them, and nothing else.

    Parameters
    ----------
    inputs : Inputs
        What is weighed.
    kind : Aggregation
        How figures are combined.

    Returns
    -------
    Series of float
        By ubigeo, 1 first; NaN where a unit has no place.
    """
    score = score_of(_parts(inputs, kind).sum(axis=1), kind)
    return ranks_of(score.where(inputs.is_ranked)[inputs.in_scope])


def ranks_of(scores: pd.Series) -> pd.Series:
    """Return places from scores, 1 first; equal scores share a place and NaN has none."""
    # Twelve decimals: two units that differ by rounding of the last bit are equal.
    return scores.round(12).rank(method="min", ascending=False)
