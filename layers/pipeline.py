"""The whole row, from files to tables. The only module that knows every step."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import geopandas as gpd
import pandas as pd

from layers.errors import LayersError, SourceDamagedError, SourceUnavailableError
from layers.harmonise.admin import Attached, attach_ubigeo, to_numbers
from layers.harmonise.crosswalk import Crosswalk
from layers.harmonise.geometry import areas_km2, dissolve, inner_points, simplify_by_size
from layers.harmonise.overlay import people_of_settlements
from layers.harmonise.vintages import declared_crosswalks
from layers.sources.locate import Places, locate
from layers.sources.read import read_table, read_vector
from layers.spec import Catalogue, CountryProfile, LayerSpec, Published
from layers.table.carry import carry_figures, crosswalk_of
from layers.table.column import column_of
from layers.table.make import Figures, Ground, make_tables
from layers.table.names import capitals, names_of_units
from layers.table.provenance import sources_behind
from layers.table.units import UnitTable
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
    """Finest first; without the source of the districts there are only regions."""
    backdrop: gpd.GeoDataFrame
    """Neighbouring countries."""
    capitals: pd.DataFrame
    """By district ubigeo: name, lon, lat of the capitals whose place is known."""
    statuses: dict[str, SourceStatus]
    hash: str
    seconds: float
    version: str = field(default="")

    @property
    def is_coarse(self) -> bool:
        """True where the build has no districts."""
        return AdminLevel.DISTRICT not in self.levels


def product_version() -> str:
    """Return the installed version of the product."""
    try:
        return version("geoapp")
    except PackageNotFoundError:
        return "0+unknown"


def build(
    catalogue: Catalogue,
    country: CountryProfile,
    places: Places,
    tell: Progress = lambda line: None,
) -> Build:
    """Read every source of a country that can be had and make its tables.

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
        Where neither districts nor regions have a boundary, or units have no names.
    """
    started = time.perf_counter()
    reader = _Reader(catalogue, places, tell)
    names = reader.rows(country.names)
    if names is None:
        raise SourceUnavailableError(str(reader.statuses[country.names].problem))
    units = _units(reader, country)
    ground = Ground(
        area_km2={level: frame["area_km2"] for level, frame in units.items()},
        national=_national(reader, country),
        controls=country.controls,
        population=country.population,
    )
    vintages = _crosswalks(reader, country, units)
    tables = make_tables(_figures(reader, catalogue, ground, vintages), ground, catalogue)
    outlines = _outlines(units)
    levels = {
        level: LevelBuild(
            units=frame,
            outlines=outlines[level],
            table=UnitTable(
                level=level,
                names=names_of_units(names, frame.index, country),
                values=tables[level].values,
                methods=tables[level].methods,
                parents=tables[level].parents,
                ranges=tables[level].ranges,
                sources={
                    layer.id: sources_behind(
                        layer, catalogue, tables[level].sources, country.figures
                    )
                    for layer in catalogue.layers.values()
                },
            ),
        )
        for level, frame in units.items()
    }
    return Build(
        country=country.id,
        levels=levels,
        backdrop=reader.vector(country.neighbours),
        capitals=capitals(names, country),
        statuses=reader.statuses,
        hash=_hash(catalogue, country, reader.statuses),
        seconds=time.perf_counter() - started,
        version=product_version(),
    )


class _Reader:
    """Reads sources once each and keeps what became of them."""

    def __init__(self, catalogue: Catalogue, places: Places, tell: Progress) -> None:
        self.catalogue = catalogue
        self.places = places
        self.tell = tell
        self.statuses: dict[str, SourceStatus] = {}
        self.known: set[str] = set()
        """Codes of every level; empty until the boundaries are read."""
        self._tables: dict[str, pd.DataFrame | None] = {}

    def vector(self, source_id: str) -> gpd.GeoDataFrame:
        """Return a vector source, or raise where it cannot be had."""
        spec = self.catalogue.source(source_id)
        try:
            place, path = locate(spec, self.places)
            frame = read_vector(path, spec)
        except LayersError as error:
            self.lost(source_id, error)
            raise
        self._had(source_id, place, len(frame))
        return frame

    def plain(self, source_id: str) -> pd.DataFrame | None:
        """Return a table without codes, or None (with its reason kept)."""
        spec = self.catalogue.source(source_id)
        try:
            place, path = locate(spec, self.places)
            frame = read_table(path, spec)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.lost(source_id, error)
            return None
        self._had(source_id, place, len(frame))
        return frame

    def rows(self, source_id: str) -> pd.DataFrame | None:
        """Return the rows of a source by ubigeo, or None (with its reason kept)."""
        if source_id not in self._tables:
            frame = self.plain(source_id)
            self._tables[source_id] = None if frame is None else self._attach(source_id, frame)
        return self._tables[source_id]

    def _attach(self, source_id: str, frame: pd.DataFrame) -> pd.DataFrame | None:
        spec = self.catalogue.source(source_id)
        try:
            known = self.known | {code for code, _ in spec.joint_codes} if self.known else None
            attached = attach_ubigeo(frame, spec, known)
        except SourceDamagedError as error:
            self.lost(source_id, error)
            return None
        self._had(source_id, self.statuses[source_id].place, len(attached.frame), attached)
        return attached.frame

    def _had(
        self, source_id: str, place: str | None, rows: int, attached: Attached | None = None
    ) -> None:
        if attached is None:
            self.tell(f"{source_id}: {place}, {rows} rows")
        self.statuses[source_id] = SourceStatus(
            source_id,
            place,
            rows=rows,
            repaired=attached.repaired if attached else (),
            unmatched=attached.unmatched if attached else (),
            layers=self.catalogue.layers_on(source_id),
        )

    def lost(self, source_id: str, error: Exception) -> None:
        """Keep why a source could not be had, and go on."""
        self.tell(str(error))
        self.statuses[source_id] = SourceStatus(
            source_id, None, problem=str(error), layers=self.catalogue.layers_on(source_id)
        )


def _units(reader: _Reader, country: CountryProfile) -> dict[AdminLevel, gpd.GeoDataFrame]:
    """Return the units of each level, finest first, coarser ones dissolved from finer ones."""
    try:
        found = {AdminLevel.DISTRICT: reader.vector(country.boundaries)}
    except SourceUnavailableError:
        found = {AdminLevel.REGION: reader.vector(country.coarse_boundaries)}
    level, frame = next(iter(found.items()))
    source = country.boundaries if level is AdminLevel.DISTRICT else country.coarse_boundaries
    column = reader.catalogue.source(source).code_column or "ubigeo"
    shapes = frame.set_index(column).rename_axis("ubigeo").sort_index().geometry
    units = {level: _measured(shapes, country)}
    while (upper := level.parent) is not None:
        shapes = dissolve(shapes, upper.digits).rename_axis("ubigeo")
        units[upper] = _measured(shapes, country)
        level = upper
    reader.known = {str(code) for made in units.values() for code in made.index}
    return units


def _measured(shapes: gpd.GeoSeries, country: CountryProfile) -> gpd.GeoDataFrame:
    points = inner_points(shapes.to_numpy())
    return gpd.GeoDataFrame(
        {
            "area_km2": areas_km2(shapes, country.area_crs),
            "lon": points[:, 0],
            "lat": points[:, 1],
        },
        index=shapes.index,
        geometry=shapes.to_numpy(),
        crs=shapes.crs,
    )


def _outlines(units: dict[AdminLevel, gpd.GeoDataFrame]) -> dict[AdminLevel, gpd.GeoSeries]:
    """Return the outlines of each level: the finest simplified, the coarser ones dissolved from it."""
    finest, frame = next(iter(units.items()))
    shapes = gpd.GeoSeries(
        simplify_by_size(frame.geometry.to_numpy()), index=frame.index, crs=frame.crs
    )
    found = {finest: shapes}
    for level in list(units)[1:]:
        shapes = dissolve(shapes, level.digits).rename_axis("ubigeo")
        found[level] = shapes
    return found


def _national(reader: _Reader, country: CountryProfile) -> dict[str, float]:
    frame = reader.plain(country.figures) if country.figures else None
    if frame is None:
        return {}
    return {str(k): float(v) for k, v in zip(frame["key"], frame["value"], strict=True)}


def _crosswalks(
    reader: _Reader, country: CountryProfile, units: dict[AdminLevel, gpd.GeoDataFrame]
) -> dict[str, Crosswalk]:
    """Return the way from each older vintage to the districts of today."""
    if AdminLevel.DISTRICT not in units:
        return {}
    here = units[AdminLevel.DISTRICT]
    settlements = reader.plain(country.settlements) if country.settlements else None
    people = (
        pd.Series(float("nan"), index=here.index)
        if settlements is None
        else people_of_settlements(settlements, here.geometry)
    )
    return declared_crosswalks(country.vintages, here["area_km2"], people)


def _figures(
    reader: _Reader, catalogue: Catalogue, ground: Ground, vintages: dict[str, Crosswalk]
) -> dict[tuple[str, AdminLevel], Figures]:
    """Return every published figure by layer and level."""
    found: dict[tuple[str, AdminLevel], Figures] = {}
    published: dict[str, pd.Series] = {}
    for layer in catalogue.layers.values():
        if layer.source and layer.native_level in ground.area_km2:
            values = _published_values(reader, layer, layer.source)
            if values is not None:
                published[layer.id] = values
                found[layer.id, layer.native_level] = _carried(
                    reader, layer, published, ground, vintages
                )
        if layer.published and (layer.id, AdminLevel.REGION) not in found:
            _add_published(reader, layer, layer.published, found)
    return found


def _published_values(reader: _Reader, layer: LayerSpec, source: str) -> pd.Series | None:
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
    reader: _Reader,
    layer: LayerSpec,
    published: dict[str, pd.Series],
    ground: Ground,
    vintages: dict[str, Crosswalk],
) -> Figures:
    """Return the published figures of a layer on the units of today."""
    values = published[layer.id]
    nobody = pd.Series(dtype=float)
    people = published.get(ground.population, nobody)
    area = ground.area_km2[layer.native_level]
    spec = reader.catalogue.source(layer.source or "")
    then = None
    if layer.units_of:
        then = reader.rows(layer.units_of)
        then = reader.rows(spec.id) if then is None else then
    carried = carry_figures(
        layer,
        values,
        published.get(layer.weight or ground.population, nobody),
        crosswalk_of(spec, vintages, area, people),
        None if then is None else then.index.unique(),
    )
    return Figures(carried.values, spec.id, carried.parents)


def _add_published(
    reader: _Reader,
    layer: LayerSpec,
    published: Published,
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    rows = reader.rows(published.source)
    if rows is not None:
        spec = reader.catalogue.source(published.source)
        values = to_numbers(rows[published.column], spec)
        found[layer.id, AdminLevel.REGION] = Figures(values, spec.id)


def _hash(catalogue: Catalogue, country: CountryProfile, statuses: dict[str, SourceStatus]) -> str:
    had = {name: catalogue.source(name).sha256 for name, s in statuses.items() if s.place}
    text = repr((sorted(had.items()), list(catalogue.layers.values()), country, product_version()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
