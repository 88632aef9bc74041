"""Write the values of parameters into docs/methods/*.md.

The pages are written by hand. In their tables a row whose first cell is the full name
of a value in the code, as in ``layers.indicators.needs.POPULATION_SHARE``, gets that
value in its second cell. Between the two comments of a tree stand the indices of risk and
what each is made of, as the catalogue declares them.
"""

import importlib
import re
import sys
from pathlib import Path
from typing import Any

from generated import DOCS, write_or_check

from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.terms import Model

_TREE = re.compile(r"(<!-- árbol: riesgo -->\n).*?(<!-- fin del árbol -->)", re.DOTALL)
_ROW = re.compile(r"^\| `((?:layers|geoapp)\.[\w.]+)` \|([^|]*)\|", re.MULTILINE)


def value_of(name: str) -> Any:
    """Return what a dotted name stands for.

    Parameters
    ----------
    name : str
        A module and then its attributes, separated by points.

    Returns
    -------
    object
        The value in the code of today.

    Raises
    ------
    AttributeError
        Where nothing bears the name.
    """
    module, rest = name, []
    while True:
        try:
            found = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            rest.insert(0, last)
    for part in rest:
        found = getattr(found, part)
    return found


def as_text(value: Any, between: str = ", ") -> str:
    """Return a value as a reader of the page wants it: pairs side by side, commas between them."""
    if isinstance(value, tuple):
        return between.join(as_text(part, " ") for part in value).strip()
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def page(path: Path) -> str:
    """Return a page with its values filled in."""

    def fill(row: re.Match[str]) -> str:
        return f"| `{row[1]}` | {as_text(value_of(row[1]))} |"

    filled = _ROW.sub(fill, path.read_text("utf-8"))
    return _TREE.sub(lambda found: f"{found[1]}{tree()}{found[2]}", filled)


def tree() -> str:
    """Return the indices of risk, each below what it is part of; a repeated branch is named."""
    lines: list[str] = []
    told: set[str] = set()
    for layer in CATALOGUE.layers.values():
        if layer.model is Model.RISK:
            _grow(layer.id, 0, lines, told)
    return "\n".join(lines) + "\n"


def _grow(name: str, depth: int, lines: list[str], told: set[str]) -> None:
    layer = CATALOGUE.layer(name)
    is_known = name in told and layer.is_index
    told.add(name)
    more = " (ya dicho)" if is_known else ""
    link = f"[{say(f'layer.{name}.title', 'es')}](../capas.md#{name})"
    lines.append(f"{'  ' * depth}- {link}{more}")
    for below in layer.inputs if layer.is_index and not is_known else ():
        _grow(below, depth + 1, lines, told)


if __name__ == "__main__":
    pages = {path: page(path) for path in sorted((DOCS / "methods").glob("*.md"))}
    sys.exit(write_or_check(pages, __doc__))
