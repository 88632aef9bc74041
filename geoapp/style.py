"""The one palette: page, legend, printed map and notebook take their colours from here."""

from layers.terms import AdminLevel, Unit

INK = "#17212B"
INK_SOFT = "#5B6672"
GROUND = "#EDF0F3"
NEIGHBOUR = "#E4E8EC"
SEA = "#DCE4EC"
SURFACE = "#FFFFFF"
LINE = "#DDE3E9"
BRAND = "#0B2E59"
ACTION = "#0B5FA5"
SELECTED = "#EAF2FB"
RAMP = ("#FBF3DF", "#F6D9A0", "#EDB065", "#D97A3A", "#B3471F", "#7A1F14")
"""Need and priority, low to high; nothing else wears it."""
DIVERGING = ("#5E3C99", "#B2ABD2", "#F7F5F2", "#FDB863", "#B35806")
"""From falling to climbing, still in the middle (ColorBrewer PuOr, safe for the colour-blind)."""
CHANGE_STEPS = {
    AdminLevel.DISTRICT: (10, 100),
    AdminLevel.PROVINCE: (3, 20),
    AdminLevel.REGION: (1, 5),
}
"""Places from which a unit moves little, and much."""
QUADRANTS = {
    "act_now": RAMP[5],
    "severe_small": RAMP[3],
    "large_moderate": RAMP[2],
    "watch": RAMP[0],
}
SEVERITY = ("#E9EEF2", "#F6E3A1", "#F0A04B", "#D1492E", "#6E1423")
"""JIAF severity 1 to 5; the number is always printed beside it."""
KNOWLEDGE = ("#DCE9F5", "#AFCBE5", "#7BA7CF", "#4480B3", "#1B568C", "#0B2E59")
"""How much is known, little to much: no need, and so not the colours of need."""
PAIR = (
    *("#F1EFEA", "#F0C48A", "#E0851B"),
    *("#A9C9E2", "#A59A94", "#95561C"),
    *("#3D86BE", "#2F5576", "#1B1B22"),
)
"""Two figures at once: the first grows from left to right into orange, the second from row to row
into blue. Any two differ by 20 or more in CIELAB for every kind of sight."""
PICTURE = ("#D9EEF0", "#A8D5DA", "#6FB6C1", "#3C92A4", "#1F6B80", "#0E4457")
"""Rasters over the units, low to high."""
NO_DATA = "#BCC4CD"
OUTSIDE = "#F1F3F6"
"""Units that a filter leaves out: paler than a missing figure, and no class."""
CIRCLE = "#0B5FA5"

_TOKENS = {
    "ink": INK,
    "ink-soft": INK_SOFT,
    "ground": GROUND,
    "neighbour": NEIGHBOUR,
    "sea": SEA,
    "surface": SURFACE,
    "line": LINE,
    "brand": BRAND,
    "action": ACTION,
    "selected": SELECTED,
    "no-data": NO_DATA,
    "outside": OUTSIDE,
    "circle": CIRCLE,
    **{f"ramp-{step}": colour for step, colour in enumerate(RAMP)},
}


def style_sheet() -> str:
    """Return the tokens as CSS custom properties."""
    lines = "".join(f"--{name}:{colour};" for name, colour in _TOKENS.items())
    return f":root{{{lines}}}"


def colours_for(unit: Unit, breaks: tuple[float, ...]) -> tuple[str, ...]:
    """Return the colours of the classes of a layer; severity has a ramp of its own.

    Parameters
    ----------
    unit : Unit
        Unit of the layer.
    breaks : tuple of float
        Inner class limits.

    Returns
    -------
    tuple of str
        One more than the limits, low to high.
    """
    fixed = {Unit.SEVERITY: SEVERITY, Unit.PLACES: DIVERGING}
    return fixed.get(unit) or colours_of(len(breaks) + 1)


def change_breaks(level: AdminLevel) -> tuple[float, ...]:
    """Return the class limits of a change of places: much and little, alike on both sides."""
    little, much = CHANGE_STEPS[level]
    return (1.0 - much, 1.0 - little, float(little), float(much))


def picture_colours(classes: int) -> tuple[str, ...]:
    """Return the colours of a raster over the units, low to high, for up to 6 classes."""
    return _spread(PICTURE, classes)


def knowledge_colours(classes: int) -> tuple[str, ...]:
    """Return the colours of how much is known, little to much, for up to 6 classes."""
    return _spread(KNOWLEDGE, classes)


def colours_of(classes: int) -> tuple[str, ...]:
    """Return the ramp for a number of classes, its ends included.

    Parameters
    ----------
    classes : int
        From 1 to 6.

    Returns
    -------
    tuple of str
        Hexadecimal colours, low to high.
    """
    return (RAMP[2],) if classes == 1 else _spread(RAMP, classes)


def _spread(ramp: tuple[str, ...], classes: int) -> tuple[str, ...]:
    last = len(ramp) - 1
    if classes == 1:
        return (ramp[last - 1],)
    return tuple(ramp[round(step * last / (classes - 1))] for step in range(classes))
