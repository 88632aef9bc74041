"""Small counts: what is published of them, and what an attacker with all of it finds out."""

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from layers.errors import LayersError
from layers.spec import DisclosureRules
from layers.table.disclosure import MaskedCounts, mask_counts


def _whole(leaves: dict[str, float]) -> pd.Series:
    """Districts, and the sums of their provinces, regions and country."""
    found = pd.Series(leaves, dtype=float)
    levels = [found.groupby(found.index.str[:digits]).sum() for digits in (4, 2, 0)]
    return pd.concat([found, *levels])


def _mask(leaves: dict[str, float], **how: object) -> MaskedCounts:
    return mask_counts(_whole(leaves), least=5, rounding=5, **how)  # type: ignore[arg-type]


def _attack(dates: list[tuple[pd.Series, MaskedCounts]], code: str) -> tuple[float, float]:
    """Return the range to which all publications, taken together, narrow one hidden count.

    The attacker knows which hidden counts did not change between the dates.
    """
    names: dict[tuple[object, str], int] = {}
    ends: list[tuple[float, float]] = []

    def variable(date: int, at: str) -> int:
        masked = dates[date][1]
        is_shared = bool(masked.is_hidden[at]) and len(at) == 6
        key = ("both" if is_shared else date, at)
        if key not in names:
            names[key] = len(ends)
            ends.append((masked.low[at], masked.high[at]))
        return names[key]

    rows: list[dict[int, float]] = []
    for date, (counts, _) in enumerate(dates):
        for parent in counts.index[counts.index.str.len() < 6]:
            children = [
                c for c in counts.index if len(c) == len(parent) + 2 and c.startswith(parent)
            ]
            row = {variable(date, parent): -1.0}
            for child in children:
                row[variable(date, child)] = 1.0
            rows.append(row)
    equal = np.zeros((len(rows), len(ends)))
    for line, row in enumerate(rows):
        for place, factor in row.items():
            equal[line, place] = factor
    found = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(ends))
        cost[variable(0, code)] = sign
        solved = linprog(cost, A_eq=equal, b_eq=np.zeros(len(rows)), bounds=ends)
        assert solved.status == 0, solved.message
        found.append(sign * solved.fun)
    return found[0], found[1]


def _assert_nothing_found(dates: list[tuple[pd.Series, MaskedCounts]]) -> None:
    masked = dates[0][1]
    for code in masked.is_hidden.index[masked.is_hidden]:
        low, high = _attack(dates, code)
        assert (low, high) == pytest.approx((masked.low[code], masked.high[code])), code


def test_a_small_count_is_a_range_and_a_larger_one_is_rounded() -> None:
    masked = _mask({"010101": 3.0, "010102": 0.0, "010103": 5.0, "010104": 123.0, "010201": 8.0})
    assert masked.is_range[["010101", "010102", "010103", "010104"]].tolist() == [
        True,
        False,
        False,
        False,
    ]
    assert (masked.low["010101"], masked.high["010101"]) == (1.0, 4.0)
    assert masked.shown[["010102", "010103", "010104", "010201"]].tolist() == [
        0.0,
        5.0,
        125.0,
        10.0,
    ]
    assert (masked.low["010104"], masked.high["010104"]) == (123.0, 127.0)


def test_a_total_of_two_fours_is_widened() -> None:
    # Rounded to 10 it would lie from 8 to 12, and only 4 and 4 make 8: a second step is needed.
    masked = _mask({"010101": 4.0, "010102": 4.0})
    assert (masked.low["0101"], masked.high["0101"]) == (2.0, 8.0)
    assert masked.is_range["0101"]


def test_the_only_unit_of_a_province_hides_its_province() -> None:
    masked = _mask({"010101": 2.0, "010201": 400.0})
    assert (masked.low["0101"], masked.high["0101"]) == (1.0, 4.0)
    assert masked.shown["01"] == 400.0


def test_a_missing_count_stays_missing_and_guards_its_siblings() -> None:
    counts = _whole({"010101": 2.0, "010102": np.nan, "010103": 50.0})
    masked = mask_counts(counts, least=5, rounding=5)
    assert masked.shown.isna()["010102"]
    assert (masked.low["010101"], masked.high["010101"]) == (1.0, 4.0)


def test_the_parts_of_a_count_do_not_give_one_another_away() -> None:
    venezuela = _mask({"010101": 1.0})
    argentina = _mask({"010101": 2.0})
    abroad = _mask({"010101": 3.0}, parts=(venezuela, argentina))
    # 1 to 4 of each: up to 8 must stay possible, and fewer than 2 are not.
    assert abroad.low["010101"] == 2.0
    assert abroad.high["010101"] >= 8.0


def test_parts_that_add_up_hold_their_total_from_below_too() -> None:
    women, men = _mask({"010101": 4.0}), _mask({"010101": 96.0})
    both = _mask({"010101": 100.0}, parts=(women, men), is_all_parts=True)
    # One woman and at most 97 men make 98: the total may not say 99 or more.
    assert both.low["010101"] <= 98.0
    assert both.high["010101"] >= 4.0 + 94.0


@pytest.mark.fault(78)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [f"01{p:02d}{d:02d}" for p in (1, 2, 3) for d in (1, 2, 3)] + ["020101", "020102"]
            ),
            st.integers(0, 12) | st.integers(0, 400),
        ),
        min_size=1,
        max_size=9,
        unique_by=lambda pair: pair[0],
    )
)
def test_an_attacker_narrows_no_hidden_count(leaves: list[tuple[str, int]]) -> None:
    counts = _whole({code: float(people) for code, people in leaves})
    masked = mask_counts(counts, least=5, rounding=5)
    assert (masked.low <= counts).all()
    assert (counts <= masked.high).all()
    _assert_nothing_found([(counts, masked)])


@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=3),
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
)
def test_two_dates_narrow_no_count_that_stayed(small: list[int], other: list[int]) -> None:
    codes = ["010101", "010102", "010201"]
    before = {code: float(people) for code, people in zip(codes, small, strict=True)}
    before["010103"], before["010202"] = 40.0, 7.0
    # What is hidden stays; everything else moves.
    after = {
        code: people if 0 < people < 5 else float(new)
        for (code, people), new in zip(before.items(), [*other, 11.0, 300.0], strict=True)
    }
    hidden_then = {code for code, people in before.items() if 0 < people < 5}
    after = {code: v if code in hidden_then or not 0 < v < 5 else 5.0 for code, v in after.items()}
    dates = [_whole(before), _whole(after)]
    _assert_nothing_found([(counts, mask_counts(counts, least=5, rounding=5)) for counts in dates])


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4))
def test_each_hidden_count_may_be_anything_in_its_range(people: list[int]) -> None:
    # Over whole numbers, by trying them all: the solver of the attacker knows fractions only.
    codes = [f"0101{place:02d}" for place in range(1, len(people) + 1)]
    counts = _whole({code: float(count) for code, count in zip(codes, people, strict=True)})
    masked = mask_counts(counts, least=5, rounding=5)
    possible = [range(int(masked.low[code]), int(masked.high[code]) + 1) for code in codes]
    total = range(int(masked.low["0101"]), int(masked.high["0101"]) + 1)
    left = [guess for guess in itertools.product(*possible) if sum(guess) in total]
    for place, code in enumerate(codes):
        if masked.is_hidden[code]:
            assert {guess[place] for guess in left} == set(possible[place])


def test_counts_of_a_model_are_hidden_by_their_real_ends() -> None:
    masked = _mask({"010101": 0.3, "010102": 7.4})
    assert (masked.low["010101"], masked.high["010101"]) == (0.0, 5.0)
    assert (masked.low["010102"], masked.high["010102"]) == (5.0, 7.5)


def _divided(people: float, shares: dict[str, float], rest: float) -> tuple[pd.Series, Any]:
    """Return a count that was divided between districts, beside one that was not, and its mask."""
    leaves = {code: people * share for code, share in shares.items()}
    counts = _whole({**leaves, "019901": rest})
    links = pd.DataFrame(
        [(code, "010101", share) for code, share in shares.items()],
        columns=["ubigeo", "parent", "share"],
    )
    return counts, mask_counts(counts, least=5, rounding=5, links=links)


def test_a_small_share_of_a_told_count_is_no_wider_than_the_large_share_leaves_it() -> None:
    # 30 people, nine tenths here: 27 is told as 25 (23 to 27), so the tenth is 2.6 to 3.
    _, masked = _divided(30.0, {"010101": 0.9, "010102": 0.1}, 400.0)
    assert masked.shown["010101"] == 25.0
    assert masked.is_range["010102"]
    assert masked.low["010102"] == pytest.approx(23 / 9)
    assert masked.high["010102"] == pytest.approx(3.0)


@settings(max_examples=25)
@given(st.integers(1, 60), st.floats(0.05, 0.95), st.integers(0, 60))
def test_siblings_of_one_parent_do_not_narrow_one_another(
    people: int, share: float, rest: int
) -> None:
    shares = {"010101": 1.0 - share, "010102": share}
    counts, masked = _divided(float(people), shares, float(rest))
    assert (masked.low <= counts + 1e-9).all()
    assert (counts <= masked.high + 1e-9).all()
    # The one unknown is the parent: what all districts and totals leave of it.
    low, high = 1.0, np.inf
    for code, part in shares.items():
        low = max(low, masked.low[code] / part)
        high = min(high, masked.high[code] / part)
    for code in ("0101", "01", ""):
        beside = (0.0, 0.0)
        if code != "0101":
            beside = (float(masked.low["019901"]), float(masked.high["019901"]))
        low = max(low, masked.low[code] - beside[1])
        high = min(high, masked.high[code] - beside[0])
    for code, part in shares.items():
        if masked.is_range[code]:
            # That there is at least one is what a range says: a parent has no half person.
            told = (max(masked.low[code], part), masked.high[code])
            assert (low * part, high * part) == pytest.approx(told, abs=1e-6), code


def test_impossible_rules_and_counts_are_refused() -> None:
    with pytest.raises(LayersError, match="whole numbers of people from 1 up"):
        DisclosureRules(rounding=0)
    with pytest.raises(LayersError, match="the count of 010101 is negative"):
        _mask({"010101": -1.0})
