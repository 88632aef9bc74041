"""How far the figure of one unit is from that of another, as people say it."""

import math
from dataclasses import dataclass
from enum import StrEnum

from layers.terms import Unit

_TWICE = 2.0
_IN_POINTS = (
    Unit.PERCENT,
    Unit.PERCENT_YEAR,
    Unit.INDEX_0_1,
    Unit.INDEX_0_10,
    Unit.INDEX_0_100,
    Unit.SEVERITY,
    Unit.SECTORS,
    Unit.MMI,
    Unit.CELSIUS,
    Unit.CELSIUS_DECADE,
)
"""Units whose zero or whose ends forbid to say "twice as much"."""


class Way(StrEnum):
    """How a difference is said."""

    ALIKE = "alike"
    TIMES = "times"
    MORE_PERCENT = "more_percent"
    LESS_PERCENT = "less_percent"
    MORE = "more"
    LESS = "less"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Contrast:
    """A difference and how it is said."""

    way: Way
    size: float
    """Times, percent or points, never negative; not-a-number where it is not known."""


def contrast(own: float | None, other: float | None, unit: Unit) -> Contrast:
    """Compare a figure with that of another unit.

    Parameters
    ----------
    own, other : float or None
        The figures; missing is None.
    unit : Unit
        Of both.

    Returns
    -------
    Contrast
        Shares, indices and degrees differ by points; amounts by a factor from twice on, else by
        percent of the other, and by their difference where the other is not positive.
    """
    if own is None or other is None:
        return Contrast(Way.UNKNOWN, math.nan)
    if math.isclose(own, other, rel_tol=1e-9, abs_tol=1e-12):
        return Contrast(Way.ALIKE, 0.0)
    if unit in _IN_POINTS or other <= 0 or own < 0:
        return Contrast(Way.MORE if own > other else Way.LESS, abs(own - other))
    times = own / other
    if times >= _TWICE:
        return Contrast(Way.TIMES, times)
    way = Way.MORE_PERCENT if times > 1 else Way.LESS_PERCENT
    return Contrast(way, 100 * abs(times - 1))
