"""Signing in by OpenID Connect, and out again: a small app of its own, under ``/session/``."""

from pathlib import Path
from typing import Any

from flask import Flask, redirect, request, send_file, session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from geoapp.access.gate import Access, guard_routes, refused
from geoapp.access.limits import Limits
from geoapp.access.notes import note
from geoapp.access.permits import SESSION_ROUTES
from geoapp.access.provider import claims_of, failures, load, provider_of
from geoapp.access.role_file import RoleFile, entries_of, name_of
from geoapp.access.roles import Role
from geoapp.access.sessions import Sessions
from geoapp.logs import log_fault
from geoapp.planners.audit import FILE, Act, record
from geoapp.settings.server import ServerSettings, SignIn
from layers.errors import LayersError

PREFIX = "/session/"
RATE = (10, 30.0)
"""Attempts of one address at once, and seconds until one more."""


def make_sign_in(
    settings: ServerSettings, sessions: Sessions, roles: RoleFile, store: Path
) -> Flask:
    """Return the app that signs people in.

    Parameters
    ----------
    settings : ServerSettings
        With ``sign_in``.
    sessions : Sessions
        Writes the cookie.
    roles : RoleFile
        Says who has which role.
    store : Path
        Where the audit log is.

    Returns
    -------
    Flask
        Its routes begin with ``PREFIX``.

    Raises
    ------
    LayersError
        Where the roles cannot be read, or the library is absent.
    """
    told = settings.sign_in
    if told is None:
        raise LayersError("a server of the public edition alone has no sign-in")
    roles.now()
    server = _server_of(settings, told, sessions)
    provider = provider_of(server, told)
    access = Access(is_server=True, limits=Limits(*RATE))
    guard_routes(server, access, SESSION_ROUTES)
    _answer_errors(server)

    @server.get(f"{PREFIX}sign-in")
    def begin() -> Any:
        try:
            load(provider, told)
            # One attempt at a time: a cookie has little room.
            session.clear()
            return provider.authorize_redirect(f"{settings.url}{PREFIX}callback")
        except failures() as error:
            server.logger.warning("the provider does not answer: %s", type(error).__name__)
            return note(request, "access.no_provider", 503)

    @server.get(f"{PREFIX}callback")
    def end() -> Response:
        try:
            claims = claims_of(provider, told)
        except failures() as error:
            record(store, "", Act.REFUSED, why=type(error).__name__, address=request.remote_addr)
            return note(request, "access.not_known", 401)
        name = name_of(claims)
        entries = entries_of(roles.now(), claims, told.groups)
        role = roles.highest(entries)
        session.clear()
        if role is Role.PUBLIC:
            record(store, name, Act.REFUSED, why="no role")
            return note(request, "access.no_role", 403, name=name)
        record(store, name, Act.SIGN_IN, role=role.word)
        answer = _home()
        sessions.begin(answer, name, entries)
        return answer

    @server.post(f"{PREFIX}sign-out")
    def sign_out() -> Response:
        visitor = access.visitor()
        if visitor.name:
            record(store, visitor.name, Act.SIGN_OUT)
        answer = _home()
        sessions.end(answer)
        return answer

    _give_audit(server, store)
    return server


def _give_audit(server: Flask, store: Path) -> None:
    @server.get(f"{PREFIX}audit.jsonl")
    def audit() -> Response:
        answer = send_file((store / FILE).resolve(), "application/jsonl", as_attachment=True)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _server_of(settings: ServerSettings, told: SignIn, sessions: Sessions) -> Flask:
    """Return an app without routes, with a cookie of its own for who is on the way."""
    server = Flask("geoapp.access", static_folder=None)
    server.secret_key = told.session_secret
    server.config |= {
        "SESSION_COOKIE_NAME": f"{sessions.cookie}-way",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 1 << 16,
    }
    return server


def _home() -> Response:
    """Return the way to the page; no address that a visitor gives is ever followed."""
    answer = redirect("/", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer_errors(server: Flask) -> None:
    @server.errorhandler(HTTPException)
    def answer(error: HTTPException) -> tuple[Response, int]:
        return refused(error), error.code or 500

    @server.errorhandler(LayersError)
    def answer_without_roles(error: LayersError) -> Response:
        log_fault(error)
        return note(request, "access.no_roles", 503)
