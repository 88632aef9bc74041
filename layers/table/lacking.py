"""Which units have no figure of a layer, and why."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from layers.spec import Catalogue, LayerSpec
from layers.table.provenance import sources_behind
from layers.terms import AdminLevel, Lacking, MissingPolicy, ToUnit


@dataclass(frozen=True)
class Had:
    """What the sources of a build gave."""

    lost: Collection[str]
    """Sources that could not be had."""
    without: Mapping[str, Collection[str]]
    """By source, the units of its level that it has no row for."""
    population: str
    """Layer of the people; a unit without them is newer than their vintage."""
    figures: str | None
    """Source of the national figures."""


@dataclass(frozen=True)
class Lack:
    """Units of a level that lack a figure for one reason."""

    layer: str
    level: AdminLevel
    reason: Lacking
    units: tuple[str, ...]


def list_lacking(
    tables: Mapping[AdminLevel, pd.DataFrame], catalogue: Catalogue, had: Had
) -> tuple[Lack, ...]:
    """List the units that lack a figure, by layer, level and reason.

    Parameters
    ----------
    tables : Mapping
        Values by level, finest first.
    catalogue : Catalogue
        The layers.
    had : Had
        What the sources gave.

    Returns
    -------
    tuple of Lack
        In the order of the catalogue; nothing for a layer that is whole.
    """
    return tuple(
        Lack(layer.id, level, reason, tuple(sorted(units)))
        for layer in catalogue.layers.values()
        for level, values in tables.items()
        for reason, units in _by_reason(layer, level, values, catalogue, had).items()
    )


def _by_reason(
    layer: LayerSpec, level: AdminLevel, values: pd.DataFrame, catalogue: Catalogue, had: Had
) -> dict[Lacking, list[str]]:
    missing = values.index[values[layer.id].isna()]
    found: dict[Lacking, list[str]] = {}
    if missing.empty:
        return found
    people = values[had.population]
    newer = set(people.index[people.isna()]) if people.notna().any() else set()
    is_lost = bool(set(had.lost) & set(sources_behind(layer, catalogue, {}, had.figures)))
    for unit in missing:
        reason = Lacking.NO_SOURCE if is_lost else _reason(layer, level, str(unit), had, newer)
        found.setdefault(reason, []).append(str(unit))
    return found


def _reason(
    layer: LayerSpec, level: AdminLevel, unit: str, had: Had, newer: Collection[str]
) -> Lacking:
    if level.digits > layer.native_level.digits and layer.unit.is_extensive:
        return Lacking.COARSER_ONLY
    if layer.to_unit is ToUnit.MODEL:
        return Lacking.NEWER if unit in newer else Lacking.NO_INPUT
    if level.digits < layer.native_level.digits:
        return Lacking.TOO_LITTLE_KNOWN
    rows = layer.units_of if layer.missing is MissingPolicy.ZERO else layer.source
    if unit not in had.without.get(rows or "", ()):
        return Lacking.NO_FIGURE
    return Lacking.NEWER if unit in newer else Lacking.NO_ROW
