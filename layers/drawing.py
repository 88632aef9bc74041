"""The pixels of a picture: the cells of a raster, or the shaking between the units, in classes."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from layers.harmonise.earthquakes import events_of
from layers.harmonise.grid import Grid, grid_of_values
from layers.harmonise.mercator import to_mercator
from layers.harmonise.points import Box
from layers.measure import read_cells
from layers.sources.locate import Places, locate
from layers.sources.read import read_table
from layers.spec import LayerSpec, SourceSpec
from layers.table.measure import measure_events
from layers.table.picture import NOTHING, Picture
from layers.terms import ToUnit

_WIDTH = 720
_SITE_DEGREES = 0.2
"""Between the sites at which shaking is pictured, some 22 km."""


def picture_of(layer: LayerSpec, cells: Grid, box: Box, land: BaseGeometry) -> Picture:
    """Return the classes of a grid of figures of a layer.

    Parameters
    ----------
    layer : LayerSpec
        Declares the breaks. Low coast is there or not: only what is there is drawn.
    cells : Grid
        In the unit of the layer.
    box : tuple of float
        What the picture covers, degrees.
    land : BaseGeometry
        The country, degrees.

    Returns
    -------
    Picture
        A value on a break belongs to the class above it, as on the map of the units.
    """
    is_part = layer.to_unit is ToUnit.ZONAL_LOW_COAST
    values = to_mercator(cells, box, land, _WIDTH, smooth=not is_part)
    known = ~np.isnan(values) & ((values > 0) | (not is_part))
    breaks = () if is_part else layer.breaks
    steps = np.searchsorted(np.asarray(breaks), values, side="right")
    return Picture(layer.id, np.where(known, steps, NOTHING).astype(np.uint8), breaks)


def cells_of_layer(layer: LayerSpec, spec: SourceSpec, places: Places, land: BaseGeometry) -> Grid:
    """Return the cells of the raster of a layer, or the shaking at sites over the country.

    Parameters
    ----------
    layer : LayerSpec
        One that is pictured.
    spec : SourceSpec
        Its source.
    places : Places
        Where the file may lie.
    land : BaseGeometry
        The country, degrees.

    Returns
    -------
    Grid
        In the unit of the layer.
    """
    if layer.to_unit.is_zonal:
        return read_cells(layer, spec, places)
    _, path = locate(spec, places)
    sites, empty = _sites(land)
    felt = measure_events(layer, events_of(read_table(path, spec), spec.id), sites)
    values = empty.values.copy().ravel()
    values[sites.index.to_numpy()] = felt.to_numpy()
    return empty.with_values(values.reshape(empty.rows, empty.columns))


def _sites(land: BaseGeometry) -> tuple[gpd.GeoDataFrame, Grid]:
    """Return points over the country and around its edge, and the grid whose cells they are."""
    # Coarse: it says only which sites are worth the sum.
    near = land.simplify(_SITE_DEGREES / 4).buffer(_SITE_DEGREES * 1.5)
    west, south, east, north = near.bounds
    columns, rows = (
        int(np.ceil(length / _SITE_DEGREES)) for length in (east - west, north - south)
    )
    place = rasterio.transform.from_origin(west, north, _SITE_DEGREES, _SITE_DEGREES)
    nothing = np.ma.MaskedArray(np.zeros((rows, columns)), mask=True)
    grid = replace(grid_of_values(nothing, place, CRS.from_epsg(4326)), dtype=np.dtype(float))
    lon, lat = (part.ravel() for part in np.meshgrid(grid.longitudes, grid.latitudes))
    shapely.prepare(near)
    sites = pd.DataFrame({"lon": lon, "lat": lat})[shapely.contains_xy(near, lon, lat)]
    return gpd.GeoDataFrame(sites, geometry=gpd.points_from_xy(sites["lon"], sites["lat"])), grid
