"""What rests on a source or on data that are awaited: units with a figure, and ranks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layers.spec import Catalogue
from layers.table.units import UnitTable


@dataclass(frozen=True)
class Stake:
    """What new data of some layers would touch at one level."""

    units: int
    """Units that have no figure of their own of at least one of the layers."""
    of: int
    """Units of the level."""
    weight: float
    """Share of the score's weight that rests on the layers, 0 to 100."""


def stake_of(
    table: UnitTable, catalogue: Catalogue, layers: Iterable[str], weights: Mapping[str, float]
) -> Stake:
    """Say how many units lack a figure of their own, and how much of the score would move.

    Parameters
    ----------
    table : UnitTable
        A level of a build.
    catalogue : Catalogue
        Declares inputs of layers.
    layers : iterable of str
        What would be fed; one that the build has not is lacking everywhere.
    weights : mapping
        Weights of the scenario.

    Returns
    -------
    Stake
        Of the level of the table.
    """
    fed = list(layers)
    made = [layer for layer in fed if layer in table.methods]
    lacks = ~table.is_own[made].to_numpy(dtype=bool).all(axis=1) | (len(made) < len(fed))
    behind = layers_above(catalogue, fed)
    total = sum(weights.values())
    moved = sum(weight for layer, weight in weights.items() if layer in behind)
    return Stake(int(lacks.sum()), len(lacks), 100.0 * moved / total if total else 0.0)


def layers_above(catalogue: Catalogue, layers: Iterable[str]) -> set[str]:
    """Return some layers and all that are computed from them."""
    found = set(layers)
    for layer in catalogue.layers.values():
        # Inputs are declared before what uses them: one pass is enough.
        if found.intersection(layer.inputs):
            found.add(layer.id)
    return found


def coverage_of_sources(table: UnitTable, catalogue: Catalogue) -> dict[str, float]:
    """Return the share of the units of a level for which each source gives some figure.

    Parameters
    ----------
    table : UnitTable
        A level of a build.
    catalogue : Catalogue
        Declares which layers are read from which source.

    Returns
    -------
    dict
        0 to 100 by source: of the layers that are read from it where there are such, else of
        those that are computed with it.
    """
    direct: dict[str, list[str]] = {}
    with_it: dict[str, list[str]] = {}
    for layer, sources in table.sources.items():
        for source in sources:
            with_it.setdefault(source, []).append(layer)
            if catalogue.layer(layer).source == source:
                direct.setdefault(source, []).append(layer)
    return {
        source: 100.0 * float(table.values[direct.get(source, layers)].notna().any(axis=1).mean())
        for source, layers in with_it.items()
    }
