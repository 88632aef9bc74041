"""Every error and note is a template, and Spanish has one sentence with the same fields for it."""

import ast
import errno
import os
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from string import Formatter

import layers
from geoapp.words import DEFAULT_LANGUAGE, sentences
from layers.errors import LayersError
from layers.sources.locate import Places

ROOT = Path(__file__).resolve().parents[2]
TABLE = f"geoapp/text/sentences/{DEFAULT_LANGUAGE}.toml"
MECHANISM = "layers/errors.py"
OPTIONS = {"again", "after"}
"""Keywords of an error that fill no field."""
SYSTEM = (errno.EACCES, errno.EADDRINUSE, errno.EISDIR, errno.ENOENT, errno.ENOSPC, errno.EROFS)


def kinds_of(kind: type) -> Iterator[type]:
    yield kind
    for child in kind.__subclasses__():
        yield from kinds_of(child)


# Every module that declares an error or an enumeration.
for module in walk_packages(layers.__path__, "layers."):
    import_module(module.name)
MADE_BY = {kind.__name__ for kind in kinds_of(LayersError)} | {"Sentence"}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield place, name and call of everything that makes a sentence."""
    for top in ("layers", "geoapp"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                    if name in MADE_BY or name == "BadParameter":
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def is_pasted(first: ast.expr) -> bool:
    """True for text that is put together where it is raised, so that nobody can translate it."""
    if isinstance(first, ast.JoinedStr | ast.BinOp):
        return True
    called = getattr(first, "func", None)
    return getattr(called, "id", "") == "str" or getattr(called, "attr", "") in ("format", "join")


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def templates() -> dict[str, str]:
    """Return every template that has words, with the first place that uses it."""
    found: dict[str, str] = {}
    for place, _, call in calls():
        first = call.args[0]
        if isinstance(first, ast.Constant) and any(
            part.strip(" :,;.") for part, *_ in Formatter().parse(first.value)
        ):
            found.setdefault(first.value, place)
    return found


def words_of_code() -> set[str]:
    """Return what may stand in a sentence and is declared elsewhere: terms, places, the system."""
    terms = {str(member.value) for kind in kinds_of(Enum) for member in kind if kind is not Enum}
    system = {os.strerror(number) for number in SYSTEM}
    return terms | system | {field.name for field in fields(Places)}


def test_every_sentence_is_written_as_a_template() -> None:
    pasted = [
        f'{place}: write {name}("… {{field}} …", field=value) instead of an f-string, str() or '
        f'.format(), and its Spanish in {TABLE}: "… {{field}} …" = "…"'
        for place, name, call in calls()
        if is_pasted(call.args[0]) and not place.startswith(MECHANISM)
    ]
    bare = [
        f'{place}: write BadParameter(Sentence("…")), so that it can be translated'
        for place, name, call in calls()
        if name == "BadParameter" and isinstance(call.args[0], ast.Constant)
    ]
    assert not pasted + bare, "\n".join(pasted + bare)


def test_every_field_of_a_template_gets_a_value() -> None:
    wrong = []
    for place, _, call in calls():
        first = call.args[0]
        given = {one.arg for one in call.keywords if one.arg} - OPTIONS
        if not isinstance(first, ast.Constant) or not given:
            continue
        named = fields_of(first.value)
        is_short = named - given and all(one.arg for one in call.keywords)
        if is_short or given - named or not all(name.isidentifier() for name in named):
            wrong.append(f"{place}: the fields are {sorted(named)}, the values {sorted(given)}")
    assert not wrong, "\n".join(wrong)


def test_spanish_has_every_sentence() -> None:
    lacking = {
        template: place
        for template, place in templates().items()
        if template not in sentences(DEFAULT_LANGUAGE)
    }
    lines = [f'# {place}\n"{template}" = "…"' for template, place in lacking.items()]
    assert not lacking, f"add to {TABLE}, with the same fields:\n" + "\n".join(lines)


def test_spanish_has_no_sentence_that_nobody_says() -> None:
    orphans = set(sentences(DEFAULT_LANGUAGE)) - set(templates()) - words_of_code()
    assert not orphans, f"take out of {TABLE}, or correct to the template in the code: {orphans}"


def test_a_translation_has_the_fields_of_its_template() -> None:
    wrong = [
        f"{template!r}: {told!r}"
        for template, told in sentences(DEFAULT_LANGUAGE).items()
        # A sentence stands among others, so that it ends without a full stop.
        if fields_of(told) != fields_of(template) or not told.strip() or told.endswith(".")
    ]
    assert not wrong, f"give each in {TABLE} the fields of its template: {wrong}"
