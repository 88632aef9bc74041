"""How much is known of a unit: what share of the score's weight has a figure, and of its own."""

from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from layers.errors import NeedsError
from layers.table.units import UnitTable
from layers.terms import Method


class Known(StrEnum):
    """What the score has of a layer in a unit."""

    OWN = "own"
    """Measured or counted in the unit itself."""
    BORROWED = "borrowed"
    """Spread, inherited or modelled from figures of elsewhere or of a coarser unit."""
    MISSING = "missing"


_OWN = (Method.OBSERVED.value, Method.ZONAL.value)


def known_of(methods: pd.DataFrame) -> pd.DataFrame:
    """Return for each cell whether its figure is its own, borrowed or missing.

    Parameters
    ----------
    methods : DataFrame of str
        Method of each cell.

    Returns
    -------
    DataFrame of str
        ``Known``, same shape.
    """
    found = pd.DataFrame(Known.BORROWED.value, index=methods.index, columns=methods.columns)
    found = found.mask(methods.isin(_OWN), Known.OWN.value)
    return found.mask(methods == Method.MISSING.value, Known.MISSING.value)


def weight_known(table: UnitTable, weights: Mapping[str, float]) -> pd.DataFrame:
    """Return which share of the weight of a scenario has a figure in each unit.

    Parameters
    ----------
    table : UnitTable
        A level of a build.
    weights : mapping
        Weights by layer, from 0 up.

    Returns
    -------
    DataFrame of float
        0 to 100 by ubigeo: known, Σ w of the layers with a figure / Σ w; own, the same of the
        figures that are the unit's own.

    Raises
    ------
    NeedsError
        Where nothing weighs.
    """
    share = pd.Series({layer: weight for layer, weight in weights.items() if weight > 0})
    if share.empty:
        raise NeedsError("a scenario without weights has nothing to know")
    found = known_of(table.methods[list(share.index)])
    of_all = 100.0 * share / share.sum()
    return pd.DataFrame(
        {
            "known": (found != Known.MISSING.value).mul(of_all).sum(axis=1),
            "own": (found == Known.OWN.value).mul(of_all).sum(axis=1),
        }
    )
