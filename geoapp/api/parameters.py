"""The parameters of the API, each declared once: its name, its schema and how it is read."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from geoapp.api.problem import RefusedError
from geoapp.words import LANGUAGES
from layers.decide.footprint import MOST_BUFFER_KM
from layers.errors import Sentence, nearest
from layers.indicators.shaking import QUAKE_LIMITS

MOST_FEATURES = 1000
"""Features of one answer; a larger limit is this one."""
FEW_FEATURES = 100
"""Of an answer whose question names no limit: all regions of a country fit."""
_MOST_OFFSET = 1_000_000
_MOST_TEXT = 2000
_INSTANT = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?"
_TIME = re.compile(rf"{_INSTANT}|({_INSTANT}|\.\.)?/({_INSTANT}|\.\.)?")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter of an address."""

    name: str
    read: Callable[[str], Any]
    """Raises ValueError on what it cannot read."""
    expected: Sentence
    """What can be given, for who gave something else."""
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    is_path: bool = False
    is_required: bool = False
    is_list: bool = False
    """True where commas part it."""


def read_query(given: Mapping[str, list[str]], known: tuple[Parameter, ...]) -> dict[str, Any]:
    """Read the query of an address.

    Parameters
    ----------
    given : mapping
        By name, every text that was given.
    known : tuple of Parameter
        What the address takes.

    Returns
    -------
    dict
        Values by name.

    Raises
    ------
    RefusedError
        On a name that the address does not take, a name given twice, one that is missing, or
        a text that cannot be read.
    """
    by_name = {one.name: one for one in known}
    values = {}
    for name, texts in given.items():
        if name not in by_name:
            raise RefusedError(
                "there is no parameter {name!r} here{near}; there are {known}",
                name=name[:60],
                near=nearest(name[:60], list(by_name)),
                known=", ".join(by_name),
            )
        if len(texts) > 1:
            raise RefusedError("{name} is given {count} times", name=name, count=len(texts))
        values[name] = read_one(by_name[name], texts[0])
    for one in known:
        if one.is_required and one.name not in values:
            raise RefusedError(
                "{name} is missing: {expected}", name=one.name, expected=one.expected
            )
    return values


def read_one(parameter: Parameter, text: str) -> Any:
    """Return the value of a text, or say what can be given."""
    try:
        return parameter.read(text)
    except ValueError:
        raise RefusedError(
            "{name}={text!r} cannot be read; give {expected}",
            name=parameter.name,
            text=text[:60],
            expected=parameter.expected,
        ) from None


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # Python reads "1_000" and "١٠" too.
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < low:
            raise ValueError(text)
        return min(int(text), high)

    return read


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if "_" in text or not (math.isfinite(value) and low <= value <= high):
            raise ValueError(text)
        return value

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _bbox(text: str) -> tuple[float, float, float, float]:
    numbers = [_number(-math.inf, math.inf)(part) for part in text.split(",")]
    if len(numbers) == 6:
        numbers = [numbers[place] for place in (0, 1, 3, 4)]
    west, south, east, north = numbers
    is_lon = -180 <= west <= 180 and -180 <= east <= 180
    if not (is_lon and -90 <= south <= north <= 90):
        raise ValueError(text)
    return west, south, east, north


def _time(text: str) -> str:
    if text in ("/", "") or not _TIME.fullmatch(text):
        raise ValueError(text)
    for instant in text.split("/"):
        if instant not in ("", ".."):
            # The pattern lets 2017-02-30 through.
            datetime.fromisoformat(instant)
    return text


def _text(text: str) -> str:
    if not text or len(text) > _MOST_TEXT:
        raise ValueError(text)
    return text


_SHORT = {"type": "string", "minLength": 1, "maxLength": _MOST_TEXT}
FORMAT = Parameter(
    name="f",
    read=_one_of("json", "html"),
    expected=Sentence("json or html"),
    schema={"type": "string", "enum": ["json", "html"]},
)
LANGUAGE = Parameter(
    name="lang",
    read=_one_of(*LANGUAGES),
    expected=Sentence("es or en"),
    schema={"type": "string", "enum": list(LANGUAGES)},
)
LIMIT = Parameter(
    name="limit",
    read=_whole(1, MOST_FEATURES),
    expected=Sentence("a whole number from 1 up"),
    schema={"type": "integer", "minimum": 1, "maximum": MOST_FEATURES, "default": FEW_FEATURES},
)
OFFSET = Parameter(
    name="offset",
    read=_whole(0, _MOST_OFFSET),
    expected=Sentence("a whole number from 0 up"),
    schema={"type": "integer", "minimum": 0, "default": 0},
)
BBOX = Parameter(
    name="bbox",
    read=_bbox,
    expected=Sentence("west,south,east,north in degrees"),
    schema={"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
    is_list=True,
)
DATETIME = Parameter(
    name="datetime",
    read=_time,
    expected=Sentence("an instant or an interval of RFC 3339, as in 2017-01-01/2017-12-31"),
)


def path_part(name: str) -> Parameter:
    """Return a part of a path that is looked up, whatever it is."""
    return Parameter(name=name, read=str, expected=Sentence("a name"), is_path=True)


def part_of_page(name: str, expected: Sentence) -> Parameter:
    """Return a part of an address that the page's own codec reads."""
    return Parameter(name=name, read=_text, expected=expected, schema=_SHORT)


def number_of(name: str, low: float, high: float, expected: Sentence) -> Parameter:
    """Return a number that must be given."""
    schema = {"type": "number", "minimum": low, "maximum": high}
    return Parameter(
        name=name, read=_number(low, high), expected=expected, schema=schema, is_required=True
    )


def optional_number(name: str, low: float, high: float, expected: Sentence) -> Parameter:
    """Return a number that may be given."""
    schema = {"type": "number", "minimum": low, "maximum": high}
    return Parameter(name=name, read=_number(low, high), expected=expected, schema=schema)


LEVEL = part_of_page("level", Sentence("district, province or region"))
WEIGHTS = part_of_page("w", Sentence("layers and weights, as in needs_per_person:7"))
"""As the address of the page writes them."""
OF_RANKING = (
    LEVEL,
    WEIGHTS,
    part_of_page("k", Sentence("a whole number from 1 up")),
    part_of_page("region", Sentence("codes of regions, as in 15,24")),
    part_of_page("office", Sentence("the id of an office")),
    part_of_page("people", Sentence("a number of people")),
    part_of_page("area", Sentence("urban or rural")),
)
OF_FOCUS = (
    WEIGHTS,
    part_of_page("o", Sentence("choices as the page writes them, as in sites:8,today:free")),
)
OF_QUAKE = (
    number_of("lon", *QUAKE_LIMITS["lon"], Sentence("a longitude in degrees")),
    number_of("lat", *QUAKE_LIMITS["lat"], Sentence("a latitude in degrees")),
    number_of("depth", *QUAKE_LIMITS["depth"], Sentence("a depth in km")),
    number_of("magnitude", *QUAKE_LIMITS["magnitude"], Sentence("a magnitude")),
)
OF_GROUND = (optional_number("buffer_km", 0, MOST_BUFFER_KM, Sentence("a distance in km")),)
