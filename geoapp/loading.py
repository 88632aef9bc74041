"""Load a planner's file: check it, keep a copy and its record. For the command and for the page."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geoapp.loaded import LoadedFolder, digest, format_of
from layers.boundary_files import check_boundaries
from layers.countries import Country
from layers.loaded_files import Checked, awaited_of, check_file, equivalence_from
from layers.pipeline import LevelBuild
from layers.sources.locate import Places
from layers.spec import LoadedFile
from layers.terms import FileKind


@dataclass(frozen=True)
class Loading:
    """Where files are kept, and what they are checked against."""

    folder: LoadedFolder
    places: Places
    made: LevelBuild
    """The districts of the build; for boundaries its finest units will do."""
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

    def check(self, file: LoadedFile, path: Path) -> Checked:
        """Keep a copy of a file and say what of it can be used; raise where nothing can."""
        self.folder.copy(path, file.sha256)
        if awaited_of(file.kind).kind is FileKind.BOUNDARIES:
            return check_boundaries(file, path, self.places, self.country, self.made.units)
        rows = equivalence_from(self.made.table.names)
        return check_file(file, path, self.places, rows, self.made.units, self.country.catalogue)
