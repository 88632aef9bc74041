"""What tells the code of the layers, and of the libraries below it, from any other."""

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import shapely

_LIBRARIES = ("geopandas", "numpy", "pandas", "pyogrio", "pyproj", "rasterio", "scipy", "shapely")
_DECLARED = ("catalogue", "countries")
"""Declarations are inputs of the steps that they bear on, and no code."""


@cache
def code() -> bytes:
    """Return what tells this version of the steps from any other."""
    found = hashlib.sha256(platform.python_version().encode())
    found.update(shapely.geos_version_string.encode())
    for library in _LIBRARIES:
        known = distribution(library)
        found.update(f"{library} {known.version}".encode())
        # It lists the hash of every file, GDAL and PROJ among them, and loads none.
        found.update((known.read_text("RECORD") or "").encode())
    here = Path(__file__).parent
    found.update(code_of(here, without=_DECLARED))
    return found.digest()


def code_of(folder: Path, without: Iterable[str] = ()) -> bytes:
    """Return what tells the modules of a folder from any others.

    Parameters
    ----------
    folder : Path
        With its folders.
    without : iterable of str
        Folders in it that do not count.

    Returns
    -------
    bytes
        Of fixed length.
    """
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder)
        if place.parts[0] not in without:
            found.update(f"{place.as_posix()}\0".encode())
            found.update(path.read_bytes())
    return found.digest()
