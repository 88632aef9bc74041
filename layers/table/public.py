"""Tables of the public edition: nothing is computed from a count that may not be known."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from layers.spec import Catalogue, DisclosureRules, LayerSpec
from layers.table.disclosure import COUNTRY
from layers.table.ground import Figures, Ground, LevelTable
from layers.table.maker import Maker
from layers.table.masks import mask_layers, mask_loaded, mask_reports, stacked_masks
from layers.table.softness import MISSING, NUMBER
from layers.terms import AdminLevel, Method, Model, Sensitivity


class PublicMaker(Maker):
    """Tables in the making, in which true counts are masked as soon as they are there."""

    def __init__(
        self,
        figures: Mapping[tuple[str, AdminLevel], Figures],
        ground: Ground,
        catalogue: Catalogue,
        rules: DisclosureRules,
    ) -> None:
        # A model that fills up what they leave would tell the true ones by what it gives others.
        ground = replace(
            ground,
            loaded=mask_loaded(ground.loaded, catalogue, rules),
            reports=mask_reports(ground.reports, rules),
        )
        super().__init__(figures, ground, catalogue)
        self.rules = rules
        # Those of the sources are made together: what is a part of another is masked with it.
        true = Maker(figures, ground, catalogue)
        true.add(catalogue.layer(ground.population))
        restricted = [one for one in catalogue.layers.values() if one.is_masked and one.source]
        for layer in restricted:
            true.add(layer)
        counts = {layer.id: _at_all_levels(true, layer.id) for layer in restricted}
        self.masks = mask_layers(restricted, counts, rules, true.parents[true.levels[0]])

    def add(self, layer: LayerSpec) -> None:
        """Add a layer to every level, masked where it holds true counts of people."""
        super().add(layer)
        if layer.sensitivity is not Sensitivity.RESTRICTED:
            return
        if layer.is_masked:
            if layer.source:
                self._mask(layer)
        elif layer.source:
            self._put_share(layer)
        elif layer.model is Model.RATIO:
            self._keep_rates_of_enough(layer, layer.inputs[1])

    def tables(self) -> dict[AdminLevel, LevelTable]:
        """Return what was made, with the estimates masked too.

        They rest on masked counts and tell nothing; a small one is shown as a range like any other,
        once all that rests on it is made.
        """
        for layer in self.catalogue.layers.values():
            if layer.is_masked and layer.id not in self.masks:
                self._mask(layer)
        return {
            level: replace(made, masked=stacked_masks(self.masks, made.values.index))
            for level, made in super().tables().items()
        }

    def _mask(self, layer: LayerSpec) -> None:
        if layer.id not in self.masks:
            counts = {layer.id: _at_all_levels(self, layer.id)}
            self.masks |= mask_layers([layer], counts, self.rules, {})
        mask = self.masks[layer.id]
        for level in self.levels:
            index = self.values[level][layer.id].index
            self.values[level][layer.id] = mask.shown.reindex(index)
            is_range = mask.is_range.reindex(index, fill_value=False).astype(bool)
            methods = self.methods[level][layer.id]
            self.methods[level][layer.id] = np.where(is_range, NUMBER[Method.RANGE], methods)
            parents = self.parents[level].get(layer.id)
            if parents is not None:
                self.parents[level][layer.id] = parents.assign(value=float("nan"))
            ends = self.ranges[level].get(layer.id)
            if ends is not None:
                low = np.minimum(ends["low"], mask.low.reindex(ends.index))
                high = np.maximum(ends["high"], mask.high.reindex(ends.index))
                self.ranges[level][layer.id] = ends.assign(low=low, high=high)

    def _put_share(self, layer: LayerSpec) -> None:
        """Make a published share anew from the masked count: from both the true one follows.

        A restricted rate that says of no count that it is its share is not told.
        """
        for level in self.levels:
            index = self.values[level][layer.id].index
            parents = self.parents[level].get(layer.id)
            if parents is not None:
                self.parents[level][layer.id] = parents.assign(value=float("nan"))
            if layer.share_of is None:
                self.values[level][layer.id] = pd.Series(np.nan, index=index)
                self.methods[level][layer.id] = np.full(len(index), MISSING)
                continue
            mask = self.masks[layer.share_of]
            people = self.values[level][str(layer.weight)]
            share = mask.shown.reindex(index) / people.where(people > 0) * 100.0
            is_range = mask.is_range.reindex(index, fill_value=False).astype(bool)
            methods = np.where(is_range, NUMBER[Method.RANGE], self.methods[level][layer.id])
            self.values[level][layer.id] = share.clip(upper=100.0)
            self.methods[level][layer.id] = np.where(share.isna(), MISSING, methods)
        if layer.share_of:
            self._keep_rates_of_enough(layer, str(layer.weight))

    def _keep_rates_of_enough(self, layer: LayerSpec, people: str) -> None:
        """Blank the rates of so few people that each of them is a percent and more."""
        for level in self.levels:
            few = self.values[level][people] < self.rules.least_base
            column = self.values[level][layer.id]
            self.values[level][layer.id] = column.mask(few)
            methods = self.methods[level][layer.id]
            self.methods[level][layer.id] = np.where(few, MISSING, methods)


def _at_all_levels(maker: Maker, layer_id: str) -> pd.Series:
    """Return a count of every level and of the whole, by code."""
    columns = [maker.values[level][layer_id] for level in maker.levels]
    whole = columns[-1].sum(min_count=1)
    return pd.concat([*columns, pd.Series({COUNTRY: whole}, dtype=float)])
