"""From the rows of a published table to one figure per unit."""

import pandas as pd

from layers.errors import SourceDamagedError
from layers.harmonise.admin import to_numbers
from layers.spec import LayerSpec, SourceSpec
from layers.terms import Combine, ToUnit

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
    wanted = {*layer.columns, *(column for column, _ in layer.where)}
    absent = sorted(wanted - set(rows.columns))
    if absent:
        raise SourceDamagedError(f"source {spec.id} has no column {', '.join(absent)}")
    for column, accepted in layer.where:
        rows = rows[rows[column].isin(accepted)]
    figures = _reduce(layer, rows, spec) * layer.factor
    check_range(layer, figures)
    return figures.rename(layer.id)


def _reduce(layer: LayerSpec, rows: pd.DataFrame, spec: SourceSpec) -> pd.Series:
    if layer.to_unit is ToUnit.COUNT_DISTINCT:
        return rows.groupby(level=0)[layer.columns[0]].nunique().astype(float)
    if layer.to_unit is ToUnit.SUM_ROWS:
        return _numbers(layer, rows, spec).groupby(level=0).sum(min_count=1).iloc[:, 0]
    twice = rows.index[rows.index.duplicated()].unique()
    if len(twice):
        raise SourceDamagedError(
            f"source {spec.id}: {len(twice)} units have more than one row, "
            f"first {', '.join(twice[:_SHOWN])}; keep one row each"
        )
    return _combine(layer.combine, _numbers(layer, rows, spec))


def _combine(combine: Combine, numbers: pd.DataFrame) -> pd.Series:
    if combine is Combine.SUM:
        return numbers.sum(axis=1, skipna=False)
    if combine is Combine.RATIO_TO_MEAN:
        return numbers.iloc[:, 0] / numbers.iloc[:, 1:].mean(axis=1, skipna=False)
    if combine is Combine.SHARE:
        # Nobody of nobody is no share: 0 / 0 stays missing.
        return numbers.iloc[:, 0] / numbers.sum(axis=1, skipna=False)
    if combine is Combine.DIFFERENCE:
        return numbers.iloc[:, 0] - numbers.iloc[:, 1:].sum(axis=1, skipna=False)
    return numbers.mean(axis=1, skipna=False)


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
            f"layer {layer.id}: {len(outside)} values outside {low:g} to {high:g} ({first})"
        )
