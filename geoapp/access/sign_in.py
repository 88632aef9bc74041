"""Signing in by OpenID Connect, and out again: a small app of its own, under ``/session/``."""

from pathlib import Path
from typing import Any

import requests
from flask import Flask, redirect, request, send_file, session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from geoapp.access.gate import Access, guard_routes, refused
from geoapp.access.limits import Limits
from geoapp.access.notes import note
from geoapp.access.permits import SESSION_ROUTES
from geoapp.access.role_file import name_of, read_roles, role_of
from geoapp.access.roles import Role, Visitor
from geoapp.access.sessions import Sessions
from geoapp.audit import FILE, Act, record
from geoapp.server_settings import ServerSettings, SignIn
from layers.errors import LayersError

PREFIX = "/session/"
RATE = (10, 30.0)
"""Attempts of one address at once, and seconds until one more."""
_PATIENCE = 10.0
_LEEWAY = 60
"""Seconds by which the clocks of two machines may differ."""
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make."""


def make_sign_in(settings: ServerSettings, sessions: Sessions, store: Path) -> Flask:
    """Return the app that signs people in.

    Parameters
    ----------
    settings : ServerSettings
        With ``sign_in``.
    sessions : Sessions
        Writes the cookie.
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
    read_roles(told.roles)
    server = Flask("geoapp.access", static_folder=None)
    server.secret_key = told.session_secret
    server.config |= {
        "SESSION_COOKIE_NAME": f"{sessions.cookie}-way",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 1 << 16,
    }
    provider = _provider(server, told)
    access = Access(is_server=True, limits=Limits(*RATE))
    guard_routes(server, access, SESSION_ROUTES)
    _answer_errors(server)

    @server.get(f"{PREFIX}sign-in")
    def begin() -> Any:
        try:
            _load(provider, told)
            # One attempt at a time: a cookie has little room.
            session.clear()
            return provider.authorize_redirect(f"{settings.url}{PREFIX}callback")
        except _failures() as error:
            server.logger.warning("the provider does not answer: %s", type(error).__name__)
            return note(request, "access.no_provider", 503)

    @server.get(f"{PREFIX}callback")
    def end() -> Response:
        try:
            claims = _claims(provider, told)
        except _failures() as error:
            record(store, "", Act.REFUSED, why=type(error).__name__, address=request.remote_addr)
            return note(request, "access.not_known", 401)
        visitor = Visitor(name_of(claims), role_of(read_roles(told.roles), claims, told.groups))
        session.clear()
        if visitor.role is Role.PUBLIC:
            record(store, visitor.name, Act.REFUSED, why="no role")
            return note(request, "access.no_role", 403, name=visitor.name)
        record(store, visitor.name, Act.SIGN_IN, role=visitor.role.word)
        answer = _home()
        sessions.begin(answer, visitor)
        return answer

    @server.post(f"{PREFIX}sign-out")
    def sign_out() -> Response:
        visitor = access.visitor()
        if visitor.name:
            record(store, visitor.name, Act.SIGN_OUT)
        answer = _home()
        sessions.end(answer)
        return answer

    @server.get(f"{PREFIX}audit.jsonl")
    def audit() -> Response:
        answer = send_file((store / FILE).resolve(), "application/jsonl", as_attachment=True)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return server


def _home() -> Response:
    """Return the way to the page; no address that a visitor gives is ever followed."""
    answer = redirect("/", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _provider(server: Flask, told: SignIn) -> Any:
    try:
        from authlib.integrations.flask_client import OAuth
    except ImportError as error:
        raise LayersError(
            'signing in needs authlib, which is absent; run pip install "geoapp[server]"'
        ) from error
    return OAuth(server).register(
        "provider",
        client_id=told.client,
        client_secret=told.client_secret,
        server_metadata_url=f"{told.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE,
        },
    )


def _load(provider: Any, told: SignIn) -> None:
    """Ask the provider how it is used, and refuse one that is another than was named."""
    found = provider.load_server_metadata()
    if found.get("issuer") != told.issuer:
        raise ValueError("the provider names another issuer")
    algorithms = found.get("id_token_signing_alg_values_supported") or ["RS256"]
    found["id_token_signing_alg_values_supported"] = [
        name for name in algorithms if name in _SIGNED
    ]


def _claims(provider: Any, told: SignIn) -> dict[str, Any]:
    """Return what the provider says of who comes back from it."""
    _load(provider, told)
    token = provider.authorize_access_token(
        claims_options={
            "iss": {"essential": True, "value": told.issuer},
            "aud": {"essential": True, "value": told.client},
            "sub": {"essential": True},
            "exp": {"essential": True},
        },
        leeway=_LEEWAY,
    )
    claims = token.get("userinfo")
    if not claims or not claims.get("sub"):
        raise ValueError("the provider says of nobody who it is")
    return dict(claims)


def _failures() -> tuple[type[Exception], ...]:
    """Return what a way in can fail by: the provider, the network, and what a visitor forged."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    return (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, TypeError)


def _answer_errors(server: Flask) -> None:
    @server.errorhandler(HTTPException)
    def answer(error: HTTPException) -> tuple[Response, int]:
        return refused(error), error.code or 500
