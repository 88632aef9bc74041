"""The words of screen, catalogue and reports, by key and language."""

import tomllib
from functools import lru_cache
from importlib import resources

from layers.errors import UnknownIdError, nearest

LANGUAGES = ("es", "en")


@lru_cache
def words(language: str) -> dict[str, str]:
    """Return every sentence of a language by its dotted key.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    dict
        For instance ``{"page.title": "…"}``.
    """
    text = resources.files("geoapp").joinpath("text", f"{language}.toml").read_text("utf-8")
    return dict(_flatten("", tomllib.loads(text)))


def say(key: str, language: str, **values: object) -> str:
    """Return one sentence with its places filled.

    Parameters
    ----------
    key : str
        Dotted key, for instance ``layer.nbi_any_pct.title``.
    language : str
        One of ``LANGUAGES``.
    **values
        What fills the places in braces.

    Returns
    -------
    str
        The sentence.

    Raises
    ------
    UnknownIdError
        Where the language has no such key.
    """
    known = words(language)
    if key not in known:
        raise UnknownIdError(f"text/{language}.toml has no {key!r}{nearest(key, list(known))}")
    return known[key].format(**values)


def _flatten(prefix: str, tree: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found.extend(_flatten(f"{name}.", value))
        else:
            found.append((name, str(value)))
    return found
