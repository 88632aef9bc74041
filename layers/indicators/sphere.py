"""The Earth as a sphere: its radius, and distances along great circles."""

import numpy as np
import pandas as pd

EARTH_KM = 6371.0
"""Mean radius; great circles are within 0.5 % of the ellipsoid."""
KM_PER_DEGREE = np.pi * EARTH_KM / 180
"""Along a meridian."""


def great_circle_km(places: np.ndarray, sites: np.ndarray) -> np.ndarray:
    """Return the distances of points on a sphere (haversine).

    Parameters
    ----------
    places, sites : ndarray, shape (n, 2) and (m, 2)
        Longitude and latitude, degrees.

    Returns
    -------
    ndarray, shape (n, m)
        Kilometres.
    """
    here, there = np.radians(places)[:, None], np.radians(sites)[None]
    half = np.sin((here - there) / 2) ** 2
    chord = half[..., 1] + np.cos(here[..., 1]) * np.cos(there[..., 1]) * half[..., 0]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0))))


def directions(points: pd.DataFrame) -> np.ndarray:
    """Return points of the unit sphere.

    Parameters
    ----------
    points : DataFrame
        lon and lat, degrees.

    Returns
    -------
    ndarray, shape (n, 3)
        Unit vectors.
    """
    lon, lat = (np.radians(points[name].to_numpy(dtype=float)) for name in ("lon", "lat"))
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def chord_of(below_km: np.ndarray, reach_km: np.ndarray) -> np.ndarray:
    """Return the chord of the unit sphere that a distance from under the ground spans on it.

    Parameters
    ----------
    below_km : ndarray
        From the centre of the Earth, above 0.
    reach_km : ndarray
        Straight, through the Earth.

    Returns
    -------
    ndarray
        0–2; 0 where the ground is out of reach.
    """
    cosine = (below_km**2 + EARTH_KM**2 - reach_km**2) / (2 * EARTH_KM * below_km)
    return np.asarray(np.sqrt(np.clip(2 - 2 * cosine, 0.0, 4.0)))
