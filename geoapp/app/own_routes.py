"""What a visitor takes home: the report of the own file, and the templates of what is awaited."""

from flask import Flask, Response, abort, request, send_from_directory

from geoapp.app.own_report import report_csv
from geoapp.app.view import Views
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.catalogue.awaited import AWAITED
from layers.sources.locate import starter_folder


def add_own_routes(server: Flask, views: Views) -> None:
    """Add the report of a visitor's file and the templates to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    views : Views
        Holds the shelf of the visitors.
    """

    @server.get("/own/report.csv")
    def report() -> Response:
        space = views.shelf.of_visitor()
        if space is None or space.taken is None:
            abort(404)
        asked = request.args.get("lang", "")
        language = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
        answer = Response(report_csv(space.taken["rows"], language), mimetype="text/csv")
        answer.headers["Content-Disposition"] = "attachment; filename=informe.csv"
        # Whose report it is stands in the cookie alone.
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @server.get("/template/<path:kind>")
    def template(kind: str) -> Response:
        found = {spec.id: spec.template for spec in AWAITED if spec.template}
        if kind not in found:
            abort(404)
        return send_from_directory(starter_folder(), found[kind], as_attachment=True)
