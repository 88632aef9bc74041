"""How each model came to one cell: the numbers of its formula, and the formula done again.

A model whose cells do not look at each other is done again by itself on one row, so that
formula and explanation cannot drift apart. One that places a total has its own explanation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from layers.harmonise.spread import spread_level
from layers.indicators.needs import MAX_SHARE_OF_RESIDENTS, POPULATION_SHARE, blended_weights
from layers.indicators.normalise import normalise
from layers.indicators.terrain import STEEP_DEGREES, WET_MM_YEAR
from layers.spec import LayerSpec
from layers.table.inputs import ModelInputs
from layers.table.migrants import regions_of
from layers.table.models import make_layer
from layers.table.step import Terms
from layers.terms import AdminLevel, Model


@dataclass(frozen=True)
class Told:
    """The numbers of a formula that are no inputs, and which sentence tells it."""

    terms: Terms = field(default_factory=dict)
    words: str = ""
    """Key of the sentence where the model has more than one; empty for its own."""


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
    row = replace(
        inputs,
        # The rest of the row tells an index whether enough is known below its inputs.
        values=inputs.values.loc[[unit]].assign(**figures),
        area_km2=inputs.area_km2.loc[[unit]],
        loaded={},
    )
    return float(make_layer(layer, row).loc[unit])


def _ratio(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"factor": layer.factor})


def _growth(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"years": float(layer.years or 0.0)})


def _density(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"area_km2": float(inputs.area_km2[unit])})


def _index_mean(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    specs = [inputs.catalogue.layer(name) for name in layer.inputs]
    limits = [spec.limits_at(inputs.level) for spec in specs]
    parts = [normalise(inputs.values.loc[[unit], s.id], s, inputs.level).iloc[0] for s in specs]
    return Told(
        {
            "parts": tuple(float(part) for part in parts),
            "lows": tuple(low for low, _ in limits),
            "highs": tuple(high for _, high in limits),
        }
    )


def _sector_severity(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    judged = inputs.phase_limits.get(layer.sector or "")
    if judged is None or judged.layer is None:
        return Told(words="sector_severity_unknown")
    return Told({"judged": float(inputs.values.at[unit, judged.layer]), "limits": judged.limits})


def _landslides(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    return Told({"steep": STEEP_DEGREES, "wet": WET_MM_YEAR})


def _migrants_now(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    key, people = inputs.of(layer)
    region = regions_of(people.index)
    here = region == region[unit]
    weights = blended_weights(key, people, region)
    caps = people * MAX_SHARE_OF_RESIDENTS
    total = float(inputs.values.loc[here, layer.id].sum())
    known = here & key.notna() & people.notna()
    if not known[unit]:
        return Told(words="not_placed")
    level = spread_level(total, weights[here], caps[here])
    return Told(
        {
            "level": level,
            "share": POPULATION_SHARE,
            "ceiling": MAX_SHARE_OF_RESIDENTS,
            "key_of_region": float(key[known].sum()),
            "people_of_region": float(people[known].sum()),
            "is_capped": float(level * weights[unit] >= caps[unit]),
        }
    )


def _migrants_again(
    layer: LayerSpec,
    inputs: ModelInputs,
    unit: str,
    figures: Mapping[str, float],
    terms: Terms,
) -> float:
    if not terms:
        return float("nan")
    key, people = (figures[name] for name in layer.inputs)
    t = {name: float(value) for name, value in terms.items() if isinstance(value, float)}
    by_people = people / t["people_of_region"]
    weight = by_people
    if t["key_of_region"]:
        weight = (1 - t["share"]) * key / t["key_of_region"] + t["share"] * by_people
    return min(t["ceiling"] * people, t["level"] * weight)


def _people_in_need(layer: LayerSpec, inputs: ModelInputs, unit: str) -> Told:
    people, *deficit = inputs.of(layer)
    by_deficit = bool(deficit) and bool(deficit[0].notna().any())
    weights = people * deficit[0] if by_deficit else people
    if layer.figure not in inputs.figures or pd.isna(inputs.values.at[unit, layer.id]):
        return Told(words="not_placed")
    total = inputs.figures[str(layer.figure)]
    given = inputs.loaded.get(layer.id, pd.Series(dtype=float)).dropna()
    free = ~weights.index.isin(given.index)
    room = float(people[free].where(weights[free] > 0, 0.0).sum())
    left = min(max(total - float(given.sum()), 0.0), room)
    level = spread_level(left, weights[free], people[free])
    is_capped = float(level * weights[unit] >= people[unit])
    words = "" if by_deficit else "people_in_need_by_people"
    return Told({"level": level, "left": left, "is_capped": is_capped}, words)


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
    Model.MIGRANTS_NOW: Explanation(_migrants_now, _migrants_again),
    Model.PEOPLE_IN_NEED: Explanation(_people_in_need, _need_again),
    Model.SECTOR_SEVERITY: Explanation(_sector_severity, _by_the_model),
    Model.LANDSLIDES: Explanation(_landslides, _by_the_model),
    Model.INDEX_MEAN: Explanation(_index_mean, _by_the_model),
    Model.GAP: Explanation(_only_inputs, _gap_again),
    Model.UNMET_SHARE: Explanation(_only_inputs, _not_again),
}
