"""How firm a place is before other weights and other figures: SMAA-2."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.draws import Rules, lay_out
from layers.decide.inputs import Inputs
from layers.decide.tally import Tally, count_ranks
from layers.errors import UnknownUbigeoError
from layers.terms import Aggregation

COMPARED = 100
"""Units whose pairs are compared; all pairs of 1,891 would take 24 s."""
_LOW, _HIGH = 0.05, 0.95
_SLACK = 1e-9
"""Shares are fractions of whole draws: it keeps their sum from missing a percentile."""


@dataclass(frozen=True)
class Robustness:
    """What the draws say of each unit."""

    rules: Rules
    top: int
    units: pd.DataFrame
    """By ubigeo: p_top, p_first (0–1), rank_low, rank_high (5th and 95th percentile),
    rank_mean."""
    acceptability: npt.NDArray[np.float64]
    """Share of draws by unit (in the order of ``units``) and rank, from 1; of a country with more
    than ``FEW`` units by class of ranks, of which the first ``EXACT`` are single ranks."""
    central_weights: pd.DataFrame
    """By ubigeo of the units that ever come first, the mean of the weights that put them there."""
    wins: pd.DataFrame
    """Share of draws in which the unit of the row beats that of the column, for the first
    units; a tie is won by nobody."""


def rank_robustly(
    inputs: Inputs, aggregation: Aggregation, rules: Rules, top: int, compared: int = COMPARED
) -> Robustness:
    """Rank under many weights and figures.

    Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma & Salminen 2001,
    Operations Research 49): weights from a Dirichlet around the agreed ones, figures from
    their ranges. Equal scores share a rank. Two workers share the chunks; the result does
    not depend on which of them draws what.

    Parameters
    ----------
    inputs : Inputs
        Normalised figures; units without a rank do not compete.
    aggregation : Aggregation
        How figures are combined.
    rules : Rules
        Draws, κ and seed.
    top : int
        What counts as being among the first.
    compared : int
        How many units are compared two by two: those most often among the first.

    Returns
    -------
    Robustness
        By ubigeo, those most often among the first at the head.
    """
    field = lay_out(inputs, aggregation, rules.with_ranges)
    chosen = np.argsort(-field.expected, kind="stable")[:compared]
    tally = count_ranks(field, rules, chosen, exact=top)
    last = np.append(tally.first[1:] - 1, field.units)
    order = _order(tally, last, top)
    share = tally.counts.T[order] / rules.draws
    codes = field.codes[order]
    first = tally.counts[0, order]
    leads = first > 0
    return Robustness(
        rules=rules,
        top=top,
        units=_summary(share, codes, top, tally.first, last),
        acceptability=share,
        central_weights=pd.DataFrame(
            tally.leading[order][leads] / first[leads, None],
            index=codes[leads],
            columns=field.layers,
        ),
        wins=_wins(tally, field.codes[chosen]),
    )


def compare(
    inputs: Inputs, aggregation: Aggregation, rules: Rules, one: str, other: str
) -> tuple[float, float]:
    """Return how often each of two units beats the other, with the draws of the ranking.

    Parameters
    ----------
    inputs : Inputs
        Normalised figures.
    aggregation : Aggregation
        How figures are combined.
    rules : Rules
        Draws, κ and seed.
    one, other : str
        Two ranked units.

    Returns
    -------
    tuple of float
        Shares of draws; what lacks to 1 are ties.

    Raises
    ------
    UnknownUbigeoError
        Where one of them has no rank.
    """
    field = lay_out(inputs, aggregation, rules.with_ranges)
    for code in (one, other):
        if code not in field.codes:
            raise UnknownUbigeoError(
                "{code} has no rank under this scenario, so it beats nobody; name a ranked unit",
                code=code,
            )
    chosen = field.codes.get_indexer([one, other])
    wins = count_ranks(field, rules, chosen).wins / rules.draws
    return float(wins[0, 1]), float(wins[1, 0])


def _order(tally: Tally, last: npt.NDArray[np.int64], top: int) -> npt.NDArray[np.intp]:
    among = tally.counts[:top].sum(axis=0)
    # A product of whole numbers is not what matrix libraries are quick at.
    ranks = np.einsum("r,ru->u", tally.first + last, tally.counts)
    return np.lexsort((np.arange(len(ranks)), ranks, -among))


def _summary(
    share: npt.NDArray[np.float64],
    codes: pd.Index,
    top: int,
    first: npt.NDArray[np.int64],
    last: npt.NDArray[np.int64],
) -> pd.DataFrame:
    cumulated = share.cumsum(axis=1)
    return pd.DataFrame(
        {
            "p_top": share[:, :top].sum(axis=1),
            "p_first": share[:, 0],
            "rank_low": first[(cumulated >= _LOW - _SLACK).argmax(axis=1)],
            "rank_high": last[(cumulated >= _HIGH - _SLACK).argmax(axis=1)],
            "rank_mean": share @ ((first + last) / 2),
        },
        index=codes,
    )


def _wins(tally: Tally, codes: pd.Index) -> pd.DataFrame:
    share = tally.wins / tally.counts[:, 0].sum()
    return pd.DataFrame(share, index=codes, columns=codes)
