"""Sources read once each, and what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from layers.errors import LayersError, Sentence, SourceDamagedError, SourceUnavailableError
from layers.harmonise.admin import Attached, attach_ubigeo, to_numbers
from layers.harmonise.points import PointsReport
from layers.sources.locate import Finder, Places
from layers.sources.read import read_table, read_vector
from layers.spec import Catalogue, SourceSpec
from layers.steps import Steps
from layers.workers import HERE, Workers

Progress = Callable[[Sentence], None]
Made = TypeVar("Made")


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
    problem: Sentence | None = None
    """One sentence, where the source could not be had."""
    layers: tuple[str, ...] = ()
    """Layers that hang on it."""
    points: PointsReport | None = None
    """What became of its places, where its rows are places."""


class Reader:
    """Reads sources once each and keeps what became of them."""

    def __init__(
        self,
        catalogue: Catalogue,
        places: Places | Finder,
        tell: Progress,
        workers: Workers = HERE,
        steps: Steps | None = None,
    ) -> None:
        self.catalogue = catalogue
        self._finder = places if isinstance(places, Finder) else Finder(places)
        self.places = self._finder.places
        self.tell = tell
        self.workers = workers
        self.steps = steps or Steps()
        self.statuses: dict[str, SourceStatus] = {}
        self.known: set[str] = set()
        """Codes of every level; empty until the boundaries are read."""
        self.ground = b""
        """What tells the boundaries and the units of this build from any others."""
        self.points: dict[str, PointsReport] = {}
        """What became of the places of a source."""
        self._tables: dict[str, pd.DataFrame | None] = {}
        self._plain: dict[str, pd.DataFrame | None] = {}
        self._told: set[str] = set()

    def locate(self, source_id: str) -> tuple[str, Path]:
        """Return the place and the verified file of a source, looked for once a build."""
        return self._finder.locate(self.catalogue.source(source_id))

    def step(
        self,
        name: str,
        sources: Sequence[str],
        inputs: tuple[object, ...],
        make: Callable[[], Made],
    ) -> Made:
        """Return what a step makes of some sources; nothing is read where it is known already.

        Parameters
        ----------
        name : str
            Of the step.
        sources : sequence of str
            All that it may read.
        inputs : tuple
            All else that it depends on.
        make : callable
            The step, which reads by this reader.

        Returns
        -------
        object
            What it made; the report of each source is as if it had been read now.
        """
        ran = False

        def run() -> tuple[Made, dict[str, SourceStatus]]:
            nonlocal ran
            ran = True
            made = make()
            return made, {one: told for one, told in self.statuses.items() if one in sources}

        made, told = self.steps.value(name, (inputs, self.files(sources)), run)
        for source_id, status in () if ran else told.items():
            self._replay(source_id, status)
        return made

    def has(self, name: str, sources: Sequence[str], inputs: tuple[object, ...]) -> bool:
        """Return whether an earlier build made the step that `step` would."""
        return self.steps.has(name, (inputs, self.files(sources)))

    def files(self, sources: Sequence[str]) -> list[tuple[SourceSpec, str]]:
        """Return what is declared of some sources, and where each is or why it is not at hand."""
        specs = [self.catalogue.source(source_id) for source_id in sources]
        return [(spec, self._finder.place_of(spec)) for spec in specs]

    def _replay(self, source_id: str, status: SourceStatus) -> None:
        """Keep what became of a source when a step read it."""
        self.statuses[source_id] = replace(status, layers=self.catalogue.layers_on(source_id))
        if status.problem:
            self.tell(status.problem)
        else:
            self._tell_rows(source_id)
        if status.points:
            self.points[source_id] = status.points

    def vector(self, source_id: str) -> gpd.GeoDataFrame:
        """Return a vector source, or raise where it cannot be had."""
        spec = self.catalogue.source(source_id)
        try:
            place, path = self.locate(source_id)
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
            self.locate(source_id)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.lost(source_id, error)

    def plain(self, source_id: str) -> pd.DataFrame | None:
        """Return a table without codes, or None (with its reason kept)."""
        frame = self._as_it_stands(source_id)
        if frame is not None:
            self._tell_rows(source_id)
        return frame

    def _as_it_stands(self, source_id: str) -> pd.DataFrame | None:
        if source_id not in self._plain:
            self._plain[source_id] = self._read(source_id)
        return self._plain[source_id]

    def _read(self, source_id: str) -> pd.DataFrame | None:
        spec = self.catalogue.source(source_id)
        try:
            place, path = self.locate(source_id)
            frame = read_table(path, spec)
        except (SourceUnavailableError, SourceDamagedError) as error:
            self.lost(source_id, error)
            return None
        self._keep(source_id, place, len(frame))
        return frame

    def rows(self, source_id: str) -> pd.DataFrame | None:
        """Return the rows of a source by ubigeo, or None (with its reason kept)."""
        if source_id not in self._tables:
            frame = self._as_it_stands(source_id)
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
                raise SourceDamagedError(
                    "source {source_id} has no column {column!r}",
                    source_id=source_id,
                    column=column,
                )
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
        self._keep(source_id, self.statuses[source_id].place, len(attached.frame), attached)
        self._tell_rows(source_id)
        return attached.frame

    def had(self, source_id: str, place: str | None, rows: int) -> None:
        """Keep where a source was found, and tell it."""
        self._keep(source_id, place, rows)
        self._tell_rows(source_id)

    def _keep(
        self, source_id: str, place: str | None, rows: int, attached: Attached | None = None
    ) -> None:
        """Keep where a source was found and what its codes went through."""
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

    def _tell_rows(self, source_id: str) -> None:
        """Tell once where a source was found and its rows that count, read now or earlier."""
        if source_id in self._told:
            return
        self._told.add(source_id)
        status = self.statuses[source_id]
        found = {"source": source_id, "place": Sentence(status.place or "")}
        self.tell(Sentence("{source}: {place}, {rows} rows", rows=status.rows, **found))

    def keep_points(self, source_id: str, report: PointsReport) -> None:
        """Keep what became of the places of a source that was had."""
        self.points[source_id] = report
        self.statuses[source_id] = replace(self.statuses[source_id], points=report)

    def _without(self, source_id: str, index: pd.Index) -> tuple[str, ...]:
        digits = self.catalogue.source(source_id).code_level.digits
        units = {code for code in self.known if len(code) == digits}
        return tuple(sorted(units.difference(index)))

    def lost(self, source_id: str, error: LayersError) -> None:
        """Keep why a source could not be had, and go on."""
        self.tell(error.sentence)
        self.statuses[source_id] = SourceStatus(
            source_id, None, problem=error.sentence, layers=self.catalogue.layers_on(source_id)
        )
