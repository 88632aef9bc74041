"""Figures that need the shape or the place of a unit: zonal statistics and shaking."""

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import DeclarationError
from layers.harmonise.grid import Grid
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic
from layers.indicators.seismic_history import intensity_of_return, largest_intensity
from layers.indicators.terrain import PARTS, low_coast, slope_degrees
from layers.spec import LayerSpec
from layers.terms import ToUnit


def measure_grid(layer: LayerSpec, grid: Grid, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the zonal figure of each unit and the share of it that the grid covers.

    Parameters
    ----------
    layer : LayerSpec
        Declares how (``to_unit``), the factor and the least coverage.
    grid : Grid
        Elevation in metres, in degrees, for slope and coast; anything for a mean.
    units : GeoDataFrame
        By ubigeo.

    Returns
    -------
    DataFrame of float
        By ubigeo: value, in the layer's unit; missing, not low, where the grid covers less of
        the unit than the layer needs; coverage, 0 to 1.
    """
    if layer.to_unit is ToUnit.ZONAL_SLOPE:
        grid = grid.with_values(
            slope_degrees(_filled(grid), grid.latitudes, grid.width, grid.height)
        )
    elif layer.to_unit is ToUnit.ZONAL_LOW_COAST:
        low = low_coast(_filled(grid), grid.longitudes, grid.latitudes)
        grid = grid.cut(PARTS).with_values(low)
    found = zonal(grid, units.geometry, Statistic.MEAN)
    known = found["coverage"] >= layer.coverage_needed
    return found.assign(value=found["value"].where(known) * layer.factor)


def measure_events(layer: LayerSpec, events: pd.DataFrame, units: gpd.GeoDataFrame) -> pd.Series:
    """Return the shaking of each unit, at the point inside it.

    Parameters
    ----------
    layer : LayerSpec
        Declares whether the largest or that of the return of 50 years.
    events : DataFrame
        lon, lat, depth_km, magnitude and year.
    units : GeoDataFrame
        By ubigeo, with lon and lat.

    Returns
    -------
    Series of float
        Modified Mercalli intensity by ubigeo.

    Raises
    ------
    DeclarationError
        Where the layer is not one of shaking.
    """
    sites = pd.DataFrame({"lon": units["lon"], "lat": units["lat"]}).dropna()
    if layer.to_unit is ToUnit.LARGEST_INTENSITY:
        return largest_intensity(events, sites).rename(layer.id)
    if layer.to_unit is ToUnit.INTENSITY_OF_50_YEARS:
        return intensity_of_return(events, sites, 50.0).rename(layer.id)
    raise DeclarationError(f"layer {layer.id}: {layer.to_unit} is not measured on events")


def _filled(grid: Grid) -> np.ndarray:
    return np.ma.filled(grid.values.astype(float), np.nan)
