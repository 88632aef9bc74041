"""From a raster, a map or a catalogue of earthquakes on this machine to figures of units."""

import geopandas as gpd
import pandas as pd
from rasterio import DatasetReader

from layers.errors import SourceDamagedError
from layers.harmonise.earthquakes import events_of
from layers.harmonise.grid import Grid, grid_of
from layers.sources.locate import Places, locate
from layers.sources.raster import open_raster
from layers.sources.read import read_table, read_vector
from layers.spec import LayerSpec, SourceSpec
from layers.table.column import check_range
from layers.table.measure import measure_events, measure_features, measure_grid


def measure(
    layer: LayerSpec, spec: SourceSpec, places: Places, units: gpd.GeoDataFrame
) -> tuple[str, int, pd.Series]:
    """Measure a layer under its units.

    Parameters
    ----------
    layer : LayerSpec
        One whose ``to_unit`` is measured.
    spec : SourceSpec
        Its source.
    places : Places
        Where the file may lie.
    units : GeoDataFrame
        By ubigeo: geometry, lon and lat of a point inside.

    Returns
    -------
    tuple of str, int, Series
        The place that held the file, its rows, cells or features, and the figures by ubigeo in the layer's unit.

    Raises
    ------
    SourceUnavailableError
        Where no place holds the file.
    SourceDamagedError
        Where the file or a figure is not what is declared.
    """
    place, path = locate(spec, places)
    if layer.to_unit.is_zonal:
        with open_raster(path, spec) as raster:
            values = measure_grid(layer, _grids(layer, spec, raster), units)
            size = raster.width * raster.height
    elif layer.to_unit.is_overlaid:
        features = read_vector(path, spec)
        values = measure_features(layer, features, units, spec.covers_country)
        size = len(features)
    else:
        rows = read_table(path, spec)
        values, size = measure_events(layer, events_of(rows, spec.id), units), len(rows)
    check_range(layer, values)
    return place, size, values


def _grids(layer: LayerSpec, spec: SourceSpec, raster: DatasetReader) -> list[Grid]:
    absent = [band for band in layer.bands if band not in raster.indexes]
    if absent:
        raise SourceDamagedError(
            f"source {spec.id} has {raster.count} bands and no band {absent[0]}, which layer "
            f"{layer.id} is made from; declare a band that it has"
        )
    return [grid_of(raster, band) for band in layer.bands]
