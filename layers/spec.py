"""Declarations: what a source, a layer, a sector, a hazard and a country are.

Frozen, keyword-only and checked when they are made, so that an illegal pair
fails at import. Their words (titles, descriptions, caveats) live in
``geoapp/text`` under keys that follow from the id: ``layer.<id>.title``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from layers.errors import DeclarationError, UnknownIdError, nearest
from layers.terms import (
    AdminLevel,
    Dimension,
    Direction,
    Licence,
    Method,
    MissingPolicy,
    Sensitivity,
    ToUnit,
    Transform,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class SourceSpec:
    """One published file: who published it, when, under which terms, and where it lies."""

    id: str
    publisher: str
    landing: str
    """Page where a person finds the original."""
    licence: Licence
    vintage: str
    """Date or period that the figures speak of, ISO 8601 where it is one date."""
    format: str
    """Key of ``layers.sources.read.READERS``."""
    sha256: str
    bytes: int
    redistributable: bool
    citation: str
    mirror: str | None = None
    """Path inside a mirror folder."""
    starter: str | None = None
    """Path inside the starter pack that travels with the product."""
    url: str | None = None
    """Address that serves the same bytes; None where the file was prepared from a publication."""
    part: str | None = None
    """Sheet of a workbook or layer of a vector file."""
    code_column: str | None = None
    """Column that holds the UBIGEO of the row."""
    code_level: AdminLevel = AdminLevel.DISTRICT
    code_is_padded: bool = False
    """True where codes of a coarse level are filled up with zeros to six digits."""
    missing_words: tuple[str, ...] = ("",)
    """Cells that mean 'no figure'."""
    excluded_rows: tuple[str, ...] = ()
    """Codes of the file that name no unit of today, dropped with a line in the report."""

    def __post_init__(self) -> None:
        if not (self.mirror or self.starter or self.url):
            raise DeclarationError(f"source {self.id} has no place; give mirror, starter or url")
        if len(self.sha256) != 64:
            raise DeclarationError(
                f"source {self.id}: sha256 has {len(self.sha256)} characters, not 64"
            )


@dataclass(frozen=True, kw_only=True)
class Published:
    """Where a coarser published figure of the same layer stands."""

    source: str
    column: str


Limits = tuple[float, float]
_Spec = TypeVar("_Spec", SourceSpec, "LayerSpec")


@dataclass(frozen=True, kw_only=True)
class LayerSpec:
    """One column of the table of units."""

    id: str
    dimension: Dimension
    unit: Unit
    direction: Direction = Direction.MORE_IS_WORSE
    source: str | None = None
    """Id of the SourceSpec; None for a model, whose sources are those of its inputs."""
    column: str | None = None
    factor: float = 1.0
    """What the published number is multiplied by to be in ``unit``."""
    inputs: tuple[str, ...] = ()
    """Layers that a model is computed from."""
    native_level: AdminLevel = AdminLevel.DISTRICT
    to_unit: ToUnit = ToUnit.AS_IS
    transform: Transform = Transform.LINEAR
    limits: Limits | Mapping[AdminLevel, Limits] | None = None
    """Frozen (min, max) of the normalisation; one pair for a rate, one per level for a count."""
    valid_range: Limits = (0.0, float("inf"))
    missing: MissingPolicy = MissingPolicy.UNKNOWN
    min_coverage: float = 0.5
    """Least share of the children's weight that a rate of a coarser level must rest on."""
    breaks: tuple[float, ...] = ()
    """Inner class limits, at most five; none for counts, which are circles."""
    sector: str | None = None
    hazard: str | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    published: Published | None = None
    """The figure of the regions, used where the finer source cannot be had."""

    def __post_init__(self) -> None:
        def refuse(why: str) -> None:
            raise DeclarationError(f"layer {self.id}: {why}")

        if self.unit.is_extensive and self.to_unit is ToUnit.INHERIT:
            refuse("a count cannot be inherited by the parts of its unit; spread it")
        if (self.source is None) != (self.to_unit is ToUnit.MODEL):
            refuse("a layer has a source, or is a model with inputs")
        if len(self.breaks) > 5 or list(self.breaks) != sorted(set(self.breaks)):
            refuse("breaks are at most five rising numbers")
        if self.unit.is_extensive and isinstance(self.limits, tuple):
            refuse("the limits of a count are declared per level")
        for low, high in self._limit_pairs():
            if not low < high:
                refuse(f"limits {low} to {high} are empty")

    def _limit_pairs(self) -> list[Limits]:
        if self.limits is None:
            return []
        return [self.limits] if isinstance(self.limits, tuple) else list(self.limits.values())

    @property
    def method(self) -> Method:
        """How the figures of this layer come to be at their native level."""
        return {
            ToUnit.INHERIT: Method.INHERITED,
            ToUnit.ZONAL_MEAN: Method.ZONAL,
            ToUnit.MODEL: Method.MODELLED,
        }.get(self.to_unit, Method.OBSERVED)

    def limits_at(self, level: AdminLevel) -> Limits:
        """Return the frozen limits at a level.

        Parameters
        ----------
        level : AdminLevel
            Level of the units that are normalised.

        Returns
        -------
        tuple of float
            (min, max) in the layer's unit.

        Raises
        ------
        DeclarationError
            Where the layer declares none: it cannot enter a score.
        """
        if isinstance(self.limits, tuple):
            return self.limits
        if self.limits is None or level not in self.limits:
            raise DeclarationError(
                f"layer {self.id} has no frozen limits for {level}, so it cannot enter a score"
            )
        return self.limits[level]


@dataclass(frozen=True, kw_only=True)
class Office:
    """A place where the mission works."""

    id: str
    name: str
    kind: str
    """head, suboffice or liaison."""
    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class CountryProfile:
    """What is particular to a country: its codes, borders, projection and offices."""

    id: str
    pcode_prefix: str
    area_crs: str
    """Equal-area reference system for areas."""
    box: tuple[float, float, float, float]
    """West, south, east, north; coordinates outside are errors."""
    languages: tuple[str, ...]
    boundaries: str
    """Id of the source of the finest units."""
    names: str
    """Id of the source that spells the names officially."""
    neighbours: str
    inset_regions: tuple[str, ...] = ()
    """Regions shown in an inset, since their units are too small to be seen."""
    inset_box: tuple[float, float, float, float] | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Everything that is declared, by id, in the order in which it is shown."""

    sources: Mapping[str, SourceSpec] = field(default_factory=dict)
    layers: Mapping[str, LayerSpec] = field(default_factory=dict)

    @classmethod
    def of(cls, *, sources: tuple[SourceSpec, ...], layers: tuple[LayerSpec, ...]) -> "Catalogue":
        """Make a catalogue from explicit tuples and check that its names resolve.

        Parameters
        ----------
        sources, layers : tuple
            The declarations, in display order.

        Returns
        -------
        Catalogue
            With read-only mappings.

        Raises
        ------
        DeclarationError
            On a repeated id or a name that nothing declares.
        """
        made = cls(
            sources=MappingProxyType(_by_id("source", sources)),
            layers=MappingProxyType(_by_id("layer", layers)),
        )
        for layer in layers:
            if layer.source:
                made.source(layer.source)
            if layer.published:
                made.source(layer.published.source)
            for other in layer.inputs:
                made.layer(other)
        return made

    def layer(self, layer_id: str) -> LayerSpec:
        """Return a declared layer, or say which ones are near its name."""
        if layer_id not in self.layers:
            raise UnknownIdError(f"no layer {layer_id!r}{nearest(layer_id, list(self.layers))}")
        return self.layers[layer_id]

    def source(self, source_id: str) -> SourceSpec:
        """Return a declared source, or say which ones are near its name."""
        if source_id not in self.sources:
            raise UnknownIdError(f"no source {source_id!r}{nearest(source_id, list(self.sources))}")
        return self.sources[source_id]

    def layers_on(self, source_id: str) -> tuple[str, ...]:
        """Return the layers that a source feeds, directly or through a model's inputs.

        Parameters
        ----------
        source_id : str
            A declared source.

        Returns
        -------
        tuple of str
            Ids in display order; what the map loses where the source cannot be had.
        """
        fed: set[str] = set()
        for _ in self.layers:
            before = len(fed)
            for layer in self.layers.values():
                published = layer.published.source if layer.published else None
                if source_id in (layer.source, published) or fed.intersection(layer.inputs):
                    fed.add(layer.id)
            if len(fed) == before:
                break
        return tuple(layer_id for layer_id in self.layers if layer_id in fed)

    def with_layers(self, *layers: LayerSpec) -> "Catalogue":
        """Return a new catalogue with more layers at the end."""
        return Catalogue.of(
            sources=tuple(self.sources.values()), layers=(*self.layers.values(), *layers)
        )


def _by_id(kind: str, specs: tuple[_Spec, ...]) -> dict[str, _Spec]:
    found: dict[str, _Spec] = {}
    for spec in specs:
        if spec.id in found:
            raise DeclarationError(f"{kind} {spec.id!r} is declared twice")
        found[spec.id] = spec
    return found
