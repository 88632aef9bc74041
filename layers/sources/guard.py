"""What a file that a visitor gives is, by its first bytes, and whether it may be opened at all."""

import json
import re
import stat
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import numpy as np

from layers.errors import UserFileError

FORMAT_OF_ENDING = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".hxl": "csv",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".tif": "geotiff",
    ".tiff": "geotiff",
}
FORMATS = ("csv", "xlsx", "geojson", "gpkg", "geotiff")
_MARKS = (
    (b"PK\x03\x04", "xlsx"),
    (b"SQLite format 3\x00", "gpkg"),
    (b"II*\x00", "geotiff"),
    (b"MM\x00*", "geotiff"),
    (b"II+\x00", "geotiff"),
    (b"MM\x00+", "geotiff"),
    (b"{", "geojson"),
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_STRANGERS = (b"<", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"[")
MAX_RATIO = 100
"""How many times its size a member of an archive may unpack to."""
_SMALL_MEMBER = 2**20
"""Bytes below which a member may unpack to as much as it likes: empty sheets shrink a lot."""
MAX_UNPACKED = 200 * 2**20
MAX_MEMBERS = 1000
MAX_DEPTH = 64
"""Levels of brackets of a JSON document; GeoJSON has a dozen."""
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_OPENING, _CLOSING = (ord("["), ord("{")), (ord("]"), ord("}"))


def format_of_file(path: Path, name: str) -> str:
    """Return the format of a file by its first bytes.

    Parameters
    ----------
    path : Path
        The file, under a name of our own.
    name : str
        What its owner calls it.

    Returns
    -------
    str
        One of ``FORMATS``.

    Raises
    ------
    UserFileError
        Where it is empty, of no known format, or begins as another one than its name says.
    """
    with path.open("rb") as file:
        head = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise UserFileError("{name} is empty; export it again", name=name)
    if head.startswith(_OLD_EXCEL):
        raise UserFileError(
            "{name} is an old workbook of Excel or has a password; save it as .xlsx", name=name
        )
    said = FORMAT_OF_ENDING.get(PurePosixPath(name).suffix.casefold(), "")
    is_strange = head.startswith(_STRANGERS)
    begins = next((form for mark, form in _MARKS if head.startswith(mark)), "csv")
    if not said or (is_strange and said == "csv"):
        raise UserFileError(
            "{name} is no CSV, XLSX, HXL, GeoJSON, GPKG or GeoTIFF; save it as one of them",
            name=name,
        )
    if is_strange or said != begins:
        raise UserFileError(
            "{name} is called {said} and is something else inside; give the file itself",
            name=name,
            said=said,
        )
    return begins


def check_archive(path: Path, name: str) -> None:
    """Refuse an archive before anything of it is unpacked.

    Parameters
    ----------
    path : Path
        A file that begins as a zip archive.
    name : str
        What errors call it.

    Raises
    ------
    UserFileError
        Where it unpacks to too much, has too many members, a member is an archive or a link, or
        its name leaves the folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UserFileError(
            "{name} is cut off or damaged ({error}); export it again", name=name, error=error
        ) from error
    total = sum(member.file_size for member in members)
    if (
        len(members) > MAX_MEMBERS
        or total > MAX_UNPACKED
        or any(_is_bad_member(member) for member in members)
    ):
        raise UserFileError(
            "{name} holds too much inside, or files that are of no workbook; save the sheet alone",
            name=name,
        )


def _is_bad_member(member: zipfile.ZipInfo) -> bool:
    inside = member.filename
    leaves = (
        PurePosixPath(inside).is_absolute()
        or PureWindowsPath(inside).drive != ""
        or ".." in re.split(r"[\\/]", inside)
    )
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_archive = inside.casefold().endswith((".zip", ".gz", ".7z", ".rar", ".xlsx"))
    most = max(_SMALL_MEMBER, MAX_RATIO * max(member.compress_size, 1))
    return leaves or is_link or is_archive or member.file_size > most


def read_json(data: bytes, name: str) -> Any:
    """Read a JSON document whose depth was checked before.

    Parameters
    ----------
    data : bytes
        UTF-8, or Latin-1 where it is not.
    name : str
        What errors call it.

    Returns
    -------
    tuple of object, str
        The document and the encoding.

    Raises
    ------
    UserFileError
        Where it is too deep, cut off or damaged, or gives one key twice.
    """
    if _depth(data) > MAX_DEPTH:
        raise UserFileError(
            "{name} has more than {most} levels of brackets; export it again",
            name=name,
            most=MAX_DEPTH,
        )
    text, encoding = _text_of(data)
    try:
        return json.loads(text, object_pairs_hook=_once), encoding
    except UserFileError:
        raise
    except (ValueError, RecursionError) as error:
        place = getattr(error, "pos", 0)
        raise UserFileError(
            "{name} is no JSON or breaks at character {place}; export it again",
            name=name,
            place=place,
        ) from error


def _text_of(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "Latin-1"


def _depth(data: bytes) -> int:
    bare = np.frombuffer(_STRING.sub(b"", data), dtype=np.uint8)
    steps = np.isin(bare, _OPENING).astype(np.int32) - np.isin(bare, _CLOSING)
    return int(np.cumsum(steps).max(initial=0))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise UserFileError(
            "more than one key of an object is called {names}; keep one", names=", ".join(twice[:5])
        )
    return made
