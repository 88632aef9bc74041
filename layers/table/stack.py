"""Notes of single cells, kept by layer while a table is made, as one frame."""

import pandas as pd

from layers.table.units import COVERAGE_COLUMNS, PARENT_COLUMNS, full_coverage, no_parents

_FULL = 1.0 - 1e-9


def stack_parents(parents: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the parents of the figures of all layers.

    Parameters
    ----------
    parents : dict
        By layer: ubigeo, parent, share, basis, value.

    Returns
    -------
    DataFrame
        The same with the layer.
    """
    frames = [frame.assign(layer=layer) for layer, frame in parents.items() if len(frame)]
    return pd.concat(frames, ignore_index=True)[list(PARENT_COLUMNS)] if frames else no_parents()


def stack_coverage(coverage: dict[str, pd.Series], values: dict[str, pd.Series]) -> pd.DataFrame:
    """Return the figures that rest on a part of their unit, one row each.

    Parameters
    ----------
    coverage, values : dict
        By layer, a Series by ubigeo: 0 to 1, and the figures.

    Returns
    -------
    DataFrame
        layer, ubigeo, coverage; without units that are covered whole or have no figure.
    """
    frames = [
        found[(found < _FULL) & values[layer].notna()]
        .rename("coverage")
        .rename_axis("ubigeo")
        .reset_index()
        .assign(layer=layer)
        for layer, found in coverage.items()
    ]
    known = [frame[list(COVERAGE_COLUMNS)] for frame in frames if len(frame)]
    return pd.concat(known, ignore_index=True) if known else full_coverage()
