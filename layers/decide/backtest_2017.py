"""The test of 2017: Venezuelans of the census, placed by weights that do not know them."""

from dataclasses import dataclass

import pandas as pd

from layers.codes import ancestor
from layers.decide.backtest import backtest, best_share, blend_curve, shares_within, thinned_curve
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import AdminLevel

OBSERVED = "venezuela_5y_people"
KEY = "other_nationalities"
PRIOR = "population_2017"
NOT_AVAILABLE = ("dwellings_rented",)
"""Weights that one would like to test and that no source has."""
LARGE_CITY = ("07", "15")
"""Callao and Lima, where 87 of 100 of them lived."""


@dataclass(frozen=True)
class Backtest:
    """What the test found."""

    units: int
    people: float
    scores: pd.DataFrame
    """By candidate: misplaced_share, median_absolute_error, rank_correlation, top_hits."""
    curves: pd.DataFrame
    """By λ: other_key (the key of other people, blended with population), other_key_outside
    (the same outside Lima and Callao) and same_people (half of them is the key to the other half)."""
    chosen: float
    """λ by the rule: where other_key misplaces the fewest people."""


def run_test_of_2017(table: UnitTable, catalogue: Catalogue) -> Backtest:
    """Place the Venezuelans of the census inside their regions, and compare.

    Parameters
    ----------
    table : UnitTable
        The districts.
    catalogue : Catalogue
        Tells counts from rates.

    Returns
    -------
    Backtest
        Over the districts of the census, each with its figure as it was published.
    """
    frame = pd.DataFrame(
        {name: table.as_published(catalogue.layer(name)) for name in _LAYERS}
    ).dropna()
    observed = frame[OBSERVED]
    groups = pd.Series(
        [ancestor(str(code), AdminLevel.REGION) for code in frame.index], index=frame.index
    )
    candidates = _candidates(frame, groups)
    outside = ~groups.isin(LARGE_CITY)
    key, prior = candidates[KEY], candidates[PRIOR]
    curves = pd.DataFrame(
        {
            "other_key": blend_curve(observed, key, prior, groups),
            "other_key_outside": blend_curve(
                observed[outside], key[outside], prior[outside], groups[outside]
            ),
            "same_people": thinned_curve(observed, prior, groups),
        }
    )
    return Backtest(
        units=len(frame),
        people=float(observed.sum()),
        scores=backtest(observed, candidates, groups),
        curves=curves,
        chosen=best_share(curves["other_key"]),
    )


_LAYERS = (
    OBSERVED,
    "abroad_5y_people",
    "population_2017_people",
    "population_people",
    "population_density_per_km2",
    "dwellings_2017_count",
    "no_public_water_pct",
    "no_insurance_pct",
)


def _candidates(frame: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Return weights that do not contain the observed column."""
    people, dwellings = frame["population_2017_people"], frame["dwellings_2017_count"]
    uninsured = people * frame["no_insurance_pct"] / 100
    made = {
        PRIOR: people,
        "population_2022": frame["population_people"],
        KEY: frame["abroad_5y_people"] - frame[OBSERVED],
        "population_by_root_of_density": people * frame["population_density_per_km2"] ** 0.5,
        "dwellings": dwellings,
        "dwellings_with_public_water": dwellings * (1 - frame["no_public_water_pct"] / 100),
        "insured_people": people - uninsured,
        "uninsured_people": uninsured,
    }
    weights = pd.DataFrame(made)
    shares = weights.apply(lambda weight: shares_within(weight, groups))
    weights["half_other_nationalities_half_density"] = (
        shares[KEY] + shares["population_by_root_of_density"]
    )
    weights["three_quarters_other_nationalities_one_quarter_population"] = (
        0.75 * shares[KEY] + 0.25 * shares[PRIOR]
    )
    return weights
