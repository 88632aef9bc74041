"""How each model came to one cell: the numbers of its formula, and the formula done again.

A model whose cells do not look at each other is done again by itself on one row, so that
formula and explanation cannot drift apart. One that places a total has its own explanation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from layers.harmonise.spread import spread_level
from layers.indicators.terrain import STEEP_DEGREES, WET_MM_YEAR
from layers.spec import LayerSpec
from layers.table.explain_index import EXPLAINED_INDICES
from layers.table.inputs import ModelInputs
from layers.table.loaded_need import left_to_place
from layers.table.models import make_layer
from layers.table.step import Terms, Told
from layers.terms import AdminLevel, Model


@dataclass(frozen=True)
class Explanation:
    """How a model is told and done again for one unit."""

    tell: Callable[[LayerSpec, ModelInputs, str], Told]
    again: Callable[[LayerSpec, ModelInputs, str, Mapping[str, float], Terms], float]
    """From figures of the inputs and terms to the figure of the unit."""


def explanation_of(model: Model) -> Explanation:
    """Return how a model is explained; by its inputs alone where nothing more is declared."""
    return _EXPLAINED.get(model, Explanation(_only_inputs, _by_the_model))


def _only_inputs(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told()


def _by_the_model(
    layer: LayerSpec,
    inputs: ModelInputs,
    unit: str,
    figures: Mapping[str, float],
    terms: Terms,
) -> float:
    row = inputs.at([unit])
    # The rest of the row tells an index whether enough is known below its inputs.
    row = replace(row, values=row.values.assign(**figures))
    return float(make_layer(layer, row).loc[unit])


def _ratio(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"factor": layer.factor})


def _growth(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"years": float(layer.years or 0.0)})


def _density(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"area_km2": float(inputs.area_km2[unit])})


def _sector_severity(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    judged = inputs.phase_limits.get(layer.sector or "")
    if judged is None or judged.layer is None:
        return Told(words="sector_severity_unknown")
    return Told({"judged": float(inputs.values.at[unit, judged.layer]), "limits": judged.limits})


def _landslides(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"steep": STEEP_DEGREES, "wet": WET_MM_YEAR})


def _people_in_need(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    people, *deficit = inputs.of(layer)
    by_deficit = bool(deficit) and bool(deficit[0].notna().any())
    weights = people * deficit[0] if by_deficit else people
    if layer.figure not in inputs.figures or weights.isna().all():
        return Told(words="not_placed")
    total = inputs.figures[str(layer.figure)]
    given = inputs.loaded.get(layer.id, pd.Series(dtype=float)).reindex(weights.index)
    left = left_to_place(given, total, weights, people)
    terms: dict[str, float] = {"total": total, "given": float(given.sum())}
    if left is None:
        return Told(terms, "loaded_exceeds")
    if pd.isna(weights[unit]):
        return Told(terms, "not_placed")
    free = given.isna()
    level = spread_level(left, weights[free], people[free])
    is_capped = float(weights[unit] > 0 and level * weights[unit] >= people[unit])
    words = "" if by_deficit else "people_in_need_by_people"
    return Told({**terms, "level": level, "left": left, "is_capped": is_capped}, words)


def _need_again(
    layer: LayerSpec,
    inputs: ModelInputs,
    unit: str,
    figures: Mapping[str, float],
    terms: Terms,
) -> float:
    level = terms.get("level")
    if not isinstance(level, float):
        return float("nan")
    people, *deficit = (figures[name] for name in layer.inputs)
    weight = people * deficit[0] if deficit and not pd.isna(deficit[0]) else people
    return min(people, level * weight) if weight > 0 else 0.0


def _gap_again(
    layer: LayerSpec,
    inputs: ModelInputs,
    unit: str,
    figures: Mapping[str, float],
    terms: Terms,
) -> float:
    """Only of districts: above them hangs on which of their parts have a report."""
    need, *answer = (figures[name] for name in layer.inputs)
    if len(unit) < AdminLevel.DISTRICT.digits or all(pd.isna(part) for part in answer):
        return float("nan")
    return max(0.0, need - float(pd.Series(answer).sum()))


def _not_again(
    layer: LayerSpec,
    inputs: ModelInputs,
    unit: str,
    figures: Mapping[str, float],
    terms: Terms,
) -> float:
    return float("nan")


_EXPLAINED: dict[Model, Explanation] = {
    Model.RATIO: Explanation(_ratio, _by_the_model),
    Model.DENSITY: Explanation(_density, _by_the_model),
    Model.GROWTH: Explanation(_growth, _by_the_model),
    Model.PEOPLE_IN_NEED: Explanation(_people_in_need, _need_again),
    Model.SECTOR_SEVERITY: Explanation(_sector_severity, _by_the_model),
    Model.LANDSLIDES: Explanation(_landslides, _by_the_model),
    Model.GAP: Explanation(_only_inputs, _gap_again),
    Model.UNMET_SHARE: Explanation(_only_inputs, _not_again),
    **{model: Explanation(tell, _by_the_model) for model, tell in EXPLAINED_INDICES.items()},
}
