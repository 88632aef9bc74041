"""What is told of a plan of offices beside its objective: ways, changes and evenness."""

import numpy as np
import pandas as pd

from layers.decide.focus import Plan

EVEN_SHARE = 0.2
"""A demand whose first tenth of the units holds less is even: perfectly even would be 0.1.

Chosen on the build of November 2026: Venezuelan people of provinces 0.90, the score 0.12."""


def people_km(plan: Plan) -> float:
    """Return the ways of all people to their offices added up.

    Parameters
    ----------
    plan : Plan
        Distances in kilometres.

    Returns
    -------
    float
        People × km, from 0 up; people who are unknown have no way.
    """
    return float((plan.parts_of(plan.ground.people) * plan.assignment["distance"]).sum())


def people_moved(plan: Plan, other: Plan) -> float:
    """Return the people who have another office in one plan than in the other.

    Parameters
    ----------
    plan, other : Plan
        Of the same units.

    Returns
    -------
    float
        From 0 up; of a unit that offices share, the part that changes.
    """
    pairs = [one.assignment.set_index(["ubigeo", "office"])["share"] for one in (plan, other)]
    both = pd.concat(pairs, axis=1, join="inner").min(axis=1)
    stays = both.groupby(level="ubigeo").sum().reindex(plan.ground.units).fillna(0.0)
    return float(((1 - stays) * plan.ground.people.fillna(0.0)).clip(lower=0).sum())


def people_served(plan: Plan) -> pd.Series:
    """Return the people of each site of a plan, by its ubigeo."""
    people = plan.parts_of(plan.ground.people).groupby(plan.assignment["office"]).sum()
    return people.reindex(list(plan.sites)).fillna(0.0)


def top_share(demand: pd.Series, part: float = 0.1) -> float:
    """Return the share of the demand in the units that have most of it.

    Parameters
    ----------
    demand : Series
        From 0 up; missing has none.
    part : float
        Share of the units.

    Returns
    -------
    float
        From ``part`` (even) to 1.
    """
    ordered = np.sort(demand.fillna(0.0).to_numpy(dtype=float))[::-1]
    # Of the last unit only what is left of the part, so that even demand has exactly the part.
    taken = np.clip(part * len(ordered) - np.arange(len(ordered)), 0.0, 1.0)
    return float((ordered * taken).sum() / ordered.sum())
