"""The p-median by distances instead of by pairs: a small programme with the same optimum."""

import numpy as np
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse import eye_array as eye

from layers.decide.milp import Programme, Watch, solve_milp

_TYPICAL_COST = 100.0
"""Costs are scaled to it, far from the tolerances of the solver."""


def solve_by_radius(
    demand: np.ndarray,
    distances: np.ndarray,
    sites: int,
    opened: np.ndarray,
    watch: Watch,
) -> np.ndarray:
    """Return the sites of least mean distance.

    z of a place and a number k says that none of its k nearest sites is open: min Σ a_i
    Σ_k (d_i,k+1 − d_i,k) z_ik, z_ik + Σ_{j among the k nearest} y_j ≥ 1 (Cornuéjols, Nemhauser
    & Wolsey 1980). Places that share their k nearest sites share z (Church 2003).

    Parameters
    ----------
    demand : ndarray, shape (places,)
        From 0 up.
    distances : ndarray, shape (places, columns)
        From 0 up.
    sites : int
        How many are chosen.
    opened : ndarray of int
        Columns that are chosen in any case.
    watch : callable
        As of ``solve_milp``.

    Returns
    -------
    ndarray of int
        Columns, in order.
    """
    count = distances.shape[1]
    sets, weights = _nearest_sets(demand, distances, count - sites, opened)
    if len(weights) == 0:
        others = np.setdiff1d(np.arange(count), opened)
        return np.sort(np.r_[opened, others[: sites - len(opened)]])
    scale = _TYPICAL_COST / float(weights.mean())
    low = np.zeros(count)
    low[opened] = 1.0
    rows = vstack(
        [
            hstack([sets, eye(len(weights), format="csr")]),
            csr_array(np.r_[np.ones(count), np.zeros(len(weights))][None, :]),
        ],
        format="csr",
    )
    unbounded = np.full(len(weights), np.inf)
    found = solve_milp(
        Programme(
            costs=np.r_[np.zeros(count), weights * scale],
            low=np.r_[low, np.zeros(len(weights))],
            high=np.ones(count + len(weights)),
            is_whole=np.r_[np.ones(count, dtype=bool), np.zeros(len(weights), dtype=bool)],
            rows=rows,
            at_least=np.r_[np.ones(len(weights)), sites],
            at_most=np.r_[unbounded, sites],
        ),
        watch,
        "proof",
    )
    return np.flatnonzero(found[:count] > 0.5)


def _nearest_sets(
    demand: np.ndarray, distances: np.ndarray, longest: int, opened: np.ndarray
) -> tuple[csr_array, np.ndarray]:
    """Return the sets of k nearest columns, each once, and what it costs that none is open.

    k goes to the number of columns that stay closed: one of more is always open. A set
    with an opened column is never without an open one.
    """
    order = np.argsort(distances, axis=1, kind="stable")
    ranked = np.take_along_axis(distances, order, axis=1)
    steps = np.diff(ranked, axis=1)[:, :longest] * demand[:, None]
    is_opened = np.isin(np.arange(distances.shape[1]), opened)
    steps[np.logical_or.accumulate(is_opened[order], axis=1)[:, : steps.shape[1]]] = 0.0
    member = np.zeros(distances.shape, dtype=bool)
    found: dict[bytes, float] = {}
    for k in range(steps.shape[1]):
        member[np.arange(len(order)), order[:, k]] = True
        here = steps[:, k] > 0
        packed = np.packbits(member[here], axis=1)
        keys, place = np.unique(packed, axis=0, return_inverse=True)
        sums = np.bincount(place.ravel(), weights=steps[here, k], minlength=len(keys))
        for key, total in zip(keys, sums, strict=True):
            found[key.tobytes()] = found.get(key.tobytes(), 0.0) + float(total)
    bits = np.frombuffer(b"".join(found), dtype=np.uint8).reshape(
        len(found), (distances.shape[1] + 7) // 8
    )
    sets = np.unpackbits(bits, axis=1, count=distances.shape[1]).astype(float)
    return csr_array(sets), np.fromiter(found.values(), float)
