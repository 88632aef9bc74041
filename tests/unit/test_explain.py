"""What would have to change is checked by changing it and ranking again."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from layers.decide.difference import State, split_change
from layers.decide.explain import Explanation, explain_unit
from layers.decide.inputs import weigh_inputs
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.errors import ScenarioError, UnknownUbigeoError
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Aggregation, Cause, Direction, Model, ToUnit, Transform
from tests.unit.test_robust import catalogue_of, table_of


def bent_catalogue() -> Catalogue:
    """The first layer is a count on a logarithm, the second is better when high."""
    layers = dict(catalogue_of("abc").layers)
    layers["a"] = replace(layers["a"], transform=Transform.LOG1P, limits=(0.0, 99.0))
    layers["b"] = replace(layers["b"], direction=Direction.LESS_IS_WORSE, limits=(0.0, 10.0))
    return Catalogue(layers=layers)


def explain(
    table: UnitTable, scenario: Scenario, catalogue: Catalogue, code: str, top: int
) -> Explanation:
    inputs = weigh_inputs(table, scenario, catalogue)
    return explain_unit(rank_units(table, scenario, catalogue), inputs, table, catalogue, code, top)


def place(table: UnitTable, scenario: Scenario, catalogue: Catalogue, code: str) -> float:
    return float(rank_units(table, scenario, catalogue).units.at[code, "rank"])


def test_turning_points_by_hand() -> None:
    table, catalogue = table_of([[0.2, 0.4], [0.8, 0.4], [0.1, 0.9]], "ab"), catalogue_of("ab")
    told = explain(table, Scenario("s", (("a", 1.0), ("b", 1.0))), catalogue, "010101", 1)
    # Scores 30, 60, 50: it lacks 0.3, that is 0.6 of one figure of weight 0.5
    assert (told.rank, told.score, told.threshold) == (3, pytest.approx(30), pytest.approx(60))
    assert [(turn.layer, turn.then) for turn in told.figures] == [
        ("a", pytest.approx(0.8)),
        ("b", pytest.approx(1.0)),
    ]
    # No weight brings it before the second and the third at once
    assert told.weights == ()
    assert [(reason.layer, reason.adds, reason.typical) for reason in told.reasons] == [
        ("a", pytest.approx(10), pytest.approx(10)),
        ("b", pytest.approx(20), pytest.approx(20)),
    ]
    first = explain(table, Scenario("s", (("a", 1.0), ("b", 1.0))), catalogue, "010102", 1)
    # 0.8 w + 0.4 = 0.1 w + 0.9 at w = 5/7; the other way at b = 0.7/0.5
    assert [(turn.layer, turn.then) for turn in first.weights] == [
        ("a", pytest.approx(5 / 7)),
        ("b", pytest.approx(7 / 5)),
    ]
    assert [(turn.layer, turn.then) for turn in first.figures] == [
        ("a", pytest.approx(0.6)),
        ("b", pytest.approx(0.2)),
    ]


figures = st.tuples(
    st.floats(0, 99).map(lambda n: round(n, 2)),
    st.floats(0, 10).map(lambda n: round(n, 2)),
    st.one_of(st.just(float("nan")), st.floats(0, 1).map(lambda n: round(n, 2))),
)


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(figures, min_size=3, max_size=8), st.data())
def test_each_change_turns_the_unit_and_a_smaller_one_does_not(
    rows: list[tuple[float, ...]], data: st.DataObject
) -> None:
    catalogue = bent_catalogue()
    table = table_of([list(row) for row in rows], "abc")
    weights = data.draw(st.lists(st.integers(1, 9), min_size=3, max_size=3))
    scenario = Scenario(
        "s",
        tuple((name, float(w)) for name, w in zip("abc", weights, strict=True)),
        aggregation=data.draw(st.sampled_from(list(Aggregation))),
    )
    top = data.draw(st.integers(1, len(rows) - 1))
    code = str(data.draw(st.sampled_from(list(table.values.index))))
    told = explain(table, scenario, catalogue, code, top)
    assume(told.threshold is not None and abs(told.score - told.threshold) > 1e-4)

    def with_figure(layer: str, value: float) -> bool:
        values = table.values.copy()
        values.at[code, layer] = value
        return place(replace(table, values=values), scenario, catalogue, code) <= top

    def with_weight(layer: str, weight: float) -> bool:
        changed = scenario.with_weights({layer: weight})
        return place(table, changed, catalogue, code) <= top

    for turn in told.figures:
        if table.values[turn.layer].isna().any():
            continue  # The median that stands in for others would move with the figure.
        reach = turn.then - turn.now
        assert with_figure(turn.layer, turn.now + reach * (1 + 1e-6)) != told.is_in
        assert with_figure(turn.layer, turn.now + reach * (1 - 1e-6)) == told.is_in
    for turn in told.weights:
        reach = turn.then - turn.now
        assert with_weight(turn.layer, turn.now + reach * (1 - 1e-6)) == told.is_in
        # A unit that lacks just as much as a rank bears is on the border already.
        aside = reach * 1e-6 or (1e-6 if turn.rises else -1e-6)
        assert with_weight(turn.layer, max(turn.then + aside, 0.0)) != told.is_in


def test_a_unit_on_the_border_of_a_rank_has_it_and_any_less_weight_takes_it() -> None:
    # 6 of 15 are 0.4: what is missing may weigh so much and no more
    table = table_of([[0.9, 0.9, float("nan")], [0.1, 0.0, float("nan")], [0.2, 0.1, 0.2]], "abc")
    scenario = Scenario("s", (("a", 2.0), ("b", 7.0), ("c", 6.0)))
    told = explain(table, scenario, catalogue_of("abc"), "010101", 1)
    assert told.rank == 1
    assert ("a", 2.0, False) in [(turn.layer, turn.then, turn.rises) for turn in told.weights]
    less = scenario.with_weights({"a": 1.999})
    assert rank_units(table, less, catalogue_of("abc")).units["rank"].isna()["010101"]


def test_a_unit_without_a_rank_is_told_what_it_lacks_and_no_turn() -> None:
    table = table_of([[0.2, 0.4], [float("nan"), 0.4], [0.1, 0.9]], "ab")
    scenario = Scenario("s", (("a", 1.0), ("b", 1.0)))
    told = explain(table, scenario, catalogue_of("ab"), "010102", 1)
    assert (told.rank, told.score, told.missing_weight) == (None, None, 0.5)
    assert (told.reasons, told.figures, told.weights) == ((), (), ())
    with pytest.raises(UnknownUbigeoError, match="outside the filters"):
        explain(table, replace(scenario, places=("010101",)), catalogue_of("ab"), "010103", 1)


def test_filters_keep_who_takes_part_and_what_is_unknown() -> None:
    table = table_of([[0.2, 0.4], [float("nan"), 0.4], [0.1, 0.9]], "ab")
    scenario = Scenario("s", (("b", 1.0),), least=(("a", 0.15),))
    ranks = rank_units(table, scenario, catalogue_of("ab")).units["rank"]
    assert ranks.to_dict() == {"010101": 1, "010102": 1}
    with pytest.raises(ScenarioError, match="leave no district"):
        rank_units(table, replace(scenario, places=("99",)), catalogue_of("ab"))


def test_risk_is_never_weighed_with_its_parts() -> None:
    layers = dict(catalogue_of("abr").layers)
    layers["r"] = replace(
        layers["r"], source=None, to_unit=ToUnit.MODEL, model=Model.RISK, inputs=("a",)
    )
    table, catalogue = table_of([[0.1, 0.2, 0.3]], "abr"), Catalogue(layers=layers)
    assert rank_units(table, Scenario("s", (("r", 1.0), ("b", 1.0))), catalogue).dropped == ()
    with pytest.raises(ScenarioError, match="r is made of a, which would count twice"):
        rank_units(table, Scenario("s", (("r", 1.0), ("a", 1.0))), catalogue)


def test_a_scenario_without_settings_keeps_the_name_that_it_had() -> None:
    plain = Scenario("default", (("a", 1.0),))
    # sha256 of '["default", [["a", 1.0]]]', as before there were settings
    assert plain.hash == "f4a21f3f1ef7"
    assert replace(plain, seed=2).hash != plain.hash != replace(plain, places=("15",)).hash


CAUSES = [cause.value for cause in Cause]


def test_a_change_of_weights_alone_is_all_due_to_the_weights() -> None:
    table, catalogue = table_of([[0.2, 0.9], [0.8, 0.4], [0.1, 0.1]], "ab"), catalogue_of("ab")
    one = Scenario("s", (("a", 3.0), ("b", 1.0)))
    other = one.with_weights({"b": 9.0})
    found = split_change(State(table, one, catalogue), State(table, other, catalogue))
    assert found.units["change"].to_dict() == {"010101": -1, "010102": 1, "010103": 0}
    assert found.units["weights"].equals(found.units["change"])
    assert (found.units[["data", "method", "boundary"]] == 0).all().all()


def test_units_that_come_and_go_are_boundary() -> None:
    catalogue, scenario = catalogue_of("a"), Scenario("s", (("a", 1.0),))
    before, after = table_of([[0.9], [0.5], [0.1]], "a"), table_of([[0.9], [0.5], [0.1]], "a")
    values = after.values.rename(index={"010101": "010109"})
    after = replace(
        after,
        values=values,
        methods=after.methods.set_axis(values.index),
        names=after.names.set_axis(values.index),
    )
    after.values.at["010109", "a"] = 0.0
    found = split_change(State(before, scenario, catalogue), State(after, scenario, catalogue))
    assert (found.entered, found.left) == (("010109",), ("010101",))
    assert found.units["boundary"].to_dict() == {"010102": -1, "010103": -1}
    assert found.units["change"].to_dict() == {"010102": -1, "010103": -1}


@settings(max_examples=8)
@given(
    st.lists(figures, min_size=3, max_size=6), st.lists(figures, min_size=6, max_size=6), st.data()
)
def test_the_parts_of_a_change_add_up(
    rows: list[tuple[float, ...]], others: list[tuple[float, ...]], data: st.DataObject
) -> None:
    weights = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any)

    def state(made: list[tuple[float, ...]], catalogue: Catalogue) -> State:
        drawn = data.draw(weights)
        kind = data.draw(st.sampled_from(list(Aggregation)))
        named = tuple((name, float(w)) for name, w in zip("abc", drawn, strict=True))
        table = table_of([list(row) for row in made], "abc")
        return State(table, Scenario("s", named, aggregation=kind), catalogue)

    found = split_change(
        state(rows, bent_catalogue()),
        state(others[: data.draw(st.integers(3, 6))], catalogue_of("abc")),
    ).units
    assert (found[CAUSES].sum(axis=1) - found["change"]).abs().max() <= 1e-9
    # A unit without a place stands behind all that have one: it has no difference of its own.
    told = (found["after"] - found["before"]).dropna()
    pd.testing.assert_series_equal(told, found.loc[told.index, "change"], check_names=False)
