"""A sentence on an otherwise empty page: where a way in ends, and how to go on."""

from markupsafe import Markup
from werkzeug.wrappers import Request, Response

from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES, say

_PAGE = Markup(
    '<!DOCTYPE html><html lang="{}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>geoapp</title><h1>geoapp</h1><p>{}</p>"
    '<p><a href="/">{}</a> · <a href="/session/sign-in">{}</a></p></html>'
)


def note(asked: Request, key: str, status: int, **values: str) -> Response:
    """Return such a page.

    Parameters
    ----------
    asked : Request
        Tells the language.
    key : str
        Of the sentence.
    status : int
        Of the answer.
    **values
        Fill the sentence.

    Returns
    -------
    Response
        Kept by no cache.
    """
    language = asked.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE
    words = (say(key, language, **values), *_ways(language))
    answer = Response(_PAGE.format(language, *words), status, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _ways(language: str) -> tuple[str, str]:
    return say("access.to_public", language), say("access.sign_in", language)
