"""Figures on the units of today: zeros after the vintage, joint codes, codes of one's own."""

import math

import pandas as pd
import pytest

from layers.harmonise.crosswalk import Crosswalk
from layers.sources.locate import Places
from layers.spec import Catalogue, LayerSpec, SourceSpec
from layers.table.carry import carry_figures, crosswalk_of
from layers.terms import Dimension, MissingPolicy, Unit

NOBODY = pd.Series(dtype=float)
SPLIT = Crosswalk.of(("01", "01", 0.75, "area"), ("01", "03", 0.25, "area"))


def layer(unit: Unit, **more: object) -> LayerSpec:
    fields = {"id": "a", "dimension": Dimension.NEEDS, "unit": unit, "source": "s", **more}
    return LayerSpec(**fields)  # type: ignore[arg-type]


RATE = layer(Unit.PERCENT)
COUNT = layer(Unit.PEOPLE)
ZERO = {"missing": MissingPolicy.ZERO, "units_of": "census"}


def test_zero_only_for_units_of_the_time_of_the_source() -> None:
    then = pd.Index(["01", "02"])
    found = carry_figures(
        layer(Unit.INDEX_0_10, **ZERO), pd.Series({"02": 3.0}), NOBODY, SPLIT, then
    )
    # 03 was a part of 01, which is outside: zero by its parent. 04 was not there: missing
    assert found.values.to_dict() == {"01": 0, "02": 3, "03": 0}
    assert found.parents.to_dict("records") == [
        {"ubigeo": "03", "parent": "01", "share": 1.0, "basis": "area", "value": 0.0}
    ]


def test_the_vintage_is_converted_before_zeros_are_put() -> None:
    two = Crosswalk.of(
        ("01", "01", 0.75, "area"),
        ("01", "03", 0.25, "area"),
        ("02", "02", 0.5, "area"),
        ("02", "03", 0.5, "area"),
    )
    then = pd.Index(["01", "02"])
    found = carry_figures(layer(Unit.INDEX_0_10, **ZERO), pd.Series({"02": 3.0}), NOBODY, two, then)
    # the class of the parent inside the scenario, not its mean with a zero
    assert found.values.to_dict() == {"01": 0, "02": 3, "03": 3}


def test_a_figure_of_ones_own_is_kept() -> None:
    found = carry_figures(COUNT, pd.Series({"01": 8.0, "03": 1.0}), NOBODY, SPLIT)
    assert found.values.to_dict() == {"01": 8, "03": 1}
    assert found.parents.empty


def test_an_empty_cell_of_ones_own_is_no_figure() -> None:
    found = carry_figures(RATE, pd.Series({"01": 8.0, "03": math.nan}), NOBODY, SPLIT)
    assert found.values.to_dict() == {"01": 8, "03": 8}


def test_a_unit_that_the_source_has_without_a_figure_is_not_zero() -> None:
    then = pd.Index(["01", "02", "04"])
    published = pd.Series({"01": math.nan, "02": 3.0})
    found = carry_figures(layer(Unit.INDEX_0_10, **ZERO), published, NOBODY, SPLIT, then)
    assert found.values.to_dict() == {"02": 3, "04": 0}


def test_a_unit_whose_parent_has_no_figure_stays_missing() -> None:
    found = carry_figures(RATE, pd.Series({"01": math.nan, "02": 1.0}), NOBODY, SPLIT)
    assert found.values.to_dict() == {"02": 1}


def test_classes_of_a_joint_code_are_copied_and_counts_divided(
    toy: tuple[Catalogue, Places],
) -> None:
    spec = toy[0].source("toy_census")
    joint = SourceSpec(**{**vars(spec), "joint_codes": (("99", ("01", "02")),)})
    area = pd.Series({"01": 1.0, "02": 1.0, "03": 1.0})
    people = pd.Series({"01": 300.0, "02": 100.0})
    crosswalk = crosswalk_of(joint, {"2017": SPLIT}, area, people)
    rates = carry_figures(RATE, pd.Series({"99": 6.0}), NOBODY, crosswalk)
    assert rates.values.to_dict() == {"01": 6, "02": 6, "03": 6}
    counts = carry_figures(COUNT, pd.Series({"99": 8.0}), NOBODY, crosswalk)
    assert counts.values.to_dict() == pytest.approx({"01": 4.5, "03": 1.5, "02": 2.0})
    assert set(counts.parents["parent"]) == {"99"}
