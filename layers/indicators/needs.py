"""Migrants of today and people in need: published totals carried to units of area."""

import pandas as pd

from layers.errors import ConservationError

MAX_SHARE_OF_RESIDENTS = 0.15
"""A unit holds at most this many migrants per resident (methods, section 5)."""
POPULATION_SHARE = 0.25
"""λ: share of a region's migrants spread by population, the rest by the census key."""


def blended_weights(
    key: pd.Series, population: pd.Series, region: pd.Series, share: float = POPULATION_SHARE
) -> pd.Series:
    """Return the weight of each unit inside its region: a blend of key and population.

    w = (1 − λ)·key/Σ key + λ·population/Σ population, both sums over the region, so that
    a unit with key 0 keeps a small weight and never a hard zero. Source: methods, section 5.

    Parameters
    ----------
    key : Series of float
        People who lived in Venezuela five years before the census, by unit.
    population : Series of float
        Residents, by unit.
    region : Series of str
        Region of each unit.
    share : float
        λ, from 0 to 1.

    Returns
    -------
    Series of float
        Sums to 1 in each region; missing where key or population is missing.
    """
    known = key.notna() & population.notna()
    key_share = key / key.where(known).groupby(region).transform("sum")
    people_share = population / population.where(known).groupby(region).transform("sum")
    # A region without a single person of the key goes by population alone.
    blend = (1 - share) * key_share + share * people_share
    return blend.fillna(people_share).where(known)


def needs_per_person(in_need: pd.DataFrame, people: pd.Series) -> pd.Series:
    """Return the mean number of sectors in which a person is in need.

    Σ of the sectors' people in need over the population in scope. A burden from 0 to
    the number of sectors; not a count of people. Source: methods, section 7.

    Parameters
    ----------
    in_need : DataFrame of float
        People in need by unit, one column per sector.
    people : Series of float
        Population in scope, by unit.

    Returns
    -------
    Series of float
        Missing where any sector is missing or nobody is in scope.
    """
    return in_need.sum(axis=1, skipna=False) / people.where(people > 0)


def check_within(in_need: pd.Series, people: pd.Series) -> None:
    """Refuse more people in need than people.

    Parameters
    ----------
    in_need, people : Series of float
        By unit.

    Raises
    ------
    ConservationError
        With the first units.
    """
    above = in_need[in_need > people * (1 + 1e-9) + 1e-9]
    if len(above):
        raise ConservationError(
            "{count} units have more people in need than people: {units}",
            count=len(above),
            units=", ".join(str(code) for code in above.index[:10]),
        )
