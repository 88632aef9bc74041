"""Migrants of today: published totals placed on units, and how far the choice of weight moves them."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from layers.errors import ConservationError
from layers.harmonise.spread import fill, spread_counts
from layers.indicators.needs import MAX_SHARE_OF_RESIDENTS, POPULATION_SHARE, blended_weights
from layers.table.loaded_need import replace_modelled
from layers.terms import AdminLevel

SHARES = (0.0, POPULATION_SHARE, 0.5)
"""λ of the declared alternatives."""
Controls = list[tuple[float, set[str]]]


def place_migrants(
    key: pd.Series,
    population: pd.Series,
    controls: Controls,
    share: float = POPULATION_SHARE,
    strict: bool = True,
) -> pd.Series:
    """Place totals on regions by a key, and on their units by key and population.

    Inside a region w = (1 − λ)·share of the key + λ·share of the population, never more
    than ``MAX_SHARE_OF_RESIDENTS`` of the residents. Source: methods, section 5.

    Parameters
    ----------
    key, population : Series of float
        By unit.
    controls : list
        (total, regions) of each published figure.
    share : float
        λ.
    strict : bool
        False leaves a region missing where its units cannot hold its total.

    Returns
    -------
    Series of float
        By unit; sums to the totals.

    Raises
    ------
    ConservationError
        Where a region cannot hold its total, if strict.
    """
    region = regions_of(key.index)
    weights = blended_weights(key, population, region, share).to_numpy(dtype=float)
    caps = (population * MAX_SHARE_OF_RESIDENTS).to_numpy(dtype=float)
    of_region = region.groupby(region)
    placed = np.full(len(key), np.nan)
    by_key = key.groupby(region).sum()
    for total, regions in controls:
        by_region = spread_counts(total, by_key[by_key.index.isin(regions)])
        for code, count in by_region.items():
            here = of_region.indices[code]
            try:
                placed[here] = fill(float(count), weights[here], caps[here])
            except ConservationError:
                if strict:
                    raise
    return pd.Series(placed, index=key.index)


def place_by_alternatives(
    keys: Mapping[str, pd.Series], population: pd.Series, controls: Controls
) -> pd.DataFrame:
    """Place migrants by every declared alternative: each key with each λ, and population alone.

    Parameters
    ----------
    keys : Mapping of str to Series
        The keys by name; the first one is that of the estimate.
    population : Series of float
        Residents by unit.
    controls : list
        (total, regions) of each published figure.

    Returns
    -------
    DataFrame of float
        One column per alternative; a region that cannot hold its total under an
        alternative is missing there.
    """
    made = {
        f"{name}, {share:g}": place_migrants(key, population, controls, share, strict=False)
        for name, key in keys.items()
        for share in SHARES
    }
    first = next(iter(keys.values()))
    made["population"] = place_migrants(first, population, controls, 1.0, strict=False)
    return pd.DataFrame(made)


def keep_loaded(
    loaded: pd.Series, placed: pd.Series, population: pd.Series, controls: Controls
) -> pd.Series:
    """Put loaded people in the place of modelled ones and keep the total of each control.

    In each group of regions what is left of its total goes to the units without a loaded
    figure, by their modelled figures and below the same share of residents. Where loaded
    figures pass the total they stay and the modelled ones of the group are unknown [D].

    Parameters
    ----------
    loaded, placed, population : Series of float
        Loaded and modelled people, and residents, by unit.
    controls : list
        (total, regions) of each published figure.

    Returns
    -------
    Series of float
        By unit.
    """
    region = regions_of(placed.index)
    caps = population * MAX_SHARE_OF_RESIDENTS
    given = loaded.reindex(placed.index)
    parts = []
    for total, regions in controls:
        inside = region.isin(regions)
        some = given[inside].notna().any()
        made = replace_modelled(given[inside], total, placed[inside], caps[inside]).values
        parts.append(made if some else placed[inside])
    return pd.concat(parts).reindex(placed.index)


def range_of(alternatives: pd.DataFrame, level: AdminLevel) -> pd.DataFrame:
    """Return the lowest and the highest count of each unit over the alternatives.

    Parameters
    ----------
    alternatives : DataFrame of float
        By district, one column per alternative.
    level : AdminLevel
        Level of the result; each alternative is summed before it is compared.

    Returns
    -------
    DataFrame of float
        By unit: low, high.
    """
    groups = alternatives.index.str[: level.digits]
    unknown = alternatives.isna().groupby(groups).any()
    sums = alternatives.groupby(groups).sum().mask(unknown)
    return pd.DataFrame({"low": sums.min(axis=1), "high": sums.max(axis=1)})


def capped_units(placed: pd.Series, population: pd.Series) -> pd.Index:
    """Return the units that hold as many migrants as the ceiling lets them.

    Parameters
    ----------
    placed, population : Series of float
        By unit.

    Returns
    -------
    Index of str
        Units at ``MAX_SHARE_OF_RESIDENTS`` of their residents.
    """
    ceiling = population * MAX_SHARE_OF_RESIDENTS
    return placed.index[(placed > 0) & (placed >= ceiling * (1 - 1e-9))]


def regions_of(codes: pd.Index) -> pd.Series:
    """Return the region of each unit."""
    return pd.Series(codes.str[: AdminLevel.REGION.digits], index=codes)
