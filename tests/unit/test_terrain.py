"""Slope, landslides and low coast by hand."""

import numpy as np
import pandas as pd
import pytest

from layers.indicators.terrain import (
    landslide_susceptibility,
    low_coast,
    refine,
    sea_cells,
    slope_degrees,
)

KM_PER_DEGREE = np.pi * 6371 / 180


def test_a_plane_has_one_slope() -> None:
    # 100 m higher with each cell of 0.1 degrees, southward and eastward
    south = np.arange(4.0)[:, None] * 100 + np.zeros((4, 5))
    rise = 100 / (0.1 * KM_PER_DEGREE * 1000)
    found = slope_degrees(south, np.array([0.0, -0.1, -0.2, -0.3]), 0.1, 0.1)
    assert found == pytest.approx(np.full((4, 5), np.degrees(np.arctan(rise))))
    east = slope_degrees(south.T, np.full(5, 60.0), 0.1, 0.1)
    assert east == pytest.approx(np.full((5, 4), np.degrees(np.arctan(2 * rise))))


def test_unknown_heights_have_no_slope_near_them() -> None:
    holed = np.zeros((5, 5))
    holed[2, 2] = np.nan
    assert np.isnan(slope_degrees(holed, np.zeros(5), 1, 1)).sum() == 4


def test_landslides_need_slope_and_rain() -> None:
    slope = pd.Series([0.0, 8.0, 2.0, 16.0, np.nan])
    rain = pd.Series([3000.0, 0.0, 1500.0, 3000.0, 100.0])
    found = landslide_susceptibility(slope, rain)
    assert found[:4].tolist() == pytest.approx([0, 0, 5, 10])
    assert np.isnan(found[4])


# A lake of 0 m inland is no sea; 15 m is low, 25 m is not; one degree is far from the sea.
HEIGHTS = np.array(
    [
        [0.0, 5.0, 5.0, 0.0],
        [0.0, 0.0, 15.0, 300.0],
        [0.0, 25.0, np.nan, 1.0],
    ]
)


def test_the_sea_hangs_together_with_the_west() -> None:
    sea = sea_cells(HEIGHTS)
    assert sea.astype(int).tolist() == [[1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0]]


def test_low_cells_near_the_sea() -> None:
    middles = np.arange(4) * 0.1
    found = low_coast(HEIGHTS, middles, -middles[:3], within_km=12.0, parts=1)
    expected = [[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, np.nan, 0]]
    assert found == pytest.approx(np.array(expected), nan_ok=True)
    wider = low_coast(HEIGHTS, middles, -middles[:3], within_km=16.0, parts=1)
    assert wider[0].tolist() == [1, 1, 1, 0]
    lower = low_coast(HEIGHTS, middles, -middles[:3], below_m=10.0, within_km=16.0, parts=1)
    assert lower[1, 2] == 0


def test_a_finer_grid_lies_between_its_cells() -> None:
    # middles of the halves lie a quarter before and after those of the cells
    assert refine(np.array([[0.0, 40.0]]), 2).tolist() == [[0, 10, 30, 40]] * 2
    assert refine(np.array([[0.0], [40.0]]), 2)[:, 0].tolist() == [0, 10, 30, 40]
    assert refine(np.array([[1.0, np.nan]]), 1)[0, 0] == 1
    assert np.isnan(refine(np.array([[1.0, np.nan]]), 2)[0]).tolist() == [False, True, True, True]


def test_a_shore_that_rises_inland_is_low_by_the_sea_only() -> None:
    # by quarters of a cell: 25, 35 and then the 40 of the middle; 5 and 15 are in the cell of sea
    rising = np.array([[0.0, 40.0], [0.0, 40.0]])
    middles = np.array([0.0, 0.1])
    found = low_coast(rising, middles, -middles, below_m=30.0, parts=4)
    assert found[0].tolist() == [1, 1, 1, 1, 1, 0, 0, 0]
    assert low_coast(rising, middles, -middles, parts=1)[0].tolist() == [1, 0]
