"""The whole row, from files to tables. The only module that knows every step."""

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd

from layers.borders import Land, read_land
from layers.built import Build, LevelBuild
from layers.figures import published_of_regions, read_figures
from layers.harmonise.boundary_report import BoundaryReport
from layers.harmonise.crosswalk import UNCHANGED, Crosswalk
from layers.harmonise.overlay import people_of_settlements
from layers.harmonise.vintages import declared_crosswalks
from layers.identity import fingerprint, hash_of, product_version
from layers.indicators.severity import PhaseLimits
from layers.loaded_catalogue import as_public, with_loaded
from layers.loaded_files import bring_tables, equivalence_from
from layers.map_features import read_map_features
from layers.measuring import Measuring
from layers.naming import complete_names, listed_names, name_units
from layers.pictures import read_pictures
from layers.places import figures_of_places, read_places
from layers.reading import Progress, Reader
from layers.series import read_series
from layers.sources.locate import Finder, Places
from layers.spec import Catalogue, CountryProfile, DisclosureRules, LoadedFile
from layers.steps import Steps
from layers.table.balances import LayerBalance, find_balances
from layers.table.confidence import table_confidence
from layers.table.ground import Ground, LevelTable
from layers.table.make import make_tables
from layers.table.names import capitals
from layers.table.national import national_figures, notes_of_figures
from layers.table.picture import Picture
from layers.table.provenance import known_layers, sources_behind
from layers.table.units import UnitTable
from layers.terms import AdminLevel
from layers.user_files import read_phase_limits
from layers.workers import HERE, Workers


def build(
    catalogue: Catalogue,
    country: CountryProfile,
    places: Places | Finder,
    tell: Progress = lambda line: None,
    loaded: Sequence[LoadedFile] = (),
    on: date | None = None,
    disclosure: DisclosureRules | None = None,
    workers: Workers = HERE,
    steps: Steps | None = None,
) -> Build:
    """Read every source of a country that can be had and make its tables.

    Parameters
    ----------
    catalogue : Catalogue
        Sources and layers.
    country : CountryProfile
        Boundaries, names and projection.
    places : Places or Finder
        Where files may lie, or which of them were found and checked already.
    tell : callable
        Receives one line per step.
    loaded : sequence of LoadedFile
        What planners brought; copies lie in the ``loaded`` folder of the places.
    on : date, optional
        The day of use, for which the ages behind the confidence are counted; today in UTC if
        not given. It moves no figure, so it is no part of the hash.
    disclosure : DisclosureRules, optional
        Rules of the public edition, in which small counts are masked before anything is computed
        from them; the full edition if None.
    workers : Workers
        Who measures rasters, maps and shaking under the units, some regions each; the build is
        the same to the byte whoever does.
    steps : Steps, optional
        Results of an earlier build; only what depends on something else now runs again.

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
    catalogue = with_loaded(catalogue, loaded)
    steps = steps or Steps()
    reader = Reader(catalogue, places, tell, workers, steps)
    names = listed_names(reader, country)
    land = read_land(reader, country, names)
    for frame in land.units.values():
        steps.share(frame.index)
    names = complete_names(reader, country, names)
    steps.know(names)
    districts, named = name_units(
        reader, country, names, {level: frame.index for level, frame in land.units.items()}
    )
    told = reader.plain(country.figures) if country.figures else None
    ground = _ground(reader, country, districts, land, national_figures(told), loaded, disclosure)
    aside = _begin(reader, country, land)
    vintages = _crosswalks(reader, country, land.units)
    for vintage in (UNCHANGED, *vintages.values()):
        steps.know(vintage.links)
    known_places = read_places(reader, land.units, names, vintages, country.box)
    figures = {
        **read_figures(reader, land.units, ground, vintages, aside.measuring),
        **figures_of_places(reader, known_places, land.units),
    }
    for shared in (ground.area_km2, ground.national, ground.controls):
        steps.know(shared)
    tables = make_tables(figures, ground, catalogue, steps.value)
    people = {level: made.values[country.population] for level, made in tables.items()}
    series = read_series(reader, land.units, people, vintages, aside.measuring)
    on = on or datetime.now(UTC).date()
    built = Build(
        country=country.id,
        levels=_levels(land.units, aside.outlines.result(), named, tables, catalogue, country, on),
        backdrop=reader.step(
            "backdrop", [country.neighbours], (), lambda: reader.vector(country.neighbours)
        ),
        capitals=capitals(names, country),
        places=known_places,
        features=read_map_features(reader, country, land.units[AdminLevel.REGION].geometry),
        boundaries=replace(aside.survey.result(), areas=land.areas()),
        repairs=land.repairs,
        published=published_of_regions(figures, catalogue, tables if disclosure else {}),
        national=dict(ground.national),
        loaded=tuple(map(as_public, loaded) if disclosure else loaded),
        balances=() if disclosure else _balances(tables, ground, catalogue),
        series=series,
        # The last that the other process makes.
        pictures=aside.pictures.result(),
        figure_notes=notes_of_figures(told),
        phase_limits=dict(ground.phase_limits),
        on=on,
        disclosure=disclosure,
        statuses=reader.statuses,
        hash=hash_of(catalogue, country, reader.statuses, ground, loaded, tables),
        seconds=time.perf_counter() - started,
        version=product_version(),
        catalogue=fingerprint(catalogue),
    )
    return replace(built, marks=_marks(built, reader.ground, tables, steps))


@dataclass(frozen=True)
class _Aside:
    """What takes long and hangs on the units alone: made while the tables are."""

    measuring: Measuring
    outlines: Future[dict[AdminLevel, gpd.GeoSeries]]
    pictures: Future[tuple[Picture, ...]]
    survey: Future[BoundaryReport]


def _begin(reader: Reader, country: CountryProfile, land: Land) -> _Aside:
    """Begin with it, each in the order in which it is waited for, in two threads.

    One waits for another process; the survey and the outlines, which are long sums in GEOS, take
    what that and the tables leave of the cores.
    """
    thread, other = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
    begun = _Aside(
        measuring=Measuring(reader, land.units, thread),
        pictures=thread.submit(read_pictures, reader, country.box, land.units),
        survey=other.submit(land.survey),
        outlines=other.submit(land.outlines),
    )
    thread.shutdown(wait=False)
    other.shutdown(wait=False)
    return begun


def _ground(
    reader: Reader,
    country: CountryProfile,
    districts: pd.DataFrame,
    land: Land,
    national: dict[str, float],
    loaded: Sequence[LoadedFile],
    disclosure: DisclosureRules | None,
) -> Ground:
    """Put together what the tables stand on besides the figures of their layers."""
    brought = bring_tables(loaded, reader, equivalence_from(districts))
    limits = brought.phase_limits or _phase_limits(reader.catalogue, country, reader.places)
    return Ground(
        area_km2={level: frame["area_km2"] for level, frame in land.units.items()},
        national=national,
        controls=country.controls,
        population=country.population,
        phase_limits=limits,
        loaded=brought.cells,
        loaded_sources=brought.sources,
        reports=brought.reports,
        disclosure=disclosure,
    )


def _balances(
    tables: dict[AdminLevel, LevelTable], ground: Ground, catalogue: Catalogue
) -> tuple[LayerBalance, ...]:
    """Compare what was loaded as it is: this belongs to the full edition."""
    finest = next(iter(tables.values())).values
    return find_balances(finest, ground.loaded, ground.national, ground.controls, catalogue)


def _levels(
    units: dict[AdminLevel, gpd.GeoDataFrame],
    outlines: dict[AdminLevel, gpd.GeoSeries],
    named: dict[AdminLevel, pd.DataFrame],
    tables: dict[AdminLevel, LevelTable],
    catalogue: Catalogue,
    country: CountryProfile,
    on: date,
) -> dict[AdminLevel, LevelBuild]:
    """Put names, sources and confidence to the tables, and outlines to the units."""
    known = known_layers({level: made.values for level, made in tables.items()}, catalogue)
    levels = {}
    for level, frame in units.items():
        made = tables[level]
        sources = {
            name: sources_behind(layer, catalogue, made.sources, country.figures, known[level])
            for name, layer in catalogue.layers.items()
        }
        table = UnitTable(
            level=level,
            names=named[level],
            values=made.values,
            methods=made.methods,
            sources=sources,
            parents=made.parents,
            ranges=made.ranges,
            coverage=made.coverage,
            masked=made.masked,
        )
        table = replace(table, confidence=table_confidence(table, made.numbers, catalogue, on))
        levels[level] = LevelBuild(units=frame, outlines=outlines[level], table=table)
    return levels


def _marks(
    built: Build, ground: bytes, tables: dict[AdminLevel, LevelTable], steps: Steps
) -> dict[str, str]:
    """Return what tells the parts of a build that few changes bear on."""
    parts = {
        "units": ground,
        "backdrop": built.backdrop,
        "places": built.places,
        "features": built.features,
        "series": built.series,
        "pictures": built.pictures,
        **{f"{level}_methods": table.numbers for level, table in tables.items()},
    }
    return {name: steps.mark(part) for name, part in parts.items()}


def _phase_limits(
    catalogue: Catalogue, country: CountryProfile, places: Places
) -> dict[str, PhaseLimits]:
    """Return the limits of severity of the starter pack; loaded ones go first."""
    if country.phase_limits is None or country.vocabulary is None:
        return {}
    path = places.starter / country.phase_limits
    return read_phase_limits(path, country.vocabulary, catalogue) if path.is_file() else {}


def _crosswalks(
    reader: Reader, country: CountryProfile, units: dict[AdminLevel, gpd.GeoDataFrame]
) -> dict[str, Crosswalk]:
    """Return the way from each older vintage to the districts of today."""
    if AdminLevel.DISTRICT not in units:
        return {}
    here = units[AdminLevel.DISTRICT]

    def crosswalks() -> dict[str, Crosswalk]:
        settlements = reader.plain(country.settlements) if country.settlements else None
        people = (
            pd.Series(float("nan"), index=here.index)
            if settlements is None
            else people_of_settlements(settlements, here.geometry)
        )
        return declared_crosswalks(country.vintages, here["area_km2"], people)

    sources = [country.settlements] if country.settlements else []
    return reader.step("crosswalks", sources, (reader.ground, country.vintages), crosswalks)
