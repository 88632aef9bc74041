"""Where high and low values gather: local Moran, Gi* and the quadrants of managers."""

import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import PatternError

# esda and libpysal take longer to import than most commands take to run, so that they are
# imported where they are used.
if TYPE_CHECKING:
    from libpysal.graph import Graph

PERMUTATIONS = 999
SEED = 20260101
ALPHA = 0.05
"""Expected share of false ones among the units that are called part of a cluster."""
SEVERE = 3.0
"""Phase from which a unit is severe."""
_FEWEST = 4
"""Units with a neighbour and a value; fewer cannot be permuted to any purpose."""


class Cluster(StrEnum):
    """What a unit is among its neighbours, by local Moran."""

    HIGH_HIGH = "high_high"
    LOW_HIGH = "low_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"
    NONE = "none"


class Spot(StrEnum):
    """What the surroundings of a unit are, itself among them, by Gi*."""

    HOT = "hot"
    COLD = "cold"
    NONE = "none"


class Quadrant(StrEnum):
    """Severity by magnitude."""

    ACT_NOW = "act_now"
    SEVERE_SMALL = "severe_small"
    LARGE_MODERATE = "large_moderate"
    WATCH = "watch"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pattern:
    """Clusters of one layer among the units of a level."""

    units: pd.DataFrame
    """By ubigeo: value, local_moran, moran_p, moran_q, cluster, gi_star, gi_p, gi_q, spot.
    p is the pseudo p of the permutations, q the same after Benjamini–Hochberg."""
    islands: tuple[str, ...]
    """Units with a value that touch no other unit with one: no statistic is defined there."""
    missing: tuple[str, ...]
    """Units without a value."""
    permutations: int
    seed: int
    alpha: float


@dataclass(frozen=True)
class Quadrants:
    """Severity by magnitude of the units of a level."""

    units: pd.DataFrame
    """By ubigeo: people, severity_low, severity_high and quadrant."""
    median: float
    """People in need above which a unit is large."""


def queen_neighbours(shapes: gpd.GeoSeries) -> "Graph":
    """Return which units share a border or a corner.

    Parameters
    ----------
    shapes : GeoSeries
        By ubigeo, with shared borders.

    Returns
    -------
    Graph
        Queen contiguity, one where two units touch; a unit without neighbours is an isolate.
    """
    from libpysal.graph import Graph

    return Graph.build_contiguity(shapes, rook=False)


def find_pattern(
    values: pd.Series,
    neighbours: "Graph",
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    alpha: float = ALPHA,
) -> Pattern:
    """Find the units that form clusters, and those that differ from their neighbours.

    Local Moran I_i = z_i Σ_j w_ij z_j (Anselin 1995), weights of rows that add up to 1, and Gi*
    (Ord & Getis 1995), weights of 1, as esda computes them; pseudo p of conditional permutations, one
    tail as esda gives it, corrected for the number of units (Benjamini & Hochberg 1995).

    Parameters
    ----------
    values : Series of float
        By ubigeo; missing units are left out and listed.
    neighbours : Graph
        From `queen_neighbours`, over the same units.
    permutations : int
        How many; the least p is 1 / (permutations + 1).
    seed : int
        Of the permutations; the same seed gives the same result.
    alpha : float
        Rate of false discoveries, 0–1.

    Returns
    -------
    Pattern
        Units without a value or without a neighbour have no statistic.

    Raises
    ------
    PatternError
        Where fewer than four units can be compared, or all have the same value.
    """
    values = values.astype(float)
    known = values.dropna()
    among = neighbours.subgraph(known.index.to_numpy())
    islands = tuple(sorted(str(code) for code in among.isolates))
    used = known.drop(index=list(among.isolates))
    if len(used) < _FEWEST or used.nunique() < 2:
        raise PatternError(
            "{layer}: {count} units with neighbours hold {different} different values, so that "
            "no pattern can be told; choose another layer or level",
            layer=values.name,
            count=len(used),
            different=used.nunique(),
        )
    found, quadrants = _statistics(used, among.subgraph(used.index.to_numpy()), permutations, seed)
    quadrant = quadrants.map(dict(enumerate(Cluster, 1)))
    found["cluster"] = quadrant.where(found["moran_q"] <= alpha, Cluster.NONE)
    spot = pd.Series(np.where(found["gi_star"] > 0, Spot.HOT, Spot.COLD), index=used.index)
    # A unit that touches all others has no surroundings to tell from the rest: Gi* is missing.
    is_spot = (found["gi_q"] <= alpha) & found["gi_star"].notna()
    found["spot"] = spot.where(is_spot, Spot.NONE)
    missing = tuple(sorted(str(code) for code in values.index[values.isna()]))
    return Pattern(found, islands, missing, permutations, seed, alpha)


def _statistics(
    used: pd.Series, graph: "Graph", permutations: int, seed: int
) -> tuple[pd.DataFrame, pd.Series]:
    """Return both statistics of every unit with their p, and its quadrant of the Moran plot."""
    from esda import G_Local, Moran_Local

    with warnings.catch_warnings():
        # Several parts of the country that do not touch are no fault of the weights.
        warnings.simplefilter("ignore")
        moran = Moran_Local(used.to_numpy(), graph, permutations=permutations, n_jobs=1, seed=seed)
        # esda divides by the sum of the values, which must not be negative; where the scale
        # has its zero changes nothing in Gi*. Its moments are those of weights of 0 and 1.
        gi = G_Local(
            (used - used.min()).to_numpy(),
            graph,
            transform="B",
            permutations=permutations,
            star=True,
            n_jobs=1,
            seed=seed,
        )
    found = pd.DataFrame(
        {
            "value": used,
            "local_moran": moran.Is,
            "moran_p": moran.p_sim,
            "moran_q": adjusted(moran.p_sim),
            "gi_star": gi.Zs,
            "gi_p": gi.p_sim,
            "gi_q": adjusted(gi.p_sim),
        },
        index=used.index,
    )
    return found, pd.Series(moran.q, index=used.index)


def adjusted(p: np.ndarray) -> np.ndarray:
    """Correct p values for their number: q_(i) = min over k ≥ i of p_(k) n / k.

    Parameters
    ----------
    p : ndarray of float
        p values, 0–1.

    Returns
    -------
    ndarray of float
        In the same order; those at or below α are discoveries at the rate α
        (Benjamini & Hochberg 1995).
    """
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p, method="bh"), dtype=float)


def find_quadrants(
    people: pd.Series, severity_low: pd.Series, severity_high: pd.Series
) -> Quadrants:
    """Part units by severity (phase 3 or worse) and magnitude (above the median of people in need).

    Parameters
    ----------
    people : Series of float
        People in need by ubigeo, of the units in scope.
    severity_low, severity_high : Series of float
        Ends of the phase, 1–5; equal where it is known.

    Returns
    -------
    Quadrants
        Unknown where people are missing, or where the ends lie on both sides of phase 3.
    """
    median = float(people.median())
    is_large = people > median
    severe, mild = severity_low >= SEVERE, severity_high < SEVERE
    quadrant = pd.Series(Quadrant.UNKNOWN, index=people.index, dtype=object)
    for is_so, large, small in (
        (severe, Quadrant.ACT_NOW, Quadrant.SEVERE_SMALL),
        (mild, Quadrant.LARGE_MODERATE, Quadrant.WATCH),
    ):
        quadrant = quadrant.mask(is_so & is_large, large).mask(is_so & ~is_large, small)
    quadrant = quadrant.mask(people.isna(), Quadrant.UNKNOWN)
    units = pd.DataFrame(
        {
            "people": people,
            "severity_low": severity_low,
            "severity_high": severity_high,
            "quadrant": quadrant,
        }
    )
    return Quadrants(units, median)
