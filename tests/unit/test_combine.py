"""Several figures of a unit as one, by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.indicators.combine import combine, theil_sen
from layers.terms import Combine


def row(*values: float) -> pd.DataFrame:
    return pd.DataFrame([values], index=["01"])


@pytest.mark.parametrize(
    ("how", "value"),
    [
        (Combine.MEAN, 4),
        (Combine.SUM, 12),
        (Combine.RATIO_TO_MEAN, 2 / 5),
        (Combine.LEAST_TO_MEAN, 1 / 4),
        (Combine.LARGEST_SHARE, 9 / 12),
        # -1 and 8 from one to the next, 7/2 over two
        (Combine.TREND, 3.5),
    ],
)
def test_two_one_nine(how: Combine, value: float) -> None:
    assert combine(how, row(2, 1, 9))["01"] == pytest.approx(value)


@pytest.mark.parametrize("how", Combine)
def test_one_missing_column_makes_the_figure_missing(how: Combine) -> None:
    assert math.isnan(combine(how, row(2, math.nan, 9))["01"])


@pytest.mark.fault(77)
def test_a_share_of_nothing_is_missing() -> None:
    assert math.isnan(combine(Combine.LARGEST_SHARE, row(0, 0))["01"])


def test_one_odd_year_at_the_end_does_not_turn_the_trend() -> None:
    years = np.arange(10.0)
    odd = np.where(years == 9, 500.0, 3 * years)
    assert theil_sen(row(*odd))["01"] == pytest.approx(3)
    assert np.polyfit(years, odd, 1)[0] > 25


@given(st.floats(-100, 100), st.floats(-1e3, 1e3), st.integers(2, 24))
def test_the_trend_of_a_line_is_its_slope(slope: float, start: float, years: int) -> None:
    line = start + slope * np.arange(years)
    assert theil_sen(row(*line))["01"] == pytest.approx(slope, abs=1e-9)
