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
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import rasterio
import shapely

from layers.errors import LayersError

Made = TypeVar("Made")
_LIBRARIES = ("geopandas", "numpy", "pandas", "pyogrio", "pyproj", "rasterio", "scipy", "shapely")
_DECLARED = ("catalogue", "countries")
"""Declarations are inputs of the steps that they bear on, and no code."""
_DIGEST = hashlib.sha256().digest_size
_NEW = ".new-"
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
        key = hashlib.sha256(b"".join((_code(), digest(inputs)))).hexdigest()
        with self._lock:
            room = self._room(name)
            self._used.setdefault(name, set()).add(key)
            kept = room.get(key)
        if kept is not None:
            found: Made = pickle.loads(kept[1])
            return found
        made = make()
        packed = pickle.dumps(made, protocol=5)
        with self._lock:
            room[key] = (0, packed)
            self._grown.add(name)
            self.ran.append(name)
        return made

    def keep(self) -> None:
        """Write what was made beside what is still used; a full disk costs the results alone."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            for name in sorted(self._grown):
                self._write(name)
            self._grown.clear()
        except OSError:
            return

    def _room(self, name: str) -> dict[str, tuple[int, bytes]]:
        if name not in self._rooms:
            self._rooms[name] = {} if self.fresh else self._read(name)
        return self._rooms[name]

    def _read(self, name: str) -> dict[str, tuple[int, bytes]]:
        try:
            held = (self._folder() / name).read_bytes()
        except OSError:
            return {}
        body = memoryview(held)[_DIGEST:]
        # Only bytes that were written whole are unpickled.
        if hashlib.sha256(body).digest() != held[:_DIGEST]:
            return {}
        found: dict[str, tuple[int, bytes]] = pickle.loads(body)
        return found

    def _write(self, name: str) -> None:
        used = self._used[name]
        idle = {
            key: (0 if key in used else since + 1, packed)
            for key, (since, packed) in self._rooms[name].items()
        }
        kept = {key: one for key, one in idle.items() if one[0] <= _IDLE}
        body = pickle.dumps(kept, protocol=5)
        handle, path = tempfile.mkstemp(prefix=_NEW, dir=self._folder())
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest())
                file.write(body)
            os.replace(path, self._folder() / name)
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        """Remove what a build left that was killed while it wrote."""
        for path in self._folder().glob(f"{_NEW}*"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)

    def _folder(self) -> Path:
        if self.folder is None:
            raise LayersError("steps without a folder keep nothing")
        return self.folder


def digest(part: object) -> bytes:
    """Return what tells an input of a step from any other.

    Parameters
    ----------
    part : object
        A table, a series, an array, a geometry, a mapping or a sequence of such, or a
        declaration or number, whose text says all of it.

    Returns
    -------
    bytes
        Of fixed length.
    """
    sum_ = hashlib.sha256(type(part).__name__.encode())
    for piece in _pieces(part):
        sum_.update(hashlib.sha256(piece).digest())
    return sum_.digest()


def _pieces(part: object) -> list[bytes]:
    if isinstance(part, bytes):
        return [part]
    if isinstance(part, pd.DataFrame):
        columns = [digest(part.iloc[:, at]) for at in range(part.shape[1])]
        return [digest(part.index), digest(list(part.columns)), *columns]
    if isinstance(part, pd.Series):
        return [digest(part.index), digest(part.name), digest(part.to_numpy())]
    if isinstance(part, pd.Index):
        return [digest(part.name), digest(part.to_numpy())]
    if isinstance(part, np.ndarray):
        return _pieces_of_array(part)
    if isinstance(part, Mapping):
        return [digest(one) for pair in part.items() for one in pair]
    if isinstance(part, list | tuple):
        return [digest(one) for one in part]
    return [repr(part).encode()]


def _pieces_of_array(array: np.ndarray) -> list[bytes]:
    shape = f"{array.dtype.str}{array.shape}".encode()
    if array.dtype.kind in "biufM":
        return [shape, np.ascontiguousarray(array).tobytes()]
    first: Any = array.flat[0] if array.size else None
    if isinstance(first, shapely.Geometry):
        return [shape, *(bytes(one or b"") for one in shapely.to_wkb(array.ravel()))]
    return [shape, "\x1f".join(map(repr, array.ravel().tolist())).encode()]


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
