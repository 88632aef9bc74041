"""Zonal totals of all units in one pass over the rows of a grid, each cell read once."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import Border, areas_of_rows
from layers.harmonise.zonal_terms import Statistic, Totals, Zones

_CELLS_AT_ONCE = 4_000_000
_ROUNDING = 1e-12


@dataclass
class _Sum:
    """Sums by unit of terms that cancel, and of their sizes."""

    units: int

    def __post_init__(self) -> None:
        self.total, self.size = np.zeros(self.units), np.zeros(self.units)

    def add(self, unit: np.ndarray, terms: np.ndarray) -> None:
        """Add terms to their units."""
        self.total += np.bincount(unit, terms, self.units)
        self.size += np.bincount(unit, np.abs(terms), self.units)

    @property
    def rounded(self) -> np.ndarray:
        """The totals, zero where nothing but rounding is left of the terms."""
        return np.where(np.abs(self.total) > _ROUNDING * self.size, self.total, 0.0)


def totals_by_rows(raster: Grid, zones: Zones, border: Border) -> Totals:
    """Return the totals of each unit.

    With P the running sum of a row up to a cell and with it, Σ f v of a unit is
    Σ part v − fall P over the pieces of its border: cells inside a unit are seen only in the
    sums of their rows. Every row is summed from the western edge of the grid, so that the
    figure of a unit is the same to the bit whichever units are measured with it.

    Parameters
    ----------
    raster : Grid
        Read once, in strips of at most ``_CELLS_AT_ONCE`` cells.
    zones : Zones
        Units and a statistic that adds up: mean, sum or share.
    border : Border
        Of the units, cut at the lines of the grid.

    Returns
    -------
    Totals
        In the order of the units.
    """
    above, known = _Sum(len(zones.shapes)), _Sum(len(zones.shapes))
    lowest, highest = np.full(len(zones.shapes), np.inf), np.full(len(zones.shapes), -np.inf)
    for row, pieces in _strips(raster, border):
        # One column west and one east, for what lies beyond the grid.
        size = (int(pieces.row[-1]) - row + 1, raster.columns + 2)
        seen, values = _values(raster.window(row, -1, *size), zones)
        area = _areas(zones, raster, row, size[0])[pieces.row - row]
        at = (pieces.row - row, pieces.column + 1)
        known.add(pieces.unit, area * _closed_off(seen, at, pieces))
        weight = 1.0 if zones.statistic is Statistic.SUM else area
        above.add(pieces.unit, weight * _closed_off(values, at, pieces))
        unit, runs = _runs(at, pieces.unit, values.shape[1])
        np.minimum.at(lowest, unit, np.minimum.reduceat(values.ravel(), runs)[::2])
        np.maximum.at(highest, unit, np.maximum.reduceat(values.ravel(), runs)[::2])
    everything = _everything(raster, border, zones)
    if zones.statistic is Statistic.SUM:
        return Totals(above.rounded, known.rounded, everything)
    mean = np.divide(
        above.rounded,
        known.rounded,
        out=np.full(len(zones.shapes), np.nan),
        where=known.rounded > 0,
    )
    # Rounding may put a mean of equal cells a little beyond them: the cells between its ends bound it.
    return Totals(np.clip(mean, lowest, highest), known.rounded, everything)


def _strips(grid: Grid, border: Border) -> Iterator[tuple[int, Border]]:
    """Yield first row and the pieces, in order of rows, of each strip."""
    # What lies west or east of the grid closes off all of its row, or nothing.
    inside = border.at((border.row >= 0) & (border.row < grid.rows))
    inside = inside.at(np.argsort(inside.row, kind="stable"))
    np.clip(inside.column, -1, grid.columns, out=inside.column)
    step = max(1, _CELLS_AT_ONCE // grid.columns)
    # From 0, so that strips keep to the blocks of the file as far as they can.
    tops = np.arange(0, grid.rows + step, step)
    edges = np.searchsorted(inside.row, tops)
    for first, last in itertools.pairwise(edges):
        if first < last:
            pieces = inside.at(slice(first, last))
            yield int(pieces.row[0]), pieces


def _values(cells: np.ma.MaskedArray, zones: Zones) -> tuple[np.ndarray, np.ndarray]:
    """Return where there is data, and what adds up: nothing where there is none."""
    seen = ~np.ma.getmaskarray(cells)
    if zones.statistic is Statistic.SHARE:
        low, high = zones.within
        return seen, seen & (cells.data >= low) & (cells.data < high)
    return seen, np.where(seen, cells.data, 0)


def _closed_off(
    values: np.ndarray, at: tuple[np.ndarray, np.ndarray], pieces: Border
) -> np.ndarray:
    running = np.cumsum(values, axis=1, dtype=float)
    return np.asarray(pieces.part * values[at] - pieces.fall * running[at])


def _runs(
    at: tuple[np.ndarray, np.ndarray], unit: np.ndarray, columns: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the unit, and begin and end in turn, of the cells between its ends in each row."""
    order = np.lexsort((at[1], unit, at[0]))
    row, column, of = at[0][order], at[1][order], unit[order]
    first = np.flatnonzero(np.r_[True, (np.diff(row) != 0) | (np.diff(of) != 0)])
    last = np.r_[first[1:], len(order)] - 1
    place = row.astype(np.int64) * columns
    # The column east of the grid ends what reaches it: no end is beyond the last cell.
    ends = np.minimum(column[last] + 1, columns - 1)
    begins = np.minimum(column[first], columns - 2)
    return of[first], np.column_stack([place[first] + begins, place[first] + ends]).ravel()


def _areas(zones: Zones, grid: Grid, row: int, rows: int) -> np.ndarray:
    return areas_of_rows(grid, row, rows) if zones.is_geographic else np.ones(rows)


def _everything(grid: Grid, border: Border, zones: Zones) -> np.ndarray:
    """Return the area of each unit in the grid's measure, beyond the grid too."""
    top = int(border.row.min())
    area = _areas(zones, grid, top, int(border.row.max()) - top + 1)[border.row - top]
    closed_off = border.part - border.fall * (border.column + 1)
    return np.bincount(border.unit, area * closed_off, len(zones.shapes))
