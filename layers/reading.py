"""Sources read once each, what became of them, and the figures that layers take from them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from layers.errors import LayersError, SourceDamagedError, SourceUnavailableError
from layers.harmonise.admin import Attached, attach_ubigeo, to_numbers
from layers.harmonise.crosswalk import Crosswalk
from layers.harmonise.points import PointsReport
from layers.measure import measure
from layers.sources.locate import Places, locate
from layers.sources.read import read_table, read_vector
from layers.spec import Catalogue, LayerSpec, Published
from layers.table.carry import carry_figures, crosswalk_of
from layers.table.column import column_of, complete_regions
from layers.table.make import Figures, Ground
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
    """Codes that no unit bears."""
    without: tuple[str, ...] = ()
    """Units of its level that it has no row for."""
    problem: str | None = None
    """One sentence, where the source could not be had."""
    layers: tuple[str, ...] = ()
    """Layers that hang on it."""
    points: PointsReport | None = None
    """What became of its places, where its rows are places."""


class Reader:
    """Reads sources once each and keeps what became of them."""

    def __init__(self, catalogue: Catalogue, places: Places, tell: Progress) -> None:
        self.catalogue = catalogue
        self.places = places
        self.tell = tell
        self.statuses: dict[str, SourceStatus] = {}
        self.known: set[str] = set()
        """Codes of every level; empty until the boundaries are read."""
        self.points: dict[str, PointsReport] = {}
        """What became of the places of a source."""
        self._tables: dict[str, pd.DataFrame | None] = {}
        self._plain: dict[str, pd.DataFrame | None] = {}

    def vector(self, source_id: str) -> gpd.GeoDataFrame:
        """Return a vector source, or raise where it cannot be had."""
        spec = self.catalogue.source(source_id)
        try:
            place, path = locate(spec, self.places)
            frame = read_vector(path, spec)
        except LayersError as error:
            self.lost(source_id, error)
            raise
        self.had(source_id, place, len(frame))
        return frame

    def vector_or_none(self, source_id: str) -> gpd.GeoDataFrame | None:
        """Return a vector source, or None (with its reason kept)."""
        try:
            return self.vector(source_id)
        except (SourceUnavailableError, SourceDamagedError):
            return None

    def seek(self, source_id: str) -> None:
        """Note a source that cannot be had, though this build has no units for its figures.

        Said once, however many layers take their figures from it.
        """
        if source_id in self.statuses:
            return
        try:
            locate(self.catalogue.source(source_id), self.places)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.lost(source_id, error)

    def plain(self, source_id: str) -> pd.DataFrame | None:
        """Return a table without codes, or None (with its reason kept)."""
        if source_id not in self._plain:
            self._plain[source_id] = self._read(source_id)
        return self._plain[source_id]

    def _read(self, source_id: str) -> pd.DataFrame | None:
        spec = self.catalogue.source(source_id)
        try:
            place, path = locate(spec, self.places)
            frame = read_table(path, spec)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.lost(source_id, error)
            return None
        self.had(source_id, place, len(frame))
        return frame

    def rows(self, source_id: str) -> pd.DataFrame | None:
        """Return the rows of a source by ubigeo, or None (with its reason kept)."""
        if source_id not in self._tables:
            frame = self.plain(source_id)
            self._tables[source_id] = None if frame is None else self._attach(source_id, frame)
        return self._tables[source_id]

    def bring(self, source_id: str, rows: pd.DataFrame, status: SourceStatus) -> None:
        """Take the rows of a planner's table by ubigeo, which were read and given units before."""
        self._tables[source_id] = rows
        self.statuses[source_id] = status

    def numbers(self, source_id: str, column: str) -> pd.Series | None:
        """Return a column of a source as numbers by ubigeo, or None (with its reason kept)."""
        rows = self.rows(source_id)
        if rows is None:
            return None
        try:
            if column not in rows.columns:
                raise SourceDamagedError(f"source {source_id} has no column {column!r}")
            return to_numbers(rows[column], self.catalogue.source(source_id))
        except SourceDamagedError as error:
            self.lost(source_id, error)
            return None

    def _attach(self, source_id: str, frame: pd.DataFrame) -> pd.DataFrame | None:
        spec = self.catalogue.source(source_id)
        try:
            known = self.known | {code for code, _ in spec.joint_codes} if self.known else None
            attached = attach_ubigeo(frame, spec, known)
        except SourceDamagedError as error:
            self.lost(source_id, error)
            return None
        self.had(source_id, self.statuses[source_id].place, len(attached.frame), attached)
        return attached.frame

    def had(
        self, source_id: str, place: str | None, rows: int, attached: Attached | None = None
    ) -> None:
        """Keep where a source was found and what its codes went through."""
        if attached is None:
            self.tell(f"{source_id}: {place}, {rows} rows")
        self.statuses[source_id] = SourceStatus(
            source_id,
            place,
            rows=rows,
            repaired=attached.repaired if attached else (),
            unmatched=attached.unmatched if attached else (),
            without=self._without(source_id, attached.frame.index) if attached else (),
            layers=self.catalogue.layers_on(source_id),
            points=self.points.get(source_id),
        )

    def keep_points(self, source_id: str, report: PointsReport) -> None:
        """Keep what became of the places of a source that was had."""
        self.points[source_id] = report
        self.statuses[source_id] = replace(self.statuses[source_id], points=report)

    def _without(self, source_id: str, index: pd.Index) -> tuple[str, ...]:
        digits = self.catalogue.source(source_id).code_level.digits
        units = {code for code in self.known if len(code) == digits}
        return tuple(sorted(units.difference(index)))

    def lost(self, source_id: str, error: Exception) -> None:
        """Keep why a source could not be had, and go on."""
        self.tell(str(error))
        self.statuses[source_id] = SourceStatus(
            source_id, None, problem=str(error), layers=self.catalogue.layers_on(source_id)
        )


def read_figures(
    reader: Reader,
    units: dict[AdminLevel, gpd.GeoDataFrame],
    ground: Ground,
    vintages: dict[str, Crosswalk],
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

    Returns
    -------
    dict
        Figures by layer and level.
    """
    found: dict[tuple[str, AdminLevel], Figures] = {}
    published: dict[str, pd.Series] = {}
    for layer in reader.catalogue.layers.values():
        if layer.to_unit.is_measured:
            _add_measured(reader, layer, units, found)
        elif layer.to_unit.is_of_places:
            continue
        elif layer.source and layer.native_level in units:
            values = _published_values(reader, layer, layer.source)
            if values is not None:
                published[layer.id] = values
                found[layer.id, layer.native_level] = _carried(
                    reader, layer, published, ground, vintages
                )
        elif layer.source:
            reader.seek(layer.source)
        if layer.published and (layer.id, AdminLevel.REGION) not in found:
            _add_published(reader, layer, layer.published, found)
    return found


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
    carried = carry_figures(
        layer,
        values,
        published.get(layer.weight or ground.population, nobody),
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
    units: dict[AdminLevel, gpd.GeoDataFrame],
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    level = next(iter(units))
    is_shaking = not (layer.to_unit.is_zonal or layer.to_unit.is_overlaid)
    if is_shaking and level is not layer.native_level:
        # One point says nothing of the shaking of a whole region.
        return
    spec = reader.catalogue.source(str(layer.source))
    try:
        made = measure(layer, spec, reader.places, units[level])
    except (SourceUnavailableError, SourceDamagedError) as error:
        reader.lost(spec.id, error)
        return
    reader.had(spec.id, made.place, made.size)
    found[layer.id, level] = Figures(made.values, spec.id, coverage=made.coverage)


def _add_published(
    reader: Reader,
    layer: LayerSpec,
    published: Published,
    found: dict[tuple[str, AdminLevel], Figures],
) -> None:
    rows = reader.rows(published.source)
    if rows is not None:
        spec = reader.catalogue.source(published.source)
        values = to_numbers(rows[published.column], spec)
        found[layer.id, AdminLevel.REGION] = Figures(values, spec.id)
