"""What is stated of an event, by the form or by an address: the parts of each way, declared once."""

from collections.abc import Callable, Mapping
from typing import Any

from layers.decide.displaced import check_rate
from layers.errors import EventError, EventStatementError
from layers.indicators.shaking import QUAKE_LIMITS
from layers.terms import CodeScheme

_LAST_MOMENT = 253_402_300_799_000
"""The end of the year 9999, in ms: later ones have no date."""
_SCHEMES = ("", CodeScheme.INEI, CodeScheme.RENIEC)


def _is_text(given: Any) -> bool:
    return isinstance(given, str)


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and abs(given) <= _LAST_MOMENT


def _are_two(given: Any) -> bool:
    return isinstance(given, list) and len(given) == 2 and all(map(_is_number, given))


def _is_rate(given: Any) -> bool:
    try:
        check_rate(given)
    except EventError:
        return False
    return True


def _are_rates(given: Any) -> bool:
    return isinstance(given, dict) and all(
        _are_two(pair) and _is_rate(pair) for pair in given.values()
    )


_Parts = Mapping[str, Callable[[Any], bool]]
_WAYS: Mapping[str, _Parts] = {
    "file": {"name": _is_text, "contents": _is_text},
    "large": {"name": _is_text},
    "list": {"text": _is_text},
    "quake": dict.fromkeys(QUAKE_LIMITS, _is_number),
    "shakemap": {"id": _is_text},
    "drawing": {"ring": lambda given: isinstance(given, list) and all(map(_are_two, given))},
}
"""How an event is given, and what must be given with it."""
_OPTIONS: _Parts = {
    "name": _is_text,
    "scheme": lambda given: given in _SCHEMES,
    "buffer_km": _is_number,
    "thresholds": _is_text,
    "rates": _are_rates,
    "t": lambda given: _is_number(given) and given >= 0,
}
"""What may be given with any."""


def way_of(given: Any) -> str:
    """Return how an event was given; nothing where it was given in no way that is known."""
    way = given.get("way") if isinstance(given, dict) else None
    return way if isinstance(way, str) and way in _WAYS else ""


def read_statement(given: Any) -> dict[str, Any]:
    """Return what is stated of an event, once it is known to be whole.

    Parameters
    ----------
    given : object
        From a browser: what the form gave, or what somebody wrote into an address.

    Returns
    -------
    dict
        The same: ``way`` (file, large, list, quake, shakemap or drawing) and its parts.

    Raises
    ------
    EventError
        Where the way lacks a part.
    EventStatementError
        Where there is no such way, or something else cannot be read.
    """
    way = way_of(given)
    if not way:
        raise EventStatementError("the event is given in no way of the form; give it there again")
    lacking = [part for part, is_right in _WAYS[way].items() if not is_right(given.get(part))]
    if lacking:
        raise EventError(
            "the event came without {parts}, or with what cannot be read there; give it again",
            parts=", ".join(lacking),
        )
    wrong = [
        part
        for part, is_right in _OPTIONS.items()
        if given.get(part) is not None and not is_right(given[part])
    ]
    if wrong:
        raise EventStatementError(
            "{parts} of the event cannot be read; give the event again in the form",
            parts=", ".join(wrong),
        )
    statement: dict[str, Any] = given
    return statement
