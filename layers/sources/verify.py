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
            "{path}: {size} bytes instead of the {declared} declared for {source}; delete it and "
            "run geoapp fetch, or copy the mirror again",
            path=path,
            size=size,
            declared=spec.bytes,
            source=spec.id,
        )
    found = sha256_of(path)
    if found != spec.sha256:
        raise SourceDamagedError(
            "{path}: sha256 {found}… instead of {declared}… declared for {source}; delete it and "
            "run geoapp fetch, or copy the mirror again",
            path=path,
            found=found[:12],
            declared=spec.sha256[:12],
            source=spec.id,
        )
