"""How the indices of INFORM came to a cell: scores from 0 to 10 and what they rest on."""

from collections.abc import Callable

from layers.indicators.inform import MIN_PRESENT, TOP, half_up, rests_on_enough, scaled_up
from layers.spec import LayerSpec
from layers.table.index_models import indicators_of, scores_of
from layers.table.inputs import ModelInputs
from layers.table.step import Told
from layers.terms import Model


def _told(layer: LayerSpec, inputs: ModelInputs, unit: str, **parts: tuple[float, ...]) -> Told:
    """Return parts of a formula and how many of its indicators an index rests on."""
    below = inputs.values.loc[[unit], list(indicators_of(layer, inputs.catalogue))]
    known = float(below.notna().sum(axis=1).iloc[0])
    counts = {"known": known, "indicators": float(below.shape[1]), "least": MIN_PRESENT}
    words = "" if rests_on_enough(below).iloc[0] else "index_too_little"
    return Told({**parts, **counts}, words)


def _mean(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    scores = scores_of(layer, inputs.at([unit])).iloc[0]
    specs = [inputs.catalogue.layer(name) for name in layer.inputs]
    # An index is a score already, whatever limits it has as a layer of a scenario.
    limits = [(0.0, TOP) if spec.is_index else spec.limits_at(inputs.level) for spec in specs]
    return _told(
        layer,
        inputs,
        unit,
        parts=tuple(float(score) for score in scores),
        lows=tuple(low for low, _ in limits),
        highs=tuple(high for _, high in limits),
    )


def _geometric(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    scaled = scaled_up(scores_of(layer, inputs.at([unit]))).iloc[0]
    return _told(layer, inputs, unit, scaled_parts=tuple(float(part) for part in scaled))


def _risk(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    rounded = scores_of(layer, inputs.at([unit])).apply(half_up).iloc[0]
    return _told(layer, inputs, unit, rounded=tuple(float(part) for part in rounded))


EXPLAINED_INDICES: dict[Model, Callable[[LayerSpec, ModelInputs, str], Told]] = {
    Model.INDEX_MEAN: _mean,
    Model.INDEX_GEOMETRIC: _geometric,
    Model.RISK: _risk,
}
