"""What each column of an exported file is, and whose."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from geoapp.exports.tags import tag_beside, tag_of, tag_of_layer
from geoapp.words import say, words
from layers.spec import Catalogue, CountryProfile, LayerSpec
from layers.table.units import UnitTable
from layers.terms import AdminLevel, Method, Sensitivity, Unit

_LANGUAGE = "es"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, as the dictionary of a file describes it."""

    name: str
    title: str
    unit: str
    sources: tuple[str, ...] = ()
    is_derived: bool = False
    """True where it is computed from several sources and so stays when one of them may not."""
    method: str = ""
    note: str = ""
    tag: str = ""
    """What it is in the Humanitarian Exchange Language."""
    is_beside: bool = False
    """True where it tells of the column before it."""

    def closed(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Return the sources that keep the column from being passed on."""
        return () if self.is_derived else closed_among(self.sources, catalogue)


def closed_among(sources: Iterable[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the sources that no stated licence lets pass on: the one rule of every export."""
    return tuple(name for name in sources if not catalogue.source(name).redistributable)


def columns_of(
    table: UnitTable, catalogue: Catalogue, country: CountryProfile, weighed: Iterable[str]
) -> tuple[Column, ...]:
    """Describe the columns of a level in the order of the file, the geometry last.

    Parameters
    ----------
    table : UnitTable
        The level.
    catalogue : Catalogue
        Declares layers and sources.
    country : CountryProfile
        Names the sources of boundaries and names.
    weighed : iterable of str
        Layers that the score is computed from.

    Returns
    -------
    tuple of Column
        Those that may not be passed on included.
    """
    scored = _each_once(sources_of(layer, table, catalogue) for layer in weighed)
    named = ["reniec", "name", *parents_of(table.level)]
    fixed = partial(_fixed, table.level)
    layers = [
        column
        for layer in table.sources
        for column in (
            *_layer(layer, table, catalogue),
            *_ranges(layer, table, catalogue),
        )
    ]
    return (
        fixed("ubigeo", "text", note="ubigeo"),
        fixed("pcode", "text"),
        *(
            fixed(name, "text", country.names, note="reniec" if name == "reniec" else "")
            for name in named
        ),
        fixed("area_km2", "km2", country.boundaries, is_derived=True),
        fixed("rank", "rank", *scored, note="rank", is_derived=True),
        fixed("score", "index_0_100", *scored, note="score", is_derived=True),
        fixed("low", "index_0_100", *scored, note="range", is_derived=True),
        fixed("high", "index_0_100", *scored, note="range", is_derived=True),
        fixed("confidence", "index_0_1", *scored, note="confidence", is_derived=True),
        *layers,
        fixed("geometry", "degrees", country.boundaries),
    )


def parents_of(level: AdminLevel) -> tuple[str, ...]:
    """Return the names of the coarser levels, the nearest first."""
    return (level.parent.value, *parents_of(level.parent)) if level.parent else ()


def sources_of(layer: str, table: UnitTable, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the sources that a layer stands on; those of its inputs for a model.

    Parameters
    ----------
    layer : str
        A declared layer.
    table : UnitTable
        Knows which source the figures of its level stand in.
    catalogue : Catalogue
        Declares the inputs.

    Returns
    -------
    tuple of str
        Ids, each once.
    """
    spec = catalogue.layer(layer)
    known: str | tuple[str, ...] = table.sources.get(layer) or spec.source or ()
    if known:
        return (known,) if isinstance(known, str) else known
    return _each_once(sources_of(other, table, catalogue) for other in spec.inputs)


def is_open(layer: str, table: UnitTable, catalogue: Catalogue) -> bool:
    """Return whether the figures of a layer may be passed on.

    Parameters
    ----------
    layer : str
        A declared layer.
    table : UnitTable
        Knows which source the figures of its level stand in.
    catalogue : Catalogue
        Declares layers and sources.

    Returns
    -------
    bool
        As the column of the layer in a file.
    """
    sources = sources_of(layer, table, catalogue)
    return _is_derived(catalogue.layer(layer), sources, catalogue) or all(
        catalogue.source(name).redistributable for name in sources
    )


def _is_derived(layer: LayerSpec, sources: tuple[str, ...], catalogue: Catalogue) -> bool:
    # A ratio of published figures is observed: it gives them back, so it does not count.
    # A figure that a planner may not pass on could be read back from what is computed of it.
    is_closed = any(
        catalogue.source(name).is_loaded and not catalogue.source(name).redistributable
        for name in sources
    )
    return layer.method is Method.MODELLED and not is_closed


def _each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for group in groups for source in group))


def _fixed(
    level: AdminLevel,
    name: str,
    unit: str,
    *sources: str,
    note: str = "",
    is_derived: bool = False,
) -> Column:
    units = words(_LANGUAGE)
    return Column(
        name=name,
        title=say(f"export.column.{name}", _LANGUAGE),
        unit=units.get(f"export.unit.{unit}") or units[f"unit.{unit}"],
        sources=sources,
        is_derived=is_derived,
        note=say(f"export.note.{note}", _LANGUAGE) if note else "",
        tag=tag_of(name, level),
    )


def _layer(layer: str, table: UnitTable, catalogue: Catalogue) -> tuple[Column, Column, Column]:
    spec = catalogue.layer(layer)
    known = words(_LANGUAGE)
    # A layer without words (a toy, a layer of a user) is called by its id.
    title = known.get(f"layer.{layer}.title", layer)
    notes = [known.get(f"layer.{layer}.description", "")]
    if spec.sensitivity is Sensitivity.RESTRICTED:
        notes.append(known["export.note.restricted"])
    counts = table.methods[layer].value_counts().sort_index()
    sources = sources_of(layer, table, catalogue)
    is_model = _is_derived(spec, sources, catalogue)
    figures = Column(
        name=layer,
        title=title,
        unit=known[f"unit.{spec.unit}"],
        sources=sources,
        is_derived=is_model,
        method="; ".join(f"{known[f'method.{method}']}: {n}" for method, n in counts.items()),
        note=" ".join(filter(None, notes)),
        tag=tag_of_layer(spec),
    )
    method = Column(
        name=f"{layer}_method",
        title=say("export.column.method", _LANGUAGE, title=title),
        unit=known["export.unit.text"],
        sources=sources,
        is_derived=is_model,
        method="; ".join(f"{method} = {known[f'method.{method}']}" for method in counts.index),
        tag=tag_beside(spec, "method"),
        is_beside=True,
    )
    confidence = Column(
        name=f"{layer}_confidence",
        title=say("export.column.cell_confidence", _LANGUAGE, title=title),
        unit=known[f"unit.{Unit.INDEX_0_1}"],
        sources=sources,
        is_derived=is_model,
        note=known["export.note.confidence"],
        tag=tag_beside(spec, "confidence"),
        is_beside=True,
    )
    return figures, method, confidence


def _ranges(layer: str, table: UnitTable, catalogue: Catalogue) -> tuple[Column, ...]:
    """Return the column of the counts of which the public edition tells only the ends."""
    if not (table.masked["layer"] == layer).any():
        return ()
    known = words(_LANGUAGE)
    spec = catalogue.layer(layer)
    return (
        Column(
            name=f"{layer}_range",
            title=say(
                "export.column.range", _LANGUAGE, title=known.get(f"layer.{layer}.title", layer)
            ),
            unit=known[f"unit.{spec.unit}"],
            sources=sources_of(layer, table, catalogue),
            note=known["export.note.masked"],
            tag=tag_beside(spec, "range"),
            is_beside=True,
        ),
    )
