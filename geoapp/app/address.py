"""The address that says what a visitor looks at. The only codec of the product."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geoapp.app.map_state import NO_TOOLS, TOOL_KEYS, encode_tools, read_tool
from geoapp.app.office_choices import read_choices, write_choices
from geoapp.app.state import (
    CHANGE,
    MAX_WEIGHT,
    SCORE,
    DataPart,
    Page,
    SourceOrder,
    ViewState,
    changed_weights,
)
from geoapp.words import LANGUAGES
from layers.codes import level_of
from layers.decide.narrow import Settling
from layers.decide.pattern import Quadrant
from layers.decide.scenario import Scenario
from layers.errors import LayersError
from layers.terms import AdminLevel

MAX_FIND = 60
"""Letters of what is looked for."""
_LONGEST_NAME = 80
_MOST_FIRST = 9_999
_MOST_PEOPLE = 1e9


def encode(view: ViewState) -> str:
    """Write a view as an address that people can read.

    Parameters
    ----------
    view : ViewState
        The view.

    Returns
    -------
    str
        For instance ``/territorio?layer=nbi_any_pct&u=150132``; ``/`` for the default view.
    """
    default = ViewState()
    pairs: list[tuple[str, str]] = []
    if view.level is not default.level:
        pairs.append(("level", view.level.value))
    if view.layer != default.layer:
        pairs.append(("layer", view.layer))
    if view.unit:
        pairs.append(("u", view.unit))
    if view.other:
        pairs.append(("u2", view.other))
    if view.weights:
        pairs.append(("w", ",".join(f"{layer}:{weight:g}" for layer, weight in view.weights)))
    if view.objective:
        pairs.append(("objective", view.objective))
    pairs.extend(parts_of(view).items())
    pairs.extend(_data_parts(view))
    if view.offices != default.offices:
        pairs.append(("o", write_choices(view.offices)))
    pairs += encode_tools(view.tools)
    if view.language != default.language:
        pairs.append(("lang", view.language))
    return view.page.path + ("?" + urlencode(pairs, safe=":,") if pairs else "")


def _data_parts(view: ViewState) -> list[tuple[str, str]]:
    default = ViewState()
    told = [(name, str(getattr(view, name))) for name in ("part", "order", "find")]
    return [(name, text) for name, text in told if text != str(getattr(default, name))]


def parts_of(view: ViewState) -> dict[str, str]:
    """Return the parts of an address that narrow, count and compare; the browser tells them too."""
    parts = {
        "k": "" if view.top is None else str(view.top),
        "region": ",".join(view.regions),
        "office": view.office or "",
        "people": f"{view.least_people:.0f}" if view.least_people else "",
        "area": view.settling or "",
        "vs": view.against or "",
        "sector": view.sector or "",
        "quadrant": view.quadrant or "",
    }
    return {key: str(text) for key, text in parts.items() if text}


def read_parts(told: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields of the view that such parts tell, and those that mean nothing.

    Parameters
    ----------
    told : dict
        By key of the address, its text; empty for what is not asked.

    Returns
    -------
    tuple
        Every field that such a part tells, at its default where none does; unread parts.
    """
    default = ViewState()
    found = {name: getattr(default, name) for name, _ in _PARTS.values()}
    unread = []
    for key, text in told.items():
        if text in ("", None):
            continue
        try:
            name, read = _PARTS[key]
            found[name] = read(str(text))
        except (ValueError, KeyError):
            unread.append(f"{key}={text}"[:60])
    return found, tuple(unread)


def decode(
    address: str, layers: frozenset[str], base: Scenario, objectives: tuple[str, ...] = ()
) -> ViewState:
    """Read a view from an address; what cannot be read is dropped and named.

    Parameters
    ----------
    address : str
        Path and query, without the host; either may be left out.
    layers : frozenset of str
        Layers that can be shown.
    base : Scenario
        The scenario whose weights may be changed.
    objectives : tuple of str
        Objectives by which layers can be narrowed.

    Returns
    -------
    ViewState
        Valid; ``unread`` lists the parts that were dropped.
    """
    # Half of a letter that JSON can carry and no address can.
    address = address.encode("utf-8", "replace").decode("utf-8")
    path, _, query = address.partition("?")
    pages = {page.path: page for page in Page}
    found: dict[str, Any] = {"page": pages.get(path or "/", Page.PRIORITIES)}
    unread = [] if (path or "/") in pages else [path[:60]]
    for key, text in parse_qsl(query, keep_blank_values=True):
        try:
            if key == "objective" and text in objectives:
                found["objective"] = text
            elif key in TOOL_KEYS:
                known = layers | {SCORE}
                found["tools"] = read_tool(found.get("tools", NO_TOOLS), key, text, known)
            else:
                found.update(_read_part(key, text, layers, base))
        except (LayersError, ValueError, KeyError):
            unread.append(f"{key}={text}"[:60])
    return ViewState(**found, unread=tuple(unread))


def _read_part(key: str, text: str, layers: frozenset[str], base: Scenario) -> dict[str, Any]:
    if key in _PARTS:
        name, read = _PARTS[key]
        return {name: read(text)}
    if key == "level":
        return {"level": AdminLevel(text)}
    if key == "layer" and (text in layers or text in (SCORE, CHANGE)):
        return {"layer": text}
    if key == "u":
        level_of(text)
        return {"unit": text}
    if key == "u2":
        level_of(text)
        return {"other": text}
    if key == "o":
        return {"offices": read_choices(text)}
    if key == "lang" and text in LANGUAGES:
        return {"language": text}
    if key in ("part", "order", "find"):
        return _read_data(key, text)
    if key == "w":
        return {"weights": _read_weights(text, base)}
    raise KeyError(key)


def _read_data(key: str, text: str) -> dict[str, Any]:
    if key == "find":
        return {"find": text[:MAX_FIND]}
    return {key: DataPart(text) if key == "part" else SourceOrder(text)}


def _read_top(text: str) -> int:
    if not 1 <= (top := int(text)) <= _MOST_FIRST:
        raise ValueError(text)
    return top


def _read_regions(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(text.split(",")))
    if any(level_of(code) is not AdminLevel.REGION for code in codes):
        raise ValueError(text)
    return codes


def _read_least(text: str) -> float:
    if not 0 <= (people := float(text)) <= _MOST_PEOPLE:
        raise ValueError(text)
    return float(round(people))


def _read_name(text: str) -> str:
    if not 0 < len(text) <= _LONGEST_NAME:
        raise ValueError(text)
    return text


_PARTS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "k": ("top", _read_top),
    "region": ("regions", _read_regions),
    "office": ("office", _read_name),
    "people": ("least_people", _read_least),
    "area": ("settling", Settling),
    "vs": ("against", _read_name),
    "sector": ("sector", _read_name),
    "quadrant": ("quadrant", Quadrant),
}
"""By key of the address: the field of the view, and how it is read."""


def _read_weights(text: str, base: Scenario) -> tuple[tuple[str, float], ...]:
    pairs = (part.rpartition(":") for part in text.split(","))
    given = {layer: float(weight) for layer, _, weight in pairs}
    if not all(0 <= weight <= MAX_WEIGHT for weight in given.values()):
        raise ValueError(text)
    return changed_weights(base.with_weights(given), base)
