"""Why a question has no answer: one sentence, as RFC 9457 has it."""

import json
from http import HTTPStatus
from typing import Any

from flask import Response

from geoapp.words import translate
from layers.errors import InvalidUbigeoError, LayersError, StoreError, UnknownIdError
from layers.errors import UnknownUbigeoError as UnknownUnitError

MEDIA = "application/problem+json"
_ABSENT = (InvalidUbigeoError, UnknownUnitError, UnknownIdError, StoreError)
"""What names a thing that this build has not."""


class RefusedError(LayersError):
    """A question that is not answered."""

    status = HTTPStatus.BAD_REQUEST


class AbsentError(RefusedError):
    """A thing that is not here."""

    status = HTTPStatus.NOT_FOUND


class MediumError(RefusedError):
    """An answer that is not to be had in any medium that the client takes."""

    status = HTTPStatus.NOT_ACCEPTABLE


class BodyError(RefusedError):
    """A body in a medium that is not read."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class SoughtError(RefusedError):
    """An answer that is not there yet."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def status_of(error: LayersError) -> HTTPStatus:
    """Return how an error is answered."""
    if isinstance(error, RefusedError):
        return error.status
    return HTTPStatus.NOT_FOUND if isinstance(error, _ABSENT) else HTTPStatus.BAD_REQUEST


def problem(
    status: HTTPStatus, detail: str | LayersError, language: str, headers: dict[str, str]
) -> Response:
    """Return an answer that tells a problem.

    Parameters
    ----------
    status : HTTPStatus
        Of the answer.
    detail : str or LayersError
        One sentence, which can be said in another language.
    language : str
        es or en.
    headers : dict
        What goes with it, for instance Allow.

    Returns
    -------
    Response
        Never kept by a cache.
    """
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": translate(detail, language),
    }
    answer = Response(json.dumps(told, ensure_ascii=False), status.value, mimetype=MEDIA)
    answer.headers.update(headers)
    answer.headers["Cache-Control"] = "no-store"
    return answer
