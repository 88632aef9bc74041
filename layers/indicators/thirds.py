"""Three classes of a figure, for a map that shows two figures at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Thirds:
    """Two inner limits, and how they were found."""

    breaks: tuple[float, ...]
    """Rising; a value on a limit is above it. One limit where the rest is one value, none where
    all units have the same figure."""
    are_terciles: bool
    """False where so many units share the lowest figure that they are a class of their own."""


def thirds_of(values: pd.Series) -> Thirds:
    """Return the limits of three classes with as many units as ties allow.

    Terciles, the 1/3 and 2/3 quantiles (linear, type 7 of Hyndman & Fan 1996, The American
    Statistician 50, 361–365). Where a third or more share the lowest figure, such as 0, no such
    limits part them: then they are the low class, and the median of the others parts the rest.

    Parameters
    ----------
    values : Series of float
        By unit; missing ones do not count.

    Returns
    -------
    Thirds
        Up to two limits, each above the lowest figure.
    """
    known = values.dropna().to_numpy(dtype=float)
    if not len(known):
        return Thirds((), True)
    lowest = known.min()
    low, high = (float(limit) for limit in np.quantile(known, [1 / 3, 2 / 3]))
    if lowest < low < high:
        return Thirds((low, high), True)
    others = known[known > lowest]
    if not len(others):
        return Thirds((), False)
    first, middle = float(others.min()), float(np.median(others))
    return Thirds((first, middle) if middle > first else (first,), False)
