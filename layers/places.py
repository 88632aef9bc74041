"""Places of every source, read once: facilities, warehouses, ports, settlements."""

from collections.abc import Callable
from functools import cache, partial

import geopandas as gpd
import pandas as pd
import shapely

from layers.errors import SourceDamagedError
from layers.harmonise.crosswalk import UNCHANGED, Crosswalk
from layers.harmonise.placing import place_points
from layers.harmonise.points import Box, points_of
from layers.reading import Reader
from layers.spec import LayerSpec, SourceSpec
from layers.table.column import check_range
from layers.table.ground import Figures
from layers.table.places import count_places, distance_to_places, homes_of
from layers.terms import AdminLevel, PlaceKind, ToUnit

PLACE_COLUMNS = ("source", "kind", "code", "name", "category", "ubigeo", "people", "lon", "lat")
_TABLES = ("csv", "xlsx")


def no_places() -> gpd.GeoDataFrame:
    """Return the places of a build that has none."""
    numbers = dict.fromkeys(("people", "lon", "lat"), float)
    empty = pd.DataFrame({name: pd.Series(dtype=object) for name in PLACE_COLUMNS}).astype(numbers)
    return _with_points(empty)


def read_places(
    reader: Reader,
    units: dict[AdminLevel, gpd.GeoDataFrame],
    names: pd.DataFrame,
    vintages: dict[str, Crosswalk],
    box: Box,
) -> gpd.GeoDataFrame:
    """Read every source whose rows are places, and keep what became of them.

    Parameters
    ----------
    reader : Reader
        Knows the catalogue; gets the report of each source.
    units : dict
        Units of each level of the build, finest first.
    names : DataFrame
        By ubigeo of district: distrito, provincia, region.
    vintages : dict
        The way from each older vintage of units to those of today.
    box : tuple of float
        West, south, east and north of the country.

    Returns
    -------
    GeoDataFrame
        source, kind, code, name, category, ubigeo (empty where unknown), people (missing
        where unknown), lon, lat and geometry (none without a usable point). Empty without
        districts, whose borders tell where a place stands.
    """
    found = []
    for spec in reader.catalogue.sources.values():
        if spec.points is None:
            continue
        if AdminLevel.DISTRICT not in units:
            reader.seek(spec.id)
            continue
        crosswalk = vintages.get(spec.units or "", UNCHANGED)
        places = reader.step(
            "places",
            [spec.id],
            (reader.ground, names, crosswalk.links, box),
            partial(_places_of, reader, spec, units[AdminLevel.DISTRICT], names, crosswalk, box),
        )
        if places is not None:
            found.append(places)
    if not found:
        return no_places()
    known = _with_points(pd.concat(found, ignore_index=True))
    reader.steps.know(known, told_by=tuple(found))
    return known


def _places_of(
    reader: Reader,
    spec: SourceSpec,
    units: gpd.GeoDataFrame,
    names: pd.DataFrame,
    crosswalk: Crosswalk,
    box: Box,
) -> pd.DataFrame | None:
    rows = reader.plain(spec.id) if spec.format in _TABLES else reader.vector_or_none(spec.id)
    if rows is None:
        return None
    try:
        points, report = points_of(rows, spec, box)
    except SourceDamagedError as error:
        reader.lost(spec.id, error)
        return None
    links = crosswalk.links
    heirs = set(zip(links["from"], links["to"], strict=True))
    placed, report = place_points(points, report, units.geometry, names, heirs)
    reader.keep_points(spec.id, report)
    return placed.assign(source=spec.id)[list(PLACE_COLUMNS)]


def _with_points(places: pd.DataFrame) -> gpd.GeoDataFrame:
    points = shapely.points(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    points[places["lon"].isna().to_numpy()] = None
    return gpd.GeoDataFrame(places, geometry=points, crs=4326)


def figures_of_places(
    reader: Reader, places: gpd.GeoDataFrame, units: dict[AdminLevel, gpd.GeoDataFrame]
) -> dict[tuple[str, AdminLevel], Figures]:
    """Return the figures of every layer that counts places or measures the way to them.

    Parameters
    ----------
    reader : Reader
        Knows the layers.
    places : GeoDataFrame
        As `read_places` returns them.
    units : dict
        Units of each level of the build, finest first.

    Returns
    -------
    dict
        Figures by layer and level; nothing for a source that could not be had.
    """
    if places.empty or AdminLevel.DISTRICT not in units:
        return {}
    here = units[AdminLevel.DISTRICT]

    @cache
    def rows() -> tuple[pd.DataFrame, pd.DataFrame]:
        plain = pd.DataFrame(places.drop(columns="geometry"))
        return plain, homes_of(plain[plain["kind"] == PlaceKind.SETTLEMENT], here)

    found = {}
    at_hand = set(places["source"])
    for layer in reader.catalogue.layers.values():
        if layer.to_unit.is_of_places and layer.source in at_hand:
            inputs = (layer, places, reader.ground)
            made = partial(_figures_of, layer, rows, here.index)
            found[layer.id, AdminLevel.DISTRICT] = reader.steps.value("figures", inputs, made)
    return found


def _figures_of(
    layer: LayerSpec, rows: Callable[[], tuple[pd.DataFrame, pd.DataFrame]], units: pd.Index
) -> Figures:
    plain, homes = rows()
    own = plain[plain["source"] == layer.source]
    values = (
        count_places(layer, own, units)
        if layer.to_unit is ToUnit.PLACES
        else distance_to_places(layer, own, homes)
    )
    check_range(layer, values)
    return Figures(values, str(layer.source))
