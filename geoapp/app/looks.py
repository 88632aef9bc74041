"""How the layers of a view look: what map and legend tell of one, ahead of its choice."""

from typing import Any

from flask import Flask, Response, abort, jsonify, request

from geoapp.app.address import encode
from geoapp.app.components.plain import plain
from geoapp.app.legends import legend_of
from geoapp.app.map_state import NO_TOOLS
from geoapp.app.second import OF_LAYER
from geoapp.app.state import CHANGE, SCORE, Page, ViewState
from geoapp.app.view import Views

_LOOK = (*OF_LAYER, "legend")


def look_words(views: Views, view: ViewState) -> dict[str, Any]:
    """Return what the paint of a view tells beside its figures, so that others can take their place.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        The view.

    Returns
    -------
    dict
        ``legend``; ``ofLayer``, the keys that hang on the layer; and ``looks``, the address of
        those of the other layers but for their name, empty where two layers or a raster are seen.
    """
    return {
        "legend": plain(legend_of(views, view)),
        "ofLayer": _LOOK,
        "looks": _address(view) if _is_lasting(views, view) else "",
    }


def add_look_route(server: Flask, views: Views) -> None:
    """Add the look of one layer to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Answers of the build.
    """

    @server.get("/look.json")
    def look() -> Response:
        view = views.possible(views.read(f"/?{request.query_string.decode()}"))
        # What is possible here may be another layer, and not the one that is asked for.
        if view.unread or view.layer != request.args.get("layer", SCORE):
            abort(404)
        if not _is_lasting(views, view):
            return Response(status=204)
        told = views.paint(view) | look_words(views, view)
        answer = jsonify({key: told[key] for key in _LOOK if key in told})
        # The page keeps it as long as it is open; who opens it again may be somebody else.
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _is_lasting(views: Views, view: ViewState) -> bool:
    """True where the address of a view tells all that its look hangs on.

    What a visitor brought, and a scenario that was saved, may change under the same name.
    """
    has_one = view.tools.second is None and view.tools.picture is None
    return has_one and view.layer != CHANGE and view.layer not in views.own()


def _address(view: ViewState) -> str:
    bare = view.with_(page=Page.PRIORITIES, layer=SCORE, unit=None, other=None, tools=NO_TOOLS)
    return f"/look.json?{encode(bare).partition('?')[2]}"
