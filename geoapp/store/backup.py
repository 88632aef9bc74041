"""A copy of a store in one file: what cannot be made again, and its builds."""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from geoapp.store.contents import KEPT, PUBLIC
from geoapp.store.folders import BUILDS, FORMER, POINTER, pointed
from geoapp.store.formats import FORMAT as STORE_FORMAT
from layers.errors import BackupError, said_by_system
from layers.identity import product_version
from layers.whole_file import whole_file

FORMAT = 1
MANIFEST = "geoapp-backup.json"
"""Last file of a backup: a copy that was cut short has none."""
_TRIES = 3


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    path: Path
    files: int
    bytes: int
    """Of the file on disk."""
    left_out: tuple[str, ...]
    """What else stands in the store, by name."""


def write_backup(
    store: Path, target: Path, settings: Mapping[str, str], with_builds: bool = True
) -> Backup:
    """Copy a store into one file, also while a server runs on it.

    Parameters
    ----------
    store : Path
        Folder of the store.
    target : Path
        The file; it appears whole, or what was there stays.
    settings : Mapping
        Kept with the copy, to be read by who restores it; no secrets.
    with_builds : bool
        Whether the builds that are served go with it.

    Returns
    -------
    Backup
        The same store gives the same bytes.

    Raises
    ------
    BackupError
        Where the store is empty, changes all the while, or the disk refuses.
    """
    if not _names(store, with_builds):
        raise BackupError("the store {store} holds nothing to copy; set GEOAPP_STORE", store=store)
    try:
        with whole_file(target) as file:
            files = _write_unchanged(file, store, dict(settings), with_builds)
    except BackupError:
        raise
    except OSError as error:
        raise BackupError(
            "the backup {path} cannot be written ({error}); free space or name another file",
            path=target,
            error=said_by_system(error),
        ) from error
    return Backup(target, files, target.stat().st_size, _left_out(store, with_builds))


def _write_unchanged(file: IO[bytes], store: Path, settings: dict[str, str], builds: bool) -> int:
    """Write until nothing was renamed into or out of the store meanwhile."""
    for _ in range(_TRIES):
        file.seek(0)
        file.truncate()
        try:
            before = _state(store, builds)
            files = _write(file, store, _names(store, builds), settings)
            if _state(store, builds) == before:
                return files
        except FileNotFoundError:
            continue
    raise BackupError("the store {store} changes while it is copied; try again later", store=store)


def _write(file: IO[bytes], store: Path, names: list[str], settings: dict[str, str]) -> int:
    told: dict[str, dict[str, Any]] = {}
    # Neither name nor time in the header: the same store gives the same bytes.
    with (
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in names:
            with (store / name).open("rb") as opened:
                told[name] = _add(archive, name, opened)
        manifest = {
            "format": FORMAT,
            "store_format": STORE_FORMAT,
            "version": product_version(),
            "settings": settings,
            "files": told,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(text)
        archive.addfile(last, io.BytesIO(text))
    return len(names)


def _add(archive: tarfile.TarFile, name: str, opened: IO[bytes]) -> dict[str, Any]:
    found = os.fstat(opened.fileno())
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = found.st_size, int(found.st_mtime), found.st_mode
    read = _Hashed(opened)
    archive.addfile(member, read)
    return {"sha256": read.digest.hexdigest(), "bytes": member.size}


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed as they are read, so that a log may grow meanwhile."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def _names(store: Path, with_builds: bool) -> list[str]:
    """Return the files to copy, in order, by their names in the store."""
    found = [path for part in KEPT for path in _files(store / part)]
    for edition in (store, store / PUBLIC) if with_builds else ():
        if name := pointed(edition, POINTER):
            found += [edition / POINTER, *_files(edition / BUILDS / name)]
    return sorted(path.relative_to(store).as_posix() for path in found)


def _files(path: Path) -> list[Path]:
    """Return a file, or those below a folder, without what is being written."""
    if path.is_file():
        return [path]
    return [one for one in path.rglob("*") if one.is_file() and not one.name.startswith(".")]


def _state(store: Path, with_builds: bool) -> list[tuple[str, int, int]]:
    """Return what tells whether a file was put in the place of another; logs only grow."""
    names = [name for name in _names(store, with_builds) if not name.endswith(".jsonl")]
    found = [(name, (store / name).stat()) for name in names]
    return [(name, told.st_mtime_ns, told.st_ino) for name, told in found]


def _left_out(store: Path, with_builds: bool) -> tuple[str, ...]:
    taken = {*KEPT, *((BUILDS, POINTER, FORMER, PUBLIC) if with_builds else ())}
    return tuple(sorted(path.name for path in store.iterdir() if path.name not in taken))
