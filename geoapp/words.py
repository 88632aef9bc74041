"""The words of screen, catalogue and reports, by key and language."""

import tomllib
from functools import lru_cache
from importlib import resources

from layers.errors import LayersError, Sentence, UnknownIdError, nearest

DEFAULT_LANGUAGE = "es"
_DECLARED = ("layer", "hazard", "sector", "area", "frame", "pillar", "objective")
"""What a country or a user may declare without giving it words."""


def _languages() -> tuple[str, ...]:
    """Return the languages that have a file of words, the product's own first."""
    files = resources.files("geoapp").joinpath("text").iterdir()
    found = sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT_LANGUAGE))


LANGUAGES = _languages()
"""One file of ``text`` each: a language is there because its file is."""


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
        For instance ``{"page.layer": "…"}``.
    """
    # What a browser sends as its language never becomes the name of a file.
    if language not in LANGUAGES:
        raise UnknownIdError(
            "{language!r} is no language; use one of {known}",
            language=language,
            known=", ".join(LANGUAGES),
        )
    text = resources.files("geoapp").joinpath("text", f"{language}.toml").read_text("utf-8")
    return dict(_flatten("", tomllib.loads(text)))


def say(key: str, language: str, **values: object) -> str:
    """Return one sentence with its places filled.

    A layer, hazard, sector or objective that is declared without words is called by its id,
    and has no description.

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
        if (declared := _without_words(key)) is not None:
            return declared
        raise UnknownIdError(
            "text/{language}.toml has no {key!r}{near}",
            language=language,
            key=key,
            near=nearest(key, list(known)),
        )
    return known[key].format(**values)


@lru_cache
def sentences(language: str) -> dict[str, str]:
    """Return what a language has for the English templates of errors and notes.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    dict
        By template, with the same fields; empty for English, which is what they are written in.
    """
    file = resources.files("geoapp").joinpath("text", "sentences", f"{language}.toml")
    if language not in LANGUAGES or not file.is_file():
        return {}
    return {
        key: told
        for table in tomllib.loads(file.read_text("utf-8")).values()
        for key, told in table.items()
    }


def translate(told: str | LayersError, language: str) -> str:
    """Return an error or note in a language.

    Parameters
    ----------
    told : str or LayersError
        A Sentence or what carries one; a text that is none is kept.
    language : str
        One of ``LANGUAGES``.

    Returns
    -------
    str
        Its parts are translated too; what the language has no template for stays in English.
    """
    sentence = told.sentence if isinstance(told, LayersError) else told
    if not isinstance(sentence, Sentence):
        return sentence
    template = sentences(language).get(sentence.template, sentence.template)
    values = {
        name: translate(value, language) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    return template.format(**values) if values else template


def _without_words(key: str) -> str | None:
    kind, _, name = key.partition(".")
    part = ""
    if kind == "layer":
        name, _, part = name.rpartition(".")
    known = words(DEFAULT_LANGUAGE)
    if kind not in _DECLARED or any(f"{one}.".startswith(f"{kind}.{name}.") for one in known):
        return None
    return "" if part == "description" else name


def _flatten(prefix: str, tree: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found.extend(_flatten(f"{name}.", value))
        else:
            found.append((name, str(value)))
    return found
