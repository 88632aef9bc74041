"""A store made from its backup: read whole and checked first, then put in place in one step."""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from geoapp.store.backup import FORMAT, MANIFEST
from geoapp.store.contents import KEPT, MADE_AGAIN, PUBLIC
from geoapp.store.folders import BUILDS, POINTER
from layers.errors import BackupError, Sentence, said_by_system
from layers.whole_file import force

_BLOCK = 1 << 20
_MAX_MANIFEST = 64 << 20


@dataclass(frozen=True)
class Restored:
    """What a restore came to."""

    files: int
    former: Path | None
    """Where the store that was replaced is kept."""
    settings: dict[str, str]
    """With which the backup was made."""


def restore_backup(source: Path, store: Path, now: datetime, replace: bool = False) -> Restored:
    """Make a store from its backup; where anything is wrong with it nothing is changed.

    Parameters
    ----------
    source : Path
        The backup.
    store : Path
        Folder of the store; absent or empty, unless it is replaced.
    now : datetime
        Names the store that is replaced.
    replace : bool
        Put it in the place of a store, which is kept beside.

    Returns
    -------
    Restored
        What was put in place.

    Raises
    ------
    BackupError
        Where the backup is absent, damaged or foreign, the store not empty, or the disk refuses.
    """
    if not source.is_file():
        raise BackupError("{path} is not a file; correct its name", path=source)
    is_occupied = store.is_dir() and any(store.iterdir())
    if is_occupied and not replace:
        raise BackupError(
            "the store {store} is not empty; --replace puts the backup in its place and keeps "
            "beside it what is there",
            store=store,
        )
    made = store.parent / f".{store.name}.restoring"
    try:
        # What a restore left that was killed.
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True, mode=0o700)
        try:
            manifest = _unpack(source, made)
            former = store.with_name(f"{store.name}.{now:%Y%m%dT%H%M%S}") if is_occupied else None
            _put_in_place(made, store, former)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except BackupError:
        raise
    except OSError as error:
        raise BackupError(
            "the store {store} cannot be written ({error}); free space or set GEOAPP_STORE to "
            "another folder",
            store=store,
            error=said_by_system(error),
        ) from error
    settings = {str(name): str(value) for name, value in manifest["settings"].items()}
    return Restored(len(manifest["files"]), former, settings)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and return its manifest, which it obeys."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with gzip.open(source) as packed, tarfile.open(fileobj=packed) as archive:
            for member in archive:
                if manifest is not None or not member.isreg():
                    raise _not_ours(source, member.name)
                if member.name == MANIFEST:
                    manifest = _read_manifest(archive, member, source)
                elif member.name in found or not _is_ours(member.name):
                    raise _not_ours(source, member.name)
                else:
                    found[member.name] = _write(archive, member, folder)
            while packed.read(_BLOCK):
                # To the end: there stands the sum that covers the list of files too.
                continue
    except (tarfile.TarError, EOFError, zlib.error, ValueError, OverflowError) as error:
        raise _not_whole(source, Sentence("it is cut short or damaged")) from error
    except OSError as error:
        # gzip tells of damage without a number; the disk always has one.
        if error.errno is not None or isinstance(error, BackupError):
            raise
        raise _not_whole(source, Sentence("it is cut short or damaged")) from error
    if manifest is None:
        raise _not_whole(source, Sentence("it has no list of its files"))
    _compare(found, manifest["files"], source)
    return manifest


def _compare(found: dict[str, Any], declared: dict[str, Any], source: Path) -> None:
    for name in sorted({*found, *declared}):
        if found.get(name) != declared.get(name):
            raise _not_whole(source, Sentence("{file} is not as it was copied", file=name))


def _is_ours(name: str) -> bool:
    """Return whether a name is one that a store has, and leads nowhere else."""
    path = PurePosixPath(name)
    if path.is_absolute() or str(path) != name or ".." in path.parts or "\\" in name:
        return False
    below = path.parts[1:] if path.parts[0] == PUBLIC else path.parts
    return path.parts[0] in KEPT or (bool(below) and below[0] in (BUILDS, POINTER))


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> dict[str, Any]:
    path = folder / member.name
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, member.mode & 0o666 | 0o600)
    with os.fdopen(handle, "wb") as file, _opened(archive, member) as packed:
        while data := packed.read(_BLOCK):
            digest.update(data)
            size += file.write(data)
        force(file)
    os.utime(path, (member.mtime, member.mtime))
    return {"sha256": digest.hexdigest(), "bytes": size}


def _read_manifest(
    archive: tarfile.TarFile, member: tarfile.TarInfo, source: Path
) -> dict[str, Any]:
    with _opened(archive, member) as packed:
        text = packed.read(_MAX_MANIFEST)
    try:
        manifest = json.loads(text)
        number, files, settings = (manifest[name] for name in ("format", "files", "settings"))
    except (ValueError, KeyError, TypeError) as error:
        raise _not_whole(source, Sentence("the list of its files cannot be read")) from error
    if number != FORMAT or not isinstance(files, dict) or not isinstance(settings, dict):
        raise _not_whole(source, Sentence("another version of geoapp wrote it"))
    return dict(manifest)


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    return archive.extractfile(member)


def _put_in_place(made: Path, store: Path, former: Path | None) -> None:
    """Set a store aside and put the new one in its place, with the fetched files of the former."""
    if former is None:
        os.replace(made, store)
        return
    if former.exists():
        raise BackupError("{path} exists; try again in a second", path=former)
    os.replace(store, former)
    try:
        os.replace(made, store)
    except OSError:
        os.replace(former, store)
        raise
    for name in MADE_AGAIN:
        if (former / name).is_dir():
            os.replace(former / name, store / name)


def _not_ours(source: Path, name: str) -> BackupError:
    return _not_whole(source, Sentence("it holds {file!r}, which no backup has", file=name))


def _not_whole(source: Path, problem: Sentence) -> BackupError:
    return BackupError(
        "{path} is not a whole backup of geoapp: {problem}; the store is as it was, take another "
        "backup",
        path=source,
        problem=problem,
    )
