"""What the page of the offices tells of the regions of the mission, as plain data."""

from typing import Any

from geoapp.app.office_choices import Choices
from geoapp.app.office_plans import OfficePlans
from layers.decide.focus import Plan
from layers.decide.plan_measures import people_km
from layers.decide.scenario import Scenario


def region_facts(plans: OfficePlans, choices: Choices, scenario: Scenario) -> dict[str, Any]:
    """Return the regions of a choice, beside the proposed ones and those with most people.

    Parameters
    ----------
    plans : OfficePlans
        Chooses regions.
    choices : Choices
        Regions that are added and closed.
    scenario : Scenario
        Weights of the score, where that is the demand.

    Returns
    -------
    dict
        sources of the people; rows: every region, chosen ones first, then by people (ubigeo, name, people, share, kind;
        kind is given, added, proposed, closed or none); this, proposed and most: people in
        the regions, their share, mean distance (None of most, which says nothing of ways)
        and the regions that are only there.

    Raises
    ------
    LayersError
        Where no choice satisfies what is asked.
    """
    plan = plans.regions(choices, scenario)
    proposed = plans.regions(Choices(demand=choices.demand), scenario)
    people = plan.ground.people.fillna(0.0)
    most = people.sort_values(ascending=False, kind="stable").index[: len(plan.sites)]
    whole = float(people.sum())

    def told(sites: tuple[str, ...], of_plan: Plan | None) -> dict[str, Any]:
        inside = float(people[list(sites)].sum())
        return {
            "people": inside,
            "share": inside / whole,
            "mean": of_plan.mean if of_plan else None,
            "people_km": people_km(of_plan) if of_plan else None,
            "only": [plans.unit_name(site) for site in sites if site not in plan.sites],
        }

    kinds = _kinds(plan, choices)
    order = sorted(people.index, key=lambda code: (code not in plan.sites, -people[code], code))
    return {
        "count": len(plan.sites),
        "sources": "; ".join(f"{one.publisher}, {one.vintage}" for one in plans.sources()),
        "rows": [
            {
                "ubigeo": code,
                "name": plans.unit_name(code),
                "people": float(people[code]),
                "share": float(people[code]) / whole,
                "kind": kinds.get(code, "none"),
                "is_in": code in plan.sites,
            }
            for code in order
        ],
        "this": told(plan.sites, plan),
        "proposed": told(proposed.sites, proposed),
        "most": told(tuple(most), None),
    }


def _kinds(plan: Plan, choices: Choices) -> dict[str, str]:
    return {
        **dict.fromkeys(plan.sites, "proposed"),
        **dict.fromkeys(choices.regions_added, "added"),
        **dict.fromkeys(plan.ground.today.values(), "given"),
        **dict.fromkeys(choices.regions_closed, "closed"),
    }
