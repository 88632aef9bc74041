"""Everything that is declared, by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from layers.errors import DeclarationError, Sentence, UnknownIdError, nearest
from layers.spec.frame import ResultsFrame, objectives_of, sectors_of
from layers.spec.hazard import HazardSpec
from layers.spec.layer import LayerSpec, SectorSpec
from layers.spec.series import SeriesSpec
from layers.spec.source import SourceSpec
from layers.terms import Model, ToUnit

_Spec = TypeVar("_Spec", SourceSpec, LayerSpec, SectorSpec, HazardSpec, SeriesSpec)


@dataclass(frozen=True)
class Catalogue:
    """Everything that is declared, by id, in the order in which it is shown."""

    sources: Mapping[str, SourceSpec] = field(default_factory=dict)
    layers: Mapping[str, LayerSpec] = field(default_factory=dict)
    sectors: Mapping[str, SectorSpec] = field(default_factory=dict)
    hazards: Mapping[str, HazardSpec] = field(default_factory=dict)
    series: Mapping[str, SeriesSpec] = field(default_factory=dict)
    frame: ResultsFrame | None = None
    """The results frame that layers serve; None where a catalogue has none."""

    @classmethod
    def of(
        cls,
        *,
        sources: tuple[SourceSpec, ...],
        layers: tuple[LayerSpec, ...],
        sectors: tuple[SectorSpec, ...] = (),
        hazards: tuple[HazardSpec, ...] = (),
        series: tuple[SeriesSpec, ...] = (),
        frame: ResultsFrame | None = None,
    ) -> "Catalogue":
        """Make a catalogue from explicit tuples and check that its names resolve.

        Parameters
        ----------
        sources, layers, sectors, hazards, series : tuple
            The declarations, in display order.
        frame : ResultsFrame, optional
            The results frame whose objectives they are tagged with.

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
            sources=MappingProxyType(_by_id(Sentence("source"), sources)),
            layers=MappingProxyType(_by_id(Sentence("layer"), layers)),
            sectors=MappingProxyType(_by_id(Sentence("sector"), sectors)),
            hazards=MappingProxyType(_by_id(Sentence("hazard"), hazards)),
            series=MappingProxyType(_by_id(Sentence("series"), series)),
            frame=frame,
        )
        for layer in layers:
            if layer.source:
                made.source(layer.source)
            if layer.published:
                made.source(layer.published.source)
            if layer.homes:
                made.source(layer.homes)
            if layer.to_unit.is_of_places and made.source(str(layer.source)).points is None:
                raise DeclarationError(
                    "layer {layer}: source {source} declares no points",
                    layer=layer.id,
                    source=layer.source,
                )
        for one in series:
            made.source(str(one.layer.source))
        _check_order(made)
        _check_kinds(made)
        _check_tags(made)
        return made

    def layer(self, layer_id: str) -> LayerSpec:
        """Return a declared layer, or say which ones are near its name."""
        if layer_id not in self.layers:
            raise UnknownIdError(
                "no layer {layer_id!r}{near}",
                layer_id=layer_id,
                near=nearest(layer_id, list(self.layers)),
            )
        return self.layers[layer_id]

    def of_kind(self, kind: Model | ToUnit, of: str | None = None) -> LayerSpec | None:
        """Return the first layer that is made in a way, so that nobody need know its id.

        Parameters
        ----------
        kind : Model or ToUnit
            The model, or the way from the source to the units.
        of : str, optional
            A layer that it must be made from.

        Returns
        -------
        LayerSpec or None
            None where none is declared.
        """
        for layer in self.layers.values():
            is_made_so = kind is layer.model or kind is layer.to_unit
            if is_made_so and (of is None or of in layer.inputs):
                return layer
        return None

    def source(self, source_id: str) -> SourceSpec:
        """Return a declared source, or say which ones are near its name."""
        if source_id not in self.sources:
            raise UnknownIdError(
                "no source {source_id!r}{near}",
                source_id=source_id,
                near=nearest(source_id, list(self.sources)),
            )
        return self.sources[source_id]

    def objectives_of(self, layer_id: str) -> tuple[str, ...]:
        """Return the objectives of the frame that a layer serves, in its order."""
        layer = self.layer(layer_id)
        if self.frame is None:
            return ()
        return objectives_of(layer, self.frame, self.sectors, self.hazards)

    def sectors_of(self, layer_id: str) -> tuple[str, ...]:
        """Return the declared sectors that a layer speaks of."""
        return sectors_of(self.layer(layer_id), self.sectors)

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
        return tuple(name for name, fed_by in self._feeds.items() if source_id in fed_by)

    @cached_property
    def _feeds(self) -> dict[str, frozenset[str]]:
        """By layer, in display order, the sources that feed it; no layer stands before its inputs."""
        found: dict[str, frozenset[str]] = {}
        for layer in self.layers.values():
            own = (layer.source, layer.published.source if layer.published else None)
            below = (found[name] for name in layer.inputs)
            found[layer.id] = frozenset(filter(None, own)).union(*below)
        return found

    def with_sources(self, *sources: SourceSpec) -> "Catalogue":
        """Return a new catalogue with more sources at the end; the same one twice counts once."""
        new = [spec for spec in sources if self.sources.get(spec.id) != spec]
        return self._with(sources=(*self.sources.values(), *new))

    def with_layers(self, *layers: LayerSpec) -> "Catalogue":
        """Return a new catalogue with more layers at the end."""
        return self._with(layers=(*self.layers.values(), *layers))

    def with_sectors(self, *sectors: SectorSpec) -> "Catalogue":
        """Return a new catalogue with more sectors at the end."""
        return self._with(sectors=(*self.sectors.values(), *sectors))

    def with_hazards(self, *hazards: HazardSpec) -> "Catalogue":
        """Return a new catalogue with more kinds of hazard at the end."""
        return self._with(hazards=(*self.hazards.values(), *hazards))

    def _with(
        self,
        sources: tuple[SourceSpec, ...] | None = None,
        layers: tuple[LayerSpec, ...] | None = None,
        sectors: tuple[SectorSpec, ...] | None = None,
        hazards: tuple[HazardSpec, ...] | None = None,
    ) -> "Catalogue":
        return Catalogue.of(
            sources=tuple(self.sources.values()) if sources is None else sources,
            layers=tuple(self.layers.values()) if layers is None else layers,
            sectors=tuple(self.sectors.values()) if sectors is None else sectors,
            hazards=tuple(self.hazards.values()) if hazards is None else hazards,
            series=tuple(self.series.values()),
            frame=self.frame,
        )


def _check_order(catalogue: Catalogue) -> None:
    """Refuse a layer that stands before one that it is made from or weighed by."""
    seen: set[str] = set()
    for layer in catalogue.layers.values():
        for other in (*layer.inputs, *filter(None, (layer.weight, layer.other_key))):
            catalogue.layer(other)
            if other not in seen:
                raise DeclarationError(
                    "layer {layer} needs {other}; declare that one first",
                    layer=layer.id,
                    other=other,
                )
        seen.add(layer.id)


def _check_kinds(catalogue: Catalogue) -> None:
    """Refuse a layer about a hazard or a sector that nothing declares."""
    for layer in catalogue.layers.values():
        if layer.hazard and layer.hazard not in catalogue.hazards:
            raise DeclarationError(
                "layer {layer} is about hazard {hazard!r}, which is not declared{near}; correct "
                'it or add HazardSpec(id="{hazard}", ...) to HAZARD_KINDS in '
                "layers/catalogue/hazard_kinds.py",
                layer=layer.id,
                hazard=layer.hazard,
                near=nearest(layer.hazard, list(catalogue.hazards)),
            )
        for sector in filter(None, (layer.sector, *layer.sectors)):
            if sector not in catalogue.sectors:
                raise DeclarationError(
                    "layer {layer} is about sector {sector!r}, which is not declared{near}; "
                    'correct it or add SectorSpec(id="{sector}", ...) to SECTORS in '
                    "layers/catalogue/sectors.py",
                    layer=layer.id,
                    sector=sector,
                    near=nearest(sector, list(catalogue.sectors)),
                )


def _check_tags(catalogue: Catalogue) -> None:
    """Refuse a tag that is no objective of the frame."""
    frame = catalogue.frame or ResultsFrame(id="none", pillars=())
    for kind, declared in (
        (Sentence("layer"), catalogue.layers),
        (Sentence("sector"), catalogue.sectors),
        (Sentence("hazard"), catalogue.hazards),
    ):
        for spec in declared.values():
            frame.check(Sentence("{kind} {id}", kind=kind, id=spec.id), spec.objectives)


def _by_id(kind: Sentence, specs: tuple[_Spec, ...]) -> dict[str, _Spec]:
    found: dict[str, _Spec] = {}
    for spec in specs:
        if spec.id in found:
            raise DeclarationError("{kind} {name!r} is declared twice", kind=kind, name=spec.id)
        found[spec.id] = spec
    return found
