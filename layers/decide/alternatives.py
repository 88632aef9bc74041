"""Other ways to normalise, to combine and to choose layers: which of them moves the first most."""

from dataclasses import replace

import numpy as np
import pandas as pd

from layers.decide.aggregation import score_of, worth_of
from layers.decide.inputs import Inputs
from layers.decide.scenario import Scenario
from layers.decide.score import ranks_of
from layers.indicators.normalise import normalise
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Aggregation, Choice, Transform


def try_alternatives(
    inputs: Inputs, table: UnitTable, scenario: Scenario, catalogue: Catalogue, top: int
) -> pd.DataFrame:
    """Rank again with one choice changed at a time.

    Parameters
    ----------
    inputs : Inputs
        The figures of the scenario.
    table : UnitTable
        Their values.
    scenario : Scenario
        Weights and aggregation.
    catalogue : Catalogue
        Declares transform and limits.
    top : int
        How many count as the first.

    Returns
    -------
    DataFrame
        choice, layer (of one that is left out), entered (units that come among the first),
        shift (mean change of place of all units) and correlation (Spearman; 1 where no place
        moves), the choice that moves the first most at the head.
    """
    ours = _ranks(inputs.point[inputs.is_ranked], inputs.weighed, scenario.aggregation)
    rows = [
        (choice, layer, *_compare(ours, ranks, top))
        for choice, layer, ranks in _others(inputs, table, scenario, catalogue)
    ]
    columns = ["choice", "layer", "entered", "shift", "correlation"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(
        ["entered", "shift"], ascending=False, kind="stable", ignore_index=True
    )


def _others(
    inputs: Inputs, table: UnitTable, scenario: Scenario, catalogue: Catalogue
) -> list[tuple[Choice, str, pd.Series]]:
    # From here on there are those that have a rank, and nobody else.
    point, weighed, kind = inputs.point[inputs.is_ranked], inputs.weighed, scenario.aggregation
    other_kind = Aggregation.GEOMETRIC if kind is Aggregation.ARITHMETIC else Aggregation.ARITHMETIC
    observed = _between(point, point.min(), point.max())
    percentile = (point.rank() - 1) / max(len(point) - 1, 1)
    found = [
        (Choice.AGGREGATION, "", _ranks(point, weighed, other_kind)),
        (Choice.OBSERVED_LIMITS, "", _ranks(observed, weighed, kind)),
        (Choice.PERCENTILES, "", _ranks(percentile, weighed, kind)),
    ]
    bent = [
        str(layer)
        for layer in point.columns
        if catalogue.layer(str(layer)).transform is not Transform.LINEAR
    ]
    if bent:
        straight = point.copy()
        for layer in bent:
            spec = replace(catalogue.layer(layer), transform=Transform.LINEAR)
            values = normalise(table.layer(layer), spec, table.level)
            known = values.fillna(values.median()).fillna(0.0)
            straight[layer] = known[inputs.is_ranked]
        found.append((Choice.NO_LOGARITHM, "", _ranks(straight, weighed, kind)))
    for layer in weighed.index[weighed > 0]:
        rest = weighed.where(weighed.index != layer, 0.0)
        if rest.sum() > 0:
            found.append((Choice.LEFT_OUT, str(layer), _ranks(point, rest, kind)))
    return found


def _between(figures: pd.DataFrame, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Scale to the observed limits; a layer in which all are equal tells nobody apart."""
    span = high - low
    scaled: pd.DataFrame = ((figures - low) / span.where(span > 0)).fillna(0.0)
    return scaled.clip(0.0, 1.0)


def _ranks(figures: pd.DataFrame, weights: pd.Series, kind: Aggregation) -> pd.Series:
    # Without names of rows and columns: a dozen rankings are asked for at once.
    worth = worth_of(figures[weights.index].to_numpy(dtype=float), kind)
    total = (worth * weights.to_numpy() / weights.sum() * 100).sum(axis=1)
    return ranks_of(score_of(pd.Series(total, figures.index), kind))


def _compare(ours: pd.Series, theirs: pd.Series, top: int) -> tuple[int, float, float]:
    before, after = ours.to_numpy(), theirs.to_numpy()
    moved = np.abs(after - before)
    entered = int(((after <= top) & (before > top)).sum())
    correlation = 1.0 if not moved.any() else float(np.corrcoef(before, after)[0, 1])
    return entered, float(moved.mean()), correlation
