"""Spreading keeps every person, by hand and as a property."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.errors import ConservationError
from layers.harmonise.spread import spread_counts, spread_level


def test_by_weight_by_hand() -> None:
    spread = spread_counts(100, pd.Series({"a": 1.0, "b": 3.0, "c": np.nan}))
    assert spread["a"] == 25
    assert spread["b"] == 75
    assert np.isnan(spread["c"])


def test_what_a_capped_unit_cannot_hold_goes_to_the_others() -> None:
    weights = pd.Series({"a": 8.0, "b": 1.0, "c": 1.0})
    caps = pd.Series({"a": 20.0, "b": 100.0, "c": 100.0})
    assert spread_counts(100, weights, caps).to_dict() == {"a": 20, "b": 40, "c": 40}


def test_a_total_that_fills_every_unit() -> None:
    caps = pd.Series({"a": 20.0, "b": 30.0})
    assert spread_counts(50, pd.Series({"a": 9.0, "b": 1.0}), caps).to_dict() == {"a": 20, "b": 30}


@pytest.mark.parametrize(
    ("total", "weights", "caps", "sentence"),
    [
        (10, {"a": 0.0}, {"a": 99.0}, "has no unit with a weight"),
        (10, {"a": 1.0, "b": 0.0}, {"a": 9.0, "b": 99.0}, "larger than the 9 that the units"),
    ],
)
def test_a_total_that_cannot_be_placed_is_refused(
    total: float, weights: dict[str, float], caps: dict[str, float], sentence: str
) -> None:
    with pytest.raises(ConservationError, match=sentence):
        spread_counts(total, pd.Series(weights), pd.Series(caps))


weight = st.just(0.0) | st.floats(1e-6, 1e6)
units = st.lists(st.tuples(weight, st.floats(0, 1e6)), min_size=1, max_size=40)


@given(units, st.floats(0, 1))
def test_the_total_is_kept_and_no_cap_is_passed(
    rows: list[tuple[float, float]], part: float
) -> None:
    weights = pd.Series([w for w, _ in rows], dtype=float)
    caps = pd.Series([c for _, c in rows], dtype=float)
    room = caps[weights > 0].sum()
    if room == 0:
        return
    spread = spread_counts(room * part, weights, caps)
    assert spread.sum() == pytest.approx(room * part, rel=1e-9, abs=1e-6)
    assert (spread <= caps + 1e-6).all()
    assert (spread >= 0).all()
    # where no cap holds, counts are proportional to weights
    free = (spread < caps * (1 - 1e-9)) & (weights > 1e-3)
    rates = spread[free] / weights[free]
    assert np.allclose(rates, rates.max() if len(rates) else 0, rtol=1e-6, atol=1e-9)


@given(
    st.lists(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)), min_size=1, max_size=8),
    st.floats(0.01, 1),
)
def test_the_level_gives_every_count_again(pairs: list[tuple[float, float]], part: float) -> None:
    weights, caps = (pd.Series(column) for column in zip(*pairs, strict=True))
    total = float(caps.sum()) * part
    level = spread_level(total, weights, caps)
    by_level = (level * weights).clip(upper=caps)
    assert by_level.tolist() == pytest.approx(spread_counts(total, weights, caps).tolist())
