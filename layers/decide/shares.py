"""Which share of the people of each unit lives in each band of a footprint."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from layers.decide.footprint import Footprint
from layers.harmonise.cover import Cover, cover_of
from layers.harmonise.grid import Grid
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic

MAX_OF_SETTLEMENTS = 1.5
"""Where the settlements of a unit hold more than so many times its people, they are those of a
city beyond it, and the share is that of area: our choice."""
_WHOLE = 1.0 - 1e-9
_STRIP = 256


class Basis(StrEnum):
    """How a share was found."""

    DECLARED = "declared"
    WHOLE = "whole"
    PEOPLE = "people"
    PEOPLE_AND_AREA = "people_and_area"
    AREA = "area"


def shares_by_band(
    footprint: Footprint,
    units: gpd.GeoDataFrame,
    settlements: pd.DataFrame,
    people: pd.Series,
) -> pd.DataFrame:
    """Return the share of the people of each unit in each band.

    Of a unit with P people and settlements of p: Σ p / P of them (1 at most) are placed in
    the settlements and follow these; the others follow the area. Inside or outside as a
    whole, a unit has 1 or 0. Shares are differences of shares at or above each band, so
    that they add up and a larger footprint never lowers them.

    Parameters
    ----------
    footprint : Footprint
        The event.
    units : GeoDataFrame
        By ubigeo, EPSG:4326.
    settlements : DataFrame
        ubigeo, lon, lat and people, none missing.
    people : Series of float
        By ubigeo; missing where unknown.

    Returns
    -------
    DataFrame
        ubigeo, band, share (above 0, to 1), basis; by ubigeo, then from the weakest band.
    """
    if footprint.districts is not None:
        inside = sorted(footprint.districts & set(units.index))
        band = footprint.bands[0].id
        rows = {"ubigeo": inside, "band": band, "share": 1.0, "basis": Basis.DECLARED.value}
        return pd.DataFrame(rows, columns=["ubigeo", "band", "share", "basis"])
    area = area_at_least(footprint, units)
    home = area.index.get_indexer(settlements["ubigeo"])
    near, home = settlements[home >= 0], home[home >= 0]
    weight = _weight_of_settlements(near, people.reindex(area.index))
    rank = band_of_points(footprint, near["lon"].to_numpy(), near["lat"].to_numpy())
    above = area.copy()
    total = near.groupby("ubigeo")["people"].sum().reindex(area.index)
    for index in range(len(footprint.bands)):
        placed = near["people"].where(rank >= index, 0.0).groupby(home).sum()
        placed.index = area.index[placed.index]
        placed = (placed.reindex(area.index) / total).fillna(0.0)
        mixed = weight * placed + (1.0 - weight) * area[index]
        is_mixed = area[index].between(0.0, _WHOLE, inclusive="neither")
        above[index] = area[index].round(0).where(~is_mixed, mixed)
    return _rows(footprint, above, weight)


def _rows(footprint: Footprint, above: pd.DataFrame, weight: pd.Series) -> pd.DataFrame:
    above[len(footprint.bands)] = 0.0
    parts = -above.diff(axis=1).iloc[:, 1:]
    parts.columns = [band.id for band in footprint.bands]
    rows = parts.rename_axis("ubigeo").melt(ignore_index=False, var_name="band", value_name="share")
    rows = rows[rows["share"] > 1.0 - _WHOLE].sort_index(kind="stable").reset_index()
    of = weight.reindex(rows["ubigeo"]).to_numpy()
    named = np.select(
        [rows["share"] >= _WHOLE, of == 0.0, of == 1.0],
        [Basis.WHOLE.value, Basis.AREA.value, Basis.PEOPLE.value],
        Basis.PEOPLE_AND_AREA.value,
    )
    return rows.assign(basis=named)


def _weight_of_settlements(settlements: pd.DataFrame, people: pd.Series) -> pd.Series:
    """Return the share of the people of each unit whose settlement is known."""
    total = settlements.groupby("ubigeo")["people"].sum().reindex(people.index)
    ratio = (total / people.where(people > 0)).where(people.notna(), 1.0)
    ratio = ratio.where(ratio <= MAX_OF_SETTLEMENTS, 0.0).where(total.notna(), 0.0)
    return ratio.fillna(0.0).clip(upper=1.0)


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


def band_of_points(footprint: Footprint, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the place of the band of each point, −1 where it is in none.

    Parameters
    ----------
    footprint : Footprint
        With regions or a grid.
    lon, lat : ndarray
        Degrees, none missing.

    Returns
    -------
    ndarray of int
        0 is the weakest band.
    """
    if footprint.grid is not None:
        values = _sampled(footprint.grid, lon, lat)
        lows = [band.low or 0.0 for band in footprint.bands]
        found = np.searchsorted(lows, values, side="right") - 1
        return np.where(np.isnan(values), -1, found)
    rank = np.full(len(lon), -1)
    for index, region in enumerate(footprint.regions or ()):
        shapely.prepare(region)
        rank[shapely.intersects_xy(region, lon, lat)] = index
    return rank


def _sampled(grid: Grid, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the value of the cell under each point; not-a-number without one."""
    to_grid = pyproj.Transformer.from_crs(4326, grid.crs.to_wkt(), always_xy=True)
    x, y = to_grid.transform(lon, lat)
    row = np.floor((grid.north - np.asarray(y)) / grid.height)
    column = np.floor((np.asarray(x) - grid.west) / grid.width)
    values = np.full(len(lon), np.nan)
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    for top in np.unique(row[inside] // _STRIP).astype(int) * _STRIP:
        here = np.flatnonzero(inside & (row >= top) & (row < top + _STRIP))
        strip = grid.window(top, 0, min(_STRIP, grid.rows - top), grid.columns)
        cells = strip[row[here].astype(int) - top, column[here].astype(int)]
        values[here] = np.ma.filled(cells.astype(float), np.nan)
    return values
