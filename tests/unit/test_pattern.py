"""Local Moran, Gi*, Benjamini–Hochberg and the quadrants, by hand and against published values."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph

from layers.decide.pattern import (
    Cluster,
    Quadrant,
    Spot,
    adjusted,
    find_pattern,
    find_quadrants,
    queen_neighbours,
)
from layers.errors import PatternError


def lattice(width: int, height: int, *more: shapely.Polygon) -> gpd.GeoSeries:
    squares = [shapely.box(x, y, x + 1, y + 1) for y in range(height) for x in range(width)]
    codes = [f"{place:06d}" for place in range(len(squares) + len(more))]
    return gpd.GeoSeries([*squares, *more], index=codes)


def on(shapes: gpd.GeoSeries, values: list[float]) -> pd.Series:
    return pd.Series(values, index=shapes.index, name="x", dtype=float)


FOUR = lattice(4, 4)
QUEEN = queen_neighbours(FOUR)


def test_a_checkerboard_differs_from_its_neighbours() -> None:
    board = on(FOUR, [1.0 if (x + y) % 2 else -1.0 for y in range(4) for x in range(4)])
    found = find_pattern(board, QUEEN).units["local_moran"].to_numpy().reshape(4, 4)
    # z is ±1; a corner touches two of the other colour and one of its own, an edge three and
    # two, an inner square four and four; esda scales by (n − 1) / n.
    corner, edge, inner = -1 / 3 * 15 / 16, -1 / 5 * 15 / 16, 0.0
    expected = [
        [corner, edge, edge, corner],
        [edge, inner, inner, edge],
        [edge, inner, inner, edge],
        [corner, edge, edge, corner],
    ]
    assert found == pytest.approx(np.array(expected))


def test_two_blocks_are_one_cluster_each() -> None:
    blocks = on(lattice(12, 12), [9.0 if x < 6 else 1.0 for _ in range(12) for x in range(12)])
    found = find_pattern(blocks, queen_neighbours(lattice(12, 12))).units
    values = found["local_moran"].to_numpy().reshape(12, 12)
    # all neighbours alike; five of eight alike where the blocks meet
    assert values[0, 0] == pytest.approx(143 / 144)
    assert values[5, 5] == pytest.approx((5 - 3) / 8 * 143 / 144)
    clusters = found["cluster"].to_numpy().reshape(12, 12)
    assert set(clusters[1:11, 1:5].flat) == {Cluster.HIGH_HIGH}
    assert set(clusters[1:11, 7:11].flat) == {Cluster.LOW_LOW}
    assert set(clusters[1:11, 5:7].flat) == {Cluster.NONE}
    spots = found["spot"].to_numpy().reshape(12, 12)
    assert set(spots[1:11, 1:5].flat) == {Spot.HOT}
    assert set(spots[1:11, 7:11].flat) == {Spot.COLD}


def test_gi_star_is_the_one_that_esda_documents() -> None:
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    places = gpd.GeoSeries([shapely.Point(*xy) for xy in points], index=list("abcdef"))
    values = pd.Series([2, 3, 3.2, 5, 8, 7], index=places.index, name="x")
    found = find_pattern(values, Graph.build_distance_band(places, 15, binary=True))
    assert found.units["gi_star"].to_numpy() == pytest.approx(
        [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    )


def test_the_seed_makes_the_result_again_and_another_one_does_not() -> None:
    values = on(FOUR, list(np.random.default_rng(4).normal(size=16)))
    first, again = find_pattern(values, QUEEN), find_pattern(values, QUEEN)
    pd.testing.assert_frame_equal(first.units, again.units)
    other = find_pattern(values, QUEEN, seed=1)
    assert not np.array_equal(first.units["moran_p"], other.units["moran_p"])
    assert first.units["moran_p"].min() >= 1 / 1000
    assert (first.permutations, first.seed, first.alpha) == (999, 20260101, 0.05)


def test_benjamini_hochberg_by_hand() -> None:
    # sorted 0.005 0.01 0.03 0.04, times 4 / place: 0.02 0.02 0.04 0.04
    assert adjusted(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.02, 0.04, 0.04, 0.02])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40))
def test_correction_never_makes_firmer_and_keeps_the_order(p: list[float]) -> None:
    q = adjusted(np.array(p))
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1.0).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= -1e-12).all()


def test_islands_and_missing_units_are_named_and_have_no_statistic() -> None:
    shapes = lattice(4, 4, shapely.box(9, 9, 10, 10))
    values = on(shapes, [*map(float, range(16)), 5.0])
    found = find_pattern(values, queen_neighbours(shapes))
    assert (found.islands, found.missing) == (("000016",), ())
    assert list(found.units.index) == list(shapes.index[:16])
    # without those that touch it a corner is an island too
    values[["000001", "000004", "000005"]] = np.nan
    found = find_pattern(values, queen_neighbours(shapes))
    assert found.islands == ("000000", "000016")
    assert found.missing == ("000001", "000004", "000005")


@pytest.mark.parametrize("values", [[3.0] * 16, [1.0, 2.0] + [np.nan] * 14])
def test_values_without_a_pattern_are_one_sentence(values: list[float]) -> None:
    with pytest.raises(PatternError, match=r"no pattern can be told; choose another layer"):
        find_pattern(on(FOUR, values), QUEEN)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.integers(0, 50), min_size=16, max_size=16).filter(lambda v: len(set(v)) > 2),
    st.floats(0.5, 20.0),
    st.floats(-100.0, 100.0),
)
def test_the_scale_of_a_layer_changes_no_statistic(
    values: list[int], scale: float, shift: float
) -> None:
    one = find_pattern(on(FOUR, [float(v) for v in values]), QUEEN, permutations=19)
    two = find_pattern(on(FOUR, [v * scale + shift for v in values]), QUEEN, permutations=19)
    for name in ("local_moran", "gi_star"):
        assert one.units[name].to_numpy() == pytest.approx(two.units[name].to_numpy(), abs=1e-6)


def test_quadrants_by_hand() -> None:
    codes = list("abcdefg")
    people = pd.Series([10.0, 20, 30, 40, 50, 60, np.nan], index=codes)  # median 35
    low = pd.Series([3.0, 2, 4, 3, 2, 2, 5], index=codes)
    high = pd.Series([3.0, 2, 5, 4, 2, 3, 5], index=codes)
    found = find_quadrants(people, low, high)
    assert found.median == 35
    assert found.units["quadrant"].to_dict() == {
        "a": Quadrant.SEVERE_SMALL,
        "b": Quadrant.WATCH,
        "c": Quadrant.SEVERE_SMALL,
        "d": Quadrant.ACT_NOW,
        "e": Quadrant.LARGE_MODERATE,
        "f": Quadrant.UNKNOWN,
        "g": Quadrant.UNKNOWN,
    }
    # exactly the median is not above it
    at_median = find_quadrants(people[:3], low[:3], high[:3])
    assert at_median.units["quadrant"]["b"] == Quadrant.WATCH
