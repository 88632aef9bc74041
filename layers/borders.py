"""Boundaries read, reported, repaired, dissolved upward and simplified for the page."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache

import geopandas as gpd
import pandas as pd

from layers.digests import digest
from layers.errors import Sentence, SourceUnavailableError
from layers.harmonise.boundary_codes import with_codes
from layers.harmonise.boundary_report import BoundaryReport, broken_units, report_boundaries
from layers.harmonise.geometry import areas_km2, dissolve, inner_points, simplify_by_size
from layers.harmonise.official_areas import AreaCheck, check_areas
from layers.harmonise.repair import repair_boundaries
from layers.harmonise.repairs import Repair, with_geometry
from layers.reading import Reader
from layers.spec import CountryProfile
from layers.terms import AdminLevel

LOADED = "loaded_boundaries"
"""Source of the boundaries that a planner loaded."""


@dataclass(frozen=True)
class Borders:
    """The finest boundaries that can be had, after repair."""

    level: AdminLevel
    published: gpd.GeoDataFrame
    shapes: gpd.GeoSeries
    """By ubigeo, the units that have a valid geometry."""
    expected: tuple[str, ...]
    """Codes that should be there."""
    lakes: gpd.GeoDataFrame | None
    repairs: tuple[Repair, ...]


@dataclass(frozen=True)
class Land:
    """The units of a build, and what is to be said of the boundaries that they are made from."""

    units: dict[AdminLevel, gpd.GeoDataFrame]
    """By level, finest first: geometry, area_km2, lon, lat of a point inside."""
    repairs: tuple[Repair, ...]
    outlines: Callable[[], dict[AdminLevel, gpd.GeoSeries]]
    survey: Callable[[], BoundaryReport]
    """What is wrong with the boundaries as they were published."""
    areas: Callable[[], AreaCheck | None]
    """The official areas, which are read with the other figures, beside the published ones."""


def read_land(reader: Reader, country: CountryProfile, names: pd.DataFrame) -> Land:
    """Read the boundaries and make the units of every level, where they are not known already.

    Parameters
    ----------
    reader : Reader
        Learns which codes units bear.
    country : CountryProfile
        Names the sources.
    names : DataFrame
        By ubigeo of the districts that have one: distrito, provincia, region.

    Returns
    -------
    Land
        All but its units and repairs is made when it is asked for.
    """
    sources = _sources_of(country, reader)
    inputs = (_profile_of(country), names)
    reader.ground = digest((inputs, reader.files(sources)))
    told = (inputs, reader.ground)

    @cache
    def borders() -> Borders:
        return reader.step("borders", sources, inputs, lambda: read_borders(reader, country, names))

    def units_and_repairs() -> tuple[dict[AdminLevel, gpd.GeoDataFrame], tuple[Repair, ...]]:
        reader.workers.expect(len(names))
        return make_units(borders(), country), borders().repairs

    units, repairs = reader.step("units", sources, inputs, units_and_repairs)
    reader.known = {str(code) for made in units.values() for code in made.index}
    official = [country.official_areas[0]] if country.official_areas else []
    # Another thread may ask for the survey; sources are read in this one.
    surveyed = None if reader.steps.has("report", told) else borders()

    def survey() -> BoundaryReport:
        assert surveyed is not None
        return report_boundaries(
            surveyed.published,
            country.area_crs,
            expected=surveyed.expected,
            lakes=surveyed.lakes,
        )

    return Land(
        units=units,
        repairs=repairs,
        outlines=lambda: reader.steps.value("outlines", told, lambda: make_outlines(units)),
        survey=lambda: reader.steps.value("report", told, survey),
        areas=lambda: reader.step(
            "areas", official, told, lambda: check_published(borders(), reader, country)
        ),
    )


def read_borders(reader: Reader, country: CountryProfile, names: pd.DataFrame) -> Borders:
    """Read the finest boundaries, say what is wrong with them and repair what is broken.

    Boundaries that a planner loaded give units theirs where the published one is broken, and
    are those of the country where its own cannot be had.
    """
    level, source = AdminLevel.DISTRICT, country.boundaries
    try:
        published = _by_code(reader, source, reader.vector(source))
    except SourceUnavailableError:
        published = None
    loaded = _loaded(reader, names, published)
    if published is None and loaded is not None:
        source, published = LOADED, loaded
    elif published is None:
        level, source = AdminLevel.REGION, country.coarse_boundaries
        published = _by_code(reader, source, reader.vector(source))
    expected = tuple(names.index.str[: level.digits].unique())
    lakes = reader.vector_or_none(country.lakes) if country.lakes else None
    broken = broken_units(published, expected)
    if not broken:
        return Borders(level, published, published.geometry, expected, lakes, ())
    donors = country.donor_boundaries if level is AdminLevel.DISTRICT else ()
    vintage, donor = _donor(reader, donors, published)
    if loaded is not None and source != LOADED and set(broken) <= set(loaded.index):
        vintage, donor = LOADED, loaded.to_crs(published.crs)
    repaired = repair_boundaries(
        published, donor, expected, country.area_crs, donor_vintage=vintage
    )
    whole = with_geometry(repaired)
    if lacking := sorted(set(repaired.units.index) - set(whole.index)):
        reader.tell(
            Sentence(
                "{source}: no boundary to be had for {units}; left out",
                source=source,
                units=", ".join(lacking),
            )
        )
    return Borders(level, published, whole, expected, lakes, repaired.repairs)


def _loaded(
    reader: Reader, names: pd.DataFrame, published: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame | None:
    """Return the boundaries that a planner loaded, by ubigeo; None where there are none."""
    if LOADED not in reader.catalogue.sources:
        return None
    frame = reader.vector_or_none(LOADED)
    if frame is None:
        return None
    coded = with_codes(frame, names, published)
    reader.statuses[LOADED] = replace(
        reader.statuses[LOADED],
        unmatched=tuple(f"{row}: {code or name}" for row, code, name in coded.unknown),
    )
    return coded.units


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


def check_published(borders: Borders, reader: Reader, country: CountryProfile) -> AreaCheck | None:
    """Compare published areas with the official ones; None where there are none."""
    if country.official_areas is None or borders.level is not AdminLevel.DISTRICT:
        return None
    official = reader.numbers(*country.official_areas)
    if official is None:
        return None
    broken = broken_units(borders.published, borders.expected)
    usable = borders.published[~borders.published.index.isin(broken)]
    return check_areas(usable, country.area_crs, official)


def make_units(borders: Borders, country: CountryProfile) -> dict[AdminLevel, gpd.GeoDataFrame]:
    """Return the units of each level, finest first, coarser ones dissolved from finer ones."""
    level, shapes = borders.level, borders.shapes
    units = {level: _measured(shapes, country)}
    while (upper := level.parent) is not None:
        shapes = dissolve(shapes, upper.digits).rename_axis("ubigeo")
        units[upper] = _measured(shapes, country)
        level = upper
    return units


def _sources_of(country: CountryProfile, reader: Reader) -> tuple[str, ...]:
    """Return every source that boundaries may be read from."""
    loaded = LOADED if LOADED in reader.catalogue.sources else None
    named = (
        country.boundaries,
        country.coarse_boundaries,
        country.lakes,
        *country.donor_boundaries,
        loaded,
    )
    return tuple(name for name in named if name)


def _profile_of(country: CountryProfile) -> tuple[object, ...]:
    return tuple(getattr(country, one.name) for one in fields(CountryProfile))


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


def make_outlines(units: dict[AdminLevel, gpd.GeoDataFrame]) -> dict[AdminLevel, gpd.GeoSeries]:
    """Return the outlines of each level: the finest simplified, the coarser ones dissolved from it."""
    finest, frame = next(iter(units.items()))
    coarsest = list(units.values())[-1].geometry.to_numpy()
    shapes = gpd.GeoSeries(
        simplify_by_size(frame.geometry.to_numpy(), coarsest), index=frame.index, crs=frame.crs
    )
    found = {finest: shapes}
    for level in list(units)[1:]:
        shapes = dissolve(shapes, level.digits).rename_axis("ubigeo")
        found[level] = shapes
    return found
