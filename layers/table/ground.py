"""What tables are made from, and what they are before they have names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from layers.indicators.severity import PhaseLimits
from layers.spec import DisclosureRules
from layers.table.cell_notes import no_parents
from layers.table.gaps import Reports
from layers.table.softness import in_words
from layers.terms import AdminLevel


@dataclass(frozen=True)
class Figures:
    """One layer as it was published, at one level."""

    values: pd.Series
    """By ubigeo, in the layer's unit."""
    source: str
    parents: pd.DataFrame = field(default_factory=no_parents)
    """ubigeo, parent, share, basis and value of the figures derived from another vintage."""
    coverage: pd.Series | None = None
    """By ubigeo, 0 to 1, of what was measured; None where a figure is of its whole unit."""


@dataclass(frozen=True)
class LevelTable:
    """Values, methods and sources of one level, without names."""

    values: pd.DataFrame
    numbers: pd.DataFrame
    """The methods as numbers of ``softness.NUMBER``, same shape."""
    sources: dict[str, str]
    parents: pd.DataFrame
    ranges: pd.DataFrame
    coverage: pd.DataFrame
    masked: pd.DataFrame

    @cached_property
    def methods(self) -> pd.DataFrame:
        """The same as the words of ``Method``."""
        return in_words(self.numbers)


@dataclass(frozen=True)
class Ground:
    """What the tables stand on: units by level, national figures and the country's choices."""

    area_km2: dict[AdminLevel, pd.Series]
    """Levels of this build, finest first; each Series is indexed by all its units."""
    national: Mapping[str, float]
    controls: tuple[tuple[str, tuple[str, ...]], ...]
    population: str
    phase_limits: Mapping[str, PhaseLimits] = field(default_factory=dict)
    loaded: Mapping[str, pd.Series] = field(default_factory=dict)
    """Figures of the finest units from files of the user, by layer."""
    loaded_sources: Mapping[str, str] = field(default_factory=dict)
    """Id of the file of each of these layers."""
    reports: Reports = field(default_factory=Reports)
    """What partners report that they do."""
    disclosure: DisclosureRules | None = None
    """How small counts are masked; None in the full edition, which masks nothing."""
