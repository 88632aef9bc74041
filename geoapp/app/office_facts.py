"""What the page of the offices tells of a plan, as plain data."""

from functools import lru_cache
from typing import Any

import pandas as pd

from geoapp.answers.focus import SCORE
from geoapp.app.office_choices import Choices, seat_of
from geoapp.app.office_plans import Answer, Change, OfficePlans
from geoapp.app.state import ViewState
from layers.decide.focus import Plan
from layers.decide.plan_measures import (
    EVEN_SHARE,
    people_km,
    people_moved,
    people_served,
    top_share,
)

_MOST_EXTRA = 3


def office_facts(plans: OfficePlans, view: ViewState, answer: Answer) -> dict[str, Any]:
    """Return who serves whom, beside today's and the best plan, and what each wish costs.

    Parameters
    ----------
    plans : OfficePlans
        Names of units and offices.
    view : ViewState
        Chosen unit, and what is asked.
    answer : Answer
        Of what is asked.

    Returns
    -------
    dict
        level, demand, within, capacity, units, lacking; even (share of the demand in the first
        tenth of the units, or None where it is not even); chosen (or None); sites, largest load
        first; closed, more, changes, prices; plans (today, this and best: figures, or None).
    """
    chosen = _chosen(plans, view, answer.plan)
    return {**_facts(plans, view.offices, answer), "chosen": chosen}


@lru_cache(maxsize=32)
def _facts(plans: OfficePlans, choices: Choices, answer: Answer) -> dict[str, Any]:
    """Return what an answer tells whichever unit is chosen: many look at the same one."""
    plan = answer.plan
    digits = plan.ground.level.digits
    share = top_share(plan.ground.demand)
    return {
        "level": plan.ground.level.value,
        "demand": plans.demand_of(choices),
        "within": plan.question.within,
        "capacity": plan.question.capacity,
        "units": len(plan.ground.units),
        "lacking": int(plan.ground.demand.isna().sum()),
        "even": share if share < EVEN_SHARE else None,
        "is_score": plans.demand_of(choices) == SCORE,
        "sites": _sites(plans, answer),
        "closed": named(plans, sorted({place[:digits] for place in choices.closed})),
        "more": [
            {
                "ubigeo": one.ubigeo,
                "name": plans.unit_name(one.ubigeo),
                "gain": one.gain,
                "people": one.people_nearer,
            }
            for one in answer.extra[:_MOST_EXTRA]
        ],
        "changes": [_change(plans, plan, change) for change in answer.changes],
        "prices": [
            {
                "condition": price.condition,
                "cost": price.objective - price.without,
                "better": [
                    plans.site_name(plan, site) for site in price.sites if site not in plan.sites
                ],
            }
            for price in plan.prices
            # What today's offices cost is told by the plans side by side.
            if price.condition != "today"
        ],
        "plans": {
            "today": None if answer.today is None else _figures(plans, answer.today, answer),
            "this": _figures(plans, plan, answer),
            "best": _figures(plans, answer.best, answer),
        },
        "is_best": set(plan.sites) == set(answer.best.sites),
        "is_today": answer.today is not None and set(plan.sites) == set(answer.today.sites),
    }


def named(plans: OfficePlans, units: list[str]) -> list[dict[str, str]]:
    """Return units with their names."""
    return [{"ubigeo": unit, "name": plans.unit_name(unit)} for unit in units]


def _chosen(plans: OfficePlans, view: ViewState, plan: Plan) -> dict[str, Any] | None:
    """Return who serves the unit that is chosen on the map, at the level of the plan."""
    digits = plan.ground.level.digits
    unit = (view.unit or "")[:digits]
    if len(unit) < digits:
        return None
    rows = plan.assignment[plan.assignment["ubigeo"] == unit].sort_values("share")
    row = rows.iloc[-1]
    return {
        "ubigeo": unit,
        "name": plans.unit_name(unit),
        "office": plans.site_name(plan, str(row["office"])),
        "distance": float(row["distance"]),
        "is_site": unit in plan.sites,
    }


def _sites(plans: OfficePlans, answer: Answer) -> list[dict[str, Any]]:
    plan = answer.plan
    ground, rows, question = plan.ground, plan.assignment, plan.question
    today = set(ground.today.values())
    people = plan.parts_of(ground.people)
    load = plan.parts_of(ground.demand).groupby(rows["office"]).sum()
    served = people_served(plan)
    before = people_served(answer.today) if answer.today is not None else None
    beyond = people[~rows["is_reached"]].groupby(rows["office"]).sum()
    whole = float(load.sum())
    found = [
        {
            "ubigeo": site,
            "seat": seat_of(site),
            "name": plans.site_name(plan, site),
            "is_today": site in today,
            "is_kept": site in question.required or (question.keeps_today and site in today),
            "share": float(load.get(site, 0.0)) / whole,
            "people": float(served[site]),
            "change": _change_of(served, before, site),
            "beyond": float(beyond.get(site, 0.0)),
        }
        for site in plan.sites
    ]
    return sorted(found, key=lambda site: -float(site["share"]))


def _change_of(served: pd.Series, before: pd.Series | None, site: str) -> float | None:
    """Return how many people more than today an office serves; None where that is unknown."""
    return None if before is None else float(served[site] - before.get(site, 0.0))


def _change(plans: OfficePlans, plan: Plan, change: Change) -> dict[str, Any]:
    """Return what one change of a visitor changes: with it, less without it."""
    told = {
        "act": change.act,
        "ubigeo": change.place,
        "name": plans.site_name(plan, change.place),
        "source": plans.site_name(plan, change.source) if change.source else "",
    }
    if change.without is None:
        return told | {"mean": None}
    return told | {
        "mean": plan.mean - change.without.mean,
        "people_km": people_km(plan) - people_km(change.without),
        "beyond": plan.uncovered_people - change.without.uncovered_people,
    }


def _figures(plans: OfficePlans, one: Plan, answer: Answer) -> dict[str, Any]:
    served = people_served(one)
    most = str(served.idxmax())
    own = set(answer.plan.sites)
    return {
        "sites": len(one.sites),
        "mean": one.mean,
        "people_km": people_km(one),
        "beyond": one.uncovered_people,
        "most": float(served[most]),
        "most_name": plans.site_name(one, most),
        "moved": None if answer.today is None else people_moved(one, answer.today),
        "only": sorted(plans.site_name(one, site) for site in one.sites if site not in own),
        "lacks": sorted(plans.site_name(answer.plan, site) for site in own - set(one.sites)),
    }
