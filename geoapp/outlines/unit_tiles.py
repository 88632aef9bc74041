"""The units of a level as vector tiles: what the page draws of where they are too many for one file.

Tiles carry outlines and codes and no figure: colours come with the layer, as they do for paths.
"""

import gzip
import io

import geopandas as gpd
import numpy as np
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geoapp.outlines.vector_tile import encode_tile

LAYER, KEY = "units", "u"
ZOOMS = (4, 10)
"""The coarsest that the map shows, and the finest that is kept: its grid is 10 m."""
_GRID, _FINEST_GRID = 1024, 4096
"""Cells of a tile of 256 pixels along a side; at the finest zoom, which closer ones enlarge, more."""
_MARGIN = 8 / 256
"""Share of a tile that is cut beyond its sides, so that no line along a cut is seen."""
_NORTHERNMOST = 85.05


def unit_tiles(outlines: gpd.GeoSeries) -> bytes:
    """Return the outlines of units as a PMTiles file.

    Parameters
    ----------
    outlines : GeoSeries
        Polygons in degrees by code, simplified together.

    Returns
    -------
    bytes
        At each zoom each unit, with its code; the same for the same outlines.
    """
    world = shapely.transform(outlines.to_numpy(), _mercator)
    codes = [str(code) for code in outlines.index]
    made = io.BytesIO()
    writer = Writer(made)  # type: ignore[no-untyped-call]
    tiles = [tile for zoom in range(ZOOMS[0], ZOOMS[1] + 1) for tile in _tiles(zoom, world, codes)]
    for number, content in sorted(tiles):
        writer.write_tile(number, content)  # type: ignore[no-untyped-call]
    west, south, east, north = outlines.total_bounds
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": int(west * 1e7),
        "min_lat_e7": int(south * 1e7),
        "max_lon_e7": int(east * 1e7),
        "max_lat_e7": int(north * 1e7),
        "center_zoom": ZOOMS[0],
        "center_lon_e7": int((west + east) / 2 * 1e7),
        "center_lat_e7": int((south + north) / 2 * 1e7),
    }
    fields = [{"id": LAYER, "fields": {KEY: "String"}, "minzoom": ZOOMS[0], "maxzoom": ZOOMS[1]}]
    writer.finalize(header, {"vector_layers": fields})  # type: ignore[no-untyped-call]
    return made.getvalue()


def _tiles(zoom: int, world: np.ndarray, codes: list[str]) -> list[tuple[int, bytes]]:
    """Return the tiles of a zoom by number."""
    side = 1 << zoom
    grid = _FINEST_GRID if zoom == ZOOMS[1] else _GRID
    shapes = shapely.transform(world, lambda xy: xy * side)
    bounds = shapely.bounds(shapes)
    middles = (bounds[:, :2] + bounds[:, 2:]) / 2
    found = []
    for (column, row), near in _near(bounds, side).items():
        box = np.array([column, row, column + 1, row + 1]) + np.array([-1, -1, 1, 1]) * _MARGIN
        cut = shapes[near]
        is_cut = (bounds[near, :2] < box[:2]).any(axis=1) | (bounds[near, 2:] > box[2:]).any(axis=1)
        cut[is_cut] = shapely.clip_by_rect(cut[is_cut], *box)
        spots = (middles[near] - [column, row]) * grid
        spots[((spots < 0) | (spots >= grid)).any(axis=1)] = np.nan
        on_grid = _on_grid(cut, np.array([column, row]), grid)
        tile = encode_tile(LAYER, KEY, [codes[k] for k in near], on_grid, spots, grid)
        if tile:
            packed = gzip.compress(tile, compresslevel=9, mtime=0)
            found.append((zxy_to_tileid(zoom, column, row), packed))
    return found


def _on_grid(shapes: np.ndarray, corner: np.ndarray, grid: int) -> np.ndarray:
    return np.asarray(shapely.transform(shapes, lambda xy: (xy - corner) * grid))


def _near(bounds: np.ndarray, side: int) -> dict[tuple[int, int], np.ndarray]:
    """Return the units that may be seen in each tile, by its column and row."""
    low = np.floor(bounds[:, :2] - _MARGIN).astype(int).clip(0, side - 1)
    high = np.floor(bounds[:, 2:] + _MARGIN).astype(int).clip(0, side - 1)
    wide, tall = (high - low + 1).T
    unit = np.repeat(np.arange(len(bounds)), wide * tall)
    place = np.arange(len(unit)) - np.repeat(np.cumsum(wide * tall) - wide * tall, wide * tall)
    column = low[unit, 0] + place % wide[unit]
    row = low[unit, 1] + place // wide[unit]
    tile = row * side + column
    order = np.argsort(tile, kind="stable")
    numbers, firsts = np.unique(tile[order], return_index=True)
    return {
        (int(number % side), int(number // side)): near
        for number, near in zip(numbers, np.split(unit[order], firsts[1:]), strict=True)
    }


def _mercator(points: np.ndarray) -> np.ndarray:
    """Return degrees as shares of the world of web maps, from its north-western corner."""
    latitude = np.radians(points[:, 1].clip(-_NORTHERNMOST, _NORTHERNMOST))
    south = (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2
    return np.column_stack(((points[:, 0] + 180) / 360, south))
