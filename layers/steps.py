"""What expensive steps made, kept by what they were made from: only what changed runs again.

A step is a pure function. Its key is the SHA-256 of its name, its inputs, the code of the layers
and the libraries; what it made lies under that key in the store, in one file a name of a step.
What is damaged, of another version or of another machine is as if it were not there. Results are
pickles of this product: who can write to the store can write the build.
"""

import hashlib
import io
import pickle
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

import pandas as pd

from layers.code_version import code
from layers.digests import PLAIN, digest
from layers.step_file import StepFile
from layers.whole_file import PART

Made = TypeVar("Made")
_NUMBERS = "biuf"
_DEPTH = 3
"""Tuples in tuples of what a step made that are told by its key."""
_ABANDONED = 3600.0
"""Seconds after which a file that is still being written is nobody's."""
_IDLE = 2
"""Builds for which a result is kept without being used."""


class _Packer(pickle.Pickler):
    """Writes what a step made, and a name in the place of each index that many results bear.

    A column of numbers is written as its numbers, index and name: it is made from these in a third
    of the time that pandas takes for its own form, and a build has a thousand of them.
    """

    def __init__(self, file: IO[bytes], shared: Mapping[bytes, pd.Index]) -> None:
        super().__init__(file, protocol=5)
        self._shared = shared

    def reducer_override(self, part: Any) -> Any:
        """Return how a shared index or a column is made again; anything else is written as ever."""
        if type(part) is pd.Series and part.dtype.kind in _NUMBERS and not part.attrs:
            return pd.Series, (part.to_numpy(), part.index, None, part.name)
        if isinstance(part, pd.Index):
            for name, one in self._shared.items():
                if _is_same(part, one):
                    return shared_index, (name,)
        return NotImplemented


def shared_index(name: bytes) -> pd.Index:
    """Stand for a shared index in what is kept; an `_Unpacker` puts the index in its place."""
    raise KeyError(name)


class _Unpacker(pickle.Unpickler):
    """Reads what a `_Packer` wrote, with the shared indices of this build."""

    def __init__(self, packed: bytes, shared: Mapping[bytes, pd.Index]) -> None:
        super().__init__(io.BytesIO(packed))
        self._shared = shared

    def find_class(self, module: str, name: str) -> Any:
        """Return what is named; of a shared index what finds it, or raises KeyError."""
        if (module, name) == (__name__, shared_index.__name__):
            return self._shared.__getitem__
        return super().find_class(module, name)


def _is_same(one: pd.Index, other: pd.Index) -> bool:
    return one.is_(other) or (len(one) == len(other) and one.identical(other))


class Steps:
    """The kept results of a store; without a folder nothing is kept and every step runs."""

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        """Open the results of a folder.

        Parameters
        ----------
        folder : Path, optional
            Made if absent.
        fresh : bool
            Nothing that is kept is used; what is made takes its place.
        """
        self.folder = folder
        self.fresh = fresh
        self.ran: list[str] = []
        """Names of the steps that were not found, in the order in which they ended."""
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared: dict[bytes, pd.Index] = {}
        self._files: dict[str, StepFile] = {}
        self._used: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def value(self, name: str, inputs: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """Return what a step made of the same inputs before, or make it.

        Parameters
        ----------
        name : str
            Of the step, and of the file that keeps it.
        inputs : tuple
            All that the step depends on: declarations, texts, numbers, tables.
        make : callable
            The step; what it raises is not kept.

        Returns
        -------
        object
            Equal to what the step returns, and nobody else's to change.
        """
        if self.folder is None:
            return make()
        key = self._key(inputs)
        with self._lock:
            file = self._file(name, self.folder)
            self._used.setdefault(name, set()).add(key)
        kept = file.get(key)
        if kept is not None:
            with suppress(KeyError):
                found: Made = _Unpacker(kept, self._shared).load()
                self._know(found, name, key)
                return found
        made = make()
        packed = io.BytesIO()
        _Packer(packed, self._shared).dump(made)
        with self._lock:
            file.put(key, packed.getvalue())
            self.ran.append(name)
        self._know(made, name, key)
        return made

    def has(self, name: str, inputs: tuple[object, ...]) -> bool:
        """Return whether an earlier build made something of the same inputs."""
        if self.folder is None:
            return False
        with self._lock:
            return self._key(inputs) in self._file(name, self.folder)

    def mark(self, part: object) -> str:
        """Return what tells the code and a part, or what it was made from; empty without a folder."""
        return self._key((part,)) if self.folder is not None else ""

    def know(self, part: object, told_by: object = None) -> None:
        """Take the digest of an object that many steps depend on once, as long as it is as it is.

        Parameters
        ----------
        part : object
            The object.
        told_by : object, optional
            What it was made from, where that is sooner told; the object itself by default.
        """
        if self.folder is not None:
            told = digest(part if told_by is None else told_by, self._known)
            self._known[id(part)] = (part, told)

    def share(self, index: pd.Index) -> None:
        """Keep an index that many results bear out of what is kept of each of them."""
        if self.folder is not None:
            self.know(index)
            self._shared[self._known[id(index)][1]] = index

    def _know(self, made: object, name: str, key: str) -> None:
        """Tell what a step made, and the parts of it, by its key where another step takes it in."""
        parts = [made]
        for depth in range(_DEPTH):
            for at, part in enumerate(parts):
                # A text or an empty tuple may be the same object as any other like it.
                if part is not None and not isinstance(part, (*PLAIN, tuple)):
                    told = f"{name} {key} {depth} {at}".encode()
                    self._known[id(part)] = (part, hashlib.sha256(told).digest())
            parts = [one for part in parts if isinstance(part, tuple) for one in part]

    def keep(self) -> None:
        """Write what was made beside what is still used; a full disk costs the results alone."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep(self.folder)
            for name, file in sorted(self._files.items()):
                if file.is_grown:
                    file.keep(self._used[name], _IDLE)
        except OSError:
            return

    def _key(self, inputs: tuple[object, ...]) -> str:
        return hashlib.sha256(code() + digest(inputs, self._known)).hexdigest()

    def _file(self, name: str, folder: Path) -> StepFile:
        if name not in self._files:
            self._files[name] = StepFile(folder / name, fresh=self.fresh)
        return self._files[name]

    def _sweep(self, folder: Path) -> None:
        """Remove what a build left that was killed while it wrote."""
        for path in folder.glob(f"{PART}*"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)
