"""Several figures of one unit as one: mean, sum, ratios and the trend of a series."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from layers.terms import Combine


def combine(how: Combine, numbers: pd.DataFrame) -> pd.Series:
    """Combine the columns of a table.

    Parameters
    ----------
    how : Combine
        What becomes of them.
    numbers : DataFrame of float
        By unit.

    Returns
    -------
    Series of float
        By unit; missing where one of the columns is.
    """
    return _WAYS[how](numbers)


def _ratio_to_mean(numbers: pd.DataFrame) -> pd.Series:
    return numbers.iloc[:, 0] / numbers.iloc[:, 1:].mean(axis=1, skipna=False)


def _share(numbers: pd.DataFrame) -> pd.Series:
    # Nobody of nobody is no share: 0 / 0 stays missing.
    return numbers.iloc[:, 0] / numbers.sum(axis=1, skipna=False)


def _difference(numbers: pd.DataFrame) -> pd.Series:
    return numbers.iloc[:, 0] - numbers.iloc[:, 1:].sum(axis=1, skipna=False)


def _least_to_mean(numbers: pd.DataFrame) -> pd.Series:
    return numbers.min(axis=1, skipna=False) / numbers.mean(axis=1, skipna=False)


def _largest_share(numbers: pd.DataFrame) -> pd.Series:
    total = numbers.sum(axis=1, skipna=False)
    return numbers.max(axis=1, skipna=False) / total.where(total > 0)


def theil_sen(numbers: pd.DataFrame) -> pd.Series:
    """Return the slope of each row by Theil and Sen: the median over all pairs of columns.

    b = median of (x_j - x_i)/(j - i) over i < j. One odd year, El Niño at the end of a
    series for instance, moves it little. Source: Sen (1968), JASA 63, 1379-1389.

    Parameters
    ----------
    numbers : DataFrame of float
        By unit; at least two columns, evenly spaced in time and in its order.

    Returns
    -------
    Series of float
        Change from one column to the next; missing where a column is.
    """
    series = numbers.to_numpy(dtype=float)
    first, last = np.triu_indices(series.shape[1], 1)
    slopes = (series[:, last] - series[:, first]) / (last - first)
    return pd.Series(np.median(slopes, axis=1), index=numbers.index)


_WAYS: dict[Combine, Callable[[pd.DataFrame], pd.Series]] = {
    Combine.MEAN: lambda numbers: numbers.mean(axis=1, skipna=False),
    Combine.SUM: lambda numbers: numbers.sum(axis=1, skipna=False),
    Combine.RATIO_TO_MEAN: _ratio_to_mean,
    Combine.SHARE: _share,
    Combine.DIFFERENCE: _difference,
    Combine.LEAST_TO_MEAN: _least_to_mean,
    Combine.LARGEST_SHARE: _largest_share,
    Combine.TREND: theil_sen,
}
