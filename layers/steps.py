"""What expensive steps made, kept by what they were made from: only what changed runs again.

A step is a pure function. Its key is the SHA-256 of its name, its inputs, the code of the layers
and the libraries; what it made lies under that key in the store, in one file a room (the name
of the step). A file that is damaged, of another version or of another machine is as if it were
not there. The files are pickles of this product: who can write to the store can write the build.
"""

import hashlib
import os
import pickle
import platform
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import numpy as np
import pandas as pd
import rasterio
import shapely

from layers.whole_file import PART, part_of

Made = TypeVar("Made")
_LIBRARIES = ("geopandas", "numpy", "pandas", "pyogrio", "pyproj", "rasterio", "scipy", "shapely")
_DECLARED = ("catalogue", "countries")
"""Declarations are inputs of the steps that they bear on, and no code."""
_PLAIN = (str, bytes, int, float, bool, Enum, date, Path)
"""Kinds whose text says all of them."""
_SEPARATOR = "\x1f"
_DIGEST = hashlib.sha256().digest_size
_DEPTH = 3
"""Tuples in tuples of what a step made that are told by its key."""
_ABANDONED = 3600.0
"""Seconds after which a file that is still being written is nobody's."""
_IDLE = 2
"""Builds for which a result is kept without being used."""


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
        self._rooms: dict[str, dict[str, tuple[int, bytes]]] = {}
        self._used: dict[str, set[str]] = {}
        self._grown: set[str] = set()
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
        key = hashlib.sha256(_code() + digest(inputs, self._known)).hexdigest()
        with self._lock:
            room = self._room(name, self.folder)
            self._used.setdefault(name, set()).add(key)
            kept = room.get(key)
        if kept is not None:
            found: Made = pickle.loads(kept[1])
            self._know(found, name, key)
            return found
        made = make()
        packed = pickle.dumps(made, protocol=5)
        with self._lock:
            room[key] = (0, packed)
            self._grown.add(name)
            self.ran.append(name)
        self._know(made, name, key)
        return made

    def know(self, part: object) -> None:
        """Take the digest of an object that many steps depend on once, as long as it is as it is."""
        if self.folder is not None:
            self._known[id(part)] = (part, digest(part))

    def _know(self, made: object, name: str, key: str) -> None:
        """Tell what a step made, and the parts of it, by its key where another step takes it in."""
        parts = [made]
        for depth in range(_DEPTH):
            for at, part in enumerate(parts):
                # A text or an empty tuple may be the same object as any other like it.
                if part is not None and not isinstance(part, (*_PLAIN, tuple)):
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
            for name in sorted(self._grown):
                self._write(name, self.folder)
            self._grown.clear()
        except OSError:
            return

    def _room(self, name: str, folder: Path) -> dict[str, tuple[int, bytes]]:
        if name not in self._rooms:
            self._rooms[name] = {} if self.fresh else self._read(folder / name)
        return self._rooms[name]

    def _read(self, path: Path) -> dict[str, tuple[int, bytes]]:
        try:
            held = path.read_bytes()
        except OSError:
            return {}
        body = memoryview(held)[_DIGEST:]
        # Only bytes that were written whole are unpickled.
        if hashlib.sha256(body).digest() != held[:_DIGEST]:
            return {}
        found: dict[str, tuple[int, bytes]] = pickle.loads(body)
        return found

    def _write(self, name: str, folder: Path) -> None:
        used = self._used[name]
        idle = {
            key: (0 if key in used else since + 1, packed)
            for key, (since, packed) in self._rooms[name].items()
        }
        kept = {key: one for key, one in idle.items() if one[0] <= _IDLE}
        body = pickle.dumps(kept, protocol=5)
        # Not forced to disk: what a power cut spoils is known by its digest and made again.
        with part_of(folder / name) as (file, part):
            file.write(hashlib.sha256(body).digest())
            file.write(body)
            file.flush()
            os.replace(part, folder / name)

    def _sweep(self, folder: Path) -> None:
        """Remove what a build left that was killed while it wrote."""
        for path in folder.glob(f"{PART}*"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)


def digest(part: object, known: Mapping[int, tuple[object, bytes]] = MappingProxyType({})) -> bytes:
    """Return what tells an input of a step from any other.

    Parameters
    ----------
    part : object
        A table, a series, an array, a geometry, a declaration, a text, a number, or a mapping or
        sequence of such.
    known : mapping
        By identity, objects whose digest is known already.

    Returns
    -------
    bytes
        Of fixed length.

    Raises
    ------
    TypeError
        Where the part is of a kind whose text may not say all of it.
    """
    if id(part) in known:
        return known[id(part)][1]
    made = hashlib.sha256(type(part).__name__.encode())
    for piece in _pieces(part, known):
        made.update(len(piece).to_bytes(8))
        made.update(piece)
    return made.digest()


def _pieces(part: object, known: Mapping[int, tuple[object, bytes]]) -> list[bytes]:
    if part is None or isinstance(part, _PLAIN):
        return [repr(part).encode()]
    inner: Sequence[object]
    if isinstance(part, list | tuple):
        inner = part
    elif is_dataclass(part):
        inner = [getattr(part, field.name) for field in fields(part)]
    elif isinstance(part, Mapping):
        inner = [one for pair in part.items() for one in pair]
    elif isinstance(part, pd.DataFrame):
        columns = [part.iloc[:, at] for at in range(part.shape[1])]
        inner = [part.index, list(part.columns), *(column.to_numpy() for column in columns)]
    elif isinstance(part, pd.Series):
        inner = [part.index, part.name, part.to_numpy()]
    elif isinstance(part, pd.Index):
        inner = [part.name, part.to_numpy()]
    elif isinstance(part, np.ndarray):
        return _pieces_of_array(part)
    else:
        raise TypeError(f"no step can be kept by a {type(part).__name__}")
    return [digest(one, known) for one in inner]


def _pieces_of_array(array: np.ndarray) -> list[bytes]:
    shape = f"{array.dtype.str}{array.shape}".encode()
    if array.dtype.kind in "biufM":
        return [shape, np.ascontiguousarray(array).tobytes()]
    cells = array.ravel().tolist()
    if cells and isinstance(cells[0], shapely.Geometry):
        return [shape, *(bytes(one or b"") for one in shapely.to_wkb(array.ravel()))]
    if all(type(cell) is str for cell in cells):
        return [shape, b"text", _SEPARATOR.join(cells).encode()]
    return [shape, _SEPARATOR.join(map(repr, cells)).encode()]


@cache
def _code() -> bytes:
    """Return what tells this version of the steps from any other."""
    here = Path(__file__).parent
    found = hashlib.sha256(platform.python_version().encode())
    found.update(f"{shapely.geos_version}{rasterio.__gdal_version__}".encode())
    for library in _LIBRARIES:
        found.update(f"{library} {version(library)}".encode())
    for path in sorted(here.rglob("*.py")):
        place = path.relative_to(here)
        if place.parts[0] not in _DECLARED:
            found.update(f"{place.as_posix()}\0".encode())
            found.update(path.read_bytes())
    return found.digest()
