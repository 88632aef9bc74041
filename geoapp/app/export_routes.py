"""Files to take home, and the map that another site may show in a frame."""

import html
from functools import lru_cache
from threading import Lock

from branca.element import Element
from flask import Flask, Response, abort, jsonify, request

from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.day import export_date
from geoapp.edition import with_edition
from geoapp.exports.files import packed
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.maps.page import figure_of, page_of, policy_of, unit_map
from geoapp.style import INK_SOFT, SURFACE
from geoapp.words import say
from layers.decide.scenario import Scenario
from layers.errors import ExportError
from layers.terms import AdminLevel

_FRAMES = 2
"""Frames of districts that are kept: some tens of megabytes each."""
_MAPS = 8
_FOOT = (
    f"position:absolute;z-index:1000;left:0;right:0;bottom:0;background:{SURFACE};"
    f"color:{INK_SOFT};font:11px/1.5 system-ui,sans-serif;padding:1px 6px"
)


class Frames:
    """What files and maps of a build say, gathered one at a time and the last ones kept."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._lock = Lock()
        self._made = lru_cache(maxsize=_FRAMES)(self._make)

    def of(self, view: ViewState) -> ExportFrame:
        """Return the frame of the level and the weights of a view, of today."""
        with self._lock:
            return self._made(view.level, view.scenario(self._views.base), export_date())

    def _make(self, level: AdminLevel, scenario: Scenario, date: str) -> ExportFrame:
        views = self._views
        built = views.stored.build
        return make_frame(built, level, scenario, views.catalogue, views.country, date=date)


def add_export_routes(server: Flask, views: Views) -> None:
    """Add the files of a view to the server of the page, and its map where frames are allowed.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Answers of the build; its ``embed`` names who may show a map in a frame.
    """
    frames = Frames(views)

    @server.get("/export/<name>")
    def export(name: str) -> Response | tuple[Response, int]:
        if name not in EXPORTS:
            abort(404)
        view = _asked(views)
        stem = f"geoapp_{view.level}_{export_date()}_{views.stored.build.hash[:8]}_{name}"
        try:
            file, content = packed(frames.of(view), EXPORTS[name], stem)
        except ExportError:
            # The page offers what this build can give; an address made by hand may ask more.
            return jsonify(error="Conflict"), 409
        answer = Response(content, mimetype="application/octet-stream")
        answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer

    if views.embed:
        _add_embed(server, views, frames)


def _add_embed(server: Flask, views: Views, frames: Frames) -> None:
    @lru_cache(maxsize=_MAPS)
    def page(view: ViewState, date: str) -> tuple[str, str]:
        made = unit_map(frames.of(view), view.layer, view.language)
        foot = f'<div style="{_FOOT}">{html.escape(_source_line(views, view, date))}</div>'
        figure_of(made).html.add_child(Element(foot))
        text = page_of(made, views.title(view), view.language)
        return text, f"{policy_of(text)}; frame-ancestors {' '.join(views.embed)}"

    @server.get("/embed")
    def embed() -> Response:
        view = _asked(views)
        shown = ViewState(
            level=view.level, layer=view.layer, weights=view.weights, language=view.language
        )
        try:
            text, policy = page(shown, export_date())
        except ExportError:
            abort(404)
        answer = Response(text, mimetype="text/html")
        answer.headers["Content-Security-Policy"] = policy
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def _asked(views: Views) -> ViewState:
    return views.possible(views.read(f"/?{request.query_string.decode()}"))


def _source_line(views: Views, view: ViewState, date: str) -> str:
    built = views.stored.build
    publishers = dict.fromkeys(source.publisher for source in views.sources(view))
    line = say(
        "maps.foot",
        view.language,
        publishers="; ".join(publishers),
        date=date,
        build=built.hash[:12],
    )
    return with_edition(built, line, view.language)
