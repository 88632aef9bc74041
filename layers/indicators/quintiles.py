"""Limits of classes that follow from the figures, where nobody declares any."""

import numpy as np
import pandas as pd

_CLASSES = 5


def quintile_limits(figures: pd.Series) -> tuple[float, ...]:
    """Return the inner limits of up to five classes: quintiles of two digits that count.

    Parameters
    ----------
    figures : Series of float
        Missing ones are left out.

    Returns
    -------
    tuple of float
        Rising, each above the least figure; none where all are equal.
    """
    known = figures.dropna()
    if known.empty:
        return ()
    shares = np.arange(1, _CLASSES) / _CLASSES
    limits = [float(f"{value:.2g}") for value in known.quantile(shares)]
    return tuple(sorted({limit for limit in limits if known.min() < limit <= known.max()}))
