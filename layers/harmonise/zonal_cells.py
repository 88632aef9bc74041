"""Zonal totals by numpy alone: exact partial coverage, strip by strip."""

import math
from collections.abc import Iterator

import numpy as np
import shapely

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_terms import Statistic, Totals, Zones

_CELLS_AT_ONCE = 2_000_000
_NOTHING = 1e-12


def totals_by_cells(raster: Grid, zones: Zones) -> Totals:
    """Return the totals of each unit.

    The border is cut at every line of the grid; each piece lies in one cell, of which it
    closes off what lies east of it, and closes off all cells further east. The sum of
    the signed parts is the exact covered share of every cell.

    Parameters
    ----------
    raster : Grid
        Read in strips of at most ``_CELLS_AT_ONCE`` cells.
    zones : Zones
        Units and statistic.

    Returns
    -------
    Totals
        In the order of the units.
    """
    found = np.array([_totals(raster, shape, zones) for shape in zones.shapes])
    return Totals(found[:, 0], found[:, 1], found[:, 2])


def _totals(grid: Grid, shape: shapely.Geometry, zones: Zones) -> tuple[float, float, float]:
    above = known = everything = 0.0
    highest = -np.inf
    for row, column, share in covered_shares(grid, shape):
        cells = grid.window(row, column, *share.shape)
        has_data = ~np.ma.getmaskarray(cells)
        values = np.where(has_data, cells.data, 0).astype(float)
        weight = share * _areas(grid, row, len(share))[:, None] if zones.is_geographic else share
        known += weight[has_data].sum()
        everything += weight.sum()
        if zones.statistic is Statistic.MAX:
            highest = max(highest, values[has_data & (share > 0)].max(initial=-np.inf))
        elif zones.statistic is Statistic.SUM:
            above += float((share * values).sum())
        elif zones.statistic is Statistic.MEAN:
            above += float((weight * values).sum())
        else:
            low, high = zones.within
            above += weight[has_data & (values >= low) & (values < high)].sum()
    if zones.statistic is Statistic.MAX:
        above = highest
    elif zones.statistic is not Statistic.SUM:
        above = above / known if known > 0 else math.nan
    return above, known, everything


def covered_shares(grid: Grid, shape: shapely.Geometry) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield the share of each cell that a polygon covers, strip by strip of rows.

    Parameters
    ----------
    grid : Grid
        Only its lines matter; a polygon may reach beyond it.
    shape : Polygon or MultiPolygon
        Valid, in the reference system of the grid.

    Yields
    ------
    tuple of int, int, ndarray
        First row, first column, and shares 0–1 of the cells of the strip.
    """
    at_row, at_column, fall, part = _pieces(grid, shape)
    left, right = at_column.min(), at_column.max() + 1
    step = max(1, _CELLS_AT_ONCE // int(right - left))
    for top in range(int(at_row.min()), int(at_row.max()) + 1, step):
        here = (at_row >= top) & (at_row < top + step)
        rows = min(step, int(at_row.max()) + 1 - top)
        # One column more, for what is closed off east of the last one.
        size = (rows, int(right - left) + 1)
        cell = (at_row[here] - top) * size[1] + at_column[here] - left
        east = np.bincount(cell + 1, fall[here], rows * size[1] + 1)[:-1].reshape(size)
        share = np.cumsum(east, axis=1)
        share += np.bincount(cell, part[here], rows * size[1]).reshape(size)
        share[share < _NOTHING] = 0.0
        yield top, int(left), np.minimum(share[:, :-1], 1.0)


def _pieces(
    grid: Grid, shape: shapely.Geometry
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return row, column, southward length and closed-off share of each piece of the border."""
    # Shells run counterclockwise, so that a western side runs south and counts as positive.
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    places, ring = shapely.get_coordinates(rings, return_index=True)
    x = (places[:, 0] - grid.west) / grid.width
    y = (grid.north - places[:, 1]) / grid.height
    starts = np.flatnonzero(ring[1:] == ring[:-1])
    x0, y0, x1, y1 = x[starts], y[starts], x[starts + 1], y[starts + 1]
    ends = np.arange(len(starts))
    cuts = (_cuts(x0, x1), _cuts(y0, y1), (ends, np.zeros(len(ends))), (ends, np.ones(len(ends))))
    edge = np.concatenate([of for of, _ in cuts])
    along = np.concatenate([at for _, at in cuts])
    order = np.lexsort((along, edge))
    edge, along = edge[order], along[order]
    same = np.flatnonzero(edge[1:] == edge[:-1])
    edge, middle = edge[same], (along[same] + along[same + 1]) / 2
    fall = (along[same + 1] - along[same]) * (y1 - y0)[edge]
    at_x = x0[edge] + middle * (x1 - x0)[edge]
    at_y = y0[edge] + middle * (y1 - y0)[edge]
    column = np.floor(at_x).astype(np.int64)
    return np.floor(at_y).astype(np.int64), column, fall, fall * (1 - (at_x - column))


def _cuts(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (edge, place along it from 0 to 1) of each whole number between its ends."""
    first = np.floor(np.minimum(start, end)).astype(np.int64) + 1
    last = np.ceil(np.maximum(start, end)).astype(np.int64) - 1
    count = np.maximum(last - first + 1, 0)
    edge = np.repeat(np.arange(len(start)), count)
    turn = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return edge, (first[edge] + turn - start[edge]) / (end - start)[edge]


def _areas(grid: Grid, row: int, rows: int) -> np.ndarray:
    """Return the area of a cell of each row on the unit sphere."""
    edges = np.radians(grid.north - (row + np.arange(rows + 1)) * grid.height)
    return np.asarray(np.radians(grid.width) * -np.diff(np.sin(edges)))
