"""Classes of the score: as declared where all criteria are known, else of the figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.answers.score_classes import score_breaks
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.score import rank_units
from layers.decide.score_limits import score_limits
from layers.indicators.quintiles import quintile_limits
from layers.pipeline import build
from layers.sources.locate import Places, starter_folder
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import SCENARIO, SCORE_BREAKS

DISTRICT = AdminLevel.DISTRICT


def test_all_criteria_known_gives_the_declared_limits(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    assert score_breaks(toy_build, DISTRICT, toy[0]) == SCORE_BREAKS[DISTRICT]


def test_a_criterion_without_any_figure_gives_quintiles_of_the_rest(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[DISTRICT].table
    blank = replace(table, values=table.values.assign(toy_people=np.nan))
    # 10, 20, 20, 30 and 40 of 50 per cent; the newer unit has no score
    scores = rank_units(blank, SCENARIO, toy[0]).units["score"].dropna().sort_values().tolist()
    assert scores == pytest.approx([20, 40, 40, 60, 80])
    # a fifth, two, three and four fifths of the way from the first to the last of five
    assert score_limits(blank, SCENARIO, SCORE_BREAKS, toy[0]) == (36.0, 40.0, 48.0, 64.0)


def test_a_level_without_declared_limits_has_its_own(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.REGION].table
    scores = rank_units(table, SCENARIO, toy[0]).units["score"]
    limits = score_breaks(toy_build, AdminLevel.REGION, toy[0])
    assert scores.min() < limits[0]
    assert limits[-1] <= scores.max()


def test_without_a_mirror_the_classes_tell_the_regions_of_peru_apart(tmp_path: Path) -> None:
    peru, starter = COUNTRIES["per"], starter_folder()
    built = build(peru.catalogue, peru, Places(store=tmp_path, starter=starter))
    limits = score_breaks(built, AdminLevel.REGION, peru.catalogue)
    table = built.levels[AdminLevel.REGION].table
    scores = rank_units(table, peru.scenario, peru.catalogue).units["score"]
    units = np.bincount(np.searchsorted(limits, scores, side="right"), minlength=len(limits) + 1)
    assert len(units) == 5
    assert units.sum() == 25
    assert units.max() <= 7


@given(st.lists(st.floats(0, 1e9), max_size=60))
def test_limits_rise_and_leave_no_class_empty_at_either_end(values: list[float]) -> None:
    limits = quintile_limits(pd.Series(values, dtype=float))
    assert list(limits) == sorted(set(limits))
    assert all(min(values) < limit <= max(values) for limit in limits)
