"""Which part of every cell of a grid each unit covers: worked out once for a grid that stays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import Border, areas_of_rows, border_of

_ROUNDING = 1e-12


@dataclass(frozen=True)
class Cover:
    """The cells under each unit."""

    cells: sparse.csr_array
    """Area of each cell of the grid (row by row) in each unit."""
    whole: npt.NDArray[np.float64]
    """Area of each unit in the same measure, beyond the grid too."""

    def share(self, is_in: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """Return the share of the area of each unit under some cells.

        Parameters
        ----------
        is_in : ndarray of bool, shape (rows, columns)
            The cells.

        Returns
        -------
        ndarray
            0–1; of a unit that no such cell touches, 0 and not its rounding.
        """
        if not is_in.any():
            return np.zeros(len(self.whole))
        covered = self.cells @ is_in.ravel().astype(float)
        share = np.divide(covered, self.whole, out=np.zeros_like(covered), where=self.whole > 0)
        return np.clip(np.where(share > _ROUNDING, share, 0.0), 0.0, 1.0)


def cover_of(grid: Grid, shapes: npt.NDArray[np.object_]) -> Cover:
    """Return which part of every cell of a grid some units cover.

    The share of a cell is the part that the pieces of a border inside it close off, and the
    fall of all pieces west of it in its row (see `Border`).

    Parameters
    ----------
    grid : Grid
        Small enough to be held in memory; only its lines matter.
    shapes : ndarray of Polygon or MultiPolygon
        Valid, in the reference system of the grid, none null or empty.

    Returns
    -------
    Cover
        The same as `zonal` measures but for rounding.
    """
    unit, row, column, share = _shares(border_of(grid, shapes).merged())
    top = int(row.min())
    rows = int(row.max()) - top + 1
    of_row = areas_of_rows(grid, top, rows) if grid.crs.is_geographic else np.ones(rows)
    area = share * of_row[row - top]
    whole = np.asarray(np.bincount(unit, area, len(shapes)), dtype=float)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    place = row[inside].astype(np.int64) * grid.columns + column[inside]
    size = (len(shapes), grid.rows * grid.columns)
    return Cover(sparse.csr_array((area[inside], (unit[inside], place)), shape=size), whole)


def _shares(border: Border) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return unit, row, column and covered share of every cell that is covered.

    Pieces are in order, one by unit, row and column.
    """
    is_same = (np.diff(border.unit) == 0) & (np.diff(border.row) == 0)
    begins = np.flatnonzero(np.r_[True, ~is_same])
    run = np.cumsum(border.fall)
    before = np.r_[0.0, run][begins]
    run -= np.repeat(before, np.diff(np.r_[begins, len(run)]))
    own = border.part + (run - border.fall)
    # Between two pieces of a row lie cells that no border crosses, all covered alike.
    gap = np.r_[np.where(is_same, np.diff(border.column) - 1, 0), 0]
    piece = np.repeat(np.arange(len(gap)), gap)
    step = np.arange(len(piece)) - np.repeat(np.cumsum(gap) - gap, gap)
    unit, row = np.r_[border.unit, border.unit[piece]], np.r_[border.row, border.row[piece]]
    column = np.r_[border.column, border.column[piece] + 1 + step]
    share = np.r_[own, run[piece]]
    kept = share > _ROUNDING
    return unit[kept], row[kept], column[kept], share[kept]
