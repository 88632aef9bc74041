"""The figures that layers take from their sources, on the units of today."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.admin import to_numbers
from layers.harmonise.crosswalk import UNCHANGED, Crosswalk
from layers.measuring import Measuring
from layers.reading import Reader
from layers.spec import Catalogue, LayerSpec, Published
from layers.table.carry import carry_figures, crosswalk_of
from layers.table.column import column_of, complete_regions
from layers.table.ground import Figures, Ground, LevelTable
from layers.terms import AdminLevel, Sensitivity


def read_figures(
    reader: Reader,
    units: dict[AdminLevel, gpd.GeoDataFrame],
    ground: Ground,
    vintages: dict[str, Crosswalk],
    measuring: Measuring,
) -> dict[tuple[str, AdminLevel], Figures]:
    """Read every published figure that can be had.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue and the units.
    units : dict
        Units of each level of the build, finest first.
    ground : Ground
        Names the layer of the population, whose shares weigh rates.
    vintages : dict
        The way from each older vintage of units to those of today.
    measuring : Measuring
        Has begun with what is measured.

    Returns
    -------
    dict
        Figures by layer and level.
    """
    found: dict[tuple[str, AdminLevel], Figures] = {}
    published: dict[str, pd.Series] = {}
    # What is measured is asked for last: another process is at it meanwhile.
    for layer in sorted(reader.catalogue.layers.values(), key=lambda one: one.to_unit.is_measured):
        if layer.to_unit.is_measured:
            if measuring.is_measured(layer):
                _add_measured(reader, layer, next(iter(units)), measuring, found)
        elif layer.to_unit.is_of_places:
            continue
        elif layer.source and layer.native_level in units:
            _add_carried(reader, layer, published, ground, vintages, found)
        elif layer.source:
            reader.seek(layer.source)
        if layer.published and (layer.id, AdminLevel.REGION) not in found:
            _add_published(reader, layer, layer.published, found)
    return found


def _add_carried(
    reader: Reader,
    layer: LayerSpec,
    published: dict[str, pd.Series],
    ground: Ground,
    vintages: dict[str, Crosswalk],
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    """Add the figures of a published layer, and remember them as they were published too."""
    source = str(layer.source)
    nobody = pd.Series(dtype=float)
    weights = layer.weight or ground.population

    def made() -> tuple[pd.Series, Figures] | None:
        values = _published_values(reader, layer, source)
        if values is None:
            return None
        known = {**published, layer.id: values}
        people, own = known.get(ground.population, nobody), known.get(weights, nobody)
        return values, _carried(reader, layer, values, people, own, ground, vintages)

    vintage = vintages.get(reader.catalogue.source(source).units or "", UNCHANGED)
    inputs = (
        layer,
        reader.ground,
        vintage.links,
        published.get(ground.population),
        published.get(weights),
        ground.population,
    )
    sources = [source, layer.units_of] if layer.units_of else [source]
    carried = reader.step("figures", sources, inputs, made)
    if carried is not None:
        published[layer.id], found[layer.id, layer.native_level] = carried


def _published_values(reader: Reader, layer: LayerSpec, source: str) -> pd.Series | None:
    """Return the figures of a layer by code of their source, or None (with its reason kept)."""
    rows = reader.rows(source)
    if rows is None:
        return None
    try:
        return column_of(layer, rows, reader.catalogue.source(source))
    except SourceDamagedError as error:
        reader.lost(source, error)
        return None


def _carried(
    reader: Reader,
    layer: LayerSpec,
    values: pd.Series,
    people: pd.Series,
    weights: pd.Series,
    ground: Ground,
    vintages: dict[str, Crosswalk],
) -> Figures:
    """Return the published figures of a layer on the units of today."""
    area = ground.area_km2[layer.native_level]
    spec = reader.catalogue.source(layer.source or "")
    carried = carry_figures(
        layer,
        values,
        weights,
        crosswalk_of(spec, vintages, area, people),
        _units_then(reader, layer),
    )
    return Figures(carried.values, spec.id, carried.parents)


def _units_then(reader: Reader, layer: LayerSpec) -> pd.Index | None:
    """Return the units of the time of a source that have none if it leaves them out."""
    rows = reader.rows(layer.source or "")
    if layer.units_of is None or rows is None:
        return None
    then = reader.rows(layer.units_of)
    units = (rows if then is None else then).index.unique()
    if not layer.complete:
        return units
    regions = units.str[: AdminLevel.REGION.digits]
    return units[regions.isin(sorted(complete_regions(layer, rows)))]


def _add_measured(
    reader: Reader,
    layer: LayerSpec,
    level: AdminLevel,
    measuring: Measuring,
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    source = str(layer.source)

    def made() -> Figures | None:
        try:
            measured = measuring.of(layer)
        except (SourceUnavailableError, SourceDamagedError) as error:
            reader.lost(source, error)
            return None
        reader.had(source, measured.place, measured.size)
        return Figures(measured.values, source, coverage=measured.coverage)

    figures = reader.step("measured", *measuring.rests_on(layer), made)
    if figures is not None:
        found[layer.id, level] = figures


def _add_published(
    reader: Reader,
    layer: LayerSpec,
    published: Published,
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    spec = reader.catalogue.source(published.source)

    def made() -> Figures | None:
        rows = reader.rows(spec.id)
        return None if rows is None else Figures(to_numbers(rows[published.column], spec), spec.id)

    figures = reader.step("figures", [spec.id], (published, reader.ground), made)
    if figures is not None:
        found[layer.id, AdminLevel.REGION] = figures


def published_of_regions(
    figures: Mapping[tuple[str, AdminLevel], Figures],
    catalogue: Catalogue,
    masked: Mapping[AdminLevel, LevelTable],
) -> pd.DataFrame:
    """Return the published figures of the regions.

    Parameters
    ----------
    figures : mapping
        From `read_figures`.
    catalogue : Catalogue
        The layers.
    masked : mapping
        Tables of the public edition: in it a restricted figure is what they say, not what was
        published. Empty in the full one.

    Returns
    -------
    DataFrame of float
        By ubigeo of region, one column per layer that is published for the regions too.
    """
    found = {
        layer.id: masked[AdminLevel.REGION].values[layer.id]
        if masked and layer.sensitivity is Sensitivity.RESTRICTED
        else figures[layer.id, AdminLevel.REGION].values
        for layer in catalogue.layers.values()
        if layer.published and (layer.id, AdminLevel.REGION) in figures
    }
    return pd.DataFrame(found, dtype=float).rename_axis("ubigeo")
