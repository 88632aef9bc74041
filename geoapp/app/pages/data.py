"""Datos: what each figure rests on, how much is known where, what is missing, and one's own file."""

from html import escape
from typing import Any

from dash import Dash, Output, dcc, html, no_update
from dash.development.base_component import Component
from flask import request

from geoapp.answers.missing import missing_row, stake_row
from geoapp.app import ids
from geoapp.app.address import MAX_FIND, encode
from geoapp.app.callbacks import own
from geoapp.app.components.data_head import data_head
from geoapp.app.components.export_list import export_list
from geoapp.app.components.missing_list import missing_list
from geoapp.app.components.quality_list import quality_list
from geoapp.app.components.source_list import source_list
from geoapp.app.quality import QUALITY
from geoapp.app.security import MAX_FILE
from geoapp.app.source_rows import source_rows
from geoapp.app.state import DataPart, Page, ViewState
from geoapp.app.unit_facts import unit_quality
from geoapp.app.view import Views
from geoapp.exports.columns import columns_of
from geoapp.exports.formats import EXPORTS
from geoapp.numbers import show_number
from geoapp.words import say
from layers.catalogue.awaited import AWAITED
from layers.decide.scenario import Scenario
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
    own_file = html.Div(
        [
            html.P(id=ids.OWN_WORDS, className="note"),
            dcc.Upload(id=ids.OWN_FILE, className="upload"),
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
                        own_file,
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
        "own_file": Output(ids.OWN_FILE, "children"),
        "own_busy": Output(ids.OWN_BUSY, "children"),
        "view": Output(ids.DATA_VIEW, "data"),
    }


def answer(views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
    """Return the part of the page that is open."""
    language = view.language
    had = [status for status in views.stored.build.statuses.values() if not status.problem]
    known = frozenset[str]().union(*(views.known_layers(level) for level in views.levels))
    note = say(
        "data.note",
        language,
        sources=show_number(len(had), 0),
        layers=show_number(len(known), 0),
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
        "own_file": say("page.pick_file", language),
        "own_busy": say("own.busy", language),
        "view": encode(view),
    }


def _open_part(views: Views, view: ViewState) -> list[Component]:
    if view.part is DataPart.SOURCES:
        return source_list(view, source_rows(views, view), len(views.stored.build.statuses))
    if view.part is DataPart.QUALITY:
        made = views.level(view.level)
        name = str(made.table.names.at[view.unit, "name"]) if view.unit else ""
        return quality_list(view, list(QUALITY), name, unit_quality(views, view))
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
    own.register(app, views)
