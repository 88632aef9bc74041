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
    Combine,
    Dimension,
    Direction,
    Discrepancy,
    Licence,
    Method,
    MissingPolicy,
    Model,
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
    units: str | None = None
    """Vintage of the districts that the file speaks of: the id of a Vintage of the country, or
    its ``units_now``. None for files without districts."""
    joint_codes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Codes that the file invented for several units together, and those units."""

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
    native_level: AdminLevel = AdminLevel.DISTRICT
    """The finest level at which the figure exists; finer units inherit a rate."""
    to_unit: ToUnit = ToUnit.AS_IS
    source: str | None = None
    """Id of the SourceSpec; None for a model, whose sources are those of its inputs."""
    columns: tuple[str, ...] = ()
    combine: Combine = Combine.MEAN
    """How several columns become one figure."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Rows that count: (column, accepted texts)."""
    words: tuple[tuple[str, float], ...] = ()
    """What published words mean as numbers, for instance BAJO."""
    factor: float = 1.0
    """What the published number is multiplied by to be in ``unit``."""
    model: Model | None = None
    inputs: tuple[str, ...] = ()
    """Layers that a model is computed from, in the order that the model names."""
    other_key: str | None = None
    """Layer that holds the key of a placement and more: what it has besides is another key,
    and the figure's range shows what it would give."""
    figure: str | None = None
    """Key of the national figure that a model spreads."""
    weight: str | None = None
    """Layer whose counts weigh the mean of a rate upward; the country's population if None."""
    transform: Transform = Transform.LINEAR
    limits: Limits | Mapping[AdminLevel, Limits] | None = None
    """Frozen (min, max) of the normalisation; one pair for a rate, one per level for a count."""
    valid_range: Limits = (0.0, float("inf"))
    missing: MissingPolicy = MissingPolicy.UNKNOWN
    units_of: str | None = None
    """With ZERO: the source whose units are those of the time of this one."""
    min_coverage: float | None = None
    """Least share of the children's people that a coarser figure must rest on; all of them for
    a count and half of them for a rate if None."""
    breaks: tuple[float, ...] = ()
    """Inner class limits, at most five; none for counts, which are circles."""
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    """Sectors that enter a joint figure; one without a layer of its own is missing."""
    hazard: str | None = None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    published: Published | None = None
    """The figure of the regions, used where the finer source cannot be had."""

    def __post_init__(self) -> None:
        def refuse(why: str) -> None:
            raise DeclarationError(f"layer {self.id}: {why}")

        is_model = self.to_unit is ToUnit.MODEL
        if (self.source is None) != is_model or (self.model is None) == is_model:
            refuse("a layer has a source and columns, or is a model with inputs")
        if len(self.breaks) > 5 or list(self.breaks) != sorted(set(self.breaks)):
            refuse("breaks are at most five rising numbers")
        if self.unit.is_extensive and isinstance(self.limits, tuple):
            refuse("the limits of a count are declared per level")
        if (self.missing is MissingPolicy.ZERO) != (self.units_of is not None):
            refuse("a zero for what a source leaves out needs the units of its time, and only it")
        for low, high in self._limit_pairs():
            if not low < high:
                refuse(f"limits {low} to {high} are empty")

    def _limit_pairs(self) -> list[Limits]:
        if self.limits is None:
            return []
        return [self.limits] if isinstance(self.limits, tuple) else list(self.limits.values())

    @property
    def is_made_at_each_level(self) -> bool:
        """True for rates and indices of other layers: recomputed, never averaged upward."""
        return self.to_unit is ToUnit.MODEL and not self.unit.is_extensive

    @property
    def method(self) -> Method:
        """How the figures of this layer come to be at their native level."""
        if self.to_unit in (ToUnit.ZONAL_MEAN, ToUnit.ZONAL_SLOPE):
            return Method.ZONAL
        if self.to_unit.is_measured:
            return Method.MODELLED
        if self.to_unit is not ToUnit.MODEL or self.model in (Model.RATIO, Model.DENSITY):
            return Method.OBSERVED
        return Method.MODELLED

    @property
    def coverage_needed(self) -> float:
        """Least share of the children's people that a figure of a coarser level rests on."""
        if self.min_coverage is not None:
            return self.min_coverage
        return 1.0 if self.unit.is_extensive else 0.5

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
            raise DeclarationError(f"total of {self.layer}: give a value or a figure")


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


@dataclass(frozen=True, kw_only=True)
class SectorSpec:
    """A sector of the response."""

    id: str
    deficit: str | None
    """Layer of residents that places its needs; None where people alone place them."""
    part_of: str | None = None
    """For an area of responsibility: the sector that answers for it. Shown, it never enters."""
    headers: tuple[str, ...] = ()
    """Other words that head its column in a file, lower case and without accents."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The sectors of one coordination platform. Two vocabularies never meet in one figure."""

    id: str
    sectors: tuple[SectorSpec, ...]

    @property
    def entering(self) -> tuple[str, ...]:
        """Sectors that enter joint figures, in display order."""
        return tuple(sector.id for sector in self.sectors if sector.part_of is None)

    @property
    def shown_only(self) -> tuple[str, ...]:
        """Areas of responsibility, shown beside their sector and never entering."""
        return tuple(sector.id for sector in self.sectors if sector.part_of is not None)

    def switched_to(self, other: "Vocabulary") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which sectors enter and which leave when a reader switches to another one."""
        enter = tuple(name for name in other.entering if name not in self.entering)
        leave = tuple(name for name in self.entering if name not in other.entering)
        return enter, leave


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
class Vintage:
    """An older set of units, and what became of it."""

    id: str
    """Year of the set, as ``SourceSpec.units`` names it."""
    created: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    """Units that are newer: (code, ((parent in this set, share of the new unit's ground), ...))."""
    renumbered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Units that bear other codes now: (code in this set, codes now)."""
    boundaries: str | None = None
    """Id of the source of the borders of that time, over which parents are found."""


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
    coarse_boundaries: str
    """Id of the source of the regions, for a machine without the finest units."""
    donor_boundaries: tuple[str, ...] = ()
    """Other vintages of the finest units, best first, that give a unit its boundary where the
    published one is broken."""
    official_areas: tuple[str, str] | None = None
    """Source and column of the official areas of the finest units, in km²."""
    lakes: str | None = None
    """Id of the source of lakes, which tell a gap that is water from one that is an error."""
    names: str
    """Id of the source that spells the names officially."""
    spelling: tuple[tuple[str, str], ...] = ()
    """Words that the source of the names misspells, and how they are written."""
    population: str
    """Layer of the people whose shares weigh means upward."""
    figures: str | None = None
    """Id of the source of national figures by key."""
    phase_limits: str | None = None
    """Path inside the starter pack of the limits of severity; the same path in the store,
    where there is such a file, goes first."""
    controls: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Keys of the figures that migrants are spread from: the country (no regions), then groups
    of regions with a figure of their own, taken out of it."""
    vintages: tuple[Vintage, ...] = ()
    """Older sets of units, oldest first."""
    units_now: str = ""
    """Year of the present set."""
    settlements: str | None = None
    """Id of the source of settlements with people, by which divided units are divided."""
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
        _check_order(made)
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

    def with_sources(self, *sources: SourceSpec) -> "Catalogue":
        """Return a new catalogue with more sources at the end; the same one twice counts once."""
        new = [spec for spec in sources if self.sources.get(spec.id) != spec]
        return Catalogue.of(
            sources=(*self.sources.values(), *new), layers=tuple(self.layers.values())
        )

    def with_layers(self, *layers: LayerSpec) -> "Catalogue":
        """Return a new catalogue with more layers at the end."""
        return Catalogue.of(
            sources=tuple(self.sources.values()), layers=(*self.layers.values(), *layers)
        )


def _check_order(catalogue: Catalogue) -> None:
    """Refuse a layer that stands before one that it is made from or weighed by."""
    seen: set[str] = set()
    for layer in catalogue.layers.values():
        for other in (*layer.inputs, *filter(None, (layer.weight, layer.other_key))):
            catalogue.layer(other)
            if other not in seen:
                raise DeclarationError(f"layer {layer.id} needs {other}; declare that one first")
        seen.add(layer.id)


def _by_id(kind: str, specs: tuple[_Spec, ...]) -> dict[str, _Spec]:
    found: dict[str, _Spec] = {}
    for spec in specs:
        if spec.id in found:
            raise DeclarationError(f"{kind} {spec.id!r} is declared twice")
        found[spec.id] = spec
    return found
