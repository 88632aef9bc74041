"""Arithmetic of INFORM, from an indicator to risk.

Source: INFORM, Concept and Methodology, version 2017 (Joint Research Centre). The scaled
geometric mean and risk were recomputed against published values.
"""

import numpy as np
import pandas as pd

from layers.indicators.normalise import normalise
from layers.spec import LayerSpec, Limits
from layers.terms import AdminLevel, Transform

TOP = 10.0
"""Every score and index runs from 0 to this."""
MIN_PRESENT = 0.5
"""Least share of its indicators that an index rests on; with fewer it is missing, not low."""
TUKEY_REACH = 1.5
"""Interquartile ranges beyond the quartiles at which a Tukey cap stands."""


def half_up(values: pd.Series) -> pd.Series:
    """Round to one decimal, halves up, as spreadsheets do and Python does not.

    Parameters
    ----------
    values : Series of float
        From 0 up.

    Returns
    -------
    Series of float
        One decimal.
    """
    # 1e-9: a half that binary numbers write as 0.4499999 is a half.
    return pd.Series(np.floor(values.to_numpy(dtype=float) * 10 + 0.5 + 1e-9) / 10, values.index)


def frozen_limits(
    values: pd.Series, transform: Transform = Transform.LINEAR, *, is_capped: bool = False
) -> Limits:
    """Return the limits that are typed into the catalogue for an indicator.

    Denominator, log and Tukey cap come before min and max. A value beyond the cap scores as
    one on it, so that the cap need not be kept apart from the limits.

    Parameters
    ----------
    values : Series of float
        A rate of all units of a level; missing ones are left out.
    transform : Transform
        How the values are bent before the quartiles are taken.
    is_capped : bool
        True for a Tukey cap at [Q1 − 1.5 IQR, Q3 + 1.5 IQR].

    Returns
    -------
    tuple of float
        (min, max) in the indicator's unit.
    """
    known = values.dropna().to_numpy(dtype=float)
    bent = np.log1p(known) if transform is Transform.LOG1P else known
    low, high = float(bent.min()), float(bent.max())
    if is_capped:
        first, third = np.quantile(bent, [0.25, 0.75])
        reach = TUKEY_REACH * (third - first)
        low, high = max(low, float(first - reach)), min(high, float(third + reach))
    if transform is Transform.LOG1P:
        low, high = float(np.expm1(low)), float(np.expm1(high))
    return low, high


def standardise(values: pd.Series, layer: LayerSpec, level: AdminLevel) -> pd.Series:
    """Return the score of an indicator: 0–10, one decimal, 10 is worst.

    x' = 10 (t(x) − t(min)) / (t(max) − t(min)), clamped, reversed where less is worse and
    rounded half up; the limits are frozen in the catalogue.

    Parameters
    ----------
    values : Series of float
        By unit, in the layer's unit.
    layer : LayerSpec
        Declares transform, limits and direction.
    level : AdminLevel
        Level of the units.

    Returns
    -------
    Series of float
        0–10; missing stays missing.

    Raises
    ------
    DeclarationError
        Where the layer has no limits at that level.
    """
    return half_up(normalise(values, layer, level) * TOP)


def mean_of(scores: pd.DataFrame) -> pd.Series:
    """Return a component or a category: the mean of the scores that are present.

    Parameters
    ----------
    scores : DataFrame of float
        0–10, one column per indicator or component.

    Returns
    -------
    Series of float
        0–10; missing where nothing is present.
    """
    return scores.mean(axis=1)


def dimension_of(categories: pd.DataFrame) -> pd.Series:
    """Return a dimension: the scaled geometric mean of its categories.

    a_i = 9 (10 − c_i)/10 + 1; D = (10 − (Π a_i)^(1/n))·10/9. One category high is enough to
    raise it: (2, 8) gives 5.8 and (0, 10) gives 7.6, where the mean is 5.

    Parameters
    ----------
    categories : DataFrame of float
        0–10, one column per category.

    Returns
    -------
    Series of float
        0–10, of the categories that are present; missing where none is.
    """
    return (TOP - np.exp(np.log(scaled_up(categories)).mean(axis=1))) * TOP / 9.0


def scaled_up(categories: pd.DataFrame) -> pd.DataFrame:
    """Return a = 9 (10 − c)/10 + 1: from 10 for the best category to 1 for the worst.

    Parameters
    ----------
    categories : DataFrame of float
        0–10, one column per category.

    Returns
    -------
    DataFrame of float
        1–10, never 0, so that one best category does not hide the others.
    """
    return 9.0 * (TOP - categories) / TOP + 1.0


def risk_of(dimensions: pd.DataFrame) -> pd.Series:
    """Return (hazard and exposure · vulnerability · lack of coping capacity)^(1/3).

    Each dimension is first written with one decimal, half up, as INFORM publishes it.

    Parameters
    ----------
    dimensions : DataFrame of float
        0–10, one column each.

    Returns
    -------
    Series of float
        0–10 with one decimal; missing where a dimension is missing.
    """
    return half_up(dimensions.apply(half_up).prod(axis=1, skipna=False).pow(1 / 3))


def rests_on_enough(indicators: pd.DataFrame) -> pd.Series:
    """Return True where an index has enough of its indicators to be computed.

    Parameters
    ----------
    indicators : DataFrame
        All indicators below an index, one column each.

    Returns
    -------
    Series of bool
        By unit.
    """
    return indicators.notna().mean(axis=1) >= MIN_PRESENT
