"""A ground of tiles for the map, from a folder or a PMTiles file of this machine."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType

from layers.errors import LayersError

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_PACKED = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
}
_DEEPEST = 22
_MARK = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Tiles:
    """Pictures of the ground by zoom, column and row."""

    zooms: tuple[int, int]
    """The coarsest and the finest that there are."""
    attribution: str
    """Who made them, as plain text; empty where the tiles do not say."""
    mimetype: str
    read: Callable[[int, int, int], bytes | None]

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile.

        Parameters
        ----------
        zoom, column, row : int
            As web maps count them: row 0 is the northernmost.

        Returns
        -------
        bytes or None
            None where there is none, or can be none at that zoom.
        """
        coarsest, finest = self.zooms
        if not coarsest <= zoom <= finest:
            return None
        if not (0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
            return None
        return self.read(zoom, column, row)


def open_tiles(path: Path) -> Tiles:
    """Open what GEOAPP_TILES names.

    Parameters
    ----------
    path : Path
        A folder of ``z/x/y.png`` (or .jpg, .jpeg, .webp), with an optional ``metadata.json`` whose
        ``attribution`` is shown; or a ``.pmtiles`` file of pictures.

    Returns
    -------
    Tiles
        The file stays where it is; nothing is copied.

    Raises
    ------
    LayersError
        Where there are no tiles, or they are vectors.
    """
    if path.is_dir():
        return _from_folder(path)
    if path.is_file():
        return _from_file(path)
    raise LayersError(
        "GEOAPP_TILES names {path}, which does not exist; give a folder z/x/y.png or a .pmtiles "
        "file, or unset it",
        path=path,
    )


def _from_folder(folder: Path) -> Tiles:
    zooms = sorted(
        int(one.name)
        for one in folder.iterdir()
        if one.is_dir() and one.name.isdecimal() and int(one.name) <= _DEEPEST
    )
    ending = next((one.suffix[1:] for zoom in zooms for one in _files(folder / str(zoom))), None)
    if ending is None:
        raise LayersError(
            "GEOAPP_TILES names {path}, where no tile z/x/y.png (or .jpg, .webp) lies; give the "
            "folder that holds the folders of the zooms",
            path=folder,
        )

    def read(zoom: int, column: int, row: int) -> bytes | None:
        path = folder / str(zoom) / str(column) / f"{row}.{ending}"
        return path.read_bytes() if path.is_file() else None

    told = folder / "metadata.json"
    facts = _facts(told.read_text("utf-8")) if told.is_file() else {}
    return Tiles((zooms[0], zooms[-1]), _plain(facts), _TYPES[ending], read)


def _files(folder: Path) -> Iterator[Path]:
    return (one for one in folder.glob("*/*") if one.suffix[1:] in _TYPES)


def _from_file(path: Path) -> Tiles:
    try:
        with _opened(path) as packed:
            header, facts = packed.header(), packed.metadata()
    # The library tells a file that is none of its kind by whatever fails first.
    except Exception as error:
        raise LayersError(
            "GEOAPP_TILES names {path}, which is no PMTiles file ({error}); make it again",
            path=path,
            error=error,
        ) from error
    mimetype = _PACKED.get(header["tile_type"])
    if mimetype is None:
        raise LayersError(
            "GEOAPP_TILES names {path}, whose tiles are no pictures (PNG, JPEG or WebP); give a "
            "raster PMTiles file",
            path=path,
        )

    def read(zoom: int, column: int, row: int) -> bytes | None:
        with _opened(path) as packed:
            found: bytes | None = packed.get(zoom, column, row)
            return found

    return Tiles((header["min_zoom"], header["max_zoom"]), _plain(facts), mimetype, read)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open the file anew for each tile: a reader is not shared between threads."""
    with path.open("rb") as file:
        yield Reader(MmapSource(file))  # type: ignore[no-untyped-call]


def _facts(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _plain(facts: dict[str, Any]) -> str:
    """Return who made the tiles without the markup that such a line often carries."""
    return _MARK.sub("", str(facts.get("attribution") or "")).strip()[:300]
