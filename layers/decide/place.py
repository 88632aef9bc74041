"""Where a unit stands among the units of its own province, region or country."""

import pandas as pd


def place_among(ranks: pd.Series, unit: str, within: str) -> tuple[int, int] | None:
    """Return the place of a unit among those whose code begins alike.

    Parameters
    ----------
    ranks : Series
        Rank by ubigeo, 1 = first; missing is NaN.
    unit : str
        A unit of the ranks.
    within : str
        Code of the province or region, empty for the country.

    Returns
    -------
    tuple or None
        (place, of how many with a rank); None where the unit has no rank.
    """
    own = ranks[unit]
    if pd.isna(own):
        return None
    peers = ranks[ranks.index.str.startswith(within)].dropna()
    return int((peers < own).sum()) + 1, len(peers)
