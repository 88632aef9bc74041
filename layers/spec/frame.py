"""The results frame of a strategy, and how a layer comes to its objectives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from layers.errors import DeclarationError, UnknownIdError, nearest
from layers.spec.hazard import HazardSpec
from layers.spec.layer import LayerSpec, SectorSpec
from layers.terms import Dimension


@dataclass(frozen=True, kw_only=True)
class Pillar:
    """A pillar: objectives, areas of work and the global goals that it serves as a whole."""

    id: str
    objectives: tuple[str, ...]
    areas: tuple[str, ...]
    """Areas of work, whose words are ``area.<id>``."""
    sdgs: tuple[int, ...]
    """Sustainable Development Goals of the pillar; the frame gives none by objective."""
    gcm: tuple[int, ...]
    """Objectives of the Global Compact for Migration of the pillar, likewise."""


@dataclass(frozen=True, kw_only=True)
class ResultsFrame:
    """The pillars of a strategy and what each dimension of layers serves."""

    id: str
    pillars: tuple[Pillar, ...]
    dimensions: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    """Objectives that every layer of a dimension serves."""

    def __post_init__(self) -> None:
        ids = self.objectives
        if len(set(ids)) < len(ids):
            raise DeclarationError(
                "frame {frame}: an objective stands in two pillars", frame=self.id
            )
        for dimension, tags in self.dimensions.items():
            self.check(f"dimension {dimension}", tags)

    @property
    def objectives(self) -> tuple[str, ...]:
        """Every objective, in order."""
        return tuple(name for pillar in self.pillars for name in pillar.objectives)

    def pillar_of(self, objective: str) -> Pillar:
        """Return the pillar of an objective, or say which objectives there are."""
        for pillar in self.pillars:
            if objective in pillar.objectives:
                return pillar
        known = list(self.objectives)
        raise UnknownIdError(
            "no objective {objective!r}{near}; there are {known}",
            objective=objective,
            near=nearest(objective, known),
            known=", ".join(known),
        )

    def check(self, whose: str, tags: tuple[str, ...]) -> None:
        """Refuse a tag that is no objective of the frame."""
        for tag in tags:
            if tag not in self.objectives:
                raise DeclarationError(
                    "{whose} is tagged with objective {tag!r}, which frame {frame} has not; it "
                    "has {known}",
                    whose=whose,
                    tag=tag,
                    frame=self.id,
                    known=", ".join(self.objectives),
                )

    def sdgs_of(self, objectives: tuple[str, ...]) -> tuple[int, ...]:
        """Return the Sustainable Development Goals of the pillars of some objectives."""
        return _rising(goal for name in objectives for goal in self.pillar_of(name).sdgs)

    def gcm_of(self, objectives: tuple[str, ...]) -> tuple[int, ...]:
        """Return the objectives of the Global Compact of the pillars of some objectives."""
        return _rising(goal for name in objectives for goal in self.pillar_of(name).gcm)


def sectors_of(layer: LayerSpec, sectors: Mapping[str, SectorSpec]) -> tuple[str, ...]:
    """Return the sectors that a layer speaks of.

    Parameters
    ----------
    layer : LayerSpec
        The layer.
    sectors : Mapping
        Declared sectors by id.

    Returns
    -------
    tuple of str
        Its own, those of a joint figure, and those whose needs it places as their deficit.
    """
    named = {layer.sector, *layer.sectors}
    return tuple(
        name for name, sector in sectors.items() if name in named or sector.deficit == layer.id
    )


def objectives_of(
    layer: LayerSpec,
    frame: ResultsFrame,
    sectors: Mapping[str, SectorSpec],
    hazards: Mapping[str, HazardSpec],
) -> tuple[str, ...]:
    """Return the objectives that a layer serves.

    Parameters
    ----------
    layer : LayerSpec
        The layer.
    frame : ResultsFrame
        The frame.
    sectors, hazards : Mapping
        What is declared, by id.

    Returns
    -------
    tuple of str
        Those of its dimension, sectors and hazard and its own, in the order of the frame.
    """
    tags = {*layer.objectives, *frame.dimensions.get(layer.dimension, ())}
    for name in sectors_of(layer, sectors):
        tags.update(sectors[name].objectives)
    if layer.hazard:
        tags.update(hazards[layer.hazard].objectives)
    return tuple(name for name in frame.objectives if name in tags)


def _rising(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))
