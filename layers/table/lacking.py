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
    """Sources that were asked for and could not be had."""
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
        for reason, units in _by_reason(layer, level, tables, catalogue, had).items()
    )


def _by_reason(
    layer: LayerSpec,
    level: AdminLevel,
    tables: Mapping[AdminLevel, pd.DataFrame],
    catalogue: Catalogue,
    had: Had,
) -> dict[Lacking, list[str]]:
    column = tables[level][layer.id]
    missing = [str(code) for code in column.index[column.isna()]]
    if not missing:
        return {}
    of_all = _reason_of_all(layer, level, set(tables), catalogue, had)
    if of_all:
        return {of_all: missing}
    people = tables[level][had.population]
    newer = set(people.index[people.isna()]) if people.notna().any() else set()
    found: dict[Lacking, list[str]] = {}
    for unit in missing:
        found.setdefault(_reason(layer, level, unit, had, newer), []).append(unit)
    return found


def _reason_of_all(
    layer: LayerSpec,
    level: AdminLevel,
    levels: Collection[AdminLevel],
    catalogue: Catalogue,
    had: Had,
) -> Lacking | None:
    """Return the reason that holds for every unit of a level, if there is one."""
    if set(had.lost) & set(sources_behind(layer, catalogue, {}, had.figures, frozenset())):
        return Lacking.NO_SOURCE
    if level.digits > layer.native_level.digits and layer.unit.is_extensive:
        return Lacking.COARSER_ONLY
    if layer.to_unit is not ToUnit.MODEL and layer.native_level not in levels:
        return Lacking.FINER_ONLY
    return None


def _reason(
    layer: LayerSpec, level: AdminLevel, unit: str, had: Had, newer: Collection[str]
) -> Lacking:
    if layer.model and layer.model.is_of_activity:
        return Lacking.NO_REPORT
    if layer.to_unit is ToUnit.MODEL:
        return Lacking.NEWER if unit in newer else Lacking.NO_INPUT
    if level.digits < layer.native_level.digits:
        return Lacking.TOO_LITTLE_KNOWN
    rows = layer.units_of if layer.missing is MissingPolicy.ZERO else layer.source
    if unit not in had.without.get(rows or "", ()):
        return Lacking.NO_FIGURE
    return Lacking.NEWER if unit in newer else Lacking.NO_ROW
