"""A built table on disk: GeoParquet and a manifest, replaced as one."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geoapp.manifest import Facts, plain_facts, read_facts, read_limits
from geoapp.picture_files import read_pictures, write_pictures
from layers.errors import StoreError, said_by_system
from layers.identity import fingerprint
from layers.loaded_files import with_loaded
from layers.pipeline import Build, LevelBuild
from layers.spec import Catalogue
from layers.table.disclosure import DisclosureRules
from layers.table.units import UnitTable
from layers.terms import AdminLevel

FORMAT = 11
_POINTER = "CURRENT"
_METHOD = "__method"
_CONFIDENCE = "__confidence"
_DECIMALS = 4


@dataclass(frozen=True)
class Stored:
    """A build as it was read back, with the folder that holds its files."""

    build: Build
    folder: Path


def write_build(built: Build, store: Path) -> Path:
    """Write a build beside the older ones and point to it in one step.

    Parameters
    ----------
    built : Build
        What the pipeline made.
    store : Path
        Folder of the store; made if absent.

    Returns
    -------
    Path
        Folder of this build.

    Raises
    ------
    StoreError
        Where the disk refuses; what was there stays.
    """
    builds = store / "builds"
    final = builds / built.hash
    try:
        builds.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".new-", dir=builds))
        try:
            _write_files(built, work)
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
    return final


def check_writable(store: Path) -> None:
    """Refuse a store that cannot be written before any work is done for it.

    Parameters
    ----------
    store : Path
        Folder of the store; made if absent.

    Raises
    ------
    StoreError
        Naming the folder and the remedy.
    """
    try:
        (store / "builds").mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store / "builds"):
            pass
    except OSError as error:
        raise _unwritable(store, error) from error


def read_build(store: Path, catalogue: Catalogue | None = None, name: str | None = None) -> Stored:
    """Read the build that the store points to, or an older one that it still holds.

    Parameters
    ----------
    store : Path
        Folder of the store.
    catalogue : Catalogue, optional
        The layers that the reader knows; a build of other layers is refused.
    name : str, optional
        Hash of a build; the newest by default.

    Returns
    -------
    Stored
        The build and its folder.

    Raises
    ------
    StoreError
        Where there is none, or it is damaged or of another version.
    """
    pointer = store / _POINTER
    if not pointer.is_file():
        raise StoreError("the store {store} holds no build; run geoapp build", store=store)
    folder = store / "builds" / (name or pointer.read_text().strip())
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["format"] != FORMAT:
            raise StoreError(
                "{folder} was written by another version; run geoapp build", folder=folder
            )
        facts = read_facts(manifest)
        if catalogue and manifest["catalogue"] != fingerprint(with_loaded(catalogue, facts.loaded)):
            raise StoreError(
                "{folder} was made from other declarations; run geoapp build", folder=folder
            )
        levels = {
            AdminLevel(name): _read_level(folder, name, manifest) for name in manifest["levels"]
        }
        backdrop = gpd.read_parquet(folder / "backdrop.parquet")
        capitals = pd.read_parquet(folder / "capitals.parquet")
        places = gpd.read_parquet(folder / "places.parquet")
        features = gpd.read_parquet(folder / "features.parquet")
        pictures = read_pictures(manifest["pictures"], folder)
        published = pd.read_parquet(folder / "published.parquet")
        series = {name: _read_series(folder, name) for name in manifest["series"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            "{folder} is damaged ({error}); run geoapp build", folder=folder, error=error
        ) from error
    built = Build(
        country=manifest["country"],
        levels=levels,
        backdrop=backdrop,
        capitals=capitals,
        places=places,
        features=features,
        pictures=pictures,
        statuses=facts.statuses,
        boundaries=facts.boundaries,
        repairs=facts.repairs,
        published=published,
        national=manifest["national"],
        loaded=facts.loaded,
        series=series,
        balances=facts.balances,
        figure_notes=manifest["figure_notes"],
        phase_limits=read_limits(manifest["phase_limits"]),
        disclosure=DisclosureRules(**told) if (told := manifest["disclosure"]) else None,
        on=date.fromisoformat(manifest["on"]),
        hash=manifest["hash"],
        seconds=manifest["seconds"],
        version=manifest["version"],
        catalogue=manifest["catalogue"],
    )
    return Stored(built, folder)


def _unwritable(store: Path, error: OSError) -> StoreError:
    return StoreError(
        "the store {store} cannot be written ({error}); free space or set GEOAPP_STORE to "
        "another folder",
        store=store,
        error=said_by_system(error),
    )


def _write_files(built: Build, folder: Path) -> None:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "hash": built.hash,
        "version": built.version,
        "catalogue": built.catalogue,
        "country": built.country,
        "seconds": round(built.seconds, 3),
        "national": built.national,
        **plain_facts(
            Facts(built.statuses, built.boundaries, built.repairs, built.loaded, built.balances)
        ),
        "figure_notes": built.figure_notes,
        "phase_limits": {name: asdict(limits) for name, limits in built.phase_limits.items()},
        "on": built.on.isoformat(),
        "disclosure": asdict(built.disclosure) if built.disclosure else None,
        "levels": {},
        "series": list(built.series),
    }
    for level, made in built.levels.items():
        methods = made.table.methods.add_suffix(_METHOD).astype("category")
        confidence = made.table.confidence.add_suffix(_CONFIDENCE)
        frame = made.units.join([made.table.names, made.table.values, methods, confidence])
        frame.to_parquet(folder / f"{level}.parquet")
        made.table.parents.to_parquet(folder / f"{level}_parents.parquet")
        made.table.ranges.to_parquet(folder / f"{level}_ranges.parquet")
        made.table.coverage.to_parquet(folder / f"{level}_coverage.parquet")
        made.table.masked.to_parquet(folder / f"{level}_masked.parquet")
        made.outlines.to_frame("geometry").to_parquet(folder / f"{level}_outlines.parquet")
        manifest["levels"][level.value] = {"sources": made.table.sources}
    built.backdrop.to_parquet(folder / "backdrop.parquet")
    built.capitals.to_parquet(folder / "capitals.parquet")
    built.places.to_parquet(folder / "places.parquet")
    built.features.to_parquet(folder / "features.parquet")
    manifest["pictures"] = write_pictures(built.pictures, folder)
    built.published.to_parquet(folder / "published.parquet")
    for name, frame in built.series.items():
        frame.rename(columns=str).to_parquet(folder / f"series_{name}.parquet")
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
    for path in folder.iterdir():
        _sync(path)


def _read_level(folder: Path, name: str, manifest: dict[str, Any]) -> LevelBuild:
    frame = gpd.read_parquet(folder / f"{name}.parquet")
    outlines = gpd.read_parquet(folder / f"{name}_outlines.parquet")
    sources = {layer: tuple(ids) for layer, ids in manifest["levels"][name]["sources"].items()}
    methods = frame[[f"{layer}{_METHOD}" for layer in sources]].astype(str)
    confidence = pd.DataFrame(frame[[f"{layer}{_CONFIDENCE}" for layer in sources]])
    table = UnitTable(
        level=AdminLevel(name),
        names=pd.DataFrame(frame[["name", "province", "region", "reniec"]]),
        values=pd.DataFrame(frame[list(sources)]),
        methods=methods.set_axis(list(sources), axis=1),
        sources=sources,
        parents=pd.read_parquet(folder / f"{name}_parents.parquet"),
        ranges=pd.read_parquet(folder / f"{name}_ranges.parquet"),
        coverage=pd.read_parquet(folder / f"{name}_coverage.parquet"),
        masked=pd.read_parquet(folder / f"{name}_masked.parquet"),
        confidence=confidence.set_axis(list(sources), axis=1),
    )
    units = frame[["geometry", "area_km2", "lon", "lat"]]
    return LevelBuild(units=units, outlines=outlines.geometry, table=table)


def _read_series(folder: Path, name: str) -> pd.DataFrame:
    frame = pd.read_parquet(folder / f"series_{name}.parquet")
    return frame.set_axis([int(time) for time in frame.columns], axis=1)


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
