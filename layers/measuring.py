"""Rasters, maps and earthquakes measured while this process reads tables."""

from concurrent.futures import Executor, Future
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.reading import Reader
from layers.sources.locate import Places
from layers.spec import LayerSpec, SeriesSpec, SourceSpec
from layers.workers import HERE, Units, Workers

if TYPE_CHECKING:
    from layers.measure import Measured

_Asked = tuple[LayerSpec | SeriesSpec, SourceSpec]


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
        self._begun: dict[tuple[type, str], tuple[Future[list[Any]], int]] = {}
        catalogue = reader.catalogue
        layers = [one for one in catalogue.layers.values() if self.is_measured(one)]
        series = [one for one in catalogue.series.values() if one.layer.to_unit.is_zonal]
        # Figures are waited for before series are.
        for step, some in (("measured", layers), ("times", series)):
            self._begin(step, some, beside)

    def _begin(self, step: str, some: list[LayerSpec] | list[SeriesSpec], beside: Executor) -> None:
        reader = self._reader
        lacking: list[_Asked] = [
            (one, reader.catalogue.source(_source_of(one)))
            for one in some
            if not reader.has(step, *self.rests_on(one))
        ]
        if not lacking or reader.workers.count > 1:
            return
        do = partial(_measure_all, lacking, reader.places)
        made = beside.submit(reader.workers.whole, do, self._units)
        self._begun |= {(type(one), one.id): (made, at) for at, (one, _) in enumerate(lacking)}

    def is_measured(self, layer: LayerSpec) -> bool:
        """Return whether a layer is measured under the units of this build."""
        level = next(iter(self._units))
        is_shaking = not (layer.to_unit.is_zonal or layer.to_unit.is_overlaid)
        # One point says nothing of the shaking of a whole region.
        return layer.to_unit.is_measured and not (is_shaking and level is not layer.native_level)

    def rests_on(self, one: LayerSpec | SeriesSpec) -> tuple[list[str], tuple[object, ...]]:
        """Return the sources of a layer or series, and all else that its measure depends on."""
        return [_source_of(one)], (one, self._reader.ground)

    def of(self, layer: LayerSpec) -> "Measured":
        """Return the figures of a layer, or raise why it has none."""
        made: Measured = self._made(layer)
        return made

    def times_of(self, series: SeriesSpec) -> "tuple[Measured, pd.DataFrame]":
        """Return the file of a series and its figures, a column a time, or raise why it has none."""
        made: tuple[Measured, pd.DataFrame] = self._made(series)
        return made

    def _made(self, one: LayerSpec | SeriesSpec) -> Any:
        begun = self._begun.get((type(one), one.id))
        if begun is None:
            reader = self._reader
            asked = one, reader.catalogue.source(_source_of(one))
            return _measure(asked, reader.places, self._units, reader.workers)
        future, at = begun
        made = future.result()[at]
        if isinstance(made, Exception):
            raise made
        return made


def _source_of(one: LayerSpec | SeriesSpec) -> str:
    return str(one.layer.source if isinstance(one, SeriesSpec) else one.source)


def _measure(asked: _Asked, places: Places, units: Units, workers: Workers = HERE) -> Any:
    # GDAL is loaded where a raster is measured.
    from layers.measure import measure, measure_times

    one, spec = asked
    finest = next(iter(units.values()))
    if isinstance(one, SeriesSpec):
        return measure_times(one, spec, places, finest, workers)
    return measure(one, spec, places, finest, workers)


def _measure_all(some: list[_Asked], places: Places, units: Units) -> list[Any]:
    """Return what is measured, or the error that says why it is not, one by one."""
    found: list[Any] = []
    for asked in some:
        try:
            found.append(_measure(asked, places, units))
        except (SourceUnavailableError, SourceDamagedError) as error:
            found.append(error)
    return found
