"""From the rows of a published table to one figure per unit."""

import pandas as pd

from layers.errors import SourceDamagedError
from layers.harmonise.admin import to_numbers
from layers.indicators.combine import combine
from layers.spec import LayerSpec, Rows, SourceSpec
from layers.terms import AdminLevel, ToUnit

_SHOWN = 10


def column_of(layer: LayerSpec, rows: pd.DataFrame, spec: SourceSpec) -> pd.Series:
    """Return the figure of a layer for each unit that its source lists.

    Parameters
    ----------
    layer : LayerSpec
        Declares columns, rows that count, words, factor and valid range.
    rows : DataFrame
        The source by ubigeo; a unit may have several rows.
    spec : SourceSpec
        Its declaration.

    Returns
    -------
    Series of float
        By ubigeo, in the layer's unit.

    Raises
    ------
    SourceDamagedError
        On an absent column, two rows of one unit where one is expected, a cell that
        is no number, or a value outside the valid range.
    """
    conditions = (*layer.where, *layer.doubtful)
    wanted = {*layer.columns, *(column for column, _ in conditions)}
    absent = sorted(wanted - set(rows.columns))
    if absent:
        raise SourceDamagedError(
            "source {source} has no column {absent}", source=spec.id, absent=", ".join(absent)
        )
    counted = rows[holds(rows, layer.where)]
    sure = counted[~holds(counted, layer.doubtful)] if layer.doubtful else counted
    figures = _reduce(layer, sure, spec) * layer.factor
    check_range(layer, figures)
    named = counted.index.unique().union(figures.index) if layer.doubtful else figures.index
    return figures.reindex(named).rename(layer.id)


def holds(rows: pd.DataFrame, conditions: Rows) -> pd.Series:
    """Return which rows hold an accepted text in each column of some conditions.

    Parameters
    ----------
    rows : DataFrame
        Of a source.
    conditions : tuple
        (column, accepted texts); none holds everywhere.

    Returns
    -------
    Series of bool
        By row.
    """
    found = pd.Series(True, index=rows.index)
    for column, accepted in conditions:
        found &= rows[column].isin(accepted)
    return found


def complete_regions(layer: LayerSpec, rows: pd.DataFrame) -> set[str]:
    """Return the regions of which a partial source says that it lists every unit.

    Parameters
    ----------
    layer : LayerSpec
        Declares the rows that count and those that say so.
    rows : DataFrame
        The source by ubigeo.

    Returns
    -------
    set of str
        Codes of regions in which every row that counts says so; a region without any is not
        one of them.
    """
    counted = rows[holds(rows, layer.where)]
    says = holds(counted, layer.complete)
    whole = says.groupby(counted.index.str[: AdminLevel.REGION.digits]).all()
    return set(whole.index[whole])


def _reduce(layer: LayerSpec, rows: pd.DataFrame, spec: SourceSpec) -> pd.Series:
    if layer.to_unit is ToUnit.IS_LISTED:
        return pd.Series(1.0, index=rows.index.unique())
    if layer.to_unit is ToUnit.COUNT_DISTINCT:
        return rows.groupby(level=0)[layer.columns[0]].nunique().astype(float)
    if layer.to_unit is ToUnit.SUM_ROWS:
        added = _numbers(layer, rows, spec).sum(axis=1, skipna=False)
        return added.groupby(level=0).sum(min_count=1)
    twice = rows.index[rows.index.duplicated()].unique()
    if len(twice):
        raise SourceDamagedError(
            "source {source}: {count} units have more than one row, first {units}; keep one row "
            "each",
            source=spec.id,
            count=len(twice),
            units=", ".join(twice[:_SHOWN]),
        )
    return combine(layer.combine, _numbers(layer, rows, spec))


def _numbers(layer: LayerSpec, rows: pd.DataFrame, spec: SourceSpec) -> pd.DataFrame:
    meaning = dict(layer.words)
    return pd.DataFrame(
        {
            column: to_numbers(rows[column].replace(meaning) if meaning else rows[column], spec)
            for column in layer.columns
        }
    )


def check_range(layer: LayerSpec, figures: pd.Series) -> None:
    """Refuse figures outside the range that a layer declares.

    Parameters
    ----------
    layer : LayerSpec
        Declares ``valid_range``.
    figures : Series of float
        By ubigeo; missing ones are let through.

    Raises
    ------
    SourceDamagedError
        With the first units.
    """
    low, high = layer.valid_range
    outside = figures[(figures < low) | (figures > high)]
    if len(outside):
        first = ", ".join(f"{ubigeo} {value:g}" for ubigeo, value in outside.head(_SHOWN).items())
        raise SourceDamagedError(
            "layer {layer}: {count} values outside {low:g} to {high:g} ({first})",
            layer=layer.id,
            count=len(outside),
            low=low,
            high=high,
            first=first,
        )
