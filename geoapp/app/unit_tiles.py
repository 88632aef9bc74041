"""The vector tiles of the units, as the browser gets them: by zoom, column and row, for ever."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from flask import Flask, Response, abort
from pmtiles.reader import MemorySource, Reader

from geoapp.app.forever import FOREVER, name_of
from geoapp.outlines.unit_tiles import ZOOMS

_MIMETYPE = "application/vnd.mapbox-vector-tile"


def page_units(properties: pd.DataFrame, tiles: bytes) -> bytes:
    """Return units without outlines, and where their tiles are, as ``assets/arcs.js`` reads them.

    Parameters
    ----------
    properties : DataFrame
        What each unit carries.
    tiles : bytes
        PMTiles of the outlines.

    Returns
    -------
    bytes
        JSON, deterministic.
    """
    header = _reader(tiles).header()
    west, south, east, north = (
        header[f"{end}_{axis}_e7"] / 1e7 for end in ("min", "max") for axis in ("lon", "lat")
    )
    content = {
        "tiles": {
            "address": f"/units/{name_of(tiles)}",
            "zooms": ZOOMS,
            # Nothing is asked for beside it: south-western and north-eastern corner, as Leaflet has it.
            "corners": [[south, west], [north, east]],
        },
        "columns": list(properties.columns),
        "properties": [properties[name].tolist() for name in properties],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def add_unit_tiles(server: Flask, tiles: Mapping[str, bytes]) -> None:
    """Add the tiles of the units to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    tiles : mapping
        PMTiles by name.
    """
    readers = {name: _reader(content) for name, content in tiles.items()}

    @server.get("/units/<name>/<int:zoom>/<int:column>/<int:row>")
    def unit_tile(name: str, zoom: int, column: int, row: int) -> Response:
        is_tile = ZOOMS[0] <= zoom <= ZOOMS[1] and max(column, row) < 1 << zoom
        if name not in readers or not is_tile:
            abort(404)
        content: bytes | None = readers[name].get(zoom, column, row)
        # Beside the country there is nothing to draw, and nothing went wrong.
        answer = Response(content, mimetype=_MIMETYPE) if content else Response(status=204)
        if content:
            answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Cache-Control"] = FOREVER
        return answer


def _reader(tiles: bytes) -> Any:
    return Reader(MemorySource(tiles))  # type: ignore[no-untyped-call]
