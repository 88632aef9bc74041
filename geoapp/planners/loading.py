"""Load a planner's file: check it, keep a copy and its record. For the command and for the page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geoapp.store.loaded import LoadedFolder, digest
from layers.boundary_files import check_boundaries
from layers.countries import Country
from layers.errors import SourceDamagedError, SourceUnavailableError, either
from layers.form_files import Counted, count_answers, is_form_export
from layers.loaded_catalogue import awaited_of
from layers.loaded_files import Checked, check_file, equivalence_from
from layers.sources.guard import FORMAT_OF_ENDING
from layers.sources.locate import Places
from layers.spec import AwaitedSpec, LoadedFile
from layers.spec.awaited import PEOPLE
from layers.terms import CodeScheme, FileKind
from layers.user_files import require_tags

_TABLES = (FileKind.TABLE, FileKind.ACTIVITY, FileKind.PRESENCE)


class Origin(StrEnum):
    """What made a table."""

    HXL = "hxl"
    KOBO = "kobo"


def format_of(kind: str, path: Path, name: str = "") -> str:
    """Return the format of a file that is read as a kind, by its name.

    Parameters
    ----------
    kind : str
        Id of an AwaitedSpec.
    path : Path
        The file.
    name : str
        What its owner calls it, where it lies under another name.

    Returns
    -------
    str
        A format of ``layers.sources``.

    Raises
    ------
    SourceUnavailableError
        Where there is no such file.
    SourceDamagedError
        Where the kind is not read in that format.
    """
    spec = awaited_of(kind)
    if not path.is_file():
        raise SourceUnavailableError("{path} is not a file; correct its name", path=path)
    found = FORMAT_OF_ENDING.get(Path(name or path.name).suffix.casefold())
    if found not in spec.formats:
        raise SourceDamagedError(
            "{path} is not read as {kind}; give {formats}",
            path=name or path,
            kind=kind,
            formats=either(spec.formats),
        )
    return found


def with_answers(checked: Checked, answers: Counted | None) -> Checked:
    """Return what can be used of a file, with the answers that were counted to make it."""
    if answers is None:
        return checked
    return replace(
        checked,
        rows=answers.counted + len(answers.unplaced),
        unplaced=(*answers.unplaced, *checked.unplaced),
        notes=(*answers.notes, *checked.notes),
    )


@dataclass(frozen=True)
class Loading:
    """Where files are kept, and what they are checked against."""

    folder: LoadedFolder
    places: Places
    units: Callable[[], gpd.GeoDataFrame]
    """Returns the districts of the build; for boundaries its finest units will do."""
    names: pd.DataFrame
    """Of these units."""
    country: Country
    """What is declared for it; the build may have loaded files beside."""

    def describe(self, path: Path, name: str, words: dict[str, Any]) -> LoadedFile:
        """Return the record of a file.

        Parameters
        ----------
        path : Path
            The file.
        name : str
            What its owner calls it; tells its format.
        words : dict
            kind, publisher, vintage and what else a LoadedFile says.

        Returns
        -------
        LoadedFile
            With hash, size and today's date.

        Raises
        ------
        LayersError
            Where the kind is not known or not read in that format.
        """
        form = format_of(words["kind"], path, name)
        sha256, size = digest(path)
        facts: dict[str, Any] = {"name": name, "format": form, "sha256": sha256, "bytes": size}
        return LoadedFile(loaded_on=date.today(), **facts, **words)

    def count(
        self, path: Path, kind: AwaitedSpec, origin: Origin | None, scheme: CodeScheme | None
    ) -> Counted | None:
        """Count the answers of an export of a form; None for any other file.

        Parameters
        ----------
        path : Path
            The file.
        kind : AwaitedSpec
            What it is loaded as.
        origin : Origin or None
            Where it is from, where who loads it says so; else an export is known by its columns.
        scheme : CodeScheme or None
            The scheme of its codes, where who loads it states one.

        Returns
        -------
        Counted or None
            By district.

        Raises
        ------
        LayersError
            Where it is not what it is said to be, or answers cannot be counted as that kind.
        """
        if origin is Origin.HXL:
            require_tags(path)
        is_answers = origin is Origin.KOBO or (kind.kind in _TABLES and is_form_export(path))
        if not is_answers:
            return None
        if kind.kind is not FileKind.TABLE or kind.accepted is not PEOPLE:
            raise SourceDamagedError(
                "{path} holds answers to a form, which are counted as people and not as {kind}",
                path=path,
                kind=kind.id,
            )
        rows = equivalence_from(self.names)
        return count_answers(path, kind, rows, self.units(), scheme)

    def check(self, file: LoadedFile, path: Path) -> Checked:
        """Keep a copy of a file and say what of it can be used; raise where nothing can."""
        self.folder.copy(path, file.sha256)
        if awaited_of(file.kind).kind is FileKind.BOUNDARIES:
            return check_boundaries(file, path, self.places, self.country, self.units())
        rows = equivalence_from(self.names)
        return check_file(file, path, self.places, rows, self.units, self.country.catalogue)


def loaded_facts(file: LoadedFile) -> dict[str, str]:
    """Return what the audit log keeps of a file: whose it is, of when, and its hash."""
    return {
        "kind": file.kind,
        "name": file.name,
        "publisher": file.publisher,
        "vintage": file.vintage,
        "sha256": file.sha256,
    }
