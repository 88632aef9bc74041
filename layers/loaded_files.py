"""Files that planners loaded: what of each can be used, and what it does to the declarations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.catalogue.sectors import R4V
from layers.errors import LayersError, Sentence, SourceDamagedError
from layers.harmonise.inside import features_outside
from layers.indicators.severity import PhaseLimits
from layers.loaded_catalogue import awaited_of
from layers.reading import Reader, SourceStatus
from layers.sources.locate import Places, locate
from layers.sources.read import read_vector
from layers.spec import AwaitedSpec, Catalogue, LoadedFile
from layers.table.activity import Activity, reports_of
from layers.table.column import column_of
from layers.table.gaps import Reports
from layers.table.unplaced import Unplaced
from layers.terms import FileKind
from layers.user_files import read_activity, read_cells, read_phase_limits

_OF_PARTNERS = (FileKind.ACTIVITY, FileKind.PRESENCE)


@dataclass(frozen=True)
class Checked:
    """What of a file can be used."""

    rows: int
    """Rows, features or cells."""
    units: int
    """Units that get a figure from it; none where not one row has its place."""
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[Sentence, ...] = ()
    feeds: tuple[str, ...] = ()
    """Layers that it brings, or whose cells it takes the place of."""


@dataclass
class Brought:
    """What the loaded tables say, by layer."""

    cells: dict[str, pd.Series] = field(default_factory=dict)
    """Figures that take the place of modelled ones."""
    sources: dict[str, str] = field(default_factory=dict)
    """Source of each of these layers."""
    phase_limits: dict[str, PhaseLimits] | None = None
    reports: Reports = field(default_factory=Reports)


def equivalence_from(names: pd.DataFrame) -> pd.DataFrame:
    """Return the table that rows are matched with: ubigeo, reniec, name, province, region.

    Parameters
    ----------
    names : DataFrame
        By ubigeo of districts, as a UnitTable holds them.

    Returns
    -------
    DataFrame
        Without an index; an unknown RENIEC code is missing.
    """
    known = names.rename_axis("ubigeo").reset_index()
    return known.assign(reniec=known["reniec"].where(known["reniec"] != ""))


def check_file(
    file: LoadedFile,
    path: Path,
    places: Places,
    equivalence: pd.DataFrame,
    units: Callable[[], gpd.GeoDataFrame],
    catalogue: Catalogue,
) -> Checked:
    """Say what of a file can be used, before anything is kept or built.

    Parameters
    ----------
    file : LoadedFile
        The file as it was described.
    path : Path
        Where it lies.
    places : Places
        Whose ``loaded`` folder holds the same bytes under their sha256.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    units : callable
        Returns the districts by ubigeo: geometry, area_km2. Asked for a map alone.
    catalogue : Catalogue
        Declares the deficits that limits of severity may name.

    Returns
    -------
    Checked
        Rows that have no unit, with their reason and the units that are near.

    Raises
    ------
    LayersError
        Where nothing of it can be used; one sentence a fault.
    """
    spec = awaited_of(file.kind)
    if spec.kind is FileKind.LIMITS:
        limits = read_phase_limits(path, R4V, catalogue)
        return Checked(rows=len(limits), units=0)
    if spec.kind in _OF_PARTNERS:
        return _check_activity(spec, file, path, equivalence)
    if spec.kind is FileKind.TABLE:
        return _check_table(spec, file, path, equivalence)
    return _check_map(spec, file, path, places, units())


def _check_table(
    spec: AwaitedSpec, file: LoadedFile, path: Path, equivalence: pd.DataFrame
) -> Checked:
    read = read_cells(path, spec, equivalence, spec.level, file.scheme)
    known = read.values.dropna(how="all")
    if known.empty:
        raise SourceDamagedError(
            "{path} has no figure of a known unit; fill in data/{template}",
            path=path,
            template=spec.template,
        )
    for layer in spec.layers:
        column_of(layer, known.map(_as_text), file.source)
    lost = tuple(
        Unplaced(row.row, row.code, row.name, row.reason.value, row.nearest)
        for row in read.unmatched
    )
    feeds = tuple(layer.id for layer in spec.layers) or tuple(map(str, read.values))
    return Checked(len(read.values) + len(lost), len(known), lost, read.notes, feeds)


def _check_activity(
    spec: AwaitedSpec, file: LoadedFile, path: Path, equivalence: pd.DataFrame
) -> Checked:
    read = _read_activity(spec, file, path, equivalence)
    partners = read.present["partner"].nunique()
    told = (
        Sentence(
            "{count} partners are named without people: reached, targets and gap stay unknown",
            count=partners,
        )
        if spec.kind is FileKind.PRESENCE
        else Sentence(
            "{count} partners report; months: {months}", count=partners, months=read.months
        )
    )
    return Checked(
        # A row may count nowhere for two reasons.
        rows=read.counted + len({one.row for one in read.unused}),
        units=read.present["unit"].nunique(),
        unplaced=read.unused,
        notes=(told,),
        feeds=spec.feeds,
    )


def _read_activity(
    spec: AwaitedSpec, file: LoadedFile, path: Path, equivalence: pd.DataFrame
) -> Activity:
    return read_activity(path, spec, R4V, equivalence, file.scheme, file.months)


def _check_map(
    spec: AwaitedSpec, file: LoadedFile, path: Path, places: Places, units: gpd.GeoDataFrame
) -> Checked:
    unplaced: tuple[Unplaced, ...] = ()
    if spec.kind is not FileKind.RASTER:
        features = read_vector(path, file.source)
        unplaced = tuple(
            Unplaced(row, "", "", reason.value)
            for row, reason in features_outside(features.geometry, units.geometry, spec.kind)
        )
        if len(unplaced) == len(features):
            raise SourceDamagedError(
                "{path}: of {count} features none lies in a unit as {kind}; give {kind} in longitude and latitude, or write the "
                "reference system into the file",
                path=path,
                count=len(features),
                kind=spec.kind,
            )
    # GDAL is loaded where a raster is measured.
    from layers.measure import measure

    try:
        made = measure(spec.layers[0], file.source, places, units)
    except SourceDamagedError as error:
        # It reads the copy, which its owner does not know by name.
        raise SourceDamagedError(error.sentence.about(str(path))) from error
    if made.values.isna().all():
        raise SourceDamagedError("{path} covers no unit; give one of the whole country", path=path)
    return Checked(made.size, int(made.values.notna().sum()), unplaced, feeds=spec.feeds)


def bring_tables(files: Sequence[LoadedFile], reader: Reader, equivalence: pd.DataFrame) -> Brought:
    """Read the loaded tables; maps and rasters are read as other sources are.

    Parameters
    ----------
    files : sequence of LoadedFile
        What was loaded.
    reader : Reader
        Keeps what became of each; a file that cannot be read is lost, and the build goes on.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.

    Returns
    -------
    Brought
        Figures that take the place of modelled ones, and limits of severity.
    """
    found = Brought()
    for file in files:
        spec = awaited_of(file.kind)
        try:
            if spec.kind is FileKind.TABLE:
                _bring_table(spec, file, reader, equivalence, found)
            elif spec.kind in _OF_PARTNERS:
                _bring_activity(spec, file, reader, equivalence, found)
            elif spec.kind is FileKind.LIMITS:
                place, path = locate(file.source, reader.places)
                found.phase_limits = read_phase_limits(path, R4V, reader.catalogue)
                reader.had(spec.source_id, place, len(found.phase_limits))
        except LayersError as error:
            reader.lost(spec.source_id, error)
    return found


def _bring_table(
    spec: AwaitedSpec, file: LoadedFile, reader: Reader, equivalence: pd.DataFrame, found: Brought
) -> None:
    place, path = locate(file.source, reader.places)
    read = read_cells(path, spec, equivalence, spec.level, file.scheme)
    status = SourceStatus(
        spec.source_id,
        place,
        rows=len(read.values),
        unmatched=tuple(f"{row.row}: {row.code or row.name}" for row in read.unmatched),
        layers=spec.feeds,
    )
    reader.bring(spec.source_id, read.values.map(_as_text), status)
    if not spec.layers:
        found.cells |= {str(layer): read.values[layer] for layer in read.values}
        found.sources |= dict.fromkeys(map(str, read.values), spec.source_id)


def _bring_activity(
    spec: AwaitedSpec, file: LoadedFile, reader: Reader, equivalence: pd.DataFrame, found: Brought
) -> None:
    place, path = locate(file.source, reader.places)
    read = _read_activity(spec, file, path, equivalence)
    present = pd.concat([found.reports.present, read.present], ignore_index=True)
    told = found.reports.rows if spec.kind is FileKind.PRESENCE else reports_of(read)
    found.reports = Reports(told, present)
    found.sources |= {
        layer.id: spec.source_id
        for layer in spec.layers
        if layer.model and layer.model.is_of_activity
    }
    reader.statuses[spec.source_id] = SourceStatus(
        spec.source_id,
        place,
        rows=read.counted,
        unmatched=tuple(f"{row.row}: {row.name or row.reason}" for row in read.unused),
        layers=spec.feeds,
    )


def _as_text(cell: float) -> str:
    return "" if pd.isna(cell) else f"{cell:g}"
