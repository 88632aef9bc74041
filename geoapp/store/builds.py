"""Built tables in a folder or in PostGIS: written and read as one, whichever it is."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geoapp.store import files, postgis
from geoapp.store.contents import TILED_FROM
from geoapp.store.database import Database, Store
from geoapp.store.folders import (
    BUILDS,
    POINTER,
    add_build,
    hash_of,
    open_build,
    pointed,
    unwritable,
)
from geoapp.store.parts import check_turn, put_together, take_apart
from layers.built import Build
from layers.errors import Sentence
from layers.spec import Catalogue
from layers.terms import AdminLevel

_DECIMALS = 4


@dataclass(frozen=True)
class Stored:
    """A build as it was read back."""

    build: Build
    folder: Path
    """Folder of this machine that goes with the store."""
    problem: Sentence | None = None
    """Why it is not the newest build of the store; None where it is."""
    tiles: Mapping[AdminLevel, bytes] = field(default_factory=dict)
    """PMTiles of the units of the levels that have too many for one file."""


def write_build(
    built: Build,
    store: Store,
    instead_of: str | None = None,
    tiled_from: int = TILED_FROM,
    made_from: str = "",
) -> None:
    """Write a build beside the older ones and point to it in one step.

    Parameters
    ----------
    built : Build
        What the pipeline made.
    store : Path or Database
        Where; a folder is made if absent.
    instead_of : str, optional
        What `check_writable` answered before the build was begun: it is not put in the place of
        one that another editor wrote meanwhile. In the place of any if None.
    tiled_from : int
        A level of at least as many units is cut into vector tiles, too.
    made_from : str
        What tells all that it was made from.

    Raises
    ------
    StoreError
        Where the disk or the database refuses, or another build came first; what was there
        stays.
    """
    if isinstance(store, Database):
        postgis.write_build(take_apart(built, tiled_from, made_from), store, instead_of)
        return

    def write(folder: Path) -> None:
        check_turn(_current(store), built.hash, instead_of, store)
        former = store / BUILDS / name if (name := pointed(store, POINTER)) else None
        files.write_files(take_apart(built, tiled_from, made_from), folder, former)

    add_build(store, built.hash, write)


def check_writable(store: Store) -> str:
    """Refuse a store that cannot be written before any work is done for it.

    Parameters
    ----------
    store : Path or Database
        Where; a folder is made if absent.

    Returns
    -------
    str
        Hash of the build that it points to; empty where there is none.

    Raises
    ------
    StoreError
        Naming the store and the remedy.
    """
    if isinstance(store, Database):
        return postgis.check_writable(store)
    try:
        (store / BUILDS).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store / BUILDS):
            pass
    except OSError as error:
        raise unwritable(store, error) from error
    return _current(store)


def read_build(store: Store, catalogue: Catalogue | None = None, name: str | None = None) -> Stored:
    """Read the build that the store points to, or an older one that it still holds.

    Parameters
    ----------
    store : Path or Database
        Where.
    catalogue : Catalogue, optional
        The layers that the reader knows; a build of other layers is refused.
    name : str, optional
        Hash of a build; the newest by default.

    Returns
    -------
    Stored
        The build and the folder of this machine.

    Raises
    ------
    StoreError
        Where there is none, or it is of another version or other declarations, or damaged like
        the one before it.
    """
    if isinstance(store, Database):
        parts = postgis.read_parts(store, catalogue, name)
        return Stored(put_together(parts), store.folder, tiles=parts.tiles)
    read, _, problem = open_build(store, lambda folder: _read(folder, catalogue), name)
    built, tiles = read
    return Stored(built, store, problem, tiles)


def read_names(
    store: Path, level: AdminLevel | None, catalogue: Catalogue | None = None
) -> tuple[pd.DataFrame, Callable[[], gpd.GeoDataFrame]] | None:
    """Read the names of the units of one level of the newest build: no figure of them.

    Parameters
    ----------
    store : Path
        Folder of the store.
    level : AdminLevel, optional
        Which; the finest one by default.
    catalogue : Catalogue, optional
        As for ``read_build``.

    Returns
    -------
    tuple of DataFrame and callable, or None
        By ubigeo, and what reads the units themselves; None where the newest build is damaged
        or has no such level.

    Raises
    ------
    StoreError
        As ``read_build``.
    """

    def read(folder: Path) -> tuple[pd.DataFrame, Callable[[], gpd.GeoDataFrame]] | None:
        manifest = files.checked_manifest(folder, catalogue)
        name = level or next(iter(manifest["levels"]))
        if name not in manifest["levels"]:
            return None
        return files.read_names(folder, name), partial(files.read_units, folder, name)

    found, _, problem = open_build(store, read)
    return None if problem else found


def _read(folder: Path, catalogue: Catalogue | None) -> tuple[Build, Mapping[AdminLevel, bytes]]:
    parts = files.read_files(folder, catalogue)
    return put_together(parts), parts.tiles


def _current(store: Path) -> str:
    return hash_of(pointed(store, POINTER))


def page_geojson(shapes: gpd.GeoSeries, properties: pd.DataFrame) -> bytes:
    """Return outlines as GeoJSON with coordinates of four decimals (11 m).

    Parameters
    ----------
    shapes : GeoSeries
        By ubigeo, simplified.
    properties : DataFrame
        By ubigeo, what each feature carries.

    Returns
    -------
    bytes
        Deterministic: no name and no time inside.
    """
    rounded = shapely.transform(shapes.to_numpy(), lambda xy: xy.round(_DECIMALS))
    features = [
        f'{{"type":"Feature","properties":{json.dumps(record, ensure_ascii=False)},'
        f'"geometry":{shapely.to_geojson(shape)}}}'
        for shape, record in zip(rounded, properties.to_dict("records"), strict=True)
    ]
    text = '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
    return text.encode()
