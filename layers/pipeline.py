"""The whole row, from files to tables. The only module that knows every step."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import geopandas as gpd
import pandas as pd

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.harmonise.admin import attach_ubigeo, to_numbers
from layers.harmonise.geometry import areas_km2, inner_points, simplify_by_size
from layers.sources.locate import Places, locate
from layers.sources.read import read_table, read_vector
from layers.spec import Catalogue, CountryProfile, LayerSpec, SourceSpec
from layers.table.units import UnitTable, methods_of
from layers.terms import AdminLevel

Progress = Callable[[str], None]


@dataclass(frozen=True)
class SourceStatus:
    """What became of one source in a build."""

    id: str
    place: str | None
    """store, mirror or starter; None where the source could not be had."""
    rows: int = 0
    repaired: tuple[tuple[str, str], ...] = ()
    """(code as published, code as used)."""
    unmatched: tuple[str, ...] = ()
    problem: str | None = None
    """One sentence, where the source could not be had."""
    layers: tuple[str, ...] = ()
    """Layers that hang on it."""


@dataclass(frozen=True)
class LevelBuild:
    """The units of one level and their table."""

    units: gpd.GeoDataFrame
    """By ubigeo: geometry, area_km2, lon, lat of a point inside."""
    outlines: gpd.GeoSeries
    """By ubigeo, simplified for the page with shared borders kept."""
    table: UnitTable


@dataclass(frozen=True)
class Build:
    """Everything that the audience reads, and how it came to be."""

    country: str
    levels: dict[AdminLevel, LevelBuild]
    backdrop: gpd.GeoDataFrame
    """Neighbouring countries."""
    statuses: dict[str, SourceStatus]
    hash: str
    seconds: float
    version: str = field(default="")


def product_version() -> str:
    """Return the installed version of the product."""
    try:
        return version("geoapp")
    except PackageNotFoundError:
        return "0+unknown"


class _Reader:
    """Reads sources once each and keeps what became of them."""

    def __init__(self, catalogue: Catalogue, places: Places, tell: Progress) -> None:
        self.catalogue = catalogue
        self.places = places
        self.tell = tell
        self.statuses: dict[str, SourceStatus] = {}

    def vector(self, source_id: str) -> gpd.GeoDataFrame:
        spec = self.catalogue.source(source_id)
        place, path = locate(spec, self.places)
        self.tell(f"{source_id}: {place}")
        frame = read_vector(path, spec)
        self.statuses[source_id] = SourceStatus(source_id, place, rows=len(frame))
        return frame

    def table(self, source_id: str, known: pd.Index) -> pd.DataFrame | None:
        """Return a source by ubigeo, or None (with its reason kept) where it cannot be had."""
        spec = self.catalogue.source(source_id)
        layers = _layers_of(spec, self.catalogue)
        try:
            place, path = locate(spec, self.places)
            attached = attach_ubigeo(read_table(path, spec), spec, known)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.tell(str(error))
            self.statuses[source_id] = SourceStatus(
                source_id, None, problem=str(error), layers=layers
            )
            return None
        self.tell(f"{source_id}: {place}, {len(attached.frame)} rows")
        self.statuses[source_id] = SourceStatus(
            source_id,
            place,
            rows=len(attached.frame),
            repaired=attached.repaired,
            unmatched=attached.unmatched,
            layers=layers,
        )
        return attached.frame


def build(
    catalogue: Catalogue,
    country: CountryProfile,
    places: Places,
    tell: Progress = lambda line: None,
) -> Build:
    """Read every source of a country and make its tables.

    Parameters
    ----------
    catalogue : Catalogue
        Sources and layers.
    country : CountryProfile
        Boundaries, names and projection.
    places : Places
        Where files may lie.
    tell : callable
        Receives one line per step.

    Returns
    -------
    Build
        Tables, geometries and the status of each source.

    Raises
    ------
    SourceUnavailableError
        Where the boundaries cannot be had.
    """
    started = time.perf_counter()
    reader = _Reader(catalogue, places, tell)
    units = _units(reader, catalogue.source(country.boundaries), country)
    names = _names(reader, country, units.index)
    values = _values(reader, catalogue, units.index)
    level = AdminLevel.DISTRICT
    table = UnitTable(
        level=level,
        names=names,
        values=values,
        methods=methods_of(values, {name: spec.method for name, spec in catalogue.layers.items()}),
        sources={name: spec.source or "" for name, spec in catalogue.layers.items()},
    )
    outlines = gpd.GeoSeries(
        simplify_by_size(units.geometry.to_numpy()), index=units.index, crs=units.crs
    )
    return Build(
        country=country.id,
        levels={level: LevelBuild(units, outlines, table)},
        backdrop=reader.vector(country.neighbours),
        statuses=reader.statuses,
        hash=_hash(catalogue, country, reader.statuses),
        seconds=time.perf_counter() - started,
        version=product_version(),
    )


def _units(reader: _Reader, spec: SourceSpec, country: CountryProfile) -> gpd.GeoDataFrame:
    frame = reader.vector(spec.id)
    units = frame.set_index(spec.code_column or "ubigeo").rename_axis("ubigeo").sort_index()
    points = inner_points(units.geometry.to_numpy())
    return units[["geometry"]].assign(
        area_km2=areas_km2(units, country.area_crs), lon=points[:, 0], lat=points[:, 1]
    )


def _names(reader: _Reader, country: CountryProfile, known: pd.Index) -> pd.DataFrame:
    frame = reader.table(country.names, known)
    if frame is None:
        raise SourceUnavailableError(reader.statuses[country.names].problem)
    named = frame.rename(columns={"distrito": "name", "provincia": "province"})
    return named[["name", "province", "region", "reniec"]].reindex(known, fill_value="")


def _values(reader: _Reader, catalogue: Catalogue, known: pd.Index) -> pd.DataFrame:
    tables: dict[str, pd.DataFrame | None] = {}
    columns: dict[str, pd.Series] = {}
    for layer in catalogue.layers.values():
        source = layer.source or ""
        if source not in tables:
            tables[source] = reader.table(source, known)
        columns[layer.id] = _column(layer, tables[source], catalogue.source(source), known)
    return pd.DataFrame(columns, index=known)


def _column(
    layer: LayerSpec, table: pd.DataFrame | None, spec: SourceSpec, known: pd.Index
) -> pd.Series:
    if table is None:
        return pd.Series(float("nan"), index=known)
    if layer.column not in table.columns:
        raise SourceDamagedError(f"source {spec.id} has no column {layer.column!r}")
    numbers = to_numbers(table[layer.column], spec) * layer.factor
    low, high = layer.valid_range
    outside = numbers[(numbers < low) | (numbers > high)]
    if len(outside):
        first = ", ".join(f"{ubigeo} {value:g}" for ubigeo, value in outside.head(10).items())
        raise SourceDamagedError(
            f"layer {layer.id}: {len(outside)} values outside {low:g} to {high:g} ({first})"
        )
    return numbers.reindex(known)


def _layers_of(spec: SourceSpec, catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(layer.id for layer in catalogue.layers.values() if layer.source == spec.id)


def _hash(catalogue: Catalogue, country: CountryProfile, statuses: dict[str, SourceStatus]) -> str:
    had = {name: catalogue.source(name).sha256 for name, s in statuses.items() if s.place}
    text = repr((sorted(had.items()), list(catalogue.layers.values()), country, product_version()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
