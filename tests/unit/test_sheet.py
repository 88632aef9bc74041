"""The sheet of a unit: its place, its neighbours, and the legend's round counts."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.numbers import round_counts
from layers.decide.place import place_among
from layers.harmonise.adjacent import adjacent_units

SQUARES = gpd.GeoSeries(
    {
        "010101": shapely.box(0, 1, 1, 2),
        "010102": shapely.box(1, 1, 2, 2),
        "010201": shapely.box(0, 0, 1, 1),
        "020101": shapely.box(2, 1, 3, 2),
    },
    crs=4326,
)


def test_the_place_counts_only_who_has_a_rank() -> None:
    ranks = pd.Series({"010101": 3.0, "010102": 1.0, "010201": float("nan"), "020101": 2.0})
    assert place_among(ranks, "010101", "") == (3, 3)
    assert place_among(ranks, "010101", "01") == (2, 2)
    assert place_among(ranks, "020101", "0201") == (1, 1)
    assert place_among(ranks, "010201", "01") is None


def test_neighbours_share_a_border_or_a_corner() -> None:
    assert adjacent_units(SQUARES, "010101") == ["010102", "010201"]
    assert adjacent_units(SQUARES, "020101") == ["010102"]


@pytest.mark.parametrize(
    ("largest", "counts"),
    [(1891.0, [1000, 200, 40]), (26.0, [20, 4]), (1.0, [1]), (0.0, []), (5e5, [5e5, 1e5, 2e4])],
)
def test_counts_of_the_legend_are_round(largest: float, counts: list[float]) -> None:
    assert round_counts(largest) == counts


@given(st.floats(1, 1e9))
def test_the_largest_round_count_is_on_the_map(largest: float) -> None:
    counts = round_counts(largest)
    assert largest / 2.6 < counts[0] <= largest
    assert counts == sorted(counts, reverse=True)
