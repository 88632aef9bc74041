"""From a cell down to the published numbers that it rests on, each step computed again."""

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from layers.codes import ancestor, level_of
from layers.errors import UnknownUbigeoError
from layers.spec import LayerSpec
from layers.table.aggregate import group_mean, group_sum
from layers.table.evidence import Evidence
from layers.table.explain import explanation_of
from layers.table.step import Record, Rule, Step, Term
from layers.table.units import UnitTable
from layers.table.why_migrants import migrants_step, national_step
from layers.table.why_read import read_step
from layers.terms import AdminLevel, Method, Model, ToUnit


def explain(evidence: Evidence, layer_id: str, unit: str) -> Step:
    """Return the chain from a cell to published numbers.

    Parameters
    ----------
    evidence : Evidence
        Tables and what they were made with.
    layer_id : str
        A layer.
    unit : str
        UBIGEO of any level of the tables.

    Returns
    -------
    Step
        The cell, with what it follows from below it. A cell that comes twice is told once.

    Raises
    ------
    UnknownIdError, UnknownUbigeoError
        Where there is no such layer or unit.
    """
    level = level_of(unit)
    if level not in evidence.tables or unit not in evidence.tables[level].values.index:
        raise UnknownUbigeoError(
            "this build has no {level} with the UBIGEO {unit!r}", level=level, unit=unit
        )
    return _Teller(evidence).cell(evidence.catalogue.layer(layer_id), unit)


class _Teller:
    """Tells one chain and remembers what it has told."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.levels = list(evidence.tables)
        self.told: set[tuple[str, str]] = set()

    def cell(self, layer: LayerSpec, unit: str) -> Step:
        """Return the chain of a cell."""
        if (layer.id, unit) in self.told:
            return self._leaf(layer, unit, Rule.ABOVE)
        self.told.add((layer.id, unit))
        if self._table(unit).mask_of(unit, layer.share_of or layer.id):
            return self._leaf(layer, unit, Rule.MASKED)
        if layer.model and layer.model.is_of_activity:
            return self._answered(layer, unit)
        level = level_of(unit)
        native = layer.native_level if layer.native_level in self.levels else self.levels[0]
        if self.evidence.is_loaded(layer, level, unit):
            return read_step(self.evidence, layer, unit)
        if layer.is_made_at_each_level and layer.native_level is AdminLevel.DISTRICT:
            return self._modelled(layer, unit)
        if level.digits > native.digits:
            return self._inherited(layer, unit, native)
        if level.digits < native.digits:
            return self._lifted(layer, unit)
        if layer.to_unit is ToUnit.MODEL:
            return self._modelled(layer, unit)
        return read_step(self.evidence, layer, unit)

    def _table(self, unit: str) -> UnitTable:
        return self.evidence.tables[level_of(unit)]

    def _value(self, layer: LayerSpec, unit: str) -> float:
        return float(self._table(unit).values.at[unit, layer.id])

    def _method(self, layer: LayerSpec, unit: str) -> Method:
        return Method(self._table(unit).methods.at[unit, layer.id])

    def _leaf(self, layer: LayerSpec, unit: str, rule: Rule) -> Step:
        return Step(
            rule=rule,
            layer=layer.id,
            unit=unit,
            value=self._value(layer, unit),
            method=self._method(layer, unit),
        )

    def _made(
        self,
        layer: LayerSpec,
        unit: str,
        rule: Rule,
        inputs: tuple[Step, ...],
        recomputed: float,
        terms: Mapping[str, Term] | None = None,
    ) -> Step:
        return Step(
            rule=rule,
            layer=layer.id,
            unit=unit,
            value=self._value(layer, unit),
            method=self._method(layer, unit),
            terms=terms or {},
            inputs=inputs,
            recomputed=recomputed,
        )

    def _inherited(self, layer: LayerSpec, unit: str, native: AdminLevel) -> Step:
        if layer.unit.is_extensive:
            return self._leaf(layer, unit, Rule.NOT_DIVIDED)
        upper = self.cell(layer, ancestor(unit, native))
        return self._made(layer, unit, Rule.INHERITED, (upper,), upper.value)

    def _lifted(self, layer: LayerSpec, unit: str) -> Step:
        """A coarser figure of finer ones, or the published one where those are not known."""
        finer = self.levels[self.levels.index(level_of(unit)) - 1]
        table = self.evidence.tables[finer]
        column = table.values[layer.id]
        if column.isna().all() and not math.isnan(self._value(layer, unit)):
            return read_step(self.evidence, layer, unit)
        values = column[column.index.str.startswith(unit)]
        weights = table.values[layer.weight or self.evidence.population]
        # As the table weighs: a unit without people weighs nothing, where people are known.
        people = (weights.fillna(0.0) if weights.notna().any() else weights).loc[values.index]
        groups = pd.Series(unit, index=values.index)
        join = group_sum if layer.unit.is_extensive else group_mean
        return self._made(
            layer,
            unit,
            Rule.SUM if layer.unit.is_extensive else Rule.MEAN,
            tuple(self._leaf(layer, str(code), Rule.PART) for code in values.index),
            float(join(values, people, groups, layer.coverage_needed).loc[unit]),
            {"weights": tuple(people), "needed": layer.coverage_needed},
        )

    def _modelled(self, layer: LayerSpec, unit: str) -> Step:
        inputs = self.evidence.inputs[level_of(unit)]
        steps = tuple(self.cell(self.evidence.catalogue.layer(n), unit) for n in layer.inputs)
        model = Model(str(layer.model))
        if model is Model.MIGRANTS_NOW:
            return migrants_step(self.evidence, layer, unit, steps)
        explanation = explanation_of(model)
        told = explanation.tell(layer, inputs, unit)
        figures = {step.layer: step.value for step in steps}
        return Step(
            rule=model.value,
            words=told.words,
            layer=layer.id,
            unit=unit,
            value=self._value(layer, unit),
            method=self._method(layer, unit),
            terms=told.terms,
            inputs=(*steps, *self._totals(layer, model)),
            recomputed=explanation.again(layer, inputs, unit, figures, told.terms),
        )

    def _answered(self, layer: LayerSpec, unit: str) -> Step:
        """What partners report, or what follows from it; geoapp gap tells who reports."""
        if layer.inputs:
            return self._modelled(layer, unit)
        record = Record(source=self._table(unit).sources[layer.id][0], row="")
        leaf = self._leaf(layer, unit, Rule.PUBLISHED)
        return Step(**{**vars(leaf), "rule": str(layer.model), "record": record})

    def _totals(self, layer: LayerSpec, model: Model) -> Iterator[Step]:
        """Yield the published total that a placement spreads."""
        if model is Model.PEOPLE_IN_NEED and layer.figure in self.evidence.national:
            yield national_step(self.evidence, str(layer.figure))
