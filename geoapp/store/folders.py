"""Folders of a store: each build in one of its own, sealed by hashes, switched in one step.

A folder is written beside the others, forced to disk with the hash of each of its files, and
only then pointed to; it never changes afterwards. So a reader sees one build whole, whatever
ends a writer, and a file that the disk lost or changed is noticed before anything is read of it.
No clock is asked: ``CURRENT`` and ``FORMER`` say which build came after which.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from geoapp.store.formats import is_foreign, manifest_of
from layers.errors import Sentence, StoreError, said_by_system
from layers.sources.lock import HeldError, hold
from layers.sources.verify import sha256_of
from layers.whole_file import PART, sync, whole_file

BUILDS = "builds"
POINTER = "CURRENT"
FORMER = "FORMER"
SUMS = "SHA256SUMS"
"""As sha256sum writes and checks it."""
_NEW, _OLD, _LOCK = ".new-", ".old-", ".lock"
_WAIT = 120.0
"""Seconds for another process to have written its build."""

Made = TypeVar("Made")


class DamagedBuildError(StoreError):
    """A build whose files are not as they were written."""


def add_build(store: Path, name: str, write: Callable[[Path], None]) -> Path:
    """Write the folder of a build beside the others and point to it.

    Parameters
    ----------
    store : Path
        Folder of the store; made if absent.
    name : str
        Hash of the build.
    write : callable
        Writes its files into the folder that it is given.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    StoreError
        Where the disk refuses or another process is not done in time; what was there stays.
    """
    builds = store / BUILDS
    try:
        builds.mkdir(parents=True, exist_ok=True)
        with hold(builds / _LOCK, _WAIT):
            _remove_leavings(store)
            folder = _add(builds, name, write)
            former = _after(store, name)
            _point(store, FORMER, former)
            _point(store, POINTER, folder.name)
            with suppress(OSError):
                _remove_all_but(builds, {folder.name, former})
    except HeldError as error:
        raise StoreError(
            "another geoapp build has held {store} for {seconds:g} s; try again when it is done",
            store=store,
            seconds=_WAIT,
        ) from error
    except OSError as error:
        raise unwritable(store, error) from error
    return folder


def open_build(
    store: Path, read: Callable[[Path], Made], name: str | None = None
) -> tuple[Made, Path, Sentence | None]:
    """Read the build that a store points to, or the one before it where that is damaged.

    Parameters
    ----------
    store : Path
        Folder of the store.
    read : callable
        Reads a folder whose files are as they were written.
    name : str, optional
        Hash of a build that the store still holds; the newest by default.

    Returns
    -------
    tuple
        What was read, its folder, and what is wrong with the newest build, if anything is.

    Raises
    ------
    StoreError
        Where there is no build, or none that is whole.
    """
    while True:
        if not (store / POINTER).is_file():
            raise StoreError("the store {store} holds no build; run geoapp build", store=store)
        newest = pointed(store, POINTER)
        folder = _named(store, newest, name)
        try:
            return _whole(folder, read), folder, None
        except DamagedBuildError as damage:
            # A writer may have switched twice meanwhile and removed what was being read.
            if pointed(store, POINTER) == newest:
                return _before(store, folder, read, damage, name)


def pointed(store: Path, pointer: str) -> str:
    """Return the name of the folder that a pointer of a store names; empty where it names none."""
    try:
        return (store / pointer).read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def sealed_manifest(store: Path) -> dict[str, Any]:
    """Return the manifest of the build that a store points to, every file of it held to its seal.

    Parameters
    ----------
    store : Path
        Folder of the store.

    Returns
    -------
    dict
        Empty where there is no build, or not one that is as it was written.
    """
    folder = store / BUILDS / (pointed(store, POINTER) or _NEW)
    try:
        _check_seal(folder)
    except (OSError, ValueError):
        return {}
    return manifest_of(folder)


def sealed_bytes(folder: Path, name: str) -> bytes | None:
    """Return a file of a build as it was written; None where it is not, or not there."""
    try:
        held = (folder / name).read_bytes()
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return held if f"{hashlib.sha256(held).hexdigest()}  {name}" in lines else None


def unwritable(store: Path, error: OSError) -> StoreError:
    """Return the error of a store that takes no file: read-only, full or not allowed."""
    return StoreError(
        "the store {store} cannot be written ({error}); free space or set GEOAPP_STORE to "
        "another folder",
        store=store,
        error=said_by_system(error),
    )


def _named(store: Path, newest: str, name: str | None) -> Path:
    held = (newest, pointed(store, FORMER))
    found = next((one for one in held if name and hash_of(one) == name), name or newest)
    return store / BUILDS / found


def hash_of(folder: str) -> str:
    """Return the hash of the build in a folder: builds of one hash are numbered."""
    return folder.partition("-")[0]


def _before(
    store: Path,
    folder: Path,
    read: Callable[[Path], Made],
    damage: DamagedBuildError,
    name: str | None,
) -> tuple[Made, Path, Sentence | None]:
    former = pointed(store, FORMER)
    if name or not former or former == folder.name:
        raise damage
    try:
        made = _whole(store / BUILDS / former, read)
    except StoreError:
        raise damage from None
    problem = Sentence("{damage}; until then the build before it is used", damage=damage)
    return made, store / BUILDS / former, problem


def _whole(folder: Path, read: Callable[[Path], Made]) -> Made:
    """Read a folder after its seal was checked."""
    try:
        is_sealed = (folder / SUMS).is_file()
        if is_sealed:
            _check_seal(folder)
        made = read(folder)
        # An older version wrote no seal, and what reads its folder has said so.
        if not is_sealed:
            raise ValueError(Sentence("{file} is not as it was written", file=SUMS))
        return made
    except StoreError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedBuildError(
            "{folder} is damaged ({error}); run geoapp build", folder=folder, error=error
        ) from error


def _seal(folder: Path) -> None:
    """Write the hash of every file, and force them and their folder to disk."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    lines = [f"{sha256_of(path)}  {path.name}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), "utf-8")
    for path in (*files, folder / SUMS, folder):
        sync(path)


def _check_seal(folder: Path) -> None:
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    for line in lines:
        stated, _, name = line.partition("  ")
        if sha256_of(folder / name) != stated:
            raise ValueError(Sentence("{file} is not as it was written", file=name))
    if not lines:
        raise ValueError(Sentence("{file} is not as it was written", file=SUMS))


def _add(builds: Path, name: str, write: Callable[[Path], None]) -> Path:
    work = Path(tempfile.mkdtemp(prefix=_NEW, dir=builds))
    try:
        write(work)
        _seal(work)
        numbered = (builds / (name if turn == 1 else f"{name}-{turn}") for turn in count(1))
        folder = next(path for path in numbered if not path.exists())
        os.rename(work, folder)
        sync(builds)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return folder


def _after(store: Path, name: str) -> str:
    """Return which folder is the former one once a build of this hash is the newest."""
    newest = pointed(store, POINTER)
    # Made again of the same sources: what it takes the place of would tell nothing else.
    return pointed(store, FORMER) if hash_of(newest) == name else newest


def _point(store: Path, pointer: str, name: str) -> None:
    with whole_file(store / pointer) as file:
        file.write(name.encode("ascii"))


def _remove_leavings(store: Path) -> None:
    """Remove what a writer left that was killed; nobody else writes while the lock is held."""
    for path in (*(store / BUILDS).glob(f"{_NEW}*"), *(store / BUILDS).glob(f"{_OLD}*")):
        shutil.rmtree(path, ignore_errors=True)
    for path in store.glob(f"{PART}*"):
        path.unlink(missing_ok=True)


def _remove_all_but(builds: Path, kept: set[str]) -> None:
    for path in builds.iterdir():
        if path.name in kept or path.name.startswith(".") or is_foreign(path):
            continue
        # It vanishes at once under its name, so that nobody opens half of it.
        gone = builds / f"{_OLD}{path.name}"
        os.rename(path, gone)
        shutil.rmtree(gone, ignore_errors=True)
