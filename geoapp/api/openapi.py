"""The description of the API for machines, made from what it declares."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from geoapp.api import problem
from geoapp.api.operation import HTML, Operation
from geoapp.api.parameters import Parameter
from geoapp.api.schemas import SCHEMAS
from geoapp.api.service import Given, Service
from geoapp.words import say, translate

VERSION = "3.1.0"


def describe(operations: Iterable[Operation], service: Service, given: Given) -> dict[str, Any]:
    """Return the description as OpenAPI 3.1.

    Parameters
    ----------
    operations : iterable of Operation
        What is answered.
    service : Service
        Its build is named as the version of what is told.
    given : Given
        Language, and where the API is.

    Returns
    -------
    dict
        The document.
    """
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path or "/", {})[one.method.lower()] = _operation(one, given.language)
    name = service.country.own_name
    return {
        "openapi": VERSION,
        "info": {
            "title": f"geoapp {name}",
            "version": service.built.version,
            "description": say("api.about", given.language, country=name),
            "x-build": service.built.hash,
        },
        "servers": [{"url": given.home}],
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }


def _operation(one: Operation, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.id,
        "summary": say(f"api.{one.id}", language),
        "parameters": [_parameter(part, language) for part in (*one.parts, *one.taken)],
        "responses": {"200": _found(one), **{str(code): _problem(code) for code in _codes(one)}},
    }
    if one.bodies:
        content = {media: {"schema": _body(media)} for media in one.bodies}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _body(media: str) -> dict[str, Any]:
    return {"type": "string"} if media.endswith("xml") else {"type": "object"}


def _parameter(one: Parameter, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.name,
        "in": "path" if one.is_path else "query",
        "required": one.is_path or one.is_required,
        "description": translate(one.expected, language),
        "schema": dict(one.schema),
    }
    return told | ({"style": "form", "explode": False} if one.is_list else {})


def _found(one: Operation) -> dict[str, Any]:
    schema = {"schema": {"$ref": f"#/components/schemas/{one.schema}"}} if one.schema else {}
    content = {media: ({} if media == HTML else schema) for media in one.offered}
    headers = {"ETag": {"schema": {"type": "string"}}} if one.method == "GET" else {}
    return {"description": HTTPStatus.OK.phrase, "headers": headers, "content": content}


def _codes(one: Operation) -> tuple[int, ...]:
    """Return the problems that a question can meet."""
    found = [HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.NOT_ACCEPTABLE]
    if one.bodies:
        found += [HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE]
    if one.may_wait:
        found.append(HTTPStatus.SERVICE_UNAVAILABLE)
    return tuple(code.value for code in found)


def _problem(code: int) -> dict[str, Any]:
    content = {problem.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": HTTPStatus(code).phrase, "content": content}
