"""What tells an input of a step from any other."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd
import shapely

PLAIN = (str, bytes, int, float, bool, Enum, date, Path)
"""Kinds whose text says all of them."""
_DECLARATIONS = "layers.spec."
"""A declaration holds no table (the architecture test), so that its text says all of it too."""
_SEPARATOR = "\x1f"
_NUMBERS = "biufM"
"""Kinds of arrays whose bytes say all of them."""


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
    if part is None or isinstance(part, PLAIN) or type(part).__module__.startswith(_DECLARATIONS):
        return [repr(part).encode()]
    inner: Sequence[object]
    if isinstance(part, list | tuple):
        inner = part
    elif is_dataclass(part):
        inner = [getattr(part, field.name) for field in fields(part)]
    elif isinstance(part, Mapping):
        inner = [one for pair in part.items() for one in pair]
    elif isinstance(part, pd.DataFrame):
        inner = [part.index, list(part.columns), *_arrays_of(part)]
    elif isinstance(part, pd.Series):
        inner = [part.index, part.name, part.to_numpy()]
    elif isinstance(part, pd.Index):
        inner = [part.name, part.to_numpy()]
    elif isinstance(part, np.ndarray):
        return _pieces_of_array(part)
    else:
        raise TypeError(f"no step can be kept by a {type(part).__name__}")
    return [digest(one, known) for one in inner]


def _arrays_of(frame: pd.DataFrame) -> list[np.ndarray]:
    """Return the cells of a table: at once where they are numbers of one kind, else by column."""
    kinds = set(frame.dtypes)
    if len(kinds) == 1 and kinds.pop().kind in _NUMBERS:
        return [frame.to_numpy()]
    return [frame.iloc[:, at].to_numpy() for at in range(frame.shape[1])]


def _pieces_of_array(array: np.ndarray) -> list[bytes]:
    shape = f"{array.dtype.str}{array.shape}".encode()
    if array.dtype.kind in _NUMBERS:
        return [shape, np.ascontiguousarray(array).tobytes()]
    cells = array.ravel().tolist()
    if cells and isinstance(cells[0], shapely.Geometry):
        return [shape, *(bytes(one or b"") for one in shapely.to_wkb(array.ravel()))]
    if all(type(cell) is str for cell in cells):
        return [shape, b"text", _SEPARATOR.join(cells).encode()]
    return [shape, _SEPARATOR.join(map(repr, cells)).encode()]
