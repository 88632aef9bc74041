"""The rows of a grid strip by strip, each read while the one before it is summed."""

from collections.abc import Iterator
from concurrent.futures import Executor

import numpy as np

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import Border

_CELLS_AT_ONCE = 4_000_000


def strips(
    grid: Grid, border: Border, reader: Executor
) -> Iterator[tuple[Border, np.ma.MaskedArray]]:
    """Yield the rows that units touch, in the order of a file.

    Parameters
    ----------
    grid : Grid
        Read once, in strips of at most ``_CELLS_AT_ONCE`` cells, as far east as units reach.
    border : Border
        Of the units, in any order.
    reader : Executor
        Of one worker, the only one that reads the grid meanwhile.

    Yields
    ------
    tuple of Border, MaskedArray
        Pieces by row, within it as they were given, and what lies beyond the grid in the column
        west or east of it; cells from the row of the first piece to that of the last.
    """
    asked = ((pieces, reader.submit(_cells_of, grid, pieces)) for pieces in _by_strip(grid, border))
    now = next(asked, None)
    while now:
        # Asked for before this one is summed.
        following = next(asked, None)
        pieces, cells = now
        yield pieces, cells.result()
        now = following


def _by_strip(grid: Grid, border: Border) -> Iterator[Border]:
    row = border.row - border.row.min()
    if row.max() < 2**16:
        # Numbers of 16 bits are put in order by their digits, in half the time.
        row = row.astype(np.uint16)
    order = np.argsort(row, kind="stable")
    del row
    # From 0, so that strips keep to the blocks of the file as far as they can.
    step = max(1, _CELLS_AT_ONCE // grid.columns)
    tops = np.minimum(np.arange(0, grid.rows + step, step), grid.rows)
    for part in np.split(order, np.searchsorted(border.row, tops, sorter=order))[1:-1]:
        if len(part):
            pieces = border.at(part)
            # What lies west or east of the grid closes off all of its row, or nothing.
            np.clip(pieces.column, -1, grid.columns, out=pieces.column)
            yield pieces


def _cells_of(grid: Grid, pieces: Border) -> np.ma.MaskedArray:
    # Running sums begin in the west: nobody looks at what lies east of the last piece.
    columns = min(max(int(pieces.column.max()) + 1, 1), grid.columns)
    top, bottom = int(pieces.row[0]), int(pieces.row[-1]) + 1
    return grid.read(top, 0, bottom - top, columns)
