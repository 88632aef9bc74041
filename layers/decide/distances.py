"""How far places are from sites: an estimate from the ground, or a matrix of roads."""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from layers.errors import FocusError
from layers.indicators.sphere import great_circle_km

DETOUR = 1.3
"""Kilometres of road for one in a straight line, on flat ground; not measured in Peru."""
SAMPLES = 9
"""Points along the line between two places at which the slope of the ground is read."""
CELL_DEGREES = 0.1
"""Side of the cells in which the slope is looked up, about that of the grid of heights."""
UNREACHED_TIMES = 2.0
"""What a pair that a matrix of roads lacks counts as, in times of its largest figure."""


def tobler_factor(slope_degrees: np.ndarray) -> np.ndarray:
    """Return how many times longer a way takes on a slope than on flat ground.

    The mean of up and down of v(0)/v(s), v(s) = 6·exp(−3.5·|s + 0.05|) km/h with s the tangent.
    Source: Tobler (1993), Three presentations on geographical analysis and modeling, NCGIA 93-1.

    Parameters
    ----------
    slope_degrees : ndarray
        From 0 up.

    Returns
    -------
    ndarray
        From about 1 up.
    """
    tangent = np.tan(np.radians(slope_degrees))
    up, down = np.abs(tangent + 0.05), np.abs(tangent - 0.05)
    return np.asarray((np.exp(3.5 * up) + np.exp(3.5 * down)) / 2 / np.exp(3.5 * 0.05))


def estimate_km(
    places: np.ndarray, sites: np.ndarray, points: np.ndarray, slope_degrees: np.ndarray
) -> np.ndarray:
    """Estimate the way from places to sites: great circle × detour × slope.

    The slope factor is the mean of Tobler's over points along the line, each with the mean
    slope of the unit whose point is nearest; missing slopes are taken as flat.

    Parameters
    ----------
    places, sites : ndarray, shape (n, 2) and (m, 2)
        Longitude and latitude, degrees.
    points : ndarray, shape (units, 2)
        Where the slopes are known.
    slope_degrees : ndarray, shape (units,)
        Mean slope of the ground there.

    Returns
    -------
    ndarray, shape (n, m)
        Kilometres on flat ground that take as long; an estimate that knows no road.
    """
    everywhere = np.vstack([places, sites])
    west, south = everywhere.min(axis=0) - CELL_DEGREES
    columns, rows = np.ceil((everywhere.max(axis=0) + CELL_DEGREES - (west, south)) / CELL_DEGREES)
    lons = west + (np.arange(int(columns)) + 0.5) * CELL_DEGREES
    lats = south + (np.arange(int(rows)) + 0.5) * CELL_DEGREES
    cells = np.stack(np.meshgrid(lons, lats), axis=-1)
    factor = tobler_factor(np.nan_to_num(slope_degrees))[cKDTree(points).query(cells)[1]]
    total = np.zeros((len(places), len(sites)))
    for part in np.linspace(0.0, 1.0, SAMPLES):
        lon = places[:, None, 0] * (1 - part) + sites[None, :, 0] * part
        lat = places[:, None, 1] * (1 - part) + sites[None, :, 1] * part
        row = ((lat - south) / CELL_DEGREES).astype(int)
        total += factor[row, ((lon - west) / CELL_DEGREES).astype(int)]
    return np.asarray(great_circle_km(places, sites) * DETOUR * total / SAMPLES)


def matrix_of(
    rows: pd.DataFrame, places: list[str], sites: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Turn rows of a file of roads into a matrix; a pair holds in both directions.

    Parameters
    ----------
    rows : DataFrame
        origin and destination (text), and figure from 0 up.
    places, sites : list of str
        Codes of rows and columns.

    Returns
    -------
    matrix, known : ndarray, shape (places, sites)
        A pair that lacks is ``UNREACHED_TIMES`` the largest figure and not known; a place is at
        0 from itself.

    Raises
    ------
    FocusError
        Where no place has a figure to any site.
    """
    there = pd.DataFrame(np.nan, index=places, columns=sites)
    for one, other in (("destination", "origin"), ("origin", "destination")):
        here = rows[rows[one].isin(places) & rows[other].isin(sites)]
        wide = here.pivot_table(index=one, columns=other, values="figure", aggfunc="min")
        there.update(wide)
    matrix = there.to_numpy(copy=True)
    matrix[np.array(places)[:, None] == np.array(sites)[None]] = 0.0
    known = ~np.isnan(matrix)
    if not (matrix[known] > 0).any():
        raise FocusError(
            "the file of times has no pair of a unit and a possible site; its codes should be "
            "those of the level, as {unit} and {site}",
            unit=places[0],
            site=sites[0],
        )
    return np.where(known, matrix, UNREACHED_TIMES * matrix[known].max()), known
