"""The rasters behind the layers, and the shaking between their units, as pictures of a web map."""

from dataclasses import dataclass, replace
from functools import cache, partial

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from rasterio.crs import CRS
from shapely.geometry.base import BaseGeometry

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.earthquakes import events_of
from layers.harmonise.grid import Grid, grid_of_values
from layers.harmonise.mercator import Box, to_mercator
from layers.measure import read_cells
from layers.reading import Reader
from layers.sources.read import read_table
from layers.spec import LayerSpec
from layers.table.measure import measure_events
from layers.terms import ToUnit

_WIDTH = 720
_SITE_DEGREES = 0.2
"""Between the sites at which shaking is pictured, some 22 km."""
_PICTURED = (
    ToUnit.ZONAL_MEAN,
    ToUnit.ZONAL_SLOPE,
    ToUnit.ZONAL_LOW_COAST,
    ToUnit.LARGEST_INTENSITY,
    ToUnit.INTENSITY_OF_50_YEARS,
)
NOTHING = 255
"""The class of a pixel without a figure."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A layer where it was measured, before it became one figure for each unit."""

    layer: str
    classes: np.ndarray
    """uint8, rows from north to south: class from 0 by ``breaks``, or ``NOTHING``."""
    breaks: tuple[float, ...]
    """Inner class limits, those of the layer; of a part that is or is not there, none."""


def read_pictures(reader: Reader, box: Box, land: gpd.GeoSeries) -> tuple[Picture, ...]:
    """Return a picture of each layer that a published raster or catalogue of earthquakes feeds.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue and where the files lie. A source that cannot be had was said to be
        lost when its figures were read.
    box : tuple of float
        West, south, east and north of the country.
    land : GeoSeries
        The country; the rest of a picture is empty.

    Returns
    -------
    tuple of Picture
        In the order of the catalogue. A raster that a planner loaded has none: it may be of any
        size.
    """

    @cache
    def whole() -> BaseGeometry:
        return shapely.union_all(land.to_numpy())

    def drawn(layer: LayerSpec) -> Picture | None:
        try:
            return picture_of(layer, _cells(reader, layer, whole()), box, whole())
        except (SourceUnavailableError, SourceDamagedError):
            return None

    found = []
    for layer in reader.catalogue.layers.values():
        if layer.to_unit not in _PICTURED or not layer.source:
            continue
        if reader.catalogue.source(layer.source).is_loaded:
            continue
        inputs = (layer, reader.files([layer.source]), box, reader.ground)
        picture = reader.steps.value("pictures", inputs, partial(drawn, layer))
        if picture is not None:
            found.append(picture)
    return tuple(found)


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


def _cells(reader: Reader, layer: LayerSpec, land: BaseGeometry) -> Grid:
    spec = reader.catalogue.source(str(layer.source))
    if layer.to_unit.is_zonal:
        return read_cells(layer, spec, reader.places)
    _, path = reader.locate(spec.id)
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
