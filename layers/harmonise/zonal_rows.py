"""Zonal totals of all units in one pass over the rows of a grid, each cell read once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import Border, areas_of_rows
from layers.harmonise.zonal_running import Limits, closed_off
from layers.harmonise.zonal_strips import strips
from layers.harmonise.zonal_terms import Statistic, Totals, Zones

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
        Read once, strip by strip, by another thread than this one.
    zones : Zones
        Units and a statistic that adds up: mean, sum or share.
    border : Border
        Of the units, cut at the lines of the grid.

    Returns
    -------
    Totals
        In the order of the units.
    """
    units = len(zones.shapes)
    above, known, limits = _Sum(units), _Sum(units), Limits(units)
    with ThreadPoolExecutor(1) as reader:
        for pieces, cells in strips(raster, border, reader):
            row = int(pieces.row[0])
            area = _areas(zones, raster, row, len(cells))[pieces.row - row]
            seen, values = closed_off(cells, pieces, zones, limits)
            known.add(pieces.unit, area * seen)
            above.add(pieces.unit, values if zones.statistic is Statistic.SUM else area * values)
    everything = _everything(raster, border, zones)
    if zones.statistic is Statistic.SUM:
        return Totals(above.rounded, known.rounded, everything)
    mean = np.divide(
        above.rounded, known.rounded, out=np.full(units, np.nan), where=known.rounded > 0
    )
    # Rounding may put a mean of equal cells a little beyond them: the cells between its ends bound it.
    return Totals(np.clip(mean, limits.lowest, limits.highest), known.rounded, everything)


def _areas(zones: Zones, grid: Grid, row: int, rows: int) -> np.ndarray:
    return areas_of_rows(grid, row, rows) if zones.is_geographic else np.ones(rows)


def _everything(grid: Grid, border: Border, zones: Zones) -> np.ndarray:
    """Return the area of each unit in the grid's measure, beyond the grid too."""
    top = int(border.row.min())
    area = _areas(zones, grid, top, int(border.row.max()) - top + 1)[border.row - top]
    shares = border.part - border.fall * (border.column + 1)
    return np.bincount(border.unit, area * shares, len(zones.shapes))
