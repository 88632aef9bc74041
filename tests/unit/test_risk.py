"""INFORM's arithmetic against its own published answers."""

from pathlib import Path

import pandas as pd
import pytest

from layers.indicators.risk import half_up, index_bounds, inform_risk, mean_index

KNOWN = Path(__file__).resolve().parents[3] / "shared" / "known" / "inform_risk_index_trends.csv"


def test_peru_as_published() -> None:
    years = pd.DataFrame(
        {"h": [4.7, 5.0, 4.8, 4.9], "v": [5.3, 5.3, 5.1, 3.6], "c": [4.0, 3.9, 4.0, 4.1]}
    )
    assert inform_risk(years["h"], years["v"], years["c"]).tolist() == [4.6, 4.7, 4.6, 4.2]


def test_every_published_country_and_year() -> None:
    if not KNOWN.is_file():
        pytest.skip("inform_risk_index_trends.csv is not beside the checkout")
    rows = pd.read_csv(KNOWN)
    table = rows.pivot(
        index=["Iso3", "GNAYear"], columns="IndicatorId", values="IndicatorScore"
    ).dropna()
    parts = [table[name] for name in ("HA", "VU", "CC")]
    assert (inform_risk(*parts) == table["INFORM"]).all()
    assert len(table) == 1910


def test_halves_go_up() -> None:
    assert half_up(pd.Series([0.05, 0.25, 0.45, 2.449, 9.95])).tolist() == [
        0.1,
        0.3,
        0.5,
        2.4,
        10.0,
    ]


def test_an_index_is_the_mean_of_what_is_present() -> None:
    frame = pd.DataFrame({"a": [0.2, None, None], "b": [0.4, 0.5, None]})
    index = mean_index(frame)
    assert index.iloc[0] == pytest.approx(3.0)
    assert index.iloc[1] == 5.0
    assert pd.isna(index.iloc[2])


def test_an_index_rests_on_half_of_its_indicators_at_least() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.9], "b": [0.5, None], "c": [None, None]})
    index = mean_index(frame)
    assert index.iloc[0] == pytest.approx(7.0)
    assert pd.isna(index.iloc[1])


def test_missing_indicators_open_the_bounds_of_an_index() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.9], "b": [0.5, 0.5], "c": [None, 0.1]})
    bounds = index_bounds(frame)
    assert list(bounds.index) == [0]
    assert bounds.loc[0].tolist() == pytest.approx([10 * 1.4 / 3, 10 * 2.4 / 3])
