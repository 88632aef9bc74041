"""What planners loaded, kept in the store: a copy of each file and a record of whose it is."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geoapp.store.kept import Kept, Row, content_of, swap
from geoapp.store.plain import plain_file, read_file
from layers.catalogue.awaited import AWAITED
from layers.errors import (
    LayersError,
    SourceDamagedError,
    SourceUnavailableError,
    StoreError,
    said_by_system,
)
from layers.loaded_catalogue import as_public, awaited_of
from layers.sources.lock import HeldError, hold
from layers.spec import LoadedFile
from layers.whole_file import PART

MAX_BYTES = 2 * 2**30
_DECISIONS = "decisions.csv"


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
    """The part of the store that keeps what was loaded.

    Records and decisions are replaced only by who has seen what is there: an editor who was
    overtaken by another is told so, and nothing is lost.
    """

    path: Kept

    @property
    def copies(self) -> Path:
        """Folder of this machine that holds the copies, each under its hash."""
        return self.path.database.folder / "loaded" if isinstance(self.path, Row) else self.path

    def copy_of(self, sha256: str) -> Path:
        """Return the copy of a file on this machine, brought from the database where it must be."""
        copy = self.copies / sha256
        if isinstance(self.path, Row) and not copy.is_file():
            data = content_of(self.path / sha256)
            if data is not None:
                self._put(copy, None, data)
        return copy

    def copy_behind(self, file: LoadedFile) -> Path:
        """Return the copy of a file that a build stands on.

        Parameters
        ----------
        file : LoadedFile
            As the build tells of it; a public one tells no hash.

        Returns
        -------
        Path
            On this machine.

        Raises
        ------
        StoreError
            Where another file of its kind was loaded since.
        """
        if file.sha256:
            return self.copy_of(file.sha256)
        known = self._record(file.kind)
        if known is None or as_public(known) != file:
            raise StoreError(
                "the build does not stand on the {kind} that is loaded; run geoapp build",
                kind=file.kind,
            )
        return self.copy_of(known.sha256)

    def files(self) -> tuple[LoadedFile, ...]:
        """Return the records, in the order in which the kinds are declared.

        Returns
        -------
        tuple of LoadedFile
            Empty where nothing was loaded; their copies are on this machine.

        Raises
        ------
        StoreError
            Where a record cannot be read; names the kind to load again.
        """
        found = [self._record(spec.id) for spec in AWAITED]
        files = tuple(file for file in found if file is not None)
        for file in files:
            self.copy_of(file.sha256)
        return files

    @contextmanager
    def only_one(self, wait: float = 600.0) -> Iterator[None]:
        """Hold the folder of this machine while something is loaded into it and the table is built.

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
            self.copies.mkdir(parents=True, exist_ok=True)
            with hold(self.copies / ".lock", wait):
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
            The copy on this machine.

        Raises
        ------
        StoreError
            Where the store refuses, or the file changed while it was read.
        """
        target = self.copies / sha256
        if not target.is_file():
            self._put(target, None, source.read_bytes())
            if digest(target)[0] != sha256:
                target.unlink()
                raise StoreError("{source} changed while it was read; load it again", source=source)
        if isinstance(self.path, Row) and not (self.path / sha256).is_file():
            self._put(self.path / sha256, None, target.read_bytes())
        return target

    def keep(self, file: LoadedFile, instead_of: LoadedFile | None) -> None:
        """Put a record in the place of the one of its kind that its editor has seen.

        Parameters
        ----------
        file : LoadedFile
            What is loaded.
        instead_of : LoadedFile or None
            What `files` held of the kind; None where nothing was loaded.

        Raises
        ------
        StoreError
            Where another editor loaded or took away that kind meanwhile.
        """
        before = None if instead_of is None else _as_bytes(instead_of)
        if not self._put(self._path_of(file.kind), before, _as_bytes(file)):
            raise _overtaken(self._path_of(file.kind))

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
        found = self._record(kind)
        if found is None:
            raise SourceUnavailableError(
                "nothing of kind {kind} is loaded; geoapp load --list says what is", kind=kind
            )
        if not self._put(self._path_of(kind), _as_bytes(found), None):
            raise _overtaken(self._path_of(kind))
        return found

    def tidy(self) -> None:
        """Delete the copies that no record names, and what a load left that was killed."""
        wanted = {file.sha256 for file in self.files()}
        for path in {*self.copies.glob("*"), *self.path.glob("*")}:
            is_copy = len(path.name) == 64
            if (is_copy and path.name not in wanted) or path.name.startswith(PART):
                path.unlink()

    def decisions(self) -> bytes | None:
        """Return the decisions of the group as CSV; None where none was ever taken."""
        return content_of(self.path / _DECISIONS)

    def decisions_file(self, seen: bytes) -> Path:
        """Return a file of this machine with the decisions that were seen."""
        path = self.copies / _DECISIONS
        if isinstance(self.path, Row):
            self._put(path, content_of(path), seen)
        return path

    def decide(self, before: bytes | None, after: str) -> None:
        """Put decisions in the place of those that their editor has seen.

        Parameters
        ----------
        before : bytes or None
            What `decisions` returned.
        after : str
            CSV.

        Raises
        ------
        StoreError
            Where another editor decided something meanwhile.
        """
        if not self._put(self.path / _DECISIONS, before, after.encode()):
            raise _overtaken(self.path / _DECISIONS)

    def _path_of(self, kind: str) -> Kept:
        return self.path / f"{kind}.json"

    def _record(self, kind: str) -> LoadedFile | None:
        path = self._path_of(kind)
        try:
            content = content_of(path)
            return None if content is None else read_file(json.loads(content))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                "{path} is damaged ({error}); load {kind} again", path=path, error=error, kind=kind
            ) from error

    def _put(self, target: Kept, before: bytes | None, after: bytes | None) -> bool:
        try:
            return swap(target, before, after)
        except LayersError:
            raise
        except OSError as error:
            raise StoreError(
                "{path} cannot be written ({error}); free space or set GEOAPP_STORE to another "
                "folder",
                path=self.path,
                error=said_by_system(error),
            ) from error


def _as_bytes(file: LoadedFile) -> bytes:
    return json.dumps(plain_file(file), ensure_ascii=False, indent=1).encode()


def _overtaken(path: Kept) -> StoreError:
    return StoreError(
        "{path} was changed by somebody else meanwhile; look at what is there and repeat", path=path
    )
