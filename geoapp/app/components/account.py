"""Which edition the page is of, and the way in or out of an account."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.words import say


def account(
    language: str, *, is_public: bool, has_sign_in: bool, name: str = "", role: str = ""
) -> list[Component]:
    """Return what stands beside the links of the pages.

    Parameters
    ----------
    language : str
        A language of the product.
    is_public : bool
        Whether the page shows the public edition.
    has_sign_in : bool
        Whether one may sign in.
    name, role : str
        Who has, and as what; empty where nobody has.

    Returns
    -------
    list of Component
        Empty for a single user with the full edition.
    """
    parts: list[Component] = []
    if is_public:
        parts.append(html.Span(say("access.edition", language), className="edition"))
    if not has_sign_in:
        return parts
    if not name:
        return [*parts, html.A(say("access.sign_in", language), href="/session/sign-in")]
    out: dict[str, Any] = {"type": "submit", "className": "help", "title": name}
    words = f"{say('access.sign_out', language)} ({say(f'role.{role}', language)})"
    button = html.Button(words, **out)
    return [*parts, html.Form(button, action="/session/sign-out", method="post")]
