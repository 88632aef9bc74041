"""Sites are proven best: known answers, every choice counted, and what must not matter."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.focus import solve_plainly
from layers.decide.capacity import share_out, solve_capacity
from layers.decide.cover import solve_cover
from layers.decide.distances import (
    DETOUR,
    estimate_km,
    great_circle_km,
    matrix_of,
    tobler_factor,
)
from layers.decide.focus import Problem, Question, add_one_office, solve_focus
from layers.decide.ground import Ground
from layers.decide.median_programme import solve_by_radius
from layers.decide.milp import Progress
from layers.decide.p_median import solve_p_median
from layers.decide.site_choice import Choice, share_of
from layers.errors import FocusError
from layers.sources.road_times import read_road_times
from layers.terms import AdminLevel

SF = Path(__file__).resolve().parents[3] / "shared" / "known" / "sf"
REACH = 12.0


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Some units on a line and beside it, each a possible site, three offices at most today."""
    count = draw(st.integers(4, 9))
    whole = st.integers(0, 40)
    east, north, people = (
        np.array(draw(st.lists(whole, min_size=count, max_size=count)), float) for _ in range(3)
    )
    people[0] += 1
    today = draw(st.lists(st.integers(0, count - 1), max_size=2, unique=True))
    codes = [f"01{number:02d}01" for number in range(count)]
    return ground_of(codes, np.c_[east, north], people, [codes[place] for place in today])


def ground_of(codes: list[str], points: np.ndarray, people: np.ndarray, today: list[str]) -> Ground:
    distances = np.abs(points[:, None] - points[None]).sum(axis=2)
    return Ground(
        level=AdminLevel.DISTRICT,
        demand=pd.Series(people, codes),
        people=pd.Series(people, codes),
        candidates=tuple(codes),
        points=pd.DataFrame(points, codes, ["lon", "lat"]),
        today={f"office {code}": code for code in today},
        distances=distances,
        is_known=np.ones(distances.shape, dtype=bool),
        measure="km",
        is_estimate=True,
    )


def ask(problem: Problem, **more: object) -> Question:
    fields: dict[str, object] = {"sites": 3, "within": REACH, "capacity": 1e6, **more}
    return Question(problem=problem, **fields)  # type: ignore[arg-type]


def better(problem: Problem, one: float, other: float) -> bool:
    """Whether an objective is as good as another one or better."""
    slack = 1e-9 * max(1.0, abs(other))
    return one >= other - slack if problem is Problem.COVER else one <= other + slack


def mean_distance(choice: Choice, opened: np.ndarray) -> float:
    """Mean distance of the demand to its nearest opened site."""
    return float(choice.demand @ choice.distances[:, opened].min(axis=1))


def test_san_francisco_as_published() -> None:
    if not SF.is_dir():
        pytest.skip("the San Francisco benchmark is not beside the checkout")
    (path,) = SF.glob("SF_network_distance_*.csv")
    rows = pd.read_csv(path)
    rows["store"] = rows["name"].str.removeprefix("Store_").astype(int)
    wide = rows.pivot(index="DestinationName", columns="store", values="distance")
    people = rows.groupby("DestinationName")["demand"].first()[wide.index].to_numpy(float)
    choice = Choice(demand=share_of(people), distances=wide.to_numpy(), sites=4)
    median = solve_p_median(choice)
    assert wide.columns[median].tolist() == [2, 11, 12, 15]
    assert mean_distance(choice, median) == pytest.approx(2982.1269, abs=5e-5)
    reached = (wide.to_numpy()[:, solve_cover(choice, 5000.0)] <= 5000.0).any(axis=1)
    assert people[reached].sum() == 875_247
    assert (~reached).sum() == 21


@settings(max_examples=60)
@given(grounds(), st.integers(1, 4))
def test_no_choice_is_better_than_the_answer(ground: Ground, sites: int) -> None:
    demand = share_of(ground.demand.to_numpy())
    choice = Choice(demand=demand, distances=ground.distances, sites=sites)
    every = [np.array(c) for c in combinations(range(len(demand)), sites)]
    assert mean_distance(choice, solve_p_median(choice)) == pytest.approx(
        min(mean_distance(choice, c) for c in every), abs=1e-9
    )
    by_radius = solve_by_radius(
        demand, ground.distances, sites, np.array([], dtype=int), lambda progress: None
    )
    assert mean_distance(choice, by_radius) == pytest.approx(
        min(mean_distance(choice, c) for c in every), abs=1e-9
    )
    assert mean_distance(choice, solve_plainly(choice)) == pytest.approx(
        min(mean_distance(choice, c) for c in every), abs=1e-6
    )

    def covered(opened: np.ndarray) -> float:
        return float(demand[(ground.distances[:, opened] <= REACH).any(axis=1)].sum())

    assert covered(solve_cover(choice, REACH)) == pytest.approx(max(map(covered, every)))


@settings(max_examples=25)
@given(grounds(), st.sampled_from([0.5, 0.6, 0.9]))
def test_no_choice_of_full_offices_is_better(ground: Ground, capacity: float) -> None:
    demand = share_of(ground.demand.to_numpy())
    served = demand > 0

    def cost(opened: np.ndarray) -> float:
        near = ground.distances[np.ix_(served, opened)]
        parts = share_out(demand[served], near, capacity)
        assert (demand[served] @ parts <= capacity + 1e-6).all()
        return float((parts * near * demand[served, None]).sum())

    choice = Choice(demand=demand, distances=ground.distances, sites=2)
    found = cost(solve_capacity(choice, capacity))
    every = combinations(range(len(demand)), 2)
    assert found == pytest.approx(min(cost(np.array(c)) for c in every), abs=1e-6)


@settings(max_examples=40)
@given(grounds(), st.sampled_from([Problem.P_MEDIAN, Problem.COVER]), st.data())
def test_a_condition_never_betters_the_objective(
    ground: Ground, problem: Problem, data: st.DataObject
) -> None:
    free = solve_focus(ground, ask(problem, keeps_today=False))
    assert better(problem, free.objective, solve_focus(ground, ask(problem)).objective)
    shut = data.draw(st.sampled_from(ground.units))
    closed = ask(problem, keeps_today=False, forbidden=(shut,))
    plan = solve_focus(ground, closed)
    assert better(problem, free.objective, plan.objective)
    assert shut not in plan.sites
    (price,) = plan.prices
    assert price.without == pytest.approx(free.objective)


@settings(max_examples=40)
@given(grounds(), st.sampled_from(list(Problem)), st.integers(2, 1000))
def test_the_scale_of_demand_moves_no_site(ground: Ground, problem: Problem, factor: int) -> None:
    question = ask(problem, capacity=0.8 * ground.demand.sum())
    many = replace(ground, demand=ground.demand * factor)
    more = replace(question, capacity=0.8 * many.demand.sum())
    assert solve_focus(many, more).sites == solve_focus(ground, question).sites


@settings(max_examples=40)
@given(grounds(), st.sampled_from(list(Problem)))
def test_loads_sum_to_the_total_and_today_stays(ground: Ground, problem: Problem) -> None:
    plan = solve_focus(ground, ask(problem, capacity=0.6 * ground.demand.sum()))
    loads = plan.parts_of(ground.people).groupby(plan.assignment["office"]).sum()
    assert loads.sum() == pytest.approx(ground.people.sum())
    assert set(ground.today.values()) <= set(plan.sites)
    assert set(plan.assignment["office"]) <= set(plan.sites)
    if problem is Problem.CAPACITY:
        assert (loads <= 0.6 * ground.demand.sum() * (1 + 1e-6)).all()


@given(grounds())
def test_one_office_more_is_the_best_of_all(ground: Ground) -> None:
    plan = solve_focus(ground, ask(Problem.P_MEDIAN))
    best = add_one_office(plan)[0]
    kept = ask(Problem.P_MEDIAN, sites=4, keeps_today=False, required=plan.sites)
    assert best.objective == pytest.approx(solve_focus(ground, kept).objective, abs=1e-9)
    assert best.gain == pytest.approx(plan.objective - best.objective)


def test_a_line_that_can_be_checked_by_hand() -> None:
    # People at 0, 1 and 10: two sites leave the unit at 1 one kilometre from the one at 0.
    codes = ["010101", "010201", "010301"]
    points = np.array([[0.0, 0], [1, 0], [10, 0]])
    ground = ground_of(codes, points, np.array([3.0, 1, 1]), ["010201"])
    plan = solve_focus(ground, ask(Problem.P_MEDIAN, sites=2, within=2.0))
    assert plan.sites == ("010201", "010301")
    assert plan.objective == pytest.approx(3 / 5)
    assert plan.prices[0].without == pytest.approx(1 / 5)
    one = solve_focus(ground, ask(Problem.P_MEDIAN, sites=1, within=2.0))
    assert one.uncovered_people == 1


def test_what_cannot_be_asked_is_told() -> None:
    codes = ["010101", "010201"]
    ground = ground_of(codes, np.array([[0.0, 0], [1, 0]]), np.array([1.0, 1]), codes)
    with pytest.raises(FocusError, match="1 offices cannot be placed: 2 sites are fixed"):
        solve_focus(ground, ask(Problem.P_MEDIAN, sites=1))
    with pytest.raises(FocusError, match="010101 holds an office of today and is forbidden"):
        solve_focus(ground, ask(Problem.P_MEDIAN, sites=2, forbidden=("010101",)))
    with pytest.raises(FocusError, match="cannot serve all of it; raise --capacity"):
        solve_focus(ground, ask(Problem.CAPACITY, sites=2, capacity=0.5))
    with pytest.raises(FocusError, match="demand is 0 everywhere"):
        solve_focus(replace(ground, demand=ground.demand * 0), ask(Problem.COVER, sites=2))


def test_a_watcher_stops_the_search() -> None:
    codes = [f"01{number:02d}01" for number in range(9)]
    points = np.random.default_rng(1).uniform(0, 50, (9, 2))

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve_focus(ground_of(codes, points, np.ones(9), []), ask(Problem.P_MEDIAN), stop)


def test_flat_ground_is_great_circle_times_detour() -> None:
    places = np.array([[-77.0, -12.0], [-77.0, -11.0]])
    flat = estimate_km(places, places, places, np.zeros(2))
    assert great_circle_km(places, places)[0, 1] == pytest.approx(111.195, abs=0.001)
    assert flat[0, 1] == pytest.approx(111.195 * DETOUR, abs=0.01)
    steep = estimate_km(places, places, places, np.array([6.0, 6.0]))
    assert steep[0, 1] == pytest.approx(flat[0, 1] * tobler_factor(np.array(6.0)))
    # tan 6° = 0.1051: (exp(3.5·0.1551) + exp(3.5·0.0551)) / 2 / exp(0.175)
    assert tobler_factor(np.array(6.0)) == pytest.approx(1.2312, abs=5e-4)


def test_roads_hold_both_ways_and_a_lacking_pair_is_out_of_reach(tmp_path: Path) -> None:
    path = tmp_path / "times.csv"
    path.write_text("origin,destination,hours\n010101,010201,2\n010301,010201,5\n", "utf-8")
    rows, measure = read_road_times(path)
    codes = ["010101", "010201", "010301"]
    matrix, known = matrix_of(rows, codes, codes)
    assert measure == "hours"
    assert matrix.tolist() == [[0, 2, 10], [2, 0, 5], [10, 5, 0]]
    assert not known[0, 2]
    ground = ground_of(codes, np.zeros((3, 2)), np.array([1.0, 0, 4]), []).with_roads(rows, measure)
    plan = solve_focus(ground, ask(Problem.P_MEDIAN, sites=1, within=100.0))
    assert plan.sites == ("010301",)
    assert plan.uncovered_people == 1


def test_a_wrong_file_of_roads_says_where(tmp_path: Path) -> None:
    path = tmp_path / "times.csv"
    path.write_text("origin,destination,hours\n010101,010201,dos\n", "utf-8")
    with pytest.raises(FocusError, match=r"times\.csv, row 2: 'dos' is no number"):
        read_road_times(path)
    path.write_text("from,to,hours\n1,2,3\n", "utf-8")
    with pytest.raises(FocusError, match="it needs origin, destination and either hours or km"):
        read_road_times(path)
