"""One column of the table of units, and the sectors that group columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from layers.errors import DeclarationError, Sentence
from layers.terms import (
    AdminLevel,
    Combine,
    Dimension,
    Direction,
    Method,
    MissingPolicy,
    Model,
    Sensitivity,
    ToUnit,
    Transform,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class Published:
    """Where a coarser published figure of the same layer stands."""

    source: str
    column: str


Limits = tuple[float, float]
_OF_PUBLISHED = (
    Model.RATIO,
    Model.DENSITY,
    Model.GROWTH,
    Model.TARGETED,
    Model.REACHED,
    Model.PARTNERS,
)
"""Models that only add or divide published figures: as firm as those are."""
Rows = tuple[tuple[str, tuple[str, ...]], ...]
"""Rows that hold one of the texts in each of the columns."""


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
    bands: tuple[int, ...] = (1,)
    """Of a raster, from 1; several are measured one by one and combined."""
    where: Rows = ()
    """Rows that count; of places, by the columns of ``Build.places``."""
    doubtful: Rows = ()
    """Rows whose unit is not sure: a unit that only they name has no figure."""
    complete: Rows = ()
    """With ZERO_WHERE_COMPLETE: a region is listed whole where all its rows that count are these."""
    words: tuple[tuple[str, float], ...] = ()
    """What published words mean as numbers, for instance BAJO."""
    factor: float = 1.0
    """What the published number is multiplied by to be in ``unit``."""
    model: Model | None = None
    inputs: tuple[str, ...] = ()
    """Layers that a model is computed from, in the order that the model names."""
    years: float | None = None
    """With GROWTH: years between its two inputs."""
    other_key: str | None = None
    """Layer that holds the key of a placement and more: what it has besides is another key,
    and the figure's range shows what it would give."""
    figure: str | None = None
    """Key of the national figure that a model spreads."""
    homes: str | None = None
    """Id of the source of the settlements from which distances are measured."""
    weight: str | None = None
    """Layer whose counts weigh the mean of a rate upward; the country's population if None.
    An index of migrants is weighed by migrants."""
    transform: Transform = Transform.LINEAR
    limits: Limits | Mapping[AdminLevel, Limits] | None = None
    """Frozen (min, max) of the normalisation; one pair for a rate, one per level for a count."""
    valid_range: Limits = (0.0, float("inf"))
    missing: MissingPolicy = MissingPolicy.UNKNOWN
    units_of: str | None = None
    """Where zeros are put: the source whose units are those of the time of this one."""
    min_coverage: float | None = None
    """Least share of the children's people that a coarser figure must rest on; all of them for
    a count and half of them for a rate if None."""
    breaks: tuple[float, ...] = ()
    """Inner class limits, at most five; none for counts, which are circles."""
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    """Sectors that enter a joint figure; one without a layer of its own is missing."""
    hazard: str | None = None
    """Id of a declared kind of hazard."""
    objectives: tuple[str, ...] = ()
    """Objectives of the results frame beyond those of its dimension, sectors and hazard."""
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    part_of: str | None = None
    """The count of which this one counts some of the people, so that both are masked together."""
    is_sum_of_parts: bool = False
    """Whether its parts are everybody that it counts."""
    share_of: str | None = None
    """Of a restricted percent of a source: the restricted count that it is a share of ``weight``
    of. The public edition computes it from the masked count, and tells no restricted rate of a
    source that names none."""
    published: Published | None = None
    """The figure of the regions, used where the finer source cannot be had."""

    def __post_init__(self) -> None:
        def refuse(why: Sentence) -> None:
            raise DeclarationError("layer {layer}: {why}", layer=self.id, why=why)

        is_model = self.to_unit is ToUnit.MODEL
        if (self.source is None) != is_model or (self.model is None) == is_model:
            refuse(Sentence("a layer has a source and columns, or is a model with inputs"))
        if (self.model is Model.GROWTH) != (self.years is not None and self.years > 0):
            refuse(Sentence("a growth needs the years that it took, and only it"))
        if len(self.breaks) > 5 or list(self.breaks) != sorted(set(self.breaks)):
            refuse(Sentence("breaks are at most five rising numbers"))
        if self.unit.is_extensive and isinstance(self.limits, tuple):
            refuse(Sentence("the limits of a count are declared per level"))
        self._check_missing(refuse)
        for low, high in self._limit_pairs():
            if not low < high:
                refuse(Sentence("limits {low} to {high} are empty", low=low, high=high))
        if not self.is_masked and (self.part_of or self.is_sum_of_parts):
            refuse(Sentence("parts and wholes that are masked together are restricted counts"))
        is_share = self.sensitivity is Sensitivity.RESTRICTED and not self.unit.is_extensive
        if self.share_of and not (is_share and self.source and self.weight):
            refuse(
                Sentence("a share of a masked count is a restricted rate with a source and weight")
            )

    def _check_missing(self, refuse: Callable[[Sentence], None]) -> None:
        if self.missing.puts_zeros != (self.units_of is not None):
            refuse(
                Sentence(
                    "a zero for what a source leaves out needs the units of its time, and only it"
                )
            )
        if (self.missing is MissingPolicy.ZERO_WHERE_COMPLETE) != bool(self.complete):
            refuse(
                Sentence("zeros where a list is complete need the rows that say so, and only they")
            )

    def _limit_pairs(self) -> list[Limits]:
        if self.limits is None:
            return []
        return [self.limits] if isinstance(self.limits, tuple) else list(self.limits.values())

    @property
    def is_masked(self) -> bool:
        """True for counts that the public edition does not show where they are small."""
        return self.sensitivity is Sensitivity.RESTRICTED and self.unit.is_extensive

    @property
    def is_made_at_each_level(self) -> bool:
        """True for rates and indices of other layers: recomputed, never averaged upward.

        A component or category of INFORM is the mean of what people find where they live.
        """
        is_mean_of_people = self.unit.is_extensive or self.model is Model.INDEX_MEAN
        return self.to_unit is ToUnit.MODEL and not is_mean_of_people

    @property
    def is_index(self) -> bool:
        """True for the indices of INFORM's tree, from component to risk."""
        return self.model is not None and self.model.is_index

    @property
    def method(self) -> Method:
        """How the figures of this layer come to be at their native level."""
        if self.to_unit is ToUnit.POINTS_WITHIN:
            return Method.OBSERVED
        if self.to_unit.is_overlaid or self.to_unit in (
            ToUnit.ZONAL_MEAN,
            ToUnit.ZONAL_SUM,
            ToUnit.ZONAL_SLOPE,
        ):
            return Method.ZONAL
        is_distance = self.to_unit is ToUnit.NEAREST_PLACE
        if self.to_unit.is_measured or self.combine.is_modelled or is_distance:
            return Method.MODELLED
        if self.to_unit is not ToUnit.MODEL or self.model in _OF_PUBLISHED:
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
                "layer {layer} has no frozen limits for {level}, so it cannot enter a score",
                layer=self.id,
                level=level,
            )
        return self.limits[level]


@dataclass(frozen=True, kw_only=True)
class SectorSpec:
    """A sector of the response."""

    id: str
    deficit: str | None
    """Layer of residents that places its needs; None where people alone place them."""
    part_of: str | None = None
    """For an area of responsibility: the sector that answers for it. Shown, it never enters."""
    objectives: tuple[str, ...] = ()
    """Objectives of the results frame that every layer about it serves."""
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
