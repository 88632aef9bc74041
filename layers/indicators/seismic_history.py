"""What a catalogue of earthquakes did to places: a history, not the zones of the norm E.030."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from layers.indicators.shaking import WEAKEST, intensity, reach_km
from layers.indicators.sphere import EARTH_KM, chord_of, directions

SMALLEST = 4.5
"""Magnitude from which events are looked at."""
FAINTEST = 3.0
"""An event is left out at places where it was felt below this."""
COMPLETE_SINCE = ((4.5, 2010), (5.0, 1965), (6.0, 1960))
"""(magnitude, first year from which the catalogue holds every such event): by the events of
each five years in the IGP catalogue, about 300 to 540 of M ≥ 5 since 1965 (147 before), and of
M ≥ 4.5, 516 to 1,017 a year in 2010–2018. From 2019 on it holds fewer (39 to 60 of M ≥ 5 and 135
to 166 of M ≥ 4.5 a year), so that low intensities come out a little low."""
_EVENTS_AT_ONCE = 512
_SPARE = 1 + 1e-9
_STEP = 0.01


def largest_intensity(events: pd.DataFrame, sites: pd.DataFrame) -> pd.Series:
    """Return the strongest shaking that the events of a catalogue caused at each site.

    Parameters
    ----------
    events : DataFrame
        lon, lat (degrees), depth_km and magnitude.
    sites : DataFrame
        lon and lat (degrees), by unit.

    Returns
    -------
    Series of float
        Modified Mercalli intensity by unit, 1–10; 1 (not felt) where no event reached 3.
    """
    largest = np.full(len(sites), WEAKEST)
    for _, site, felt in _felt(events[events["magnitude"] >= SMALLEST], sites):
        np.maximum.at(largest, site, felt)
    return pd.Series(largest, index=sites.index, name="largest_intensity")


def intensity_of_return(
    events: pd.DataFrame, sites: pd.DataFrame, years: float = 50.0
) -> pd.Series:
    """Return the shaking that each site met at least once in so many years, on average.

    The largest i with λ(i) ≥ 1/years, where λ(i) = Σ 1/T(M) over the events that were felt
    with i or more, and T(M) are the years for which the catalogue is complete at that
    magnitude (``COMPLETE_SINCE``); earlier events do not count. Medians without their
    scatter; aftershocks stay in; nothing beyond what was recorded is extrapolated.

    Parameters
    ----------
    events : DataFrame
        lon, lat (degrees), depth_km, magnitude and year.
    sites : DataFrame
        lon and lat (degrees), by unit.
    years : float
        Mean time between two such shakings, above 0.

    Returns
    -------
    Series of float
        Modified Mercalli intensity by unit, to 0.01 (below), 1–10; 1 where the rate of
        intensity 3 is below 1/years.
    """
    rate = annual_rates(events)
    counted = events[rate > 0]
    steps = round((10.0 - WEAKEST) / _STEP) + 1
    rates = np.zeros(len(sites) * steps)
    weights = rate[rate > 0].to_numpy()
    for event, site, felt in _felt(counted, sites):
        # 1e-6: what binary numbers write as 6.9999999 is 7.
        step = np.floor((felt - WEAKEST) / _STEP + 1e-6).astype(np.int64)
        rates += np.bincount(site * steps + step, weights[event], len(rates))
    exceeded = np.cumsum(rates.reshape(len(sites), steps)[:, ::-1], axis=1)[:, ::-1]
    reached = (exceeded >= (1 - 1e-9) / years).sum(axis=1)
    level = WEAKEST + _STEP * np.maximum(reached - 1, 0)
    return pd.Series(level, index=sites.index, name="intensity_of_return")


def annual_rates(events: pd.DataFrame) -> pd.Series:
    """Return how many events a year each recorded event stands for.

    Parameters
    ----------
    events : DataFrame
        magnitude and year.

    Returns
    -------
    Series of float
        1 / years of completeness at its magnitude up to the last year of the catalogue;
        0 before them and below the smallest magnitude.
    """
    since = pd.Series(np.inf, index=events.index)
    for magnitude, first in COMPLETE_SINCE:
        since = since.mask(events["magnitude"] >= magnitude, first)
    span = events["year"].max() + 1 - since
    return (1.0 / span).where(events["year"] >= since, 0.0)


def hypocentral_km_to(events: pd.DataFrame, sites: np.ndarray) -> np.ndarray:
    """Return the straight distance from each hypocentre to each site, through the Earth.

    Parameters
    ----------
    events : DataFrame
        lon, lat (degrees) and depth_km.
    sites : ndarray
        `directions` of sites at sea level.

    Returns
    -------
    ndarray, shape (events, sites)
        km, on a sphere of 6,371 km.
    """
    below = EARTH_KM - events["depth_km"].to_numpy(dtype=float)
    square = _square_km(below[:, None], directions(events)[:, None], sites)
    return np.asarray(np.sqrt(np.maximum(square, 0.0, out=square), out=square))


def _square_km(below: np.ndarray, hypocentre: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Return the square of the distance from below the ground; rounding may leave it below 0."""
    # Not a product of matrices, whose last bit hangs on how many sites there are.
    found = hypocentre[..., 0] * site[..., 0]
    for axis in (1, 2):
        found += hypocentre[..., axis] * site[..., axis]
    found *= 2 * EARTH_KM * below
    np.subtract(below**2 + EARTH_KM**2, found, out=found)
    return np.asarray(found)


def _felt(
    events: pd.DataFrame, sites: pd.DataFrame
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield (event, site, intensity) of every pair that is felt, block by block of events."""
    from scipy.spatial import cKDTree

    magnitude = events["magnitude"].to_numpy(dtype=float)
    depth = events["depth_km"].to_numpy(dtype=float)
    reach = reach_km(magnitude, depth, FAINTEST)
    hypocentres, places = directions(events), directions(sites)
    tree = cKDTree(places)
    for start in range(0, len(events), _EVENTS_AT_ONCE):
        block = slice(start, start + _EVENTS_AT_ONCE)
        # Few sites feel an event: only those near it are looked at, with a little to spare.
        chord = chord_of(EARTH_KM - depth[block], reach[block] * _SPARE)
        near = tree.query_ball_point(hypocentres[block], chord, return_sorted=True)
        event = np.repeat(np.arange(len(near)), [len(one) for one in near])
        site = np.concatenate(near).astype(np.int64)
        square = _square_km(EARTH_KM - depth[block][event], hypocentres[block][event], places[site])
        distance = np.sqrt(np.maximum(square, 0.0))
        is_felt = distance <= reach[block][event]
        event, site, distance = event[is_felt], site[is_felt], distance[is_felt]
        felt = intensity(magnitude[block][event], depth[block][event], distance)
        yield event + start, site, felt
