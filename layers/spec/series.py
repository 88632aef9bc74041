"""Figures of one kind over time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from layers.errors import DeclarationError
from layers.spec.layer import LayerSpec
from layers.terms import AdminLevel, Combine, Period, Sensitivity


@dataclass(frozen=True, kw_only=True)
class SeriesSpec:
    """Figures of one kind over time; its words are ``series.<id>``.

    A series is no column of the table of units: it cannot be weighed or painted.
    """

    id: str
    period: Period
    layer: LayerSpec
    """Source, unit, native level and way to the units of every one of its figures. Its columns
    or bands are those of the times, one each, unless the rows say their time."""
    times: tuple[int, ...]
    """Years, or months from 1, in their order."""
    time_column: str | None = None
    """Column in which a row says its time."""

    def __post_init__(self) -> None:
        layer = self.layer
        if layer.source is None:
            raise DeclarationError(
                "series {series} has no source; give its layer one", series=self.id
            )
        if layer.sensitivity is Sensitivity.RESTRICTED:
            raise DeclarationError(
                "series {series} has counts that the public edition masks, and a series is "
                "never masked: leave it out",
                series=self.id,
            )
        if layer.unit.is_extensive and layer.native_level is not AdminLevel.REGION:
            raise DeclarationError(
                "series {series} counts below the region; its sums upward are not made: "
                "declare a rate",
                series=self.id,
            )
        parts = layer.bands if layer.to_unit.is_zonal else layer.columns
        if self.time_column is None and len(parts) != len(self.times):
            raise DeclarationError(
                "series {series} has {times} times and {parts} columns or bands; give one each",
                series=self.id,
                times=len(self.times),
                parts=len(parts),
            )

    def figures(self) -> Iterator[tuple[int, LayerSpec]]:
        """Yield each time and how its figure is read from rows."""
        for place, time in enumerate(self.times):
            yield time, self._at(place, time)

    def _at(self, place: int, time: int) -> LayerSpec:
        if self.time_column is None:
            columns = (self.layer.columns[place],)
            return replace(self.layer, columns=columns, combine=Combine.MEAN)
        where = tuple(one for one in self.layer.where if one[0] != self.time_column)
        return replace(self.layer, where=(*where, (self.time_column, (str(time),))))
