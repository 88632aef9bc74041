"""From units to the coarser units that hold them: counts are added, rates are averaged."""

from typing import Any

import numpy as np
import pandas as pd

_FULL = 1.0 - 1e-9


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
    figures = values.to_numpy(dtype=float)
    counted = ~np.isnan(figures)
    share, codes, total, count = _shared(values, people, groups, figures, counted)
    with np.errstate(invalid="ignore"):
        enough = (share >= min(needed, _FULL)) & (count > 0)
    return pd.Series(np.where(enough, total, np.nan), index=codes, name=values.name)


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
    figures = values.to_numpy(dtype=float)
    used = np.where(np.isnan(figures), np.nan, _along(weights, values))
    share, codes, total, whole = _shared(values, weights, groups, figures * used, used)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / whole
    return pd.Series(np.where(share >= min(needed, _FULL), mean, np.nan), index=codes)


def _along(weights: pd.Series, values: pd.Series) -> np.ndarray:
    """Return weights in the order of the units of some values."""
    if not weights.index.equals(values.index):
        weights = weights.reindex(values.index)
    found: np.ndarray = weights.to_numpy(dtype=float)
    return found


def _shared(
    values: pd.Series, weights: pd.Series, groups: pd.Series, *more: np.ndarray
) -> tuple[Any, ...]:
    """Return the known share of each group, the codes of the groups, and the sums of more columns."""
    people = _along(weights, values)
    known = ~np.isnan(people)
    people = np.where(known, people, 0.0 if known.any() else 1.0)
    there = np.where(values.notna(), people, 0.0)
    codes, (total, held, *sums) = _sums(groups, values.index, people, there, *more)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, held / total, 0.0)
    return share, codes, *sums


def _sums(
    groups: pd.Series, units: pd.Index, *columns: np.ndarray
) -> tuple[pd.Index, list[np.ndarray]]:
    """Return the codes of the groups and the sums of several columns, in one go; 0 without any."""
    rows = pd.DataFrame(np.column_stack(columns), index=units, dtype=float)
    summed = rows.groupby(groups, observed=False).sum()
    codes = summed.index
    if isinstance(codes, pd.CategoricalIndex):
        # Every category has its row: the same index as that of the units, which is seen at once.
        codes = codes.categories
    return codes, list(summed.to_numpy().T)


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
    people = np.nan_to_num(_along(weights, coverage))
    parts = np.nan_to_num(coverage.to_numpy(dtype=float))
    ones = np.ones(len(parts))
    codes, (total, covered, added, count) = _sums(
        groups, coverage.index, people, people * parts, parts, ones
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.Series(np.where(total > 0, covered / total, added / count), index=codes)
