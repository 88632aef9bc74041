"""From a visitor's file to figures of units, with what became of every row."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.catalogue.sectors import R4V
from layers.errors import UserFileError, either
from layers.harmonise.assign import assign_units
from layers.harmonise.grid import grid_of
from layers.harmonise.inside import features_outside
from layers.harmonise.number_text import read_numbers
from layers.loaded_catalogue import awaited_of
from layers.own.asked import OWN, Asked
from layers.own.ground import Ground
from layers.own.look import open_own_table
from layers.own.raster import open_own_raster
from layers.own.rows import Report, Row, figures_of, report_of
from layers.sources.guard import format_of_file
from layers.sources.user_columns import guess_columns
from layers.sources.user_map import UserMap, read_user_map
from layers.spec import AwaitedSpec, LayerSpec
from layers.table.loaded_need import find_columns
from layers.table.measure import measure_features, measure_grid
from layers.terms import (
    AdminLevel,
    Dimension,
    Direction,
    FileKind,
    RowState,
    ToUnit,
    Unit,
)
from layers.user_files import read_activity

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
        return _take_table(table.frame, table.tags, name, asked, ground, path)
    if found == "geotiff":
        return _take_raster(path, name, asked, ground)
    read = read_user_map(path, name, found, ground.box, asked.system)
    if asked.kind == OWN and asked.value:
        words = pd.DataFrame(read.frame.drop(columns="geometry")).astype(str)
        return _take_table(words, {}, name, asked, ground, path)
    return _take_map(read, name, asked, ground)


def _take_table(
    frame: pd.DataFrame,
    tags: dict[str, str],
    name: str,
    asked: Asked,
    ground: Ground,
    path: Path,
) -> dict[str, Any]:
    spec = None if asked.kind == OWN else awaited_of(asked.kind)
    if spec is not None and spec.kind is FileKind.ACTIVITY:
        return _take_activity(path, asked, ground)
    header = [str(column) for column in frame.columns]
    columns = _figure_columns(header, tags, asked, spec, name)
    parts = _place_columns(header, tags, asked, columns, name)
    rows = pd.DataFrame({part: frame[column] for part, column in parts.items()})
    assignment = assign_units(rows, ground.equivalence(), asked.scheme)
    if assignment.refused:
        raise UserFileError(
            "{name}: it is not certain whether its codes are INEI or RENIEC; state which, or add the names",
            name=name,
        )
    layers: list[dict[str, Any]] = []
    reports: list[Report] = []
    for layer, column in columns.items():
        texts = pd.DataFrame(
            {
                "code": rows.get("code", ""),
                "name": rows.get("name", ""),
                "cell": frame[column],
            }
        )
        pattern = spec.accepted.pattern if spec else ""
        numbers = read_numbers(frame[column], asked.valid if not spec else (0, np.inf), pattern)
        report = report_of(texts, assignment, numbers, asked.adds_rows and spec is None)
        reports.append(report)
        figures = figures_of(report)
        if len(figures):
            unit = _unit_of(spec) if spec else asked.unit
            layers.append(_layer(column, layer, unit, assignment.level, figures))
    return _answer(layers, _worst(reports), name)


def _figure_columns(
    header: list[str],
    tags: dict[str, str],
    asked: Asked,
    spec: AwaitedSpec | None,
    name: str,
) -> dict[str, str]:
    """Return the columns of figures, by the layer of the product or, for one's own, by ``""``."""
    if spec is not None:
        return find_columns(header, tags, spec.columns)
    if asked.value not in header:
        raise UserFileError(
            "{name} has no column {column!r}; choose that of the figures",
            name=name,
            column=asked.value,
        )
    return {"": asked.value}


def _place_columns(
    header: list[str], tags: dict[str, str], asked: Asked, columns: dict[str, str], name: str
) -> dict[str, str]:
    free = [column for column in header if column not in {*columns.values(), asked.code}]
    found = guess_columns(free, tags)
    if asked.code:
        if asked.code not in header:
            raise UserFileError(
                "{name} has no column {column!r}; choose that of the codes",
                name=name,
                column=asked.code,
            )
        found["code"] = asked.code
    if not found or not columns:
        raise UserFileError(
            "{name} has no column of codes or names of units, or none of figures; choose them",
            name=name,
        )
    return found


def _unit_of(spec: AwaitedSpec) -> Unit:
    """Return what the cells of a table that is awaited are counted in."""
    if spec.id == "severity":
        return Unit.SEVERITY
    return spec.layers[0].unit if spec.layers else Unit.PEOPLE


def _worst(reports: list[Report]) -> Report:
    """Return one report of several columns: of each row the state that asks for most work."""
    if len(reports) == 1:
        return reports[0]
    order = list(RowState)
    # A blank cell beside a figure asks for nothing.
    order.remove(RowState.NO_FIGURE)
    order.insert(0, RowState.NO_FIGURE)
    return Report(
        tuple(
            max(rows, key=lambda row: order.index(row.state))
            for rows in zip(*(report.rows for report in reports), strict=True)
        )
    )


def _take_activity(path: Path, asked: Asked, ground: Ground) -> dict[str, Any]:
    read = read_activity(path, R4V, ground.equivalence(), asked.scheme)
    lost = {item.row: item for item in read.unused}
    rows = [
        Row(
            row=item.row,
            state=RowState.UNMATCHED,
            code=item.code,
            name=item.name,
            reason=item.reason,
            nearest=item.nearest,
        )
        for item in lost.values()
    ]
    placed = [
        Row(row=int(row), state=RowState.PLACED, unit=str(unit))
        for row, unit in read.rows["unit"].items()
        if int(row) not in lost
    ]
    merged = tuple(sorted([*rows, *placed], key=lambda row: row.row))
    return _answer([], Report(merged), "", needs_figures=False)


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
    layers = [_layer("", like, layer.unit, AdminLevel.DISTRICT, figures)] if len(figures) else []
    return _answer(layers, Report(rows), name)


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
    layers = [_layer("", like, unit_shown, AdminLevel.DISTRICT, figures)] if len(figures) else []
    return _answer(layers, Report(rows), name)


def _feature_row(place: int, read: UserMap, outside: dict[int, Any]) -> Row:
    if place in read.faults:
        return Row(row=place, state=RowState.BAD_NUMBER, reason=read.faults[place])
    if place in outside:
        return Row(row=place, state=RowState.UNMATCHED, reason=outside[place].value)
    if place in read.repaired:
        changed = f"{100 * read.repaired[place]:.1f} %"
        return Row(row=place, state=RowState.REPAIRED, reason="area_changed", cell=changed)
    return Row(row=place, state=RowState.PLACED)


def _layer(
    title: str, layer: str, unit: Unit, level: AdminLevel, figures: pd.Series
) -> dict[str, Any]:
    return {
        "title": title,
        "layer": layer,
        "unit": unit.value,
        "level": level.value,
        "figures": {str(code): float(value) for code, value in figures.items()},
    }


def _answer(
    layers: list[dict[str, Any]], report: Report, name: str, needs_figures: bool = True
) -> dict[str, Any]:
    if needs_figures and not layers and not report.rows:
        raise UserFileError("{name} has no figure of a known unit; check its codes", name=name)
    return {
        "layers": layers,
        "rows": [asdict(row) for row in report.rows],
        "counts": report.counts,
        "totals": report.totals,
    }
