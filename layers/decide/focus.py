"""Where the offices focus: sites, who goes where, what a rule costs, and one office more."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from layers.decide.capacity import share_out, solve_capacity
from layers.decide.cover import solve_cover
from layers.decide.ground import Ground
from layers.decide.milp import Watch, watch_nothing
from layers.decide.p_median import solve_p_median
from layers.decide.site_choice import Choice, share_of
from layers.errors import FocusError

WITHIN_KM = 200.0
"""Reach of an office, in kilometres of the estimate; our choice, about a day out and back."""
WITHIN_HOURS = 4.0
"""Reach of an office where times are given; our choice."""
ALTERNATIVES = 5
"""How many places for one more office are listed."""


class Problem(StrEnum):
    """What the sites are chosen for."""

    P_MEDIAN = "p-median"
    """The least mean distance."""
    COVER = "cover"
    """Most demand within reach."""
    CAPACITY = "capacity"
    """The least mean distance with no office above what it can serve."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of a ground."""

    problem: Problem = Problem.P_MEDIAN
    sites: int
    keeps_today: bool = True
    within: float = WITHIN_KM
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    capacity: float | None = None
    """Demand that an office can serve."""

    def __post_init__(self) -> None:
        if self.problem is Problem.CAPACITY and not (self.capacity or 0) > 0:
            raise FocusError("capacity needs what an office can serve; give --capacity above 0")


@dataclass(frozen=True)
class Price:
    """What a condition costs: the objective with it and without it."""

    condition: str
    """today, require, forbid or capacity."""
    objective: float
    without: float
    sites: tuple[str, ...]
    """The choice without it."""


@dataclass(frozen=True)
class Extra:
    """One office more."""

    ubigeo: str
    objective: float
    gain: float
    """From 0 up: how much better the objective is."""
    people_nearer: float
    """People whose way becomes shorter."""


@dataclass(frozen=True)
class Plan:
    """The answer: proven sites with their loads."""

    question: Question
    ground: Ground
    sites: tuple[str, ...]
    objective: float
    """Mean distance of the demand, or the share of it within reach."""
    mean: float
    """Mean distance of the demand, whatever was asked."""
    assignment: pd.DataFrame
    """ubigeo, office, distance, share (of the unit, 1 where it has one office), is_reached."""
    prices: tuple[Price, ...]

    def parts_of(self, column: pd.Series) -> pd.Series:
        """Return a figure of the units in parts, one a row of the assignment."""
        rows = self.assignment
        return column.reindex(rows["ubigeo"]).fillna(0.0).to_numpy() * rows["share"]

    @property
    def uncovered_people(self) -> float:
        """People whose responsible office is out of reach."""
        people = self.parts_of(self.ground.people)
        return float(people[~self.assignment["is_reached"]].sum())


Solved = dict[Question, np.ndarray]
"""Sites by question of one ground, so that none is searched twice."""


def solve_focus(
    ground: Ground,
    question: Question,
    watch: Watch = watch_nothing,
    solved: Solved | None = None,
) -> Plan:
    """Choose sites, assign every unit to one, and price each condition.

    Parameters
    ----------
    ground : Ground
        Units, possible sites and distances.
    question : Question
        What is asked.
    watch : callable
        Told how far the search is; what it raises stops it.
    solved : dict, optional
        What was searched on this ground before; what is searched now is added.

    Returns
    -------
    Plan
        Proven optimal.

    Raises
    ------
    FocusError
        Where no choice satisfies the conditions, or nobody is to be served.
    """
    if question.keeps_today and (shut := set(question.forbidden) & set(ground.today.values())):
        raise FocusError(
            "{sites} holds an office of today and is forbidden; free today's sites (--today "
            "free) or allow it",
            sites=", ".join(sorted(shut)),
        )
    solved = {} if solved is None else solved
    opened = _solve_once(ground, question, watch, solved)
    objective = _objective(ground, question, opened)
    rows = _assign(ground, question, opened)
    weight = pd.Series(share_of(_demand(ground)), index=ground.units)[rows["ubigeo"]].to_numpy()
    return Plan(
        question=question,
        ground=ground,
        sites=tuple(ground.candidates[column] for column in opened),
        objective=objective,
        mean=float((rows["distance"] * rows["share"] * weight).sum()),
        assignment=rows,
        prices=tuple(_prices(ground, question, objective, watch, solved)),
    )


def add_one_office(plan: Plan, watch: Watch = watch_nothing) -> tuple[Extra, ...]:
    """Return the best places for one office more while the chosen ones stay.

    Every possible site is tried; where offices are full at a capacity, the best one is proven.

    Parameters
    ----------
    plan : Plan
        An answer.
    watch : callable
        As of ``solve_focus``.

    Returns
    -------
    tuple of Extra
        Best first; equal ones by code.
    """
    ground, question = plan.ground, plan.question
    old = np.array([ground.column(site) for site in plan.sites])
    barred = {ground.column(site) for site in question.forbidden} | set(old.tolist())
    others = [c for c in range(len(ground.candidates)) if c not in barred]
    if question.problem is Problem.CAPACITY:
        more = replace(question, sites=len(old) + 1, keeps_today=False, required=plan.sites)
        others = [c for c in _solve(ground, more, watch) if c not in barred]
    best = []
    for column in others:
        objective = _objective(ground, question, np.r_[old, column])
        nearer = ground.distances[:, column] < ground.distances[:, old].min(axis=1)
        best.append(
            Extra(
                ground.candidates[column],
                objective,
                abs(objective - plan.objective),
                float(ground.people[nearer].sum()),
            )
        )
    return tuple(sorted(best, key=lambda extra: (-extra.gain, extra.ubigeo))[:ALTERNATIVES])


def _demand(ground: Ground) -> np.ndarray:
    """Return the demand with nothing where it is unknown, which the answer counts."""
    return np.asarray(ground.demand.fillna(0.0), dtype=float)


def _choice(ground: Ground, question: Question) -> Choice:
    required = set(question.required)
    if question.keeps_today:
        required |= set(ground.today.values())
    return Choice(
        demand=share_of(_demand(ground)),
        distances=ground.distances,
        sites=question.sites,
        required=tuple(sorted(ground.column(site) for site in required)),
        forbidden=tuple(sorted(ground.column(site) for site in set(question.forbidden))),
    )


def _solve(ground: Ground, question: Question, watch: Watch) -> np.ndarray:
    choice = _choice(ground, question)
    if question.problem is Problem.COVER:
        return solve_cover(choice, question.within, watch)
    if question.problem is Problem.CAPACITY:
        return solve_capacity(choice, _capacity(ground, question), watch)
    return solve_p_median(choice, watch)


def _solve_once(ground: Ground, question: Question, watch: Watch, solved: Solved) -> np.ndarray:
    """Return the sites of a question; what moves none of them is left out of what is asked."""
    required = {*question.required, *(ground.today.values() if question.keeps_today else ())}
    is_cover = question.problem is Problem.COVER
    key = replace(
        question,
        keeps_today=False,
        required=tuple(sorted(required)),
        forbidden=tuple(sorted(set(question.forbidden))),
        within=question.within if is_cover else WITHIN_KM,
    )
    if key not in solved:
        solved[key] = _solve(ground, question, watch)
    return solved[key]


def _capacity(ground: Ground, question: Question) -> float:
    return float(question.capacity or 0.0) / float(_demand(ground).sum())


def _parts(ground: Ground, question: Question, opened: np.ndarray) -> np.ndarray:
    """Return the part of each unit that each open site serves."""
    distances, demand = ground.distances[:, opened], share_of(_demand(ground))
    parts = np.zeros(distances.shape)
    parts[np.arange(len(parts)), distances.argmin(axis=1)] = 1.0
    if question.problem is Problem.CAPACITY:
        served = demand > 0
        capacity = _capacity(ground, question)
        parts[served] = share_out(demand[served], distances[served], capacity)
    return parts


def _objective(ground: Ground, question: Question, opened: np.ndarray) -> float:
    demand, distances = share_of(_demand(ground)), ground.distances[:, opened]
    if question.problem is Problem.COVER:
        reached = distances.min(axis=1) <= question.within
        return float(demand[reached].sum())
    parts = _parts(ground, question, opened)
    return float((demand[:, None] * parts * distances).sum())


def _assign(ground: Ground, question: Question, opened: np.ndarray) -> pd.DataFrame:
    parts = _parts(ground, question, opened)
    place, site = np.nonzero(parts > 1e-9)
    column = opened[site]
    distance = ground.distances[place, column]
    return pd.DataFrame(
        {
            "ubigeo": np.array(ground.units)[place],
            "office": np.array(ground.candidates)[column],
            "distance": distance,
            "share": parts[place, site],
            "is_reached": (distance <= question.within) & ground.is_known[place, column],
        }
    )


def _prices(
    ground: Ground, question: Question, objective: float, watch: Watch, solved: Solved
) -> list[Price]:
    """Solve again without each condition that the question sets."""
    is_limited = question.problem is Problem.CAPACITY
    without = {
        "today": replace(question, keeps_today=False) if question.keeps_today else None,
        "require": replace(question, required=()) if question.required else None,
        "forbid": replace(question, forbidden=()) if question.forbidden else None,
        "capacity": replace(question, problem=Problem.P_MEDIAN) if is_limited else None,
    }
    found = []
    for condition, freer in without.items():
        if freer is not None:
            opened = _solve_once(ground, freer, watch, solved)
            sites = tuple(ground.candidates[column] for column in opened)
            found.append(Price(condition, objective, _objective(ground, freer, opened), sites))
    return found
