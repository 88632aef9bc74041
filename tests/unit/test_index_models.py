"""The tree of indices: missing inputs, ranges, and one population beside another."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.catalogue import CATALOGUE
from layers.catalogue.risk import RISK
from layers.indicators.inform import dimension_of
from layers.spec import Catalogue, LayerSpec
from layers.table.ground import Figures, Ground, LevelTable
from layers.table.index_models import indicators_of
from layers.table.index_quality import index_quality
from layers.table.make import make_tables
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Direction, Model, ToUnit

DISTRICTS = ["010101", "010102", "010201", "020101"]
RISKS = [CATALOGUE.layer("risk_index"), CATALOGUE.layer("risk_migrants_index")]
INDICATORS = tuple(dict.fromkeys(name for risk in RISKS for name in indicators_of(risk, CATALOGUE)))


def published(layer: LayerSpec) -> LayerSpec:
    """The same layer as if a source gave it for districts, so that it can be handed in."""
    return replace(
        layer,
        to_unit=ToUnit.AS_IS,
        source="given",
        model=None,
        inputs=(),
        other_key=None,
        native_level=AdminLevel.DISTRICT,
        weight=None,
        published=None,
        share_of=None,
    )


NAMES = ("population_people", "venezuelan_people", *INDICATORS)
TREE = Catalogue(
    layers={
        **{name: published(CATALOGUE.layer(name)) for name in NAMES},
        **{layer.id: layer for layer in RISK},
    }
)


def tables(values: pd.DataFrame, catalogue: Catalogue = TREE) -> dict[AdminLevel, LevelTable]:
    ground = Ground(
        area_km2={
            level: pd.Series(1.0, index=sorted({code[: level.digits] for code in DISTRICTS}))
            for level in (AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION)
        },
        national={},
        controls=(),
        population="population_people",
    )
    figures = {
        (name, AdminLevel.DISTRICT): Figures(values[name].dropna(), "given")
        for name in values
        if name in catalogue.layers
    }
    return make_tables(figures, ground, catalogue)


def some_values(seed: int) -> pd.DataFrame:
    """Figures anywhere between the limits of each indicator."""
    random = np.random.default_rng(seed)
    values = {}
    for name in INDICATORS:
        low, high = TREE.layer(name).limits_at(AdminLevel.DISTRICT)
        values[name] = low + (high - low) * random.random(len(DISTRICTS))
    people = pd.DataFrame(values, index=DISTRICTS)
    people["population_people"] = random.integers(100, 9000, len(DISTRICTS)).astype(float)
    people["venezuelan_people"] = random.integers(1, 90, len(DISTRICTS)).astype(float)
    return people


BRANCH = [
    TREE.layer(name)
    for name in (
        "institutional_index",
        "health_access_index",
        "basic_services_index",
        "communication_index",
        "infrastructure_index",
        "lack_of_coping_index",
    )
]
ROOT = replace(RISKS[0], inputs=("lack_of_coping_index", *BRANCH[-1].inputs))
SMALL = Catalogue(
    layers={
        "population_people": TREE.layer("population_people"),
        **{name: TREE.layer(name) for name in indicators_of(BRANCH[-1], TREE)},
        **{layer.id: layer for layer in (*BRANCH, ROOT)},
    }
)
BLANKS = st.sets(
    st.tuples(st.sampled_from(DISTRICTS), st.sampled_from(indicators_of(ROOT, SMALL))),
    min_size=1,
    max_size=12,
)


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32 - 1), blanks=BLANKS)
def test_no_index_changes_in_silence_where_inputs_are_blanked(
    seed: int, blanks: set[tuple[str, str]]
) -> None:
    full = some_values(seed)
    holed = full.copy()
    for unit, name in blanks:
        holed.loc[unit, name] = float("nan")
    before, after = tables(full, SMALL), tables(holed, SMALL)
    for level, made in after.items():
        ranges = made.ranges.set_index(["layer", "ubigeo"])
        for layer in (*BRANCH, ROOT):
            known = before[level].values[layer.id]
            for unit, value in made.values[layer.id].dropna().items():
                if (layer.id, unit) in ranges.index:
                    low, high = ranges.loc[(layer.id, unit), ["low", "high"]]
                    assert low - 1e-9 <= known[unit] <= high + 1e-9
                    assert low - 1e-9 <= value <= high + 1e-9
                else:
                    assert value == pytest.approx(known[unit], abs=1e-9)


@pytest.mark.parametrize(("seed", "ratio"), [(1, 0.002), (2, 0.14)])
def test_equal_distributions_give_equal_indices(seed: int, ratio: float) -> None:
    values = some_values(seed)
    values["venezuelan_people"] = values["population_people"] * ratio
    # The vulnerable groups of migrants are read from the same figures as those of residents.
    groups = TREE.layer("vulnerable_groups_index").inputs
    own = replace(TREE.layer("vulnerable_groups_migrants_index"), inputs=groups)
    same = Catalogue(layers={**TREE.layers, own.id: own})
    for made in tables(values, same).values():
        for name in ("hazard_exposure", "vulnerability", "lack_of_coping", "risk"):
            host, migrants = made.values[f"{name}_index"], made.values[f"{name}_migrants_index"]
            assert migrants.tolist() == pytest.approx(host.tolist(), abs=1e-9)


def test_migrants_who_live_elsewhere_meet_other_hazards() -> None:
    values = some_values(1)
    values["population_people"] = [100.0, 900.0, 500.0, 500.0]
    values["venezuelan_people"] = [30.0, 10.0, 5.0, 5.0]
    made = tables(values)
    natural = made[AdminLevel.DISTRICT].values["hazard_natural_index"]
    province = made[AdminLevel.PROVINCE].values.loc["0101"]
    first, second = natural["010101"], natural["010102"]
    assert province["hazard_natural_index"] == pytest.approx(0.1 * first + 0.9 * second)
    assert province["hazard_natural_migrants_index"] == pytest.approx(0.75 * first + 0.25 * second)


def test_dimensions_are_joined_at_each_level_from_the_categories_shown_there() -> None:
    for made in tables(some_values(2), SMALL).values():
        pair = made.values[["institutional_index", "infrastructure_index"]]
        assert made.values["lack_of_coping_index"].tolist() == pytest.approx(
            dimension_of(pair).tolist()
        )


def test_an_index_without_half_of_its_indicators_is_missing() -> None:
    values = some_values(3)
    values.loc["010101", ["no_public_water_pct", "no_sanitation_pct"]] = float("nan")
    two_of_six = tables(values, SMALL)[AdminLevel.DISTRICT].values.loc["010101"]
    assert math.isnan(two_of_six["basic_services_index"])
    assert not math.isnan(two_of_six["lack_of_coping_index"])
    values.loc["010101", ["no_electricity_pct", "not_literate_pct"]] = float("nan")
    four_of_six = tables(values, SMALL)[AdminLevel.DISTRICT].values.loc["010101"]
    assert math.isnan(four_of_six["lack_of_coping_index"])
    assert math.isnan(four_of_six["risk_index"])


def test_a_range_of_migrants_opens_the_risk_of_migrants_and_not_that_of_residents() -> None:
    used = {layer.id for layer in RISK if "venezuelan_pct" in indicators_of(layer, CATALOGUE)}
    assert used == {
        "migrants_share_index",
        "vulnerable_groups_migrants_index",
        "vulnerability_migrants_index",
        "risk_migrants_index",
    }


def test_share_missing_and_mean_age_stand_beside_an_index() -> None:
    layer = CATALOGUE.layer("institutional_index")
    wide = CATALOGUE.layer("deprivation_index")
    values = pd.DataFrame(
        {
            "poverty_pct": [20.0, None, None],
            "nbi_any_pct": [30.0, 30.0, None],
            "disaster_budget_soles_per_person": [1.0, 1.0, None],
        },
        index=DISTRICTS[:3],
    )
    table = UnitTable(
        level=AdminLevel.DISTRICT,
        names=pd.DataFrame(index=values.index),
        values=values,
        methods=values.astype(str),
        sources={
            "poverty_pct": ("ubigeo_distrito",),
            "nbi_any_pct": ("geoperu_distritos",),
            "disaster_budget_soles_per_person": ("budget_pp0068",),
        },
    )
    on = date(2027, 10, 22)
    quality = [index_quality(table, CATALOGUE, wide, code, on) for code in values.index]
    assert [one.share_missing for one in quality] == [0.0, 0.5, 1.0]
    assert [math.isnan(one.mean_age_years) for one in quality] == [False, False, True]
    assert quality[1].mean_age_years == pytest.approx(10, abs=0.01)
    assert not math.isnan(index_quality(table, CATALOGUE, layer, "010101", on).mean_age_years)


@pytest.mark.parametrize("name", INDICATORS)
def test_every_indicator_of_the_tree_has_a_sense_and_frozen_limits(name: str) -> None:
    layer = CATALOGUE.layer(name)
    assert layer.direction is not Direction.NEUTRAL
    low, high = layer.limits_at(AdminLevel.DISTRICT)
    assert low < high


def test_every_index_of_the_tree_is_an_index() -> None:
    assert all(layer.is_index and layer.limits == (0.0, 10.0) for layer in RISK)
    joined = [layer for layer in RISK if layer.model is Model.INDEX_GEOMETRIC]
    assert [len(layer.inputs) for layer in joined] == [2] * 6
