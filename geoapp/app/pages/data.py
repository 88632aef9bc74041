"""Datos: what each figure rests on, how much is known where, what is missing, and one's own file."""

from html import escape
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import request

from geoapp.access.gate import access_now, may_act, require
from geoapp.access.permits import ACTS
from geoapp.answers.missing import missing_row, stake_row
from geoapp.app import ids
from geoapp.app.address import MAX_FIND, encode
from geoapp.app.components.data_head import data_head
from geoapp.app.components.export_list import export_list
from geoapp.app.components.missing_list import missing_list
from geoapp.app.components.own_form import preview, system_choice
from geoapp.app.components.own_report import own_layers, report
from geoapp.app.components.quality_list import quality_list
from geoapp.app.components.source_list import source_list
from geoapp.app.own_acts import OwnFiles
from geoapp.app.quality import QUALITY
from geoapp.app.security import MAX_FILE
from geoapp.app.shelf import COOKIE, MAX_AGE, Space
from geoapp.app.source_rows import source_rows
from geoapp.app.state import SCORE, DataPart, Page, ViewState
from geoapp.app.view import Views
from geoapp.exports.columns import columns_of
from geoapp.exports.formats import EXPORTS
from geoapp.numbers import show_number
from geoapp.words import say, translate
from layers.catalogue.awaited import AWAITED
from layers.decide.scenario import Scenario
from layers.errors import MapPlaceError
from layers.own.asked import OWN
from layers.sources.locate import starter_folder
from layers.spec import CountryProfile

PAGE = Page.DATA


def left(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return nothing: what is open is chosen in the panel itself."""
    return []


def right(country: CountryProfile, scenario: Scenario) -> list[Component]:
    """Return the panel: its head, what is looked for, the list, and the own file."""
    limit: dict[str, Any] = {"data-most": MAX_FILE}
    said: dict[str, Any] = {"role": "status"}
    stores = (ids.DATA_VIEW, ids.OWN_SENT, ids.OWN_GIVEN, ids.OWN_ACT)
    drop = dcc.Upload(html.Span(id=ids.OWN_DROP, className="drop"), id=ids.OWN_FILE)
    own = html.Div(
        [
            html.P(id=ids.OWN_WORDS, className="note"),
            html.Div(drop, className="upload"),
            html.P(id=ids.OWN_BUSY, className="busy", hidden=True, **said),
            html.Div(id=ids.OWN_LAYERS),
            html.Div(id=ids.OWN_PREVIEW),
            html.Div(id=ids.OWN_REPORT),
        ],
        id=ids.OWN_PANEL,
        hidden=True,
        **limit,
    )
    find = dcc.Input(id=ids.DATA_FIND, type="search", autoComplete="off", maxLength=MAX_FIND)
    return [
        html.Section(
            [
                *(dcc.Store(id=name) for name in stores),
                html.Div(id=ids.DATA_HEAD),
                html.Div(
                    [
                        html.Div(find, id=f"{ids.DATA_FIND}-box", hidden=True),
                        html.Div(id=ids.DATA_LIST),
                        own,
                    ],
                    className="data-body",
                ),
            ],
            className="panel data-panel with-head",
        )
    ]


def parts() -> dict[str, Output]:
    """Return what the answer to an act fills here."""
    return {
        "head": Output(ids.DATA_HEAD, "children"),
        "list": Output(ids.DATA_LIST, "children"),
        "find": Output(ids.DATA_FIND, "value"),
        "find_words": Output(ids.DATA_FIND, "placeholder"),
        "find_hidden": Output(f"{ids.DATA_FIND}-box", "hidden"),
        "own_hidden": Output(ids.OWN_PANEL, "hidden"),
        "own_words": Output(ids.OWN_WORDS, "children"),
        "own_drop": Output(ids.OWN_DROP, "children"),
        "own_busy": Output(ids.OWN_BUSY, "children"),
        "view": Output(ids.DATA_VIEW, "data"),
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the part of the page that is open."""
    language = view.language
    behind = views.behind()
    had = [status for status in views.stored.build.statuses.values() if not status.problem]
    note = say(
        "data.note",
        language,
        sources=show_number(len(had), 0),
        layers=show_number(len({layer for names in behind.values() for layer in names}), 0),
    )
    return {
        "head": data_head(view, note),
        "list": _open_part(views, view),
        # A hand may be typing still: the answer must not pull the letters back.
        "find": view.find if before is None else no_update,
        "find_words": say("data.find", language),
        "find_hidden": view.part is not DataPart.SOURCES,
        "own_hidden": view.part is not DataPart.YOURS,
        "own_words": say("own.words", language, most=MAX_FILE >> 20),
        "own_drop": say("own.drop", language),
        "own_busy": say("own.busy", language),
        "view": encode(view),
    }


def _open_part(views: Views, view: ViewState) -> list[Component]:
    if view.part is DataPart.SOURCES:
        return source_list(view, source_rows(views, view), len(views.stored.build.statuses))
    if view.part is DataPart.QUALITY:
        made = views.level(view.level)
        name = str(made.table.names.at[view.unit, "name"]) if view.unit else ""
        return quality_list(view, list(QUALITY), name, views.quality(view))
    if view.part is DataPart.MISSING:
        return _missing(views, view)
    if view.part is DataPart.EXPORTS:
        return _exports(views, view)
    return []


def _exports(views: Views, view: ViewState) -> list[Component]:
    level = view.level
    columns = columns_of(
        views.level(level).table, views.catalogue, views.country, view.scenario(views.base).shares
    )
    closed = [one for one in columns if one.closed(views.catalogue) and not one.is_beside]
    asked = ViewState(level=level, weights=view.weights, layer=view.layer, language=view.language)
    query = encode(asked).partition("?")[2]
    snippet = ""
    if views.embed:
        snippet = (
            f'<iframe src="{escape(f"{request.host_url}embed?{query}")}" width="800" height="600" '
            f'title="{escape(views.title(view))}"></iframe>'
        )
    return export_list(list(EXPORTS), query, snippet, len(closed), view.language)


def _missing(views: Views, view: ViewState) -> list[Component]:
    built = views.stored.build
    loaded = {file.kind: file for file in built.loaded}
    table = views.level(view.level).table
    ranked = int(views.ranking(view).units["rank"].notna().sum())
    weights = dict(view.scenario(views.base).weights)
    starter = str(starter_folder())
    rows = [
        missing_row(spec, loaded.get(spec.id), starter, view.language)
        | stake_row(spec, table, views.catalogue, weights, ranked)
        for spec in AWAITED
    ]
    return missing_list(rows, say(f"levels.{view.level}", view.language), view.language)


def register(app: Dash, views: Views) -> None:
    """Register what a visitor does with a file of their own."""
    files = OwnFiles(views)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("geoapp", "ownFile"),
        Output(ids.OWN_SENT, "data"),
        Input(ids.OWN_FILE, "contents"),
        State(ids.OWN_FILE, "filename"),
        prevent_initial_call=True,
    )
    busy = [(Output(ids.OWN_BUSY, "hidden"), False, True)]

    @app.callback(
        Output(ids.OWN_GIVEN, "data"),
        Input(ids.OWN_SENT, "data"),
        running=busy,
        prevent_initial_call=True,
    )
    def on_file(sent: dict[str, Any] | None) -> dict[str, Any]:
        if not sent:
            raise PreventUpdate
        token, space = views.shelf.open(request.cookies.get(COOKIE, ""))
        files.give(space, sent, MAX_FILE >> 20)
        dash.ctx.response.set_cookie(
            COOKIE,
            token,
            max_age=int(MAX_AGE),
            httponly=True,
            samesite="Strict",
            secure=request.is_secure or access_now().is_server,
        )
        return {"t": sent.get("t")}

    @app.callback(
        output={
            "preview": Output(ids.OWN_PREVIEW, "children"),
            "report": Output(ids.OWN_REPORT, "children"),
            "layers": Output(ids.OWN_LAYERS, "children"),
            "asked": Output(ids.ASKED, "data", allow_duplicate=True),
        },
        inputs={
            "address": Input(ids.DATA_VIEW, "data"),
            "given": Input(ids.OWN_GIVEN, "data"),
            "act": Input(ids.OWN_ACT, "data"),
        },
        state={
            "form": State(ids.own_ask_id(ALL), "value"),
            "fields": State(ids.own_ask_id(ALL), "id"),
        },
        running=busy,
        prevent_initial_call=True,
    )
    def on_act(
        address: str | None,
        given: dict[str, Any] | None,
        act: dict[str, Any] | None,
        form: list[Any],
        fields: list[dict[str, Any]],
    ) -> dict[str, Any]:
        view = views.possible(views.read(address or ""))
        if view.part is not DataPart.YOURS:
            raise PreventUpdate
        # An act may come together with a change of the view.
        is_act = act is not None and f"{ids.OWN_ACT}.data" in dash.ctx.triggered_prop_ids
        space = views.shelf.of_visitor()
        if space is None:
            return _nothing(view, is_act)
        named = {field["name"]: value for field, value in zip(fields, form, strict=True)}
        asked = None
        if is_act:
            space.told, asked = _do(views, files, space, view, act or {}, named)
        is_form_kept = is_act and (act or {}).get("act") != "look"
        return {
            "preview": no_update if is_form_kept else _preview(space, view.language),
            "report": _report(views, space, view.language),
            "layers": own_layers(view, space.layers),
            "asked": asked or no_update,
        }


def _nothing(view: ViewState, was_there: bool) -> dict[str, Any]:
    """Return the empty page of who has brought nothing, or whose file is gone."""
    gone = [html.P(say("own.gone", view.language), className="note")] if was_there else []
    return {"preview": gone, "report": [], "layers": [], "asked": no_update}


def _do(
    views: Views,
    files: OwnFiles,
    space: Space,
    view: ViewState,
    act: dict[str, Any],
    form: dict[str, Any],
) -> tuple[str, dict[str, Any] | None]:
    """Do what a button says; return what is told of it, and the address that follows."""
    name = act.get("act")
    if name == "look" and space.name:
        files.look(space, str(form.get("system") or ""))
    elif name == "check" and space.seen:
        files.check(space, form)
    elif name == "use" and space.taken:
        made = files.use(space, view.language)
        if made is not None:
            return say("own.used", view.language, title=made.title), _to(view, made.id)
    elif name == "remove" and space.layers.pop(str(act.get("own")), None):
        return "", _to(view, SCORE if view.layer == act["own"] else view.layer)
    elif name == "accept" and space.taken and views.decisions and space.asked.kind != OWN:
        require(ACTS["accept"])
        return files.accept(space, views.decisions, form, view.language), None
    return "", None


def _to(view: ViewState, layer: str) -> dict[str, Any]:
    return {"address": encode(view.with_(layer=layer))}


def _may_accept(views: Views, space: Space) -> bool:
    """Tell whether who asks may load it for everybody, and the product awaits such a file."""
    return views.decisions is not None and may_act("accept") and space.asked.kind != OWN


def _preview(space: Space, language: str) -> list[Component]:
    if space.seen:
        return preview(space.seen, space.asked, language)
    if space.refusal is None:
        return []
    said = [_refusal(space, language)]
    if isinstance(space.refusal, MapPlaceError):
        said += system_choice(space.asked, language)
    return said


def _report(views: Views, space: Space, language: str) -> list[Component]:
    status: dict[str, Any] = {"role": "status"}
    line: list[Component] = (
        [html.P(space.told, className="own-told", **status)] if space.told else []
    )
    if space.taken:
        return [*line, *report(space.taken, language, _may_accept(views, space))]
    return [*line, _refusal(space, language)] if space.seen and space.refusal else line


def _refusal(space: Space, language: str) -> Component:
    """Return one sentence: which file, what is wrong with it, what to do."""
    refusal = space.refusal
    alert: dict[str, Any] = {"role": "alert"}
    if refusal is None:
        return html.Span()
    why = translate(refusal, language)
    return html.P(say("own.refused", language, why=why), className="own-said", **alert)
