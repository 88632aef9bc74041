"""Read a map that a visitor gives, feature by feature, with what is wrong with each."""

from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from layers.errors import MapPlaceError, UserFileError
from layers.sources.user_map_formats import read_geojson, read_gpkg

MAX_FEATURES = 50_000
MAX_VERTICES = 2_000_000
_SHAPES = {"Polygon": "polygons", "LineString": "lines", "Point": "points"}
_SOME_SHARE = 0.5


@dataclass(frozen=True)
class UserMap:
    """A map in longitude and latitude, one row a feature."""

    frame: gpd.GeoDataFrame
    """Properties as text; the index is the place of the feature in the file, from 1."""
    shape: str
    """polygons, lines or points."""
    system: str
    """The reference system of the file."""
    repaired: dict[int, float] = field(default_factory=dict)
    """Polygons that crossed themselves: the share by which their area changed."""
    faults: dict[int, str] = field(default_factory=dict)
    """Features without a usable geometry: no_geometry, bad_geometry."""
    facts: dict[str, str] = field(default_factory=dict)
    """encoding, layer, other_layers; heights, how many features have some, which are left out;
    accuracy, by how many metres its system may be off from WGS 84."""


def read_user_map(
    path: Path,
    name: str,
    file_format: str,
    box: tuple[float, float, float, float],
    stated: str = "",
) -> UserMap:
    """Read GeoJSON or GeoPackage.

    Parameters
    ----------
    path : Path
        The file, under a name of our own.
    name : str
        What errors call it.
    file_format : str
        geojson or gpkg.
    box : tuple of float
        West, south, east and north of the country.
    stated : str
        Reference system that its owner states; that of the file if empty.

    Returns
    -------
    UserMap
        In EPSG:4326; polygons that cross themselves are made valid and listed.

    Raises
    ------
    UserFileError
        Where it cannot be read, has no geometry or several kinds of them, too many vertices, no
        reference system, or lies outside the country: in metres, or with its axes swapped.
    """
    if file_format == "geojson":
        frame, system, faults, facts = read_geojson(path, name)
    else:
        frame, system, faults, facts = read_gpkg(path, name)
    if len(frame) > MAX_FEATURES:
        raise UserFileError(
            "{name} has {count} features, more than {most}; split it",
            name=name,
            count=len(frame),
            most=MAX_FEATURES,
        )
    system = stated or system
    if not system:
        raise MapPlaceError("{name} states no reference system; state it", name=name)
    shapes = frame.geometry.to_numpy()
    if heights := int((shapely.has_z(shapes) | shapely.has_m(shapes)).sum()):
        facts["heights"] = str(heights)
    frame = frame.set_geometry(shapely.force_2d(shapes), crs=None)
    shape = _shape_of(frame, name)
    repaired = _repair(frame, faults)
    placed, accuracy = _in_degrees(frame, system, name)
    if accuracy > 0:
        facts["accuracy"] = f"{accuracy:g}"
    _check_place(placed, box, name)
    return UserMap(placed, shape, system, repaired, faults, facts)


def _shape_of(frame: gpd.GeoDataFrame, name: str) -> str:
    kinds = frame.geometry.geom_type.dropna().str.removeprefix("Multi").unique()
    known = {_SHAPES[kind] for kind in kinds if kind in _SHAPES}
    if not len(kinds):
        raise UserFileError("{name} holds no geometry; export the layer again", name=name)
    if len(known) != 1 or len(kinds) > len(known):
        raise UserFileError(
            "{name} mixes {kinds}; give polygons, lines or points, one kind a file",
            name=name,
            kinds=", ".join(sorted(map(str, kinds))),
        )
    if int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum()) > MAX_VERTICES:
        raise UserFileError(
            "{name} has more than {most} vertices; simplify it", name=name, most=MAX_VERTICES
        )
    return known.pop()


def _repair(frame: gpd.GeoDataFrame, faults: dict[int, str]) -> dict[int, float]:
    """Make polygons valid in place; return by how much of itself each one changed."""
    repaired: dict[int, float] = {}
    shapes = frame.geometry.to_numpy().copy()
    for place, shape in enumerate(shapes):
        row = place + 1
        if shape is None or shape.is_empty:
            faults.setdefault(row, "no_geometry")
            shapes[place] = None
        elif not np.isfinite(shapely.get_coordinates(shape)).all():
            faults[row] = "bad_geometry"
            shapes[place] = None
        elif not shape.is_valid:
            made = shapely.make_valid(shape)
            before = abs(shape.area)
            repaired[row] = abs(made.area - before) / before if before else 0.0
            shapes[place] = made
    frame["geometry"] = gpd.GeoSeries(shapes, index=frame.index)
    return repaired


def _in_degrees(frame: gpd.GeoDataFrame, system: str, name: str) -> tuple[gpd.GeoDataFrame, float]:
    """Return a map in degrees, and by how many metres the change of datum may be off."""
    try:
        crs = CRS.from_user_input(system)
        if crs.is_geographic:
            west, south, east, north = frame.total_bounds
            if max(abs(west), abs(east)) > 360 or max(abs(south), abs(north)) > 360:
                raise MapPlaceError(
                    "{name} has the numbers {x}, {y}, which are metres and no degrees; state its reference system",
                    name=name,
                    x=round(float(east)),
                    y=round(float(north)),
                )
        placed = frame.set_crs(crs, allow_override=True).to_crs(4326)
        return placed, TransformerGroup(crs, 4326, always_xy=True).transformers[0].accuracy
    except (CRSError, ProjError) as error:
        raise MapPlaceError(
            "{name}: the reference system {system} is not known; state another",
            name=name,
            system=system,
        ) from error


def _check_place(
    frame: gpd.GeoDataFrame, box: tuple[float, float, float, float], name: str
) -> None:
    """Refuse a map of which most lies elsewhere: a join would lose it without a word."""
    west, south, east, north = shapely.bounds(frame.geometry.dropna().to_numpy()).T
    if ((east - west > 180) | (south < -90) | (north > 90)).any():
        raise MapPlaceError(
            "{name} reaches around the earth or beyond its poles; cut it at the antimeridian",
            name=name,
        )
    middles = shapely.centroid(frame.geometry.dropna().to_numpy())
    lon, lat = shapely.get_x(middles), shapely.get_y(middles)
    if _share_inside(lon, lat, box) > 0:
        return
    if _share_inside(lat, lon, box) >= _SOME_SHARE:
        raise UserFileError(
            "{name} has latitude before longitude; swap them and export it again", name=name
        )
    raise MapPlaceError(
        "{name} lies at {lon}, {lat}, outside the country; check its reference system",
        name=name,
        lon=round(float(np.mean(lon)), 1),
        lat=round(float(np.mean(lat)), 1),
    )


def _share_inside(x: np.ndarray, y: np.ndarray, box: tuple[float, float, float, float]) -> float:
    west, south, east, north = box
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return float(inside.mean()) if len(inside) else 0.0
