"""Files as a planner loads them, for the tests of loading."""

import hashlib
from datetime import date
from pathlib import Path

from layers.sources.locate import Places
from layers.spec import LoadedFile
from layers.terms import CodeScheme

FORMATS = {".csv": "csv", ".geojson": "geojson", ".tif": "geotiff"}


def brought(kind: str, path: Path, places: Places, covers_country: bool = False) -> LoadedFile:
    """Keep a copy of a file in the folder of the places and return its record."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert places.loaded is not None
    places.loaded.mkdir(parents=True, exist_ok=True)
    (places.loaded / digest).write_bytes(data)
    return LoadedFile(
        kind=kind,
        name=path.name,
        publisher="GTRM",
        vintage="2026-03-31",
        format=FORMATS[path.suffix],
        sha256=digest,
        bytes=len(data),
        covers_country=covers_country,
        scheme=CodeScheme.INEI,
        loaded_on=date(2026, 4, 1),
    )
