"""The files of a build in a folder: what changes with every table apart from what seldom does."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from geoapp.store.folders import sealed_bytes
from geoapp.store.parts import NAMES, PLACE, Parts, check_manifest, tiled_levels
from geoapp.store.picture_bytes import pack_pictures, unpack_pictures
from layers.spec import Catalogue
from layers.terms import AdminLevel

_MANIFEST = "manifest.json"
_PICTURES = "pictures.npz"
_MARKS = "marks.json"
"""By file, what tells all that it was made from: another build of the same takes its bytes."""
_SYSTEM = "EPSG:4326"
_AT_ONCE = 2
"""Files that are packed or unpacked at a time, which is done outside Python."""

_Write = Callable[[Path], object]


def write_files(parts: Parts, folder: Path, former: Path | None = None) -> None:
    """Write the parts of a build.

    Parameters
    ----------
    parts : Parts
        Of the build.
    folder : Path
        Where; it is there and empty.
    former : Path, optional
        Folder of an earlier build. A file of it that was made from the same, and is as it was
        written, is copied.
    """
    known = _marks_of(former)
    files = _files_of(parts)

    def write(name: str) -> None:
        mark, make = files[name]
        same = former if mark and known.get(name) == mark else None
        held = sealed_bytes(same, name) if same else None
        if held is None:
            make(folder / name)
        else:
            (folder / name).write_bytes(held)

    with ThreadPoolExecutor(_AT_ONCE) as several:
        written = [several.submit(write, name) for name in files]
    for done in written:
        done.result()
    marks = {name: mark for name, (mark, _) in files.items() if mark}
    (folder / _MARKS).write_text(json.dumps(marks), "ascii")
    text = json.dumps(parts.manifest, ensure_ascii=False)
    (folder / _MANIFEST).write_text(text, "utf-8")


def read_files(folder: Path, catalogue: Catalogue | None) -> Parts:
    """Read the parts that `write_files` wrote.

    Parameters
    ----------
    folder : Path
        Of the build.
    catalogue : Catalogue or None
        The layers that the reader knows; any will do if None.

    Returns
    -------
    Parts
        Without marks.

    Raises
    ------
    StoreError
        Where it is of another version or other declarations.
    """
    manifest = checked_manifest(folder, catalogue)
    with ThreadPoolExecutor(_AT_ONCE) as several:
        units = {name: several.submit(read_units, folder, name) for name in manifest["levels"]}
        read = {
            name: several.submit(
                _read_frame, folder / _frame_of(name), is_map and name not in units
            )
            for name, is_map in manifest["frames"].items()
        }
    frames = {name: made.result() for name, made in read.items()}
    for name, made in units.items():
        frames[name] = made.result().join(frames[name])
    return Parts(
        manifest,
        frames,
        unpack_pictures(manifest["pictures"], (folder / _PICTURES).read_bytes()),
        {level: (folder / _tiles_of(level)).read_bytes() for level in tiled_levels(manifest)},
    )


def checked_manifest(folder: Path, catalogue: Catalogue | None) -> dict[str, Any]:
    """Return the manifest of a build; refuse one of another version or other declarations."""
    manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text("utf-8"))
    check_manifest(manifest, catalogue, folder)
    return manifest


def read_units(folder: Path, level: str) -> gpd.GeoDataFrame:
    """Read the units of a level, without names and figures."""
    return gpd.GeoDataFrame(_read_frame(folder / _units_of(level), True))


def read_names(folder: Path, level: str) -> pd.DataFrame:
    """Read what the units of a level are called."""
    return _read_frame(folder / _frame_of(level), False, NAMES)


def _files_of(parts: Parts) -> dict[str, tuple[str, _Write]]:
    """Return by file the mark of what it was made from, and what writes it."""
    levels, marks = parts.manifest["levels"], parts.marks
    files: dict[str, tuple[str, _Write]] = {}
    for name in levels:
        files[_units_of(name)] = marks.get(name, ""), parts.frames[name][PLACE].to_parquet
    for name, frame in parts.frames.items():
        is_level = name in levels
        table = pd.DataFrame(frame.drop(columns=PLACE)) if is_level else frame
        files[_frame_of(name)] = "" if is_level else marks.get(name, ""), table.to_parquet
    for level, content in parts.tiles.items():
        files[_tiles_of(level)] = "", partial(Path.write_bytes, data=content)
    files[_PICTURES] = marks.get("pictures", ""), partial(_write_pictures, parts)
    return files


def _write_pictures(parts: Parts, path: Path) -> None:
    path.write_bytes(pack_pictures(parts.pictures))


def _marks_of(folder: Path | None) -> dict[str, str]:
    """Return the marks of the files of a build; none where they cannot be read."""
    held = sealed_bytes(folder, _MARKS) if folder else None
    found: dict[str, str] = json.loads(held) if held else {}
    return found


def _units_of(level: str) -> str:
    return f"{level}_units.parquet"


def _frame_of(name: str) -> str:
    return f"{name}.parquet"


def _tiles_of(level: AdminLevel) -> str:
    return f"units_{level}.pmtiles"


def _read_frame(path: Path, is_map: bool, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table or a map; all maps of a build are in longitudes and latitudes of WGS 84.

    GeoPandas writes that system without the codes of its members, and PROJ searches its database
    for them by name: 20 ms for each map of every start.
    """
    with pq.ParquetFile(path) as file:
        frame = file.read(columns, use_pandas_metadata=True).to_pandas()
    if not is_map:
        return frame
    shapes = gpd.GeoSeries.from_wkb(frame["geometry"], crs=_SYSTEM)
    return gpd.GeoDataFrame(frame.assign(geometry=shapes))
