"""The classes of a layer with their colours and names, for legends outside the page."""

from dataclasses import dataclass

from geoapp.numbers import decimals_of, show_number
from geoapp.style import colours_for
from geoapp.words import say
from layers.spec import LayerSpec
from layers.terms import Unit


@dataclass(frozen=True)
class Class:
    """One class: figures from ``low`` up and under ``high``, None where it has no end."""

    low: float | None
    high: float | None
    colour: str
    label: str


def score_classes(breaks: tuple[float, ...], language: str) -> tuple[Class, ...]:
    """Return the classes of the priority score between its inner limits, low to high."""
    return _classes(Unit.INDEX_0_100, breaks, language)


def layer_classes(layer: LayerSpec, language: str) -> tuple[Class, ...]:
    """Return the classes of a layer, low to high.

    Parameters
    ----------
    layer : LayerSpec
        One that is no count: counts are circles.
    language : str
        Of the names.

    Returns
    -------
    tuple of Class
        Severity is told by its number, an index of INFORM by the name of its class too.
    """
    found = _classes(layer.unit, layer.breaks, language)
    if layer.unit is Unit.SEVERITY:
        names = [str(step) for step in range(1, len(found) + 1)]
    elif layer.is_index:
        names = [
            f"{say(f'risk_class.{step}', language)} ({one.label})"
            for step, one in enumerate(found, start=1)
        ]
    else:
        return found
    return tuple(
        Class(one.low, one.high, one.colour, name) for one, name in zip(found, names, strict=True)
    )


def _classes(unit: Unit, breaks: tuple[float, ...], language: str) -> tuple[Class, ...]:
    colours = colours_for(unit, breaks)
    decimals = decimals_of(breaks)

    def label(low: float | None, high: float | None) -> str:
        ends = {
            name: show_number(value, decimals)
            for name, value in (("low", low), ("high", high))
            if value is not None
        }
        kind = {0: "all", 2: "between"}.get(len(ends), "under" if low is None else "from")
        return say(f"classes.{kind}", language, **ends)

    edges = (None, *breaks, None)
    return tuple(
        Class(low, high, colour, label(low, high))
        for low, high, colour in zip(edges, edges[1:], colours, strict=False)
    )
