"""The whole row, from files to tables. The only module that knows every step."""

import hashlib
import time
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

import geopandas as gpd
import pandas as pd

from layers.catalogue.sectors import R4V
from layers.errors import SourceUnavailableError
from layers.harmonise.boundary_report import BoundaryReport, report_boundaries
from layers.harmonise.crosswalk import Crosswalk
from layers.harmonise.geometry import areas_km2, dissolve, inner_points, simplify_by_size
from layers.harmonise.official_areas import check_areas
from layers.harmonise.overlay import people_of_settlements
from layers.harmonise.repair import repair_boundaries
from layers.harmonise.repairs import Repair, with_geometry
from layers.harmonise.vintages import declared_crosswalks
from layers.indicators.severity import PhaseLimits
from layers.reading import Progress, Reader, SourceStatus, read_figures
from layers.sources.locate import Places
from layers.spec import Catalogue, CountryProfile
from layers.table.loaded_need import LoadedNeed
from layers.table.make import Figures, Ground, make_tables
from layers.table.names import capitals, names_of_units
from layers.table.provenance import sources_behind
from layers.table.units import UnitTable
from layers.terms import AdminLevel
from layers.user_files import read_phase_limits


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
    boundaries: BoundaryReport
    """The finest boundaries as they were published."""
    repairs: tuple[Repair, ...]
    """One record for each unit whose published boundary could not be used."""
    published: pd.DataFrame
    """By region ubigeo, one column per layer that is published for the regions too."""
    national: dict[str, float]
    """National figures by key."""
    hash: str
    seconds: float
    version: str = field(default="")
    catalogue: str = field(default="")
    """Fingerprint of the declarations that made it."""

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
    loaded: LoadedNeed | None = None,
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
    loaded : LoadedNeed, optional
        People in need by district and sector, which take the place of modelled ones.

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
    if loaded is not None:
        catalogue = catalogue.with_sources(loaded.source)
    reader = Reader(catalogue, places, tell)
    names = reader.rows(country.names)
    if names is None:
        raise SourceUnavailableError(str(reader.statuses[country.names].problem))
    borders = _borders(reader, country, names.index)
    units = _units(reader, borders, country)
    national = _national(reader, country)
    ground = Ground(
        area_km2={level: frame["area_km2"] for level, frame in units.items()},
        national=national,
        controls=country.controls,
        population=country.population,
        phase_limits=_phase_limits(catalogue, country, places),
        loaded=_loaded_layers(loaded),
        loaded_source=loaded.source.id if loaded else "",
    )
    if loaded is not None:
        reader.statuses[loaded.source.id] = _status_of(loaded)
    figures = read_figures(reader, units, ground, _crosswalks(reader, country, units))
    tables = make_tables(figures, ground, catalogue)
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
        boundaries=_with_areas(borders, reader, country),
        repairs=borders.repairs,
        published=_published(figures, catalogue),
        national=national,
        statuses=reader.statuses,
        hash=_hash(catalogue, country, reader.statuses, ground),
        seconds=time.perf_counter() - started,
        version=product_version(),
        catalogue=fingerprint(catalogue),
    )


def fingerprint(catalogue: Catalogue) -> str:
    """Return what tells one set of declared layers from another.

    Parameters
    ----------
    catalogue : Catalogue
        The declarations.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    return hashlib.sha256(repr(list(catalogue.layers.values())).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Borders:
    """The finest boundaries that can be had, after repair."""

    level: AdminLevel
    published: gpd.GeoDataFrame
    shapes: gpd.GeoSeries
    """By ubigeo, the units that have a valid geometry."""
    report: BoundaryReport
    repairs: tuple[Repair, ...]


def _borders(reader: Reader, country: CountryProfile, named: pd.Index) -> _Borders:
    """Read the finest boundaries, say what is wrong with them and repair what is broken."""
    try:
        level, source = AdminLevel.DISTRICT, country.boundaries
        frame = reader.vector(source)
    except SourceUnavailableError:
        level, source = AdminLevel.REGION, country.coarse_boundaries
        frame = reader.vector(source)
    published = _by_code(reader, source, frame)
    expected = named.str[: level.digits].unique()
    lakes = reader.vector_or_none(country.lakes) if country.lakes else None
    report = report_boundaries(published, country.area_crs, expected=expected, lakes=lakes)
    if not report.broken:
        return _Borders(level, published, published.geometry, report, ())
    donors = country.donor_boundaries if level is AdminLevel.DISTRICT else ()
    vintage, donor = _donor(reader, donors, published)
    repaired = repair_boundaries(
        published, donor, expected, country.area_crs, donor_vintage=vintage
    )
    whole = with_geometry(repaired)
    if lacking := sorted(set(repaired.units.index) - set(whole.index)):
        reader.tell(f"{source}: no boundary to be had for {', '.join(lacking)}; left out")
    return _Borders(level, published, whole, report, repaired.repairs)


def _by_code(reader: Reader, source: str, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    column = reader.catalogue.source(source).code_column or "ubigeo"
    return frame.set_index(column).rename_axis("ubigeo").sort_index()


def _donor(
    reader: Reader, donors: tuple[str, ...], published: gpd.GeoDataFrame
) -> tuple[str, gpd.GeoDataFrame]:
    """Return the first donor vintage that can be had, or one without units."""
    for source in donors:
        frame = reader.vector_or_none(source)
        if frame is not None:
            return source, _by_code(reader, source, frame).to_crs(published.crs)
    return "", published.iloc[:0]


def _with_areas(borders: _Borders, reader: Reader, country: CountryProfile) -> BoundaryReport:
    """Return the report with the official areas beside the published ones."""
    if country.official_areas is None or borders.level is not AdminLevel.DISTRICT:
        return borders.report
    official = reader.numbers(*country.official_areas)
    if official is None:
        return borders.report
    usable = ~borders.published.index.isin(borders.report.broken)
    areas = check_areas(borders.published[usable], country.area_crs, official)
    return replace(borders.report, areas=areas)


def _units(
    reader: Reader, borders: _Borders, country: CountryProfile
) -> dict[AdminLevel, gpd.GeoDataFrame]:
    """Return the units of each level, finest first, coarser ones dissolved from finer ones."""
    level, shapes = borders.level, borders.shapes
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


def _national(reader: Reader, country: CountryProfile) -> dict[str, float]:
    frame = reader.plain(country.figures) if country.figures else None
    if frame is None:
        return {}
    return {str(k): float(v) for k, v in zip(frame["key"], frame["value"], strict=True)}


def _published(
    figures: dict[tuple[str, AdminLevel], Figures], catalogue: Catalogue
) -> pd.DataFrame:
    """Return the published figures of the regions, one column per layer that has them."""
    found = {
        layer.id: figures[layer.id, AdminLevel.REGION].values
        for layer in catalogue.layers.values()
        if layer.published and (layer.id, AdminLevel.REGION) in figures
    }
    return pd.DataFrame(found, dtype=float).rename_axis("ubigeo")


def _phase_limits(
    catalogue: Catalogue, country: CountryProfile, places: Places
) -> dict[str, PhaseLimits]:
    """Return the limits of severity, those that a planner edited first."""
    if country.phase_limits is None:
        return {}
    edited = places.store / country.phase_limits
    path = edited if edited.is_file() else places.starter / country.phase_limits
    return read_phase_limits(path, R4V, catalogue) if path.is_file() else {}


def _crosswalks(
    reader: Reader, country: CountryProfile, units: dict[AdminLevel, gpd.GeoDataFrame]
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


def _loaded_layers(loaded: LoadedNeed | None) -> dict[str, pd.Series]:
    if loaded is None:
        return {}
    return {f"pin_{sector}": loaded.values[sector] for sector in loaded.values}


def _status_of(loaded: LoadedNeed) -> SourceStatus:
    return SourceStatus(
        loaded.source.id,
        "file",
        rows=len(loaded.values),
        unmatched=tuple(f"row {row.row}: {row.code or row.name}" for row in loaded.unmatched),
        layers=tuple(_loaded_layers(loaded)),
    )


def _hash(
    catalogue: Catalogue,
    country: CountryProfile,
    statuses: dict[str, SourceStatus],
    ground: Ground,
) -> str:
    had = {name: catalogue.source(name).sha256 for name, s in statuses.items() if s.place}
    text = repr(
        (
            sorted(had.items()),
            list(catalogue.layers.values()),
            country,
            sorted(ground.phase_limits.items()),
            product_version(),
        )
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
