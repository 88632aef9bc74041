"""How weighed figures become one score, and back.

Both ways are a weighted sum of what each figure is worth, so that ranks, draws of weights and
turning points are linear in one and the same way.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.terms import Aggregation

Values = TypeVar("Values", float, pd.Series, pd.DataFrame, npt.NDArray[np.floating])

SHIFT = 9.0
"""Figures are moved from 0–1 to 1–10 before they are multiplied, as INFORM does, so that one
zero does not make the whole zero."""


def worth_of(figures: Values, aggregation: Aggregation) -> Values:
    """Return what normalised figures are worth before they are weighed.

    Arithmetic: x'. Geometric: log10(1 + 9x').

    Parameters
    ----------
    figures : float, Series, DataFrame or array
        Normalised, 0–1.
    aggregation : Aggregation
        How they are combined.

    Returns
    -------
    same as figures
        0–1, rising with the figure.
    """
    if aggregation is Aggregation.ARITHMETIC:
        return figures
    bent: Values = np.log1p(SHIFT * figures) / np.log1p(SHIFT)
    return bent


def figure_of(worth: float, aggregation: Aggregation) -> float:
    """Return the normalised figure that is worth so much: the inverse of ``worth_of``."""
    if aggregation is Aggregation.ARITHMETIC:
        return worth
    return float(np.expm1(worth * np.log1p(SHIFT)) / SHIFT)


def score_of(total: pd.Series, aggregation: Aggregation) -> pd.Series:
    """Return the score of a weighted sum of worths.

    Arithmetic: the sum itself. Geometric: 100·(∏ (1 + 9x')^w − 1)/9.

    Parameters
    ----------
    total : Series of float
        100 Σ w·worth, with Σ w = 1: 0–100.
    aggregation : Aggregation
        How figures were combined.

    Returns
    -------
    Series of float
        0–100.
    """
    if aggregation is Aggregation.ARITHMETIC:
        return total
    return 100 * np.expm1(total / 100 * np.log1p(SHIFT)) / SHIFT
