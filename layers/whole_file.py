"""Files that appear whole or not at all, whatever ends the writer."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PART = ".part-"
"""How the name of a file begins that is still being written."""


@contextmanager
def whole_file(target: Path, mode: int = 0o600) -> Iterator[IO[bytes]]:
    """Open a file beside the target; it is forced to disk and takes its name at the end.

    Parameters
    ----------
    target : Path
        The file, in a folder that exists; one that is there is replaced in one step.
    mode : int
        Who may read and write it.

    Yields
    ------
    file
        To be written, and read again.

    Raises
    ------
    OSError
        Where the disk refuses. After any error what was there stays, and nothing is left beside.
    """
    with part_of(target) as (file, part):
        yield file
        force(file)
        os.chmod(part, mode)
        os.replace(part, target)
    sync(target.parent)


@contextmanager
def part_of(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Open a file beside the target that is gone afterwards, unless it was renamed.

    Parameters
    ----------
    target : Path
        The file that it is to become.

    Yields
    ------
    tuple
        The file and its path.
    """
    handle, name = tempfile.mkstemp(prefix=PART, dir=target.absolute().parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file, part
    finally:
        part.unlink(missing_ok=True)


def force(file: IO[bytes]) -> None:
    """Force what was written of a file to disk."""
    file.flush()
    os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
