"""The test of 2017 on the real census."""

import runpy
from pathlib import Path

import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.decide.backtest_2017 import run_test_of_2017
from layers.indicators.needs import POPULATION_SHARE
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru

WRITER = Path(__file__).resolve().parents[2] / "docs" / "write_backtest.py"


def test_the_test_of_2017(peru: Build) -> None:
    found = run_test_of_2017(peru.levels[AdminLevel.DISTRICT].table, CATALOGUE)
    assert (found.units, round(found.people)) == (1874, 51_933)
    misplaced = found.scores["misplaced_share"]
    assert misplaced["other_nationalities"] == pytest.approx(0.2397, abs=1e-4)
    assert misplaced["population_2017"] == pytest.approx(0.2926, abs=1e-4)
    assert found.chosen == POPULATION_SHARE == 0.25
    # the two ends: nothing for the same people, and nothing outside Lima and Callao
    assert found.curves["same_people"].idxmin() == 0
    assert found.curves["other_key_outside"].idxmin() == 0


def test_the_page_of_the_test_has_its_numbers(peru: Build) -> None:
    writer = runpy.run_path(str(WRITER))
    assert writer["page_of"](peru) == writer["PAGE"].read_text("utf-8")
