"""A good choice of sites, fast and without proof: greedy, then one site for another."""

import numpy as np


def interchange(
    costs: np.ndarray, sites: int, required: np.ndarray, opened: np.ndarray | None = None
) -> np.ndarray:
    """Return sites that no exchange of one for another betters.

    Source: Teitz & Bart (1968), Operations Research 16, 955–961; the gains of all exchanges at
    once as in Resende & Werneck (2007), EJOR 174, 54–68.

    Parameters
    ----------
    costs : ndarray, shape (places, columns)
        Demand times distance.
    sites : int
        How many are chosen.
    required : ndarray of int
        Columns that stay.
    opened : ndarray of int, optional
        The first choice; greedy without one.

    Returns
    -------
    ndarray of int
        Columns, in no order.
    """
    chosen = _greedy(costs, sites, required) if opened is None else np.array(opened)
    places, beyond = np.arange(len(costs)), costs.max(axis=1) + 1.0
    while True:
        ordered = np.argsort(costs[:, chosen], axis=1, kind="stable")
        nearest = ordered[:, 0]
        first = costs[places, chosen[nearest]]
        second = costs[places, chosen[ordered[:, 1]]] if sites > 1 else beyond
        profit = _profits(costs, nearest, first, second, sites)
        profit[:, chosen] = -np.inf
        profit[np.isin(chosen, required)] = -np.inf
        out, come = np.unravel_index(np.argmax(profit), profit.shape)
        if not profit[out, come] > 1e-12 * float(first.sum()):
            return chosen
        chosen[out] = come


def _profits(
    costs: np.ndarray, nearest: np.ndarray, first: np.ndarray, second: np.ndarray, sites: int
) -> np.ndarray:
    """Return what every exchange saves, one row per chosen site and one column per other."""
    gain = np.maximum(first[:, None] - costs, 0.0).sum(axis=0)
    saved = np.maximum(second[:, None] - np.maximum(costs, first[:, None]), 0.0)
    lost = np.bincount(nearest, weights=second - first, minlength=sites)
    kept = np.stack([saved[nearest == site].sum(axis=0) for site in range(sites)])
    return np.asarray(gain - lost[:, None] + kept)


def _greedy(costs: np.ndarray, sites: int, required: np.ndarray) -> np.ndarray:
    chosen = [int(column) for column in required]
    now = costs[:, chosen].min(axis=1) if chosen else costs.max(axis=1) + 1.0
    while len(chosen) < sites:
        gain = np.maximum(now[:, None] - costs, 0.0).sum(axis=0)
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(gain)))
        now = np.minimum(now, costs[:, chosen[-1]])
    return np.array(chosen, dtype=int)
