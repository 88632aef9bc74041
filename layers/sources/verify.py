"""Check that a file is the one that was declared."""

import hashlib
from pathlib import Path

from layers.errors import SourceDamagedError
from layers.spec import SourceSpec

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def verify(path: Path, spec: SourceSpec) -> None:
    """Refuse a file whose size or hash is not the declared one.

    Parameters
    ----------
    path : Path
        The file found.
    spec : SourceSpec
        What it should be.

    Raises
    ------
    SourceDamagedError
        Naming the file and the difference.
    """
    size = path.stat().st_size
    if size != spec.bytes:
        raise SourceDamagedError(
            f"{path}: {size} bytes instead of the {spec.bytes} declared for {spec.id}; "
            "delete it and run geoapp fetch, or copy the mirror again"
        )
    found = sha256_of(path)
    if found != spec.sha256:
        raise SourceDamagedError(
            f"{path}: sha256 {found[:12]}… instead of {spec.sha256[:12]}… declared for {spec.id}; "
            "delete it and run geoapp fetch, or copy the mirror again"
        )
