"""The declared questions as routes: what is given, which medium is answered, and what is refused."""

import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from geoapp.api.features import Collections
from geoapp.api.html import html_of
from geoapp.api.operation import HTML, Answer, Operation
from geoapp.api.operations import OPERATIONS
from geoapp.api.parameters import read_one, read_query
from geoapp.api.problem import BodyError, MediumError, problem, status_of
from geoapp.api.service import Given, Service
from geoapp.api.stac_items import builds_of
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES, say
from layers.errors import LayersError, Sentence

HOME = "/api"
MOST_BODY = 16 << 20
"""Bytes of the ground of an event: a grid.xml of the USGS has up to some 10 MB."""
_METHODS = ("GET", "POST")


def make_api(service: Service, origins: tuple[str, ...] = ()) -> Blueprint:
    """Return the API of a build.

    Parameters
    ----------
    service : Service
        What it answers from.
    origins : tuple of str
        Other sites whose scripts may read it; none by default.

    Returns
    -------
    Blueprint
        To be registered on the server before other routes refuse what they do not know.
    """
    api = Blueprint("api", __name__, url_prefix=HOME)
    collections = Collections(service)
    seed = repr((service.built.hash, service.built.version, builds_of(service)))
    for one in OPERATIONS:
        view = _view(one, collections, seed)
        api.add_url_rule(one.rule, one.id, view, methods=[one.method], strict_slashes=False)
    api.before_app_request(_refuse_unknown)
    api.register_error_handler(Exception, _answer_error)
    api.after_request(_let_others_read(origins))
    return api


def _view(one: Operation, collections: Collections, seed: str) -> Callable[..., Response]:
    def view(**parts: str) -> Response:
        given = _given(one, parts)
        media = given.media
        if one.method != "GET":
            return _response(one, one.answer(collections, given), media, given)
        tag = hashlib.sha256(repr((seed, given)).encode()).hexdigest()[:16]
        # Packing marks a tag with the way in which it was packed.
        if any(known.partition(":")[0] == tag for known in _known_tags()):
            answer = Response(status=HTTPStatus.NOT_MODIFIED)
        else:
            answer = _response(one, one.answer(collections, given), media, given)
        answer.set_etag(tag)
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers.add("Vary", "Accept, Accept-Language")
        return answer

    return view


def _known_tags() -> set[str]:
    tags = request.if_none_match
    return {*tags.as_set(include_weak=True)}


def _given(one: Operation, parts: dict[str, str]) -> Given:
    values = read_query(request.args.to_dict(flat=False), one.taken)
    values |= {part.name: read_one(part, parts[part.name]) for part in one.parts}
    media = _medium(one, values.get("f"))
    return Given(
        values=values,
        language=_language(),
        home=request.host_url.rstrip("/") + HOME,
        address=_address(),
        media=media,
        alternate=one.other(media),
        body=_body(one) if one.bodies else b"",
    )


def _address() -> str:
    """Return the address that was asked; a slash at the end of its path says nothing."""
    query = request.query_string.decode("latin-1")
    return f"{request.base_url.rstrip('/')}{'?' if query else ''}{query}"


def _body(one: Operation) -> bytes:
    if request.mimetype not in one.bodies:
        raise BodyError(
            "a body of {media!r} is not read here; send {known}",
            media=request.mimetype[:60],
            known=", ".join(one.bodies),
        )
    request.max_content_length = MOST_BODY
    return request.get_data()


def _language() -> str:
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE


def _medium(one: Operation, asked: str | None) -> str:
    """Return the medium of the answer: what the address asks, else what the client takes."""
    if asked:
        return HTML if asked == "html" else one.media
    if not request.accept_mimetypes:
        return one.media
    for fits in (_is_as_taken, _is_of_kind):
        for taken, quality in request.accept_mimetypes:
            for media in one.offered if quality > 0 else ():
                if fits(taken, media):
                    return media
    raise MediumError(
        "none of the media that you take is offered; there are {known}",
        known=", ".join(one.offered),
    )


def _is_as_taken(taken: str, media: str) -> bool:
    """Tell whether a medium is what is taken, in the version that is taken.

    GDAL and QGIS take OpenAPI 3.0 or plain JSON, and warn of OpenAPI 3.1 by its own name.
    """
    if "version=" in taken and taken.replace(" ", "") != media:
        return False
    return _is_of_kind(taken, media)


def _is_of_kind(taken: str, media: str) -> bool:
    """Tell the same of its name alone: what it has besides is no reason to refuse it."""
    kind, _, name = taken.partition(";")[0].strip().lower().partition("/")
    return (kind, name) == ("*", "*") or media.startswith(f"{kind}/{name.strip('*')}")


def _response(one: Operation, answer: Answer, media: str, given: Given) -> Response:
    if media == HTML:
        document = answer if isinstance(answer, dict) else json.loads(answer)
        title = say(f"api.{one.id}", given.language)
        return Response(html_of(document, title, given.language, given.home), mimetype=HTML)
    text = (
        json.dumps(answer, ensure_ascii=False, allow_nan=False)
        if isinstance(answer, dict)
        else answer
    )
    return Response(text, content_type=media)


def _refuse_unknown() -> Response | None:
    """Answer addresses below the API that no route of it takes: the page would answer its own."""
    if request.path != HOME and not request.path.startswith(f"{HOME}/"):
        return None
    if request.blueprint == "api":
        return None
    allowed = [method for method in _METHODS if _is_answered(method)]
    language = _language()
    if allowed:
        told = Sentence("this address is asked by {known}", known=", ".join(allowed))
        return problem(HTTPStatus.METHOD_NOT_ALLOWED, told, language, {"Allow": ", ".join(allowed)})
    told = Sentence("there is no such address; {home} tells which there are", home=HOME)
    return problem(HTTPStatus.NOT_FOUND, told, language, {})


def _is_answered(method: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, _ = adapter.match(method=method) if adapter else ("", {})
    except HTTPException:
        return False
    return endpoint.startswith("api.")


def _answer_error(error: Exception) -> Response:
    language = _language()
    if isinstance(error, LayersError):
        status = status_of(error)
        wait = {"Retry-After": "3"} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
        return problem(status, error, language, wait)
    if isinstance(error, RequestEntityTooLarge):
        told = Sentence("the body is larger than {most} MB; simplify it", most=MOST_BODY >> 20)
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told, language, {})
    if isinstance(error, HTTPException) and error.code:
        status = HTTPStatus(error.code)
        return problem(status, Sentence("this cannot be answered"), language, {})
    current_app.logger.exception("unexpected error of the API")
    told = Sentence("something unexpected happened; it is in the log of the server")
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, told, language, {})


def _let_others_read(origins: tuple[str, ...]) -> Callable[[Response], Response]:
    def allow(answer: Response) -> Response:
        origin = request.headers.get("Origin")
        if origins:
            answer.headers.add("Vary", "Origin")
        if origin in origins and request.method in ("GET", "HEAD", "OPTIONS"):
            answer.headers["Access-Control-Allow-Origin"] = str(origin)
            answer.headers["Access-Control-Allow-Methods"] = "GET"
            answer.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            answer.headers["Access-Control-Expose-Headers"] = "ETag"
        return answer

    return allow
