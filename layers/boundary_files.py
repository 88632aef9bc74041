"""Boundaries that a planner loads: which units they are of, and how far from the present ones."""

from pathlib import Path

import geopandas as gpd

from layers.countries import Country
from layers.errors import Sentence, SourceDamagedError, SourceUnavailableError
from layers.harmonise.boundary_codes import Coded, with_codes
from layers.harmonise.geometry import areas_km2
from layers.loaded_files import Checked
from layers.reading import Reader
from layers.sources.locate import Places
from layers.sources.read import read_vector
from layers.spec import LoadedFile
from layers.table.unplaced import Unplaced
from layers.terms import AdminLevel, FileKind

_FAR = 0.2
"""Share of its present area by which a unit differs before it is named."""
_SHOWN = 10


def check_boundaries(
    file: LoadedFile, path: Path, places: Places, country: Country, units: gpd.GeoDataFrame
) -> Checked:
    """Say which units boundaries are of, before anything is kept or built.

    Parameters
    ----------
    file : LoadedFile
        The file as it was described.
    path : Path
        Where it lies.
    places : Places
        The folders of this machine.
    country : Country
        Names its districts.
    units : GeoDataFrame
        The finest units of the build by ubigeo: geometry, area_km2.

    Returns
    -------
    Checked
        Boundaries without a unit, and notes on units that have none or are of another size.

    Raises
    ------
    LayersError
        Where they are no polygons, or of no known unit.
    """
    names = Reader(country.catalogue, places, lambda line: None).rows(country.names)
    if names is None:
        raise SourceUnavailableError(
            "source {source} is not on this machine; {remedy}",
            source=country.names,
            remedy=Sentence("run geoapp fetch, or set GEOAPP_MIRROR to a folder that holds it"),
        )
    shapes = read_vector(path, file.source)
    drawn = shapes[shapes.geometry.notna() & ~shapes.geometry.is_empty]
    if drawn.empty or not drawn.geom_type.isin(("Polygon", "MultiPolygon")).all():
        raise SourceDamagedError(
            "{path} holds something else than polygons; give the boundaries of the districts",
            path=path,
        )
    is_district = units.index.str.len() == AdminLevel.DISTRICT.digits
    present = units[is_district]
    coded = with_codes(shapes, names, present)
    if coded.units.empty:
        raise SourceDamagedError(
            "{path}: none of {count} boundaries has a code or a name of a district; see {landing}",
            path=path,
            count=len(shapes),
            landing=file.landing or FileKind.BOUNDARIES,
        )
    lost = tuple(
        Unplaced(row, code, name, "code_unknown" if code else "name_unknown")
        for row, code, name in coded.unknown
    )
    absent = sorted(set(names.index) - set(coded.units.index))
    return Checked(
        rows=len(shapes),
        units=len(coded.units),
        unplaced=lost,
        notes=_notes(coded, absent, present, country),
    )


def _notes(
    coded: Coded, absent: list[str], present: gpd.GeoDataFrame, country: Country
) -> tuple[Sentence, ...]:
    found = [Sentence("placed by name, since no column holds codes")] if coded.by_name else []
    if absent:
        found.append(
            Sentence(
                "{count} districts have no boundary in it: {units}",
                count=len(absent),
                units=_first(absent),
            )
        )
    shared = present.index.intersection(coded.units.index)
    sizes = areas_km2(coded.units.geometry.loc[shared], country.area_crs)
    off = abs(sizes / present.loc[shared, "area_km2"] - 1.0) > _FAR
    if far := sorted(shared[off.to_numpy()]):
        found.append(
            Sentence(
                "{count} differ by more than {most} % from their present area: {units}",
                count=len(far),
                most=round(100 * _FAR),
                units=_first(far),
            )
        )
    return tuple(found)


def _first(codes: list[str]) -> str:
    more = len(codes) - _SHOWN
    return ", ".join(codes[:_SHOWN]) + (f" … +{more}" if more > 0 else "")
