"""A decision of a visitor becomes a record; who may leave one stands in ``geoapp.access``."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dash import Dash, Input, Output, State, no_update

from geoapp.access.gate import access_now
from geoapp.app import ids
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.planners.audit import Act, record
from geoapp.planners.decisions import write_decision
from geoapp.planners.scenarios import freeze
from geoapp.store.kept import Kept
from geoapp.store.records import hash_of, read_record
from geoapp.words import say, translate
from layers.errors import LayersError


def register(app: Dash, views: Views, store: Kept) -> None:
    """Register the callback of the form on an app.

    Parameters
    ----------
    app : Dash
        The app.
    views : Views
        Answers of the build.
    store : Path or Row
        Where decisions are kept.
    """

    @app.callback(
        Output(ids.DECISION_TOLD, "children"),
        Output(ids.DECISION_NAME, "value"),
        Output(ids.DECISION_REASON, "value"),
        Input(ids.DECISION_SAVE, "n_clicks"),
        State(ids.DECISION_NAME, "value"),
        State(ids.DECISION_REASON, "value"),
        State(ids.DECISION_WHO, "value"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_save(
        clicks: int | None, name: str | None, reason: str | None, who: str | None, current: str
    ) -> tuple[Any, Any, Any]:
        if not clicks:
            return no_update, no_update, no_update
        view = views.possible(views.read(current or ""))
        given = {"name": name or "", "reason": reason or "", "who": who or ""}
        refused = _refusal(given, view.language)
        if refused:
            return refused, no_update, no_update
        try:
            told = _record(views, view, store, given)
        except LayersError as error:
            why = translate(error, view.language)
            return say("decision.failed", view.language, error=why), no_update, no_update
        return told, "", ""


def _refusal(given: dict[str, str], language: str) -> str:
    lacking = [
        say(f"decision.{field}", language) for field, text in given.items() if not text.strip()
    ]
    return say("decision.lacking", language, fields=", ".join(lacking)) if lacking else ""


def _record(views: Views, view: ViewState, store: Kept, given: dict[str, str]) -> str:
    built = views.stored.build
    scenario = replace(view.scenario(views.base), vintage=built.hash)
    saved = freeze(built, scenario, view.level, views.catalogue)
    path = write_decision(
        saved,
        built,
        store,
        name=given["name"],
        reason=given["reason"],
        who=given["who"],
        when=datetime.now(UTC),
    )
    facts = {"name": given["name"], "file": path.name, "scenario": scenario.hash}
    record(store, access_now().visitor().name, Act.DECISION, **facts)
    digest = hash_of(read_record(path))
    return say("decision.told", view.language, file=path.name, hash=digest)
