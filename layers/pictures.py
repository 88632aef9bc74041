"""The rasters behind the layers, and the shaking between their units, as pictures of a web map."""

from functools import cache, partial

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.points import Box
from layers.reading import Reader
from layers.spec import LayerSpec
from layers.table.picture import Picture
from layers.terms import ToUnit

_PICTURED = (
    ToUnit.ZONAL_MEAN,
    ToUnit.ZONAL_SLOPE,
    ToUnit.ZONAL_LOW_COAST,
    ToUnit.LARGEST_INTENSITY,
    ToUnit.INTENSITY_OF_50_YEARS,
)


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
        # GDAL is loaded where something is drawn.
        from layers.drawing import cells_of_layer, picture_of

        try:
            return picture_of(layer, cells_of_layer(reader, layer, whole()), box, whole())
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
