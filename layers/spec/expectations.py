"""What the figures of a country must add up to, and which differences are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.errors import DeclarationError
from layers.terms import (
    Discrepancy,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class DeclaredTotal:
    """What the figures of a layer must add up to, and who says so."""

    layer: str
    value: float | None = None
    figure: str | None = None
    """Key of the national figure, where the total is no constant."""
    regions: tuple[str, ...] = ()
    """Regions that the total is of; the whole country if empty."""
    origin: str = ""
    """Where the constant stands."""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.figure is None):
            raise DeclarationError("total of {layer}: give a value or a figure", layer=self.layer)


@dataclass(frozen=True, kw_only=True)
class KnownDifference:
    """Why the published figure of a region differs from what its districts come to."""

    layer: str
    reason: Discrepancy
    largest: float
    """Largest accepted difference in the layer's unit."""


@dataclass(frozen=True, kw_only=True)
class KnownGap:
    """A hole inside the country that is no error."""

    name: str
    lon: float
    lat: float
    km2: float


@dataclass(frozen=True, kw_only=True)
class Expectations:
    """What a sound build adds up to, and what is known to differ."""

    totals: tuple[DeclaredTotal, ...] = ()
    differences: tuple[KnownDifference, ...] = ()
    rounding: Mapping[Unit, float] = field(default_factory=dict)
    """By unit, what the decimals of published figures hide."""
    unmatched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By source of boundaries, units whose edges are known not to match."""
    gaps: tuple[KnownGap, ...] = ()
