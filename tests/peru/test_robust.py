"""Firmness of places and turning points on the real country."""

import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.decide.draws import Rules
from layers.decide.explain import explain_unit
from layers.decide.inputs import weigh_inputs
from layers.decide.robust import rank_robustly
from layers.decide.scenarios import DEFAULT
from layers.decide.score import rank_units
from layers.terms import AdminLevel, Aggregation

pytestmark = pytest.mark.peru


def test_the_first_districts_are_likely_ones_and_add_up(peru: Build) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    inputs = weigh_inputs(table, DEFAULT, CATALOGUE)
    robust = rank_robustly(inputs, Aggregation.ARITHMETIC, Rules(draws=1000), top=50)
    ranking = rank_units(table, DEFAULT, CATALOGUE).units
    assert set(robust.units.index) == set(ranking.index[ranking["rank"].notna()])
    # A tie shares the better place, so that no draw has fewer than fifty
    assert robust.units["p_top"].sum() == pytest.approx(50, abs=0.1)
    assert robust.units.at["150132", "p_top"] == 1
    assert (robust.units["rank_low"] <= robust.units["rank_high"]).all()


@pytest.mark.parametrize("code", ["240101", "150132", "200101", "250101"])
def test_weights_turn_a_district_where_it_is_said(peru: Build, code: str) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    inputs = weigh_inputs(table, DEFAULT, CATALOGUE)
    ranking = rank_units(table, DEFAULT, CATALOGUE)
    told = explain_unit(ranking, inputs, table, CATALOGUE, code, 50)
    assert told.weights
    for turn in told.weights:
        reach = turn.then - turn.now
        for part, is_in in ((1 - 1e-6, told.is_in), (1 + 1e-6, not told.is_in)):
            weights = {turn.layer: max(0.0, turn.now + part * reach)}
            units = rank_units(table, DEFAULT.with_weights(weights), CATALOGUE).units
            assert bool(units.at[code, "rank"] <= 50) is is_in
