"""Numbers as people read them: a narrow no-break space and a decimal point (1 891; 73.5)."""

import math
from collections.abc import Iterable
from typing import Any

from layers.terms import Unit

_NARROW_SPACE = "\u202f"

_DECIMALS = {
    Unit.PEOPLE: 0,
    Unit.COUNT: 0,
    Unit.METRES: 0,
    Unit.MM_YEAR: 0,
    Unit.MM_MONTH: 0,
    Unit.SOLES: 0,
    Unit.INDEX_0_1: 3,
    Unit.SECTORS: 2,
    Unit.GRAVITY: 2,
    Unit.KM_PER_KM2: 2,
    Unit.SEVERITY: 0,
    Unit.PLACES: 0,
}


def show_number(value: float | None, decimals: int) -> str:
    """Write a number for the screen or for paper.

    Parameters
    ----------
    value : float or None
        The number; missing is None or NaN.
    decimals : int
        Digits after the point.

    Returns
    -------
    str
        For instance ``1 891`` or ``73.5``; a dash where there is none.
    """
    if value is None or math.isnan(value):
        return "–"
    text = f"{value:,.{decimals}f}".replace(",", _NARROW_SPACE)
    return "0" if text == "-0" else text


def show_value(value: float | None, unit: Unit) -> str:
    """Write a figure with the decimals that its unit carries.

    Parameters
    ----------
    value : float or None
        The figure; missing is None or NaN.
    unit : Unit
        What it is counted in.

    Returns
    -------
    str
        Without the name of the unit.
    """
    sign = "+" if unit is Unit.PLACES and value is not None and value > 0 else ""
    return sign + show_number(value, _DECIMALS.get(unit, 1))


def show_values(values: Iterable[float], unit: Unit) -> list[str]:
    """Write the figures of a layer, of which there are thousands, as `show_value` writes one.

    Parameters
    ----------
    values : iterable of float
        The figures; missing is NaN.
    unit : Unit
        What they are counted in.

    Returns
    -------
    list of str
        In the same order.
    """
    if unit is Unit.PLACES:
        return [show_value(value, unit) for value in values]
    decimals = _DECIMALS.get(unit, 1)
    texts = [f"{value:,.{decimals}f}".replace(",", _NARROW_SPACE) for value in values]
    other = {"nan": "–", "-0": "0"}
    return [other.get(text, text) for text in texts]


def as_shown(value: float | None, unit: Unit) -> float | None:
    """Return a figure as a reader of the screen has it, with the decimals that its unit carries.

    Parameters
    ----------
    value : float or None
        The figure; missing is None.
    unit : Unit
        What it is counted in.

    Returns
    -------
    float or None
        None where there is none.
    """
    return None if value is None else round(value, _DECIMALS.get(unit, 1))


def show_range(low: float, high: float) -> str:
    """Write the ends of a count of people that is not told.

    Parameters
    ----------
    low, high : float
        People; of an estimate the ends are no whole numbers.

    Returns
    -------
    str
        For instance ``1–4``: nobody is a fraction, and a count that is not zero is at least one.
    """
    least, most = max(1, math.floor(low)), math.floor(high)
    most = most - 1 if low == 0 and most == high else most
    return f"{show_number(least, 0)}–{show_number(max(least, most), 0)}"


def is_told(cell: dict[str, Any]) -> bool:
    """True where a cell has a figure or the ends of one."""
    return cell["value"] is not None or bool(cell.get("masked"))


def shown_cell(cell: dict[str, Any]) -> str:
    """Write the figure of a cell, or the ends of a count that may not be told.

    Parameters
    ----------
    cell : dict
        As ``figure_answer`` returns it.

    Returns
    -------
    str
        For instance ``1 890``, ``1–4`` or a dash; without the name of the unit.
    """
    unit = Unit(cell["unit"])
    masked = cell.get("masked")
    if masked and masked["is_range"]:
        return show_range(masked["low"], masked["high"])
    return show_value(cell["value"], unit)


def show_exact(value: float) -> str:
    """Write a number of a formula with six digits that count, without needless zeros.

    Parameters
    ----------
    value : float
        The number.

    Returns
    -------
    str
        For instance ``1 497 746``, ``0.0312``; a dash where there is none.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞"
    size = 0 if value == 0 else math.floor(math.log10(abs(value)))
    decimals = max(0, 5 - size)
    text = show_number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(limits: Iterable[float]) -> int:
    """Return the digits after the point that class limits are told with, two at most."""
    return max((_digits(value) for value in limits), default=0)


def _digits(value: float) -> int:
    return 0 if value == round(value) else 1 if value * 10 == round(value * 10) else 2


def round_counts(largest: float) -> list[float]:
    """Return up to three round counts that are no larger than the largest, big to small.

    Parameters
    ----------
    largest : float
        The largest count on the map.

    Returns
    -------
    list of float
        Of 1, 2 or 5 times a power of ten, each about a fifth of the one before, down to 1.
    """
    if largest < 1:
        return []
    power = 10.0 ** math.floor(math.log10(largest))
    # A half too: the logarithm of just under a power of ten rounds up to it.
    first = max(step * power for step in (0.5, 1, 2, 5) if step * power <= largest)
    return [count for count in (first, first / 5, first / 25) if count >= 1]
