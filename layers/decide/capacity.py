"""Offices that serve no more than they can: which sites, and who goes where, with proof."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, kron, vstack
from scipy.sparse import eye_array as eye

from layers.decide.interchange import interchange
from layers.decide.median_bound import Search, narrow
from layers.decide.milp import Programme, Watch, solve_milp, watch_nothing
from layers.decide.site_choice import Choice
from layers.errors import FocusError

_TYPICAL_COST = 100.0
"""Costs are scaled to it, far from the tolerances of the solver."""


@dataclass
class _Limited:
    """The relaxation of the p-median whose sites are full at a capacity."""

    distances: np.ndarray
    weights: np.ndarray
    capacity: float

    def price(self, prices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fill each site with what saves most per person: a knapsack that may cut its last item."""
        saved = self.distances - (prices / self.weights)[:, None]
        order = np.argsort(saved, axis=0, kind="stable")
        sizes = self.weights[order]
        before = np.cumsum(sizes, axis=0) - sizes
        part = np.clip((self.capacity - before) / sizes, 0.0, 1.0)
        taken = np.empty_like(saved)
        np.put_along_axis(taken, order, part, axis=0)
        taken[saved >= 0] = 0.0
        return (saved * taken * self.weights[:, None]).sum(axis=0), taken

    def keep(self, stays: np.ndarray) -> None:
        self.distances = self.distances[:, stays]

    def value_of(self, chosen: np.ndarray) -> float:
        parts = share_out(self.weights, self.distances[:, chosen], self.capacity)
        return float((parts * self.distances[:, chosen] * self.weights[:, None]).sum())

    def improve(self, chosen: np.ndarray, required: np.ndarray) -> np.ndarray:
        return chosen


def solve_capacity(choice: Choice, capacity: float, watch: Watch = watch_nothing) -> np.ndarray:
    """Return the sites with the least mean distance, none of which serves above a capacity.

    The p-median with Σ_i a_i x_ij ≤ C y_j; 0 ≤ x ≤ 1, so that a place may be shared by offices.

    Parameters
    ----------
    choice : Choice
        The question.
    capacity : float
        What a site can serve, as a share of all demand.
    watch : callable
        Told of mean distance and bound; what it raises stops the search.

    Returns
    -------
    ndarray of int
        Columns, in order.

    Raises
    ------
    FocusError
        Where all sites together serve less than the demand.
    """
    if choice.sites * capacity < 1 - 1e-9:
        raise FocusError(
            "{sites} offices with room for {capacity:.1%} of the demand each cannot serve all of "
            "it; raise --capacity or --sites",
            sites=choice.sites,
            capacity=capacity,
        )
    served, allowed = choice.demand > 0, choice.allowed
    weights, distances = choice.demand[served], choice.distances[np.ix_(served, allowed)]
    required = np.searchsorted(allowed, choice.required)
    limited = _Limited(distances, weights, capacity)
    best = interchange(distances * weights[:, None], choice.sites, required)
    search = Search(
        relaxation=limited,
        sites=choice.sites,
        columns=np.arange(len(allowed)),
        is_opened=np.isin(np.arange(len(allowed)), required),
        best=best,
        value=limited.value_of(best),
    )
    if len(required) < choice.sites:
        narrow(search, (distances[:, best] * weights[:, None]).min(axis=1), weights, watch)
        if not search.is_proven:
            search.try_choice(_settle(weights, limited.distances, capacity, search, watch))
    return np.asarray(allowed[np.sort(search.best)])


def share_out(
    weights: np.ndarray, distances: np.ndarray, capacity: float, watch: Watch = watch_nothing
) -> np.ndarray:
    """Return the part of each place that each open site serves, at the least mean distance.

    The transport problem (Hitchcock 1941): at most one place less than there are sites is shared.

    Parameters
    ----------
    weights : ndarray, shape (places,)
        Demand, as shares of all.
    distances : ndarray, shape (places, sites)
        From 0 up.
    capacity : float
        What each site can serve, as a share of all demand.
    watch : callable
        As of ``solve_milp``.

    Returns
    -------
    ndarray, shape (places, sites)
        Parts from 0 to 1; each row sums to 1.
    """
    places, sites = distances.shape
    found = solve_milp(
        Programme(
            costs=(distances * (weights * _TYPICAL_COST / weights.mean())[:, None]).ravel()
            / max(float(distances.mean()), 1e-9),
            low=np.zeros(places * sites),
            high=np.ones(places * sites),
            is_whole=np.zeros(places * sites, dtype=bool),
            rows=vstack([_served_once(places, sites), _loads(weights, sites)], format="csr"),
            at_least=np.r_[np.ones(places), np.full(sites, -np.inf)],
            at_most=np.r_[np.ones(places), np.full(sites, capacity / weights.mean())],
        ),
        watch,
        "transport",
    )
    parts = np.clip(found.reshape(places, sites), 0.0, 1.0)
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _served_once(places: int, sites: int) -> csr_array:
    return csr_array(kron(eye(places), np.ones((1, sites))))


def _loads(weights: np.ndarray, sites: int) -> csr_array:
    return csr_array(kron((weights / weights.mean())[None, :], eye(sites)))


def _settle(
    weights: np.ndarray, distances: np.ndarray, capacity: float, search: Search, watch: Watch
) -> np.ndarray:
    """Return the best choice of the columns that are left, by branch and bound."""
    places, sites = distances.shape
    pairs = places * sites
    opening = csr_array(kron(np.ones((places, 1)), eye(sites)))
    rows = vstack(
        [
            hstack([_served_once(places, sites), csr_array((places, sites))]),
            hstack([_loads(weights, sites), -eye(sites) * (capacity / weights.mean())]),
            hstack([eye(pairs), -opening]),
            csr_array(np.r_[np.zeros(pairs), np.ones(sites)][None, :]),
        ],
        format="csr",
    )
    costs = (distances * (weights * _TYPICAL_COST / weights.mean())[:, None]).ravel()
    found = solve_milp(
        Programme(
            costs=np.r_[costs / max(float(distances.mean()), 1e-9), np.zeros(sites)],
            low=np.r_[np.zeros(pairs), search.is_opened.astype(float)],
            high=np.ones(pairs + sites),
            is_whole=np.r_[np.zeros(pairs, dtype=bool), np.ones(sites, dtype=bool)],
            rows=rows,
            at_least=np.r_[np.ones(places), np.full(sites + pairs, -np.inf), search.sites],
            at_most=np.r_[np.ones(places), np.zeros(sites + pairs), search.sites],
        ),
        watch,
        "proof",
    )
    return np.flatnonzero(found[pairs:] > 0.5)
