"""The flags of people in need and of severity, one example per rule."""

import math
from typing import Any

import pandas as pd
import pytest

from layers.errors import NeedsError
from layers.indicators.need_flags import NeedFlag, NeedFlagLimits, flag_need
from layers.indicators.severity import overlap_severity
from layers.indicators.severity_flags import SeverityFlag, flag_severity

NAN = math.nan


def flags(*figures: float, **more: Any) -> dict[str, bool | None]:
    names = ["shelter", "health", "food", "education"][: len(figures)]
    found = flag_need(pd.DataFrame([figures], ["01"], names, dtype=float), **more)
    return {name: None if pd.isna(cell) else bool(cell) for name, cell in found.loc["01"].items()}


@pytest.mark.parametrize(
    ("figures", "flag", "expected"),
    [
        ((100, 90, 80, 0), NeedFlag.MISSING_SECTORS, False),
        ((100, 90, NAN, 0), NeedFlag.MISSING_SECTORS, True),
        ((130, 100, 99, 98), NeedFlag.FAR_ABOVE_SECOND, True),
        ((129, 100, 99, 98), NeedFlag.FAR_ABOVE_SECOND, False),
        # ranks of distinct values: the third of 150, 120, 120, 100 is 100
        ((150, 120, 120, 100), NeedFlag.FAR_ABOVE_THIRD, True),
        ((149, 120, 120, 100), NeedFlag.FAR_ABOVE_THIRD, False),
        # a tie for the highest switches both off
        ((150, 150, 50, 10), NeedFlag.FAR_ABOVE_SECOND, False),
        ((150, 150, 50, 10), NeedFlag.FAR_ABOVE_THIRD, False),
        # nothing to compare with
        ((150, 0, NAN, NAN), NeedFlag.FAR_ABOVE_SECOND, None),
        ((150, 120, 0, 0), NeedFlag.FAR_ABOVE_THIRD, None),
        ((10, 10, 10, 20), NeedFlag.SUB_POPULATION, True),
        ((30, 10, 10, 20), NeedFlag.SUB_POPULATION, False),
        ((30, 10, 10, 20), NeedFlag.NEAR_POPULATION, None),
        ((30, 10, 10, 20), NeedFlag.CHANGED_HIGHEST, None),
        ((30, 10, 10, 20), NeedFlag.MANUAL, False),
    ],
)
def test_flags_by_hand(figures: tuple[float, ...], flag: NeedFlag, expected: bool | None) -> None:
    assert flags(*figures)[flag] is expected


@pytest.mark.parametrize(("people", "expected"), [(100, True), (101, False), (90, True)])
def test_need_near_the_population(people: float, expected: bool) -> None:
    found = flags(90, 80, 70, people=pd.Series([people], ["01"]))
    assert found[NeedFlag.NEAR_POPULATION] is expected


def test_more_people_in_need_than_people_is_an_error() -> None:
    with pytest.raises(NeedsError, match=r"1 units have more people in need than people: 01; corr"):
        flags(91, people=pd.Series([90], ["01"]))


def test_the_change_of_the_highest_and_of_the_second_are_told_apart() -> None:
    then = pd.DataFrame({"shelter": [50.0], "health": [45.0], "food": [NAN]}, index=["01"])
    found = flags(100, 80, 70, last_year=then)
    assert (found[NeedFlag.CHANGED_HIGHEST], found[NeedFlag.CHANGED_SECOND]) == (True, False)
    found = flags(99, 90, 70, last_year=then)
    assert (found[NeedFlag.CHANGED_HIGHEST], found[NeedFlag.CHANGED_SECOND]) == (False, True)
    found = flags(80, 90, 100, last_year=then)
    assert (found[NeedFlag.CHANGED_HIGHEST], found[NeedFlag.CHANGED_SECOND]) == (None, True)
    zero = pd.DataFrame({"shelter": [0.0]}, index=["01"])
    assert flags(1, last_year=zero)[NeedFlag.CHANGED_HIGHEST] is True


def test_manual_flags_need_a_unit_and_a_reason() -> None:
    assert flags(1, manual={"01": "returns after the floods"})[NeedFlag.MANUAL] is True
    with pytest.raises(NeedsError, match="flagged by hand, but no unit: 99"):
        flags(1, manual={"99": "x"})
    with pytest.raises(NeedsError, match="flagged by hand without a reason: 01; write it"):
        flags(1, manual={"01": " "})


def test_thresholds_are_parameters() -> None:
    loose = NeedFlagLimits(above_second=0.5)
    assert flags(140, 100, limits=loose)[NeedFlag.FAR_ABOVE_SECOND] is False


def severity_flags(
    phases: tuple[float, ...], outcomes: tuple[float, ...] = ()
) -> dict[str, bool | None]:
    given = pd.DataFrame([phases], ["01"], dtype=float)
    seen = pd.DataFrame([outcomes], ["01"], dtype=float) if outcomes else None
    found = flag_severity(given, overlap_severity(given), seen)
    return {name: None if pd.isna(cell) else bool(cell) for name, cell in found.loc["01"].items()}


@pytest.mark.parametrize(
    ("phases", "outcomes", "flag", "expected"),
    [
        ((5, 3, 3, 3, 3, 1, 1, 1), (), SeverityFlag.SECTOR_IN_FIVE, True),
        ((4, 3, 3, 3, 3, 1, 1, 1), (), SeverityFlag.SECTOR_IN_FIVE, False),
        ((NAN, 3, 3, 3, 3, 1, 1, 1), (), SeverityFlag.SECTOR_IN_FIVE, None),
        ((3,) * 8, (5,), SeverityFlag.OUTCOME_FAR, True),
        ((3,) * 8, (1, 3), SeverityFlag.OUTCOME_FAR, True),
        ((3,) * 8, (4, 2), SeverityFlag.OUTCOME_FAR, False),
        ((3,) * 8, (), SeverityFlag.OUTCOME_FAR, None),
        ((3,) * 8, (4, 4), SeverityFlag.OUTCOMES_AGREE, True),
        ((3,) * 8, (4, 2), SeverityFlag.OUTCOMES_AGREE, False),
        ((4, 4, 4, 4, 4, 1, 1, 1), (), SeverityFlag.MANY_IN_FOUR, True),
        ((4, 4, 4, 4, 1, 1, 1, 1), (), SeverityFlag.MANY_IN_FOUR, False),
        # severity between 1 and 5: two phases away at both ends, none in the middle
        ((NAN,) * 8, (3,), SeverityFlag.OUTCOME_FAR, None),
    ],
)
def test_severity_flags_by_hand(
    phases: tuple[float, ...],
    outcomes: tuple[float, ...],
    flag: SeverityFlag,
    expected: bool | None,
) -> None:
    assert severity_flags(phases, outcomes)[flag] is expected
