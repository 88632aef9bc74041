"""How fast a population changes."""

import pandas as pd


def yearly_growth(now: pd.Series, before: pd.Series, years: float) -> pd.Series:
    """Return the mean yearly growth between two counts, at a constant rate.

    g = 100·((now / before)^(1 / years) − 1). Source: the geometric rate with which INEI
    publishes the mean yearly growth between censuses.

    Parameters
    ----------
    now, before : Series of float
        People by unit, not negative.
    years : float
        Years between them, more than 0.

    Returns
    -------
    Series of float
        Percent a year, from −100; missing where either count is missing or nobody lived
        there before.
    """
    return 100.0 * ((now / before.where(before > 0)) ** (1.0 / years) - 1.0)
