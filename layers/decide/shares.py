"""Which share of the people of each unit lives in each band of a footprint."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
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


@dataclass(frozen=True, eq=False)
class Settled:
    """Where the people of some units live, looked up once for all events."""

    units: gpd.GeoDataFrame
    """By ubigeo, EPSG:4326."""
    order: npt.NDArray[np.intp]
    """Place of each unit among the codes in their order."""
    home: npt.NDArray[np.intp]
    """Unit of each settlement, by its place."""
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    total: npt.NDArray[np.float64]
    """People of the settlements of each unit, missing where it has none."""
    weight: npt.NDArray[np.float64]
    """Share of the people of each unit whose settlement is known."""


def settled_in(units: gpd.GeoDataFrame, settlements: pd.DataFrame, people: pd.Series) -> Settled:
    """Look up where the people of some units live.

    Parameters
    ----------
    units : GeoDataFrame
        By ubigeo, EPSG:4326.
    settlements : DataFrame
        ubigeo, lon, lat and people, none missing.
    people : Series of float
        By ubigeo; missing where unknown.

    Returns
    -------
    Settled
        Without the settlements of other units.
    """
    home = units.index.get_indexer(settlements["ubigeo"])
    near = settlements[home >= 0]
    home = home[home >= 0]
    counts = near["people"].to_numpy(dtype=float)
    total = np.bincount(home, counts, len(units)).astype(float)
    total[np.bincount(home, minlength=len(units)) == 0] = np.nan
    return Settled(
        units=units,
        order=np.argsort(np.argsort(units.index.to_numpy(dtype=object), kind="stable")),
        home=home,
        lon=near["lon"].to_numpy(dtype=float),
        lat=near["lat"].to_numpy(dtype=float),
        people=counts,
        total=total,
        weight=_weight_of_settlements(total, people.reindex(units.index).to_numpy(dtype=float)),
    )


@dataclass(frozen=True, eq=False)
class Shares:
    """Which share of the people of which unit is in which band; by ubigeo, then from the weakest."""

    unit: npt.NDArray[np.intp]
    """Its place among the units."""
    band: npt.NDArray[np.intp]
    """Its place among the bands of the footprint."""
    share: npt.NDArray[np.float64]
    basis: npt.NDArray[np.object_]


def shares_by_band(
    footprint: Footprint,
    units: gpd.GeoDataFrame,
    settlements: pd.DataFrame,
    people: pd.Series,
) -> pd.DataFrame:
    """Return the share of the people of each unit in each band, as `shares_of`.

    Parameters
    ----------
    footprint : Footprint
        The event.
    units, settlements, people
        As `settled_in`.

    Returns
    -------
    DataFrame
        ubigeo, band, share (above 0, to 1), basis; by ubigeo, then from the weakest band.
    """
    found = shares_of(footprint, settled_in(units, settlements, people))
    bands = np.array([band.id for band in footprint.bands], dtype=object)
    return pd.DataFrame(
        {
            "ubigeo": units.index[found.unit],
            "band": bands[found.band],
            "share": found.share,
            "basis": found.basis,
        }
    )


def shares_of(footprint: Footprint, settled: Settled) -> Shares:
    """Return the share of the people of each unit in each band.

    Of a unit with P people and settlements of p: Σ p / P of them (1 at most) are placed in
    the settlements and follow these; the others follow the area. Inside or outside as a
    whole, a unit has 1 or 0. Shares are differences of shares at or above each band, so
    that they add up and a larger footprint never lowers them.

    Parameters
    ----------
    footprint : Footprint
        The event.
    settled : Settled
        The units, and where their people live.

    Returns
    -------
    Shares
        Those above 0.
    """
    units = settled.units
    if footprint.districts is not None:
        known = units.index.get_indexer(sorted(footprint.districts & set(units.index)))
        one = np.ones(len(known))
        return Shares(known, np.zeros(len(known), int), one, _named(Basis.DECLARED, len(known)))
    found = area_at_least(footprint, units)
    touched = units.index.get_indexer(found.index)
    # By code, whatever the order of the units.
    rows = np.argsort(settled.order[touched])
    touched, area = touched[rows], found.to_numpy(dtype=float)[rows]
    placed = _placed(footprint, settled, touched)
    weight, total = settled.weight[touched, None], settled.total[touched, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        lived = np.nan_to_num(placed / total, nan=0.0)
    is_mixed = (area > 0.0) & (area < _WHOLE)
    above = np.where(is_mixed, weight * lived + (1.0 - weight) * area, np.round(area))
    return _parts(above, touched, settled.weight)


def _placed(footprint: Footprint, settled: Settled, touched: np.ndarray) -> np.ndarray:
    """Return the people of the settlements of some units at or above each band."""
    place = np.full(len(settled.units), -1)
    place[touched] = np.arange(len(touched))
    home = place[settled.home]
    near = home >= 0
    home, people = home[near], settled.people[near]
    rank = band_of_points(footprint, settled.lon[near], settled.lat[near])
    sums = [
        np.bincount(home, np.where(rank >= index, people, 0.0), len(touched))
        for index in range(len(footprint.bands))
    ]
    return np.column_stack(sums).astype(float)


def _parts(above: np.ndarray, touched: np.ndarray, weight: np.ndarray) -> Shares:
    """Return what lies in each band alone, from what lies at or above it."""
    parts = above - np.column_stack([above[:, 1:], np.zeros(len(above))])
    row, band = np.nonzero(parts > 1.0 - _WHOLE)
    share, unit = parts[row, band], touched[row]
    of = weight[unit]
    basis = np.select(
        [share >= _WHOLE, of == 0.0, of == 1.0],
        [Basis.WHOLE.value, Basis.AREA.value, Basis.PEOPLE.value],
        Basis.PEOPLE_AND_AREA.value,
    )
    return Shares(unit, band, share, basis.astype(object))


def _named(basis: Basis, count: int) -> np.ndarray:
    return np.full(count, basis.value, dtype=object)


def _weight_of_settlements(total: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return the share of the people of each unit whose settlement is known."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = total / np.where(people > 0, people, np.nan)
    # Where the people are unknown, settlements alone say where they live.
    ratio = np.where(np.isnan(people), 1.0, ratio)
    ratio = np.where(np.isnan(total) | ~(ratio <= MAX_OF_SETTLEMENTS), 0.0, ratio)
    return np.clip(ratio, 0.0, 1.0)


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
