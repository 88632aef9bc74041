"""Built tables in a folder or in PostGIS: written and read as one, whichever it is."""

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geoapp import postgis
from geoapp.database import Database, Store
from geoapp.parts import Parts, check_manifest, check_turn, put_together, take_apart
from layers.errors import StoreError, said_by_system
from layers.pipeline import Build
from layers.spec import Catalogue

_POINTER = "CURRENT"
_PICTURES = "pictures.npz"
_DECIMALS = 4


@dataclass(frozen=True)
class Stored:
    """A build as it was read back."""

    build: Build
    folder: Path
    """Folder of this machine that goes with the store."""


def write_build(built: Build, store: Store, instead_of: str | None = None) -> None:
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

    Raises
    ------
    StoreError
        Where the disk or the database refuses, or another build came first; what was there
        stays.
    """
    if isinstance(store, Database):
        postgis.write_build(take_apart(built), store, instead_of)
        return
    check_turn(_current(store), built.hash, instead_of, store)
    builds = store / "builds"
    final = builds / built.hash
    try:
        builds.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".new-", dir=builds))
        try:
            _write_files(take_apart(built), work)
            if final.exists():
                os.replace(final, work / "older")
            os.replace(work, final)
            shutil.rmtree(final / "older", ignore_errors=True)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        _point_to(built.hash, store)
    except OSError as error:
        raise _unwritable(store, error) from error
    _remove_older(builds, keep=built.hash)


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
        (store / "builds").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store / "builds"):
            pass
    except OSError as error:
        raise _unwritable(store, error) from error
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
        Where there is none, or it is damaged or of another version.
    """
    if isinstance(store, Database):
        return Stored(put_together(postgis.read_parts(store, catalogue, name)), store.folder)
    current = _current(store)
    if not current:
        raise StoreError("the store {store} holds no build; run geoapp build", store=store)
    folder = store / "builds" / (name or current)
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        check_manifest(manifest, catalogue, folder)
        frames = {
            name: (gpd if is_map else pd).read_parquet(folder / f"{name}.parquet")
            for name, is_map in manifest["frames"].items()
        }
        parts = Parts(manifest, frames, (folder / _PICTURES).read_bytes())
        return Stored(put_together(parts), store)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            "{folder} is damaged ({error}); run geoapp build", folder=folder, error=error
        ) from error


def _current(store: Path) -> str:
    pointer = store / _POINTER
    return pointer.read_text().strip() if pointer.is_file() else ""


def _unwritable(store: Path, error: OSError) -> StoreError:
    return StoreError(
        "the store {store} cannot be written ({error}); free space or set GEOAPP_STORE to "
        "another folder",
        store=store,
        error=said_by_system(error),
    )


def _write_files(parts: Parts, folder: Path) -> None:
    for name, frame in parts.frames.items():
        frame.to_parquet(folder / f"{name}.parquet")
    (folder / _PICTURES).write_bytes(parts.pictures)
    (folder / "manifest.json").write_text(json.dumps(parts.manifest, ensure_ascii=False, indent=1))
    for path in folder.iterdir():
        _sync(path)


def _point_to(name: str, store: Path) -> None:
    handle, path = tempfile.mkstemp(prefix=".pointer-", dir=store)
    with os.fdopen(handle, "w") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path, store / _POINTER)
    _sync(store)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_older(builds: Path, keep: str) -> None:
    # The newest other build stays for readers that opened it before the switch.
    others = sorted(
        (path for path in builds.iterdir() if path.name != keep),
        key=lambda path: path.stat().st_mtime,
    )
    for path in others[:-1]:
        shutil.rmtree(path, ignore_errors=True)


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
