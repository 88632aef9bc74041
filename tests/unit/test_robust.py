"""SMAA against its analytic case, then what must never change a place."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.robust import made_up
from layers.decide import tally
from layers.decide.alternatives import try_alternatives
from layers.decide.draws import Rules
from layers.decide.inputs import Inputs, weigh_inputs
from layers.decide.robust import compare, rank_robustly
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.decide.tally import BLOCK, classes_of_ranks
from layers.errors import ScenarioError, UnknownUbigeoError
from layers.spec import Catalogue, LayerSpec
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Aggregation, Choice, Dimension, Method, Unit

ARITHMETIC = Aggregation.ARITHMETIC
WEIGHTS_ALONE = Rules(draws=2000, kappa=None, with_ranges=False)


def codes(count: int) -> list[str]:
    return [f"0101{number:02d}" for number in range(1, count + 1)]


def catalogue_of(names: str) -> Catalogue:
    return Catalogue(
        layers={
            name: LayerSpec(
                id=name,
                dimension=Dimension.NEEDS,
                unit=Unit.PERCENT,
                source="s",
                columns=("c",),
                limits=(0.0, 1.0),
            )
            for name in names
        }
    )


def table_of(rows: list[list[float]], names: str, **more: pd.DataFrame) -> UnitTable:
    values = pd.DataFrame(rows, columns=list(names), index=codes(len(rows)), dtype=float)
    return UnitTable(
        level=AdminLevel.DISTRICT,
        names=pd.DataFrame({"name": values.index}, index=values.index),
        values=values,
        methods=values.notna().replace({True: Method.OBSERVED, False: Method.MISSING}),
        sources=dict.fromkeys(values.columns, ("s",)),
        **more,
    )


def inputs_of(rows: list[list[float]], weights: list[float] | None = None) -> Inputs:
    names = "abcd"[: len(rows[0])]
    scenario = Scenario("s", tuple(zip(names, weights or [1.0] * len(names), strict=True)))
    return weigh_inputs(table_of(rows, names), scenario, catalogue_of(names))


@pytest.mark.parametrize(("ahead", "behind"), [(0.3, 0.1), (0.2, 0.2), (0.05, 0.45)])
def test_two_criteria_win_as_the_formula_says(ahead: float, behind: float) -> None:
    inputs = inputs_of([[0.5 + ahead, 0.5 - behind], [0.5, 0.5]])
    rules = replace(WEIGHTS_ALONE, draws=40_000)
    wins, losses = compare(inputs, ARITHMETIC, rules, "010101", "010102")
    # w·d1 > (1 − w)·d2 with w uniform on 0–1: w > d2 / (d1 + d2)
    assert wins == pytest.approx(ahead / (ahead + behind), abs=0.01)
    assert wins + losses == pytest.approx(1)
    robust = rank_robustly(inputs, ARITHMETIC, rules, top=1)
    assert robust.units.at["010101", "p_top"] == wins == robust.wins.at["010101", "010102"]
    # The mean of w where the first one leads: half way from d2/(d1 + d2) to 1
    middle = (behind / (ahead + behind) + 1) / 2
    assert robust.central_weights.at["010101", "a"] == pytest.approx(middle, abs=0.01)


def test_every_rank_is_counted_by_itself_up_to_a_limit() -> None:
    assert classes_of_ranks(1891).tolist() == list(range(1, 1892))
    many = classes_of_ranks(400_000)
    assert many[:300].tolist()[:256] == list(range(1, 257))
    assert (many[256], len(many)) == (269, 405)
    assert classes_of_ranks(400_000, exact=1000)[:1000].tolist() == list(range(1, 1001))


def test_ranks_in_classes_tell_the_same_of_the_first_and_bounds_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inputs = made_up(60)
    rules = Rules(draws=500)
    exact = rank_robustly(inputs, ARITHMETIC, rules, top=5).units
    monkeypatch.setattr(tally, "FEW", 10)
    monkeypatch.setattr(tally, "EXACT", 8)
    classed = rank_robustly(inputs, ARITHMETIC, rules, top=5).units.loc[exact.index]
    pd.testing.assert_frame_equal(exact[["p_top", "p_first"]], classed[["p_top", "p_first"]])
    assert (classed["rank_low"] <= exact["rank_low"]).all()
    assert (classed["rank_high"] >= exact["rank_high"]).all()
    assert ((classed["rank_mean"] - exact["rank_mean"]).abs() <= 0.05 * exact["rank_mean"]).all()
    assert (classed["rank_high"] != exact["rank_high"]).any()


def test_percentiles_and_acceptability_by_hand() -> None:
    # The second unit is between the others in every layer: its place is never in doubt.
    robust = rank_robustly(
        inputs_of([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]]), ARITHMETIC, WEIGHTS_ALONE, top=2
    )
    assert robust.units["rank_low"].to_dict() == {"010103": 1, "010102": 2, "010101": 3}
    assert robust.units["rank_high"].to_dict() == {"010103": 1, "010102": 2, "010101": 3}
    assert robust.units["p_top"].to_dict() == {"010103": 1.0, "010102": 1.0, "010101": 0.0}
    assert robust.acceptability.tolist() == np.eye(3).tolist()
    assert list(robust.central_weights.index) == ["010103"]


def test_a_declared_range_widens_the_places_and_wins_by_its_share() -> None:
    ranges = pd.DataFrame(
        {"layer": ["a"], "ubigeo": ["010101"], "low": [0.2], "high": [0.7], "is_capped": [False]}
    )
    table = table_of([[0.4], [0.6]], "a", ranges=ranges)
    inputs = weigh_inputs(table, Scenario("s", (("a", 1.0),)), catalogue_of("a"))
    drawn = rank_robustly(inputs, ARITHMETIC, Rules(draws=20_000), top=1)
    # Uniform on 0.2–0.7: above 0.6 with probability 0.2
    assert drawn.units.at["010101", "p_first"] == pytest.approx(0.2, abs=0.01)
    alone = rank_robustly(inputs, ARITHMETIC, Rules(draws=100, with_ranges=False), top=1)
    assert alone.units.at["010101", "p_first"] == 0


def test_a_missing_figure_widens_the_places_of_its_unit_and_moves_none_without_ranges() -> None:
    rows = [[0.1, 0.5, 0.5], [0.5, 0.5, 0.5], [0.9, 0.5, 0.5], [float("nan"), 0.5, 0.5]]
    inputs = inputs_of(rows)
    units = rank_robustly(inputs, ARITHMETIC, Rules(draws=4000), top=1).units
    assert (units.at["010104", "rank_low"], units.at["010104", "rank_high"]) == (2, 3)
    assert units.at["010102", "p_first"] == 0
    point = rank_robustly(inputs, ARITHMETIC, WEIGHTS_ALONE, top=1).units
    assert point.at["010104", "rank_mean"] == point.at["010102", "rank_mean"] == 2


def test_a_unit_without_a_rank_does_not_compete() -> None:
    inputs = inputs_of([[0.1, 0.2], [float("nan"), 0.9], [0.3, 0.3]])
    robust = rank_robustly(inputs, ARITHMETIC, WEIGHTS_ALONE, top=1)
    assert sorted(robust.units.index) == ["010101", "010103"]
    with pytest.raises(UnknownUbigeoError, match="010102 has no rank"):
        compare(inputs, ARITHMETIC, WEIGHTS_ALONE, "010101", "010102")


def test_a_weight_of_zero_is_not_drawn() -> None:
    robust = rank_robustly(
        inputs_of([[0.2, 0.9], [0.3, 0.1]], [1.0, 0.0]), ARITHMETIC, WEIGHTS_ALONE, top=1
    )
    assert list(robust.central_weights.columns) == ["a"]
    assert robust.units.at["010102", "p_first"] == 1


def test_the_seed_fixes_the_draws_across_blocks_and_the_half_width_is_that_of_the_issue() -> None:
    inputs = inputs_of([[0.6, 0.4], [0.5, 0.5]])
    rules = Rules(draws=2 * BLOCK + 1, kappa=10.0, seed=7)
    one, other = (rank_robustly(inputs, ARITHMETIC, rules, top=1) for _ in range(2))
    pd.testing.assert_frame_equal(one.units, other.units)
    pd.testing.assert_frame_equal(one.central_weights, other.central_weights)
    assert one.acceptability.sum(axis=1) == pytest.approx(1)
    moved = rank_robustly(inputs, ARITHMETIC, replace(rules, seed=8), top=1)
    assert moved.units.at["010101", "p_first"] != one.units.at["010101", "p_first"]
    assert Rules().half_width <= 0.0098


def test_tight_weights_stay_nearer_to_the_agreed_ones_than_loose_ones() -> None:
    inputs = inputs_of([[0.6, 0.4], [0.5, 0.5]], [3.0, 2.0])
    firm = [
        rank_robustly(inputs, ARITHMETIC, Rules(kappa=kappa), top=1).units.at["010101", "p_first"]
        for kappa in (None, 10.0, 50.0, 500.0)
    ]
    assert firm == sorted(firm)
    assert firm[0] == pytest.approx(0.5, abs=0.02)
    assert firm[-1] > 0.99


@pytest.mark.parametrize("rules", [{"draws": 0}, {"kappa": 0.0}, {"kappa": float("nan")}])
def test_impossible_rules_are_refused(rules: dict[str, float]) -> None:
    with pytest.raises(ScenarioError, match="give"):
        Rules(**rules)  # type: ignore[arg-type]


tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=width, max_size=width),
        min_size=2,
        max_size=7,
    )
)
FEW = Rules(draws=150, kappa=None, with_ranges=False)


@settings(max_examples=40)
@given(tables, st.data())
def test_what_never_changes_a_place(rows: list[list[float]], data: st.DataObject) -> None:
    width = len(rows[0])
    weights = data.draw(st.lists(st.floats(0.1, 9), min_size=width, max_size=width))
    rules = replace(FEW, kappa=data.draw(st.sampled_from([None, 10.0])))
    inputs = inputs_of(rows, weights)
    robust = rank_robustly(inputs, ARITHMETIC, rules, top=1)
    for one, better in enumerate(rows):
        for other, worse in enumerate(rows):
            if all(x >= y for x, y in zip(better, worse, strict=True)):
                # A dominated unit never beats its dominator
                assert robust.wins.at[codes(7)[other], codes(7)[one]] == 0
    # The order of the rows
    shuffled = data.draw(st.permutations(list(inputs.known.index)))
    moved = replace(
        inputs,
        **{name: getattr(inputs, name).loc[shuffled] for name in ("known", "low", "high", "lacks")},
        in_scope=inputs.in_scope.loc[shuffled],
    )
    again = rank_robustly(moved, ARITHMETIC, rules, top=1)
    pd.testing.assert_frame_equal(again.units, robust.units)
    # The scale of the weights, up to the rounding of their shares
    scaled = inputs_of(rows, [weight * 4 for weight in weights])
    pd.testing.assert_frame_equal(
        rank_robustly(scaled, ARITHMETIC, rules, top=1).units, robust.units
    )


@settings(max_examples=40)
@given(tables, st.data())
def test_a_unit_that_calls_for_more_never_falls(
    rows: list[list[float]], data: st.DataObject
) -> None:
    unit = data.draw(st.integers(0, len(rows) - 1))
    layer = data.draw(st.integers(0, len(rows[0]) - 1))
    raised = [list(row) for row in rows]
    raised[unit][layer] = min(1.0, raised[unit][layer] + 0.25)
    code = codes(7)[unit]
    kind = data.draw(st.sampled_from(list(Aggregation)))
    before, after = (
        rank_robustly(inputs_of(made), kind, FEW, top=1).units.loc[code] for made in (rows, raised)
    )
    assert after["p_top"] >= before["p_top"]
    assert (
        after[["rank_low", "rank_high", "rank_mean"]]
        <= before[["rank_low", "rank_high", "rank_mean"]]
    ).all()


def test_identical_units_are_moved_by_nothing() -> None:
    rows = [[0.3, 0.7]] * 5
    inputs = inputs_of(rows)
    robust = rank_robustly(inputs, ARITHMETIC, FEW, top=1)
    assert (robust.units[["rank_low", "rank_high", "rank_mean"]] == 1).all().all()
    assert (robust.wins == 0).all().all()
    scenario = Scenario("s", (("a", 1.0), ("b", 1.0)))
    found = try_alternatives(inputs, table_of(rows, "ab"), scenario, catalogue_of("ab"), 1)
    assert (found["entered"] == 0).all()
    assert (found["shift"] == 0).all()


def test_the_choice_that_moves_the_first_most_stands_first() -> None:
    rows = [[0.9, 0.0], [0.8, 0.2], [0.1, 0.7], [0.0, 0.75]]
    scenario = Scenario("s", (("a", 3.0), ("b", 1.0)))
    table, catalogue = table_of(rows, "ab"), catalogue_of("ab")
    inputs = weigh_inputs(table, scenario, catalogue)
    first = try_alternatives(inputs, table, scenario, catalogue, 2).iloc[0]
    assert (first["choice"], first["layer"], first["entered"]) == (Choice.LEFT_OUT, "a", 2)


def test_the_geometric_score_by_hand() -> None:
    table, catalogue = table_of([[1.0, 0.0], [0.5, 0.5], [0.0, 0.0]], "ab"), catalogue_of("ab")
    scenario = Scenario("s", (("a", 1.0), ("b", 1.0)), aggregation=Aggregation.GEOMETRIC)
    ranking = rank_units(table, scenario, catalogue)
    # √(10·1) and √(5.5·5.5) on 1–10: what is missing in one layer is made up for only in part
    expected = {"010102": 50.0, "010101": 100 * (10**0.5 - 1) / 9, "010103": 0.0}
    assert ranking.units["score"].to_dict() == pytest.approx(expected)
    sums = ranking.contributions.sum(axis=1)
    assert sums.to_dict() == pytest.approx(expected, abs=1e-9)
