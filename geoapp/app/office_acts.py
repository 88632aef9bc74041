"""What an act of a visitor makes of the offices that are asked for."""

from dataclasses import replace
from typing import Any

from geoapp.app.office_choices import (
    MOST_SITES,
    Choices,
    kept_sites,
    seat_of,
    site_count,
)
from layers.decide.ground import Ground
from layers.terms import AdminLevel

_REGION_LISTS = {
    "add-region": ("regions_added", "regions_closed"),
    "close-region": ("regions_closed", "regions_added"),
}
"""By act: the list that a region enters, and the one that it leaves."""


def act_on(choices: Choices, act: str, unit: str, ground: Ground, source: str = "") -> Choices:
    """Return the choices after a place was added, closed, moved or allowed again.

    An office that stays whatever is best counts: to close it is one office less, and to add one
    is one more. A proposed one that is closed is sought elsewhere.

    Parameters
    ----------
    choices : Choices
        Before.
    act : str
        add, close, allow, move or back; or add-region, close-region, allow-region.
    unit : str
        Ubigeo of a unit of any level; a region where the act is of regions. Where to, of a move.
    ground : Ground
        Of the level that is asked.
    source : str
        From where, of a move.

    Returns
    -------
    Choices
        After; as before where the act means nothing, as a move to where an office is.
    """
    if act.endswith("-region"):
        return _act_on_region(choices, act, unit[: AdminLevel.REGION.digits])
    place = seat_of(unit)
    if act == "move":
        return _move(choices, seat_of(source), place, ground)
    if act == "back":
        return replace(choices, moved=_without_pairs(choices, place, ground, end=1))
    if act == "allow":
        return replace(choices, closed=_without(choices.closed, place, ground))
    count = site_count(choices, ground)
    is_kept = place[: ground.level.digits] in kept_sites(choices, ground)
    after = (_add if act == "add" else _close)(choices, place, ground)
    step = {("add", False): 1, ("close", True): -1}.get((act, is_kept), 0)
    return replace(after, sites=max(1, min(MOST_SITES, count + step)))


def _act_on_region(choices: Choices, act: str, place: str) -> Choices:
    def rest(name: str) -> tuple[str, ...]:
        return tuple(one for one in getattr(choices, name) if one != place)

    if act == "allow-region":
        return replace(choices, regions_closed=rest("regions_closed"))
    enters, leaves = _REGION_LISTS[act]
    changed: dict[str, Any] = {enters: (*rest(enters), place), leaves: rest(leaves)}
    return replace(choices, **changed)


def _add(choices: Choices, place: str, ground: Ground) -> Choices:
    """Open a place; where an office had left it, that one stays where it went."""
    left = {target for source, target in choices.moved if _is_same(source, place, ground)}
    return replace(
        choices,
        moved=_without_pairs(choices, place, ground, end=0),
        added=(*_without(choices.added, place, ground), *sorted(left), place),
        closed=_without(choices.closed, place, ground),
    )


def _close(choices: Choices, place: str, ground: Ground) -> Choices:
    """Close a place; where an office had come to it, it does not go back."""
    came = [source for source, target in choices.moved if _is_same(target, place, ground)]
    return replace(
        choices,
        moved=_without_pairs(choices, place, ground, end=1),
        added=_without(choices.added, place, ground),
        closed=(*_without(choices.closed, place, ground), *(came or [place])),
    )


def _move(choices: Choices, source: str, target: str, ground: Ground) -> Choices:
    if target[: ground.level.digits] in kept_sites(choices, ground):
        return choices
    closed = _without(choices.closed, target, ground)
    if any(_is_same(one, source, ground) for one in choices.added):
        added = (*_without(choices.added, source, ground), target)
        return replace(choices, added=added, closed=closed)
    came = [start for start, end in choices.moved if _is_same(end, source, ground)]
    start = came[0] if came else source
    pairs = _without_pairs(choices, source, ground, end=1)
    if not _is_same(start, target, ground):
        pairs = (*pairs, (start, target))
    return replace(choices, moved=pairs, closed=closed)


def _is_same(one: str, other: str, ground: Ground) -> bool:
    return one[: ground.level.digits] == other[: ground.level.digits]


def _without(places: tuple[str, ...], place: str, ground: Ground) -> tuple[str, ...]:
    return tuple(one for one in places if not _is_same(one, place, ground))


def _without_pairs(
    choices: Choices, place: str, ground: Ground, end: int
) -> tuple[tuple[str, str], ...]:
    """Return the moves without those that begin (0) or end (1) at a place."""
    return tuple(pair for pair in choices.moved if not _is_same(pair[end], place, ground))
