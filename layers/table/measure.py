"""Figures that need the shape or the place of a unit: zonal statistics and shaking."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import DeclarationError
from layers.harmonise.grid import Grid
from layers.harmonise.inside import area_inside, length_inside, points_inside
from layers.harmonise.zonal import zonal_bands
from layers.harmonise.zonal_terms import Statistic
from layers.indicators.combine import combine
from layers.indicators.seismic_history import intensity_of_return, largest_intensity
from layers.indicators.terrain import PARTS, low_coast, slope_degrees
from layers.spec import LayerSpec
from layers.terms import ToUnit


def measure_grid(layer: LayerSpec, bands: Sequence[Grid], units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the zonal figure of each unit and the share of it that the raster covers.

    Parameters
    ----------
    layer : LayerSpec
        Declares how (``to_unit``), how several bands become one figure, the factor and the
        least coverage.
    bands : sequence of Grid
        Elevation in metres, in degrees, for slope and coast; anything for a mean.
    units : GeoDataFrame
        By ubigeo.

    Returns
    -------
    DataFrame of float
        By ubigeo: value, in the layer's unit; missing, not low, where a band covers less of the
        unit than the layer needs; coverage by the band that covers least, 0 to 1.
    """
    values, covered = measure_bands(layer, bands, units)
    return pd.DataFrame(
        {"value": combine(layer.combine, values) * layer.factor, "coverage": covered.min(axis=1)}
    )


def measure_bands(
    layer: LayerSpec, bands: Sequence[Grid], units: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the zonal figure of each unit under each band, and the share of it that is covered.

    Parameters
    ----------
    layer, bands, units
        As for ``measure_grid``.

    Returns
    -------
    tuple of DataFrame
        Values as the bands have them and shares of 0 to 1, by ubigeo, a column a band.
    """
    statistic = Statistic.SUM if layer.to_unit is ToUnit.ZONAL_SUM else Statistic.MEAN
    grids = [_to_be_measured(layer, grid) for grid in bands]
    found = dict(zip(layer.bands, zonal_bands(grids, units.geometry, statistic), strict=True))
    covered = pd.DataFrame({band: measured["coverage"] for band, measured in found.items()})
    values = pd.DataFrame({band: measured["value"] for band, measured in found.items()})
    return values.where(covered >= layer.coverage_needed), covered


def _to_be_measured(layer: LayerSpec, grid: Grid) -> Grid:
    if layer.to_unit is ToUnit.ZONAL_SLOPE:
        return grid.with_values(
            slope_degrees(_filled(grid), grid.latitudes, grid.width, grid.height)
        )
    if layer.to_unit is ToUnit.ZONAL_LOW_COAST:
        low = low_coast(_filled(grid), grid.longitudes, grid.latitudes)
        return grid.cut(PARTS).with_values(low)
    return grid


def cells_of(layer: LayerSpec, bands: Sequence[Grid]) -> Grid:
    """Return the figure of each cell of a raster, as `measure_grid` takes it under the units.

    Parameters
    ----------
    layer : LayerSpec
        Declares how several bands become one figure, and the factor.
    bands : sequence of Grid
        Small enough to be held whole.

    Returns
    -------
    Grid
        In the unit of the layer, held in memory.
    """
    grids = [_to_be_measured(layer, grid) for grid in bands]
    flat = pd.DataFrame({band: _filled(grid).ravel() for band, grid in enumerate(grids)})
    values = combine(layer.combine, flat) * layer.factor
    return grids[0].with_values(values.to_numpy().reshape(grids[0].rows, grids[0].columns))


def measure_features(
    layer: LayerSpec, features: gpd.GeoDataFrame, units: gpd.GeoDataFrame, covers_country: bool
) -> pd.Series:
    """Return what of the features of a map lies in each unit.

    Parameters
    ----------
    layer : LayerSpec
        Declares area, length or number.
    features : GeoDataFrame
        In EPSG:4326.
    units : GeoDataFrame
        By ubigeo, with area_km2.
    covers_country : bool
        True where the map shows the whole country, so that a unit without features has none.

    Returns
    -------
    Series of float
        km², km or a number by ubigeo; without features missing, or 0 where the map is whole.

    Raises
    ------
    DeclarationError
        Where the layer is not measured on features.
    """
    ways = {
        ToUnit.AREA_WITHIN: area_inside,
        ToUnit.LENGTH_WITHIN: length_inside,
        ToUnit.POINTS_WITHIN: points_inside,
    }
    if layer.to_unit not in ways:
        raise DeclarationError(
            "layer {layer}: {way} is not measured on features", layer=layer.id, way=layer.to_unit
        )
    found = ways[layer.to_unit](features.geometry, units) * layer.factor
    return (found.fillna(0.0) if covers_country else found).rename(layer.id)


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
    raise DeclarationError(
        "layer {layer}: {way} is not measured on events", layer=layer.id, way=layer.to_unit
    )


def _filled(grid: Grid) -> np.ndarray:
    return np.ma.filled(grid.values.astype(float), np.nan)
