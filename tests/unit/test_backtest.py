"""Placing people by hand in two regions, then properties."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.decide.backtest import (
    backtest,
    best_share,
    blend_curve,
    misplaced_share,
    place,
    score_placement,
    thinned_curve,
)
from layers.decide.backtest_2017 import _candidates
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel

OBSERVED = pd.Series({"a": 8.0, "b": 2.0, "c": 5.0, "d": 0.0})
GROUPS = pd.Series({"a": "1", "b": "1", "c": "2", "d": "2"})


def test_totals_of_groups_are_kept_and_shares_follow_the_weight() -> None:
    placed = place(OBSERVED, pd.Series({"a": 1.0, "b": 1.0, "c": 3.0, "d": 1.0}), GROUPS)
    assert placed.to_dict() == {"a": 5, "b": 5, "c": 3.75, "d": 1.25}
    nobody = place(OBSERVED, pd.Series({"a": 0.0, "b": 0.0, "c": 1.0}), GROUPS)
    assert nobody.to_dict() == {"a": 5, "b": 5, "c": 5, "d": 0}


def test_scores_by_hand() -> None:
    placed = pd.Series({"a": 5.0, "b": 5.0, "c": 3.75, "d": 1.25})
    scores = score_placement(placed, OBSERVED, top=1)
    # errors 3, 3, 1.25, 1.25 over 15 people
    assert scores["misplaced_share"] == pytest.approx(8.5 / 2 / 15)
    assert scores["median_absolute_error"] == pytest.approx((1.25 + 3) / 2)
    assert scores["top_hits"] == 1
    assert score_placement(OBSERVED, OBSERVED)["rank_correlation"] == pytest.approx(1)


def test_the_best_candidate_stands_first() -> None:
    candidates = pd.DataFrame({"flat": 1.0, "true": OBSERVED})
    scores = backtest(OBSERVED, candidates, GROUPS)
    assert list(scores.index) == ["true", "flat"]
    assert scores.loc["true", "misplaced_share"] == 0


def test_a_true_key_needs_no_population_and_a_useless_one_needs_nothing_else() -> None:
    flat = pd.Series(1.0, index=OBSERVED.index)
    assert best_share(blend_curve(OBSERVED, OBSERVED, flat, GROUPS)) == 0
    assert best_share(blend_curve(OBSERVED, flat, OBSERVED, GROUPS)) == 1


def test_halves_of_large_counts_place_each_other() -> None:
    flat = pd.Series(1.0, index=OBSERVED.index)
    curve = thinned_curve(OBSERVED * 10_000, flat, GROUPS, draws=3)
    assert best_share(curve) == 0
    assert curve[0.0] < 0.02
    assert curve.equals(thinned_curve(OBSERVED * 10_000, flat, GROUPS, draws=3))


def test_no_candidate_contains_the_withheld_column() -> None:
    frame = pd.DataFrame(
        {
            "venezuela_5y_people": OBSERVED,
            "abroad_5y_people": OBSERVED + 1,
            "population_2017_people": 10.0,
            "population_people": 11.0,
            "population_density_per_km2": 4.0,
            "dwellings_2017_count": 3.0,
            "no_public_water_pct": 20.0,
            "no_insurance_pct": 30.0,
        }
    )
    more = frame.assign(venezuela_5y_people=OBSERVED * 7, abroad_5y_people=OBSERVED * 7 + 1)
    pd.testing.assert_frame_equal(_candidates(frame, GROUPS), _candidates(more, GROUPS))


def test_divided_counts_are_whole_again_as_published(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    people = table.as_published(toy[0].layer("toy_people"))
    assert people.to_dict() == pytest.approx(
        {"010101": 0, "010102": 9, "010201": 99, "010202": 4, "020101": 9}
    )
    assert "020102" not in table.as_published(toy[0].layer("toy_uninsured"))
    assert CATALOGUE.layer("venezuela_5y_people").unit.is_extensive


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1e5), st.floats(0, 1e5)), min_size=2, max_size=8),
)
def test_placing_keeps_totals_and_shares_stay_between_0_and_1(
    pairs: list[tuple[float, float]],
) -> None:
    observed = pd.Series([first for first, _ in pairs]) + 1.0
    weights = pd.Series([second for _, second in pairs])
    groups = pd.Series(["12"[n % 2] for n in range(len(pairs))])
    placed = place(observed, weights, groups)
    assert placed.groupby(groups).sum().tolist() == pytest.approx(
        observed.groupby(groups).sum().tolist()
    )
    assert -1e-12 <= misplaced_share(placed, observed) <= 1 + 1e-12
