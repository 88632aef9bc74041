"""Series over time, from the units that they are published for to the coarser ones."""

import numpy as np
import pandas as pd

from layers.terms import AdminLevel


def lift_means(
    values: pd.DataFrame, people: pd.Series, level: AdminLevel, needed: float
) -> pd.DataFrame:
    """Average the rates of many times by coarser unit, weighted by people.

    As ``group_mean`` does for one: x_j = Σ w_i x_i / Σ w_i over the units with a figure.

    Parameters
    ----------
    values : DataFrame of float
        By ubigeo of the finer units, a column a time; missing is NaN.
    people : Series of float
        Residents by ubigeo; a unit without them weighs nothing, where any are known.
    level : AdminLevel
        Of the coarser units.
    needed : float
        Least share of a unit's people who live in finer units with a figure.

    Returns
    -------
    DataFrame of float
        By ubigeo of the coarser units.
    """
    weights = people.reindex(values.index)
    weights = weights.fillna(0.0) if weights.notna().any() else weights.fillna(1.0)
    groups = values.index.str[: level.digits]
    known = values.notna()
    weighed = known.mul(weights, axis=0).groupby(groups).sum()
    total = weights.groupby(groups).sum()
    mean = values.mul(weights, axis=0).groupby(groups).sum() / weighed.where(weighed > 0)
    enough = weighed.ge(min(needed, 1.0 - 1e-9) * total, axis=0)
    return mean.where(enough & (weighed > 0), np.nan).rename_axis("ubigeo")
