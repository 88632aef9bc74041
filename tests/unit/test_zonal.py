"""Zonal statistics by hand; then properties."""

import threading
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS
from rasterio.features import rasterize

from layers.errors import SourceDamagedError
from layers.harmonise import zonal_running, zonal_strips
from layers.harmonise.grid import Grid
from layers.harmonise.zonal import zonal
from layers.harmonise.zonal_cells import covered_shares
from layers.harmonise.zonal_terms import Statistic

PLANAR, DEGREES = 32718, 4326
SQUARE = shapely.box(0.5, 0.5, 2.5, 2.5)


def grid(values: object, crs: int = PLANAR, north: float = 3.0) -> Grid:
    """One unit a cell, from x = 0 and downward from ``north``."""
    array = np.asarray(values, dtype=float)
    rows, columns = array.shape
    empty = Grid(
        rows=rows,
        columns=columns,
        west=0,
        north=north,
        width=1,
        height=1,
        crs=CRS.from_epsg(crs),
        dtype=array.dtype,
        read=lambda *window: np.ma.MaskedArray([]),
    )
    return empty.with_values(array)


def units(*shapes: object, crs: int = PLANAR) -> gpd.GeoSeries:
    return gpd.GeoSeries(list(shapes), crs=crs)


NINE = grid(np.arange(1, 10).reshape(3, 3))


def test_the_covered_shares_of_the_square_are_those_of_the_page() -> None:
    ((row, column, shares),) = covered_shares(NINE, SQUARE)
    assert (row, column) == (0, 0)
    corner, edge, centre = 0.25, 0.5, 1.0
    by_hand = [[corner, edge, corner], [edge, centre, edge], [corner, edge, corner]]
    assert shares == pytest.approx(np.array(by_hand))
    assert shares.sum() == pytest.approx(4)
    mean = (shares * NINE.values).sum() / 4
    assert mean == pytest.approx(5)
    assert (shares * (NINE.values - mean) ** 2).sum() / 4 == pytest.approx(5)


@pytest.mark.parametrize(
    ("statistic", "value"),
    [
        (Statistic.MEAN, 5),
        (Statistic.SUM, 20),
        (Statistic.MAX, 9),
        # 5 in full, 6 and 8 by half, 7 and 9 by a quarter, of 4
        (Statistic.SHARE, 2.5 / 4),
    ],
)
def test_the_square_by_hand(statistic: Statistic, value: float) -> None:
    found = zonal(NINE, units(SQUARE), statistic, within=(5, np.inf))
    assert found.iloc[0].tolist() == pytest.approx([value, 1.0])


def test_cells_weigh_by_their_true_area_in_degrees() -> None:
    two = grid([[1], [2]], DEGREES, north=61.0)
    found = zonal(two, units(shapely.box(0, 59, 1, 61), crs=DEGREES), Statistic.MEAN)
    north, south = (np.sin(np.radians(top)) - np.sin(np.radians(top - 1)) for top in (61.0, 60.0))
    assert found["value"].item() == pytest.approx((north + 2 * south) / (north + south))
    counted = zonal(two, units(shapely.box(0, 59, 1, 61), crs=DEGREES), Statistic.SUM)
    assert counted["value"].item() == pytest.approx(3)


@pytest.mark.fault(79)
@pytest.mark.parametrize("statistic", Statistic)
def test_nodata_and_the_outside_are_left_out_and_reported(statistic: Statistic) -> None:
    holed = grid([[1, 1, 1], [1, np.nan, 1], [1, 1, 1]])
    found = zonal(
        holed,
        units(shapely.box(0, 0, 3, 3), shapely.box(-1, 0, 1, 1), shapely.box(7, 7, 8, 8)),
        statistic,
    )
    assert found["coverage"].tolist() == pytest.approx([8 / 9, 0.5, 0.0])
    expected = [8, 1] if statistic is Statistic.SUM else [1, 1]
    assert found["value"].tolist()[:2] == pytest.approx(expected)
    assert np.isnan(found["value"].tolist()[2])


def test_a_unit_without_geometry_is_missing() -> None:
    found = zonal(NINE, units(None, shapely.Polygon(), SQUARE), Statistic.MEAN)
    assert found["value"].isna().tolist() == [True, True, False]
    assert found["coverage"].tolist() == [0, 0, 1]
    assert zonal(NINE, units(None), Statistic.MAX)["value"].isna().all()


def test_a_hole_and_a_second_part_count() -> None:
    ring = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)
    found = zonal(NINE, units(ring, ring | SQUARE), Statistic.SUM)
    assert found["value"].tolist() == pytest.approx([40, 45])


@pytest.mark.fault(79)
def test_units_are_brought_to_the_raster() -> None:
    cells = grid([[1, 2]], DEGREES, north=1.0)
    far = gpd.GeoSeries([shapely.box(0, 0, 2, 1)], crs=DEGREES).to_crs(3857)
    assert zonal(cells, far, Statistic.SUM)["value"].item() == pytest.approx(3)
    with pytest.raises(SourceDamagedError, match="state no reference system"):
        zonal(cells, gpd.GeoSeries([SQUARE]), Statistic.MEAN)


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.SUM, Statistic.SHARE])
def test_a_fallback_by_rasterio_agrees_on_the_square(statistic: Statistic) -> None:
    # Cells in 4 by 4 parts, each wholly in or out of the square.
    inside = rasterize(
        [SQUARE], out_shape=(12, 12), transform=Affine(0.25, 0, 0, 0, -0.25, 3), all_touched=False
    ).astype(float)
    parts = np.kron(NINE.values, np.ones((4, 4)))
    above = {
        Statistic.MEAN: (inside * parts).sum() / inside.sum(),
        Statistic.SUM: (inside * parts).sum() / 16,
        Statistic.SHARE: (inside * (parts >= 5)).sum() / inside.sum(),
    }
    found = zonal(NINE, units(SQUARE), statistic, within=(5, np.inf))
    assert found["value"].item() == pytest.approx(above[statistic], abs=1e-6)


def test_rounding_makes_neither_zeros_positive_nor_shares_more_than_whole() -> None:
    # To the west of the units values are large; under the first all 0, under the second all 1.
    values = np.full((40, 60), 1e3 / 7)
    values[:, 20:40], values[:, 40:] = 0, 1
    turned = [shapely.Point(x + 0.123, 19.877).buffer(9.1) for x in (30, 50)]
    for statistic in (Statistic.MEAN, Statistic.SUM):
        found = zonal(grid(values, north=40.0), units(*turned), statistic)["value"].tolist()
        assert found[0] == 0
        assert found[1] == (1 if statistic is Statistic.MEAN else pytest.approx(turned[1].area))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_running_sums_give_what_the_shares_of_single_cells_give(seed: int) -> None:
    chance = np.random.default_rng(seed)
    values = np.where(chance.random((6, 7)) < 0.2, np.nan, chance.normal(0, 100, (6, 7)))
    cells = grid(values, DEGREES, north=9.0)
    shapes = [
        shapely.convex_hull(shapely.MultiPoint(chance.uniform((-2, 1), (9, 11), (5, 2))))
        for _ in range(3)
    ]
    found = zonal(cells, units(*shapes, crs=DEGREES), Statistic.MEAN)
    for shape, value, coverage in zip(shapes, found["value"], found["coverage"], strict=True):
        above = known = everything = 0.0
        for row, column, share in covered_shares(cells, shape):
            lines = np.radians(9.0 - (row + np.arange(len(share) + 1)))
            weight = share * -np.diff(np.sin(lines))[:, None]
            seen = cells.window(row, column, *share.shape)
            above += (weight * seen.filled(0)).sum()
            known += weight[~np.ma.getmaskarray(seen)].sum()
            everything += weight.sum()
        assert coverage == pytest.approx(known / everything, abs=1e-9)
        if coverage > 1e-6:
            assert value == pytest.approx(above / known, rel=1e-6, abs=1e-6)


corners = st.tuples(st.floats(-1, 5), st.floats(-1, 5))


@settings(max_examples=60, deadline=None)
@given(st.lists(corners, min_size=3, max_size=8))
def test_covered_shares_add_up_to_the_area(places: list[tuple[float, float]]) -> None:
    shape = shapely.convex_hull(shapely.MultiPoint(places))
    if shape.geom_type != "Polygon" or shape.area < 1e-6:
        return
    shares = [share for _, _, share in covered_shares(NINE, shape)]
    assert sum(share.sum() for share in shares) == pytest.approx(shape.area, abs=1e-9)
    assert all(share.min() >= 0 and share.max() <= 1 for share in shares)


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.SUM, Statistic.SHARE])
def test_rows_summed_few_or_many_at_a_time_give_the_same_bits(
    statistic: Statistic, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(7)
    values = np.where(chance.random((23, 11)) < 0.1, np.nan, chance.lognormal(0, 5, (23, 11)))
    shapes = units(*(shapely.Point(x, 12 + x).buffer(6.3) for x in (-2, 4, 9, 15)))

    def found(cells: int) -> bytes:
        monkeypatch.setattr(zonal_running, "_CELLS_IN_CACHE", cells)
        return zonal(grid(values, north=23), shapes, statistic, within=(1, 9)).to_numpy().tobytes()

    # One row, an odd number of them, all.
    assert found(1) == found(3 * 13) == found(10**6)


@pytest.mark.parametrize("columns", [1, 40, 2**16 - 1, 2**16])
def test_cells_with_data_are_counted_in_rows_of_any_length(columns: int) -> None:
    chance = np.random.default_rng(columns)
    seen = chance.random((9, columns)) < 0.9
    # A row that is full counts as high as it may, and tells nothing to the next one.
    seen[[0, 3]] = True
    at = np.repeat(np.arange(9), 50), chance.integers(0, columns, 450)
    at[1][::50] = columns - 1
    found = zonal_running._running_counts(seen, at)
    assert found.tolist() == np.cumsum(seen, axis=1)[at].tolist()


def test_a_grid_is_read_once_in_its_order_and_no_further_east_than_units_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zonal_strips, "_CELLS_AT_ONCE", 4 * 10)
    whole = grid(np.ones((12, 10)), north=12)
    asked: list[tuple[int, ...]] = []

    def read(*window: int) -> np.ma.MaskedArray:
        asked.append(window)
        return whole.read(*window)

    # From row 1 to row 8, where strips of four rows end at 4 and at 8.
    shape = shapely.box(2, 3, 6.5, 11)
    found = zonal(replace(whole, read=read), units(shape), Statistic.SUM)
    assert found["value"].item() == pytest.approx(shape.area)
    assert asked == [(1, 0, 3, 7), (4, 0, 4, 7), (8, 0, 1, 7)]


@pytest.mark.timeout(30)
def test_a_grid_that_cannot_be_read_says_so_and_leaves_no_thread() -> None:
    def read(*window: int) -> np.ma.MaskedArray:
        raise OSError("the disk is gone")

    before = threading.active_count()
    with pytest.raises(OSError, match="the disk is gone"):
        zonal(replace(NINE, read=read), units(SQUARE), Statistic.MEAN)
    assert threading.active_count() == before
