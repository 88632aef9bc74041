"""What the page of the offices tells of a plan, as plain data."""

from typing import Any

from geoapp.app.office_choices import Choices
from geoapp.app.office_plans import Answer, OfficePlans
from geoapp.app.state import ViewState
from layers.decide.focus import Plan
from layers.terms import AdminLevel

_MOST_EXTRA = 3


def office_facts(plans: OfficePlans, view: ViewState, choices: Choices) -> dict[str, Any]:
    """Return who serves whom, what each wish costs, and the regions.

    Parameters
    ----------
    plans : OfficePlans
        Solves what is asked, once.
    view : ViewState
        Chosen unit and weights.
    choices : Choices
        What is asked.

    Returns
    -------
    dict
        level, within, mean (km), units, people_beyond, lacking; chosen (or None); sites, largest
        load first; closed and more (ubigeo, name, ...); prices; best (or None); regions.

    Raises
    ------
    LayersError
        Where no plan satisfies the choices.
    """
    scenario = view.scenario(plans.views.base)
    answer = plans.answer(choices, scenario)
    plan = answer.plan
    digits = plan.ground.level.digits
    return {
        "level": plan.ground.level.value,
        "within": plan.question.within,
        "mean": plan.mean,
        "units": len(plan.ground.units),
        "people_beyond": plan.uncovered_people,
        "lacking": int(plan.ground.demand.isna().sum()),
        "chosen": _chosen(plans, view, plan),
        "sites": _sites(plans, plan),
        "closed": _named(plans, sorted({place[:digits] for place in choices.closed})),
        "more": [
            {
                "ubigeo": one.ubigeo,
                "name": plans.unit_name(one.ubigeo),
                "gain": one.gain,
                "people": one.people_nearer,
            }
            for one in answer.extra[:_MOST_EXTRA]
        ],
        "prices": [
            {
                "condition": price.condition,
                "cost": price.objective - price.without,
                "better": [
                    plans.site_name(plan, site) for site in price.sites if site not in plan.sites
                ],
            }
            for price in plan.prices
        ],
        "best": _best(plans, answer),
        "regions": _regions(plans, plans.regions(choices, scenario), view, choices),
    }


def _named(plans: OfficePlans, units: list[str]) -> list[dict[str, str]]:
    return [{"ubigeo": unit, "name": plans.unit_name(unit)} for unit in units]


def _chosen(plans: OfficePlans, view: ViewState, plan: Plan) -> dict[str, Any] | None:
    """Return who serves the unit that is chosen on the map, at the level of the plan."""
    digits = plan.ground.level.digits
    unit = (view.unit or "")[:digits]
    if len(unit) < digits:
        return None
    row = plan.assignment.set_index("ubigeo").loc[unit]
    return {
        "ubigeo": unit,
        "name": plans.unit_name(unit),
        "office": plans.site_name(plan, str(row["office"])),
        "distance": float(row["distance"]),
        "is_site": unit in plan.sites,
    }


def _sites(plans: OfficePlans, plan: Plan) -> list[dict[str, Any]]:
    ground, rows, question = plan.ground, plan.assignment, plan.question
    today = set(ground.today.values())
    people = plan.parts_of(ground.people)
    load = plan.parts_of(ground.demand).groupby(rows["office"]).sum()
    served = people.groupby(rows["office"]).sum()
    beyond = people[~rows["is_reached"]].groupby(rows["office"]).sum()
    whole = float(load.sum())
    found = [
        {
            "ubigeo": site,
            "name": plans.site_name(plan, site),
            "is_today": site in today,
            "is_kept": site in question.required or (question.keeps_today and site in today),
            "share": float(load.get(site, 0.0)) / whole,
            "people": float(served.get(site, 0.0)),
            "beyond": float(beyond.get(site, 0.0)),
        }
        for site in plan.sites
    ]
    return sorted(found, key=lambda site: -float(site["share"]))


def _best(plans: OfficePlans, answer: Answer) -> dict[str, list[Any]] | None:
    """Return this plan beside the best one with as many offices, or None where it is the best."""
    plan, best = answer.plan, answer.best
    if set(plan.sites) == set(best.sites):
        return None
    return {
        "mean": [plan.mean, best.mean],
        "beyond": [plan.uncovered_people, best.uncovered_people],
        "only": [
            sorted(plans.site_name(plan, site) for site in one.sites if site not in other.sites)
            for one, other in ((plan, best), (best, plan))
        ],
    }


def _regions(
    plans: OfficePlans, plan: Plan, view: ViewState, choices: Choices
) -> dict[str, list[dict[str, str]]]:
    """Return the regions of the mission, those of today's offices first."""
    given = set(plan.ground.today.values())
    sites = sorted(plan.sites, key=lambda site: (site not in given, site))
    unit = (view.unit or "")[: AdminLevel.REGION.digits]
    kinds = dict.fromkeys(choices.regions_added, "added") | dict.fromkeys(given, "given")
    return {
        "sites": [
            one | {"kind": kinds.get(one["ubigeo"], "proposed")} for one in _named(plans, sites)
        ],
        "chosen": _named(plans, [unit] if unit and unit not in plan.sites else []),
        "closed": _named(plans, list(choices.regions_closed)),
    }
