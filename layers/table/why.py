"""From a cell down to the published numbers that it rests on, each step computed again."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from layers.codes import ancestor, level_of
from layers.errors import UnknownUbigeoError
from layers.indicators.severity import PhaseLimits
from layers.spec import Catalogue, LayerSpec
from layers.table.aggregate import group_mean, group_sum
from layers.table.explain import explanation_of
from layers.table.inputs import ModelInputs
from layers.table.published import Rows, record_of
from layers.table.step import Record, Rule, Step, Term
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Method, MissingPolicy, Model, ToUnit


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a chain is told from: the tables of a build and what they were made with."""

    catalogue: Catalogue
    tables: Mapping[AdminLevel, UnitTable]
    """Finest first."""
    area_km2: Mapping[AdminLevel, pd.Series]
    population: str
    """Layer that weighs means upward."""
    figures: str | None
    """Source of the national figures."""
    national: Mapping[str, float]
    notes: Mapping[str, str]
    """What the file says of each national figure."""
    controls: tuple[tuple[str, tuple[str, ...]], ...]
    phase_limits: Mapping[str, PhaseLimits]
    rows: Mapping[str, Rows] = field(default_factory=dict)
    """By source, what its codes went through."""

    @cached_property
    def inputs(self) -> dict[AdminLevel, ModelInputs]:
        """What the models of each level looked at."""
        return {level: self._inputs(level, table) for level, table in self.tables.items()}

    def _inputs(self, level: AdminLevel, table: UnitTable) -> ModelInputs:
        observed = table.methods == Method.OBSERVED.value
        loaded = {
            layer.id: table.values[layer.id].where(observed[layer.id])
            for layer in self.catalogue.layers.values()
            if layer.model is Model.PEOPLE_IN_NEED and level is next(iter(self.tables))
        }
        return ModelInputs(
            level=level,
            values=table.values,
            area_km2=self.area_km2[level],
            figures=self.national,
            controls=self.controls,
            catalogue=self.catalogue,
            phase_limits=self.phase_limits,
            loaded={layer: given for layer, given in loaded.items() if given.notna().any()},
        )


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
        raise UnknownUbigeoError(f"this build has no {level} with the UBIGEO {unit!r}")
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
        if layer.model and layer.model.is_of_activity:
            return self._answered(layer, unit)
        level = level_of(unit)
        native = layer.native_level if layer.native_level in self.levels else self.levels[0]
        if layer.is_made_at_each_level and layer.native_level is AdminLevel.DISTRICT:
            return self._modelled(layer, unit)
        if level.digits > native.digits:
            return self._inherited(layer, unit, native)
        if level.digits < native.digits:
            return self._lifted(layer, unit)
        is_loaded = self._method(layer, unit) is Method.OBSERVED is not layer.method
        if layer.to_unit is ToUnit.MODEL and not is_loaded:
            return self._modelled(layer, unit)
        return self._read(layer, unit)

    def _table(self, unit: str) -> UnitTable:
        return self.evidence.tables[level_of(unit)]

    def _value(self, layer: LayerSpec, unit: str) -> float:
        return float(self._table(unit).values.at[unit, layer.id])

    def _method(self, layer: LayerSpec, unit: str) -> Method:
        return Method(self._table(unit).methods.at[unit, layer.id])

    def _leaf(self, layer: LayerSpec, unit: str, rule: Rule, record: Record | None = None) -> Step:
        return Step(
            rule=rule,
            layer=layer.id,
            unit=unit,
            value=self._value(layer, unit),
            method=self._method(layer, unit),
            record=record,
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
            return self._read(layer, unit)
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

    def _read(self, layer: LayerSpec, unit: str) -> Step:
        """A figure that a source gives: as published, carried from older units, or measured."""
        table = self._table(unit)
        parents = table.parents
        parents = parents[(parents["ubigeo"] == unit) & (parents["layer"] == layer.id)]
        if len(parents) and parents["value"].notna().all():
            return self._carried(layer, unit, parents)
        source = self.evidence.catalogue.source(table.sources[layer.id][0])
        rows = self.evidence.rows.get(source.id, Rows())
        if layer.to_unit.is_zonal:
            covered = table.coverage_of(unit, layer.id)
            record = Record(source=source.id, row="")
            leaf = self._leaf(layer, unit, Rule.ZONAL, record)
            return Step(**{**vars(leaf), "terms": {"coverage": covered}})
        if layer.to_unit.is_measured:
            return self._leaf(layer, unit, Rule.AT_POINT, Record(source=source.id, row=""))
        is_left_out = unit in rows.without and layer.missing is MissingPolicy.ZERO
        rule = Rule.ABSENT_IS_ZERO if is_left_out else Rule.PUBLISHED
        return self._leaf(layer, unit, rule, record_of(layer, source, unit, rows))

    def _carried(self, layer: LayerSpec, unit: str, parents: pd.DataFrame) -> Step:
        source = self.evidence.catalogue.source(self._table(unit).sources[layer.id][0])
        rows = self.evidence.rows.get(source.id, Rows())
        inputs = tuple(
            Step(
                rule=Rule.PUBLISHED,
                layer=layer.id,
                unit=str(code),
                value=float(value),
                method=Method.OBSERVED,
                record=record_of(layer, source, str(code), rows),
            )
            for code, value in zip(parents["parent"], parents["value"], strict=True)
        )
        shares = tuple(float(share) for share in parents["share"])
        again = sum(share * step.value for share, step in zip(shares, inputs, strict=True))
        return self._made(layer, unit, Rule.CARRIED, inputs, again, {"shares": shares})

    def _modelled(self, layer: LayerSpec, unit: str) -> Step:
        inputs = self.evidence.inputs[level_of(unit)]
        model = Model(str(layer.model))
        explanation = explanation_of(model)
        told = explanation.tell(layer, inputs, unit)
        steps = tuple(self.cell(self.evidence.catalogue.layer(n), unit) for n in layer.inputs)
        figures = {step.layer: step.value for step in steps}
        return Step(
            rule=model.value,
            words=told.words,
            layer=layer.id,
            unit=unit,
            value=self._value(layer, unit),
            method=self._method(layer, unit),
            terms=told.terms,
            inputs=(*steps, *self._totals(layer, unit, model)),
            recomputed=explanation.again(layer, inputs, unit, figures, told.terms),
        )

    def _answered(self, layer: LayerSpec, unit: str) -> Step:
        """What partners report, or what follows from it; geoapp gap tells who reports."""
        if layer.inputs:
            return self._modelled(layer, unit)
        record = Record(source=self._table(unit).sources[layer.id][0], row="")
        leaf = self._leaf(layer, unit, Rule.PUBLISHED, record)
        return Step(**{**vars(leaf), "rule": str(layer.model)})

    def _totals(self, layer: LayerSpec, unit: str, model: Model) -> Iterator[Step]:
        """Yield the published totals that a placement spreads."""
        if model is Model.PEOPLE_IN_NEED and layer.figure in self.evidence.national:
            yield self._national(str(layer.figure))
        if model is Model.MIGRANTS_NOW:
            yield self._of_region(layer, ancestor(unit, AdminLevel.REGION))

    def _of_region(self, layer: LayerSpec, region: str) -> Step:
        """Return the count that the published totals and their key give a region."""
        named = {key: set(regions) for key, regions in self.evidence.controls if regions}
        own = [key for key, regions in named.items() if region in regions]
        rest = [key for key, regions in self.evidence.controls if not regions]
        keys = own or [*rest, *named]
        signs = [1.0 if key in own or key in rest else -1.0 for key in keys]
        inputs = tuple(self._national(key) for key in keys)
        table = self.evidence.tables[self.levels[0]]
        by_region = (
            table.values[layer.inputs[0]]
            .groupby(table.values.index.str[: AdminLevel.REGION.digits])
            .sum()
        )
        group = named[own[0]] if own else set(by_region.index).difference(*named.values())
        key, of_group = float(by_region[region]), float(by_region[sorted(group)].sum())
        total = sum(sign * step.value for sign, step in zip(signs, inputs, strict=True))
        placed = table.values[layer.id]
        return Step(
            rule=Rule.REGION_SHARE,
            layer=layer.id,
            unit=region,
            value=float(placed[placed.index.str.startswith(region)].sum(min_count=1)),
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

    def _national(self, key: str) -> Step:
        note = self.evidence.notes.get(key, "")
        record = Record(source=str(self.evidence.figures), row=key, columns=("value",), note=note)
        value = self.evidence.national.get(key, math.nan)
        return Step(rule=Rule.NATIONAL, layer=key, unit="", value=value, record=record)
