"""How far places are from others, as the crow flies."""

import numpy as np
import pandas as pd

from layers.indicators.sphere import EARTH_KM, directions


def nearest_km(places: pd.DataFrame, targets: pd.DataFrame) -> pd.Series:
    """Return the great-circle distance from each place to the nearest target.

    The nearest point of the unit sphere by chord c is the nearest by arc:
    d = 2 R asin(c/2).

    Parameters
    ----------
    places, targets : DataFrame
        lon and lat, degrees, none missing.

    Returns
    -------
    Series of float
        Kilometres, by the index of ``places``; missing where there is no target.
    """
    from scipy.spatial import cKDTree

    if targets.empty or places.empty:
        return pd.Series(np.nan, index=places.index, dtype=float)
    chord, _ = cKDTree(directions(targets)).query(directions(places))
    return pd.Series(2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1)), index=places.index)


def mean_by_unit(values: pd.Series, weights: pd.Series, units: pd.Series) -> pd.Series:
    """Return the weighted mean of the values of each unit.

    Parameters
    ----------
    values, weights : Series of float
        By place; weights above 0.
    units : Series of str
        Unit of each place.

    Returns
    -------
    Series of float
        By unit: Σ w x / Σ w; missing where a value is.
    """
    above = (values * weights).groupby(units).sum(min_count=1)
    return above / weights.where(values.notna()).groupby(units).sum()
