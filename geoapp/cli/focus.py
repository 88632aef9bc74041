"""geoapp focus."""

import time
from enum import StrEnum
from typing import Annotated

import typer

from geoapp.answers.focus import REGIONS, first_people, focus_answer, ground_of_build
from geoapp.cli.choose import chosen_scenario
from geoapp.cli.focus_lines import plan_lines
from geoapp.cli.focus_options import (
    Capacity,
    Demand,
    EveryDistrict,
    Forbidden,
    Level,
    OneMore,
    Regions,
    Required,
    Sites,
    Times,
    Within,
)
from geoapp.cli.options import AsJson, SavedScenario, Weights
from geoapp.cli.output import log, print_json
from geoapp.cli.stored import open_build
from geoapp.settings import read_settings
from layers.decide.focus import (
    WITHIN_HOURS,
    WITHIN_KM,
    Extra,
    Plan,
    Problem,
    Question,
    add_one_office,
    solve_focus,
)
from layers.decide.ground import Ground
from layers.decide.milp import Progress, Watch
from layers.errors import FocusError
from layers.sources.road_times import read_road_times
from layers.terms import AdminLevel

_STAGES = {
    "interchange": "primera solución",
    "bound": "cota",
    "proof": "prueba",
    "transport": "reparto",
}


class Today(StrEnum):
    """What becomes of today's offices."""

    FIXED = "fixed"
    FREE = "free"


def focus(
    problem: Annotated[
        Problem,
        typer.Option(
            help="p-median: menor distancia media; cover: más personas al alcance; "
            "capacity: menor distancia media sin pasar de la capacidad."
        ),
    ] = Problem.P_MEDIAN,
    level: Level = None,
    demand: Demand = None,
    scenario: SavedScenario = None,
    weight: Weights = None,
    sites: Sites = None,
    today: Annotated[
        Today, typer.Option(help="Las sedes de hoy: fijas (fixed) o libres (free).")
    ] = Today.FIXED,
    within: Within = None,
    require: Required = None,
    forbid: Forbidden = None,
    capacity: Capacity = None,
    one_more: OneMore = False,
    regions: Regions = False,
    every: EveryDistrict = False,
    times: Times = None,
    as_json: AsJson = False,
) -> None:
    """Dónde poner las oficinas, qué distritos atiende cada una y qué cuesta cada condición.

    El óptimo es exacto. Sin --times las distancias son una estimación: línea recta, rodeo y pendiente.

    Ejemplo: geoapp focus --sites 8 --one-more --json
    """
    settings = read_settings()
    country = settings.country
    built, catalogue = open_build(settings)
    chosen = chosen_scenario(settings, catalogue, scenario, weight)
    people = first_people(chosen, catalogue)
    at = level or (AdminLevel.REGION if regions else AdminLevel.DISTRICT)
    ground = ground_of_build(
        built,
        catalogue,
        chosen,
        at,
        demand=demand or people,
        people=people,
        required=tuple(require or ()),
        every=every,
        country=country,
    )
    if times:
        ground = ground.with_roads(*read_road_times(times))
    question = Question(
        problem=problem,
        sites=sites or (REGIONS if regions else _usual_sites(ground, today, require)),
        keeps_today=today is Today.FIXED,
        within=_reach(within, ground.measure),
        required=tuple(require or ()),
        forbidden=tuple(forbid or ()),
        capacity=capacity,
    )
    plan, extra = _solved(ground, question, one_more)
    names = built.levels[at].table.names
    answer = focus_answer(plan, names, country, demand=demand or people, people=people, extra=extra)
    if as_json:
        print_json(answer)
    else:
        print("\n".join(plan_lines(answer, names["name"].to_dict())))


def _usual_sites(ground: Ground, today: Today, require: list[str] | None) -> int:
    """Return how many offices are meant where nobody says: those that stay, or as many as today."""
    kept = {*(ground.today.values() if today is Today.FIXED else ()), *(require or ())}
    return len(kept) or len(set(ground.today.values()))


def _solved(ground: Ground, question: Question, one_more: bool) -> tuple[Plan, tuple[Extra, ...]]:
    watch = _tell_each_second()
    try:
        plan = solve_focus(ground, question, watch)
        return plan, add_one_office(plan, watch) if one_more else ()
    except KeyboardInterrupt:
        raise FocusError("stopped before the optimum was proven; nothing was written") from None


def _reach(within: float | None, measure: str) -> float:
    if within is not None:
        return within
    return WITHIN_KM if measure == "km" else WITHIN_HOURS


def _tell_each_second() -> Watch:
    """Return a watcher that writes a line of log a second, and none in the first one."""
    last = [time.monotonic()]

    def tell(progress: Progress) -> None:
        now = time.monotonic()
        if now - last[0] > 1.0:
            last[0] = now
            left = f": falta probar {progress.gap:.2%}" if progress.gap < 1 else ""
            log(f"{_STAGES[progress.stage]}{left}")

    return tell
