"""Do loaded figures and what is modelled around them still come to the published totals?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from layers.spec import Catalogue, LayerSpec
from layers.table.loaded_need import Balance
from layers.table.models import controls_of
from layers.terms import Model

_TOLERANCE = 1e-6


@dataclass(frozen=True)
class LayerBalance:
    """One layer, or one group of regions of it, beside its published total."""

    layer: str
    regions: tuple[str, ...]
    """The group that the total is of; empty for the whole country."""
    total: float
    loaded: float
    """Sum of the loaded figures."""
    sum: float
    """Sum of all figures."""
    balance: Balance


def find_balances(
    values: pd.DataFrame,
    loaded: Mapping[str, pd.Series],
    figures: Mapping[str, float],
    controls: tuple[tuple[str, tuple[str, ...]], ...],
    catalogue: Catalogue,
) -> tuple[LayerBalance, ...]:
    """Compare the layers that spread a published total with it, where files were loaded.

    Parameters
    ----------
    values : DataFrame of float
        The finest level, by ubigeo.
    loaded : Mapping
        Loaded figures by layer.
    figures : Mapping
        National figures by key.
    controls : tuple
        Keys of the figures of migrants by group of regions.
    catalogue : Catalogue
        The layers.

    Returns
    -------
    tuple of LayerBalance
        Those with a loaded figure, and those whose total is not kept; none without files.
    """
    if not loaded:
        return ()
    found = []
    for layer in catalogue.layers.values():
        for total, regions in _totals(layer, values.index, figures, controls):
            here = values[layer.id]
            inside = here.index.str[:2].isin(regions) if regions else here.notna() | True
            brought = loaded.get(layer.id, pd.Series(dtype=float)).reindex(here.index)[inside]
            one = _balance(layer.id, tuple(sorted(regions)), total, brought, here[inside])
            if brought.notna().any() or one.balance is not Balance.KEPT:
                found.append(one)
    return tuple(found)


def _totals(
    layer: LayerSpec,
    units: pd.Index,
    figures: Mapping[str, float],
    controls: tuple[tuple[str, tuple[str, ...]], ...],
) -> Iterator[tuple[float, set[str]]]:
    if layer.model is Model.PEOPLE_IN_NEED and layer.figure in figures:
        yield figures[str(layer.figure)], set()
    elif layer.model is Model.MIGRANTS_NOW and all(key in figures for key, _ in controls):
        yield from controls_of(controls, figures, units)


def _balance(
    layer: str, regions: tuple[str, ...], total: float, loaded: pd.Series, values: pd.Series
) -> LayerBalance:
    given, summed = float(loaded.sum()), float(values.sum())
    slack = _TOLERANCE * max(total, 1.0)
    balance = Balance.KEPT
    if given > total + slack:
        balance = Balance.LOADED_EXCEEDS
    elif values.notna().any() and abs(summed - total) > slack:
        balance = Balance.NO_ROOM
    return LayerBalance(layer, regions, total, given, summed, balance)
