"""What a visitor looks at, and the address that says so. The only codec of the product."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.codes import level_of
from layers.decide.scenario import Scenario
from layers.errors import LayersError
from layers.terms import AdminLevel

MAX_WEIGHT = 10
"""Where a slider ends."""
MAX_FIND = 60
"""Letters of what is looked for."""
SCORE = "score"
"""The layer of the map that shows the ranking itself."""


class Page(StrEnum):
    """A view of the product: one question that a visitor comes with."""

    PRIORITIES = "priorities"
    TERRITORY = "territory"
    EMERGENCY = "emergency"
    OFFICES = "offices"
    DATA = "data"

    @property
    def path(self) -> str:
        """Where it is in an address."""
        return _PATHS[self]


class DataPart(StrEnum):
    """What of Datos is open."""

    SOURCES = "sources"
    QUALITY = "quality"
    MISSING = "missing"
    YOURS = "yours"


class SourceOrder(StrEnum):
    """By what the sources are sorted."""

    CATALOGUE = "catalogue"
    PUBLISHER = "publisher"
    AGE = "age"
    COVERAGE = "coverage"
    LAYERS = "layers"


_PATHS = {
    Page.PRIORITIES: "/",
    Page.TERRITORY: "/territorio",
    Page.EMERGENCY: "/emergencia",
    Page.OFFICES: "/oficinas",
    Page.DATA: "/datos",
}


@dataclass(frozen=True)
class ViewState:
    """One view of the page; defaults are left out of the address."""

    page: Page = Page.PRIORITIES
    level: AdminLevel = AdminLevel.DISTRICT
    layer: str = SCORE
    unit: str | None = None
    weights: tuple[tuple[str, float], ...] = ()
    """Weights that differ from the scenario's own."""
    objective: str | None = None
    """Objective of the results frame that narrows the list of layers; all of them if None."""
    part: DataPart = DataPart.SOURCES
    order: SourceOrder = SourceOrder.CATALOGUE
    find: str = ""
    """Text that narrows the sources."""
    language: str = DEFAULT_LANGUAGE
    unread: tuple[str, ...] = field(default=(), compare=False)
    """Parts of the address that mean nothing here, shown to the visitor."""

    def with_(self, **changes: Any) -> "ViewState":
        """Return the view with some fields changed and no note about the address."""
        return replace(self, **{"unread": (), **changes})

    def scenario(self, base: Scenario) -> Scenario:
        """Return the scenario with this view's weights."""
        return base.with_weights(dict(self.weights))


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
    if view.weights:
        pairs.append(("w", ",".join(f"{layer}:{weight:g}" for layer, weight in view.weights)))
    if view.objective:
        pairs.append(("objective", view.objective))
    if view.part is not default.part:
        pairs.append(("part", view.part.value))
    if view.order is not default.order:
        pairs.append(("order", view.order.value))
    if view.find:
        pairs.append(("find", view.find))
    if view.language != default.language:
        pairs.append(("lang", view.language))
    return view.page.path + ("?" + urlencode(pairs, safe=":,") if pairs else "")


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
    path, _, query = address.partition("?")
    pages = {page.path: page for page in Page}
    found: dict[str, Any] = {"page": pages.get(path or "/", Page.PRIORITIES)}
    unread = [] if (path or "/") in pages else [path[:60]]
    for key, text in parse_qsl(query, keep_blank_values=True):
        try:
            if key == "objective" and text in objectives:
                found["objective"] = text
            else:
                found.update(_read_part(key, text, layers, base))
        except (LayersError, ValueError, KeyError):
            unread.append(f"{key}={text}"[:60])
    return ViewState(**found, unread=tuple(unread))


def _read_part(key: str, text: str, layers: frozenset[str], base: Scenario) -> dict[str, Any]:
    if key == "level":
        return {"level": AdminLevel(text)}
    if key == "layer" and (text in layers or text == SCORE):
        return {"layer": text}
    if key == "u":
        level_of(text)
        return {"unit": text}
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


def _read_weights(text: str, base: Scenario) -> tuple[tuple[str, float], ...]:
    pairs = (part.rpartition(":") for part in text.split(","))
    given = {layer: float(weight) for layer, _, weight in pairs}
    if not all(0 <= weight <= MAX_WEIGHT for weight in given.values()):
        raise ValueError(text)
    return changed_weights(base.with_weights(given), base)


def changed_weights(scenario: Scenario, base: Scenario) -> tuple[tuple[str, float], ...]:
    """Return the weights of a scenario that differ from those of its base, in its order."""
    own = dict(base.weights)
    return tuple((layer, weight) for layer, weight in scenario.weights if weight != own[layer])
