"""What an event may ask for: bands of shaking, orders of loss, displacement, daily relief."""

import math
from dataclasses import dataclass

from scipy.stats import norm

THETA = 23.453627
BETA = 0.313527
"""Peru's parameters of PAGER's empirical fatality model (published parameter file)."""
FIRST_BAND, LAST_BAND = 4, 10
"""Weaker shaking than the class 4 (light) asks for no response and is not counted: our choice."""
STRONG = 6
"""From this class on shaking damages weak buildings (VI, strong, in PAGER's words)."""
WATER_LITRES = 15.0
"""Per person and day (Sphere 2018, water supply standard 2.1)."""
KCAL = 2100.0
"""Per person and day (Sphere 2018, food assistance standard 6.1)."""
TOILET_PEOPLE = 20
"""People who share a toilet (Sphere 2018, excreta management standard 3.2)."""
LIVING_SPACE_M2 = 3.5
"""Covered ground a person (Sphere 2018, shelter and settlement standard 3)."""

DISPLACED = {
    "6": (0.0, 0.01),
    "7": (0.01, 0.05),
    "8": (0.05, 0.20),
    "9": (0.20, 0.50),
    "10": (0.20, 0.50),
    "inside": (0.05, 0.30),
    "declared": (0.0, 0.02),
}
"""Share of people displaced, low and high, by class of shaking, inside a polygon or a raster,
and in a district that a decree declares whole: assumptions of this product, taken from no study,
to be edited. Weaker shaking displaces nobody by default."""


@dataclass(frozen=True)
class Relief:
    """What some people need at least, by Sphere."""

    water_litres: float
    """A day."""
    kcal: float
    """A day."""
    toilets: int
    living_space_m2: float


def relief_for(people: float) -> Relief:
    """Return what people need at least, by Sphere (2018).

    Parameters
    ----------
    people : float
        From 0.

    Returns
    -------
    Relief
        Water and food a day, shared toilets (the last one may serve fewer) and covered ground.
    """
    return Relief(
        water_litres=people * WATER_LITRES,
        kcal=people * KCAL,
        toilets=math.ceil(people / TOILET_PEOPLE),
        living_space_m2=people * LIVING_SPACE_M2,
    )


def fatality_rate(band: int) -> float:
    """Return the share of people of a band of shaking that PAGER expects to die.

    rate(m) = Φ(ln(m/θ)/β). Source: Jaiswal & Wald (2010), An empirical model for global
    earthquake fatality estimation, Earthquake Spectra 26, 1017–1037; parameters of Peru.

    Parameters
    ----------
    band : int
        Class m of the modified Mercalli intensity, from 1.

    Returns
    -------
    float
        0–1.
    """
    return float(norm.cdf(math.log(band / THETA) / BETA))


def order_of_magnitude(deaths: float) -> int:
    """Return the power of ten below a number: 340 → 2; −1 stands for fewer than one."""
    return max(-1, math.floor(math.log10(deaths))) if deaths > 0 else -1


def mmi_bands() -> tuple[tuple[str, float, float], ...]:
    """Return PAGER's classes as (id, low, high): class m holds [m − 0.5, m + 0.5).

    Returns
    -------
    tuple
        Weakest first; the last is open upward.
    """
    return tuple(
        (str(band), band - 0.5, math.inf if band == LAST_BAND else band + 0.5)
        for band in range(FIRST_BAND, LAST_BAND + 1)
    )
