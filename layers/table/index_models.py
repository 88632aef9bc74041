"""The indices of INFORM over the layers of one level, and how far each could move."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from layers.errors import DeclarationError
from layers.indicators.inform import (
    TOP,
    dimension_of,
    mean_of,
    rests_on_enough,
    risk_of,
    standardise,
)
from layers.spec import Catalogue, LayerSpec
from layers.table.aggregate import group_mean
from layers.table.inputs import ModelInputs
from layers.terms import Model

ENDS = ("low", "high")
NO_ENDS = pd.DataFrame({end: [] for end in ENDS}, dtype=float)
_SAME = 1e-9
_RULES: dict[Model, Callable[[pd.DataFrame], pd.Series]] = {
    Model.INDEX_MEAN: mean_of,
    Model.INDEX_GEOMETRIC: dimension_of,
    Model.RISK: risk_of,
}


def make_index(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    """Compute an index from its inputs, where it rests on enough indicators.

    Parameters
    ----------
    layer : LayerSpec
        A component, a category, a dimension or risk.
    inputs : ModelInputs
        Layers of one level.

    Returns
    -------
    Series of float
        0–10 by ubigeo.
    """
    below = inputs.values[list(indicators_of(layer, inputs.catalogue))]
    return _RULES[_model(layer)](scores_of(layer, inputs)).where(rests_on_enough(below))


def scores_of(layer: LayerSpec, inputs: ModelInputs) -> pd.DataFrame:
    """Return the scores that an index is made of.

    Parameters
    ----------
    layer : LayerSpec
        A component, a category, a dimension or risk.
    inputs : ModelInputs
        Layers of one level.

    Returns
    -------
    DataFrame of float
        0–10 by ubigeo, one column per input.
    """
    return pd.DataFrame({name: _score(name, inputs.values[name], inputs) for name in layer.inputs})


def bounds_of_index(layer: LayerSpec, inputs: ModelInputs) -> pd.DataFrame:
    """Return how low and how high an index could be, were what it misses known.

    Every rule rises with each of its scores: the ends of the scores give the ends of the
    index. A missing score runs from 0 to 10.

    Parameters
    ----------
    layer : LayerSpec
        A component, a category, a dimension or risk.
    inputs : ModelInputs
        Layers of one level, with the ranges of those that have one.

    Returns
    -------
    DataFrame of float
        By ubigeo: low, high; only units that have the index and could have another value.
    """
    lows, highs = {}, {}
    for name in layer.inputs:
        low, high = _ends_of_score(name, inputs)
        lows[name], highs[name] = low.fillna(0.0), high.fillna(TOP)
    rule = _RULES[_model(layer)]
    return open_ends(inputs.values[layer.id], rule(pd.DataFrame(lows)), rule(pd.DataFrame(highs)))


def _ends_of_score(layer_id: str, inputs: ModelInputs) -> tuple[pd.Series, pd.Series]:
    if layer_id not in inputs.ranges:
        score = _score(layer_id, inputs.values[layer_id], inputs)
        return score, score
    ends = [_score(layer_id, inputs.end_of(layer_id, end), inputs) for end in ENDS]
    # Where less is worse the low end of a figure gives the high end of its score.
    return np.fmin(*ends), np.fmax(*ends)


def lifted_bounds(
    values: pd.Series,
    bounds: pd.DataFrame,
    weights: pd.Series,
    groups: pd.Series,
    coarser: pd.Series,
) -> pd.DataFrame:
    """Return how far the mean of an index over people could move.

    Parameters
    ----------
    values : Series of float
        Index of the finer units.
    bounds : DataFrame of float
        low, high of the finer units that have a range.
    weights : Series of float
        People by finer unit.
    groups : Series of str
        Coarser unit of each.
    coarser : Series of float
        Index of the coarser units.

    Returns
    -------
    DataFrame of float
        By coarser unit: low, high; a finer unit without the index runs from 0 to 10.
    """
    low, high = (
        group_mean(
            bounds[end].reindex(values.index).fillna(values).fillna(worst), weights, groups, 0.0
        )
        for end, worst in zip(ENDS, (0.0, TOP), strict=True)
    )
    return open_ends(coarser, low.reindex(coarser.index), high.reindex(coarser.index))


def open_ends(values: pd.Series, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Return low and high of the units that have a figure and could have another."""
    is_open = values.notna() & (high - low > _SAME)
    return pd.DataFrame({"low": low[is_open], "high": high[is_open]})


def indicators_of(layer: LayerSpec, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the indicators at the leaves of an index.

    Parameters
    ----------
    layer : LayerSpec
        An index.
    catalogue : Catalogue
        Declares what it is made of.

    Returns
    -------
    tuple of str
        Layers that are no index, each once, in the order in which they are met.
    """
    found: dict[str, None] = {}
    for name in layer.inputs:
        below = catalogue.layer(name)
        found |= dict.fromkeys(indicators_of(below, catalogue) if below.is_index else (name,))
    return tuple(found)


def _score(layer_id: str, values: pd.Series, inputs: ModelInputs) -> pd.Series:
    """Return the score of an indicator; an index is one already and keeps its decimals."""
    layer = inputs.catalogue.layer(layer_id)
    return values if layer.is_index else standardise(values, layer, inputs.level)


def _model(layer: LayerSpec) -> Model:
    if not layer.is_index or layer.model is None:
        raise DeclarationError("layer {layer} is no index of INFORM", layer=layer.id)
    return layer.model
