"""A build taken apart into a manifest and frames, as any store keeps it, and put together again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from geoapp.outlines.unit_tiles import unit_tiles
from geoapp.store.contents import TILED_FROM
from geoapp.store.formats import FORMAT, check_format
from geoapp.store.manifest import Facts, plain_facts, read_facts, read_limits
from layers.built import Build, LevelBuild
from layers.errors import StoreError
from layers.identity import fingerprint
from layers.loaded_catalogue import with_loaded
from layers.spec import Catalogue, DisclosureRules
from layers.table.picture import Picture
from layers.table.units import UnitTable
from layers.terms import AdminLevel

NAMES = ["name", "province", "region", "reniec"]
PLACE = ["geometry", "area_km2", "lon", "lat"]


@dataclass(frozen=True)
class Parts:
    """What a store keeps of a build."""

    manifest: dict[str, Any]
    """JSON: how the build came to be, and which frames there are, with or without geometry."""
    frames: Mapping[str, pd.DataFrame]
    """By name; those with a geometry are GeoDataFrames. Rows and columns have an order."""
    pictures: tuple[Picture, ...]
    tiles: Mapping[AdminLevel, bytes] = field(default_factory=dict)
    """Vector tiles of the levels that have too many units for one file."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """By frame (of a level: of its units) and of the pictures, what tells all that they were made
    from, where that is known."""


def take_apart(built: Build, tiled_from: int = TILED_FROM, made_from: str = "") -> Parts:
    """Return what a store keeps of a build.

    Parameters
    ----------
    built : Build
        What the pipeline made.
    tiled_from : int
        A level of at least as many units is cut into vector tiles.
    made_from : str
        What tells all that it was made from; empty where nobody asks for it again.

    Returns
    -------
    Parts
        Of which `put_together` makes an equal build.
    """
    frames: dict[str, pd.DataFrame] = {
        "backdrop": built.backdrop,
        "capitals": built.capitals,
        "places": built.places,
        "features": built.features,
        "published": built.published,
    }
    for level, made in built.levels.items():
        frames |= _frames_of(level, made)
    for name, series in built.series.items():
        frames[f"series_{name}"] = series.rename(columns=str)
    manifest = manifest_of(built)
    manifest["frames"] = {
        name: isinstance(frame, gpd.GeoDataFrame) for name, frame in frames.items()
    }
    if made_from:
        manifest["made_from"] = made_from
    tiles = {
        level: unit_tiles(made.outlines)
        for level, made in built.levels.items()
        if len(made.units) >= tiled_from
    }
    # A build of none says nothing of them, and is what it was before there were any.
    if tiles:
        manifest["tiles"] = [level.value for level in tiles]
    return Parts(manifest, frames, built.pictures, tiles, _marks_of(built))


def tiled_levels(manifest: dict[str, Any]) -> list[AdminLevel]:
    """Return the levels that a store keeps vector tiles of."""
    return [AdminLevel(name) for name in manifest.get("tiles", [])]


def check_manifest(manifest: dict[str, Any], catalogue: Catalogue | None, where: object) -> None:
    """Refuse a build of another version or of other declarations.

    Parameters
    ----------
    manifest : dict
        As it was read back.
    catalogue : Catalogue or None
        The layers that the reader knows; any will do if None.
    where : object
        What a sentence calls the build.

    Raises
    ------
    StoreError
        Naming it and the remedy.
    """
    check_format(manifest["format"], where)
    loaded = read_facts(manifest).loaded
    if catalogue and manifest["catalogue"] != fingerprint(with_loaded(catalogue, loaded)):
        raise StoreError(
            "{folder} was made from other declarations; run geoapp build", folder=where
        )


def put_together(parts: Parts) -> Build:
    """Return the build that `take_apart` took apart.

    Parameters
    ----------
    parts : Parts
        As a store gives them back.

    Returns
    -------
    Build
        Equal to the one that was written.
    """
    manifest, frames = parts.manifest, parts.frames
    facts = read_facts(manifest)
    return Build(
        country=manifest["country"],
        levels={
            AdminLevel(name): _level_of(name, told["sources"], frames)
            for name, told in manifest["levels"].items()
        },
        backdrop=frames["backdrop"],
        capitals=frames["capitals"],
        places=frames["places"],
        features=frames["features"],
        pictures=parts.pictures,
        statuses=facts.statuses,
        boundaries=facts.boundaries,
        repairs=facts.repairs,
        published=frames["published"],
        national=manifest["national"],
        loaded=facts.loaded,
        series={name: _series_of(frames[f"series_{name}"]) for name in manifest["series"]},
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


def manifest_of(built: Build) -> dict[str, Any]:
    """Return what a build says of itself, as JSON has it."""
    return {
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
        "levels": {
            level.value: {"sources": made.table.sources, "units": len(made.units)}
            for level, made in built.levels.items()
        },
        "series": list(built.series),
        "pictures": {picture.layer: picture.breaks for picture in built.pictures},
    }


def _frames_of(level: AdminLevel, made: LevelBuild) -> dict[str, pd.DataFrame]:
    table = made.table
    return {
        level.value: made.units.join([table.names, table.values]),
        f"{level}_methods": table.methods,
        f"{level}_confidence": table.confidence,
        f"{level}_parents": table.parents,
        f"{level}_ranges": table.ranges,
        f"{level}_coverage": table.coverage,
        f"{level}_masked": table.masked,
        f"{level}_outlines": made.outlines.to_frame("geometry"),
    }


def _marks_of(built: Build) -> dict[str, str]:
    marks = dict(built.marks)
    for level in built.levels:
        marks[level.value] = marks[f"{level}_outlines"] = marks.get("units", "")
    for name in built.series:
        marks[f"series_{name}"] = marks.get("series", "")
    return marks


def _level_of(
    name: str, behind: dict[str, list[str]], frames: Mapping[str, pd.DataFrame]
) -> LevelBuild:
    frame, outlines = frames[name], frames[f"{name}_outlines"]
    sources = {layer: tuple(ids) for layer, ids in behind.items()}
    table = UnitTable(
        level=AdminLevel(name),
        names=pd.DataFrame(frame[NAMES]),
        values=pd.DataFrame(frame[list(sources)]),
        methods=frames[f"{name}_methods"],
        sources=sources,
        parents=frames[f"{name}_parents"],
        ranges=frames[f"{name}_ranges"],
        coverage=frames[f"{name}_coverage"],
        masked=frames[f"{name}_masked"],
        confidence=frames[f"{name}_confidence"],
    )
    return LevelBuild(
        units=gpd.GeoDataFrame(frame[PLACE]), outlines=outlines["geometry"], table=table
    )


def _series_of(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis([int(time) for time in frame.columns], axis=1)


def check_turn(current: str, made: str, instead_of: str | None, where: object) -> None:
    """Refuse a build that was begun before another one was put in its place.

    Parameters
    ----------
    current : str
        Hash of the build that the store points to; empty for none.
    made : str
        Hash of the build to be written.
    instead_of : str or None
        Hash that its editor saw before it was begun; any if None.
    where : object
        What a sentence calls the store.

    Raises
    ------
    StoreError
        Naming the other build and the remedy.
    """
    if instead_of is not None and current not in (instead_of, made):
        raise StoreError(
            "another build ({current}) was written to {store} while this one was made; run geoapp "
            "build again",
            current=current,
            store=where,
        )
