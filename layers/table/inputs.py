"""What a model may look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from layers.indicators.severity import PhaseLimits
from layers.spec import Catalogue, LayerSpec
from layers.terms import AdminLevel


@dataclass(frozen=True)
class ModelInputs:
    """What a model may look at: the layers made before it, at one level."""

    level: AdminLevel
    values: pd.DataFrame
    area_km2: pd.Series
    figures: Mapping[str, float]
    """National figures by key."""
    controls: tuple[tuple[str, tuple[str, ...]], ...]
    """Figures of migrants by group of regions; an empty group is the rest of the country."""
    catalogue: Catalogue
    phase_limits: Mapping[str, PhaseLimits] = field(default_factory=dict)
    """What a deficit means as severity, by sector."""
    loaded: Mapping[str, pd.Series] = field(default_factory=dict)
    """Figures of units from a file, by layer; they take the place of modelled ones."""
    ranges: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """By layer, low and high of the units whose figure has a range."""

    def of(self, layer: LayerSpec) -> list[pd.Series]:
        """Return the inputs of a layer, in its order."""
        return [self.values[name] for name in layer.inputs]

    def at(self, units: list[str]) -> "ModelInputs":
        """Return the inputs of some units alone; nothing is loaded and nothing has a range."""
        return replace(
            self,
            values=self.values.loc[units],
            area_km2=self.area_km2.loc[units],
            loaded={},
            ranges={},
        )

    def end_of(self, layer_id: str, end: str) -> pd.Series:
        """Return the low or the high of a layer; the figure itself where it has no range."""
        ends = self.ranges.get(layer_id)
        values = self.values[layer_id]
        return values if ends is None else ends[end].reindex(values.index).fillna(values)


def seen_by(
    layer: LayerSpec, catalogue: Catalogue, phase_limits: Mapping[str, PhaseLimits]
) -> tuple[str, ...]:
    """Return the layers that a model may look at: its own, and all below it.

    Parameters
    ----------
    layer : LayerSpec
        The layer.
    catalogue : Catalogue
        Declares its inputs.
    phase_limits : mapping
        By sector, what its severity is judged on.

    Returns
    -------
    tuple of str
        Each once.
    """
    judged = phase_limits.get(layer.sector or "")
    others = (layer.other_key, judged.layer if judged else None)
    found = dict.fromkeys([layer.id, *(name for name in others if name)])
    for name in layer.inputs:
        found |= dict.fromkeys(seen_by(catalogue.layer(name), catalogue, phase_limits))
    return tuple(found)
