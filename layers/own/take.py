"""From a visitor's file to figures of units, with what became of every row."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from layers.errors import UserFileError, either
from layers.harmonise.grid import grid_of
from layers.harmonise.inside import features_outside
from layers.loaded_catalogue import awaited_of
from layers.own.asked import OWN, Asked
from layers.own.ground import Ground
from layers.own.look import open_own_table
from layers.own.raster import open_own_raster
from layers.own.rows import Report, Row
from layers.own.take_table import take_table
from layers.own.taken import answer_of, layer_of
from layers.sources.guard import format_of_file
from layers.sources.user_map import UserMap, read_user_map
from layers.spec import LayerSpec
from layers.table.measure import measure_features, measure_grid
from layers.terms import (
    AdminLevel,
    Dimension,
    Direction,
    RowState,
    ToUnit,
    Unit,
)

_WAYS = {
    "polygons": (ToUnit.AREA_WITHIN, Unit.KM2),
    "lines": (ToUnit.LENGTH_WITHIN, Unit.ROAD_KM),
    "points": (ToUnit.POINTS_WITHIN, Unit.COUNT),
}
_LEAST_COVERED = {True: 0.95, False: 0.5}
"""Share of a unit that a raster must cover: of a count nearly all, since more lost is a low count."""


def take(path: Path, name: str, asked: Asked, ground: Ground) -> dict[str, Any]:
    """Take the figures of a file.

    Parameters
    ----------
    path : Path
        The file, under a name of our own.
    name : str
        What its owner calls it.
    asked : Asked
        What it holds.
    ground : Ground
        The units of the product.

    Returns
    -------
    dict
        layers: title (a column; empty for what is measured), layer (id of the product's one that
        it is like, or empty), unit, level and figures by unit. rows: every row with its state.
        counts by state, and totals.

    Raises
    ------
    UserFileError
        Where nothing of it can be used.
    """
    found = format_of_file(path, name)
    if asked.kind != OWN and found not in (formats := awaited_of(asked.kind).formats):
        raise UserFileError(
            "{path} is not read as {kind}; give {formats}",
            path=name,
            kind=asked.kind,
            formats=either(formats),
        )
    if found in ("csv", "xlsx"):
        table = open_own_table(path, found, name)
        return take_table(table.frame, table.tags, name, asked, ground, path)
    if found == "geotiff":
        return _take_raster(path, name, asked, ground)
    read = read_user_map(path, name, found, ground.box, asked.system)
    if asked.kind == OWN and asked.value:
        words = pd.DataFrame(read.frame.drop(columns="geometry")).astype(str)
        return take_table(words, {}, name, asked, ground, path)
    return _take_map(read, name, asked, ground)


def _take_raster(path: Path, name: str, asked: Asked, ground: Ground) -> dict[str, Any]:
    units = ground.units()
    with open_own_raster(path, name) as raster:
        if asked.band not in raster.indexes:
            raise UserFileError(
                "{name} has no band {band}; choose another", name=name, band=asked.band
            )
        layer = _raster_layer(asked)
        found = measure_grid(layer, [grid_of(raster, asked.band)], units)
        figures = found["value"].dropna()
        rows = tuple(
            Row(
                row=place,
                state=RowState.PLACED if unit in figures.index else RowState.NO_FIGURE,
                unit=str(unit),
                figure=float(figures[unit]) if unit in figures.index else None,
                reason="" if unit in figures.index else "too_little_covered",
            )
            for place, unit in enumerate(units.index, 1)
        )
    like = "" if asked.kind == OWN else layer.id
    layers = [layer_of("", like, layer.unit, AdminLevel.DISTRICT, figures)] if len(figures) else []
    return answer_of(layers, Report(rows), name)


def _raster_layer(asked: Asked) -> LayerSpec:
    if asked.kind != OWN:
        return awaited_of(asked.kind).layers[0]
    is_count = asked.unit.is_extensive
    return LayerSpec(
        id=OWN,
        dimension=Dimension.POPULATION,
        unit=asked.unit,
        direction=Direction.NEUTRAL,
        source=OWN,
        to_unit=ToUnit.ZONAL_SUM if is_count else ToUnit.ZONAL_MEAN,
        min_coverage=_LEAST_COVERED[is_count],
    )


def _take_map(read: UserMap, name: str, asked: Asked, ground: Ground) -> dict[str, Any]:
    units = ground.units()
    way, unit = _WAYS[read.shape]
    layer = LayerSpec(
        id=OWN,
        dimension=Dimension.POPULATION,
        unit=unit,
        direction=Direction.NEUTRAL,
        source=OWN,
        to_unit=way,
    )
    spec = None if asked.kind == OWN else awaited_of(asked.kind)
    if spec is not None and spec.kind.value != read.shape:
        raise UserFileError(
            "{name} holds {shape}, not {kind}; give the kind that is asked for",
            name=name,
            shape=read.shape,
            kind=spec.kind,
        )
    whole = gpd.GeoDataFrame(geometry=read.frame.geometry.dropna(), crs=4326)
    figures = measure_features(layer, whole, units, covers_country=False).dropna()
    unit_shown = unit
    if spec is None and read.shape == "polygons" and asked.unit is Unit.PERCENT:
        figures = 100.0 * figures / units.loc[figures.index, "area_km2"]
        unit_shown = Unit.PERCENT
    outside = dict(features_outside(read.frame.geometry, units.geometry, read.shape))
    rows = tuple(_feature_row(int(place), read, outside) for place in read.frame.index)
    like = spec.layers[0].id if spec else ""
    layers = [layer_of("", like, unit_shown, AdminLevel.DISTRICT, figures)] if len(figures) else []
    return answer_of(layers, Report(rows), name)


def _feature_row(place: int, read: UserMap, outside: dict[int, Any]) -> Row:
    if place in read.faults:
        return Row(row=place, state=RowState.BAD_NUMBER, reason=read.faults[place])
    if place in outside:
        return Row(row=place, state=RowState.UNMATCHED, reason=outside[place].value)
    if place in read.repaired:
        changed = f"{100 * read.repaired[place]:.1f} %"
        return Row(row=place, state=RowState.REPAIRED, reason="area_changed", cell=changed)
    return Row(row=place, state=RowState.PLACED)
