"""What a visitor asks of the offices: how many, which stay, which are added or closed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from layers.decide.focus import WITHIN_KM, Question
from layers.decide.ground import Ground
from layers.terms import AdminLevel

MOST_SITES = 25
"""As many as regions; more are a matter of the command line."""
_SEAT = "01"
_LISTS = {
    "add": ("added", "closed"),
    "close": ("closed", "added"),
    "add-region": ("regions_added", "regions_closed"),
    "close-region": ("regions_closed", "regions_added"),
}
"""By act: the list that a place enters, and the one that it leaves."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """One question of a visitor; the first one is today's assignment."""

    level: AdminLevel = AdminLevel.PROVINCE
    demand: str | None = None
    """A layer of counts or ``score``; the people of the scenario if None."""
    sites: int | None = None
    """As many as today if None."""
    is_fixed: bool = True
    """Today's offices stay."""
    within: float = WITHIN_KM
    added: tuple[str, ...] = ()
    """Districts, so that a place outlives a change of level."""
    closed: tuple[str, ...] = ()
    regions_added: tuple[str, ...] = ()
    regions_closed: tuple[str, ...] = ()


def read_choices(kept: Mapping[str, Any] | None) -> Choices:
    """Return the choices that a browser kept; today's where it kept none that can be read."""
    try:
        given: dict[str, Any] = {
            key: tuple(v) if isinstance(v, list) else v for key, v in (kept or {}).items()
        }
        if "level" in given:
            given["level"] = AdminLevel(given["level"])
        return Choices(**given)
    except (TypeError, ValueError):
        return Choices()


def write_choices(choices: Choices) -> dict[str, Any]:
    """Return the choices as the browser keeps them, without what is as at first."""
    first, now = asdict(Choices()), asdict(choices)
    return {
        field.name: now[field.name]
        for field in fields(Choices)
        if now[field.name] != first[field.name]
    }


def seat_of(unit: str) -> str:
    """Return the district of the capital of a unit."""
    return unit + _SEAT * ((AdminLevel.DISTRICT.digits - len(unit)) // 2)


def act_on(choices: Choices, act: str, unit: str, ground: Ground) -> Choices:
    """Return the choices after a place was added, closed or allowed again.

    An office that stays whatever is best counts: to close it is one office less, and to add one
    is one more. A proposed one that is closed is sought elsewhere.

    Parameters
    ----------
    choices : Choices
        Before.
    act : str
        add, close, allow; or add-region, close-region, allow-region.
    unit : str
        Ubigeo of a unit of any level; a region where the act is of regions.
    ground : Ground
        Of the level that is asked.

    Returns
    -------
    Choices
        After.
    """
    is_region = act.endswith("-region")
    place = unit[: AdminLevel.REGION.digits] if is_region else seat_of(unit)
    kept = _kept(choices, ground)
    if act.startswith("allow"):
        name = "regions_closed" if is_region else "closed"
        rest: dict[str, Any] = {name: _without(getattr(choices, name), place, ground, is_region)}
        return replace(choices, **rest)
    enters, leaves = _LISTS[act]
    changed: dict[str, Any] = {
        enters: (*_without(getattr(choices, enters), place, ground, is_region), place),
        leaves: _without(getattr(choices, leaves), place, ground, is_region),
    }
    if not is_region:
        is_kept = place[: ground.level.digits] in kept
        step = {("add", False): 1, ("close", True): -1}.get((act, is_kept), 0)
        changed["sites"] = max(1, min(MOST_SITES, site_count(choices, ground) + step))
    return replace(choices, **changed)


def _without(
    places: tuple[str, ...], place: str, ground: Ground, is_region: bool
) -> tuple[str, ...]:
    digits = AdminLevel.REGION.digits if is_region else ground.level.digits
    return tuple(one for one in places if one[:digits] != place[:digits])


def _at_level(places: tuple[str, ...], ground: Ground) -> set[str]:
    return {place[: ground.level.digits] for place in places}


def _kept(choices: Choices, ground: Ground) -> set[str]:
    """Return the sites that stay whatever is best."""
    today = set(ground.today.values()) if choices.is_fixed else set()
    return (today - _at_level(choices.closed, ground)) | _at_level(choices.added, ground)


def site_count(choices: Choices, ground: Ground) -> int:
    """Return how many offices are asked for, no fewer than those that stay."""
    count = choices.sites or len(set(ground.today.values()))
    return max(count, len(_kept(choices, ground)), 1)


def question_of(choices: Choices, ground: Ground) -> Question:
    """Return the question that choices ask of a ground."""
    closed = _at_level(choices.closed, ground)
    is_whole = choices.is_fixed and not closed & set(ground.today.values())
    kept = _at_level(choices.added, ground) if is_whole else _kept(choices, ground)
    return Question(
        sites=site_count(choices, ground),
        keeps_today=is_whole,
        within=choices.within,
        required=tuple(sorted(kept)),
        forbidden=tuple(sorted(closed)),
    )
