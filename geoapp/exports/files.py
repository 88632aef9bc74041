"""Put a whole file in its place, or leave what was there."""

import io
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from layers.errors import ExportError, Sentence, either, said_by_system
from layers.whole_file import sync

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""What a zip calls the beginning of time: the day of an export stands inside its files."""
Frame = TypeVar("Frame")
"""What a file says: units of a level, or the cells of a raster."""


@dataclass(frozen=True)
class Export(Generic[Frame]):
    """One format: the endings of its files and what writes them."""

    suffixes: tuple[str, ...]
    write: Callable[[Frame, Path], None]
    """Writes the path, and companions beside it, in a folder of its own."""


def write_export(frame: Frame, export: Export[Frame], target: Path) -> tuple[Path, ...]:
    """Write a file and its companions; they appear whole or not at all.

    Everything is written to a hidden folder beside the target, forced to disk
    and renamed, the target last, so that a reader never sees a part of a file.

    Parameters
    ----------
    frame : Frame
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
                sync(path)
            for path in (*beside, made):
                os.replace(path, target.with_name(path.name))
        sync(target.parent)
    except OSError as error:
        raise not_written(target, error) from error
    return (target, *(target.with_name(path.name) for path in beside))


def not_written(target: Path, error: OSError) -> ExportError:
    """Return what is said of a file that the disk refuses."""
    return ExportError(
        "{target} cannot be written ({error}); choose another folder or free space",
        target=target,
        error=said_by_system(error),
    )


def packed(frame: Frame, export: Export[Frame], stem: str) -> tuple[str, bytes]:
    """Return a format as one file: itself, or a zip of it and its companions.

    Parameters
    ----------
    frame : Frame
        What the file says.
    export : Export
        The format.
    stem : str
        What the file is called, without its ending.

    Returns
    -------
    tuple of str and bytes
        Name and content; the same for the same frame.
    """
    with tempfile.TemporaryDirectory(prefix="geoapp-") as folder:
        made = Path(folder) / f"{stem}{export.suffixes[0]}"
        export.write(frame, made)
        files = sorted(made.parent.iterdir())
        if files == [made]:
            return made.name, made.read_bytes()
        return f"{stem}.zip", zipped({path.name: path.read_bytes() for path in files})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip that says no time: the same files, the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), held, zipfile.ZIP_DEFLATED)
    return content.getvalue()
