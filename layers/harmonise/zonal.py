"""From a grid to units of area: mean, sum, share and maximum with exact partial coverage."""

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import SourceDamagedError
from layers.harmonise.grid import Grid
from layers.harmonise.zonal_border import border_of
from layers.harmonise.zonal_cells import highest_of_cells
from layers.harmonise.zonal_rows import totals_by_rows
from layers.harmonise.zonal_terms import Statistic, Totals, Zones

EVERYTHING = (-np.inf, np.inf)


def zonal(
    raster: Grid,
    units: gpd.GeoSeries,
    statistic: Statistic,
    *,
    within: tuple[float, float] = EVERYTHING,
) -> pd.DataFrame:
    """Return a statistic of the cells under each unit.

    With f_i the share of cell i that the unit covers and a_i the area of the cell (on the
    sphere in a geographic reference system, 1 in a projected one): mean Σ f a v / Σ f a;
    sum Σ f v; share Σ f a 1[low ≤ v < high] / Σ f a; max over cells with f > 0. No-data is
    left out of all of them. Source: methods, section 4.

    Parameters
    ----------
    raster : Grid
        Read window by window, so that memory does not follow its size.
    units : GeoSeries
        Polygons with a reference system; brought to that of the raster.
    statistic : Statistic
        mean, sum, share or max.
    within : tuple of float
        (low, high): cells with low ≤ v < high count for a share; a threshold t is (t, inf).

    Returns
    -------
    DataFrame
        By the index of the units. ``value``: in the unit of the raster, 0–1 for a share,
        missing where no cell with data is covered. ``coverage``: 0–1, share of the unit's
        area under cells with data; 0 for a null or empty geometry.

    Raises
    ------
    SourceDamagedError
        Where the units have no reference system.
    """
    return zonal_bands([raster], units, statistic, within=within)[0]


def zonal_bands(
    bands: Sequence[Grid],
    units: gpd.GeoSeries,
    statistic: Statistic,
    *,
    within: tuple[float, float] = EVERYTHING,
) -> list[pd.DataFrame]:
    """Return a statistic of several bands of one raster under each unit.

    The border of the units is cut once at the lines that the bands share.

    Parameters
    ----------
    bands : sequence of Grid
        Of the same cells; at least one.
    units, statistic, within
        As for ``zonal``.

    Returns
    -------
    list of DataFrame
        As ``zonal`` returns it, one a band.

    Raises
    ------
    SourceDamagedError
        Where the units have no reference system.
    """
    raster = bands[0]
    if units.crs is None:
        raise SourceDamagedError(
            "these units state no reference system; set one before measuring them"
        )
    placed = units if units.crs == raster.crs else units.to_crs(raster.crs)
    shapes = placed.to_numpy()
    some = np.array([shape is not None and not shape.is_empty for shape in shapes], dtype=bool)
    if not some.any():
        nothing = pd.DataFrame({"value": np.nan, "coverage": 0.0}, index=units.index)
        return [nothing] * len(bands)
    zones = Zones(shapes[some], statistic, within, raster.crs.is_geographic)
    border = border_of(raster, zones.shapes)
    border = border if len(bands) == 1 else border.merged()
    found = []
    for band in bands:
        totals = totals_by_rows(band, zones, border)
        if statistic is Statistic.MAX:
            totals = replace(totals, value=highest_of_cells(band, zones.shapes))
        value, coverage = np.full(len(shapes), np.nan), np.zeros(len(shapes))
        value[some], coverage[some] = _finish(totals, statistic)
        found.append(pd.DataFrame({"value": value, "coverage": coverage}, index=units.index))
    return found


def _finish(totals: Totals, statistic: Statistic) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage = np.clip(np.nan_to_num(totals.known / totals.all), 0.0, 1.0)
    value = np.where(totals.known > 0, totals.value, np.nan)
    if statistic is Statistic.SHARE:
        value = np.clip(value, 0.0, 1.0)
    return value, coverage
