"""How firm the place of every unit is: a sum of seconds, which needs nothing but its inputs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.decide.draws import Rules
from layers.decide.inputs import Inputs
from layers.decide.robust import rank_robustly
from layers.terms import Aggregation

NO_RANK = -1
Counts = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Firmness:
    """Where the draws put each unit, in the order of the inputs; ``NO_RANK`` without a rank."""

    lows: Counts
    """5th percentile of its place."""
    highs: Counts
    """95th percentile."""
    among: dict[int, Counts]
    """By number of units that count as the first, the draws in which it is one of them."""


def firmness_of(
    inputs: Inputs, aggregation: Aggregation, rules: Rules, tops: tuple[int, ...]
) -> Firmness:
    """Count where the draws put each unit.

    Parameters
    ----------
    inputs : Inputs
        Normalised figures of a scenario.
    aggregation : Aggregation
        How figures are combined.
    rules : Rules
        Draws, κ and seed.
    tops : tuple of int
        The numbers of units of which each may count as the first.

    Returns
    -------
    Firmness
        Small, so that it can be worked out elsewhere and kept.
    """
    units = inputs.in_scope.index
    if not inputs.is_ranked.any():
        nobody = np.full(len(units), NO_RANK, dtype=np.int32)
        return Firmness(nobody, nobody, dict.fromkeys(tops, nobody))
    robust = rank_robustly(inputs, aggregation, rules, tops[0], compared=0)
    place = units.get_indexer(robust.units.index)

    def told(column: npt.ArrayLike) -> Counts:
        counts = np.full(len(units), NO_RANK, dtype=np.int32)
        counts[place] = column
        return counts

    firsts = {top: robust.acceptability[:, :top].sum(axis=1) * rules.draws for top in tops}
    return Firmness(
        lows=told(robust.units["rank_low"]),
        highs=told(robust.units["rank_high"]),
        among={top: told(count.round()) for top, count in firsts.items()},
    )
