"""The gate of an app: every route and every callback is asked for its permit, in itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Request, Response, abort, current_app, jsonify, request
from werkzeug.exceptions import BadRequest, HTTPException, ServiceUnavailable, TooManyRequests

from geoapp.access.limits import Limits
from geoapp.access.permits import ACTS, CALLBACKS, ROUTES, Permit
from geoapp.access.roles import Role, Visitor, hostname_of, visitor_of
from geoapp.settings import is_loopback
from geoapp.words import LANGUAGES, say

_KEY = "geoapp.access"
WORK = (30, 2.0)
"""Heavy questions of one visitor at once, and seconds until one more."""
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers by which a proxy says that it hands on what somebody else asks."""
_NETWORK = 64
"""Bits of an address of IPv6 that a subscriber is given; the rest is theirs to choose."""
REFUSED = {401: "access.signed_out", 403: "access.too_little", 429: "access.too_much"}
"""What a page says of a refusal, by its status."""


class NotHereError(BadRequest):
    """Somebody who does not sit at the machine asks the page of who does."""


class NoRolesError(ServiceUnavailable):
    """Who has signed in asks while the file of roles cannot be read."""


_KEYS = {NotHereError: "access.elsewhere", NoRolesError: "access.no_roles"}
"""What is said of them, whatever else has their status."""


@dataclass(frozen=True)
class Access:
    """How one app is reached."""

    is_server: bool = False
    """Whether it is served to others, who sign in."""
    least: Role = Role.PUBLIC
    """Who may ask anything of it at all: of the full edition of a server, partners."""
    prefix: str = "/"
    """What its own scripts put before their addresses, so that no page asks another edition."""
    has_sign_in: bool = False
    limits: Limits = field(default_factory=lambda: Limits(*WORK))

    def visitor(self) -> Visitor:
        """Return who asks the request that is being answered."""
        return visitor_of(request, self.is_server)


LOCAL = Access()
"""A single user at the machine itself."""


def access_now() -> Access:
    """Return how the app that is answering is reached."""
    found = current_app.config[_KEY]
    if not isinstance(found, Access):
        raise TypeError("the app has no gate")
    return found


def may(permit: Permit) -> bool:
    """Return whether who asks may have something; counts nothing."""
    return access_now().visitor().role >= permit.least


def may_act(act: str) -> bool:
    """Return whether who asks may press a button of ``ACTS``."""
    return may(ACTS[act])


def require(permit: Permit) -> None:
    """Refuse who may not, or who asks for too much.

    Parameters
    ----------
    permit : Permit
        Of what is asked.
    """
    access = access_now()
    visitor = access.visitor()
    if visitor.role < max(permit.least, access.least):
        abort(403 if visitor.name else 401)
    if permit.is_heavy and access.is_server:
        question = request.full_path if permit.is_kept else ""
        wait = access.limits.wait(visitor.name or network_of(request.remote_addr or ""), question)
        if wait:
            raise TooManyRequests(retry_after=wait)


def network_of(address: str) -> str:
    """Return what the limits count an address as: one of IPv6 with all that its owner may choose.

    Parameters
    ----------
    address : str
        Of a visitor.

    Returns
    -------
    str
        Begins with a sign that no name of a person does.
    """
    try:
        number = ip_address(address)
    except ValueError:
        return f"@{address}"
    if number.version == 4:
        return f"@{number}"
    mapped = number.ipv4_mapped
    return f"@{mapped or ip_network((int(number), _NETWORK), strict=False)}"


def name_of(callback: Callable[..., Any]) -> str:
    """Return what a callback is called in ``CALLBACKS``."""
    return f"{callback.__module__.rpartition('.')[2]}.{callback.__name__}"


def guard(app: Dash, access: Access) -> None:
    """Ask every route and callback of an app for its permit.

    Call it when all are registered: a callback without a permit is answered to nobody.

    Parameters
    ----------
    app : Dash
        The app.
    access : Access
        How it is reached.
    """
    for entry in app.callback_map.values():
        if "callback" in entry:
            entry["callback"] = _guarded(entry["callback"])

    guard_routes(app.server, access, ROUTES)
    if access.is_server:
        app.server.after_request(keep_private if access.least > Role.PUBLIC else keep_apart)


def guard_routes(server: Flask, access: Access, permits: Mapping[str, Permit]) -> None:
    """Ask every route of a server for its permit.

    Parameters
    ----------
    server : Flask
        The server.
    access : Access
        How it is reached.
    permits : mapping
        By rule of Flask.
    """
    server.config[_KEY] = access

    def refuse() -> None:
        if not access.is_server and not is_loopback(hostname_of(request.host)):
            # A page of another name may have that name lead to this machine.
            raise NotHereError
        if not access.is_server and any(name in request.headers for name in FORWARDED):
            # Who asks by way of a proxy does not sit at this machine, and may not do everything.
            raise NotHereError
        _refuse_foreign(request)
        if request.url_rule is not None:
            permit = permits.get(request.url_rule.rule)
            if permit is None:
                abort(404)
            require(permit)

    server.before_request(refuse)


def _guarded(callback: Callable[..., Any]) -> Callable[..., Any]:
    permit = CALLBACKS.get(name_of(callback))

    @wraps(callback)
    def answer(*args: Any, **kwargs: Any) -> Any:
        if permit is None:
            abort(404)
        require(permit)
        return callback(*args, **kwargs)

    return answer


def _refuse_foreign(asked: Request) -> None:
    if asked.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = asked.headers.get("Origin")
    if asked.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        abort(403)
    if origin is not None and urlsplit(origin).netloc != asked.host:
        abort(403)


def keep_private(answer: Response) -> Response:
    """Keep what partners see out of every cache that others share."""
    kept = answer.headers.get("Cache-Control", "").replace("public", "private")
    is_closed = "private" in kept or "no-store" in kept
    answer.headers["Cache-Control"] = (
        kept if is_closed else f"private, {kept}" if kept else "no-store"
    )
    answer.vary.add("Cookie")
    return answer


def keep_apart(answer: Response) -> Response:
    """Let a shared cache keep of the public edition what no role sees otherwise."""
    if "immutable" not in answer.headers.get("Cache-Control", ""):
        answer.headers.setdefault("Cache-Control", "no-cache")
        answer.vary.add("Cookie")
    return answer


def told_of(error: HTTPException) -> dict[str, Any]:
    """Return what the scripts of the page read of a refusal: one word, and what to do by language.

    Parameters
    ----------
    error : HTTPException
        What was raised.

    Returns
    -------
    dict
        ``error``, and ``said`` where there is something to do.
    """
    key = _KEYS.get(type(error)) or REFUSED.get(error.code or 500)
    said = {language: say(key, language) for language in LANGUAGES} if key else {}
    return {"error": error.name} | ({"said": said} if said else {})


def refused(error: HTTPException) -> Response:
    """Return a refusal as an answer, but for its status."""
    answer = jsonify(told_of(error))
    if isinstance(error, TooManyRequests) and error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer
