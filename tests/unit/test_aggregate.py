"""Sums, means and methods of coarser units: by hand, and exactly what pandas gives one by one."""

import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from layers.table.aggregate import covered_share, group_mean, group_sum
from layers.table.softness import (
    MISSING,
    NUMBER,
    in_words,
    side_by_side,
    softest_in_groups,
    softest_of,
)
from layers.terms import Method

UNITS = pd.Index(["0101", "0102", "0201", "0202", "0301"])
GROUPS = pd.Series(UNITS.str[:2], index=UNITS)
PEOPLE = pd.Series([10.0, 30.0, 5.0, math.nan, 0.0], index=UNITS)
FIGURES = pd.Series([1.0, 3.0, 8.0, math.nan, 4.0], index=UNITS)
CELLS = st.lists(
    st.one_of(st.just(math.nan), st.floats(0, 1e9)), min_size=len(UNITS), max_size=len(UNITS)
)


def test_counts_are_added_and_rates_averaged_where_enough_is_known() -> None:
    assert group_sum(FIGURES, PEOPLE, GROUPS, 0.0).to_list() == [4.0, 8.0, 4.0]
    mean = group_mean(FIGURES, PEOPLE, GROUPS, 0.5)
    assert mean.iloc[:2].to_list() == [(10 + 90) / 40, 8.0]
    assert math.isnan(mean.iloc[2])
    half = FIGURES.where(FIGURES.index != "0102")
    assert group_sum(half, PEOPLE, GROUPS, 0.25)["01"] == 1.0
    assert math.isnan(group_sum(half, PEOPLE, GROUPS, 0.5)["01"])
    assert covered_share(half.clip(upper=0.5), PEOPLE, GROUPS).to_list() == [0.125, 0.5, 0.5]


@given(CELLS, CELLS)
def test_each_sum_is_exactly_that_of_pandas(figures: list[float], weights: list[float]) -> None:
    values, people = pd.Series(figures, index=UNITS), pd.Series(weights, index=UNITS)
    known = people.fillna(0.0) if people.notna().any() else people.fillna(1.0)
    used = people.where(values.notna())
    total, held = (
        column.groupby(GROUPS).sum() for column in (known, known.where(values.notna(), 0.0))
    )
    share = (held / total).where(total > 0, 0.0)
    mean = (values * used).groupby(GROUPS).sum(min_count=1) / used.groupby(GROUPS).sum()
    added = values.groupby(GROUPS).sum(min_count=1)
    for found, alone in (
        (group_sum(values, people, GROUPS, 0.5), added.where(share >= 0.5)),
        (group_mean(values, people, GROUPS, 0.5), mean.where(share >= 0.5)),
    ):
        assert np.array_equal(found.to_numpy(), alone.to_numpy(), equal_nan=True)
        assert list(found.index) == list(alone.index)


def test_the_softest_method_that_has_a_figure_tells() -> None:
    kinds = [Method.OBSERVED, Method.SPREAD, Method.MISSING, Method.MISSING, Method.ZONAL]
    column = np.array([NUMBER[kind] for kind in kinds])
    found = softest_in_groups(column, np.array([0, 0, 1, 1, 2]), 4)
    words = in_words(side_by_side({"a": found}, pd.Index(["01", "02", "03", "04"])))
    assert words["a"].to_list() == ["spread", "missing", "zonal", "missing"]
    both = softest_of([column, np.full(5, NUMBER[Method.INHERITED])])
    assert list(both) == [NUMBER[Method(kind)] for kind in (
        "inherited", "spread", "inherited", "inherited", "inherited"
    )]  # fmt: skip
    assert (softest_of([np.full(3, MISSING)]) == MISSING).all()
