"""Small counts of vulnerable people, masked so that no total gives them away.

A count from 1 to ``least - 1`` is published as a range, and every other count rounded. A total is
rounded more coarsely until **each** hidden count below it may be anything in its range beside all
that is published, whatever the other hidden counts are (secondary suppression): then no
subtraction narrows a range, between levels or between dates. Zeros are published: that nobody is
there is not about anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from layers.errors import LayersError
from layers.table.tied import tie

COUNTRY = ""
"""The code of the whole: what every code begins with."""
_MOST_STEPS = 40
_ADDED = ("least", "most", "drop", "rise", "low", "high")
_UNKNOWN = {
    "least": 0.0,
    "most": np.inf,
    "low": 0.0,
    "high": np.inf,
    "drop": 0.0,
    "rise": 0.0,
    "all_drop": 0.0,
    "all_rise": 0.0,
}
"""What is known of a count under which nothing stands."""


@dataclass(frozen=True)
class MaskedCounts:
    """What may be published of a count, by code; the whole country has the empty code."""

    low: pd.Series
    """Least value that the publication leaves possible; NaN where the count is missing."""
    high: pd.Series
    """Largest value that it leaves possible."""
    shown: pd.Series
    """The number to print and to compute with: the rounded count, the middle of a range."""
    is_range: pd.Series
    """Whether low and high are printed instead of a number."""
    is_hidden: pd.Series
    """Whether the count itself is small, so that its range is protected."""
    most: pd.Series
    """Most that may be added to a total where every hidden count is as it is."""
    least: pd.Series
    """Least that may be added to a total where every hidden count is as it is."""
    drop: pd.Series
    """How far the hidden count that is farthest from its low end lies from it."""
    rise: pd.Series
    """How far the hidden count that is farthest from its high end lies from it."""


def mask_counts(
    counts: pd.Series,
    *,
    least: int,
    rounding: int,
    parts: Sequence[MaskedCounts] = (),
    is_all_parts: bool = False,
    links: pd.DataFrame | None = None,
) -> MaskedCounts:
    """Return what may be published of a count in all levels at once.

    Parameters
    ----------
    counts : Series of float
        People by code of 6, 4, 2 and 0 digits; a unit's code begins with that of its parent, and
        a parent holds the sum of its children. Not negative; NaN where unknown.
    least : int
        Smallest count that is not hidden, at least 1.
    rounding : int
        Step of the rounding, at least 1.
    parts : sequence of MaskedCounts
        Masks of what the count is divided into in every unit, for instance by sex or by origin.
    is_all_parts : bool
        Whether the parts add up to the count; otherwise they are at most the count.
    links : DataFrame, optional
        ubigeo, parent and share of the finest units whose count is told to be a share of others.

    Returns
    -------
    MaskedCounts
        Of the codes of ``counts``. Rounding goes up at the half.

    Raises
    ------
    LayersError
        Where a count is negative.

    Notes
    -----
    Let all hidden counts be as they are and any other count anywhere in the interval that its
    rounding leaves: their sum lies in [least, most]. One hidden count moved to an end of its range
    moves both by at most ``drop`` down or ``rise`` up. A total in [low, high] leaves it possible
    where ``low <= most - drop`` and ``high >= least + rise``. A total that does not is rounded to
    twice the step, until it does. As only one count moves, the same holds for any number of
    publications in which it did not change. An attacker who knows this rule and sees a coarser
    step learns that a finer one would have told something; that is not counted here.
    """
    if (counts < 0).any():
        code = str(counts.index[counts < 0][0])
        raise LayersError(
            "the count of {code} is negative; correct the table before it is shown", code=code
        )
    under_parts = _under_parts(counts.index, parts, is_all_parts)
    done: list[pd.DataFrame] = []
    under = under_parts
    for digits in sorted({len(str(code)) for code in counts.index}, reverse=True):
        level = counts[counts.index.str.len() == digits]
        under = _met(under_parts.loc[level.index], under)
        masked = _added(level, _mask_level(level, under, least, rounding), under)
        if links is not None and not done:
            masked = tie(masked, level, links)
        done.append(masked)
        under = _totals(masked[list(_ADDED)].groupby(masked.index.str[: max(digits - 2, 0)]))
    found = pd.concat(done).loc[counts.index]
    return MaskedCounts(**{name: found[name] for name in found})


def mask_alone(counts: pd.Series, *, least: int, rounding: int) -> pd.Series:
    """Return the numbers that stand for counts in whatever is computed from them.

    Parameters
    ----------
    counts : Series of float
        People, of any units; not negative, NaN where unknown.
    least : int
        Smallest count that is not hidden, at least 1.
    rounding : int
        Step of the rounding, at least 1.

    Returns
    -------
    Series of float
        The middle of its range for a small count, any other one rounded. No total of the true
        counts may be told beside them: totals are those of what is returned.
    """
    steps = np.full(len(counts), rounding, dtype=float)
    return _mask_at(counts, steps, least, rounding)["shown"]


def _under_parts(
    codes: pd.Index, parts: Sequence[MaskedCounts], is_all_parts: bool
) -> pd.DataFrame:
    """Return what the parts of each count leave of it."""
    if not parts:
        return pd.DataFrame(_UNKNOWN, index=codes)
    cells = [
        pd.DataFrame({name: getattr(part, name) for name in _ADDED}).reindex(codes)
        for part in parts
    ]
    sums = _totals(pd.concat(cells).groupby(level=0))
    # Where parts are missing the rest may be anything.
    return sums if is_all_parts else sums.assign(most=np.inf, high=np.inf)


def _totals(cells: Any) -> pd.DataFrame:
    """Return sums over the cells of each group, and how far one and all hidden ones may move."""
    sums = cells[["least", "low"]].sum()
    for name in ("most", "high"):
        sums[name] = cells[name].agg(lambda ends: ends.sum(skipna=False)).fillna(np.inf)
    for name in ("drop", "rise"):
        sums[name] = cells[name].max().fillna(0.0)
        sums[f"all_{name}"] = cells[name].sum()
    return sums


def _met(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return what both the parts and the children of a count leave of it."""
    other = other.reindex(one.index).fillna(_UNKNOWN)
    lowest = ("most", "high")
    return pd.DataFrame(
        {
            name: (np.minimum if name in lowest else np.maximum)(one[name], other[name])
            for name in _UNKNOWN
        }
    )


def _mask_level(counts: pd.Series, under: pd.DataFrame, least: int, rounding: int) -> pd.DataFrame:
    """Return the mask of one level, each cell at the smallest step that tells nothing."""
    is_hidden = (counts > 0) & (counts < least)
    # The range of a hidden total holds every combination below it.
    most = under["most"] - under["drop"].where(~is_hidden, under["all_drop"])
    fewest = under["least"] + under["rise"].where(~is_hidden, under["all_rise"])
    steps = np.full(len(counts), rounding, dtype=float)
    for _ in range(_MOST_STEPS):
        masked = _mask_at(counts, steps, least, rounding)
        tells = (masked["low"] > most) | (masked["high"] < fewest)
        if not tells.any():
            break
        steps = np.where(tells, steps * 2, steps)
    ranged = masked["is_range"]
    low = masked["low"].where(~ranged, np.maximum(masked["low"], under["low"]))
    high = masked["high"].where(~ranged, np.minimum(masked["high"], under["high"]))
    shown = masked["shown"].where(~ranged, (low + high) / 2)
    return masked.assign(low=low, high=high, shown=shown, is_hidden=is_hidden)


def _added(counts: pd.Series, masked: pd.DataFrame, under: pd.DataFrame) -> pd.DataFrame:
    """Return the mask with what each cell adds to a total."""
    is_hidden, low, high = masked["is_hidden"], masked["low"], masked["high"]
    return masked.assign(
        most=np.minimum(high, under["most"]).where(~is_hidden, counts),
        least=np.maximum(low, under["least"]).where(~is_hidden, counts),
        drop=under["drop"].where(~is_hidden, counts - low),
        rise=under["rise"].where(~is_hidden, high - counts),
    )


def _mask_at(counts: pd.Series, steps: np.ndarray, least: int, rounding: int) -> pd.DataFrame:
    """Return the mask of counts whose steps are given."""
    value = counts.to_numpy(dtype=float)
    edge = np.where(steps > rounding, np.maximum(steps, least), least)
    is_small = (value > 0) & (value < edge)
    whole = bool(np.all(np.isnan(value) | (value == np.floor(value))))
    middle = np.floor(value / steps + 0.5) * steps
    # A whole count excludes the far end of its interval; one of a model does not.
    low = middle - steps / 2
    high = middle + steps / 2
    if whole:
        low, high = np.ceil(low), np.ceil(high) - 1
    low = np.where(is_small, 1.0 if whole else 0.0, np.maximum(low, edge))
    high = np.where(is_small, edge - 1 if whole else edge, high)
    is_zero = value == 0
    low, high = np.where(is_zero, 0.0, low), np.where(is_zero, 0.0, high)
    shown = np.where(is_small, (low + high) / 2, np.where(is_zero, 0.0, np.maximum(middle, edge)))
    missing = np.isnan(value)
    return pd.DataFrame(
        {
            "low": np.where(missing, np.nan, low),
            "high": np.where(missing, np.nan, high),
            "shown": np.where(missing, np.nan, shown),
            "is_range": is_small,
        },
        index=counts.index,
    )
