"""One file of kept results: an index ahead, and behind it each result, found without the others.

Only bytes that were written whole are given back: the index bears its SHA-256, and in it that of
each result. A file that is damaged, cut or of another form holds nothing; a damaged result is as
if it were not there.
"""

import hashlib
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from layers.whole_file import part_of

_FORM = b"geoapp results 1\n"
_DIGEST = hashlib.sha256().digest_size
_LENGTH = 8
"""Bytes of the length of the index."""


@dataclass(frozen=True)
class _Held:
    """Where a result stands in the file."""

    since: int
    """Builds for which it was not used."""
    at: int
    """Bytes behind the index."""
    size: int
    sha256: str


class StepFile:
    """The results of one step by key; what is put there is written by `keep`."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """Open the results of a file.

        Parameters
        ----------
        path : Path
            A file that is absent holds nothing.
        fresh : bool
            Nothing that is kept is used.
        """
        self.path = path
        self._file: IO[bytes] | None = None
        self._behind = 0
        self._held: dict[str, _Held] = {}
        self._put: dict[str, bytes] = {}
        self.is_grown = False
        """Whether something was put that is not written yet."""
        if not fresh:
            self._open()

    def __contains__(self, key: str) -> bool:
        """Return whether there is a result, which may yet be found damaged."""
        return key in self._put or key in self._held

    def get(self, key: str) -> bytes | None:
        """Return a result as it was put; None where there is none, or not as it was written."""
        if key in self._put:
            return self._put[key]
        held = self._held.get(key)
        if held is None or self._file is None:
            return None
        # Threads share the file: each reads at a place of its own.
        packed = os.pread(self._file.fileno(), held.size, self._behind + held.at)
        return packed if hashlib.sha256(packed).hexdigest() == held.sha256 else None

    def put(self, key: str, packed: bytes) -> None:
        """Put a result in the place of any other of its key."""
        self._put[key] = packed
        self.is_grown = True

    def keep(self, used: Collection[str], idle: int) -> None:
        """Write what was put beside what is still used.

        Parameters
        ----------
        used : collection of str
            Keys that this build asked for.
        idle : int
            Builds for which a result is kept without being used.

        Raises
        ------
        OSError
            Where the disk refuses; the former file stays.
        """
        ages = {key: 0 if key in used else held.since + 1 for key, held in self._held.items()}
        kept = [key for key, since in ages.items() if since <= idle and key not in self._put]
        bodies = {key: body for key in kept if (body := self.get(key)) is not None} | self._put
        index, at = {}, 0
        for key, body in bodies.items():
            index[key] = [ages.get(key, 0), at, len(body), hashlib.sha256(body).hexdigest()]
            at += len(body)
        told = json.dumps(index).encode()
        # Not forced to disk: what a power cut spoils is known by its digest and made again.
        with part_of(self.path) as (file, part):
            file.write(_FORM + hashlib.sha256(told).digest() + len(told).to_bytes(_LENGTH) + told)
            file.writelines(bodies.values())
            file.flush()
            os.replace(part, self.path)
        self.is_grown = False

    def _open(self) -> None:
        try:
            self._file = self.path.open("rb")
            head = self._file.read(len(_FORM) + _DIGEST + _LENGTH)
            if not head.startswith(_FORM) or len(head) < len(_FORM) + _DIGEST + _LENGTH:
                return
            length = int.from_bytes(head[-_LENGTH:])
            told = self._file.read(min(length, os.fstat(self._file.fileno()).st_size))
        except OSError:
            return
        if hashlib.sha256(told).digest() == head[len(_FORM) : -_LENGTH]:
            self._behind = len(head) + len(told)
            self._held = {key: _Held(*one) for key, one in json.loads(told).items()}
