"""What a visitor does with a file of their own, and what the page says of it."""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from flask import request

from geoapp.access.gate import access_now, may_act, require
from geoapp.access.permits import ACTS
from geoapp.app import ids
from geoapp.app.address import encode
from geoapp.app.components.own_form import preview, system_choice
from geoapp.app.components.own_report import own_layers, report
from geoapp.app.own_acts import OwnFiles
from geoapp.app.security import MAX_FILE
from geoapp.app.shelf import COOKIE, MAX_AGE, Space
from geoapp.app.state import SCORE, DataPart, ViewState
from geoapp.app.view import Views
from geoapp.words import say, translate
from layers.errors import MapPlaceError
from layers.own.asked import OWN


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
    name: Any = act.get("act")
    permit = ACTS.get(str(name))
    if permit is not None:
        require(permit)
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
