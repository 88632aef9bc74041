"""The covered share of single cells, and the highest of the covered ones."""

from collections.abc import Iterator

import numpy as np
import shapely

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import border_of

_CELLS_AT_ONCE = 2_000_000
_NOTHING = 1e-12


def highest_of_cells(raster: Grid, shapes: np.ndarray) -> np.ndarray:
    """Return the highest value of the cells that each unit covers in part or whole.

    Parameters
    ----------
    raster : Grid
        Read in strips of at most ``_CELLS_AT_ONCE`` cells.
    shapes : ndarray of Polygon or MultiPolygon
        In the reference system of the grid, none null or empty.

    Returns
    -------
    ndarray of float
        In the order of the units; minus infinity where no cell with data is covered.
    """
    return np.array([_highest(raster, shape) for shape in shapes])


def _highest(grid: Grid, shape: shapely.Geometry) -> float:
    highest = -np.inf
    for row, column, share in covered_shares(grid, shape):
        cells = grid.window(row, column, *share.shape)
        seen = ~np.ma.getmaskarray(cells) & (share > 0)
        highest = max(highest, cells.data[seen].astype(float).max(initial=-np.inf))
    return highest


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
    border = border_of(grid, np.array([shape]))
    left, right = int(border.column.min()), int(border.column.max()) + 1
    bottom = int(border.row.max()) + 1
    step = max(1, _CELLS_AT_ONCE // (right - left))
    for top in range(int(border.row.min()), bottom, step):
        here = border.at((border.row >= top) & (border.row < top + step))
        # One column more, for what is closed off east of the last one.
        size = (min(step, bottom - top), right - left + 1)
        cell = (here.row - top).astype(np.int64) * size[1] + here.column - left
        east = np.bincount(cell + 1, here.fall, size[0] * size[1] + 1)[:-1].reshape(size)
        share = np.cumsum(east, axis=1)
        share += np.bincount(cell, here.part, size[0] * size[1]).reshape(size)
        share[share < _NOTHING] = 0.0
        yield top, left, np.minimum(share[:, :-1], 1.0)
