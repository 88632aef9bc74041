"""Counts that were divided by told shares: what is said of one bounds all the others.

A count of an older unit that was divided among units of today makes figures that know one another:
with the share of each, which the chain of a figure tells, the largest says what the smallest is.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

_ROUNDS = 8
"""After as many the ends of the chains that there are no longer move."""


def tie(masked: pd.DataFrame, counts: pd.Series, links: pd.DataFrame) -> pd.DataFrame:
    """Return a mask of units in which those that share a parent are consistent.

    Parameters
    ----------
    masked : DataFrame
        By unit: low, high, shown, is_range, most, least, drop, rise.
    counts : Series of float
        The true counts, by unit.
    links : DataFrame
        ubigeo, parent and share of each count that was divided.

    Returns
    -------
    DataFrame
        The range of a unit is no wider than what those of its siblings leave of it, so that it
        promises nothing that the others take back. Of siblings of which one is a range none moves
        by itself: in totals they are as they are, and move together.
    """
    known = counts.reindex(links["ubigeo"]).notna().to_numpy() & (links["share"] > 0).to_numpy()
    links = links[known]
    if links.empty:
        return masked
    masked = masked.copy()
    for units, rows in _families(links):
        here = masked.loc[units]
        if not here["is_range"].any():
            continue
        low, high = _left(here, rows)
        # A range that is told is what the others leave of it; a rounded count stays what it is.
        ranged = here["is_range"]
        low, high = here["low"].where(~ranged, low), here["high"].where(~ranged, high)
        true = counts[units]
        masked.loc[units, "low"], masked.loc[units, "high"] = low, high
        masked.loc[units, "shown"] = here["shown"].where(~ranged, (low + high) / 2)
        masked.loc[units, "most"] = masked.loc[units, "least"] = true
        masked.loc[units, "drop"] = (true - low).clip(lower=0.0).sum()
        masked.loc[units, "rise"] = (high - true).clip(lower=0.0).sum()
    return masked


def _families(links: pd.DataFrame) -> Iterable[tuple[list[str], pd.DataFrame]]:
    """Return the units that hang together by a parent, and the links between them."""
    family = {unit: unit for unit in links["ubigeo"]}
    for _ in range(len(family)):
        by_parent = links["ubigeo"].map(family).groupby(links["parent"]).transform("min")
        joined = by_parent.groupby(links["ubigeo"]).min().to_dict()
        if joined == family:
            break
        family = joined
    for _, rows in links.groupby(links["ubigeo"].map(family)):
        yield sorted(set(rows["ubigeo"])), rows


def _left(masked: pd.DataFrame, links: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return what the ends of all units of a family leave of each, parent by parent."""
    ends = dict.fromkeys(links["parent"], (0.0, np.inf))
    of_unit = [
        (unit, list(zip(rows["parent"], rows["share"], strict=True)))
        for unit, rows in links.groupby("ubigeo")
    ]
    for _ in range(_ROUNDS):
        for unit, shares in of_unit:
            for parent, share in shares:
                others = [(ends[one], part) for one, part in shares if one != parent]
                below = sum(part * end[0] for end, part in others)
                above = sum(part * end[1] for end, part in others)
                low, high = ends[parent]
                ends[parent] = (
                    max(low, (float(masked.at[unit, "low"]) - above) / share),
                    min(high, (float(masked.at[unit, "high"]) - below) / share),
                )
    found = {
        unit: [sum(share * ends[parent][side] for parent, share in shares) for side in (0, 1)]
        for unit, shares in of_unit
    }
    frame = pd.DataFrame(found, index=["low", "high"]).T.loc[masked.index]
    return (
        np.maximum(frame["low"], masked["low"]),
        np.minimum(frame["high"], masked["high"]),
    )
