"""What the form of the ground says of landslides and tsunamis: modelled, and only as fine as its grid."""

import numpy as np
import pandas as pd

from layers.indicators.sphere import KM_PER_DEGREE

STEEP_DEGREES = 8.0
"""Slope of a grid of 5 arc minutes from which the rule of landslides sees no difference."""
WET_MM_YEAR = 1500.0
"""Rain from which it sees no difference."""
LOW_M = 20.0
"""Ground below this height can be flooded."""
COAST_KM = 15.0
"""How far the middle of a cell may be from that of a cell of sea: the cells that touch it."""
PARTS = 8
"""Into how many parts the side of a cell is cut, with heights between those of the grid."""


def slope_degrees(
    elevation_m: np.ndarray, latitudes: np.ndarray, width: float, height: float
) -> np.ndarray:
    """Return the slope of the ground in the middle of each cell.

    arctan √(zx² + zy²), with zx and zy the differences of the neighbours west and east and
    north and south over their true distance, cos(latitude) shorter from west to east; at
    the edge of the grid, of the cell and its one neighbour. Source: Zevenbergen & Thorne
    (1987), Earth Surface Processes and Landforms 12, 47–56.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Not-a-number where unknown.
    latitudes : ndarray, shape (rows,)
        Degrees, from north to south.
    width, height : float
        Of a cell, in degrees.

    Returns
    -------
    ndarray, shape (rows, columns)
        0–90; a mean over the size of a cell, far below the slopes that slide.
    """
    south_m = height * KM_PER_DEGREE * 1000
    east_m = width * KM_PER_DEGREE * 1000 * np.cos(np.radians(latitudes))[:, None]
    down, across = np.gradient(np.asarray(elevation_m, dtype=float))
    return np.asarray(np.degrees(np.arctan(np.hypot(across / east_m, down / south_m))))


def landslide_susceptibility(slope: pd.Series, rain_mm_year: pd.Series) -> pd.Series:
    """Return how prone a unit is to landslides: steep and wet, both are needed.

    10 √(min(1, slope/``STEEP_DEGREES``) · min(1, rain/``WET_MM_YEAR``)). Our own rule, not a
    published one: it knows nothing of rock, soil, cover, faults or single storms, so that it
    is low on the dry coast, where El Niño brings down debris flows.

    Parameters
    ----------
    slope : Series of float
        Mean slope by unit, degrees.
    rain_mm_year : Series of float
        Mean rain by unit.

    Returns
    -------
    Series of float
        0–10; missing where either is missing.
    """
    steep = (slope / STEEP_DEGREES).clip(0.0, 1.0)
    wet = (rain_mm_year / WET_MM_YEAR).clip(0.0, 1.0)
    return (steep * wet).pow(0.5) * 10


def low_coast(
    elevation_m: np.ndarray,
    longitudes: np.ndarray,
    latitudes: np.ndarray,
    *,
    below_m: float = LOW_M,
    within_km: float = COAST_KM,
    parts: int = PARTS,
) -> np.ndarray:
    """Return which parts of cells are low and near the sea.

    A part is low where its cell is, or by its own height between those of the grid, since a
    cell of 9 km that rises inland would otherwise hide its shore (La Punta). Sea are the cells
    at 0 m or below that hang together with the western edge. No source of waves, no run-up,
    no shelter: where a tsunami could reach, not where it would. On a grid of 9 km a share of 0
    rules nothing out: Chimbote, a low bay below the Andes, has next to none.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Height of each cell; not-a-number where unknown.
    longitudes, latitudes : ndarray
        Middles of columns and rows, degrees.
    below_m, within_km : float
        Height, and distance of the cell from the nearest cell of sea.
    parts : int
        Into how many parts the side of a cell is cut.

    Returns
    -------
    ndarray of float, shape (rows · parts, columns · parts)
        1 where low and near, 0 elsewhere, not-a-number where the height is.
    """
    near = _near_sea(sea_cells(elevation_m), longitudes, latitudes, within_km)
    whole, in_reach = (cells.repeat(parts, 0).repeat(parts, 1) for cells in (elevation_m, near))
    low = (whole < below_m) | (refine(elevation_m, parts) < below_m)
    return np.where(np.isnan(whole), np.nan, in_reach & low)


def refine(values: np.ndarray, parts: int) -> np.ndarray:
    """Return a finer grid with values linearly between those of the middles of the cells.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Not-a-number spreads to the parts that lie between it and its neighbours.
    parts : int
        Into how many parts the side of a cell is cut, from 1.

    Returns
    -------
    ndarray, shape (rows · parts, columns · parts)
        Beyond the outermost middles, the outermost values.
    """
    finer = np.asarray(values, dtype=float)
    for axis in (0, 1):
        count = finer.shape[axis]
        place = np.clip((np.arange(count * parts) + 0.5) / parts - 0.5, 0, count - 1)
        before = np.floor(place).astype(int)
        share = np.expand_dims(place - before, 1 - axis)
        after = np.minimum(before + 1, count - 1)
        left, right = finer.take(before, axis), finer.take(after, axis)
        # Where the place is a middle, a missing neighbour is no matter.
        finer = np.where(share > 0, left * (1 - share) + right * share, left)
    return finer


def _near_sea(
    sea: np.ndarray, longitudes: np.ndarray, latitudes: np.ndarray, within_km: float
) -> np.ndarray:
    """Return the cells of sea and those whose middle is within a distance of one's."""
    near = sea.copy()
    reach = within_km / KM_PER_DEGREE
    sea_row, sea_column = np.nonzero(sea)
    for row, latitude in enumerate(latitudes):
        here = np.abs(latitudes[sea_row] - latitude) <= reach
        if here.any():
            north = latitudes[sea_row[here]] - latitude
            east = longitudes[:, None] - longitudes[sea_column[here]]
            distance = np.hypot(north, east * np.cos(np.radians(latitude))).min(axis=1)
            near[row] |= distance <= reach
    return near


def sea_cells(elevation_m: np.ndarray) -> np.ndarray:
    """Return the cells at 0 m or below that hang together with the western edge.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Not-a-number is no sea.

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        Cells hang together by their four sides.
    """
    wet = np.asarray(np.nan_to_num(elevation_m, nan=1.0) <= 0)
    sea = np.zeros(wet.shape, dtype=bool)
    sea[:, 0] = wet[:, 0]
    while True:
        grown = sea.copy()
        grown[1:] |= sea[:-1]
        grown[:-1] |= sea[1:]
        grown[:, 1:] |= sea[:, :-1]
        grown[:, :-1] |= sea[:, 1:]
        grown &= wet
        if (grown == sea).all():
            return sea
        sea = grown
