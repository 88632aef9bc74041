"""What the page lends to the API: its codec of addresses and its caches."""

from collections.abc import Mapping
from urllib.parse import urlencode

from geoapp.answers.build import level_of_build
from geoapp.api import Asked, Planned, Service
from geoapp.app.office_choices import known_choices, read_choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.errors import LayersError

_PLAN_SECONDS = 4.0
"""A request waits so long for a plan: less than after which nobody seems to want it."""


def service_of(views: Views, plans: OfficePlans) -> Service:
    """Return what the API answers from.

    Parameters
    ----------
    views : Views
        Answers of the build.
    plans : OfficePlans
        Plans that the page shows too.

    Returns
    -------
    Service
        Nothing is computed yet.
    """

    def read(parts: Mapping[str, str]) -> Asked:
        return _asked(views, parts)

    def plan(choices: str, scenario: Scenario) -> Planned | None:
        return _planned(plans, choices, scenario)

    return Service(
        stored=views.stored,
        catalogue=views.catalogue,
        scenario=views.base,
        read=read,
        rank=views.rivals.ranking,
        plan=plan,
        pictures=lambda: {name: drawn.address for name, drawn in views.overlays.painted.items()},
    )


def _asked(views: Views, parts: Mapping[str, str]) -> Asked:
    """Return what parts of an address ask, or name those that mean nothing."""
    view = views.read(f"/?{urlencode(parts)}")
    made = level_of_build(views.stored.build, view.level)
    unread = (*view.unread, *views.narrow.unknown(view).values())
    if unread:
        raise LayersError(
            "{parts} means nothing to this build; correct it", parts="; ".join(unread)
        )
    is_whole = not views.narrow.is_narrowed(view)
    inside = None if is_whole else frozenset(made.units.index[views.narrow.inside(view)])
    return Asked(view.level, view.scenario(views.base), view.top, inside)


def _planned(plans: OfficePlans, text: str, scenario: Scenario) -> Planned | None:
    try:
        choices = read_choices(text)
    except ValueError:
        raise LayersError("o={text!r} tells no choice of offices; correct it", text=text) from None
    choices, unknown = known_choices(choices, plans.views.level(plans.views.levels[0]).units.index)
    if unknown:
        raise LayersError("this build has no {places}", places=", ".join(unknown))
    demand = plans.demand_of(choices)
    if choices.part == "regions":
        return Planned(plans.regions(choices, scenario), demand, plans.people, ())
    job = plans.ask(choices, scenario, _PLAN_SECONDS)
    if not job.is_over:
        return None
    if job.error is not None:
        raise job.error
    if job.result is None:
        return None
    return Planned(job.result.plan, demand, plans.people, job.result.extra)
