"""A visitor's figures at the level that is shown."""

import numpy as np
import pandas as pd

from layers.table.aggregate import group_mean, group_sum
from layers.terms import AdminLevel, Unit

_KNOWN = 0.5
"""Least share of the people of a coarser unit that a mean must rest on, as for every rate."""


def figures_at(
    figures: pd.Series,
    own: AdminLevel,
    units: pd.Index,
    level: AdminLevel,
    people: pd.Series,
    unit: Unit,
) -> pd.Series:
    """Return figures at a level: counts added, rates averaged by people, rates inherited.

    Parameters
    ----------
    figures : Series of float
        By ubigeo of the level that the file gives.
    own : AdminLevel
        That level.
    units : Index
        Units of the level that is shown.
    level : AdminLevel
        The level that is shown.
    people : Series of float
        Residents by unit of the level of the file.
    unit : Unit
        What the figures are counted in.

    Returns
    -------
    Series of float
        By unit. A count of a coarser level is missing below it; a coarser unit of which some
        part is missing has no count, and a rate from half of its people on.
    """
    if level is own:
        return figures.reindex(units)
    if level.digits > own.digits:
        if unit.is_extensive:
            return pd.Series(np.nan, index=units)
        return pd.Series(units.str[: own.digits].map(figures), index=units)
    known = figures.reindex(people.index)
    groups = pd.Series(people.index.str[: level.digits], index=people.index)
    if unit.is_extensive:
        return group_sum(known, people, groups, 1.0).reindex(units)
    return group_mean(known, people, groups, _KNOWN).reindex(units)
