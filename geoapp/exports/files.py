"""Put a whole file in its place, or leave what was there."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geoapp.exports.frame import ExportFrame
from layers.errors import ExportError, Sentence, either, said_by_system


@dataclass(frozen=True)
class Export:
    """One format: the endings of its files and what writes them."""

    suffixes: tuple[str, ...]
    write: Callable[[ExportFrame, Path], None]
    """Writes the path, and companions beside it, in a folder of its own."""


def write_export(frame: ExportFrame, export: Export, target: Path) -> tuple[Path, ...]:
    """Write a file and its companions; they appear whole or not at all.

    Everything is written to a hidden folder beside the target, forced to disk
    and renamed, the target last, so that a reader never sees a part of a file.

    Parameters
    ----------
    frame : ExportFrame
        What the file says.
    export : Export
        The format.
    target : Path
        The file; one that exists is replaced at the very end.

    Returns
    -------
    tuple of Path
        The target and then its companions.

    Raises
    ------
    ExportError
        On another ending, or where the disk refuses; what was there stays.
    """
    if target.suffix.lower() not in export.suffixes:
        raise ExportError(
            "{target} does not end in {endings}; rename it or choose another --format",
            target=target,
            endings=either(export.suffixes),
        )
    try:
        if target.is_dir():
            raise IsADirectoryError(Sentence("{target} is a folder", target=target))
        with tempfile.TemporaryDirectory(prefix=".geoapp-", dir=target.parent) as folder:
            made = Path(folder) / target.name
            export.write(frame, made)
            beside = sorted(path for path in made.parent.iterdir() if path != made)
            for path in (*beside, made):
                _sync(path)
            for path in (*beside, made):
                os.replace(path, target.with_name(path.name))
        _sync(target.parent)
    except OSError as error:
        raise ExportError(
            "{target} cannot be written ({error}); choose another folder or free space",
            target=target,
            error=said_by_system(error),
        ) from error
    return (target, *(target.with_name(path.name) for path in beside))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
