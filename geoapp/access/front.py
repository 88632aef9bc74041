"""One door before two apps: what a visitor may see decides which of them is asked at all.

The app of the public edition was made from the public build and holds no other: no callback of it
can reach what it was not given.
"""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import HTTPException, SecurityError, Unauthorized
from werkzeug.wrappers import Request, Response

from geoapp.access.gate import NoRolesError, told_of
from geoapp.access.notes import note
from geoapp.access.roles import ANONYMOUS, VISITOR, Role, Visitor, hostname_of
from geoapp.access.sessions import Sessions
from geoapp.logs import log_fault
from geoapp.settings.server import ServerSettings
from layers.errors import LayersError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FULL = "/full/"
PUBLIC = "/public/"
SESSION = "/session/"
_SCRIPTED = ("_dash-", "assets/")
"""What the scripts of a page ask by the name of their edition."""
_ALIVE = ("/healthz", "/readyz", "/version", "/metrics")
"""What a machine asks by whatever name it knows."""
_A_YEAR = "max-age=31536000"


class Front:
    """The WSGI application of a server.

    Parameters
    ----------
    settings : ServerSettings
        Names by which the page may be asked for.
    public : Flask
        Of the public edition.
    full : Flask, optional
        Of the full edition.
    sign_in : Flask, optional
        Signs people in.
    sessions : Sessions, optional
        Reads who has.
    """

    def __init__(
        self,
        settings: ServerSettings,
        public: Flask,
        full: Flask | None = None,
        sign_in: Flask | None = None,
        sessions: Sessions | None = None,
    ) -> None:
        self._settings = settings
        self._public = public
        self._full = full
        self._sign_in = sign_in
        self._sessions = sessions

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        if self._settings.is_https:
            start_response = _only_https(start_response)
        try:
            return self._answering(environ)(environ, start_response)
        except HTTPException as error:
            return error.get_response(environ)(environ, start_response)
        except LayersError as error:
            # Of the roles: who has which is not known, and the cookie may be good again soon.
            log_fault(error)
            said = _said(Request(environ), "access.no_roles", NoRolesError())
            return said(environ, start_response)

    def _answering(self, environ: "WSGIEnvironment") -> "WSGIApplication":
        """Return the app that answers a request, and tell it who asks."""
        asked = Request(environ)
        # As it came: what is put back below is what an app expects to read.
        path = environ.get("PATH_INFO", "")
        if path not in _ALIVE and not _is_known(asked, self._settings.hosts):
            raise SecurityError
        visitor = self._visitor(asked)
        if self._sign_in is not None and path.startswith(SESSION):
            environ[VISITOR] = visitor or ANONYMOUS
            return self._sign_in
        if visitor is None:
            return self._ended(asked)
        environ[VISITOR] = visitor
        for prefix, app in ((FULL, self._full), (PUBLIC, self._public)):
            rest = path.removeprefix(prefix)
            if app is not None and rest != path and rest.startswith(_SCRIPTED):
                environ["PATH_INFO"] = f"/{rest}"
                return app
        is_partner = visitor.role >= Role.PARTNER
        return self._full if self._full is not None and is_partner else self._public

    def _visitor(self, asked: Request) -> Visitor | None:
        """Return who asks; None where the session is over or was never ours."""
        if self._sessions is None:
            return ANONYMOUS
        cookie = asked.cookies.get(self._sessions.cookie)
        return ANONYMOUS if cookie is None else self._sessions.read(cookie)

    def _ended(self, asked: Request) -> Response:
        """Say that a session is over, and take its cookie: never another edition in its place."""
        answer = _said(asked, "access.ended", Unauthorized())
        if self._sessions is not None:
            self._sessions.end(answer)
        return answer


def _said(asked: Request, key: str, error: HTTPException) -> Response:
    """Return a page that says it, or what the scripts of a page read."""
    status = error.code or 500
    if asked.accept_mimetypes.accept_html and asked.method == "GET":
        return note(asked, key, status)
    return Response(json.dumps(told_of(error)), status, mimetype="application/json")


def _is_known(asked: Request, hosts: frozenset[str]) -> bool:
    return hostname_of(asked.environ.get("HTTP_HOST", "")) in hosts


def _only_https(start_response: "StartResponse") -> "StartResponse":
    def start(
        status: str, headers: list[tuple[str, str]], *rest: object
    ) -> Callable[[bytes], object]:
        more = [*headers, ("Strict-Transport-Security", _A_YEAR)]
        return start_response(status, more, *rest)  # type: ignore[arg-type]

    return start
