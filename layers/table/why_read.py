"""How a figure came from its file: which rows, cells, places or polygons, or why there is none."""

import math
from dataclasses import replace

import pandas as pd

from layers.codes import level_of
from layers.spec import LayerSpec, SourceSpec
from layers.table.evidence import Evidence
from layers.table.places import count_places, distance_to_places, homes_of
from layers.table.published import Rows, record_of
from layers.table.step import Record, Rule, Step, Terms
from layers.terms import Method, MissingPolicy, PlaceKind, ToUnit

_WITHOUT_A_ROW = ("absent_is_zero", "absent_where_complete", "no_row", "no_source", "not_listed")
"""Sentences of figures that no row of a file gives."""


def read_step(evidence: Evidence, layer: LayerSpec, unit: str) -> Step:
    """Return the step of a figure that a source gives.

    Parameters
    ----------
    evidence : Evidence
        Tables and what they were made with.
    layer : LayerSpec
        One with a source, or a model in whose place a user's file put a figure.
    unit : str
        UBIGEO.

    Returns
    -------
    Step
        As published, carried from older units, measured, counted or loaded; a zero that the
        file does not hold, and a figure that is not there, say why.
    """
    table = evidence.tables[level_of(unit)]
    parents = table.parents
    parents = parents[(parents["ubigeo"] == unit) & (parents["layer"] == layer.id)]
    if len(parents) and parents["value"].notna().all():
        return _carried(evidence, layer, unit, parents)
    value = float(table.values.at[unit, layer.id])
    method = Method(table.methods.at[unit, layer.id])
    if layer.to_unit is ToUnit.NEAREST_PLACE:
        return _nearest(evidence, layer, unit, value)
    return _leaf(evidence, layer, unit, value, method)


def _source(evidence: Evidence, layer: LayerSpec, unit: str) -> SourceSpec:
    return evidence.catalogue.source(evidence.tables[level_of(unit)].sources[layer.id][0])


def _carried(evidence: Evidence, layer: LayerSpec, unit: str, parents: pd.DataFrame) -> Step:
    """Σ share · figure of each unit that it was made from."""
    source = _source(evidence, layer, unit)
    rows = evidence.rows.get(source.id, Rows())
    inputs = tuple(
        _of_file(layer, source, rows, str(code), float(value), Method.OBSERVED)
        for code, value in zip(parents["parent"], parents["value"], strict=True)
    )
    shares = tuple(float(share) for share in parents["share"])
    table = evidence.tables[level_of(unit)]
    return Step(
        rule=Rule.CARRIED,
        layer=layer.id,
        unit=unit,
        value=float(table.values.at[unit, layer.id]),
        method=Method(table.methods.at[unit, layer.id]),
        terms={"shares": shares},
        inputs=inputs,
        recomputed=sum(share * step.value for share, step in zip(shares, inputs, strict=True)),
    )


def _leaf(evidence: Evidence, layer: LayerSpec, unit: str, value: float, method: Method) -> Step:
    source = _source(evidence, layer, unit)
    rows = evidence.rows.get(source.id, Rows())
    if not layer.to_unit.is_measured and layer.to_unit is not ToUnit.PLACES:
        return _of_file(layer, source, rows, unit, value, method)
    rule, words = layer.to_unit.value, f"to_unit.{layer.to_unit}"
    terms: Terms = {}
    again = math.nan
    if layer.to_unit.is_zonal:
        covered = evidence.tables[level_of(unit)].coverage_of(unit, layer.id)
        terms = {"coverage": covered, "needed": layer.coverage_needed}
    if layer.to_unit is ToUnit.PLACES:
        terms, again = _counted(evidence, layer, unit)
    if math.isnan(value):
        rule, words = Rule.NO_FIGURE, _why_none(layer, rows, unit)
    elif layer.to_unit.is_overlaid and value == 0:
        rule, words = Rule.ABSENT_IS_ZERO, "absent_on_map"
    return Step(
        rule=rule,
        words=words,
        layer=layer.id,
        unit=unit,
        value=value,
        method=method,
        terms=terms,
        record=Record(source=source.id, row="", where=layer.where),
        recomputed=again,
    )


def _of_file(
    layer: LayerSpec, source: SourceSpec, rows: Rows, unit: str, value: float, method: Method
) -> Step:
    """Return the step of a figure that stands in rows of a table."""
    rule, words = _rule_of_rows(layer, source, rows, unit, value)
    record = record_of(layer, source, unit, rows)
    if rule is Rule.LOADED:
        # Rows of a user's file may bear names or other codes, and its columns other headers.
        record = Record(source=source.id, row="")
    elif words in _WITHOUT_A_ROW:
        record = replace(record, row="")
    return Step(
        rule=rule,
        words=words,
        layer=layer.id,
        unit=unit,
        value=value,
        method=method,
        record=record,
    )


def _rule_of_rows(
    layer: LayerSpec, source: SourceSpec, rows: Rows, unit: str, value: float
) -> tuple[str, str]:
    is_of_layer = source.id == layer.source
    if math.isnan(value):
        return Rule.NO_FIGURE, _why_none(layer, rows, unit)
    if value == 0 and is_of_layer and layer.missing.puts_zeros:
        words = _why_zero(layer, rows, unit)
        if words:
            return Rule.ABSENT_IS_ZERO, words
    if source.is_loaded or layer.to_unit is ToUnit.MODEL:
        return Rule.LOADED, ""
    if not is_of_layer:
        return Rule.PUBLISHED, "to_unit.as_is"
    if layer.to_unit is not ToUnit.AS_IS:
        return layer.to_unit.value, f"to_unit.{layer.to_unit}"
    if len(layer.columns) > 1:
        return Rule.COMBINED, ""
    return Rule.PUBLISHED, "as_number" if layer.words else "to_unit.as_is"


def _why_zero(layer: LayerSpec, rows: Rows, unit: str) -> str:
    """Return the sentence of a zero that the file does not hold; empty for one that it does."""
    if layer.missing is MissingPolicy.ZERO_WHERE_COMPLETE:
        return "absent_where_complete"
    if unit in rows.without:
        return "absent_is_zero"
    return "no_row_counts" if layer.where else ""


def _why_none(layer: LayerSpec, rows: Rows, unit: str) -> str:
    """Return the sentence of a figure that is not there."""
    if rows.is_lost:
        return "no_source"
    if layer.to_unit.is_zonal:
        return "little_covered"
    if layer.to_unit.is_overlaid:
        return "not_on_map"
    if layer.missing is MissingPolicy.ZERO_WHERE_COMPLETE:
        return "not_listed"
    return "no_row" if unit in rows.without else Rule.NO_FIGURE.value


def _counting(evidence: Evidence, layer: LayerSpec) -> pd.DataFrame:
    """Return the places of the source of a layer; those that count are told by its ``where``."""
    places = evidence.places
    return places[places["source"] == layer.source]


def _counted(evidence: Evidence, layer: LayerSpec, unit: str) -> tuple[Terms, float]:
    """Return how many places of a unit have a point and how many have none."""
    if evidence.places.empty:
        return {}, math.nan
    own = _counting(evidence, layer)
    own = own[own["ubigeo"] == unit]
    units = pd.Index([unit])
    by_point = float(count_places(layer, own[own["lon"].notna()], units).iloc[0])
    by_name = float(count_places(layer, own[own["lon"].isna()], units).iloc[0])
    return {"by_point": by_point, "by_name": by_name}, by_point + by_name


def _nearest(evidence: Evidence, layer: LayerSpec, unit: str, value: float) -> Step:
    """Return the way to the nearest place, and below it the homes that it is measured from."""
    table = evidence.tables[level_of(unit)]
    method = Method(table.methods.at[unit, layer.id])
    step = _leaf(evidence, layer, unit, value, method)
    if evidence.places.empty:
        return step
    places = evidence.places
    settlements = places[(places["kind"] == PlaceKind.SETTLEMENT) & (places["ubigeo"] == unit)]
    homes = homes_of(settlements, evidence.inside.loc[[unit]])
    own = _counting(evidence, layer)
    again = distance_to_places(layer, own, homes)
    where = "point" if settlements.empty else "alike"
    if settlements["people"].notna().any():
        where = "people"
    terms = {"homes": float(len(homes)), "settlements": float(len(settlements))}
    home = Step(
        rule=Rule.HOMES,
        words=f"homes_{where}",
        layer=str(layer.homes),
        unit=unit,
        value=float(len(homes)),
        terms=terms,
        record=Record(source=str(layer.homes), row=""),
    )
    return Step(
        rule=layer.to_unit.value,
        words=f"to_unit.{layer.to_unit}",
        layer=layer.id,
        unit=unit,
        value=value,
        method=method,
        inputs=(home,) if layer.homes else (),
        record=Record(source=str(layer.source), row="", where=layer.where),
        recomputed=float(again.get(unit, math.nan)),
    )
