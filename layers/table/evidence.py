"""What a chain is told from: the tables of a build and what they were made with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from layers.indicators.severity import PhaseLimits
from layers.spec import Catalogue, LayerSpec
from layers.table.inputs import ModelInputs
from layers.table.published import Rows
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Method


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
    places: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Places of every source, settlements included: source, kind, ubigeo, people, lon, lat."""
    inside: pd.DataFrame = field(default_factory=pd.DataFrame)
    """By finest unit: lon and lat of a point inside."""

    @property
    def finest(self) -> AdminLevel:
        """The finest level of the build."""
        return next(iter(self.tables))

    @cached_property
    def inputs(self) -> dict[AdminLevel, ModelInputs]:
        """What the models of each level looked at."""
        return {level: self._inputs(level, table) for level, table in self.tables.items()}

    def is_loaded(self, layer: LayerSpec, level: AdminLevel, unit: str) -> bool:
        """Return True for a cell of a model in whose place a user's file put a figure."""
        return (
            level is self.finest
            and layer.model is not None
            and layer.method is not Method.OBSERVED
            and self.tables[level].methods.at[unit, layer.id] == Method.OBSERVED.value
        )

    def _inputs(self, level: AdminLevel, table: UnitTable) -> ModelInputs:
        observed = table.methods == Method.OBSERVED.value
        loaded = {
            layer.id: table.values[layer.id].where(observed[layer.id])
            for layer in self.catalogue.layers.values()
            if layer.model and layer.method is not Method.OBSERVED and level is self.finest
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
