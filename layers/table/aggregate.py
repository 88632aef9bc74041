"""From units to the coarser units that hold them: counts are added, rates are averaged."""

import numpy as np
import pandas as pd

from layers.terms import Method

_FULL = 1.0 - 1e-9
_SOFTNESS = {method.value: order for order, method in enumerate(Method)}


def group_sum(values: pd.Series, people: pd.Series, groups: pd.Series, needed: float) -> pd.Series:
    """Add up counts by group; a group with too much unknown is missing, not low.

    Parameters
    ----------
    values : Series of float
        Counts by unit; missing is NaN.
    people : Series of float
        Residents by unit, who say how much of a group is known. A unit whose residents
        are unknown is one that the vintage of the population does not have.
    groups : Series of str
        Code of the group of each unit.
    needed : float
        Least share of the group's residents that live in units with a figure.

    Returns
    -------
    Series of float
        By group.
    """
    share, (total, count) = _shared(values, people, groups, values, values.notna())
    return total.where((share >= min(needed, _FULL)) & (count > 0))


def group_mean(
    values: pd.Series, weights: pd.Series, groups: pd.Series, needed: float
) -> pd.Series:
    """Average rates by group, weighted by people (or what the rate counts).

    x_j = Σ w_i x_i / Σ w_i over the units with a figure.

    Parameters
    ----------
    values : Series of float
        Rates by unit; missing is NaN.
    weights : Series of float
        People by unit.
    groups : Series of str
        Code of the group of each unit.
    needed : float
        Least share of the group's weight that units with a figure have.

    Returns
    -------
    Series of float
        By group; missing below the needed share or without any weight.
    """
    used = weights.where(values.notna())
    share, (total, whole) = _shared(values, weights, groups, values * used, used)
    return (total / whole).where(share >= min(needed, _FULL))


def _shared(
    values: pd.Series, weights: pd.Series, groups: pd.Series, *more: pd.Series
) -> tuple[pd.Series, list[pd.Series]]:
    """Return the known share of each group, and the sums of more columns."""
    weights = weights.fillna(0.0) if weights.notna().any() else weights.fillna(1.0)
    total, known, *sums = _sums(groups, weights, weights.where(values.notna(), 0.0), *more)
    return (known / total).where(total > 0, 0.0), sums


def _sums(groups: pd.Series, *columns: pd.Series) -> list[pd.Series]:
    """Return the sums of several columns by group, in one go: without a figure 0."""
    rows = np.column_stack([column.to_numpy(dtype=float) for column in columns])
    summed = pd.DataFrame(rows, index=columns[0].index).groupby(groups, observed=False).sum()
    return [summed[at] for at in summed.columns]


def covered_share(coverage: pd.Series, weights: pd.Series, groups: pd.Series) -> pd.Series:
    """Return the share of each group that the figures of its units rest on.

    Σ w_i c_i / Σ w_i, with c_i = 0 for a unit without a figure; the plain mean where no
    weight is known.

    Parameters
    ----------
    coverage : Series of float
        0–1 by unit; missing where the unit has no figure.
    weights : Series of float
        People by unit.
    groups : Series of str
        Code of the group of each unit.

    Returns
    -------
    Series of float
        0–1 by group.
    """
    weights, coverage = weights.fillna(0.0), coverage.fillna(0.0)
    total, covered = _sums(groups, weights, weights * coverage)
    share = covered / total.where(total > 0)
    return share.fillna(coverage.groupby(groups, observed=False).mean())


def softest_method(methods: pd.Series, groups: pd.Series) -> pd.Series:
    """Return the softest method of the units of each group that have a figure.

    Parameters
    ----------
    methods : Series of str
        Method by unit.
    groups : Series of str
        Code of the group of each unit.

    Returns
    -------
    Series of str
        ``missing`` where every unit is missing.
    """
    # Each word once: there are a handful of them.
    place, words = pd.factorize(methods.to_numpy(dtype=object))
    order = np.array([_SOFTNESS[word] for word in words], dtype=float)[place]
    known = pd.Series(order, index=methods.index)
    known = known.mask(order == _SOFTNESS[Method.MISSING.value])
    softest = known.groupby(groups, observed=False).max().fillna(_SOFTNESS[Method.MISSING.value])
    return softest.map({order: name for name, order in _SOFTNESS.items()})
