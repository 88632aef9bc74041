"""One layer of the tables as a step: made from what it looks at, and from nothing else."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Protocol, TypeVar

from layers.spec import LayerSpec
from layers.table.gaps import NO_REPORTS
from layers.table.inputs import seen_by
from layers.table.maker import Maker, Part

Made = TypeVar("Made")


class Remember(Protocol):
    """Returns what a step of a name made of the same inputs before, or makes it."""

    def __call__(self, name: str, inputs: tuple[object, ...], make: Callable[[], Made]) -> Made: ...


def always(name: str, inputs: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """Make a step each time."""
    return make()


class LayerStep:
    """Adds layers to the tables in the making, each from what it looks at alone.

    A layer is made by a maker that holds the layers below it and no others, so that one that
    looked further would fail, and could not be remembered for the wrong inputs.
    """

    def __init__(self, maker: Maker, remember: Remember) -> None:
        self.maker = maker
        self.remember = remember
        self._made: dict[str, Part] = {}

    def add(self, layer: LayerSpec) -> None:
        """Make a layer, or remember it, and put it into the tables."""
        alone = self._maker_of(layer)
        ground, below = alone.ground, alone.values[alone.levels[0]]
        inputs = (
            layer,
            ground.area_km2,
            ground.national,
            ground.controls,
            ground.population,
            list(below),
            [self._made[name] for name in below],
            list(alone.figures.values()),
            ground.loaded,
            ground.loaded_sources,
            ground.phase_limits,
            None if ground.reports is NO_REPORTS else ground.reports.rows,
        )

        def made() -> Part:
            alone.add(layer)
            return alone.part(layer.id)

        part = self._made[layer.id] = self.remember("tables", inputs, made)
        self.maker.put_part(layer.id, part)

    def _maker_of(self, layer: LayerSpec) -> Maker:
        """Return a maker that holds what a layer may look at."""
        whole, ground = self.maker, self.maker.ground
        seen = seen_by(layer, whole.catalogue, ground.phase_limits)
        sectors = {whole.catalogue.layer(name).sector for name in seen}
        is_of_activity = bool(layer.model and layer.model.is_of_activity)
        alone = Maker(
            {place: one for place, one in whole.figures.items() if place[0] == layer.id},
            replace(
                ground,
                loaded=_only(ground.loaded, seen),
                loaded_sources=_only(ground.loaded_sources, seen),
                phase_limits=_only(ground.phase_limits, sectors),
                reports=ground.reports if is_of_activity else NO_REPORTS,
            ),
            whole.catalogue,
        )
        alone.groups = whole.groups
        weighed = (*seen, *layer.inputs, layer.weight or ground.population)
        for name in dict.fromkeys(weighed):
            if name in self._made:
                alone.put_part(name, self._made[name])
        return alone


def _only(found: Mapping[str, Made], names: Collection[str | None]) -> dict[str, Made]:
    return {name: one for name, one in found.items() if name in names}
