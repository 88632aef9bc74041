"""Tables in the making, layer by layer."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from layers.errors import DeclarationError
from layers.harmonise.among import among
from layers.spec import Catalogue, LayerSpec
from layers.table.aggregate import covered_share, group_mean, group_sum
from layers.table.carry import derived_method
from layers.table.cell_notes import nothing_masked, stack_coverage, stack_parents, stack_ranges
from layers.table.gaps import activity_layer
from layers.table.ground import Figures, Ground, LevelTable
from layers.table.index_models import NO_ENDS, lifted_bounds
from layers.table.inputs import ModelInputs, seen_by
from layers.table.migrants import capped_units, range_of
from layers.table.models import alternatives_of, bounds_of, make_layer
from layers.table.softness import (
    MISSING,
    NUMBER,
    Numbers,
    seen_from_above,
    side_by_side,
    softest_in_groups,
    softest_of,
)
from layers.terms import AdminLevel, Method, ToUnit

Part = dict[str, dict[AdminLevel, Any]]
"""What is made of one layer: by the name of a column of the maker, what each level holds."""
_COLUMNS = ("values", "methods", "sources", "parents", "ranges", "coverage")


class Maker:
    """Tables in the making: columns by level and layer."""

    def __init__(
        self,
        figures: Mapping[tuple[str, AdminLevel], Figures],
        ground: Ground,
        catalogue: Catalogue,
    ) -> None:
        self.figures = figures
        self.ground = ground
        self.catalogue = catalogue
        self.levels = list(ground.area_km2)
        self.groups: dict[tuple[AdminLevel, AdminLevel], tuple[pd.Series, np.ndarray]] = {}
        self.values: dict[AdminLevel, dict[str, pd.Series]] = {level: {} for level in self.levels}
        self.methods: dict[AdminLevel, dict[str, Numbers]] = {level: {} for level in self.levels}
        self.sources: dict[AdminLevel, dict[str, str]] = {level: {} for level in self.levels}
        self.parents: dict[AdminLevel, dict[str, pd.DataFrame]] = {
            level: {} for level in self.levels
        }
        self.ranges: dict[AdminLevel, dict[str, pd.DataFrame]] = {
            level: {} for level in self.levels
        }
        self.coverage: dict[AdminLevel, dict[str, pd.Series]] = {level: {} for level in self.levels}

    def tables(self) -> dict[AdminLevel, LevelTable]:
        """Return what was made, a table for each level of the ground."""
        return {
            level: LevelTable(
                values=pd.DataFrame(self.values[level], index=area.index),
                numbers=side_by_side(self.methods[level], area.index),
                sources=self.sources[level],
                ranges=stack_ranges(self.ranges[level]),
                parents=stack_parents(self.parents[level]),
                coverage=stack_coverage(self.coverage[level], self.values[level]),
                masked=nothing_masked(),
            )
            for level, area in self.ground.area_km2.items()
        }

    def part(self, layer_id: str) -> Part:
        """Return all that was made of one layer."""
        return {
            column: {
                level: made[layer_id]
                for level, made in getattr(self, column).items()
                if layer_id in made
            }
            for column in _COLUMNS
        }

    def put_part(self, layer_id: str, part: Part) -> None:
        """Put a layer that was made elsewhere beside the others."""
        for column, levels in part.items():
            for level, made in levels.items():
                getattr(self, column)[level][layer_id] = made

    def add(self, layer: LayerSpec) -> None:
        """Add a layer to every level."""
        if layer.model and layer.model.is_of_activity:
            self._add_activity(layer)
            return
        native = layer.native_level if layer.native_level in self.levels else self.levels[0]
        if layer.is_made_at_each_level and layer.native_level is AdminLevel.DISTRICT:
            for level in self.levels:
                self._put(layer, level, self._modelled(layer, level), layer.method)
                self._mark_loaded(layer, level)
                self._soften(layer, level)
                self._add_bounds(layer, level)
            return
        start = self.levels.index(native)
        self._put(layer, native, self._at_native(layer, native), layer.method)
        self._mark_loaded(layer, native)
        self._mark_derived(layer, native)
        self._cover(layer, native)
        self._add_ranges(layer, native)
        if layer.is_index:
            self._add_bounds(layer, native)
        for finer, level in zip(self.levels[start:], self.levels[start + 1 :], strict=False):
            self._lift(layer, finer, level)
            if layer.is_index:
                self._lift_bounds(layer, finer, level)
        for level in self.levels[:start]:
            self._inherit(layer, native, level)
        self._fill_published(layer)

    def _add_activity(self, layer: LayerSpec) -> None:
        units = {level: area.index for level, area in self.ground.area_km2.items()}
        made = activity_layer(layer, self.values, units, self.ground.reports, self.catalogue)
        for level, frame in made.items():
            self._put(layer, level, frame["value"], layer.method)
            if "low" in frame:
                self._keep_bounds(layer, level, frame[["low", "high"]].dropna())

    def _at_native(self, layer: LayerSpec, level: AdminLevel) -> pd.Series:
        if layer.to_unit is ToUnit.MODEL:
            return self._modelled(layer, level)
        found = self.figures.get((layer.id, level))
        return found.values if found else pd.Series(dtype=float)

    def _modelled(self, layer: LayerSpec, level: AdminLevel) -> pd.Series:
        return make_layer(layer, self._inputs(layer, level))

    def _inputs(self, layer: LayerSpec, level: AdminLevel) -> ModelInputs:
        units = self.ground.area_km2[level].index
        made = self.values[level]
        below = seen_by(layer, self.catalogue, self.ground.phase_limits)
        seen = [name for name in below if name in made]
        return ModelInputs(
            level=level,
            values=pd.DataFrame({name: made[name] for name in seen}, index=units),
            area_km2=self.ground.area_km2[level],
            figures=self.ground.national,
            controls=self.ground.controls,
            catalogue=self.catalogue,
            phase_limits=self.ground.phase_limits,
            loaded=self.ground.loaded if level is self.levels[0] else {},
            ranges=self.ranges[level],
        )

    def _add_ranges(self, layer: LayerSpec, native: AdminLevel) -> None:
        """Say at each level how far the declared alternatives move the figures of a placement."""
        alternatives = alternatives_of(layer, self._inputs(layer, native))
        if alternatives is None:
            return
        placed = self.values[native][layer.id]
        capped = capped_units(placed, self.values[native][layer.inputs[1]])
        brought = self.ground.loaded.get(layer.id, pd.Series(dtype=float)).dropna().index
        capped = capped.difference(brought)
        for level in self.levels:
            ends = range_of(alternatives, level).dropna()
            # A figure that was loaded does not hang on how the others are placed.
            ends = ends[~ends.index.isin(brought)]
            self.ranges[level][layer.id] = ends.assign(is_capped=ends.index.isin(capped))

    def _add_bounds(self, layer: LayerSpec, level: AdminLevel) -> None:
        """Say how far what is missing or uncertain below a figure could move it."""
        self._keep_bounds(layer, level, bounds_of(layer, self._inputs(layer, level)))

    def _lift_bounds(self, layer: LayerSpec, finer: AdminLevel, level: AdminLevel) -> None:
        values = self.values[finer][layer.id]
        ends = self.ranges[finer].get(layer.id, NO_ENDS)
        if ends.empty and values.notna().all():
            return
        groups = pd.Series(values.index.str[: level.digits], index=values.index)
        weights = self._weights(layer, finer)
        coarser = self.values[level][layer.id]
        self._keep_bounds(layer, level, lifted_bounds(values, ends, weights, groups, coarser))

    def _keep_bounds(self, layer: LayerSpec, level: AdminLevel, ends: pd.DataFrame) -> None:
        if len(ends):
            self.ranges[level][layer.id] = ends.assign(is_capped=False)

    def _put(self, layer: LayerSpec, level: AdminLevel, values: pd.Series, method: Method) -> None:
        known = values.reindex(self.ground.area_km2[level].index).astype(float)
        self.values[level][layer.id] = known
        self.methods[level][layer.id] = np.where(
            np.isnan(known.to_numpy()), MISSING, NUMBER[method]
        )
        found = self.figures.get((layer.id, level))
        brought = self.ground.loaded_sources.get(layer.id, "")
        self.sources[level][layer.id] = found.source if found else (layer.source or brought)

    def _mark_loaded(self, layer: LayerSpec, level: AdminLevel) -> None:
        if layer.id in self.ground.loaded and level is self.levels[0]:
            loaded = self.ground.loaded[layer.id].dropna().index
            self.methods[level][layer.id] = np.where(
                self.ground.area_km2[level].index.isin(loaded),
                NUMBER[Method.OBSERVED],
                self.methods[level][layer.id],
            )

    def _mark_derived(self, layer: LayerSpec, level: AdminLevel) -> None:
        """Say of each figure that came from another vintage that it did, and from whom."""
        found = self.figures.get((layer.id, level))
        if found is None or found.parents.empty:
            return
        column, units = self.methods[level][layer.id], self.ground.area_km2[level].index
        derived = units.isin(found.parents["ubigeo"]) & (column != MISSING)
        self.methods[level][layer.id] = np.where(derived, NUMBER[derived_method(layer)], column)
        kept = found.parents["ubigeo"].isin(units[derived])
        self.parents[level][layer.id] = found.parents[kept]

    def _cover(self, layer: LayerSpec, level: AdminLevel) -> None:
        found = self.figures.get((layer.id, level))
        if found is not None and found.coverage is not None:
            self.coverage[level][layer.id] = found.coverage

    def _soften(self, layer: LayerSpec, level: AdminLevel) -> None:
        """A ratio is as soft as the softest of its figures, and has their parents."""
        if layer.method is not Method.OBSERVED:
            return
        column = self.methods[level][layer.id]
        softest = softest_of([self.methods[level][name] for name in layer.inputs])
        known = column != MISSING
        self.methods[level][layer.id] = np.where(known, softest, column)
        frames = [self.parents[level].get(name) for name in layer.inputs]
        derived = [frame for frame in frames if frame is not None and len(frame)]
        if not derived:
            return
        parents = pd.concat(derived).drop_duplicates(["ubigeo", "parent"])
        kept = among(parents["ubigeo"], self.ground.area_km2[level].index[known])
        self.parents[level][layer.id] = parents[kept].assign(value=float("nan"))

    def _groups_of(self, finer: AdminLevel, level: AdminLevel) -> tuple[pd.Series, np.ndarray]:
        """Return the coarser unit of each finer one, by code and by number: sought once."""
        if (finer, level) not in self.groups:
            units, coarser = (self.ground.area_km2[one].index for one in (finer, level))
            number = coarser.get_indexer(units.str[: level.digits])
            found = pd.Categorical.from_codes(number, categories=coarser)
            self.groups[finer, level] = pd.Series(found, index=units), number
        return self.groups[finer, level]

    def _lift(self, layer: LayerSpec, finer: AdminLevel, level: AdminLevel) -> None:
        values = self.values[finer][layer.id]
        groups, numbers = self._groups_of(finer, level)
        people = self._weights(layer, finer)
        join = group_sum if layer.unit.is_extensive else group_mean
        lifted = join(values, people, groups, layer.coverage_needed)
        self._put(layer, level, lifted, layer.method)
        covered = self.coverage[finer].get(layer.id)
        if covered is not None or values.isna().any():
            covered = pd.Series(1.0, index=values.index) if covered is None else covered
            share = covered_share(covered.where(values.notna()), people, groups)
            self.coverage[level][layer.id] = share.set_axis(share.index.astype(values.index.dtype))
        column = self.methods[level][layer.id]
        methods, parents = self.methods[finer][layer.id], self.parents[finer].get(layer.id)
        seen = (
            methods
            if parents is None or parents.empty
            else seen_from_above(methods, parents, values.index, level.digits, layer.method)
        )
        softest = softest_in_groups(seen, numbers, len(column))
        self.methods[level][layer.id] = np.where(column != MISSING, softest, column)
        # Added up from finer figures, whatever is published for this level.
        self.sources[level][layer.id] = self.sources[finer][layer.id]

    def _weights(self, layer: LayerSpec, level: AdminLevel) -> pd.Series:
        name = layer.weight or self.ground.population
        if name not in self.values[level] and name != layer.id:
            raise DeclarationError(
                "layer {layer} is weighed by {name}; declare that one first",
                layer=layer.id,
                name=name,
            )
        return self.values[level][name]

    def _inherit(self, layer: LayerSpec, native: AdminLevel, level: AdminLevel) -> None:
        units = self.ground.area_km2[level].index
        if layer.unit.is_extensive:
            # A count of the region says nothing of its parts; it is spread by a model or not at all.
            self._put(layer, level, pd.Series(dtype=float), Method.MISSING)
            return
        upper = self.values[native][layer.id]
        inherited = pd.Series(upper.reindex(units.str[: native.digits]).to_numpy(), index=units)
        self._put(layer, level, inherited, Method.INHERITED)
        self.sources[level][layer.id] = self.sources[native][layer.id]

    def _fill_published(self, layer: LayerSpec) -> None:
        """Where a level has no figure at all, take the published one of that level."""
        for level in self.levels:
            found = self.figures.get((layer.id, level))
            if found and self.values[level][layer.id].isna().all():
                self._put(layer, level, found.values, Method.OBSERVED)
