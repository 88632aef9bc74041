"""Severity of units, areas and sectors, by hand; then what must hold for any phases."""

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.catalogue import CATALOGUE
from layers.catalogue.sectors import R4V
from layers.errors import NeedsError, SourceDamagedError
from layers.indicators.severity import (
    PhaseLimits,
    area_phase,
    national_severity,
    overlap_severity,
    sector_severity,
)
from layers.terms import Direction
from layers.user_files import read_phase_limits

NAN = math.nan
ROOT = Path(__file__).resolve().parents[2]
LIMITS_FILE = ROOT / "data/needs/per/severity_thresholds.csv"
HEADER = "sector,layer,direction,phase_2,phase_3,phase_4,phase_5,source,note\n"


def overlap(*phases: float) -> tuple[float, float]:
    found = overlap_severity(pd.DataFrame([phases], ["01"], dtype=float)).loc["01"]
    assert math.isnan(found["value"]) == (found["low"] != found["high"])
    return found["low"], found["high"]


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ((5, 5, 4, 3, 3, 3, 3, 3), 3),
        ((5, 4, 4, 4, 1, 1, 1, 1), 4),
        ((5, 5, 4, 4, 1, 1, 1, 1), 5),
        ((2, 2, 2, 1, 1, 1, 1, 1), 1),
        ((2, 2, 2, 2, 1, 1, 1, 1), 2),
        ((5, 5, 5, 1, 1, 1, 1, 1), 1),
        ((5, 5, 5, 5, 5, 5, 5, 5), 5),
    ],
)
def test_the_overlap_rule_by_hand(phases: tuple[float, ...], expected: float) -> None:
    assert overlap(*phases) == (expected, expected)


def test_a_missing_sector_gives_both_bounds() -> None:
    assert overlap(3, 3, 3, NAN, 1, 1, 1, 1) == (1, 3)
    assert overlap(3, 3, 3, 3, NAN, 1, 1, 1) == (3, 3)
    assert overlap(5, 4, 4, NAN, 1, 1, 1, 1) == (1, 5)
    assert overlap(*[NAN] * 8) == (1, 5)


def test_a_phase_is_a_whole_number() -> None:
    with pytest.raises(NeedsError, match="1 units have a phase that is not 1, 2, 3, 4 or 5: 01"):
        overlap(3.5, 1)


def test_an_area_is_in_the_worst_phase_of_a_fifth_of_its_people() -> None:
    people = pd.DataFrame(
        [[50, 25, 15, 10, 0], [50, 31, 14, 4, 1], [0, 0, 0, 80, 20], [1, 0, 0, 0, NAN], [0] * 5],
        columns=[1, 2, 3, 4, 5],
    )
    phases = area_phase(people)
    assert phases.head(3).tolist() == [3, 2, 5]
    assert phases.tail(2).isna().all()
    assert area_phase(people, share=0.10).head(2).tolist() == [4, 3]


def test_a_value_on_a_limit_is_in_the_worse_phase() -> None:
    limits = PhaseLimits(sector="wash", layer="x", limits=(10, 25, 50, 75))
    values = pd.Series([0, 9.9, 10, 25, 74.9, 75, NAN])
    assert sector_severity(values, limits).head(6).tolist() == [1, 1, 2, 3, 4, 5]
    falling = PhaseLimits(
        sector="wash", layer="x", direction=Direction.LESS_IS_WORSE, limits=(80, 60, 40, 20)
    )
    values = pd.Series([81, 80, 41, 40, 20])
    assert sector_severity(values, falling).tolist() == [1, 2, 3, 4, 5]


def test_there_is_no_national_severity() -> None:
    with pytest.raises(NeedsError, match=r"no national value; show .* \(2: 1, 3: 2\)"):
        national_severity(pd.Series([3.0, 2.0, 3.0]))


PHASES = st.lists(st.one_of(st.integers(1, 5), st.just(NAN)), min_size=8, max_size=8)


@given(PHASES, st.integers(0, 7))
def test_blanking_a_sector_never_narrows_the_severity(phases: list[float], blanked: int) -> None:
    low, high = overlap(*phases)
    after = overlap(*[NAN if place == blanked else p for place, p in enumerate(phases)])
    assert after[0] <= low <= high <= after[1]


@given(st.lists(st.integers(1, 4), min_size=8, max_size=8), st.integers(0, 7))
def test_a_worse_sector_never_makes_a_unit_better(phases: list[int], place: int) -> None:
    worse = [phase + (at == place) for at, phase in enumerate(phases)]
    assert overlap(*worse)[0] >= overlap(*phases)[0]


def test_the_declared_limits_are_those_of_the_nine_sectors() -> None:
    limits = read_phase_limits(LIMITS_FILE, R4V, CATALOGUE)
    assert set(limits) == set(R4V.entering)
    assert limits["wash"].limits == (10, 25, 50, 75)
    assert limits["transport"].layer is None
    assert all("[D]" in item.source and item.note for item in limits.values())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("helth,no_insurance_pct,more_is_worse,1,2,3,4,yo,", "no sector 'helth': did you mean"),
        ("health,no_insurance_pct,more_is_worse,1,2,3,4,,", "health has no source; write who"),
        ("health,no_insuranc_pct,more_is_worse,1,2,3,4,yo,", "did you mean no_insurance_pct"),
        ("health,crowding_pct,more_is_worse,1,2,3,4,yo,", "is no deficit of health"),
        ("health,no_insurance_pct,worse,1,2,3,4,yo,", "direction 'worse' is unknown; write"),
        ("health,no_insurance_pct,more_is_worse,1,2,3,x,yo,", "are not four numbers; write each"),
        ("health,no_insurance_pct,more_is_worse,1,2,3,400,yo,", "a limit is outside 0 to 100"),
        ("health,no_insurance_pct,more_is_worse,1,3,2,4,yo,", "phases 2 to 5 do not rise"),
        ("health,no_insurance_pct,less_is_worse,1,2,3,4,yo,", "phases 2 to 5 do not fall"),
        ("health,,,1,2,3,4,yo,", "has limits and no layer; name the layer"),
    ],
)
def test_a_bad_row_is_named_with_its_remedy(tmp_path: Path, line: str, sentence: str) -> None:
    file = tmp_path / "limits.csv"
    file.write_text(f"{HEADER}{line}\n")
    with pytest.raises(SourceDamagedError, match=r"limits\.csv, row 2: ") as error:
        read_phase_limits(file, R4V, CATALOGUE)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_all_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "limits.csv"
    file.write_text(HEADER + "a,,,,,,,yo,\n" + "health,,,,,,,yo,\n" * 2)
    with pytest.raises(SourceDamagedError) as error:
        read_phase_limits(file, R4V, CATALOGUE)
    first, second = str(error.value).split("\n")
    assert "row 2: no sector 'a'" in first
    assert "row 4: sector health has a row above; keep one" in second
