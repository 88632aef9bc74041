"""Scores by hand on the toy country, then properties."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.built import Build
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.errors import ScenarioError
from layers.indicators.normalise import normalise
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Dimension, Direction, Method, Transform, Unit
from tests.toy import COUNTRY_WITHOUT_PARENTS

TWO = Scenario("two", (("toy_people", 1.0), ("toy_uninsured", 3.0)))


def test_the_score_of_the_toy_by_hand(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    ranking = rank_units(table, TWO, toy[0])
    # 010201: people 99/100, uninsured 30/50 -> 25 * 0.99 + 75 * 0.6
    assert ranking.units.at["010201", "score"] == pytest.approx(24.75 + 45.0)
    assert ranking.contributions.loc["010201"].to_dict() == pytest.approx(
        {"toy_people": 24.75, "toy_uninsured": 45.0}
    )
    # 010202: 4/100 and 40/50
    assert ranking.units.at["010202", "score"] == pytest.approx(1.0 + 60.0)
    ranks = ranking.units["rank"].to_dict()
    assert (ranks["010201"], ranks["010202"]) == (1, 2)
    # 010102: 9/100 and 20/50; 020101 keeps a half of its 9 people
    assert [ranks[code] for code in ("010102", "020101", "010101")] == [3, 4, 5]


def test_a_unit_with_only_its_parents_figures_has_a_range_and_no_rank(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    # 020102 has half of the people of 020101 and its rate of 20 %
    assert table.values.at["020102", "toy_uninsured"] == 20
    unit = rank_units(table, TWO, toy[0]).units.loc["020102"]
    assert pd.isna(unit["rank"])
    assert unit["missing_weight"] == 1
    assert unit["low"] < 25 * 0.045 + 75 * 0.4 < unit["high"]


@pytest.mark.fault(75)
def test_units_with_the_same_figures_share_a_place(toy: tuple[Catalogue, Places]) -> None:
    made = build(toy[0], COUNTRY_WITHOUT_PARENTS, toy[1])
    ranking = rank_units(made.levels[AdminLevel.DISTRICT].table, TWO, toy[0])
    ranks = ranking.units["rank"].to_dict()
    # 010102 and 020101 both have 9 people and 20 %: they share the third place, by code
    assert ranks["010102"] == ranks["020101"] == 3
    assert ranks["010101"] == 5
    assert list(ranking.units.index[2:4]) == ["010102", "020101"]


@pytest.mark.fault(74, 76)
def test_a_unit_without_figures_has_no_rank_and_the_whole_range(
    toy: tuple[Catalogue, Places],
) -> None:
    made = build(toy[0], COUNTRY_WITHOUT_PARENTS, toy[1])
    table = made.levels[AdminLevel.DISTRICT].table
    unit = rank_units(table, TWO, toy[0]).units.iloc[-1]
    assert unit.name == "020102"
    assert pd.isna(unit["rank"])
    assert pd.isna(unit["score"])
    # worst and best observed: 0..99 people, 10..40 % uninsured
    assert unit["low"] == pytest.approx(75 * 0.2)
    assert unit["high"] == pytest.approx(25 * 0.99 + 75 * 0.8)


def layer(layer_id: str, **more: object) -> LayerSpec:
    fields: dict[str, object] = {
        "id": layer_id,
        "dimension": Dimension.NEEDS,
        "unit": Unit.PERCENT,
        "source": "s",
        "columns": ("c",),
        "limits": (0.0, 100.0),
        **more,
    }
    return LayerSpec(**fields)  # type: ignore[arg-type]


def table_of(values: pd.DataFrame) -> UnitTable:
    return UnitTable(
        level=AdminLevel.DISTRICT,
        names=pd.DataFrame({"name": values.index}, index=values.index),
        values=values,
        methods=values.notna().replace({True: Method.OBSERVED, False: Method.MISSING}),
        sources=dict.fromkeys(values.columns, "s"),
    )


def test_the_median_stands_in_for_a_missing_figure_and_says_so() -> None:
    values = pd.DataFrame(
        {"a": [10.0, 20.0, 60.0, np.nan], "b": [50.0, 50.0, 50.0, 50.0]},
        index=["010101", "010102", "010103", "010104"],
    )
    catalogue = Catalogue(layers={name: layer(name) for name in "ab"})
    ranking = rank_units(table_of(values), Scenario("s", (("a", 1.0), ("b", 3.0))), catalogue)
    unit = ranking.units.loc["010104"]
    assert unit["score"] == pytest.approx(0.25 * 20 + 0.75 * 50)
    assert unit["low"] == pytest.approx(0.25 * 10 + 0.75 * 50)
    assert unit["high"] == pytest.approx(0.25 * 60 + 0.75 * 50)
    assert ranking.imputed.loc["010104"].to_dict() == {"a": True, "b": False}


def test_log_and_reversal_by_hand() -> None:
    values = pd.Series([0.0, 9.0, 99.0, 1000.0])
    bent = layer("a", transform=Transform.LOG1P, limits=(0.0, 99.0))
    assert normalise(values, bent, AdminLevel.DISTRICT).tolist() == pytest.approx([0, 0.5, 1, 1])
    turned = layer("a", direction=Direction.LESS_IS_WORSE, limits=(0.0, 10.0))
    assert normalise(values, turned, AdminLevel.DISTRICT).tolist() == pytest.approx([1, 0.1, 0, 0])


@pytest.mark.fault(74)
@pytest.mark.parametrize("weights", [{"a": 0.0}, {"a": -1.0}, {"a": float("nan")}])
def test_impossible_weights_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ScenarioError, match=r"nothing can be ranked|give a number from 0 up"):
        Scenario("s", tuple(weights.items()))


def test_an_unknown_weight_names_those_that_exist() -> None:
    with pytest.raises(ScenarioError, match="does not weigh c; it weighs a"):
        Scenario("s", (("a", 1.0),)).with_weights({"c": 1.0})


figures = st.lists(
    st.tuples(*[st.one_of(st.none(), st.floats(0, 100)) for _ in range(3)]), min_size=2, max_size=12
)


@given(figures, st.lists(st.floats(0.1, 10), min_size=3, max_size=3), st.randoms())
def test_properties_of_a_ranking(rows: list[tuple], weights: list[float], random) -> None:  # type: ignore[no-untyped-def]
    index = [f"0101{i:02d}" for i in range(len(rows))]
    values = pd.DataFrame(rows, columns=list("abc"), index=index, dtype=float)
    catalogue = Catalogue(layers={name: layer(name) for name in "abc"})
    scenario = Scenario("s", tuple(zip("abc", weights, strict=True)))
    ranking = rank_units(table_of(values), scenario, catalogue)
    ranked = ranking.units[ranking.units["rank"].notna()]
    # contributions add up, and the score stays inside its range
    sums = ranking.contributions.loc[ranked.index].sum(axis=1)
    assert np.allclose(sums, ranked["score"], atol=1e-9)
    assert (ranked["low"] <= ranked["score"] + 1e-9).all()
    assert (ranked["score"] <= ranked["high"] + 1e-9).all()
    # scaling all weights changes nothing; the order of the rows changes nothing
    scaled = Scenario("s", tuple((name, weight * 3) for name, weight in scenario.weights))
    shuffled = values.loc[random.sample(index, len(index))]
    for other in (
        rank_units(table_of(values), scaled, catalogue),
        rank_units(table_of(shuffled), scenario, catalogue),
    ):
        pd.testing.assert_series_equal(other.units["rank"], ranking.units["rank"])


def test_a_layer_that_nobody_has_weighs_nothing_and_leaves_its_weight_open() -> None:
    values = pd.DataFrame({"a": [10.0, 60.0], "b": [np.nan, np.nan]}, index=["010101", "010102"])
    catalogue = Catalogue(layers={name: layer(name) for name in "ab"})
    ranking = rank_units(table_of(values), Scenario("s", (("a", 3.0), ("b", 1.0))), catalogue)
    assert ranking.dropped == ("b",)
    assert ranking.units["score"].to_dict() == pytest.approx({"010102": 60.0, "010101": 10.0})
    assert ranking.units.loc["010102", ["low", "high"]].tolist() == pytest.approx([45.0, 70.0])
    # What nobody has adds nothing that is known: missing is not zero.
    points = ranking.contributions.loc["010102"].to_dict()
    assert points == pytest.approx({"a": 60.0, "b": np.nan}, nan_ok=True)
    assert ranking.most == {"a": 1.0}


def test_a_declared_range_of_a_figure_is_a_range_of_the_score() -> None:
    values = pd.DataFrame({"a": [40.0, 60.0]}, index=["010101", "010102"])
    ranges = pd.DataFrame(
        {"layer": ["a"], "ubigeo": ["010101"], "low": [30.0], "high": [70.0], "is_capped": [False]}
    )
    table = replace(table_of(values), ranges=ranges)
    catalogue = Catalogue(layers={"a": layer("a")})
    units = rank_units(table, Scenario("s", (("a", 1.0),)), catalogue).units
    assert units.loc["010101", ["low", "score", "high"]].tolist() == pytest.approx([30, 40, 70])
    assert units.loc["010102", ["low", "score", "high"]].tolist() == pytest.approx([60, 60, 60])


def test_weights_beyond_counting_are_refused() -> None:
    with pytest.raises(ScenarioError, match="too large to be told apart"):
        Scenario("s", (("a", 1e308), ("b", 1e308)))
