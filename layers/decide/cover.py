"""Maximal cover: the sites with most demand within reach, with proof."""

import numpy as np
from scipy.sparse import csr_array, hstack, vstack
from scipy.sparse import eye_array as eye

from layers.decide.milp import Programme, Watch, solve_milp, watch_nothing
from layers.decide.site_choice import Choice

_TYPICAL_COST = 100.0
"""Costs are scaled to it, far from the tolerances of the solver."""


def solve_cover(choice: Choice, within: float, watch: Watch = watch_nothing) -> np.ndarray:
    """Return the sites that have most demand within a distance.

    max Σ a_i z_i, z_i ≤ Σ_{j: d_ij ≤ S} y_j, Σ y_j = p (Church & ReVelle 1974). Places within
    reach of the same sites count as one.

    Parameters
    ----------
    choice : Choice
        The question.
    within : float
        Reach, as the distances; the reach itself is covered.
    watch : callable
        Told of the share that is not covered and its bound; what it raises stops the search.

    Returns
    -------
    ndarray of int
        Columns, in order.
    """
    allowed = choice.allowed
    reached = choice.distances[:, allowed] <= within
    counts = (choice.demand > 0) & reached.any(axis=1)
    if not counts.any():
        return _first(choice)
    sets, place = np.unique(reached[counts], axis=0, return_inverse=True)
    weights = np.bincount(place.ravel(), weights=choice.demand[counts], minlength=len(sets))
    low = np.isin(allowed, choice.required).astype(float)
    missed = len(sets)
    sites = csr_array(np.r_[np.ones(len(allowed)), np.zeros(missed)][None, :])
    # The variable of a set is 1 where none of its sites is open: what is missed is minimised.
    found = solve_milp(
        Programme(
            costs=np.r_[np.zeros(len(allowed)), weights * _TYPICAL_COST / weights.mean()],
            low=np.r_[low, np.zeros(missed)],
            high=np.ones(len(allowed) + missed),
            is_whole=np.r_[np.ones(len(allowed), dtype=bool), np.zeros(missed, dtype=bool)],
            rows=vstack(
                [hstack([csr_array(sets.astype(float)), eye(missed, format="csr")]), sites],
                format="csr",
            ),
            at_least=np.r_[np.ones(missed), choice.sites],
            at_most=np.r_[np.full(missed, np.inf), choice.sites],
        ),
        watch,
        "proof",
    )
    return np.asarray(allowed[found[: len(allowed)] > 0.5])


def _first(choice: Choice) -> np.ndarray:
    """Return the required sites and the first others: nothing is in reach of any."""
    others = np.setdiff1d(choice.allowed, choice.required)
    more = others[: choice.sites - len(choice.required)]
    return np.sort(np.r_[np.array(choice.required, dtype=int), more])
