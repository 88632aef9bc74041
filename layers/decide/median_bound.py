"""Lagrangian bounds: which sites no better choice contains, and which none lacks."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from layers.decide.milp import Progress, Watch

STEPS = 1500
"""Steps of the subgradient, at most."""
PATIENCE = 20
"""Steps without a better bound after which they become half as long."""
SMALLEST_STEP = 0.0005
MARGIN = 1e-9
"""A site is ruled out only where its bound is above the best choice by this share."""


class Relaxation(Protocol):
    """A problem without the rule that each place is served exactly once."""

    def price(self, prices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the reduced cost of each column, and which part of each place it takes."""

    def keep(self, stays: np.ndarray) -> None:
        """Forget the other columns."""

    def value_of(self, chosen: np.ndarray) -> float:
        """Return the cost of opening some of the columns; infinite where it cannot be."""

    def improve(self, chosen: np.ndarray, required: np.ndarray) -> np.ndarray:
        """Return a choice that is as good or better."""


@dataclass
class Search:
    """What is known of the least cost while sites are ruled out; columns go by first number."""

    relaxation: Relaxation
    sites: int
    columns: np.ndarray
    """Those that a better choice may contain, in order."""
    is_opened: np.ndarray
    """True for those of them that it must contain."""
    best: np.ndarray
    """The best choice that is known."""
    value: float
    """Its cost."""
    bound: float = -np.inf
    """No choice costs less."""
    step: float = 1.0
    waited: int = 0
    tried: set[bytes] = field(default_factory=set)

    @property
    def is_proven(self) -> bool:
        """True where nothing better than the best choice is left."""
        return self.bound >= self.value * (1 - MARGIN)

    @property
    def opened(self) -> np.ndarray:
        """Columns that a better choice must contain."""
        return np.asarray(self.columns[self.is_opened])

    def settle(self) -> None:
        """Take the only choice that is left, where there is one only."""
        if len(self.columns) == self.sites:
            self.try_choice(np.arange(self.sites))
            self.bound = self.value
        elif len(self.columns) < self.sites:
            self.bound = self.value

    def try_choice(self, chosen: np.ndarray) -> None:
        """Make a choice of places among the columns the best one, where it is."""
        key = np.sort(self.columns[chosen]).tobytes()
        if key in self.tried:
            return
        self.tried.add(key)
        if self.relaxation.value_of(chosen) < self.value * (1 - MARGIN):
            chosen = self.relaxation.improve(chosen, np.flatnonzero(self.is_opened))
            self.best, self.value = self.columns[chosen], self.relaxation.value_of(chosen)

    def rule_out(self, reduced: np.ndarray, chosen: np.ndarray, bound: float) -> None:
        """Drop the columns that no better choice contains; open those that none lacks."""
        limit = self.value * (1 + MARGIN)
        free = chosen[~self.is_opened[chosen]]
        rest = np.setdiff1d(np.arange(len(reduced)), chosen)
        stays = np.ones(len(reduced), dtype=bool)
        if len(free) == 0:
            stays[rest] = False
        elif len(rest):
            stays[rest] = bound + reduced[rest] - reduced[free].max() <= limit
            self.is_opened[free[bound + reduced[rest].min() - reduced[free] > limit]] = True
        if not stays.all():
            self.columns, self.is_opened = self.columns[stays], self.is_opened[stays]
            self.relaxation.keep(stays)


def narrow(search: Search, prices: np.ndarray, weights: np.ndarray, watch: Watch) -> None:
    """Raise the bound of a search, and rule out sites by their reduced costs.

    L(λ) = Σ λ_i + the p smallest reduced costs ρ_j is never above the least cost; with a site
    forced in it is L + ρ_j − the last ρ let in, with one forced out L − ρ_j + the first left out.
    λ follows the subgradient, each place in step with its weight. Sources: Held, Wolfe &
    Crowder (1974), Mathematical Programming 6, 62–88; Beasley (1993), EJOR 65, 383–399.

    Parameters
    ----------
    search : Search
        Changed in place.
    prices : ndarray, shape (places,)
        First λ.
    weights : ndarray, shape (places,)
        Demand, above 0.
    watch : callable
        Told of cost and bound at every step.
    """
    kept, direction = prices, np.zeros(len(prices))
    for _ in range(STEPS):
        reduced, taken = search.relaxation.price(prices)
        chosen = np.lexsort((reduced, ~search.is_opened))[: search.sites]
        now = float(prices.sum() + reduced[chosen].sum())
        served = taken[:, chosen].sum(axis=1)
        search.try_choice(chosen)
        search.waited += 1
        if now > search.bound:
            search.waited = 0 if now > search.bound + 1e-6 * search.value else search.waited
            search.bound, kept = now, prices
            search.rule_out(reduced, chosen, now)
        # Each step: with a capacity one may take a second, and whoever stops it should not wait.
        watch(Progress("bound", search.value, search.bound))
        if search.waited >= PATIENCE:
            search.step, search.waited, prices = search.step / 2, 0, kept
            direction = np.zeros(len(prices))
        else:
            direction = 1.0 - served + 0.3 * direction
            length = float(weights @ direction**2)
            if length > 0:
                reach = search.step * max(search.value - now, 0.0) / length
                prices = prices + reach * weights * direction
        if _is_over(search):
            break
    search.settle()


def _is_over(search: Search) -> bool:
    few = len(search.columns) <= search.sites
    return few or search.is_proven or search.step < SMALLEST_STEP
