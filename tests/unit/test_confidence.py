"""Confidence of cells and units, by hand."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.errors import NeedsError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.table.confidence import (
    ConfidenceRules,
    cell_confidence,
    classify_confidence,
    table_confidence,
    unit_confidence,
)
from layers.table.vintage_age import age_years, vintages_of
from layers.terms import AdminLevel

ON = date(2027, 7, 2)


def methods(**columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=["01", "02"][: len(next(iter(columns.values())))])


@pytest.mark.parametrize(
    ("vintage", "years"),
    [
        ("2017-07-02", 10.0),
        ("2017", 10.0),
        ("2016/2018", 9.0),
        ("1960/2023", 4.0),
        ("2020-12/2023-03", 4.29),
        ("2022-07-02", 5.0),
        ("2022-07", 4.96),
        ("2030", 0.0),
        ("Natural Earth 5", math.nan),
        ("2017/?", math.nan),
        ("2017-13", math.nan),
    ],
)
def test_ages_by_hand(vintage: str, years: float) -> None:
    assert age_years(vintage, ON) == pytest.approx(years, abs=0.01, nan_ok=True)


def test_cells_by_hand() -> None:
    cells = cell_confidence(
        methods(a=["observed", "missing"], b=["modelled", "inherited"], c=["observed", "zonal"]),
        {"a": ("2017",), "b": ("2027-07-02", "2007"), "c": ("no date",)},
        ON,
    )
    # ten years are one half-life; the oldest of two vintages counts, here twenty years
    assert cells["a"].tolist() == pytest.approx([0.5, 0], abs=1e-3)
    assert cells["b"].tolist() == pytest.approx([0.4 / 4, 0.6 / 4], abs=1e-3)
    assert cells["c"].tolist() == pytest.approx([0.5, 0.45])


def test_a_series_is_worth_what_its_end_is() -> None:
    cells = cell_confidence(methods(a=["modelled"]), {"a": ("1960/2027",)}, ON)
    # 67 years of events up to this one say more than those of one year, not a hundredth of it
    assert cells["a"].tolist() == pytest.approx([0.4], abs=1e-3)


def test_coverage_and_spread_lower_it() -> None:
    said = methods(a=["observed", "observed"])
    part = pd.DataFrame({"a": [0.8, None]}, index=said.index)
    wide = pd.DataFrame({"a": [1.0, 0.25]}, index=said.index)
    cells = cell_confidence(said, {"a": ("2027-07-02",)}, ON, coverage=part, spread=wide)
    assert cells["a"].tolist() == pytest.approx([0.4, 0.8])


def test_a_unit_is_the_mean_of_what_weighs() -> None:
    cells = pd.DataFrame({"a": [0.9, 0.0], "b": [0.3, 0.3], "c": [0.0, 0.0]}, index=["01", "02"])
    scores = unit_confidence(cells, {"a": 2.0, "b": 1.0, "c": 0.0})
    assert scores.tolist() == pytest.approx([0.7, 0.1])
    assert classify_confidence(scores).tolist() == ["alta", "baja"]


def test_a_score_on_a_limit_is_in_the_better_class() -> None:
    scores = pd.Series([1.0, 2 / 3, 0.66, 1 / 3, 0.33, 0.0, math.nan])
    classes = classify_confidence(scores).tolist()
    assert classes[:6] == ["alta", "alta", "media", "media", "baja", "baja"]
    assert pd.isna(classes[6])


def test_the_half_life_is_a_parameter() -> None:
    slow = ConfidenceRules(half_life_years=20.0)
    cells = cell_confidence(methods(a=["observed"]), {"a": ("2007",)}, ON, rules=slow)
    assert cells["a"].tolist() == pytest.approx([0.5], abs=1e-3)


def test_what_is_not_declared_is_named() -> None:
    with pytest.raises(NeedsError, match="no confidence is declared for the method guessed"):
        cell_confidence(methods(a=["guessed"]), {}, ON)
    with pytest.raises(NeedsError, match="no confidence of b"):
        unit_confidence(pd.DataFrame({"a": [1.0]}), {"b": 1.0})


def test_vintages_come_from_the_catalogue() -> None:
    found = vintages_of({"x": ("national_figures", "geoperu_distritos")}, CATALOGUE)
    assert found["x"][0] == "2022"
    assert len(found["x"]) == 2


@given(st.sampled_from(list(ConfidenceRules().methods)), st.floats(0, 1), st.floats(0, 50))
def test_confidence_is_from_0_to_1(method: str, coverage: float, spread: float) -> None:
    said = methods(a=[method])
    frames = [pd.DataFrame({"a": [figure]}, index=said.index) for figure in (coverage, spread)]
    cells = cell_confidence(said, {"a": ("2017",)}, ON, *frames)
    assert 0 <= cells.at["01", "a"] <= 1


def test_a_range_of_no_cell_of_the_table_is_nobody_elses(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    before = table_confidence(table, table.methods, toy[0], ON)
    first = {"layer": str(table.values.columns[0]), "ubigeo": str(table.values.index[0])}
    ends = {"low": 0.0, "high": 1e9, "is_capped": False}
    stray = pd.DataFrame([{**first, "ubigeo": "999999", **ends}, {**first, "layer": "no", **ends}])
    more = replace(table, ranges=pd.concat([table.ranges, stray], ignore_index=True))
    after = table_confidence(more, table.methods, toy[0], ON)
    pd.testing.assert_frame_equal(after, before)
