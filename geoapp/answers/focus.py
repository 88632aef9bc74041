"""The plan of the offices as plain data: the same for command line and page."""

from typing import Any

import pandas as pd

from geoapp.answers.build import level_of_build
from layers.built import Build
from layers.decide.focus import Extra, Plan, Problem
from layers.decide.ground import Ground, make_ground, place_points
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.errors import FocusError
from layers.spec import Catalogue, CountryProfile
from layers.terms import AdminLevel, ToUnit, Unit

SCORE = "score"
REGIONS = 12
"""In how many regions the mission works (Estrategia País 2022-2026)."""
_DECIMALS = 6


def first_people(scenario: Scenario, catalogue: Catalogue) -> str:
    """Return the layer of people that a scenario weighs first: whom the offices are for.

    Parameters
    ----------
    scenario : Scenario
        Its weights in order.
    catalogue : Catalogue
        Knows what is counted in people.

    Returns
    -------
    str
        A layer.

    Raises
    ------
    FocusError
        Where the scenario weighs no people.
    """
    for layer, _ in scenario.weights:
        if catalogue.layer(layer).unit is Unit.PEOPLE:
            return layer
    raise FocusError(
        "scenario {scenario} weighs no layer of people, so that nobody is counted; choose a "
        "scenario that does",
        scenario=scenario.id,
    )


def ground_of_build(
    built: Build,
    catalogue: Catalogue,
    scenario: Scenario,
    level: AdminLevel,
    *,
    demand: str,
    people: str,
    required: tuple[str, ...] = (),
    every: bool = False,
    country: CountryProfile,
) -> Ground:
    """Gather what a level of a build says of demand, sites and ground.

    Parameters
    ----------
    built : Build
        The build.
    catalogue : Catalogue
        Tells counts from rates.
    scenario : Scenario
        Weights of the score, where that is the demand.
    level : AdminLevel
        Of the units.
    demand : str
        A layer of counts, or ``score``.
    people : str
        The layer of the people that the answer counts.
    required : tuple of str
        Ubigeos that are possible sites in any case.
    every : bool
        Every district is a possible site, not the capitals of provinces only.
    country : CountryProfile
        Whose offices they are.

    Returns
    -------
    Ground
        With estimated distances.

    Raises
    ------
    FocusError, StoreError, UnknownIdError
        On a layer that is a rate or unknown, or a level that the build has not.
    """
    made = level_of_build(built, level)
    finest = built.levels[next(iter(built.levels))]
    values = finest.table.values
    steep = catalogue.of_kind(ToUnit.ZONAL_SLOPE)
    flat = pd.Series(0.0, index=values.index)
    slope = flat if steep is None else values.get(steep.id, flat)
    if demand == SCORE:
        wanted = rank_units(made.table, scenario, catalogue).units["score"]
    else:
        wanted = made.table.layer(demand)
        if not catalogue.layer(demand).unit.is_extensive:
            raise FocusError(
                "{demand} is a rate or an index, so that it cannot be served; give a layer of "
                "counts or score",
                demand=demand,
            )
    return make_ground(
        level,
        made.units,
        place_points(level, made.units, finest.units, built.capitals),
        finest.units[["lon", "lat"]].assign(slope=slope),
        demand=wanted,
        people=made.table.layer(people),
        offices=country.offices,
        required=required,
        every=every,
    )


def focus_answer(
    plan: Plan,
    names: pd.DataFrame,
    country: CountryProfile,
    *,
    demand: str,
    people: str,
    extra: tuple[Extra, ...] = (),
) -> dict[str, Any]:
    """Describe a plan: objective, sites with loads, who goes where, prices, one office more.

    Parameters
    ----------
    plan : Plan
        The plan.
    names : DataFrame
        By ubigeo: name, province, region.
    country : CountryProfile
        Names today's offices.
    demand, people : str
        What was served, and the layer of people that is counted.
    extra : tuple of Extra
        Places for one office more, best first.

    Returns
    -------
    dict
        question, objective, sites, assignment, uncovered_people, price_of_constraints,
        one_more.
    """
    ground, question = plan.ground, plan.question
    labels = names["name"].to_dict()
    return {
        "question": {
            "problem": question.problem.value,
            "level": ground.level.value,
            "demand": demand,
            "people": people,
            "sites": question.sites,
            "today": "fixed" if question.keeps_today else "free",
            "within": question.within,
            "required": list(question.required),
            "forbidden": list(question.forbidden),
            "capacity": question.capacity,
            "measure": ground.measure,
            "estimated": ground.is_estimate,
            "candidates": len(ground.candidates),
            "units_without_demand": int(ground.demand.isna().sum()),
        },
        "objective": {
            "kind": "covered_share" if question.problem is Problem.COVER else "mean_distance",
            "value": round(plan.objective, _DECIMALS),
            "mean_distance": round(plan.mean, _DECIMALS),
            "proven": True,
        },
        "sites": _sites(plan, labels, country),
        "assignment": _assignment(plan),
        "uncovered_people": round(plan.uncovered_people, 3),
        "price_of_constraints": [
            {
                "constraint": price.condition,
                "objective": round(price.objective, _DECIMALS),
                "without": round(price.without, _DECIMALS),
                "price": round(abs(price.objective - price.without), _DECIMALS),
                "sites_without": list(price.sites),
            }
            for price in plan.prices
        ],
        "one_more": [
            {
                "ubigeo": one.ubigeo,
                "name": labels[one.ubigeo],
                "objective": round(one.objective, _DECIMALS),
                "gain": round(one.gain, _DECIMALS),
                "people_nearer": round(one.people_nearer, 3),
            }
            for one in extra
        ],
    }


def lines_of(plan: Plan) -> list[dict[str, Any]]:
    """Return one line from each office to each unit that it serves, for a map.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    list of dict
        office, ubigeo and path ([[lat, lon], [lat, lon]]).
    """
    points = {
        str(code): [float(lat), float(lon)]
        for code, lon, lat in plan.ground.points[["lon", "lat"]].itertuples()
    }
    return [
        {"office": office, "ubigeo": unit, "path": [points[office], points[unit]]}
        for unit, office in zip(plan.assignment["ubigeo"], plan.assignment["office"], strict=True)
        if unit != office
    ]


def _sites(plan: Plan, labels: dict[str, str], country: CountryProfile) -> list[dict[str, Any]]:
    ground, offices = plan.ground, {office.id: office for office in country.offices}
    there = {unit: offices[office] for office, unit in reversed(ground.today.items())}
    people, demand = (
        series.groupby(plan.assignment["office"]).sum()
        for series in (plan.parts_of(ground.people), plan.parts_of(ground.demand))
    )
    units = plan.assignment.groupby("office").size()
    return [
        {
            "ubigeo": site,
            "name": labels[site],
            "office": there[site].name if site in there else None,
            "kind": there[site].kind if site in there else "proposed",
            "lon": round(float(ground.points.at[site, "lon"]), 5),
            "lat": round(float(ground.points.at[site, "lat"]), 5),
            "units": int(units.get(site, 0)),
            "load": round(float(demand.get(site, 0.0)), 3),
            "people": round(float(people.get(site, 0.0)), 3),
        }
        for site in plan.sites
    ]


def _assignment(plan: Plan) -> list[dict[str, Any]]:
    is_km = plan.ground.measure == "km"
    return [
        {
            "ubigeo": row.ubigeo,
            "office": row.office,
            "km": round(row.distance, 1) if is_km else None,
            "hours": None if is_km else round(row.distance, 2),
            "share": round(row.share, 6),
            "within": bool(row.is_reached),
        }
        for row in plan.assignment.itertuples()
    ]
