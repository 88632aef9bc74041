"""The cells that units cover, kept for a grid: the same shares as measuring each time."""

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.crs import CRS

from layers.decide.footprint import Band, Footprint, FootprintKind
from layers.decide.shares_area import area_at_least
from layers.harmonise.cover import cover_of
from layers.harmonise.grid import Grid, grid_of_values
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_terms import Statistic


def grid(values: np.ndarray, crs: int = 32718, west: float = 0.0) -> Grid:
    corner = rasterio.Affine(1.0, 0.0, west, 0.0, -1.0, float(len(values)))
    return grid_of_values(np.ma.masked_invalid(values), corner, CRS.from_epsg(crs))


def test_shares_by_hand() -> None:
    """Four cells of 1 in two rows; the units are a cell and a half, a ring and what lies beyond."""
    ring = shapely.box(0, 0, 4, 2).difference(shapely.box(1, 0.5, 2, 1.5))
    shapes = np.array([shapely.box(0.5, 1, 2, 2), ring, shapely.box(3, 1, 5, 2)])
    cover = cover_of(grid(np.zeros((2, 4))), shapes)
    assert cover.whole == pytest.approx([1.5, 7.0, 2.0])
    first, second = np.zeros((2, 4), dtype=bool), np.zeros((2, 4), dtype=bool)
    first[0, 0], second[0, 3] = True, True
    assert cover.share(first) == pytest.approx([0.5 / 1.5, 1 / 7, 0.0])
    # Half of the last unit lies east of the grid, where nothing is known.
    assert cover.share(second) == pytest.approx([0.0, 1 / 7, 0.5])
    assert cover.share(first)[2] == 0.0
    assert list(cover.share(np.ones((2, 4), dtype=bool))) == pytest.approx([1.0, 1.0, 0.5])


@pytest.mark.parametrize("seed", range(8))
def test_shares_are_those_of_the_other_engine(seed: int) -> None:
    chance = np.random.default_rng(seed)
    held = grid(chance.uniform(0, 10, (30, 40)), crs=4326, west=-20.0)
    centres = chance.uniform((-22, -2), (22, 32), (25, 2))
    shapes = [shapely.Point(x, y).buffer(chance.uniform(0.1, 9), 3) for x, y in centres]
    shapes[0] = shapes[0].difference(shapes[1]).union(shapes[2])
    units = gpd.GeoSeries(shapes, crs=4326)
    cover = cover_of(held, units.to_numpy())
    for low in (0.0, 5.0, 9.5):
        told = zonal(held, units, Statistic.SHARE, within=(low, np.inf)).fillna(0.0)
        ours = cover.share(np.ma.filled(held.values, -1.0) >= low)
        assert ours == pytest.approx(told["value"] * told["coverage"], abs=1e-11)


def test_two_countries_and_two_grids_never_share_a_cover() -> None:
    """What is kept is kept by the units and the lines: neither another's shares nor old values."""

    def rough(values: np.ndarray, west: float = 0.0) -> Footprint:
        band = (Band("5", 5.0, None),)
        held = grid(values, crs=4326, west=west)
        return Footprint(kind=FootprintKind.EPICENTRE, bands=band, source={}, grid=held)

    def units(*shapes: shapely.Polygon) -> gpd.GeoDataFrame:
        return gpd.GeoDataFrame(geometry=list(shapes), index=["a", "b"], crs=4326)

    one = units(shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4, 2))
    other = units(shapely.box(0, 0, 1, 2), shapely.box(1, 0, 4, 2))
    strong = np.array([[9.0, 9.0, 0.0, 0.0]] * 2)
    for _ in range(2):
        assert dict(area_at_least(rough(strong), one)[0]) == pytest.approx({"a": 1.0})
        told = dict(area_at_least(rough(strong), other)[0])
        assert told == pytest.approx({"a": 1.0, "b": 1 / 3})
        told = dict(area_at_least(rough(strong[:, ::-1]), one)[0])
        assert told == pytest.approx({"b": 1.0})
        told = dict(area_at_least(rough(strong, west=1.0), one)[0])
        assert told == pytest.approx({"a": 0.5, "b": 0.5})
