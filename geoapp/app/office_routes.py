"""How far a plan of the offices is, how it is stopped, and the file of who serves whom.

The question is in the address, as in that of the page: any process of the server can be asked.
"""

from typing import Any

from flask import Flask, Response, jsonify, request

from geoapp.answers.focus import SCORE
from geoapp.app.address import encode
from geoapp.app.office_plans import OfficePlans
from geoapp.app.state import Page, ViewState
from geoapp.day import export_date
from geoapp.exports.assignment import assignment_csv
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.milp import Progress
from layers.errors import LayersError

_FILE_SECONDS = 20.0


def add_office_routes(server: Flask, plans: OfficePlans) -> None:
    """Add the routes of the page of the offices.

    Parameters
    ----------
    server : Flask
        The server of the page.
    plans : OfficePlans
        Solves what is asked.
    """

    @server.get("/offices/progress")
    def progress() -> Response:
        view = _asked(plans)
        try:
            job = plans.ask(view.offices, view.scenario(plans.views.base), wait=0.0)
        except LayersError:
            # Too many questions: the page says so when it asks for the answer.
            return _fresh(jsonify(over=True))
        return _fresh(jsonify(over=job.is_over, said=said_of(job.progress, view.language)))

    @server.delete("/offices/progress")
    def stop() -> Response:
        view = _asked(plans)
        plans.jobs.stop(plans.asked(view.offices, view.scenario(plans.views.base)))
        return jsonify(stopped=True)

    @server.get("/offices/asignacion.csv")
    def assignment() -> Response | tuple[Response, int]:
        view = _asked(plans)
        try:
            job = plans.ask(view.offices, view.scenario(plans.views.base), _FILE_SECONDS)
        except LayersError:
            return jsonify(error="Service Unavailable"), 503
        if job.result is None:
            return jsonify(error="Conflict" if job.is_over else "Service Unavailable"), (
                409 if job.is_over else 503
            )
        return _file(plans, view, job.result)


def _asked(plans: OfficePlans) -> ViewState:
    address = f"{Page.OFFICES.path}?{request.query_string.decode()}"
    return plans.views.possible(plans.views.read(address))


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(plans: OfficePlans, view: ViewState, found: Any) -> Response:
    built = plans.views.stored.build
    scenario = view.scenario(plans.views.base)
    served = plans.demand_of(view.offices)
    counted = dict.fromkeys((plans.people, *((served,) if served != SCORE else ())))
    date = export_date()
    content = assignment_csv(
        found.plan,
        found.today,
        built,
        scenario,
        plans.views.catalogue,
        plans.country,
        layers=tuple(counted),
        question=encode(view),
        date=date,
    )
    answer = Response(content, mimetype="text/csv")
    name = f"geoapp_oficinas_{found.plan.ground.level}_{date}_{built.hash[:8]}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(answer)


def said_of(progress: Progress | None, language: str) -> str:
    """Return how far a search is, as a visitor reads it.

    Parameters
    ----------
    progress : Progress or None
        None where it waits for its turn.
    language : str
        A language of the product.

    Returns
    -------
    str
        One line.
    """
    if progress is None:
        return say("offices.stage.waiting", language)
    stage = say(f"offices.stage.{progress.stage or 'proof'}", language)
    if progress.gap >= 1 or progress.gap == 0:
        return stage
    return say("offices.stage.left", language, stage=stage, gap=show_number(100 * progress.gap, 2))
