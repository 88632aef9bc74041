"""What the map shows of a plan of the offices: who serves whom, loads, and who is out of reach."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geoapp.app.office_choices import seat_of
from geoapp.app.office_plans import Answer, OfficePlans
from layers.decide.focus import Plan
from layers.decide.plan_measures import people_served
from layers.terms import AdminLevel

LARGEST = 30
"""Radius in pixels of the office that serves most; area is as the people."""
_SMALLEST = 1.5
_SIMPLER = 0.01
"""Degrees by which the edge of what an office serves may leave the border of its units."""
_DECIMALS = 3
_WIDTH = (0.6, 5.0)
"""Pixels of the lines of nobody, and of as many people as the fullest office serves."""


@lru_cache(maxsize=32)
def plan_overlay(plans: OfficePlans, answer: Answer) -> dict[str, Any]:
    """Return areas, lines, circles and points of an answer.

    Parameters
    ----------
    plans : OfficePlans
        Names of the sites.
    answer : Answer
        What is shown.

    Returns
    -------
    dict
        As ``assets/overlay.js`` draws it. Circles of offices and of the people out of their
        reach have one scale.
    """
    plan = answer.plan
    today = set(plan.ground.today.values())
    kinds = {site: "today" if site in today else "proposed" for site in plan.sites}
    kinds |= {site: "best" for site in answer.best.sites if site not in kinds}
    served = plan.assignment["ubigeo"].groupby(plan.assignment["office"])
    parts = [tuple(codes) for _, codes in served]
    return {
        "areas": _collection(plans, plan.ground.level, parts, "served"),
        "lines": _spokes(plan),
        "circles": _circles(plan),
        "points": [
            _place(plan, site)
            | {
                "label": "" if kind == "best" else plans.site_name(plan, site),
                "kind": f"site {kind}",
            }
            | ({} if kind == "best" else {"id": seat_of(site)})
            for site, kind in kinds.items()
        ],
    }


def regions_overlay(plans: OfficePlans, plan: Plan) -> dict[str, Any]:
    """Return the regions of the mission, filled."""
    parts = [(site,) for site in plan.sites]
    return {
        "areas": _collection(plans, AdminLevel.REGION, parts, "mission"),
        "points": [
            _place(plan, site) | {"label": plans.unit_name(site), "kind": "name"}
            for site in plan.sites
        ],
    }


def _place(plan: Plan, site: str) -> dict[str, float]:
    points = plan.ground.points
    return {name: round(float(points.at[site, name]), 4) for name in ("lon", "lat")}


def _collection(
    plans: OfficePlans, level: AdminLevel, parts: Sequence[tuple[str, ...]], kind: str
) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"class": kind},
                "geometry": _outline(plans, level, part),
            }
            for part in parts
        ],
    }


@lru_cache(maxsize=256)
def _outline(plans: OfficePlans, level: AdminLevel, units: tuple[str, ...]) -> dict[str, Any]:
    """Return the outline of some units together: plans have most of their parts in common."""
    shapes = plans.views.level(level).outlines.loc[list(units)]
    whole = shapely.simplify(shapely.union_all(shapes), _SIMPLER)
    outline: dict[str, Any] = shapely.geometry.mapping(
        shapely.set_precision(whole, 10.0**-_DECIMALS)
    )
    return outline


def _spokes(plan: Plan) -> list[dict[str, Any]]:
    """Return the lines of an assignment, as wide as it has people; districts are too many."""
    if plan.ground.level is AdminLevel.DISTRICT:
        return []
    rows = plan.assignment.assign(people=plan.parts_of(plan.ground.people))
    rows = rows[rows["ubigeo"] != rows["office"]]
    most = max(float(people_served(plan).max()), 1.0)
    low, high = _WIDTH
    width = low + (high - low) * np.sqrt(rows["people"] / most)
    points = plan.ground.points[["lon", "lat"]].round(_DECIMALS)
    at = dict(zip(points.index.tolist(), points.to_numpy().tolist(), strict=True))
    return [
        {
            "path": [at[office], at[unit]],
            "width": round(wide, 1),
            "kind": "near" if is_reached else "far",
        }
        for office, unit, wide, is_reached in zip(
            rows["office"].tolist(),
            rows["ubigeo"].tolist(),
            width.tolist(),
            rows["is_reached"].tolist(),
            strict=True,
        )
    ]


def _circles(plan: Plan) -> list[dict[str, Any]]:
    served = people_served(plan)
    most = max(float(served.max()), 1.0)
    people: pd.Series = plan.parts_of(plan.ground.people)
    far = people[~plan.assignment["is_reached"]].groupby(plan.assignment["ubigeo"]).sum()
    points = plan.ground.points[["lon", "lat"]]
    at = dict(zip(points.index.tolist(), points.to_numpy(dtype=float).tolist(), strict=True))
    return [
        {
            "lon": round(at[str(place)][0], 4),
            "lat": round(at[str(place)][1], 4),
            "radius": round(radius, 1),
            "kind": kind,
        }
        for kind, counts in (("load", served), ("far", far[far > 0]))
        for place, count in counts.items()
        if (radius := max(_SMALLEST, LARGEST * float(np.sqrt(count / most)))) > 0
    ]
