"""How well would a weight have placed people whose districts are known?"""

import numpy as np
import pandas as pd

TOP = 50
GRID = tuple(round(step * 0.05, 2) for step in range(21))
"""λ from 0 to 1."""


def place(observed: pd.Series, weights: pd.Series, groups: pd.Series) -> pd.Series:
    """Spread the total of each group over its units by a weight.

    e_i = N_g·w_i/Σ_g w; a group without any weight is spread evenly.
    Source: methods, section 3.

    Parameters
    ----------
    observed : Series of float
        Known counts by unit, of which only the totals of the groups are used.
    weights : Series of float
        From 0 up, by unit; a missing weight is none.
    groups : Series of str
        Group of each unit.

    Returns
    -------
    Series of float
        By unit; sums to the total of each group.
    """
    return observed.groupby(groups).transform("sum") * shares_within(weights, groups)


def shares_within(weights: pd.Series, groups: pd.Series) -> pd.Series:
    """Return the share of each unit in the weight of its group.

    Parameters
    ----------
    weights : Series of float
        From 0 up, by unit.
    groups : Series of str
        Group of each unit.

    Returns
    -------
    Series of float
        Sums to 1 in each group.
    """
    known = weights.reindex(groups.index).fillna(0.0).astype(float)
    total = known.groupby(groups).transform("sum")
    even = 1.0 / known.groupby(groups).transform("size")
    return (known / total.where(total > 0)).fillna(even)


def misplaced_share(placed: pd.Series, observed: pd.Series) -> float:
    """Return the share of people who stand in another unit than they were in.

    ½ Σ|e − o| / Σ o, the index of dissimilarity (Duncan & Duncan 1955).

    Parameters
    ----------
    placed, observed : Series of float
        By unit, of the same total.

    Returns
    -------
    float
        0 (all right) to 1.
    """
    return float((placed - observed).abs().sum() / 2 / observed.sum())


def score_placement(placed: pd.Series, observed: pd.Series, top: int = TOP) -> dict[str, float]:
    """Compare placed people with where they were.

    Parameters
    ----------
    placed, observed : Series of float
        By unit, of the same total.
    top : int
        How many of the largest units are compared by name.

    Returns
    -------
    dict
        misplaced_share, median_absolute_error (people),
        rank_correlation (Spearman), top_hits (share of the ``top`` largest that are found).
    """
    error = (placed - observed).abs()
    found = set(placed.nlargest(top).index) & set(observed.nlargest(top).index)
    return {
        "misplaced_share": misplaced_share(placed, observed),
        "median_absolute_error": float(error.median()),
        "rank_correlation": float(placed.rank().corr(observed.rank())),
        "top_hits": len(found) / min(top, len(observed)),
    }


def backtest(
    observed: pd.Series, candidates: pd.DataFrame, groups: pd.Series, top: int = TOP
) -> pd.DataFrame:
    """Score every candidate weight; none may contain what it is to find.

    Parameters
    ----------
    observed : Series of float
        Known counts by unit.
    candidates : DataFrame of float
        By unit, one weight a column.
    groups : Series of str
        Group whose total is taken as known.
    top : int
        How many of the largest units are compared by name.

    Returns
    -------
    DataFrame
        By candidate, the scores of ``score_placement``; fewest misplaced people first.
    """
    scores = {
        str(name): score_placement(place(observed, candidates[name], groups), observed, top)
        for name in candidates.columns
    }
    return pd.DataFrame(scores).T.sort_values("misplaced_share")


def blend_curve(
    observed: pd.Series, key: pd.Series, prior: pd.Series, groups: pd.Series
) -> pd.Series:
    """Return the share of misplaced people for each λ of a blend of a key and a prior weight.

    w = (1 − λ)·share of the key + λ·share of the prior, inside each group.

    Parameters
    ----------
    observed : Series of float
        Known counts by unit.
    key, prior : Series of float
        The two weights, by unit.
    groups : Series of str
        Group of each unit.

    Returns
    -------
    Series of float
        By λ of ``GRID``.
    """
    by_key, by_prior = place(observed, key, groups), place(observed, prior, groups)
    return pd.Series(
        {
            share: misplaced_share((1 - share) * by_key + share * by_prior, observed)
            for share in GRID
        }
    )


def thinned_curve(
    observed: pd.Series, prior: pd.Series, groups: pd.Series, draws: int = 20, seed: int = 2017
) -> pd.Series:
    """Return the misplaced share by λ when half of the people are the key to the other half.

    Each person falls into one of two halves by chance; the first half, blended with the
    prior, places the second one. It shows what the smallness of the counts alone asks of λ,
    for people who settle where their like are. Source: data thinning of counts
    (Neufeld, Dharamshi, Gao & Witten 2024, JMLR 25).

    Parameters
    ----------
    observed : Series of float
        Known counts of people by unit.
    prior : Series of float
        By unit.
    groups : Series of str
        Group of each unit.
    draws : int
        How many divisions are averaged.
    seed : int
        Of the generator.

    Returns
    -------
    Series of float
        By λ of ``GRID``.
    """
    chance = np.random.default_rng(seed)
    people = observed.round().astype(int)
    curves = []
    for _ in range(draws):
        half = pd.Series(chance.binomial(people, 0.5), index=people.index).astype(float)
        curves.append(blend_curve(people - half, half, prior, groups))
    return pd.concat(curves, axis=1).mean(axis=1)


def best_share(curve: pd.Series) -> float:
    """Return the λ that misplaces the fewest people, the smaller one of a tie."""
    return float(curve.idxmin())
