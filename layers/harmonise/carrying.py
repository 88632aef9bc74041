"""Figures carried from the units of one vintage to those of another, keeping every total."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from layers.harmonise.crosswalk import RENUMBERED, SLACK, Crosswalk, normalised

PARENT_COLUMNS = ("ubigeo", "parent", "share", "basis", "value")
_KEPT = 32
"""Sets of codes whose way is not sought again."""


@dataclass(frozen=True)
class Carried:
    """Figures on the units of another vintage, and where the derived ones come from."""

    values: pd.Series
    """By unit; missing where no parent has a figure."""
    parents: pd.DataFrame
    """ubigeo, parent, share and basis of each derived figure: of a count, the share of the
    parent's count that it holds; of a rate, the parent's part in the mean; and value, the
    parent's figure as it was published."""


class Way:
    """How the figures of some units go: sought once for all tables that bear the same codes."""

    def __init__(self, codes: pd.Index, crosswalk: Crosswalk) -> None:
        """Seek the links of some units.

        Parameters
        ----------
        codes : Index of str
            Units of the vintage that is left, each once.
        crosswalk : Crosswalk
            Links to the other vintage.
        """
        self.codes = codes
        self.crosswalk = crosswalk
        touched = codes.isin(crosswalk.spoken_of)
        links = crosswalk.links_of(codes[touched]).reset_index(drop=True)
        self.links = links
        self.told = links.sort_values(["to", "from"]).index.to_numpy()
        """Links in the order in which parents are told."""
        self.kept = np.flatnonzero(~touched)
        self.origin = codes.get_indexer(pd.Index(links["from"]))
        self.target, targets = pd.factorize(links["to"])
        self.share = links["share"].to_numpy(dtype=float)
        self.is_own = ((links["from"] == links["to"]) | (links["basis"] == RENUMBERED)).to_numpy()
        carried = pd.Series(range(len(targets)), index=targets, dtype=int)
        kept = pd.Series(range(len(targets), len(targets) + len(self.kept)), index=codes[self.kept])
        joined = (pd.concat([carried, kept]) if len(carried) else kept).sort_index()
        self.order = joined.to_numpy(dtype=int)
        self.units = joined.index.rename(codes.name)
        self._weighed: tuple[pd.Series, bytes, np.ndarray] | None = None

    def weighed(self, weights: pd.Series, known: np.ndarray) -> np.ndarray:
        """Return the part of each link in the mean of its unit; once for tables weighed alike.

        Parameters
        ----------
        weights : Series of float
            By unit of the vintage that is left.
        known : ndarray of bool
            Links that come from a unit with a figure; the others have no part.
        """
        held = self._weighed
        if held is not None and held[0] is weights and held[1] == known.tobytes():
            return held[2]
        people = (self.share * self.links["from"].map(weights).astype(float).fillna(0.0)).to_numpy()
        parts = (pd.Series(part[known]) for part in (people, self.share, self.target))
        shares = np.zeros(len(known))
        shares[known] = normalised(*parts).to_numpy()
        self._weighed = (weights, known.tobytes(), shares)
        return shares

    @cached_property
    def joins(self) -> np.ndarray:
        """Which links lead to a unit that others lead to as well."""
        joined: np.ndarray = np.bincount(self.target)[self.target] > 1
        return joined

    def carried(
        self, values: pd.Series, parts: np.ndarray, shares: np.ndarray, derived: np.ndarray
    ) -> Carried:
        """Return figures on the units that they go to.

        Parameters
        ----------
        values : Series of float
            By the codes of this way.
        parts : ndarray
            What each unit gets, by its number.
        shares : ndarray
            By link.
        derived : ndarray of bool
            Links that make a figure one of others.
        """
        figures = values.to_numpy(dtype=float)
        whole = np.concatenate([parts, figures[self.kept]])[self.order]
        told = self.told[derived[self.told]]
        rows = self.links.iloc[told]
        parents = pd.DataFrame(
            {
                "ubigeo": rows["to"],
                "parent": rows["from"],
                "share": shares[told],
                "basis": rows["basis"],
                "value": figures[self.origin[told]],
            }
        )
        return Carried(
            pd.Series(whole, index=self.units, name=values.name), parents.reset_index(drop=True)
        )

    def without(self, found: Carried, known: np.ndarray) -> Carried:
        """Return figures without the units that no link leads to any more."""
        lost = np.setdiff1d(self.target, self.target[known])
        if not len(lost):
            return found
        return Carried(found.values[~np.isin(self.order, lost)], found.parents)


def way_of(values: pd.Series, crosswalk: Crosswalk) -> Way:
    """Return how the figures of some units go, found where it was sought before."""
    ways: list[Way] = crosswalk.ways
    for way in ways:
        if way.codes.is_(values.index) or way.codes.identical(values.index):
            return way
    ways.insert(0, Way(values.index, crosswalk))
    del ways[_KEPT:]
    return ways[0]


def carry_counts(values: pd.Series, crosswalk: Crosswalk) -> Carried:
    """Carry counts to another vintage: each unit's count goes out by its shares.

    n_b = Σ_a s(a→b)·n_a over the parents with a figure, so that Σ n is kept.
    Source: methods, section 2 (areal weighting, Goodchild & Lam 1980, with people
    in place of area where they are known).

    Parameters
    ----------
    values : Series of float
        By unit of the vintage that is left, each once.
    crosswalk : Crosswalk
        Links to the other vintage.

    Returns
    -------
    Carried
        A unit that gave a part of its count away is derived too, and its own parent.
    """
    way = way_of(values, crosswalk)
    figures = values.to_numpy(dtype=float)[way.origin]
    parts = _summed(way.share * figures, way.target)
    whole = way.is_own & (way.share > 1 - SLACK)
    return way.carried(values, parts, way.share, (~whole | way.joins) & ~np.isnan(figures))


def carry_rates(values: pd.Series, weights: pd.Series, crosswalk: Crosswalk) -> Carried:
    """Carry rates to another vintage: each unit takes the mean of its parents.

    r_b = Σ_a s(a→b)·w_a·r_a / Σ_a s(a→b)·w_a over the parents with a figure; by shares
    alone where no parent has a weight. Source: methods, section 2.

    Parameters
    ----------
    values : Series of float
        Rates or indices by unit of the vintage that is left, each once.
    weights : Series of float
        People, or what the rate counts, by unit of the same vintage.
    crosswalk : Crosswalk
        Links to the other vintage.

    Returns
    -------
    Carried
        A unit that lost a part of its ground keeps its own rate and is not derived.
    """
    way = way_of(values, crosswalk)
    figures = values.to_numpy(dtype=float)[way.origin]
    shares = way.weighed(weights, ~np.isnan(figures))
    parts = _summed(np.where(shares > 0, shares * figures, np.nan), way.target)
    derived = (shares > 0) & ~(way.is_own & (shares > 1 - SLACK))
    return way.without(way.carried(values, parts, shares, derived), shares > 0)


def _summed(parts: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the sums by unit; missing where every part is."""
    summed: np.ndarray = pd.Series(parts).groupby(target).sum(min_count=1).to_numpy(dtype=float)
    return summed
