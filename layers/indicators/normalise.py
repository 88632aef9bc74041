"""Bring layers of any unit to 0–1 between limits that are frozen in the catalogue."""

import numpy as np
import pandas as pd

from layers.spec import LayerSpec
from layers.terms import AdminLevel, Direction, Transform


def normalise(values: pd.Series, layer: LayerSpec, level: AdminLevel) -> pd.Series:
    """Scale a layer to 0–1, where 1 calls for most attention.

    x' = (t(x) − t(min)) / (t(max) − t(min)), clamped to 0–1 and reversed where
    less is worse; t is the identity or log(1 + x). The limits are declared, not
    observed, so that adding a unit moves no other score (INFORM methodology 2017).

    Parameters
    ----------
    values : Series of float
        By ubigeo, in the layer's unit.
    layer : LayerSpec
        Declares transform, limits and direction.
    level : AdminLevel
        Level of the units; counts have limits per level.

    Returns
    -------
    Series of float
        Same index, 0–1, missing stays missing.

    Raises
    ------
    DeclarationError
        Where the layer has no limits at that level.
    """
    low, high = layer.limits_at(level)
    bend = np.log1p if layer.transform is Transform.LOG1P else np.asarray
    scaled = (bend(values.to_numpy(dtype=float)) - bend(low)) / (bend(high) - bend(low))
    clamped = np.clip(scaled, 0.0, 1.0)
    if layer.direction is Direction.LESS_IS_WORSE:
        clamped = 1.0 - clamped
    return pd.Series(clamped, index=values.index, name=values.name)


def denormalise(scaled: float, layer: LayerSpec, level: AdminLevel) -> float:
    """Return the figure whose normalised value is given: the inverse of ``normalise``.

    Parameters
    ----------
    scaled : float
        0–1.
    layer : LayerSpec
        Declares transform, limits and direction.
    level : AdminLevel
        Level of the unit.

    Returns
    -------
    float
        In the layer's unit, between its limits.
    """
    low, high = layer.limits_at(level)
    if layer.direction is Direction.LESS_IS_WORSE:
        scaled = 1.0 - scaled
    if layer.transform is Transform.LOG1P:
        return float(np.expm1(np.log1p(low) + scaled * (np.log1p(high) - np.log1p(low))))
    return low + scaled * (high - low)
