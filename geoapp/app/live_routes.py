"""The answers that follow a hand on a slider. Their addresses name their content: kept for ever."""

from flask import Flask, Response, abort, jsonify, request

from geoapp.app.forever import FOREVER
from geoapp.app.live import TOP, TOPS
from geoapp.app.view import Views
from geoapp.work.aside import StoppedError
from layers.terms import AdminLevel


def add_live_routes(server: Flask, views: Views) -> None:
    """Add the figures to score by, and how firm places are, to the server of the page.

    Neither is an act of the page, which are answered in turn: draws take seconds.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Answers of the build.
    """

    @server.get("/points/<level>-<name>.bin")
    def points(level: str, name: str) -> Response:
        found = views.live.points(_level(level, views))
        if found.name != name:
            abort(404)
        return _kept(Response(found.content, mimetype="application/octet-stream"))

    @server.get("/firmness/<build>/<level>.json")
    def firmness(build: str, level: str) -> Response:
        asked = _level(level, views)
        view = views.read(f"/?{request.query_string.decode()}")
        top = view.top or TOP[asked]
        if build != views.live.build or view.unread or top not in TOPS[asked]:
            abort(404)
        try:
            return _kept(jsonify(views.live.firmness(asked, view.scenario(views.base), top)))
        except StoppedError:
            abort(503)


def _level(named: str, views: Views) -> AdminLevel:
    known = {level.value: level for level in views.levels}
    if named not in known:
        abort(404)
    return known[named]


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = FOREVER
    return answer
