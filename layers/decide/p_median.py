"""p-median: the sites from which demand is nearest on average, with proof."""

from dataclasses import dataclass

import numpy as np

from layers.decide.interchange import interchange
from layers.decide.median_bound import Search, narrow
from layers.decide.median_programme import solve_by_radius
from layers.decide.milp import Progress, Watch, watch_nothing
from layers.decide.site_choice import Choice


@dataclass
class _Nearest:
    """The relaxation of the p-median."""

    costs: np.ndarray

    def price(self, prices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        gaps = np.minimum(self.costs - prices[:, None], 0.0)
        return gaps.sum(axis=0), gaps < 0

    def keep(self, stays: np.ndarray) -> None:
        self.costs = self.costs[:, stays]

    def value_of(self, chosen: np.ndarray) -> float:
        return float(self.costs[:, chosen].min(axis=1).sum())

    def improve(self, chosen: np.ndarray, required: np.ndarray) -> np.ndarray:
        return interchange(self.costs, len(chosen), required, chosen)


def solve_p_median(choice: Choice, watch: Watch = watch_nothing) -> np.ndarray:
    """Return the sites with the least mean distance, which is proven.

    min Σ a_i d_ij x_ij, Σ_j x_ij = 1, x_ij ≤ y_j, Σ_j y_j = p (Hakimi 1964; ReVelle & Swain
    1970). An interchange of sites gives a good choice, Lagrangian bounds rule out the sites
    that no better one contains, and HiGHS settles what is left.

    Parameters
    ----------
    choice : Choice
        The question.
    watch : callable
        Told of mean distance and bound; what it raises stops the search.

    Returns
    -------
    ndarray of int
        Columns, in order.
    """
    served, allowed = choice.demand > 0, choice.allowed
    weights, distances = choice.demand[served], choice.distances[np.ix_(served, allowed)]
    required = np.searchsorted(allowed, choice.required)
    nearest = _Nearest(distances * weights[:, None])
    best = interchange(nearest.costs, choice.sites, required)
    search = Search(
        relaxation=nearest,
        sites=choice.sites,
        columns=np.arange(len(allowed)),
        is_opened=np.isin(np.arange(len(allowed)), required),
        best=best,
        value=nearest.value_of(best),
    )
    watch(Progress("interchange", search.value, 0.0))
    narrow(search, nearest.costs[:, best].min(axis=1), weights, watch)
    if not search.is_proven:
        opened = np.flatnonzero(search.is_opened)
        left = distances[:, search.columns]
        search.try_choice(solve_by_radius(weights, left, choice.sites, opened, watch))
    return np.asarray(allowed[np.sort(search.best)])
