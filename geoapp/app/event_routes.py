"""The flash brief as a file: worked out anew from what the visitor gave, and kept nowhere."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, jsonify, request

from geoapp.app.emergency import flash_of, problem_of
from geoapp.app.view import Views
from geoapp.event.statement import read_statement
from geoapp.reports.flash import Flash, make_flash
from geoapp.reports.flash_slides import make_slides
from geoapp.words import LANGUAGES, say
from layers.errors import LayersError

_MAKE: dict[str, tuple[Callable[[Flash], bytes], str]] = {
    "pdf": (make_flash, "application/pdf"),
    "pptx": (
        make_slides,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}


def add_event_routes(server: Flask, views: Views) -> None:
    """Add the flash brief to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Answers of the build.
    """

    @server.post("/event/brief.<kind>")
    def brief(kind: str) -> Response | tuple[Response, int]:
        given: dict[str, Any] = request.get_json()
        language = given["language"]
        if kind not in _MAKE or language not in LANGUAGES:
            abort(404)
        asked = given["asked"]
        make, kind_of_file = _MAKE[kind]
        try:
            statement = read_statement(asked)
            name = say(f"emergency.way.{statement['way']}", language)
            flash = flash_of(views, statement, name, language)
            content = make(flash)
        except LayersError as error:
            problem = problem_of(asked, error)
            sentence = say(f"emergency.problem.{problem['key']}", language, name=problem["name"])
            return jsonify(sentence=sentence, detail=problem["detail"][language]), 422
        answer = Response(content, mimetype=kind_of_file)
        file = f"{say('flash.file', language)}-{flash.made:%Y%m%d-%H%M}.{kind}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
