"""What the pieces of a border close off of some rows of cells, from the running sums of the rows."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.harmonise.zonal_border import Border
from layers.harmonise.zonal_terms import Statistic, Zones

_CELLS_IN_CACHE = 2**19
"""Whose running sums a processor still holds when the pieces ask for them."""

_OF_16_BITS = 2**16


@dataclass
class Limits:
    """Lowest and highest of the cells between the ends of each unit."""

    units: int

    def __post_init__(self) -> None:
        self.lowest, self.highest = np.full(self.units, np.inf), np.full(self.units, -np.inf)

    def add(self, values: np.ndarray, at: tuple[np.ndarray, np.ndarray], unit: np.ndarray) -> None:
        """Look at the cells between the first and the last piece of each unit in each row."""
        of, runs = _runs(at, unit, values.shape[1], self.units)
        np.minimum.at(self.lowest, of, np.minimum.reduceat(values.ravel(), runs)[::2])
        np.maximum.at(self.highest, of, np.maximum.reduceat(values.ravel(), runs)[::2])


def closed_off(
    cells: np.ma.MaskedArray, pieces: Border, zones: Zones, limits: Limits
) -> tuple[np.ndarray, np.ndarray]:
    """Return what each piece closes off, in its own cell and east of it.

    Parameters
    ----------
    cells : MaskedArray, shape (rows, columns)
        From the western edge of a grid.
    pieces : Border
        In the order of rows, the first in the first one; column -1 is west of the cells.
    zones : Zones
        Tells what is summed.
    limits : Limits
        Is shown the values between the pieces of each unit.

    Returns
    -------
    tuple of ndarray
        Cells with data, and the sum of their values, by piece.
    """
    step = max(1, _CELLS_IN_CACHE // (cells.shape[1] + 2))
    found = []
    for top, here in _some_rows(pieces, step):
        seen, values = _padded(cells[top : top + step], zones)
        at = (here.row.astype(np.int64) - int(pieces.row[0]) - top, here.column + 1)
        limits.add(values, at, here.unit)
        known = here.part * seen[at] - here.fall * _running_counts(seen, at)
        above = here.part * values[at] - here.fall * _running_sums(values, at)
        found.append((known, above))
    known, above = (np.concatenate(terms) for terms in zip(*found, strict=True))
    return known, above


def _running_counts(seen: np.ndarray, at: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return how many cells of a row up to some cells and with them have data.

    The rows are the parts of one long number, which are counted together: none of them runs
    over into the next, for it is as wide as its count may be.
    """
    rows, columns = seen.shape
    part = np.dtype(np.uint16 if columns < _OF_16_BITS else np.uint32)
    together = np.dtype(np.uint64).itemsize // part.itemsize
    counts = np.zeros((-(-rows // together), columns, together), dtype=part)
    for turn in range(together):
        of_rows = seen[turn::together]
        counts[: len(of_rows), :, turn] = of_rows
    numbers = counts.view(np.uint64)[..., 0]
    np.cumsum(numbers, axis=1, out=numbers)
    group, turns = np.divmod(at[0], together)
    found: np.ndarray = counts[group, at[1], turns]
    return found


def _running_sums(values: np.ndarray, at: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the sum of a row up to some cells and with them.

    Each step of a running sum waits for the one before it. Two rows, as the parts of complex
    numbers, wait together, and have the same sums as each by itself.
    """
    rows, columns = values.shape
    pairs = np.zeros((-(-rows // 2), columns), dtype=complex)
    pairs.real, pairs.imag[: rows // 2] = values[::2], values[1::2]
    np.cumsum(pairs, axis=1, out=pairs)
    pair, part = np.divmod(at[0], 2)
    sums: np.ndarray = pairs.view(float)[pair, 2 * at[1] + part]
    return sums


def _some_rows(pieces: Border, step: int) -> Iterator[tuple[int, Border]]:
    """Yield the first of every so many rows, from that of the first piece, and their pieces."""
    first, last = int(pieces.row[0]), int(pieces.row[-1])
    tops = np.arange(0, last - first + 1 + step, step)
    edges = np.searchsorted(pieces.row, first + tops)
    for top, (begin, end) in zip(tops, itertools.pairwise(edges), strict=False):
        if begin < end:
            yield int(top), pieces.at(slice(begin, end))


def _padded(cells: np.ma.MaskedArray, zones: Zones) -> tuple[np.ndarray, np.ndarray]:
    """Return where there is data, and what adds up: nothing where there is none.

    One column more west and east stands for what lies beyond the grid.
    """
    rows, columns = cells.shape
    seen = np.zeros((rows, columns + 2), dtype=bool)
    np.logical_not(np.ma.getmaskarray(cells), out=seen[:, 1:-1])
    values = np.zeros(seen.shape, dtype=bool if zones.statistic is Statistic.SHARE else cells.dtype)
    inner = values[:, 1:-1]
    if zones.statistic is Statistic.SHARE:
        low, high = zones.within
        inner[:] = seen[:, 1:-1] & (cells.data >= low) & (cells.data < high)
    else:
        inner[:] = cells.data
        inner[~seen[:, 1:-1]] = 0
    return seen, values


def _runs(
    at: tuple[np.ndarray, np.ndarray], unit: np.ndarray, columns: int, units: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the unit, and begin and end in turn, of the cells between its ends in each row."""
    row, column = at
    # One number for row, unit and column: sorting it takes a fraction of sorting by all three.
    key = (row * units + unit) * columns + column
    key.sort()
    run, column = np.divmod(key, columns)
    first = np.flatnonzero(np.diff(run, prepend=-1))
    last = np.r_[first[1:], len(run)] - 1
    row, of = np.divmod(run[first], units)
    # The column east of the grid ends what reaches it: no end is beyond the last cell.
    ends = np.minimum(column[last] + 1, columns - 1)
    begins = np.minimum(column[first], columns - 2)
    return of, (row * columns + np.stack([begins, ends])).ravel(order="F")
