"""A visitor's map as it stands in GeoJSON or GeoPackage: its features, and which cannot be read."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers.errors import UserFileError
from layers.sources.guard import read_json

_NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC)(?::[\d.]*)?:(CRS84|\d{4,6})", re.IGNORECASE)
Read = tuple[gpd.GeoDataFrame, str, dict[int, str], dict[str, str]]
"""Features, their reference system, the faults of each by place, and facts about the file."""


def read_geojson(path: Path, name: str) -> Read:
    """Read the features of GeoJSON; the name is what errors call the file."""
    document, encoding = read_json(path.read_bytes(), name)
    rows: list[dict[str, str]] = []
    shapes: list[Any] = []
    faults: dict[int, str] = {}
    for place, item in enumerate(_features(document, name), 1):
        rows.append(_words_of(item.get("properties")))
        shapes.append(_shape(item.get("geometry"), place, faults))
    index = pd.RangeIndex(1, len(rows) + 1)
    frame = gpd.GeoDataFrame(pd.DataFrame(rows, index=index).fillna(""), geometry=shapes)
    return frame, _system_of(document), faults, {"encoding": encoding}


def _features(document: Any, name: str) -> list[dict[str, Any]]:
    kind = document.get("type") if isinstance(document, dict) else None
    found = document.get("features") if kind == "FeatureCollection" else [document]
    is_list = isinstance(found, list) and all(isinstance(item, dict) for item in found)
    if kind not in ("FeatureCollection", "Feature") or not is_list:
        raise UserFileError("{name} is JSON and no GeoJSON; export it as GeoJSON", name=name)
    if not found:
        raise UserFileError("{name} holds no feature; export the layer again", name=name)
    return list(found)


def _words_of(properties: Any) -> dict[str, str]:
    if not isinstance(properties, dict):
        return {}
    return {
        str(key)[:200]: "" if value is None else str(value)[:2000]
        for key, value in properties.items()
        if not isinstance(value, dict | list)
    }


def _shape(geometry: Any, place: int, faults: dict[int, str]) -> Any:
    if not geometry:
        faults[place] = "no_geometry"
        return None
    try:
        # Python's JSON knows NaN; a ring that is open is an error of this feature alone.
        return shapely.from_geojson(json.dumps(geometry, allow_nan=False))
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        faults[place] = "bad_geometry"
        return None


def _system_of(document: dict[str, Any]) -> str:
    """Return what an older GeoJSON states; without it RFC 7946 means longitude and latitude."""
    stated = document.get("crs")
    if not isinstance(stated, dict):
        return "EPSG:4326"
    named = _NAMED.search(str(stated.get("properties", "")))
    if named is None:
        return ""
    return "EPSG:4326" if named[2].upper() == "CRS84" else f"EPSG:{named[2]}"


def read_gpkg(path: Path, name: str) -> Read:
    """Read the features of the first layer of a GeoPackage."""
    tables = _tables_of(path, name)
    if not tables:
        raise UserFileError("{name} holds no layer of features; export the layer again", name=name)
    try:
        read = gpd.read_file(f"GPKG:{path}", layer=tables[0], on_invalid="ignore")
    except (ValueError, OSError, RuntimeError) as error:
        raise UserFileError(
            "{name} cannot be read ({error}); export it again", name=name, error=error
        ) from error
    if not isinstance(read, gpd.GeoDataFrame) or read.empty:
        raise UserFileError("{name} holds no feature; export the layer again", name=name)
    words = {
        str(column): read[column].map(lambda cell: "" if pd.isna(cell) else str(cell))
        for column in read.columns
        if column != read.geometry.name
    }
    frame = gpd.GeoDataFrame(words, geometry=read.geometry.to_numpy(), index=read.index)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    empty = frame.geometry.isna() | frame.geometry.is_empty
    faults = {int(place): "no_geometry" for place in frame.index[empty.to_numpy()]}
    facts = {"layer": tables[0]}
    if len(tables) > 1:
        facts["other_layers"] = str(len(tables) - 1)
    return frame, read.crs.to_string() if read.crs else "", faults, facts


def _tables_of(path: Path, name: str) -> list[str]:
    """Return the layers that are registered and are tables: a view may be anyone's SQL."""
    asked = (
        "select c.table_name from gpkg_contents c join sqlite_master m on m.name = c.table_name "
        "where c.data_type = 'features' and m.type = 'table' order by c.rowid"
    )
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
            database.execute("pragma trusted_schema = off")
            return [str(row[0]) for row in database.execute(asked)]
    except sqlite3.Error as error:
        raise UserFileError(
            "{name} is no GeoPackage ({error}); export it again", name=name, error=error
        ) from error
