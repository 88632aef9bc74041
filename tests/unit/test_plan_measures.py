"""What is told of plans, against sums by hand."""

import numpy as np
import pandas as pd
import pytest

from layers.decide.focus import Plan, Question, solve_focus
from layers.decide.ground import Ground
from layers.decide.plan_measures import people_km, people_moved, people_served, top_share
from layers.terms import AdminLevel

UNITS = ["0101", "0102", "0201"]


def ground() -> Ground:
    index = pd.Index(UNITS)
    distances = np.array([[0.0, 10.0, 40.0], [10.0, 0.0, 30.0], [40.0, 30.0, 0.0]])
    return Ground(
        level=AdminLevel.PROVINCE,
        demand=pd.Series([100.0, 20.0, 5.0], index=index),
        people=pd.Series([100.0, 20.0, np.nan], index=index),
        candidates=tuple(UNITS),
        points=pd.DataFrame({"lon": 0.0, "lat": 0.0}, index=index),
        today={"a": "0101"},
        distances=distances,
        is_known=np.ones((3, 3), dtype=bool),
        measure="km",
        is_estimate=True,
    )


def plan(*sites: str) -> Plan:
    return solve_focus(ground(), Question(sites=len(sites), keeps_today=False, required=sites))


def test_ways_and_loads_by_hand() -> None:
    one = plan("0101")
    assert people_km(one) == pytest.approx(20 * 10)
    assert people_served(one).to_dict() == {"0101": 120.0}


def test_who_has_another_office_has_moved() -> None:
    assert people_moved(plan("0101"), plan("0101")) == 0
    assert people_moved(plan("0101", "0102"), plan("0101")) == pytest.approx(20)
    assert people_moved(plan("0102"), plan("0101")) == pytest.approx(120)


def test_an_even_demand_has_its_share_in_the_first_tenth() -> None:
    assert top_share(pd.Series([1.0] * 25)) == pytest.approx(0.1)
    assert top_share(pd.Series([9.0, 1.0, np.nan, *[0.0] * 7])) == pytest.approx(0.9)


def test_a_question_is_searched_once_whatever_its_reach() -> None:
    solved: dict[Question, np.ndarray] = {}
    first = solve_focus(ground(), Question(sites=1), solved=solved)
    # Today's, and the price of today: the free choice.
    assert len(solved) == 2
    free = Question(sites=1, keeps_today=False, within=1.0)
    best = solve_focus(ground(), free, solved=solved)
    assert len(solved) == 2
    assert best.objective == pytest.approx(first.prices[0].without)
