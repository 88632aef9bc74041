"""Move counts between levels without gaining or losing one person."""

import numpy as np
import pandas as pd

from layers.errors import ConservationError

_SLACK = 1e-9


def spread_counts(total: float, weights: pd.Series, caps: pd.Series | None = None) -> pd.Series:
    """Spread a total over units by weight, never above a unit's cap.

    n_i = min(cap_i, λ·w_i) with λ solved exactly so that Σ n_i = N: units are filled
    in the order in which they reach their cap. Without caps, n_i = N·w_i/Σ w.
    Source: methods, section 3 (Eicher & Brewer 2001 for the uncapped case).

    Parameters
    ----------
    total : float
        N, from 0 up.
    weights : Series of float
        w_i from 0 up, by unit; a missing weight gives a missing count.
    caps : Series of float, optional
        cap_i from 0 up, by unit; a missing cap gives a missing count.

    Returns
    -------
    Series of float
        By unit; sums to the total.

    Raises
    ------
    ConservationError
        Where no unit has a weight, or the total is larger than all caps together.
    """
    known = weights.notna() & (caps.notna() if caps is not None else True)
    w = weights[known].to_numpy(dtype=float)
    # Only shares matter: scaled to 1, no weight is too small to divide by.
    w = w / w.max() if (w > 0).any() else w
    ceiling = np.full(w.shape, np.inf) if caps is None else caps[known].to_numpy(dtype=float)
    spread = pd.Series(np.nan, index=weights.index)
    spread[known] = _fill(float(total), w, np.where(w > 0, ceiling, 0.0))
    return spread


def _fill(total: float, weights: np.ndarray, caps: np.ndarray) -> np.ndarray:
    if total == 0:
        return np.zeros_like(weights)
    if not (weights > 0).any():
        raise ConservationError(f"a total of {total:g} has no unit with a weight to go to")
    if total > caps.sum() * (1 + _SLACK):
        raise ConservationError(
            f"a total of {total:g} is larger than the {caps.sum():g} that the units can hold"
        )
    with np.errstate(all="ignore"):
        reach = np.where(weights > 0, caps / weights, np.inf)
    order = np.argsort(reach, kind="stable")
    filled = np.concatenate([[0.0], np.cumsum(caps[order])[:-1]])
    filled = np.where(np.isfinite(filled), filled, np.inf)
    open_weight = np.cumsum(weights[order][::-1])[::-1]
    # The first unit (in the order of filling) that the rising level does not fill.
    with np.errstate(all="ignore"):
        level = (total - filled) / open_weight
    below = np.flatnonzero((level <= reach[order]) & (open_weight > 0))
    if not len(below):
        return caps.copy()
    return np.asarray(np.minimum(caps, level[below[0]] * weights))


def largest_remainder(values: pd.Series, total: int) -> pd.Series:
    """Round to whole people so that the sum is the total; for output only.

    Parameters
    ----------
    values : Series of float
        From 0 up, summing to the total.
    total : int
        The sum of the result.

    Returns
    -------
    Series of int
        Each within one of its value; ties go to the first unit.
    """
    floors = np.floor(values.to_numpy(dtype=float))
    short = total - int(floors.sum())
    order = np.argsort(-(values.to_numpy(dtype=float) - floors), kind="stable")
    floors[order[:short]] += 1
    return pd.Series(floors.astype(int), index=values.index)
