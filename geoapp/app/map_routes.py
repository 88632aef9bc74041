"""What the map asks for when it is opened up: its menu, what lies over the units, tiles."""

from flask import Flask, Response, abort, jsonify, request

from geoapp.app.forever import FOREVER
from geoapp.app.map_menu import menu
from geoapp.app.view import Views
from geoapp.words import LANGUAGES

_A_DAY = "public, max-age=86400"


def add_map_routes(server: Flask, views: Views) -> None:
    """Add menu, overlays and tiles to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Answers of the build.
    """
    overlays = views.overlays

    @server.get("/map/menu-<language>.json")
    def map_menu(language: str) -> Response:
        if language not in LANGUAGES:
            abort(404)
        answer = jsonify(menu(views, language))
        answer.headers["Cache-Control"] = "no-cache"
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    @server.get("/overlay/<name>.<ending>")
    def overlay(name: str, ending: str) -> Response:
        found = overlays.files.get(name)
        if found is None or found.address != request.path:
            abort(404)
        # Flask-Compress packs JSON under this name alone.
        kind = "image/png" if found.is_picture else "application/json"
        answer = Response(found.content, mimetype=kind)
        answer.headers["Cache-Control"] = FOREVER
        return answer

    @server.get("/tiles/<int:zoom>/<int:column>/<int:row>")
    def tile(zoom: int, column: int, row: int) -> Response:
        content = overlays.tiles.tile(zoom, column, row) if overlays.tiles else None
        if overlays.tiles is None or content is None:
            abort(404)
        answer = Response(content, mimetype=overlays.tiles.mimetype)
        answer.headers["Cache-Control"] = _A_DAY
        return answer
