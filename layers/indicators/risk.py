"""Risk as INFORM computes it, over the units of a country.

Source: INFORM, Concept and Methodology, version 2017 (Joint Research Centre).
"""

import numpy as np
import pandas as pd

MIN_PRESENT = 0.5
"""Least share of its indicators that an index rests on; with fewer it is missing, not low."""


def mean_index(normalised: pd.DataFrame) -> pd.Series:
    """Return an index from 0 to 10: the mean of the indicators that are present.

    Parameters
    ----------
    normalised : DataFrame of float
        Indicators from 0 to 1 (1 is worst), one column each.

    Returns
    -------
    Series of float
        0–10; missing where fewer than half of the indicators are present.
    """
    is_enough = normalised.notna().mean(axis=1) >= MIN_PRESENT
    return normalised.mean(axis=1).where(is_enough) * 10


def index_bounds(normalised: pd.DataFrame) -> pd.DataFrame:
    """Return how low and how high an index could be, were its missing indicators known.

    Parameters
    ----------
    normalised : DataFrame of float
        Indicators from 0 to 1, one column each.

    Returns
    -------
    DataFrame of float
        low (missing ones at 0) and high (at 1), 0–10; only units that miss some and have
        an index.
    """
    bounds = pd.DataFrame(
        {
            "low": normalised.fillna(0.0).mean(axis=1) * 10,
            "high": normalised.fillna(1.0).mean(axis=1) * 10,
        }
    )
    return bounds[normalised.isna().any(axis=1) & mean_index(normalised).notna()]


def inform_risk(hazard: pd.Series, vulnerability: pd.Series, coping: pd.Series) -> pd.Series:
    """Return (hazard and exposure · vulnerability · lack of coping capacity)^(1/3).

    Each dimension is first written with one decimal, half up, as INFORM publishes it.

    Parameters
    ----------
    hazard, vulnerability, coping : Series of float
        0–10, by unit.

    Returns
    -------
    Series of float
        0–10 with one decimal; missing where a dimension is missing.
    """
    product = half_up(hazard) * half_up(vulnerability) * half_up(coping)
    return half_up(product.pow(1 / 3))


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
