"""The methods of a column of figures as small numbers, from firm to soft, while tables are made."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from layers.terms import Method

_WORDS = pd.array([method.value for method in Method], dtype="str")
NUMBER = {method: np.int8(at) for at, method in enumerate(Method)}
"""Firm to soft, as the methods are declared; what is missing is last."""
MISSING = NUMBER[Method.MISSING]
Numbers = np.ndarray
"""By unit, one of `NUMBER`."""


def side_by_side(methods: Mapping[str, Numbers], index: pd.Index) -> pd.DataFrame:
    """Return the methods of all layers as one table.

    Parameters
    ----------
    methods : mapping
        By layer, as numbers by unit.
    index : Index of str
        The units.

    Returns
    -------
    DataFrame of int8
        Of `NUMBER`, a column a layer.
    """
    cells = np.empty((len(index), len(methods)), dtype=np.int8)
    for at, column in enumerate(methods.values()):
        cells[:, at] = column
    return pd.DataFrame(cells, index=index, columns=list(methods))


def in_words(methods: pd.DataFrame) -> pd.DataFrame:
    """Return methods as the words that a table holds.

    Parameters
    ----------
    methods : DataFrame of int8
        Of `NUMBER`, a column a layer.

    Returns
    -------
    DataFrame of str
        Values of `Method`, same shape.
    """
    # Taken at once: a call for each column costs more than its words.
    words = _WORDS.take(methods.to_numpy().ravel("F"))
    rows = len(methods)
    found = {layer: words[at * rows : (at + 1) * rows] for at, layer in enumerate(methods)}
    return pd.DataFrame(found, index=methods.index)


def softest_of(columns: Sequence[Numbers]) -> Numbers:
    """Return the softest method of several figures of each unit; missing ones do not count.

    Parameters
    ----------
    columns : sequence of ndarray
        Methods by unit, as numbers.

    Returns
    -------
    ndarray
        ``missing`` where every figure is missing.
    """
    found = np.full(columns[0].shape, -1, dtype=np.int8)
    for column in columns:
        found = np.maximum(found, np.where(column == MISSING, np.int8(-1), column))
    return np.where(found < 0, MISSING, found)


def softest_in_groups(methods: Numbers, groups: np.ndarray, count: int) -> Numbers:
    """Return the softest method of the units of each group that have a figure.

    Parameters
    ----------
    methods : ndarray
        By unit, as numbers.
    groups : ndarray of int
        Number of the group of each unit, from 0; a unit below 0 has none.
    count : int
        How many groups there are.

    Returns
    -------
    ndarray
        By group; ``missing`` where every unit is missing.
    """
    known = (methods != MISSING) & (groups >= 0)
    found = np.full(count, -1, dtype=np.int8)
    np.maximum.at(found, groups[known], methods[known])
    return np.where(found < 0, MISSING, found)


def seen_from_above(
    methods: Numbers, parents: pd.DataFrame, units: pd.Index, digits: int, whole: Method
) -> Numbers:
    """Return the methods of finer units as their coarser unit sees them.

    What was divided between units of one coarser unit is whole again in it.

    Parameters
    ----------
    methods : ndarray
        By unit, as numbers.
    parents : DataFrame
        ubigeo and parent: whose figures were divided, between whom.
    units : Index of str
        The finer units.
    digits : int
        Of the code of the coarser ones.
    whole : Method
        Of a figure that is whole.

    Returns
    -------
    ndarray
        By finer unit.
    """
    crosses = parents["ubigeo"].str[:digits] != parents["parent"].str[:digits]
    inside = set(parents["ubigeo"]) - set(parents.loc[crosses, "ubigeo"])
    return np.where(units.isin(inside) & (methods != MISSING), NUMBER[whole], methods)
