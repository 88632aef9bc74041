"""From a raster, a map or a catalogue of earthquakes on this machine to figures of units."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
from rasterio import DatasetReader

from layers.errors import SourceDamagedError
from layers.harmonise.earthquakes import events_of
from layers.harmonise.grid import Grid, grid_of
from layers.sources.locate import Places, locate
from layers.sources.raster import open_raster
from layers.sources.read import read_table, read_vector
from layers.spec import LayerSpec, SeriesSpec, SourceSpec
from layers.table.column import check_range
from layers.table.measure import (
    cells_of,
    measure_bands,
    measure_events,
    measure_features,
    measure_grid,
)
from layers.terms import ToUnit
from layers.workers import HERE, Workers, parts_by_region


@dataclass(frozen=True)
class Measured:
    """The figures of a layer that was measured, and on what."""

    place: str
    """Which place held the file."""
    size: int
    """Its rows or cells."""
    values: pd.Series
    """By ubigeo, in the layer's unit."""
    coverage: pd.Series | None = None
    """Share of each unit under cells with data; None where nothing is covered or not."""


def measure(
    layer: LayerSpec,
    spec: SourceSpec,
    places: Places,
    units: gpd.GeoDataFrame,
    workers: Workers = HERE,
) -> Measured:
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
    workers : Workers
        Each takes some regions, and must find the file under the same path.

    Returns
    -------
    Measured
        Figures, their coverage, and the file that they were measured on: the same to the bit
        however many workers there are.

    Raises
    ------
    SourceUnavailableError
        Where no place holds the file.
    SourceDamagedError
        Where the file or a figure is not what is declared.
    """
    place, path = locate(spec, places)
    # A point on a border belongs to the first of all units, which no part of them knows.
    count = 1 if layer.to_unit is ToUnit.POINTS_WITHIN else workers.count
    parts = workers.map(
        partial(_measure_part, layer, spec, place, path), parts_by_region(units, count)
    )
    made = replace(parts[0], values=pd.concat([part.values for part in parts]))
    coverages = [part.coverage for part in parts if part.coverage is not None]
    if coverages:
        made = replace(made, coverage=pd.concat(coverages))
    check_range(layer, made.values)
    return made


def _measure_part(
    layer: LayerSpec, spec: SourceSpec, place: str, path: Path, units: gpd.GeoDataFrame
) -> Measured:
    if layer.to_unit.is_zonal:
        with open_raster(path, spec) as raster:
            found = measure_grid(layer, grids_of(layer, spec, raster), units)
            size = raster.width * raster.height
        return Measured(place, size, found["value"].rename(layer.id), found["coverage"])
    if layer.to_unit.is_overlaid:
        features = read_vector(path, spec)
        values = measure_features(layer, features, units, spec.covers_country)
        return Measured(place, len(features), values)
    rows = read_table(path, spec)
    values = measure_events(layer, events_of(rows, spec.id), units)
    return Measured(place, len(rows), values)


def measure_times(
    series: SeriesSpec,
    spec: SourceSpec,
    places: Places,
    units: gpd.GeoDataFrame,
    workers: Workers = HERE,
) -> tuple[Measured, pd.DataFrame]:
    """Measure a series whose times are the bands of a raster.

    Parameters
    ----------
    series : SeriesSpec
        Its layer is zonal.
    spec, places, units, workers
        As for ``measure``.

    Returns
    -------
    tuple of Measured, DataFrame
        The file, with no figures; and the figures by ubigeo, a column a time.

    Raises
    ------
    SourceUnavailableError, SourceDamagedError
        As ``measure``.
    """
    layer = series.layer
    place, path = locate(spec, places)
    parts = workers.map(
        partial(_measure_bands_part, layer, spec, path), parts_by_region(units, workers.count)
    )
    values = pd.concat([part for _, part in parts])
    found = (values * layer.factor).set_axis(list(series.times), axis=1)
    for time in series.times:
        check_range(layer, found[time])
    return Measured(place, parts[0][0], pd.Series(dtype=float)), found


def _measure_bands_part(
    layer: LayerSpec, spec: SourceSpec, path: Path, units: gpd.GeoDataFrame
) -> tuple[int, pd.DataFrame]:
    with open_raster(path, spec) as raster:
        values, _ = measure_bands(layer, grids_of(layer, spec, raster), units)
        return raster.width * raster.height, values


def grids_of(layer: LayerSpec, spec: SourceSpec, raster: DatasetReader) -> list[Grid]:
    """Return the bands of an open raster that a layer is made from.

    Parameters
    ----------
    layer : LayerSpec
        Names the bands.
    spec : SourceSpec
        Its source.
    raster : rasterio.DatasetReader
        Open as long as the grids are used.

    Returns
    -------
    list of Grid
        In the order of the layer.

    Raises
    ------
    SourceDamagedError
        Where the raster lacks a band.
    """
    absent = [band for band in layer.bands if band not in raster.indexes]
    if absent:
        raise SourceDamagedError(
            "source {source} has {count} bands and no band {band}, which layer {layer} is made "
            "from; declare a band that it has",
            source=spec.id,
            count=raster.count,
            band=absent[0],
            layer=layer.id,
        )
    return [grid_of(raster, band) for band in layer.bands]


def read_cells(layer: LayerSpec, spec: SourceSpec, places: Places) -> Grid:
    """Return the cells of the raster that a layer is measured on.

    Parameters
    ----------
    layer : LayerSpec
        One whose ``to_unit`` is zonal.
    spec : SourceSpec
        Its source, small enough to be held whole.
    places : Places
        Where the file may lie.

    Returns
    -------
    Grid
        In the unit of the layer, held in memory.
    """
    _, path = locate(spec, places)
    with open_raster(path, spec) as raster:
        return cells_of(layer, grids_of(layer, spec, raster))
