"""Which months of the year stand out, and which years of a series."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.terms import Season

_QUARTER = 3


@dataclass(frozen=True)
class Quarter:
    """Three months in a row."""

    months: tuple[int, int, int]
    """From 1; December is followed by January."""
    share: float
    """Their part of the year's sum, 0 to 1."""


def quarter_of(months: Sequence[float], largest: bool = True) -> Quarter | None:
    """Return the three months in a row with the largest or the smallest sum.

    Source: the wettest, driest and coldest quarter of BIOCLIM (Booth et al. 2014, Diversity and
    Distributions 20, 1-9), here over quarters that may pass the end of the year.

    Parameters
    ----------
    months : sequence of float
        January to December of a mean year.
    largest : bool
        The smallest sum if false.

    Returns
    -------
    Quarter or None
        None where a month is missing or all quarters are alike. The share of a sum that is not
        positive is not-a-number.
    """
    year = np.asarray(months, dtype=float)
    if len(year) != 12 or np.isnan(year).any():
        return None
    sums = year + np.roll(year, -1) + np.roll(year, -2)
    if np.isclose(sums.min(), sums.max()):
        return None
    first = int(sums.argmax() if largest else sums.argmin())
    at = [(first + step) % 12 + 1 for step in range(_QUARTER)]
    total = float(year.sum())
    share = float(sums[first]) / total if total > 0 else float("nan")
    return Quarter((at[0], at[1], at[2]), share)


def season_of(
    season: Season, rain: Sequence[float] | None, temperature: Sequence[float] | None
) -> Quarter | None:
    """Return the months in which a hazard of a season is to be expected.

    Parameters
    ----------
    season : Season
        What the hazard follows.
    rain, temperature : sequence of float or None
        January to December; None where there is no series.

    Returns
    -------
    Quarter or None
        None where the series is missing, the months are alike, or the hazard keeps no season.
    """
    if season is Season.NONE:
        return None
    months = temperature if season is Season.COLD else rain
    return None if months is None else quarter_of(months, largest=season is Season.WET)


@dataclass(frozen=True)
class Marked:
    """What one says of a series: its ends and its extremes, as (time, value)."""

    first: tuple[int, float]
    last: tuple[int, float]
    least: tuple[int, float]
    most: tuple[int, float]


def marked_points(points: Sequence[tuple[int, float | None]]) -> Marked | None:
    """Return first, last, least and most of a series; of equals the earliest.

    Parameters
    ----------
    points : sequence of (time, value)
        In the order of time; missing is None.

    Returns
    -------
    Marked or None
        None where no value is known.
    """
    known = [(time, value) for time, value in points if value is not None]
    if not known:
        return None
    return Marked(
        first=known[0],
        last=known[-1],
        least=min(known, key=lambda point: point[1]),
        most=max(known, key=lambda point: point[1]),
    )
