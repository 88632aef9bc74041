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
    filled = fill(
        total, weights.to_numpy(dtype=float), None if caps is None else caps.to_numpy(dtype=float)
    )
    return pd.Series(filled, index=weights.index)


def fill(total: float, weights: np.ndarray, caps: np.ndarray | None = None) -> np.ndarray:
    """Do what `spread_counts` does for units without names.

    Parameters
    ----------
    total : float
        N, from 0 up.
    weights : ndarray of float, shape (n,)
        w_i from 0 up; not-a-number where missing.
    caps : ndarray of float, shape (n,), optional
        cap_i from 0 up.

    Returns
    -------
    ndarray of float, shape (n,)
        Sums to the total.

    Raises
    ------
    ConservationError
        As `spread_counts`.
    """
    known, w, ceiling, _ = _known(weights, caps)
    spread: np.ndarray = np.full(weights.shape, np.nan)
    level = _level(float(total), w, ceiling)
    spread[known] = ceiling if level == np.inf else np.minimum(ceiling, level * w)
    return spread


def spread_level(total: float, weights: pd.Series, caps: pd.Series | None = None) -> float:
    """Return the λ of `spread_counts`, by which n_i = min(cap_i, λ·w_i).

    Parameters
    ----------
    total, weights, caps
        As in `spread_counts`.

    Returns
    -------
    float
        From 0 up; infinite where every unit holds its cap.

    Raises
    ------
    ConservationError
        As `spread_counts`.
    """
    _, w, ceiling, scale = _known(
        weights.to_numpy(dtype=float), None if caps is None else caps.to_numpy(dtype=float)
    )
    return _level(float(total), w, ceiling) / scale


def _known(
    weights: np.ndarray, caps: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return which units take part, their weights scaled to 1, their caps and the scale."""
    known = ~np.isnan(weights) if caps is None else ~(np.isnan(weights) | np.isnan(caps))
    w = weights[known]
    # Only shares matter: scaled to 1, no weight is too small to divide by.
    scale = float(w.max()) if (w > 0).any() else 1.0
    ceiling = np.full(w.shape, np.inf) if caps is None else caps[known]
    return known, w / scale, np.where(w > 0, ceiling, 0.0), scale


def _level(total: float, weights: np.ndarray, caps: np.ndarray) -> float:
    """Return how high the units are filled, in people per weight."""
    if total == 0:
        return 0.0
    if not (weights > 0).any():
        raise ConservationError(
            "a total of {total:g} has no unit with a weight to go to", total=total
        )
    if total > caps.sum() * (1 + _SLACK):
        raise ConservationError(
            "a total of {total:g} is larger than the {room:g} that the units can hold",
            total=total,
            room=caps.sum(),
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
    return float(level[below[0]]) if len(below) else float("inf")
