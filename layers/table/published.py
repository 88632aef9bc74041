"""Where in its file a published figure stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from layers.spec import LayerSpec, SourceSpec
from layers.table.step import Record


@dataclass(frozen=True)
class Rows:
    """What the codes of a source went through."""

    published: Mapping[str, str] = field(default_factory=dict)
    """From the code of a unit to the code as the file has it, where they differ."""
    without: Collection[str] = ()
    """Units that the file has no row for."""
    is_lost: bool = False
    """True where the file could not be had."""


def record_of(layer: LayerSpec, source: SourceSpec, unit: str, rows: Rows) -> Record:
    """Return row and columns of a figure in the file of its source.

    Parameters
    ----------
    layer : LayerSpec
        Declares the columns.
    source : SourceSpec
        The source, which may be that of the published figures of regions.
    unit : str
        Code of the unit.
    rows : Rows
        What the codes of the source went through.

    Returns
    -------
    Record
        Without columns where a row alone says it.
    """
    if layer.published and source.id == layer.published.source and source.id != layer.source:
        return Record(source=source.id, row=unit, columns=(layer.published.column,))
    return Record(
        source=source.id,
        row=rows.published.get(unit, unit),
        columns=layer.columns,
        where=layer.where,
    )
