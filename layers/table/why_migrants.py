"""How migrants of today came to a unit: published totals, the key of a region, loaded figures."""

import math

import pandas as pd

from layers.codes import ancestor
from layers.harmonise.spread import spread_level
from layers.indicators.needs import MAX_SHARE_OF_RESIDENTS, POPULATION_SHARE, blended_weights
from layers.spec import LayerSpec
from layers.table.evidence import Evidence
from layers.table.loaded_need import left_to_place
from layers.table.migrants import place_migrants, regions_of
from layers.table.models import controls_of
from layers.table.step import Record, Rule, Step, Terms
from layers.terms import AdminLevel, Method


def national_step(evidence: Evidence, key: str) -> Step:
    """Return the step of a published national figure."""
    record = Record(
        source=str(evidence.figures), row=key, columns=("value",), note=evidence.notes.get(key, "")
    )
    value = evidence.national.get(key, math.nan)
    return Step(rule=Rule.NATIONAL, layer=key, unit="", value=value, record=record)


def migrants_step(evidence: Evidence, layer: LayerSpec, unit: str, below: tuple[Step, ...]) -> Step:
    """Return the step of the migrants that the model gives a unit.

    Parameters
    ----------
    evidence : Evidence
        Tables and what they were made with.
    layer : LayerSpec
        The migrants of today.
    unit : str
        A finest unit without a loaded figure.
    below : tuple of Step
        Its key and its residents.

    Returns
    -------
    Step
        Where other units of its group of regions have loaded figures, what the model would
        give without them stands below it.
    """
    table = evidence.tables[evidence.finest]
    value, method = float(table.values.at[unit, layer.id]), table.methods.at[unit, layer.id]
    placed = _placed(evidence, layer)
    terms, again = _by_key(evidence, layer, unit, placed)
    region = _region_step(evidence, layer, ancestor(unit, AdminLevel.REGION), placed)
    before = Step(
        rule=str(layer.model),
        words="" if terms else "not_placed",
        layer=layer.id,
        unit=unit,
        value=float(placed[unit]),
        method=method,
        terms=terms,
        inputs=(*below, region),
        recomputed=again,
    )
    given = evidence.inputs[evidence.finest].loaded.get(layer.id, pd.Series(dtype=float))
    total, regions = _group_of(evidence, unit)
    region_of = regions_of(table.values.index)
    in_group = table.values.index[region_of.isin(regions)]
    given = given.reindex(in_group)
    if given.isna().all():
        return before
    caps = table.values.loc[in_group, layer.inputs[1]] * MAX_SHARE_OF_RESIDENTS
    terms, words = _rest(given, total, placed[in_group], caps, unit)
    level = terms.get("level")
    weight, cap = float(placed[unit]), float(caps[unit])
    reached = min(cap, level * weight) if isinstance(level, float) and weight > 0 else 0.0
    return Step(
        rule=str(layer.model),
        words=words,
        layer=layer.id,
        unit=unit,
        value=value,
        method=method,
        terms=terms,
        inputs=(
            Step(**{**vars(before), "rule": Rule.BEFORE_LOADED, "words": str(layer.model)}),
            _control_step(evidence, layer, unit),
        ),
        recomputed=math.nan if level is None else reached,
    )


def _placed(evidence: Evidence, layer: LayerSpec) -> pd.Series:
    """Return what the model gives every unit before a loaded figure takes a place."""
    inputs = evidence.inputs[evidence.finest]
    if layer.id not in inputs.loaded:
        return inputs.values[layer.id]
    key, people = inputs.of(layer)
    controls = controls_of(inputs.controls, inputs.figures, inputs.values.index)
    return place_migrants(key, people, controls)


def _by_key(
    evidence: Evidence, layer: LayerSpec, unit: str, placed: pd.Series
) -> tuple[Terms, float]:
    """Return the numbers of the placement inside a region, and the figure done again."""
    key, people = evidence.inputs[evidence.finest].of(layer)
    region = regions_of(people.index)
    here = region == region[unit]
    known = here & key.notna() & people.notna()
    if not known[unit] or pd.isna(placed[unit]):
        return {}, math.nan
    weights = blended_weights(key, people, region)
    caps = people * MAX_SHARE_OF_RESIDENTS
    level = spread_level(float(placed[here].sum()), weights[here], caps[here])
    key_of_region, people_of_region = float(key[known].sum()), float(people[known].sum())
    weight = people[unit] / people_of_region
    if key_of_region:
        by_key = key[unit] / key_of_region
        weight = (1 - POPULATION_SHARE) * by_key + POPULATION_SHARE * weight
    terms: Terms = {
        "level": level,
        "share": POPULATION_SHARE,
        "ceiling": MAX_SHARE_OF_RESIDENTS,
        "key_of_region": key_of_region,
        "people_of_region": people_of_region,
        "is_capped": float(level * weights[unit] >= caps[unit]),
    }
    return terms, float(min(MAX_SHARE_OF_RESIDENTS * people[unit], level * weight))


def _rest(
    given: pd.Series, total: float, placed: pd.Series, caps: pd.Series, unit: str
) -> tuple[Terms, str]:
    """Return how what loaded figures leave of a total goes to the units without one."""
    left = left_to_place(given, total, placed, caps)
    terms: dict[str, float] = {"total": total, "given": float(given.sum())}
    if left is None:
        return terms, "loaded_exceeds"
    if pd.isna(placed[unit]):
        return terms, "not_placed"
    free = given.isna()
    level = spread_level(left, placed[free], caps[free])
    is_capped = placed[unit] > 0 and level * placed[unit] >= caps[unit]
    terms |= {"left": left, "level": level, "ceiling": MAX_SHARE_OF_RESIDENTS}
    return {
        **terms,
        "cap_of_unit": float(caps[unit]),
        "is_capped": float(is_capped),
    }, "migrants_rest"


def _keys_of(evidence: Evidence, unit: str) -> tuple[list[str], list[float]]:
    """Return the published figures of the group of regions of a unit, and their signs."""
    region = ancestor(unit, AdminLevel.REGION)
    named = {key: set(regions) for key, regions in evidence.controls if regions}
    own = [key for key, regions in named.items() if region in regions]
    rest = [key for key, regions in evidence.controls if not regions]
    keys = own or [*rest, *named]
    return keys, [1.0 if key in own or key in rest else -1.0 for key in keys]


def _group_of(evidence: Evidence, unit: str) -> tuple[float, set[str]]:
    """Return the total of the group of regions of a unit, and its regions."""
    units = evidence.tables[evidence.finest].values.index
    region = ancestor(unit, AdminLevel.REGION)
    controls = controls_of(evidence.controls, evidence.national, units)
    return next((total, regions) for total, regions in controls if region in regions)


def _control_step(evidence: Evidence, layer: LayerSpec, unit: str) -> Step:
    """Return the published total of the group of regions of a unit."""
    keys, signs = _keys_of(evidence, unit)
    inputs = tuple(national_step(evidence, key) for key in keys)
    return Step(
        rule=Rule.CONTROL,
        layer=layer.id,
        unit="",
        value=_group_of(evidence, unit)[0],
        terms={"signs": tuple(signs)},
        inputs=inputs,
        recomputed=sum(sign * step.value for sign, step in zip(signs, inputs, strict=True)),
    )


def _region_step(evidence: Evidence, layer: LayerSpec, region: str, placed: pd.Series) -> Step:
    """Return the count that the published totals and their key give a region."""
    keys, signs = _keys_of(evidence, region)
    inputs = tuple(national_step(evidence, key) for key in keys)
    column = evidence.tables[evidence.finest].values[layer.inputs[0]]
    by_region = column.groupby(regions_of(column.index)).sum()
    _, group = _group_of(evidence, region)
    key, of_group = float(by_region[region]), float(by_region[sorted(group)].sum())
    total = sum(sign * step.value for sign, step in zip(signs, inputs, strict=True))
    here = placed[placed.index.str.startswith(region)]
    return Step(
        rule=Rule.REGION_SHARE,
        layer=layer.id,
        unit=region,
        value=float(here.sum(min_count=1)),
        method=Method.SPREAD,
        terms={
            "signs": tuple(signs),
            "total": total,
            "key_of_region": key,
            "key_of_group": of_group,
        },
        inputs=inputs,
        recomputed=total * key / of_group if of_group else math.nan,
    )
