"""How much is known of a unit: what share of the score's weight has a figure, and of its own."""

from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from layers.errors import NeedsError
from layers.spec import Catalogue
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


def indicators_of(layer: str, table: UnitTable, catalogue: Catalogue) -> tuple[str, ...]:
    """Return what an index is made from, down to its indicators; any other layer is itself.

    Parameters
    ----------
    layer : str
        A layer of the table.
    table : UnitTable
        A level of a build; an input that it has not is left out.
    catalogue : Catalogue
        Declares inputs.

    Returns
    -------
    tuple of str
        Each once, in the order of the declarations.
    """
    spec = catalogue.layer(layer)
    if not spec.is_index:
        return (layer,)
    below = (
        one
        for name in spec.inputs
        if name in table.methods
        for one in indicators_of(name, table, catalogue)
    )
    return tuple(dict.fromkeys(below))


def weight_known(
    table: UnitTable, catalogue: Catalogue, weights: Mapping[str, float]
) -> pd.DataFrame:
    """Return which share of the weight of a scenario has a figure in each unit.

    Parameters
    ----------
    table : UnitTable
        A level of a build.
    catalogue : Catalogue
        Declares what an index is made from.
    weights : mapping
        Weights by layer, from 0 up.

    Returns
    -------
    DataFrame of float
        0 to 100 by ubigeo: known, Σ w·k / Σ w with k the share of the layer's indicators that have
        a figure; own, the same of the figures that are the unit's own. A layer that is no index
        is its one indicator; one that is missing itself counts 0. Our choice [D]: the
        indicators of an index count alike.

    Raises
    ------
    NeedsError
        Where nothing weighs.
    """
    share = pd.Series({layer: weight for layer, weight in weights.items() if weight > 0})
    if share.empty:
        raise NeedsError("a scenario without weights has nothing to know")
    of_all = 100.0 * share / share.sum()
    behind = {
        layer: table.methods[list(indicators_of(layer, table, catalogue))] for layer in share.index
    }
    has = pd.DataFrame(
        {layer: (cells != Method.MISSING.value).mean(axis=1) for layer, cells in behind.items()}
    )
    own = pd.DataFrame({layer: cells.isin(_OWN).mean(axis=1) for layer, cells in behind.items()})
    there = table.values[list(share.index)].notna()
    return pd.DataFrame(
        {
            "known": has.where(there, 0.0).mul(of_all).sum(axis=1),
            "own": own.where(there, 0.0).mul(of_all).sum(axis=1),
        }
    )
