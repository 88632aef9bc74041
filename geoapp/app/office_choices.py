"""What a visitor asks of the offices, and how an address tells it."""

import math
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

from layers.codes import level_of
from layers.decide.focus import WITHIN_KM, Problem, Question
from layers.decide.ground import Ground
from layers.table.need_decisions import JOINT_NEED
from layers.terms import AdminLevel

MOST_SITES = 25
"""As many as regions; more are a matter of the command line."""
REACH = (25, 1000)
"""Least and largest reach of an office that can be asked for, in km."""
MOST_CAPACITY = 100_000_000
SCORE = "score"
_SEAT = "01"
PARTS = ("offices", "regions")
"""What is edited on the map."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """One question of a visitor; the first one is today's assignment."""

    part: str = "offices"
    level: AdminLevel = AdminLevel.PROVINCE
    demand: str | None = None
    """``pin_joint`` or ``score``; the people of the scenario if None."""
    sites: int | None = None
    """As many as today if None."""
    is_fixed: bool = True
    """Today's offices stay."""
    within: float = WITHIN_KM
    capacity: float | None = None
    """Demand that an office can serve; no limit if None, and none of the score."""
    moved: tuple[tuple[str, str], ...] = ()
    """From where to where, as districts."""
    added: tuple[str, ...] = ()
    """Districts, so that a place outlives a change of level."""
    closed: tuple[str, ...] = ()
    regions_added: tuple[str, ...] = ()
    regions_closed: tuple[str, ...] = ()

    @property
    def opened(self) -> tuple[str, ...]:
        """Districts that have an office in any case."""
        return (*self.added, *(target for _, target in self.moved))

    @property
    def shut(self) -> tuple[str, ...]:
        """Districts that have none."""
        return (*self.closed, *(source for source, _ in self.moved))


_KEYS = {
    "part": "part",
    "level": "level",
    "demand": "for",
    "sites": "sites",
    "is_fixed": "today",
    "within": "km",
    "capacity": "most",
    "moved": "move",
    "added": "add",
    "closed": "close",
    "regions_added": "r-add",
    "regions_closed": "r-close",
}
"""By field, what it is called in an address."""


def write_choices(choices: Choices) -> str:
    """Return choices as a part of an address; empty where all is as at first.

    Returns
    -------
    str
        For instance ``sites:8,move:200101-200601,add:080101.110101``.
    """
    first = Choices()
    return ",".join(
        f"{_KEYS[one.name]}:{_write(getattr(choices, one.name))}"
        for one in fields(Choices)
        if getattr(choices, one.name) != getattr(first, one.name)
    )


def _write(value: Any) -> str:
    if isinstance(value, bool):
        return "fixed" if value else "free"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, tuple):
        return ".".join("-".join(one) if isinstance(one, tuple) else one for one in value)
    return str(value)


def read_choices(text: str) -> Choices:
    """Return the choices that a part of an address tells.

    Parameters
    ----------
    text : str
        As ``write_choices`` returns it.

    Returns
    -------
    Choices
        Places may be unknown to a build.

    Raises
    ------
    ValueError, LayersError
        Where a part of it means nothing.
    """
    names = {key: name for name, key in _KEYS.items()}
    found: dict[str, Any] = {}
    for part in text.split(",") if text else ():
        key, _, value = part.partition(":")
        if key not in names:
            raise ValueError(part)
        found[names[key]] = _read(names[key], value)
    return Choices(**found)


def _read(name: str, text: str) -> Any:
    if name == "level":
        return AdminLevel(text)
    if name in ("sites", "within", "capacity"):
        return _number(name, text)
    if name == "moved":
        pairs = tuple(tuple(one.split("-")) for one in text.split("."))
        if any(len(pair) != 2 for pair in pairs):
            raise ValueError(text)
        return tuple((_place(one), _place(other)) for one, other in pairs)
    if name in ("added", "closed"):
        return tuple(_place(one) for one in text.split("."))
    if name in ("regions_added", "regions_closed"):
        return tuple(_place(one, AdminLevel.REGION) for one in text.split("."))
    words = {"part": PARTS, "demand": (JOINT_NEED, SCORE), "is_fixed": ("fixed", "free")}
    if text not in words[name]:
        raise ValueError(text)
    return text == "fixed" if name == "is_fixed" else text


def _number(name: str, text: str) -> float | int:
    low, high = {"sites": (1, MOST_SITES), "within": REACH, "capacity": (1, MOST_CAPACITY)}[name]
    value = float(text)
    if not (math.isfinite(value) and low <= value <= high):
        raise ValueError(text)
    return int(text) if name == "sites" else value


def _place(code: str, level: AdminLevel = AdminLevel.DISTRICT) -> str:
    if level_of(code) is not level:
        raise ValueError(code)
    return code


def known_choices(choices: Choices, units: Collection[str]) -> tuple[Choices, tuple[str, ...]]:
    """Return choices without places that a build has not, and those places.

    Parameters
    ----------
    choices : Choices
        As an address tells them.
    units : collection of str
        Codes of districts, or of the finest level that there is.

    Returns
    -------
    choices, unknown
        The same choices where all are known.
    """
    named = {*choices.opened, *choices.shut, *choices.regions_added, *choices.regions_closed}
    if not named:
        return choices, ()
    digits = len(next(iter(units)))
    heads = {unit[: AdminLevel.REGION.digits] for unit in units}
    unknown = {
        place for place in named if place[:digits] not in (heads if len(place) == 2 else units)
    }
    if not unknown:
        return choices, ()
    kept: dict[str, Any] = {
        name: tuple(one for one in getattr(choices, name) if one not in unknown)
        for name in ("added", "closed", "regions_added", "regions_closed")
    }
    pairs = tuple(pair for pair in choices.moved if not unknown & set(pair))
    return replace(choices, moved=pairs, **kept), tuple(sorted(unknown))


def seat_of(unit: str) -> str:
    """Return the district of the capital of a unit."""
    return unit + _SEAT * ((AdminLevel.DISTRICT.digits - len(unit)) // 2)


def kept_sites(choices: Choices, ground: Ground) -> set[str]:
    """Return the sites that stay whatever is best."""
    today = set(ground.today.values()) if choices.is_fixed else set()
    return (today - at_level(choices.shut, ground)) | at_level(choices.opened, ground)


def at_level(places: Collection[str], ground: Ground) -> set[str]:
    """Return the units of a ground in which places are."""
    return {place[: ground.level.digits] for place in places}


def site_count(choices: Choices, ground: Ground) -> int:
    """Return how many offices are asked for, no fewer than those that stay."""
    count = choices.sites or len(set(ground.today.values()))
    return max(count, len(kept_sites(choices, ground)), 1)


def question_of(choices: Choices, ground: Ground) -> Question:
    """Return the question that choices ask of a ground."""
    # A place that is opened and shut at once, as by a move within its unit, is opened.
    closed = at_level(choices.shut, ground) - at_level(choices.opened, ground)
    is_whole = choices.is_fixed and not closed & set(ground.today.values())
    kept = at_level(choices.opened, ground) if is_whole else kept_sites(choices, ground)
    is_limited = choices.capacity is not None and choices.demand != SCORE
    return Question(
        problem=Problem.CAPACITY if is_limited else Problem.P_MEDIAN,
        sites=site_count(choices, ground),
        keeps_today=is_whole,
        within=choices.within,
        required=tuple(sorted(kept)),
        forbidden=tuple(sorted(closed)),
        capacity=choices.capacity if is_limited else None,
    )
