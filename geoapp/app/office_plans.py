"""The plans that the page of the offices shows, each solved once."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import shapely

from geoapp.app.office_choices import Choices, question_of
from geoapp.app.view import Views
from geoapp.focus_answer import REGIONS, SCORE, first_people, ground_of_build, lines_of
from layers.countries import COUNTRIES
from layers.decide.focus import Extra, Plan, Question, add_one_office, solve_focus
from layers.decide.ground import Ground
from layers.decide.scenario import Scenario
from layers.terms import AdminLevel

JOINT_NEED = "pin_joint"
_SIMPLER = 0.01
"""Degrees by which the edge of what an office serves may leave the border of its units."""
_DECIMALS = 3


@dataclass(frozen=True)
class Answer:
    """A plan, the best one with as many offices, and one office more."""

    plan: Plan
    best: Plan
    extra: tuple[Extra, ...]


class OfficePlans:
    """Plans of one build, kept by question."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.country = COUNTRIES[views.stored.build.country]
        self._ground = lru_cache(maxsize=16)(self._make_ground)
        self._plan = lru_cache(maxsize=64)(self._solve)
        self._more = lru_cache(maxsize=64)(self._add)

    @property
    def people(self) -> str:
        """The layer of the people whom the offices serve."""
        return first_people(self.views.base, self.views.catalogue)

    def demands(self) -> tuple[str, ...]:
        """Return what may be served: people, those in need where they are reckoned, the score."""
        found = (self.people, JOINT_NEED, SCORE)
        return tuple(d for d in found if d == SCORE or d in self.views.layers)

    def level_of(self, choices: Choices) -> AdminLevel:
        """Return the level asked for, or the finest that the build has."""
        levels = self.views.levels
        return choices.level if choices.level in levels else levels[0]

    def ground(self, choices: Choices, scenario: Scenario) -> Ground:
        """Return the ground of choices."""
        added = choices.added if self.level_of(choices) is AdminLevel.DISTRICT else ()
        demand = choices.demand or self.people
        return self._ground(self.level_of(choices), demand, scenario, tuple(sorted(added)))

    def answer(self, choices: Choices, scenario: Scenario) -> Answer:
        """Solve what choices ask.

        Parameters
        ----------
        choices : Choices
            What is asked.
        scenario : Scenario
            Weights of the score, where that is the demand.

        Returns
        -------
        Answer
            Proven optimal.

        Raises
        ------
        LayersError
            Where no plan satisfies the choices.
        """
        ground = self.ground(choices, scenario)
        key = (ground.level, choices.demand or self.people, scenario, self._extra_sites(choices))
        question = question_of(choices, ground)
        free = replace(question, keeps_today=False, required=(), forbidden=())
        return Answer(
            self._plan(*key, question), self._plan(*key, free), self._more(*key, question)
        )

    def regions(self, choices: Choices, scenario: Scenario) -> Plan:
        """Choose the regions of the mission: those of today's offices and as many as lack."""
        ground = self._ground(AdminLevel.REGION, choices.demand or self.people, scenario, ())
        closed = set(choices.regions_closed)
        kept = (set(ground.today.values()) | set(choices.regions_added)) - closed
        question = Question(
            sites=min(max(REGIONS, len(kept)), len(ground.candidates) - len(closed)),
            keeps_today=False,
            required=tuple(sorted(kept)),
            forbidden=tuple(sorted(closed)),
        )
        return self._plan(AdminLevel.REGION, choices.demand or self.people, scenario, (), question)

    def _extra_sites(self, choices: Choices) -> tuple[str, ...]:
        is_finest = self.level_of(choices) is AdminLevel.DISTRICT
        return tuple(sorted(choices.added)) if is_finest else ()

    def _make_ground(
        self, level: AdminLevel, demand: str, scenario: Scenario, added: tuple[str, ...]
    ) -> Ground:
        return ground_of_build(
            self.views.stored.build,
            self.views.catalogue,
            scenario,
            level,
            demand=demand,
            people=self.people,
            required=added,
            country=self.country,
        )

    def _solve(
        self,
        level: AdminLevel,
        demand: str,
        scenario: Scenario,
        added: tuple[str, ...],
        question: Question,
    ) -> Plan:
        return solve_focus(self._ground(level, demand, scenario, added), question)

    def _add(
        self,
        level: AdminLevel,
        demand: str,
        scenario: Scenario,
        added: tuple[str, ...],
        question: Question,
    ) -> tuple[Extra, ...]:
        return add_one_office(self._plan(level, demand, scenario, added, question))

    def site_name(self, plan: Plan, site: str) -> str:
        """Return the name of today's office in a unit, else that of the unit."""
        offices = {office.id: office.name for office in self.country.offices}
        for office, unit in plan.ground.today.items():
            if unit == site:
                return offices[office]
        return self.unit_name(site)

    def unit_name(self, unit: str) -> str:
        """Return the name of a unit of any level."""
        level = next(one for one in AdminLevel if one.digits == len(unit))
        return str(self.views.level(level).table.names.at[unit, "name"])

    def overlay(self, answer: Answer) -> dict[str, Any]:
        """Return what the map shows of an answer: who serves what, and where the offices are."""
        plan = answer.plan
        today = set(plan.ground.today.values())
        kinds = {site: "today" if site in today else "proposed" for site in plan.sites}
        kinds |= {site: "best" for site in answer.best.sites if site not in kinds}
        points = plan.ground.points
        return {
            "areas": self._areas(plan),
            "lines": _spokes(plan),
            "points": [
                {
                    "lon": round(float(points.at[site, "lon"]), 4),
                    "lat": round(float(points.at[site, "lat"]), 4),
                    "label": "" if kind == "best" else self.site_name(plan, site),
                    "kind": f"site {kind}",
                }
                for site, kind in kinds.items()
            ],
        }

    def _areas(self, plan: Plan) -> dict[str, Any]:
        """Return the outline of what each office serves."""
        outlines = self.views.level(plan.ground.level).outlines
        served = plan.assignment.groupby("office")["ubigeo"]
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"class": "served"},
                    "geometry": shapely.geometry.mapping(
                        shapely.set_precision(
                            shapely.simplify(shapely.union_all(outlines[codes]), _SIMPLER),
                            10.0**-_DECIMALS,
                        )
                    ),
                }
                for _, codes in served
            ],
        }


def _spokes(plan: Plan) -> list[list[list[float]]]:
    """Return the lines of an assignment as [lon, lat]; districts are too many for them."""
    if plan.ground.level is AdminLevel.DISTRICT:
        return []
    return [
        [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lat, lon in line["path"]]
        for line in lines_of(plan)
    ]
