"""What planners loaded, kept in the store: a copy of each file and a record of whose it is."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geoapp.manifest import plain_file, read_file
from layers.catalogue.awaited import AWAITED
from layers.errors import (
    SourceDamagedError,
    SourceUnavailableError,
    StoreError,
    either,
    said_by_system,
)
from layers.loaded_files import awaited_of, with_loaded
from layers.pipeline import Build
from layers.sources.guard import FORMAT_OF_ENDING
from layers.sources.lock import HeldError, hold
from layers.spec import Catalogue, LoadedFile

MAX_BYTES = 2 * 2**30
_PART = ".part-"


def catalogue_of(built: Build, catalogue: Catalogue) -> Catalogue:
    """Return the declarations that a build was made from: the product's and what was loaded.

    Parameters
    ----------
    built : Build
        Names the loaded files.
    catalogue : Catalogue
        The declarations of the product.

    Returns
    -------
    Catalogue
        Every layer and source of the build.
    """
    return with_loaded(catalogue, built.loaded)


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
            path=path,
            kind=kind,
            formats=either(spec.formats),
        )
    return found


def digest(path: Path) -> tuple[str, int]:
    """Return the sha256 and the size of a file."""
    size = path.stat().st_size
    if not size:
        raise SourceDamagedError("{path} is empty; copy or export it again", path=path)
    if size > MAX_BYTES:
        raise SourceDamagedError(
            "{path} is larger than {most} GB; copy or export it again",
            path=path,
            most=MAX_BYTES // 2**30,
        )
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), size


@dataclass(frozen=True)
class LoadedFolder:
    """The folder of the store that keeps what was loaded."""

    path: Path

    @property
    def decisions(self) -> Path:
        """Where the decisions of the group are kept."""
        return self.path / "decisions.csv"

    def files(self) -> tuple[LoadedFile, ...]:
        """Return the records, in the order in which the kinds are declared.

        Returns
        -------
        tuple of LoadedFile
            Empty where nothing was loaded.

        Raises
        ------
        StoreError
            Where a record cannot be read; names the kind to load again.
        """
        return tuple(self._record(spec.id) for spec in AWAITED if self._path_of(spec.id).is_file())

    @contextmanager
    def only_one(self, wait: float = 600.0) -> Iterator[None]:
        """Hold the folder while something is loaded into it and the table is built.

        Parameters
        ----------
        wait : float
            Seconds for another process to be done.

        Raises
        ------
        StoreError
            Where it is not, or the disk refuses.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with hold(self.path / ".lock", wait):
                yield
        except HeldError as error:
            raise StoreError(
                "another geoapp load has held {path} for {seconds:g} s; try again when it is done",
                path=self.path,
                seconds=wait,
            ) from error

    def copy(self, source: Path, sha256: str) -> Path:
        """Keep a copy of a file under its hash, whole or not at all.

        Parameters
        ----------
        source : Path
            The file.
        sha256 : str
            Hash of its bytes.

        Returns
        -------
        Path
            The copy.

        Raises
        ------
        StoreError
            Where the disk refuses, or the file changed while it was read.
        """
        target = self.path / sha256
        if target.is_file():
            return target
        self._write(target, source.read_bytes())
        if digest(target)[0] != sha256:
            target.unlink()
            raise StoreError("{source} changed while it was read; load it again", source=source)
        return target

    def keep(self, file: LoadedFile) -> None:
        """Put a record in the place of the older one of its kind, in one step."""
        text = json.dumps(plain_file(file), ensure_ascii=False, indent=1)
        self._write(self._path_of(file.kind), text.encode())

    def remove(self, kind: str) -> LoadedFile:
        """Forget what was loaded of a kind.

        Parameters
        ----------
        kind : str
            Id of an AwaitedSpec.

        Returns
        -------
        LoadedFile
            What was forgotten; its copy stays until `tidy`.

        Raises
        ------
        SourceUnavailableError
            Where nothing of that kind was loaded.
        """
        awaited_of(kind)
        if not self._path_of(kind).is_file():
            raise SourceUnavailableError(
                "nothing of kind {kind} is loaded; geoapp load --list says what is", kind=kind
            )
        found = self._record(kind)
        self._path_of(kind).unlink()
        return found

    def tidy(self) -> None:
        """Delete the copies that no record names, and what a load left that was killed."""
        wanted = {file.sha256 for file in self.files()}
        for path in self.path.glob("*"):
            is_copy = len(path.name) == 64
            if (is_copy and path.name not in wanted) or path.name.startswith(_PART):
                path.unlink()

    def _path_of(self, kind: str) -> Path:
        return self.path / f"{kind}.json"

    def _record(self, kind: str) -> LoadedFile:
        path = self._path_of(kind)
        try:
            return read_file(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                "{path} is damaged ({error}); load {kind} again", path=path, error=error, kind=kind
            ) from error

    def _write(self, target: Path, data: bytes) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=_PART, dir=self.path)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(part, target)
            except BaseException:
                Path(part).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StoreError(
                "{path} cannot be written ({error}); free space or set GEOAPP_STORE to another "
                "folder",
                path=self.path,
                error=said_by_system(error),
            ) from error
