"""Everything that is declared, by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from layers.errors import DeclarationError, UnknownIdError, nearest
from layers.spec.layer import LayerSpec
from layers.spec.source import SourceSpec

_Spec = TypeVar("_Spec", SourceSpec, LayerSpec)


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
            if layer.homes:
                made.source(layer.homes)
            if layer.to_unit.is_of_places and made.source(str(layer.source)).points is None:
                raise DeclarationError(
                    f"layer {layer.id}: source {layer.source} declares no points"
                )
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
