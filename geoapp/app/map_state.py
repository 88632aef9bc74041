"""What a visitor put on the map besides the layer, as parts of an address."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

_NAME = re.compile(r"[a-z0-9_]{1,60}")


class Way(StrEnum):
    """How two layers are seen together."""

    PAIR = "pair"
    """Each unit has one of nine colours."""
    SWIPE = "swipe"
    """One layer left and one right of a line that moves."""


@dataclass(frozen=True)
class MapTools:
    """A second layer and what is drawn over the units."""

    second: str | None = None
    way: Way = Way.PAIR
    split: int = 50
    """Where the line stands, hundredths of the width of the map."""
    over: tuple[str, ...] = ()
    """What is drawn over the units, in the order of the alphabet."""
    picture: str | None = None
    """Layer whose raster is drawn over the units."""
    opacity: int = 70
    """Of that raster, per cent."""


NO_TOOLS = MapTools()
"""The map as it is at first."""


def encode_tools(tools: MapTools) -> list[tuple[str, str]]:
    """Return the parts of an address; nothing for what is as it is at first.

    Parameters
    ----------
    tools : MapTools
        What is on the map.

    Returns
    -------
    list of (str, str)
        For instance ``with=poverty_pct``, ``way=swipe``, ``over=labels,rivers``.
    """
    pairs: list[tuple[str, str]] = []
    if tools.second:
        pairs.append(("with", tools.second))
    if tools.second and tools.way is not NO_TOOLS.way:
        pairs.append(("way", tools.way.value))
    if tools.second and tools.split != NO_TOOLS.split:
        pairs.append(("split", str(tools.split)))
    if tools.over:
        pairs.append(("over", ",".join(tools.over)))
    if tools.picture:
        pairs.append(("raster", f"{tools.picture}:{tools.opacity}"))
    return pairs


def read_tool(tools: MapTools, key: str, text: str, layers: frozenset[str]) -> MapTools:
    """Return what is on the map with one part of an address read into it.

    Parameters
    ----------
    tools : MapTools
        What the parts before told.
    key, text : str
        A part of an address.
    layers : frozenset of str
        Layers that can be the second.

    Returns
    -------
    MapTools
        Names of overlays are well formed; whether the build has them is asked later.

    Raises
    ------
    KeyError, ValueError
        Where the part means nothing here.
    """
    return replace(tools, **_READERS[key](text, layers))


def _read_second(text: str, layers: frozenset[str]) -> dict[str, Any]:
    if text not in layers:
        raise KeyError(text)
    return {"second": text}


def _read_over(text: str, layers: frozenset[str]) -> dict[str, Any]:
    return {"over": tuple(sorted({_named(name) for name in text.split(",")}))}


def _read_picture(text: str, layers: frozenset[str]) -> dict[str, Any]:
    name, _, opacity = text.partition(":")
    shown = {"picture": _named(name)}
    return shown | ({"opacity": _whole(opacity)} if opacity else {})


def _named(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100:
        raise ValueError(text)
    return number


_READERS: dict[str, Callable[[str, frozenset[str]], dict[str, Any]]] = {
    "with": _read_second,
    "way": lambda text, layers: {"way": Way(text)},
    "split": lambda text, layers: {"split": _whole(text)},
    "over": _read_over,
    "raster": _read_picture,
}
TOOL_KEYS = frozenset(_READERS)
"""Keys of an address that speak of the map."""


def plain_tools(tools: MapTools) -> dict[str, Any]:
    """Return what is on the map as the script of the map holds it."""
    return asdict(tools)


def tools_of(given: dict[str, Any] | None, former: MapTools, layers: frozenset[str]) -> MapTools:
    """Return what the script of the map tells.

    Parameters
    ----------
    given : dict, optional
        As `plain_tools` wrote it, changed by the visitor; None where it tells nothing yet.
    former : MapTools
        What was on the map.
    layers : frozenset of str
        Layers that can be the second.

    Returns
    -------
    MapTools
        Checked as an address is.

    Raises
    ------
    KeyError, ValueError
        Where it means nothing here.
    """
    if given is None:
        return former
    texts = {
        "with": given.get("second") or "",
        "way": str(given.get("way", NO_TOOLS.way)),
        "split": str(given.get("split", NO_TOOLS.split)),
        "over": ",".join(map(str, given.get("over") or ())),
        "raster": f"{given['picture']}:{given.get('opacity')}" if given.get("picture") else "",
    }
    tools = NO_TOOLS
    for key, text in texts.items():
        if text:
            tools = read_tool(tools, key, text, layers)
    return tools
