"""The series that a catalogue declares, on the units of today."""

from collections.abc import Mapping
from functools import partial

import geopandas as gpd
import pandas as pd

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.crosswalk import UNCHANGED, Crosswalk
from layers.measuring import Measuring
from layers.reading import Reader
from layers.spec import SeriesSpec
from layers.table.carry import carry_figures, crosswalk_of
from layers.table.column import column_of
from layers.table.series import lift_means
from layers.terms import AdminLevel

Units = Mapping[AdminLevel, gpd.GeoDataFrame]


def read_series(
    reader: Reader,
    units: Units,
    people: Mapping[AdminLevel, pd.Series],
    vintages: Mapping[str, Crosswalk],
    measuring: Measuring,
) -> dict[str, pd.DataFrame]:
    """Read every series that can be had.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue and the units.
    units : dict
        Units of each level of the build, finest first.
    people : Mapping
        Residents by level and ubigeo, who weigh means upward.
    vintages : Mapping
        The way from each older vintage of units to those of today.
    measuring : Measuring
        Has begun with those whose times are the bands of a raster.

    Returns
    -------
    dict of DataFrame
        By id of the series: rows are units of every level that it speaks of, columns its times.
        A series whose source cannot be had is left out, its reason kept by the reader.
    """
    found = {}
    for series in reader.catalogue.series.values():
        level = next(iter(units)) if series.layer.to_unit.is_zonal else series.layer.native_level
        source = str(series.layer.source)
        vintage = vintages.get(reader.catalogue.source(source).units or "", UNCHANGED)
        values = reader.step(
            "series",
            [source],
            (series, reader.ground, people.get(level), vintage.links),
            partial(_of_every_level, reader, series, level, units, people, vintages, measuring),
        )
        if values is not None:
            found[series.id] = values
    return found


def _of_every_level(
    reader: Reader,
    series: SeriesSpec,
    level: AdminLevel,
    units: Units,
    people: Mapping[AdminLevel, pd.Series],
    vintages: Mapping[str, Crosswalk],
    measuring: Measuring,
) -> pd.DataFrame | None:
    values = _of_level(reader, series, level, units, people, vintages, measuring)
    if values is None:
        return None
    needed = series.layer.coverage_needed
    coarser = [other for other in units if other.digits < level.digits]
    lifted = [lift_means(values, people[level], other, needed) for other in coarser]
    return pd.concat([values, *lifted])


def _of_level(
    reader: Reader,
    series: SeriesSpec,
    level: AdminLevel,
    units: Units,
    people: Mapping[AdminLevel, pd.Series],
    vintages: Mapping[str, Crosswalk],
    measuring: Measuring,
) -> pd.DataFrame | None:
    source = str(series.layer.source)
    if level not in units:
        reader.seek(source)
        return None
    try:
        if series.layer.to_unit.is_zonal:
            return _measured(reader, series, measuring)
        return _published(reader, series, units[level], people[level], vintages)
    except (SourceUnavailableError, SourceDamagedError) as error:
        reader.lost(source, error)
        return None


def _measured(reader: Reader, series: SeriesSpec, measuring: Measuring) -> pd.DataFrame:
    source = str(series.layer.source)

    def made() -> pd.DataFrame:
        measured, values = measuring.times_of(series)
        if source not in reader.statuses:
            reader.had(source, measured.place, measured.size)
        return values

    return reader.step("times", *measuring.rests_on(series), made)


def _published(
    reader: Reader,
    series: SeriesSpec,
    units: gpd.GeoDataFrame,
    people: pd.Series,
    vintages: Mapping[str, Crosswalk],
) -> pd.DataFrame | None:
    spec = reader.catalogue.source(str(series.layer.source))
    rows = reader.rows(spec.id)
    if rows is None:
        return None
    crosswalk = crosswalk_of(spec, dict(vintages), units["area_km2"], people)
    columns = {
        time: carry_figures(layer, column_of(layer, rows, spec), people, crosswalk).values
        for time, layer in series.figures()
    }
    return pd.DataFrame(columns).reindex(units.index)
