"""The plans that the page of the offices shows, each solved once and off the request."""

from dataclasses import dataclass, replace
from functools import lru_cache

from geoapp.answers.focus import REGIONS, first_people, ground_of_build
from geoapp.app.jobs import Job, Jobs
from geoapp.app.office_choices import SCORE, Choices, kept_sites, question_of, site_count
from geoapp.app.view import Views
from layers.countries import COUNTRIES
from layers.decide.focus import Extra, Plan, Question, Solved, add_one_office, solve_focus
from layers.decide.ground import Ground
from layers.decide.milp import Watch, watch_nothing
from layers.decide.scenario import Scenario
from layers.errors import FocusError
from layers.spec import SourceSpec
from layers.table.need_decisions import JOINT_NEED
from layers.terms import AdminLevel

ASK_SECONDS = 0.6
"""A request waits so long for a plan before it says that it is still sought."""


@dataclass(frozen=True)
class Asked:
    """What a plan depends on, and nothing else: the question by which it is kept."""

    choices: Choices
    scenario: Scenario


@dataclass(frozen=True)
class Change:
    """One office that a visitor moved, added or closed."""

    act: str
    """move, add or close."""
    place: str
    """Unit of the level; where to, of a move."""
    source: str
    """From where, of a move; empty otherwise."""
    without: Plan | None
    """The plan without this change alone; None where sites would have to be sought for it."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A plan, today's, the best one with as many offices, and one office more."""

    plan: Plan
    best: Plan
    today: Plan | None
    """None where today's offices have not the capacity."""
    extra: tuple[Extra, ...]
    changes: tuple[Change, ...]


class OfficePlans:
    """Plans of one build, kept by question."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.country = COUNTRIES[views.stored.build.country]
        self.jobs: Jobs[Asked, Answer] = Jobs(self._answer)
        self._ground = lru_cache(maxsize=16)(self._make_ground)
        self._solved = lru_cache(maxsize=16)(lambda *of_ground: Solved())

    @property
    def people(self) -> str:
        """The layer of the people whom the offices serve."""
        return first_people(self.views.base, self.views.catalogue)

    def sources(self) -> list[SourceSpec]:
        """Return the sources that the people rest on."""
        found = self.views.level(AdminLevel.REGION).table.sources[self.people]
        return [self.views.catalogue.source(name) for name in found]

    def demands(self) -> tuple[str, ...]:
        """Return what may be served: people, those in need where they are reckoned, the score."""
        found = (self.people, JOINT_NEED, SCORE)
        return tuple(d for d in found if d == SCORE or d in self.views.layers)

    def demand_of(self, choices: Choices) -> str:
        """Return what is asked to be served; people where the build has not what is asked."""
        return next((one for one in self.demands() if one == choices.demand), self.people)

    def level_of(self, choices: Choices) -> AdminLevel:
        """Return the level asked for, or the finest that the build has."""
        levels = self.views.levels
        return choices.level if choices.level in levels else levels[0]

    def ground(self, choices: Choices, scenario: Scenario) -> Ground:
        """Return the ground of choices."""
        return self._ground(*self._ground_key(choices, scenario))

    def asked(self, choices: Choices, scenario: Scenario) -> Asked:
        """Return the question of choices: what a plan does not depend on is as at first."""
        first = Choices()
        only = replace(
            choices,
            part=first.part,
            regions_added=first.regions_added,
            regions_closed=first.regions_closed,
        )
        is_weighed = self.demand_of(choices) == SCORE
        return Asked(only, scenario if is_weighed else self.views.base)

    def ask(self, choices: Choices, scenario: Scenario, wait: float = ASK_SECONDS) -> Job[Answer]:
        """Return how far the answer to choices is; where it is new it is begun."""
        return self.jobs.ask(self.asked(choices, scenario), wait)

    def regions(self, choices: Choices, scenario: Scenario) -> Plan:
        """Choose the regions of the mission: those of today's offices and as many as lack."""
        at_regions = Choices(level=AdminLevel.REGION, demand=choices.demand)
        key = self._ground_key(at_regions, self.asked(at_regions, scenario).scenario)
        ground = self._ground(*key)
        closed = set(choices.regions_closed)
        kept = (set(ground.today.values()) | set(choices.regions_added)) - closed
        question = Question(
            sites=min(max(REGIONS, len(kept)), len(ground.candidates) - len(closed)),
            keeps_today=False,
            required=tuple(sorted(kept)),
            forbidden=tuple(sorted(closed)),
        )
        return solve_focus(ground, question, watch_nothing, self._solved(*key))

    def _ground_key(
        self, choices: Choices, scenario: Scenario
    ) -> tuple[AdminLevel, str, Scenario, tuple[str, ...]]:
        level = self.level_of(choices)
        # Only among districts are some no possible sites unless they are asked for.
        required = tuple(sorted({*choices.opened})) if level is AdminLevel.DISTRICT else ()
        return level, self.demand_of(choices), scenario, required

    def _make_ground(
        self, level: AdminLevel, demand: str, scenario: Scenario, required: tuple[str, ...]
    ) -> Ground:
        return ground_of_build(
            self.views.stored.build,
            self.views.catalogue,
            scenario,
            level,
            demand=demand,
            people=self.people,
            required=required,
            country=self.country,
        )

    def _answer(self, asked: Asked, watch: Watch) -> Answer:
        choices, scenario = asked.choices, asked.scenario
        plan = self._plan(choices, scenario, watch)
        free = replace(plan.question, keeps_today=False, required=(), forbidden=())
        solved = self._solved(*self._ground_key(choices, scenario))
        return Answer(
            plan=plan,
            best=solve_focus(plan.ground, free, watch, solved),
            today=self._today(plan, watch, solved),
            extra=add_one_office(plan, watch),
            changes=tuple(self._changes(choices, scenario, plan, watch)),
        )

    def _plan(self, choices: Choices, scenario: Scenario, watch: Watch) -> Plan:
        key = self._ground_key(choices, scenario)
        ground = self._ground(*key)
        return solve_focus(ground, question_of(choices, ground), watch, self._solved(*key))

    def _today(self, plan: Plan, watch: Watch, solved: Solved) -> Plan | None:
        sites = len(set(plan.ground.today.values()))
        today = replace(plan.question, sites=sites, keeps_today=True, required=(), forbidden=())
        try:
            return solve_focus(plan.ground, today, watch, solved)
        except FocusError:
            return None

    def _changes(
        self, choices: Choices, scenario: Scenario, plan: Plan, watch: Watch
    ) -> list[Change]:
        """Return each change of a visitor beside the plan without it alone."""
        ground, today = plan.ground, set(plan.ground.today.values())
        count = site_count(choices, ground)
        is_given = choices.is_fixed and count == len(kept_sites(choices, ground))
        found = []
        for act, place, source, without in _each_change(choices, count):
            unit = place[: ground.level.digits]
            if act != "move" and (unit in today) == (act == "add"):
                continue
            former = self._plan(without, scenario, watch) if is_given and count > 1 else None
            found.append(Change(act, unit, source[: ground.level.digits], former))
        return found

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


def _each_change(choices: Choices, count: int) -> list[tuple[str, str, str, Choices]]:
    """Return act, place, from where, and the choices without this change alone."""

    def rest(places: tuple[str, ...], place: str) -> tuple[str, ...]:
        return tuple(one for one in places if one != place)

    moves = [
        ("move", target, source, tuple(pair for pair in choices.moved if pair[1] != target))
        for source, target in choices.moved
    ]
    return [
        *((act, to, source, replace(choices, moved=pairs)) for act, to, source, pairs in moves),
        *(
            ("add", place, "", replace(choices, added=rest(choices.added, place), sites=count - 1))
            for place in choices.added
        ),
        *(
            (
                "close",
                place,
                "",
                replace(choices, closed=rest(choices.closed, place), sites=count + 1),
            )
            for place in choices.closed
        ),
    ]
