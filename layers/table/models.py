"""Layers that are computed from other layers, one function per model."""

from collections.abc import Callable, Mapping

import pandas as pd

from layers.codes import ancestor
from layers.errors import DeclarationError
from layers.harmonise.spread import spread_counts
from layers.indicators.growth import yearly_growth
from layers.indicators.joint_need import joint_need
from layers.indicators.needs import check_within, needs_per_person
from layers.indicators.severity import overlap_severity, sector_severity
from layers.indicators.terrain import landslide_susceptibility
from layers.spec import LayerSpec
from layers.table.index_models import ENDS, NO_ENDS, bounds_of_index, make_index, open_ends
from layers.table.inputs import ModelInputs
from layers.table.loaded_need import replace_modelled
from layers.table.migrants import Controls, keep_loaded, place_by_alternatives, place_migrants
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
        raise DeclarationError("layer {layer} is no model", layer=layer.id)
    made = _MODELS[layer.model](layer, inputs)
    return made.rename(layer.id)


def _ratio(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    above, below = inputs.of(layer)
    return above / below.where(below > 0) * layer.factor


def _density(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    (amount,) = inputs.of(layer)
    return amount / inputs.area_km2 * layer.factor


def _growth(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    now, before = inputs.of(layer)
    return yearly_growth(now, before, float(layer.years or 0.0))


def _migrants_now(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    key, population = inputs.of(layer)
    if key.isna().all() or population.isna().all():
        return pd.Series(float("nan"), index=key.index)
    placed = place_migrants(key, population, _controls(inputs))
    return _with_loaded(layer, inputs, placed)


def _with_loaded(layer: LayerSpec, inputs: ModelInputs, placed: pd.Series) -> pd.Series:
    if layer.id not in inputs.loaded:
        return placed
    _, population = inputs.of(layer)
    return keep_loaded(inputs.loaded[layer.id], placed, population, _controls(inputs))


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
    made = place_by_alternatives(keys, population, _controls(inputs))
    return made.apply(lambda placed: _with_loaded(layer, inputs, placed))


def _controls(inputs: ModelInputs) -> Controls:
    return controls_of(inputs.controls, inputs.figures, inputs.values.index)


def controls_of(
    controls: tuple[tuple[str, tuple[str, ...]], ...], figures: Mapping[str, float], units: pd.Index
) -> Controls:
    """Return what each published figure of migrants is spread over.

    Parameters
    ----------
    controls : tuple
        Keys of the figures by group of regions; an empty group is the rest of the country.
    figures : mapping
        National figures by key.
    units : Index of str
        Units of the finest level.

    Returns
    -------
    list of tuple
        (total, regions) of each control; the last group is what is left of the total.
    """
    regions = {ancestor(str(code), AdminLevel.REGION) for code in units}
    left_total = 0.0
    left = set(regions)
    found: list[tuple[float, set[str]]] = []
    for key, named in controls:
        if named:
            found.append((figures[key], set(named)))
            left -= set(named)
            left_total -= figures[key]
        else:
            left_total += figures[key]
    return [*found, (left_total, left)]


def _people_in_need(layer: LayerSpec, inputs: ModelInputs) -> pd.Series:
    people, *deficit = inputs.of(layer)
    # Where no unit has a figure of the deficit, people alone place the need.
    is_placed = bool(deficit) and deficit[0].notna().any()
    weights = people * deficit[0] if is_placed else people
    if layer.figure is None or layer.figure not in inputs.figures or weights.isna().all():
        return pd.Series(float("nan"), index=people.index)
    total = inputs.figures[layer.figure]
    if inputs.loaded:
        # Loaded people may leave less room than the national figure of a sector asks for.
        nothing = pd.Series(dtype=float)
        loaded = inputs.loaded.get(layer.id, nothing)
        return replace_modelled(loaded, total, weights, people).values
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
    units = inputs.values.index
    judged = inputs.phase_limits.get(layer.sector or "")
    found = (
        pd.Series(float("nan"), index=units)
        if judged is None or judged.layer is None
        else sector_severity(inputs.values[judged.layer], judged)
    )
    loaded = inputs.loaded.get(layer.id)
    return found if loaded is None else loaded.reindex(units).combine_first(found)


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
    Model.GROWTH: _growth,
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
