"""Count places over the draws, in two workers that wait for nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.decide.draws import CHUNK, Field, Floats, Rules, draw_scores

WORKERS = 2
BLOCK = 2048
"""Draws whose places are held before they are counted."""
_PLACES_AT_ONCE = 2**26
FEW = 4096
"""Units up to which every rank is counted by itself."""
EXACT = 256
"""Ranks that are counted by themselves among more units."""
_GROWTH = 1.05
"""How much wider each further class of ranks is, so that memory follows the units."""
_BITS = np.uint64(32)
_INDEX = np.uint64(0xFFFF_FFFF)
_LARGEST = np.uint32(0x7FFF_FFFF)


@dataclass(frozen=True)
class Tally:
    """Counts of draws; units in the order of their field."""

    counts: npt.NDArray[np.int32]
    """By unit and class of ranks."""
    leading: npt.NDArray[np.float64]
    """By unit and layer, the sum of the weights of the draws that the unit leads."""
    wins: npt.NDArray[np.int64]
    """How often the chosen unit of the row beats that of the column."""
    first: npt.NDArray[np.int64]
    """First rank of each class, from 1; a class ends where the next one begins."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.counts + other.counts,
            self.leading + other.leading,
            self.wins + other.wins,
            self.first,
        )


def classes_of_ranks(units: int, exact: int = EXACT) -> npt.NDArray[np.int64]:
    """Return the first rank of each class in which ranks are counted.

    Parameters
    ----------
    units : int
        How many compete.
    exact : int
        Ranks that are counted by themselves at least.

    Returns
    -------
    array of int
        Each rank up to ``FEW`` units; of more units the first ones, then classes that widen.
    """
    if units <= max(FEW, exact):
        return np.arange(1, units + 1)
    firsts = list(range(1, max(exact, EXACT) + 1))
    while (wider := int(np.ceil(firsts[-1] * _GROWTH))) <= units:
        firsts.append(wider)
    return np.array(firsts)


def count_ranks(
    field: Field, rules: Rules, chosen: npt.NDArray[np.intp], exact: int = EXACT
) -> Tally:
    """Rank the units in every draw and count.

    Parameters
    ----------
    field : Field
        Who competes.
    rules : Rules
        What is drawn.
    chosen : array of int
        Units that are compared two by two.
    exact : int
        Ranks that are counted by themselves at least.

    Returns
    -------
    Tally
        The same for the same field and rules, whichever worker is quicker.
    """
    with ThreadPoolExecutor(WORKERS) as pool:
        one, other = pool.map(
            lambda part: _count(field, rules, chosen, part, exact), range(WORKERS)
        )
    return one + other


def _count(
    field: Field, rules: Rules, chosen: npt.NDArray[np.intp], part: int, exact: int
) -> Tally:
    units = field.units
    first = classes_of_ranks(units, exact)
    class_of = np.repeat(np.arange(len(first)), np.diff([*first, units + 1]))
    tally = Tally(
        counts=np.zeros((units, len(first)), dtype=np.int32),
        leading=np.zeros((units, len(field.layers))),
        wins=np.zeros((len(chosen), len(chosen)), dtype=np.int64),
        first=first,
    )
    sorter = _Sorter(units)
    beats = np.empty((CHUNK, len(chosen), len(chosen)), dtype=bool)
    block = max(CHUNK, min(BLOCK, _PLACES_AT_ONCE // units))
    places = np.empty((block, units), dtype=np.int32)
    filled = 0
    for weights, scores in draw_scores(field, rules, part, WORKERS):
        size = len(scores)
        if filled + size > block:
            _add_places(tally.counts, class_of, places[:filled])
            filled = 0
        rows = places[filled : filled + size]
        sorter.rank(scores, rows)
        filled += size
        draw, leader = np.nonzero(rows == 0)
        np.add.at(tally.leading, leader, weights[draw])
        some = scores[:, chosen]
        np.greater(some[:, :, None], some[:, None, :], out=beats[:size])
        # A chunk has fewer draws than a byte can count.
        tally.wins[:] += beats[:size].view(np.uint8).sum(axis=0, dtype=np.uint8)
    _add_places(tally.counts, class_of, places[:filled])
    return tally


def _add_places(
    counts: npt.NDArray[np.int32],
    class_of: npt.NDArray[np.intp],
    places: npt.NDArray[np.int32],
) -> None:
    for unit, taken in enumerate(np.ascontiguousarray(places.T)):
        counts[unit] += np.bincount(class_of[taken], minlength=counts.shape[1])


class _Sorter:
    """Ranks the units of each draw, in memory that is asked for once."""

    def __init__(self, units: int) -> None:
        self.numbers = np.arange(units, dtype=np.uint64)
        self.places = np.arange(units, dtype=np.int32)
        self.keys = np.empty((CHUNK, units), dtype=np.uint64)
        self.order = np.empty((CHUNK, units), dtype=np.uint64)
        self.tied = np.empty((CHUNK, units - 1), dtype=bool)

    def rank(self, scores: Floats, places: npt.NDArray[np.int32]) -> None:
        """Write the place of each unit in each draw, from 0; equal scores share the best one.

        A score from 0 up sorts like its bits. With the number of the unit behind them, one
        sort of whole numbers gives the order, and the same one on every processor.
        """
        size = len(scores)
        keys, order, tied = self.keys[:size], self.order[:size], self.tied[:size]
        np.subtract(_LARGEST, scores.view(np.uint32), out=keys)
        keys <<= _BITS
        keys |= self.numbers
        keys.sort(axis=1)
        np.bitwise_and(keys, _INDEX, out=order)
        keys >>= _BITS
        np.equal(keys[:, 1:], keys[:, :-1], out=tied)
        for draw, units in enumerate(order.view(np.int64)):
            places[draw, units] = self._shared(tied[draw])

    def _shared(self, tied: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
        if not tied.any():
            return self.places
        shared = self.places.copy()
        shared[1:][tied] = 0
        return np.maximum.accumulate(shared)
