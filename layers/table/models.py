"""Layers that are computed from other layers, one function per model."""

from collections.abc import Callable

import pandas as pd

from layers.codes import ancestor
from layers.errors import DeclarationError
from layers.harmonise.spread import spread_counts
from layers.indicators.joint_need import joint_need
from layers.indicators.needs import check_within, needs_per_person
from layers.indicators.severity import overlap_severity, sector_severity
from layers.indicators.terrain import landslide_susceptibility
from layers.spec import LayerSpec
from layers.table.index_models import ENDS, NO_ENDS, bounds_of_index, make_index, open_ends
from layers.table.inputs import ModelInputs
from layers.table.loaded_need import replace_modelled
from layers.table.migrants import Controls, place_by_alternatives, place_migrants
from layers.terms import AdminLevel, Model


def make_layer(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    """Compute a layer that is a model.

    Parameters
    ----------
    layer : LayerSpec
        Declares model and inputs.
    inputs : ModelInputs
        Layers of one level.

    Returns
    -------
    Series of float
        By ubigeo; missing where an input that it cannot do without is missing.

    Raises
    ------
    ConservationError
        Where a total cannot be kept.
    """
    if layer.model is None:
        raise DeclarationError(f"layer {layer.id} is no model")
    made = _MODELS[layer.model](layer, inputs)
    return made.rename(layer.id)


def _ratio(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    above, below = inputs.of(layer)
    return above / below.where(below > 0) * layer.factor


def _density(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    (people,) = inputs.of(layer)
    return people / inputs.area_km2


def _migrants_now(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    key, population = inputs.of(layer)
    if key.isna().all() or population.isna().all():
        return pd.Series(float("nan"), index=key.index)
    return place_migrants(key, population, _controls(inputs))


def alternatives_of(layer: LayerSpec, inputs: ModelInputs) -> pd.DataFrame | None:
    """Place the migrants of a layer by every declared alternative.

    Parameters
    ----------
    layer : LayerSpec
        The layer.
    inputs : ModelInputs
        Layers of its native level.

    Returns
    -------
    DataFrame or None
        By unit, one column per alternative; None for a layer that has none.
    """
    if layer.model is not Model.MIGRANTS_NOW:
        return None
    key, population = inputs.of(layer)
    if key.isna().all() or population.isna().all():
        return None
    keys = {layer.inputs[0]: key}
    if layer.other_key:
        keys[layer.other_key] = (inputs.values[layer.other_key] - key).clip(lower=0.0)
    return place_by_alternatives(keys, population, _controls(inputs))


def _controls(inputs: ModelInputs) -> Controls:
    """Return (total, regions) of each control; the last group is what is left of the total."""
    regions = {ancestor(str(code), AdminLevel.REGION) for code in inputs.values.index}
    left_total = 0.0
    left = set(regions)
    found: list[tuple[float, set[str]]] = []
    for key, named in inputs.controls:
        if named:
            found.append((inputs.figures[key], set(named)))
            left -= set(named)
            left_total -= inputs.figures[key]
        else:
            left_total += inputs.figures[key]
    return [*found, (left_total, left)]


def _people_in_need(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    people, *deficit = inputs.of(layer)
    # Where no unit has a figure of the deficit, people alone place the need.
    is_placed = bool(deficit) and deficit[0].notna().any()
    weights = people * deficit[0] if is_placed else people
    if layer.figure is None or layer.figure not in inputs.figures or weights.isna().all():
        return pd.Series(float("nan"), index=people.index)
    total = inputs.figures[layer.figure]
    if layer.id in inputs.loaded:
        return replace_modelled(inputs.loaded[layer.id], total, weights, people).values
    in_need = spread_counts(total, weights, people)
    check_within(in_need, people)
    return in_need


def _sum_per_person(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    people, *in_need = inputs.of(layer)
    return needs_per_person(pd.concat(in_need, axis=1), people)


def _joint_need(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    people, *_ = inputs.of(layer)
    return joint_need(_by_sector(layer, inputs), people)["value"]


def _by_sector(layer: LayerSpec, inputs: ModelInputs) -> pd.DataFrame:
    """Return the inputs as columns by sector; a sector that enters without a layer is missing."""
    found = {inputs.catalogue.layer(name).sector: inputs.values[name] for name in layer.inputs}
    return pd.DataFrame(
        {sector: found.get(sector, float("nan")) for sector in layer.sectors},
        index=inputs.values.index,
        dtype=float,
    )


def _sector_severity(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    judged = inputs.phase_limits.get(layer.sector or "")
    if judged is None or judged.layer is None:
        return pd.Series(float("nan"), index=inputs.values.index)
    return sector_severity(inputs.values[judged.layer], judged)


def _severity(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    part = {Model.SEVERITY_LOW: "low", Model.SEVERITY_HIGH: "high"}.get(
        layer.model or Model.SEVERITY, "value"
    )
    phases = _by_sector(layer, inputs)
    # Where no sector is known the range is 1 to 5, which says nothing: it is missing.
    return overlap_severity(phases)[part].where(phases.notna().any(axis=1))


def bounds_of(layer: LayerSpec, inputs: ModelInputs) -> pd.DataFrame:
    """Return low and high of a figure where what it is made of could have others.

    Parameters
    ----------
    layer : LayerSpec
        Any layer; indices have bounds, and ratios of a figure that has a range.
    inputs : ModelInputs
        Layers of one level, this one included.

    Returns
    -------
    DataFrame of float
        By ubigeo: low, high; empty where every figure has one value only.
    """
    if layer.is_index:
        return bounds_of_index(layer, inputs)
    if layer.model is Model.RATIO:
        above, below = layer.inputs
        scale = layer.factor / inputs.values[below]
        low, high = (inputs.end_of(above, end) * scale for end in ENDS)
        return open_ends(inputs.values[layer.id], low, high)
    return NO_ENDS


def _landslides(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    slope, rain = inputs.of(layer)
    return landslide_susceptibility(slope, rain)


_MODELS: dict[Model, Callable[[LayerSpec, ModelInputs], pd.Series]] = {
    Model.RATIO: _ratio,
    Model.DENSITY: _density,
    Model.MIGRANTS_NOW: _migrants_now,
    Model.PEOPLE_IN_NEED: _people_in_need,
    Model.SUM_PER_PERSON: _sum_per_person,
    Model.JOINT_NEED: _joint_need,
    Model.SECTOR_SEVERITY: _sector_severity,
    Model.SEVERITY: _severity,
    Model.SEVERITY_LOW: _severity,
    Model.SEVERITY_HIGH: _severity,
    Model.LANDSLIDES: _landslides,
    Model.INDEX_MEAN: make_index,
    Model.INDEX_GEOMETRIC: make_index,
    Model.RISK: make_index,
}
