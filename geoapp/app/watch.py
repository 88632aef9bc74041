"""Every request has an id, is measured and leaves one line in the log."""

import secrets
from time import perf_counter

from flask import Flask, Response, g, request

from geoapp.app.metrics import Meter
from geoapp.logs import log_event, log_fault

PROBES = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds by machines: of no news."""
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_HEADER = "X-Request-Id"


def watch(server: Flask, meter: Meter, build: str, edition: str) -> None:
    """Measure every request; call it before any other part is added to the server.

    Parameters
    ----------
    server : Flask
        The server.
    meter : Meter
        Counts.
    build : str
        Hash of what is served.
    edition : str
        ``full`` or ``public``.
    """

    @server.before_request
    def begin() -> None:
        g.began, g.id = perf_counter(), secrets.token_hex(6)

    @server.after_request
    def end(answer: Response) -> Response:
        route, method, status = _route(), _method(), answer.status_code
        seconds = perf_counter() - g.began
        meter.answered(route, method, status, seconds)
        answer.headers[_HEADER] = g.id
        log_event(
            "request",
            _level(route, status),
            id=g.id,
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            build=build,
            edition=edition,
        )
        return answer


def tell_fault(meter: Meter, error: BaseException, level: str = "error") -> str:
    """Log and count a fault of this request; return the id under which it is found."""
    meter.failed(error)
    log_fault(error, level, id=g.id, route=_route())
    return str(g.id)


def _route() -> str:
    """Return the pattern that answers: the address itself may say who asks for what."""
    return request.url_rule.rule if request.url_rule else "-"


def _method() -> str:
    return request.method if request.method in _METHODS else "-"


def _level(route: str, status: int) -> str:
    if status >= 500:
        return "error"
    return "debug" if route in PROBES else "info"
