"""INFORM's arithmetic against its own published answers."""

from pathlib import Path

import pandas as pd
import pytest

from layers.errors import DeclarationError
from layers.indicators.inform import (
    dimension_of,
    frozen_limits,
    half_up,
    mean_of,
    rests_on_enough,
    risk_of,
    standardise,
)
from layers.spec import LayerSpec
from layers.terms import AdminLevel, Dimension, Direction, Transform, Unit

KNOWN = Path(__file__).resolve().parents[3] / "shared" / "known" / "inform_risk_index_trends.csv"
DISTRICT = AdminLevel.DISTRICT


def indicator(**more: object) -> LayerSpec:
    fields: dict[str, object] = {
        "id": "x",
        "dimension": Dimension.VULNERABILITY,
        "unit": Unit.PERCENT,
        "source": "s",
        "limits": (0.0, 40.0),
        **more,
    }
    return LayerSpec(**fields)  # type: ignore[arg-type]


def test_peru_as_published() -> None:
    years = pd.DataFrame(
        {"h": [4.7, 5.0, 4.8, 4.9], "v": [5.3, 5.3, 5.1, 3.6], "c": [4.0, 3.9, 4.0, 4.1]}
    )
    assert risk_of(years).tolist() == [4.6, 4.7, 4.6, 4.2]


def test_every_published_country_and_year() -> None:
    if not KNOWN.is_file():
        pytest.skip("inform_risk_index_trends.csv is not beside the checkout")
    rows = pd.read_csv(KNOWN)
    table = rows.pivot(
        index=["Iso3", "GNAYear"], columns="IndicatorId", values="IndicatorScore"
    ).dropna()
    assert (risk_of(table[["HA", "VU", "CC"]]) == table["INFORM"]).all()
    assert len(table) == 1910


def test_halves_go_up() -> None:
    assert half_up(pd.Series([0.05, 0.25, 0.45, 2.449, 9.95])).tolist() == [
        0.1,
        0.3,
        0.5,
        2.4,
        10.0,
    ]


def test_two_categories_join_as_published() -> None:
    pairs = pd.DataFrame({"a": [6.5, 2.0, 0.0, 4.0, 10.0], "b": [3.2, 8.0, 10.0, 4.0, 10.0]})
    assert half_up(dimension_of(pairs)).tolist() == [5.1, 5.8, 7.6, 4.0, 10.0]


def test_a_missing_category_leaves_the_other_and_a_missing_dimension_no_risk() -> None:
    frame = pd.DataFrame({"a": [3.0, None], "b": [None, None]}, dtype=float)
    assert dimension_of(frame)[0] == pytest.approx(3.0)
    assert dimension_of(frame).isna().tolist() == [False, True]
    assert mean_of(frame).isna().tolist() == [False, True]
    assert risk_of(pd.DataFrame({"a": [3.0], "b": [None]}, dtype=float)).isna().all()


def test_a_score_is_clamped_reversed_and_written_with_one_decimal() -> None:
    values = pd.Series([-5.0, 1.0, 13.0, 90.0, None])
    assert standardise(values, indicator(), DISTRICT).tolist()[:4] == [0.0, 0.3, 3.3, 10.0]
    assert standardise(values, indicator(), DISTRICT).isna().tolist() == [False] * 4 + [True]
    less = indicator(direction=Direction.LESS_IS_WORSE)
    assert standardise(values, less, DISTRICT).tolist()[:4] == [10.0, 9.8, 6.8, 0.0]


def test_a_count_has_limits_for_each_level() -> None:
    limits = {AdminLevel.DISTRICT: (0.0, 99.0), AdminLevel.REGION: (0.0, 9999.0)}
    count = indicator(unit=Unit.PEOPLE, transform=Transform.LOG1P, limits=limits)
    people = pd.Series([99.0])
    assert standardise(people, count, DISTRICT).tolist() == [10.0]
    assert standardise(people, count, AdminLevel.REGION).tolist() == [5.0]
    with pytest.raises(DeclarationError, match="no frozen limits for province"):
        standardise(people, count, AdminLevel.PROVINCE)


def test_a_tukey_cap_stands_one_and_a_half_ranges_beyond_the_quartiles() -> None:
    values = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 100.0, None])
    assert frozen_limits(values) == (1.0, 100.0)
    # Q1 2.25, Q3 4.75: the fences are −1.5 and 8.5
    assert frozen_limits(values, is_capped=True) == pytest.approx((1.0, 8.5))


def test_the_log_comes_before_the_tukey_cap() -> None:
    bent = pd.Series([0.0, 1.0, 2.0, 3.0, 4.0, 20.0])
    low, high = frozen_limits(bent.map(lambda x: 2.718281828459045**x - 1), Transform.LOG1P)
    assert (low, high) == pytest.approx((0.0, 2.718281828459045**20 - 1))
    capped = frozen_limits(
        bent.map(lambda x: 2.718281828459045**x - 1), Transform.LOG1P, is_capped=True
    )
    # Q1 1.25, Q3 3.75 of the logarithms: the upper fence is 7.5
    assert capped == pytest.approx((0.0, 2.718281828459045**7.5 - 1))


def test_an_index_rests_on_half_of_its_indicators_at_least() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.9, None], "b": [0.5, None, None]}, dtype=float)
    assert rests_on_enough(frame).tolist() == [True, True, False]
    assert rests_on_enough(frame.assign(c=None)).tolist() == [True, False, False]
