"""Who changed what: a line for each act, added to the store and never changed.

Each line bears the hash of the line before it, so that one that is altered, taken out or put in
between is noticed. A cut of the last lines is noticed by whoever kept the hash of one of them.
"""

import getpass
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from geoapp.store.kept import Kept, Row
from layers.errors import StoreError, said_by_system
from layers.sources.lock import HeldError, hold
from layers.whole_file import force

FILE = "audit.jsonl"
NOTHING = "0" * 64
"""What the first line bears in the place of a former hash."""
_CHUNK = 1 << 16
_WAIT = 30.0
"""Seconds for another process to have written its line."""


class Act(StrEnum):
    """What is kept of whom."""

    BUILD = "build"
    LOAD = "load"
    UNLOAD = "unload"
    SCENARIO = "scenario"
    DECISION = "decision"
    NEED = "need"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """One act."""

    when: str
    who: str
    act: str
    facts: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class Audit:
    """A log as it was read."""

    entries: tuple[Entry, ...] = ()
    broken: tuple[int, ...] = ()
    """Lines, from 1, that are no entry or do not follow the one before them."""


def user_of_system() -> str:
    """Return who runs this process, as the system calls them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def record(store: Kept, who: str, act: Act, **facts: Any) -> None:
    """Add a line to the log of a store.

    Parameters
    ----------
    store : Path or Row
        The store; beside a database each machine has a log of its own, in its folder.
    who : str
        An e-mail or subject, or the user of the machine.
    act : Act
        What was done.
    **facts
        To what, as plain data; no secret.

    Raises
    ------
    StoreError
        Where the disk refuses.
    """
    folder = store.database.folder if isinstance(store, Row) else store
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # One writer at a time, also between processes: each line names the one before it.
        with hold(folder / FILE, _WAIT), (folder / FILE).open("a+b", buffering=0) as file:
            file.write(_next_line(file.fileno(), who, act, facts))
            force(file)
    except HeldError as error:
        raise StoreError(
            "another geoapp has held {path} for {seconds:g} s; try again when it is done",
            path=folder / FILE,
            seconds=_WAIT,
        ) from error
    except OSError as error:
        raise StoreError(
            "the audit log {path} cannot be written ({error}); free space or mend its permissions",
            path=folder / FILE,
            error=said_by_system(error),
        ) from error


def read_audit(store: Path) -> Audit:
    """Read the log of a store and follow its chain.

    Parameters
    ----------
    store : Path
        Folder of the store.

    Returns
    -------
    Audit
        Empty where nothing was done yet.

    Raises
    ------
    StoreError
        Where the file cannot be read.
    """
    path = store / FILE
    if not path.exists():
        return Audit()
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StoreError(
            "the audit log {path} cannot be read ({error}); mend its permissions",
            path=path,
            error=said_by_system(error),
        ) from error
    # What follows the last line break is an act whose writing was cut off.
    if not lines[-1]:
        lines.pop()
    entries, broken, former = [], [], NOTHING
    for number, line in enumerate(lines, 1):
        entry = _entry(line)
        if entry is None or entry[0] != former:
            broken.append(number)
        if entry is not None:
            entries.append(entry[1])
        former = _hash(line)
    return Audit(tuple(entries), tuple(broken))


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _next_line(handle: int, who: str, act: Act, facts: dict[str, Any]) -> bytes:
    last, is_whole = _last_line(handle)
    content = {
        "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "who": who,
        "act": act.value,
        "facts": facts,
        "former": _hash(last) if last else NOTHING,
    }
    line = json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    return (b"" if is_whole else b"\n") + line + b"\n"


def _last_line(handle: int) -> tuple[bytes, bool]:
    """Return the last line, and whether its line break was written too."""
    end = os.lseek(handle, 0, os.SEEK_END)
    tail, start = b"", end
    while start > 0 and b"\n" not in tail.rstrip(b"\n"):
        start = max(0, start - _CHUNK)
        os.lseek(handle, start, os.SEEK_SET)
        tail = os.read(handle, end - start)
    return tail.rstrip(b"\n").rpartition(b"\n")[2], not tail or tail.endswith(b"\n")


def _entry(line: bytes) -> tuple[str, Entry] | None:
    """Return the former hash that a line bears, and its act; None where it is no entry."""
    try:
        told = json.loads(line)
        facts = dict(told["facts"])
        entry = Entry(str(told["when"]), str(told["who"]), str(told["act"]), facts, _hash(line))
        return str(told["former"]), entry
    except (ValueError, KeyError, TypeError):
        return None
