"""Emergencia: where an event struck, and at once who is inside, what they need, who answers."""

from datetime import UTC, datetime
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.event_brief import event_brief, problem_line, relief_items
from geoapp.app.components.event_form import WAYS, WORDS, busy_line, event_form
from geoapp.app.components.event_recent import recent_list
from geoapp.app.emergency import event_of, problem_of
from geoapp.app.event_statement import BRISK, feeds_folder
from geoapp.app.security import MAX_FILE
from geoapp.app.state import Page, ViewState
from geoapp.app.view import Views
from geoapp.event.ground import steps_of
from geoapp.event.statement import read_statement
from geoapp.event.told import displaced_of, first_rates
from geoapp.event.words import shown_range
from geoapp.words import DEFAULT_LANGUAGE, say
from layers.countries import COUNTRIES
from layers.decide.scenario import Scenario
from layers.errors import EventError, LayersError
from layers.indicators.shaking import QUAKE_LIMITS
from layers.sources.recent import recent_events
from layers.spec import CountryProfile

PAGE = Page.EMERGENCY
_STORES = (ids.EVENT_VIEW, ids.EVENT_ASKED, ids.EVENT_HELD, ids.EVENT_RATES, ids.EVENT_PROBLEM)


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return nothing: on a phone the form must be seen without opening a drawer."""
    return []


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the form, and the panel of the brief."""
    alert: dict[str, Any] = {"role": "alert"}
    said = html.Div(id=ids.EVENT_SAID, className="event-said", **alert)
    brief = html.Div(id=ids.EVENT_BRIEF)
    stores = [dcc.Store(id=name) for name in _STORES]
    return [
        event_form(MAX_FILE),
        html.Section([busy_line(), said, brief, *stores], className="panel event sheet"),
    ]


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "language": Output(ids.EVENT_VIEW, "data"),
        "words": Output(ids.event_word_id(ALL), "children"),
        "file": Output(ids.EVENT_FILE, "children"),
        "ways": Output(ids.EVENT_WAY, "options"),
        "schemes": Output(ids.EVENT_SCHEME, "options"),
        "example": Output(ids.EVENT_LIST, "placeholder"),
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the words of the form; what was given and answered stays."""
    language = view.language
    if before is not None and before.language == language:
        same = dict.fromkeys(("language", "file", "ways", "schemes", "example"), no_update)
        return {**same, "words": [no_update] * len(WORDS)}
    most = MAX_FILE >> 20
    schemes = {"": "emergency.guess", "inei": "INEI", "reniec": "RENIEC"}
    return {
        "language": language,
        "words": [say(f"emergency.{key}", language, most=most) for key in WORDS],
        "file": say("page.pick_file", language),
        "ways": [{"label": say(f"emergency.way.{way}", language), "value": way} for way in WAYS],
        "schemes": [
            {"label": name if value else say(name, language), "value": value}
            for value, name in schemes.items()
        ],
        "example": say("emergency.example", language),
    }


def register(app: Dash, views: Views) -> None:
    """Register the ways in, the answer, and the rates that are edited in place."""
    _register_scripts(app)
    _register_rates(app)

    @app.callback(
        Output(ids.EVENT_HELD, "data"),
        Output(ids.EVENT_PROBLEM, "data"),
        Output(ids.EVENT_RATES, "data"),
        Output(ids.overlay_id(PAGE.value), "data"),
        Input(ids.EVENT_ASKED, "data"),
        State(ids.EVENT_VIEW, "data"),
        running=[(Output(ids.EVENT_BUSY, "hidden"), False, True)],
        prevent_initial_call=True,
    )
    def on_event(asked: dict[str, Any] | None, language: str | None) -> tuple[Any, ...]:
        if not asked:
            return (no_update,) * 4
        try:
            statement = read_statement(asked)
            name = say(f"emergency.way.{statement['way']}", language or DEFAULT_LANGUAGE)
            found = event_of(views, statement, name)
        except LayersError as error:
            # What was answered before stays where it is.
            return no_update, problem_of(asked, error), no_update, no_update
        rates = rates_kept(found["brief"], statement.get("rates"))
        return found["brief"], None, rates, found["overlay"]

    @app.callback(
        Output(ids.EVENT_BRIEF, "children"),
        Output(ids.EVENT_SAID, "children"),
        Input(ids.EVENT_HELD, "data"),
        Input(ids.EVENT_PROBLEM, "data"),
        Input(ids.EVENT_VIEW, "data"),
        State(ids.EVENT_RATES, "data"),
        prevent_initial_call=True,
    )
    def on_held(
        brief: dict[str, Any] | None,
        problem: dict[str, Any] | None,
        language: str | None,
        rates: dict[str, list[float]] | None,
    ) -> tuple[list[Component], list[Component]]:
        language = language or DEFAULT_LANGUAGE
        if not brief:
            empty = html.P(say("emergency.empty", language), className="note")
            return [empty], problem_line(problem, language)
        rates = rates or rates_kept(brief, None)
        order = [band["id"] for band in reversed(brief["bands"])]
        steps = steps_of(order, brief["footprint"]["kind"])
        told = event_brief(brief, rates, _displaced(brief, rates), steps, language)
        return told, problem_line(problem, language)

    @app.callback(
        Output(ids.EVENT_RECENT_LIST, "children"),
        Input(ids.EVENT_RECENT, "n_clicks"),
        State(ids.EVENT_VIEW, "data"),
        running=[(Output(ids.EVENT_BUSY, "hidden"), False, True)],
        prevent_initial_call=True,
    )
    def on_recent(clicks: int | None, language: str | None) -> list[Component]:
        if not clicks:
            return []
        country = COUNTRIES[views.stored.build.country]
        folder, now = feeds_folder(views), datetime.now(UTC)
        events, feeds = recent_events(country.box, country.id.upper(), folder, now, rules=BRISK)
        return recent_list(events, feeds, language or DEFAULT_LANGUAGE)


def _register_scripts(app: Dash) -> None:
    asked = Output(ids.EVENT_ASKED, "data", allow_duplicate=True)
    quake = [State(ids.quake_id(part), "value") for part in QUAKE_LIMITS]
    enter = [Input(ids.quake_id(part), "n_submit") for part in QUAKE_LIMITS]
    file = [Input(ids.EVENT_FILE, "contents"), State(ids.EVENT_FILE, "filename")]
    written = [State(ids.EVENT_LIST, "value"), State(ids.EVENT_SCHEME, "value")]
    held = [Input(ids.EVENT_HELD, "data"), Input(ids.EVENT_RATES, "data")]
    setting = ids.setting_id(ALL, ALL)
    scripts: tuple[tuple[str, list[Any]], ...] = (
        ("eventFile", [asked, *file]),
        ("eventList", [asked, Input(ids.EVENT_LIST_GO, "n_clicks"), *written]),
        ("eventQuake", [asked, Input(ids.EVENT_QUAKE_GO, "n_clicks"), *enter, *quake]),
        ("eventHeld", [*held, State(ids.EVENT_ASKED, "data")]),
        ("eventSetting", [asked, Input(setting, "value"), State(ids.EVENT_ASKED, "data")]),
    )
    for name, parts_of in scripts:
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("geoapp", name), *parts_of, prevent_initial_call=True
        )


def _register_rates(app: Dash) -> None:
    @app.callback(
        Output(ids.displaced_id(ALL), "children"),
        Output(ids.EVENT_DISPLACED, "children"),
        Output(ids.EVENT_RELIEF, "children"),
        Output(ids.EVENT_RATE_SAID, "children"),
        Output(ids.EVENT_RATES, "data", allow_duplicate=True),
        Input(ids.rate_id(ALL, "low"), "value"),
        Input(ids.rate_id(ALL, "high"), "value"),
        State(ids.EVENT_HELD, "data"),
        State(ids.EVENT_VIEW, "data"),
        prevent_initial_call=True,
    )
    def on_rate(
        lows: list[float | None],
        highs: list[float | None],
        brief: dict[str, Any] | None,
        language: str | None,
    ) -> tuple[Any, Any, Any, Any, Any]:
        language = language or DEFAULT_LANGUAGE
        nothing = [no_update] * len(lows)
        if not brief or len(lows) != len(brief["bands"]):
            return nothing, no_update, no_update, no_update, no_update
        try:
            rates = rates_of([band["id"] for band in brief["bands"]], lows, highs)
            by_band, total = _displaced(brief, rates)
        except EventError:
            said = say("emergency.problem.rate", language)
            return nothing, no_update, no_update, said, no_update
        ranges = [shown_range(pair) for pair in by_band.values()]
        return ranges, shown_range(total), relief_items(total, language), "", rates


def rates_of(
    bands: list[str], lows: list[float | None], highs: list[float | None]
) -> dict[str, list[float]]:
    """Return shares by band from what the boxes hold, in %.

    Raises
    ------
    EventError
        Where a box is empty.
    """
    rates = {}
    for band, low, high in zip(bands, lows, highs, strict=True):
        if low is None or high is None:
            raise EventError("band {band} has no rate of displaced people; give 1-5", band=band)
        rates[band] = [low / 100, high / 100]
    return rates


def rates_kept(
    brief: dict[str, Any], given: dict[str, list[float]] | None
) -> dict[str, list[float]]:
    """Return the rates of the bands: those of the planner where a band still is, else ours."""
    given = given or {}
    return {band: given.get(band, list(rate)) for band, rate in first_rates(brief).items()}


def _displaced(brief: dict[str, Any], rates: dict[str, list[float]]) -> Any:
    return displaced_of(brief, {band: (rate[0], rate[1]) for band, rate in rates.items()})
