"""Built tables in a folder or in PostGIS: written and read as one, whichever it is."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geoapp.store import postgis
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
from geoapp.store.parts import (
    NAMES,
    PLACE,
    Parts,
    check_manifest,
    check_turn,
    put_together,
    take_apart,
    tiled_levels,
)
from layers.built import Build
from layers.errors import Sentence
from layers.spec import Catalogue
from layers.terms import AdminLevel

_PICTURES = "pictures.npz"
_SYSTEM = "EPSG:4326"
_DECIMALS = 4
_AT_ONCE = 2
"""Files that are packed or unpacked at a time, which is done outside Python."""


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
        _write_files(take_apart(built, tiled_from, made_from), folder)

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


def read_units(
    store: Path, level: AdminLevel | None, catalogue: Catalogue | None = None
) -> tuple[gpd.GeoDataFrame, pd.DataFrame] | None:
    """Read the units of one level of the newest build and their names: no figure of them.

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
    tuple of GeoDataFrame and DataFrame, or None
        By ubigeo; None where the newest build is damaged or has no such level.

    Raises
    ------
    StoreError
        As ``read_build``.
    """

    def read(folder: Path) -> pd.DataFrame | None:
        manifest = _checked_manifest(folder, catalogue)
        name = level or next(iter(manifest["levels"]))
        if name not in manifest["levels"]:
            return None
        return _read_frame(folder / f"{name}.parquet", True, [*NAMES, *PLACE])

    frame, _, problem = open_build(store, read)
    if frame is None or problem is not None:
        return None
    return gpd.GeoDataFrame(frame[PLACE]), pd.DataFrame(frame[NAMES])


def _checked_manifest(folder: Path, catalogue: Catalogue | None) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    check_manifest(manifest, catalogue, folder)
    return manifest


def _read(folder: Path, catalogue: Catalogue | None) -> tuple[Build, Mapping[AdminLevel, bytes]]:
    manifest = _checked_manifest(folder, catalogue)
    with ThreadPoolExecutor(_AT_ONCE) as several:
        read = {
            name: several.submit(_read_frame, folder / f"{name}.parquet", is_map)
            for name, is_map in manifest["frames"].items()
        }
    frames = {name: made.result() for name, made in read.items()}
    tiles = {level: _tiles_of(folder, level).read_bytes() for level in tiled_levels(manifest)}
    parts = Parts(manifest, frames, (folder / _PICTURES).read_bytes(), tiles)
    return put_together(parts), parts.tiles


def _read_frame(path: Path, is_map: bool, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table or a map; all maps of a build are in longitudes and latitudes of WGS 84.

    GeoPandas writes that system without the codes of its members, and PROJ searches its database
    for them by name: 20 ms for each map of every start.
    """
    frame = pd.read_parquet(path, columns=columns)
    if not is_map:
        return frame
    shapes = gpd.GeoSeries.from_wkb(frame["geometry"], crs=_SYSTEM)
    return gpd.GeoDataFrame(frame.assign(geometry=shapes))


def _tiles_of(folder: Path, level: AdminLevel) -> Path:
    return folder / f"units_{level}.pmtiles"


def _current(store: Path) -> str:
    return hash_of(pointed(store, POINTER))


def _write_files(parts: Parts, folder: Path) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as several:
        written = [
            several.submit(frame.to_parquet, folder / f"{name}.parquet")
            for name, frame in parts.frames.items()
        ]
    for one in written:
        one.result()
    (folder / _PICTURES).write_bytes(parts.pictures)
    for level, content in parts.tiles.items():
        _tiles_of(folder, level).write_bytes(content)
    text = json.dumps(parts.manifest, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text, "utf-8")


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
