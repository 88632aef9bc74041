"""Which share of the area of each unit lies in each band of a footprint."""

from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.decide.footprint import Footprint
from layers.harmonise.cover import Cover, cover_of
from layers.harmonise.grid import Grid
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic


def area_at_least(footprint: Footprint, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the share of the area of each unit at or above each band.

    Parameters
    ----------
    footprint : Footprint
        With regions or a grid.
    units : GeoDataFrame
        By ubigeo, EPSG:4326.

    Returns
    -------
    DataFrame
        By ubigeo of the units that are touched, one column per band by its place, 0–1.
    """
    if footprint.grid is not None and footprint.is_rough:
        return _area_of_equations(footprint, footprint.grid, units)
    if footprint.grid is not None:
        return _area_of_grid(footprint, footprint.grid, units.geometry)
    regions = footprint.regions or ()
    shapes = units.geometry.to_numpy()
    touched = np.zeros(len(shapes), dtype=bool)
    if regions:
        touched[shapely.STRtree(shapes).query(regions[0], "intersects")] = True
    shapes = shapes[touched]
    columns = {index: _area_inside(region, shapes) for index, region in enumerate(regions)}
    return pd.DataFrame(columns, index=units.index[touched])


def _area_inside(region: BaseGeometry, shapes: np.ndarray) -> np.ndarray:
    """Return the share of each shape inside a region, on an equal-area plane."""
    share = np.zeros(len(shapes))
    shapely.prepare(region)
    is_whole = shapely.covers(region, shapes)
    share[is_whole] = 1.0
    partial = np.flatnonzero(shapely.intersects(region, shapes) & ~is_whole)
    if not len(partial):
        return share
    flat = shapely.transform(shapes[partial], _equal_area)
    ground = shapely.transform(region, _equal_area)
    pieces = [shapely.clip_by_rect(ground, *shapely.bounds(shape)) for shape in flat]
    cut = shapely.intersection(flat, pieces)
    share[partial] = np.clip(shapely.area(cut) / shapely.area(flat), 0.0, 1.0)
    return share


def _equal_area(places: np.ndarray) -> np.ndarray:
    """Return Lambert's cylindrical projection of the sphere, in degrees along the equator."""
    lat = np.radians(places[:, 1])
    return np.column_stack([places[:, 0], np.degrees(np.sin(lat))])


@dataclass(frozen=True)
class _Covered:
    """Units and the lines of a grid: what a cover hangs on."""

    units: gpd.GeoDataFrame
    grid: Grid

    @property
    def _key(self) -> tuple[object, ...]:
        grid = self.grid
        size = (grid.rows, grid.columns, grid.west, grid.north, grid.width, grid.height)
        return id(self.units), *size, grid.crs

    def __hash__(self) -> int:
        return hash(self._key[:-1])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Covered) and self._key == other._key


@lru_cache(maxsize=4)
def _cover(of: _Covered) -> Cover:
    return cover_of(of.grid, of.units.geometry.to_numpy())


def _area_of_equations(footprint: Footprint, grid: Grid, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the shares of a grid that has the same lines whatever the earthquake."""
    cover = _cover(_Covered(units, replace(grid, read=_nothing)))
    values = np.ma.filled(grid.values, -np.inf)
    lows = [band.low or 0.0 for band in footprint.bands]
    above = {index: cover.share(values >= low) for index, low in enumerate(lows)}
    found = pd.DataFrame(above, index=units.index)
    return found[found[0] > 0]


def _nothing(row: int, column: int, rows: int, columns: int) -> np.ma.MaskedArray:
    return np.ma.MaskedArray(np.zeros((rows, columns)), mask=True)


def _area_of_grid(footprint: Footprint, grid: Grid, shapes: gpd.GeoSeries) -> pd.DataFrame:
    placed = shapes.to_crs(grid.crs)
    frame = shapely.box(
        grid.west,
        grid.north - grid.rows * grid.height,
        grid.west + grid.columns * grid.width,
        grid.north,
    )
    placed = placed[shapely.intersects(frame, placed.to_numpy())]
    above = {}
    for index, band in enumerate(footprint.bands):
        share = zonal(grid, placed, Statistic.SHARE, within=(band.low or 0.0, np.inf))
        above[index] = (share["value"] * share["coverage"]).fillna(0.0)
        placed = placed[above[index] > 0]
    found = pd.DataFrame(above).fillna(0.0)
    return found[found[0] > 0]
