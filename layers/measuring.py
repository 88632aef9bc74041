"""Rasters, maps and earthquakes measured while this process reads tables."""

from concurrent.futures import Executor
from functools import partial
from typing import TYPE_CHECKING

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.reading import Reader
from layers.sources.locate import Places
from layers.spec import LayerSpec, SourceSpec
from layers.workers import Units

if TYPE_CHECKING:
    from layers.measure import Measured


class Measuring:
    """Measures what no earlier build did, all at once and before anybody waits for it."""

    def __init__(self, reader: Reader, units: Units, beside: Executor) -> None:
        """Begin.

        Parameters
        ----------
        reader : Reader
            Knows the layers, the ground and who does the work.
        units : dict
            Units of each level of the build, finest first.
        beside : Executor
            Waits for it in the place of this thread.
        """
        self._reader = reader
        self._units = units
        lacking = [
            (layer, reader.catalogue.source(str(layer.source)))
            for layer in reader.catalogue.layers.values()
            if self.is_measured(layer) and not reader.has("measured", *self.rests_on(layer))
        ]
        self._begun = [layer.id for layer, _ in lacking] if reader.workers.count == 1 else []
        do = partial(_measure_all, lacking, reader.places)
        self._made = beside.submit(reader.workers.whole, do, units) if self._begun else None

    def is_measured(self, layer: LayerSpec) -> bool:
        """Return whether a layer is measured under the units of this build."""
        level = next(iter(self._units))
        is_shaking = not (layer.to_unit.is_zonal or layer.to_unit.is_overlaid)
        # One point says nothing of the shaking of a whole region.
        return layer.to_unit.is_measured and not (is_shaking and level is not layer.native_level)

    def rests_on(self, layer: LayerSpec) -> tuple[list[str], tuple[object, ...]]:
        """Return the sources of a layer, and all else that its figures depend on."""
        return [str(layer.source)], (layer, self._reader.ground)

    def of(self, layer: LayerSpec) -> "Measured":
        """Return the figures of a layer, or raise why it has none."""
        if self._made is not None and layer.id in self._begun:
            made = self._made.result()[self._begun.index(layer.id)]
            if isinstance(made, Exception):
                raise made
            return made
        # GDAL is loaded where a raster is measured.
        from layers.measure import measure

        reader, level = self._reader, next(iter(self._units))
        spec = reader.catalogue.source(str(layer.source))
        return measure(layer, spec, reader.places, self._units[level], reader.workers)


def _measure_all(
    some: list[tuple[LayerSpec, SourceSpec]], places: Places, units: Units
) -> "list[Measured | SourceUnavailableError | SourceDamagedError]":
    from layers.measure import measure

    found: list[Measured | SourceUnavailableError | SourceDamagedError] = []
    for layer, spec in some:
        try:
            found.append(measure(layer, spec, places, next(iter(units.values()))))
        except (SourceUnavailableError, SourceDamagedError) as error:
            found.append(error)
    return found
