"""What machines ask of the server: is it alive, is it ready, which version, which figures."""

from pathlib import Path

from flask import Flask, Response, abort, jsonify, request

from geoapp.access.gate import FORWARDED
from geoapp.app.metrics import CONTENT_TYPE, Meter, edition_of, is_writable
from geoapp.settings import is_loopback
from geoapp.store.builds import Stored
from geoapp.store.formats import FORMAT
from geoapp.store.kept import Kept


def add_service_routes(server: Flask, stored: Stored, meter: Meter, decisions: Kept | None) -> None:
    """Add health, version and figures to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    stored : Stored
        The build.
    meter : Meter
        What ``/metrics`` tells, to this machine alone.
    decisions : Path or Row, optional
        Store that visitors may write to: not ready where it cannot be written.
    """

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        told = {
            "build": stored.build.hash,
            "version": stored.build.version,
            # What is wrong with it names folders of this machine: that goes to its log.
            "is_former": stored.problem is not None,
        }
        # The build was read whole when the server started; what it writes to may have gone since.
        if isinstance(decisions, Path) and not is_writable(decisions):
            return jsonify(status="not ready", lacks="store", **told), 503
        return jsonify(status="ready", **told), 200

    @server.get("/version")
    def version() -> Response:
        return jsonify(
            version=stored.build.version,
            build=stored.build.hash,
            edition=edition_of(stored),
            format=FORMAT,
        )

    @server.get("/metrics")
    def metrics() -> Response:
        if not _is_of_this_machine():
            abort(403)
        return Response(meter.text(), content_type=CONTENT_TYPE)


def _is_of_this_machine() -> bool:
    """Return whether this machine itself asks, and for nobody else.

    A proxy on this machine asks from its own address too; what it hands on it says in a header,
    or it names the host that its visitor asked for.
    """
    host = request.host.rpartition(":")[0] if request.host[-1:].isdigit() else request.host
    return (
        is_loopback(request.remote_addr or "")
        and is_loopback(host or request.host)
        and not any(name in request.headers for name in FORWARDED)
    )
