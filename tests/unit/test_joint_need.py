"""Joint people in need, by hand; then what must hold for any figures."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.errors import NeedsError
from layers.indicators.joint_need import (
    counted_total,
    joint_need,
    preliminary_need,
    total_need,
)

NAN = math.nan
COUNTS = st.integers(min_value=0, max_value=1000)


def frame(rows: list[list[float]]) -> pd.DataFrame:
    names = ["shelter", "health", "education"][: len(rows[0])]
    units = [f"0{n}" for n in range(1, len(rows) + 1)]
    return pd.DataFrame(rows, index=units, columns=names, dtype=float)


def people(in_need: pd.DataFrame, count: float) -> pd.Series:
    return pd.Series(count, index=in_need.index)


def bounds(severity: list[tuple[float, float]], units: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(severity, index=units, columns=["low", "high"])


def test_the_largest_sector_counts_and_never_the_sum() -> None:
    joint = joint_need(frame([[100, 60, 40], [10, 50, 0]]))
    assert joint["value"].tolist() == [100, 50]
    assert total_need(joint) == (150, 150)


@pytest.mark.fault(76)
def test_a_missing_sector_leaves_a_range_up_to_the_people() -> None:
    in_need = frame([[100, NAN, 40], [NAN, NAN, NAN], [80, NAN, 80]])
    joint = joint_need(in_need, pd.Series([120.0, 30.0, 80.0], in_need.index))
    assert joint[["low", "high"]].to_numpy().tolist() == [[100, 120], [0, 30], [80, 80]]
    assert joint["value"].isna().tolist() == [True, True, False]
    assert joint_need(in_need)["high"].tolist() == [math.inf] * 3


def test_jiaf_counts_units_of_severity_three_and_more() -> None:
    joint = joint_need(frame([[100], [50], [30]]))
    severity = bounds([(3, 3), (2, 2), (2, 4)], joint.index)
    methods = pd.DataFrame("observed", joint.index, ["shelter", "severity"])
    need = preliminary_need(joint, severity, methods)
    assert need[["low", "high"]].to_numpy().tolist() == [[100, 100], [0, 0], [0, 30]]
    assert counted_total(need, severity) == (100, 130)
    # a unit of severity 2 that the group gave a figure does not count either
    assert counted_total(joint, severity) == (100, 130)


def test_jiaf_refuses_figures_that_were_spread() -> None:
    joint = joint_need(frame([[100]]))
    methods = pd.DataFrame("modelled", joint.index, ["pin_shelter"])
    with pytest.raises(NeedsError, match="pin_shelter: spread or modelled figures cannot enter"):
        preliminary_need(joint, bounds([(3, 3)], joint.index), methods)


def test_impossible_counts_are_named() -> None:
    with pytest.raises(NeedsError, match="1 units have fewer than 0 people in need: 02"):
        joint_need(frame([[1], [-1]]))
    with pytest.raises(NeedsError, match="no sector enters"):
        joint_need(pd.DataFrame(index=["01"]))


@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_joint_need_is_between_the_largest_sector_and_the_sum(rows: list[list[float]]) -> None:
    in_need = frame(rows)
    value = joint_need(in_need)["value"]
    assert (value >= in_need.max(axis=1)).all()
    assert (value <= in_need.sum(axis=1)).all()
    total = total_need(joint_need(in_need))[0]
    assert in_need.sum().max() <= total <= in_need.sum().sum()


@given(
    st.lists(st.one_of(COUNTS, st.none()), min_size=3, max_size=3),
    st.integers(0, 2),
    COUNTS,
)
def test_blanking_a_sector_never_narrows_the_range(
    row: list[float | None], blanked: int, count: int
) -> None:
    in_need = frame([[NAN if cell is None else cell for cell in row]])
    scope = people(in_need, max(count, in_need.max(axis=1).fillna(0).iloc[0]))
    before = joint_need(in_need, scope).iloc[0]
    in_need.iloc[0, blanked] = NAN
    after = joint_need(in_need, scope).iloc[0]
    assert after["low"] <= before["low"]
    assert after["high"] >= before["high"]
