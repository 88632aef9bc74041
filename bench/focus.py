"""Choosing offices, beside the plain formulation and, where it is installed, spopt."""

import importlib.util

import numpy as np
from scipy.sparse import csr_array, hstack, kron, vstack
from scipy.sparse import eye_array as eye

from bench.measure import Measure, timed
from geoapp.answers.focus import first_people, ground_of_build
from geoapp.store.builds import Stored
from layers.countries import COUNTRIES
from layers.decide.cover import solve_cover
from layers.decide.focus import WITHIN_KM
from layers.decide.milp import Programme, solve_milp
from layers.decide.p_median import solve_p_median
from layers.decide.scenario import Scenario
from layers.decide.site_choice import Choice, share_of
from layers.spec import Catalogue
from layers.terms import AdminLevel

SITES = 12
_TARGETS = {AdminLevel.PROVINCE: 3.0, AdminLevel.DISTRICT: 30.0}


def measure_focus(
    stored: Stored, catalogue: Catalogue, scenario: Scenario, runs: int
) -> list[Measure]:
    """Measure 12 sites by p-median and by cover, all sites free.

    Parameters
    ----------
    stored : Stored
        The build.
    catalogue : Catalogue
        Its layers.
    scenario : Scenario
        Weights of the score.
    runs : int
        How often; the plain formulation and spopt run once.

    Returns
    -------
    list of Measure
        Times, and how many times as long the others take.
    """
    found, people = [], first_people(scenario, catalogue)
    for level, target in _TARGETS.items():
        ground = ground_of_build(
            stored.build,
            catalogue,
            scenario,
            level,
            demand=people,
            people=people,
            country=COUNTRIES[stored.build.country],
        )
        demand = share_of(ground.demand.fillna(0.0).to_numpy())
        choice = Choice(demand=demand, distances=ground.distances, sites=SITES)
        size = f"{len(demand)} {level}s × {len(ground.candidates)} sites"
        found += _median(choice, size, runs, target)
    found.append(
        Measure(
            name=f"cover, {size}",
            unit="s",
            samples=timed(runs, lambda run: solve_cover(choice, WITHIN_KM), warm=True),
            target=3.0,
        )
    )
    return found


def _median(choice: Choice, size: str, runs: int, target: float) -> list[Measure]:
    own = Measure(
        name=f"p-median, {size}",
        unit="s",
        samples=timed(runs, lambda run: solve_p_median(choice), warm=True),
        target=target,
    )
    (plain,) = timed(1, lambda run: solve_plainly(choice))
    others = [("plain formulation", plain)]
    if importlib.util.find_spec("spopt"):
        (theirs,) = timed(1, lambda run: _solve_by_spopt(choice))
        others.append(("spopt", theirs))
    ratios = [
        Measure(
            name=f"p-median, {size}: {name} takes",
            unit="times as long",
            samples=(seconds / own.median,),
        )
        for name, seconds in others
    ]
    return [own, *ratios]


def solve_plainly(choice: Choice) -> np.ndarray:
    """Return the p-median as the textbook writes it, one variable for each pair.

    Parameters
    ----------
    choice : Choice
        The question, without conditions.

    Returns
    -------
    ndarray of int
        Columns, in order.
    """
    places, sites = choice.distances.shape
    pairs = places * sites
    costs = (choice.distances * choice.demand[:, None]).ravel()
    opening = csr_array(kron(np.ones((places, 1)), eye(sites)))
    once = csr_array(kron(eye(places), np.ones((1, sites))))
    rows = vstack(
        [
            hstack([once, csr_array((places, sites))]),
            hstack([eye(pairs), -opening]),
            csr_array(np.r_[np.zeros(pairs), np.ones(sites)][None, :]),
        ],
        format="csr",
    )
    found = solve_milp(
        Programme(
            costs=np.r_[costs, np.zeros(sites)],
            low=np.zeros(pairs + sites),
            high=np.ones(pairs + sites),
            is_whole=np.r_[np.zeros(pairs, dtype=bool), np.ones(sites, dtype=bool)],
            rows=rows,
            at_least=np.r_[np.ones(places), np.full(pairs, -np.inf), choice.sites],
            at_most=np.r_[np.ones(places), np.zeros(pairs), choice.sites],
        )
    )
    return np.flatnonzero(found[pairs:] > 0.5)


def _solve_by_spopt(choice: Choice) -> None:
    import pulp
    from spopt.locate import PMedian

    model = PMedian.from_cost_matrix(choice.distances, choice.demand, choice.sites)
    model.solve(pulp.HiGHS(msg=False, gapRel=0.0))
