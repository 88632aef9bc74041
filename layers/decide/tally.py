"""Count places over the draws, in two workers that wait for nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from layers.decide.draws import CHUNK, Field, Floats, Rules, draw_scores

WORKERS = 2
BLOCK = 2048
"""Draws whose orders are held before they are counted."""
_PLACES_AT_ONCE = 2**26
_KEYS_AT_ONCE = 2**16
"""Whose sorting stays in the cache of a processor."""
FEW = 4096
"""Units up to which every rank is counted by itself."""
EXACT = 256
"""Ranks that are counted by themselves among more units."""
_GROWTH = 1.05
"""How much wider each further class of ranks is, so that memory follows the units."""
_CLASSES_AT_ONCE = 16
"""Counted in one call: two workers that call more often than that wait for each other."""
_BITS = np.uint64(32)
_LARGEST = np.uint32(0x7FFF_FFFF)


@dataclass(frozen=True)
class Tally:
    """Counts of draws; units in the order of their field."""

    counts: npt.NDArray[np.int32]
    """By class of ranks and unit."""
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
            lambda part: count_part(field, rules, chosen, part, exact), range(WORKERS)
        )
    return one + other


def count_part(
    field: Field, rules: Rules, chosen: npt.NDArray[np.intp], part: int, exact: int
) -> Tally:
    """Rank the units in every draw of one worker and count; see `count_ranks`."""
    units = field.units
    first = classes_of_ranks(units, exact)
    counts = np.zeros((len(first), units), dtype=np.int32)
    leading = np.zeros((units, len(field.layers)))
    wins = np.zeros((len(chosen), len(chosen)), dtype=np.int64)
    class_of = np.repeat(np.arange(len(first)), np.diff(first, append=units + 1))
    sorter = _Sorter(units, class_of % _CLASSES_AT_ONCE * units)
    beats = np.empty((CHUNK, len(chosen), len(chosen)), dtype=bool)
    block = max(CHUNK, min(BLOCK, _PLACES_AT_ONCE // units))
    # By place first: the units of one class stand side by side when they are counted.
    by_place = np.empty((units, block), dtype=np.int32)
    filled = 0
    for weights, scores in draw_scores(field, rules, part, WORKERS):
        size = len(scores)
        if filled + size > block:
            _add_orders(counts, first, by_place[:, :filled])
            filled = 0
        sorted_now = by_place[:, filled : filled + size]
        leaders = [(np.arange(size), sorted_now[0])]
        for ties in sorter.sort(scores, sorted_now):
            _share_places(counts, class_of, ties)
            leaders.append(ties.leaders)
        draw, leader = (np.concatenate(column) for column in zip(*leaders, strict=True))
        np.add.at(leading, leader, weights[draw])
        filled += size
        some = scores[:, chosen]
        np.greater(some[:, :, None], some[:, None, :], out=beats[:size])
        # A chunk has fewer draws than a byte can count.
        wins += beats[:size].view(np.uint8).sum(axis=0, dtype=np.uint8)
    _add_orders(counts, first, by_place[:, :filled])
    return Tally(counts, leading, wins, first)


def _add_orders(
    counts: npt.NDArray[np.int32], first: npt.NDArray[np.int64], by_place: npt.NDArray[np.int32]
) -> None:
    """Count each unit in the class of the place where it stands."""
    units = counts.shape[1]
    edges = [*(first[::_CLASSES_AT_ONCE] - 1), units]
    for number, (start, end) in enumerate(pairwise(edges)):
        rows = counts[number * _CLASSES_AT_ONCE :][:_CLASSES_AT_ONCE]
        found = np.bincount(by_place[start:end].ravel(), minlength=rows.size)
        rows += found.reshape(rows.shape)


@dataclass(frozen=True)
class _Ties:
    """Units whose score is that of a unit before them: they share its place."""

    draw: npt.NDArray[np.intp]
    unit: npt.NDArray[np.int32]
    place: npt.NDArray[np.intp]
    """Where the order puts them, from 0."""
    shared: npt.NDArray[np.intp]
    """The place of the first of those that are equal."""

    @property
    def leaders(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int32]]:
        """Draws and units of those that share the first place."""
        also = self.shared == 0
        return self.draw[also], self.unit[also]


def _share_places(
    counts: npt.NDArray[np.int32], class_of: npt.NDArray[np.intp], ties: _Ties
) -> None:
    """Move each tied unit from the place of its order to the one that it shares."""
    own, shared = class_of[ties.place], class_of[ties.shared]
    moves = own != shared
    for row, step in ((own, -1), (shared, 1)):
        np.add.at(counts.reshape(-1), row[moves] * counts.shape[1] + ties.unit[moves], step)


class _Sorter:
    """Sorts the units of each draw, in memory that is asked for once."""

    def __init__(self, units: int, bins: npt.NDArray[np.intp]) -> None:
        self.bins = bins.astype(np.int32)[:, None]
        self.numbers = np.arange(units, dtype=np.uint64)
        self.at_once = max(1, min(CHUNK, _KEYS_AT_ONCE // units))
        self.keys = np.empty((self.at_once, units), dtype=np.uint64)
        self.order = np.empty((self.at_once, units), dtype=np.int32)
        self.tied = np.zeros((self.at_once, units), dtype=bool)

    def sort(self, scores: Floats, by_place: npt.NDArray[np.int32]) -> Iterator[_Ties]:
        """Write in which bin each unit counts by place and draw, and yield who shares a place.

        A score from 0 up sorts like its bits. With the number of the unit behind them, one
        sort of whole numbers gives the order, and the same one on every processor.
        """
        for start in range(0, len(scores), self.at_once):
            some = slice(start, start + self.at_once)
            yield self._sort(scores[some], by_place[:, some], start)

    def _sort(self, scores: Floats, by_place: npt.NDArray[np.int32], start: int) -> _Ties:
        size, units = scores.shape
        keys, order, tied = self.keys[:size], self.order[:size], self.tied[:size]
        np.subtract(_LARGEST, scores.view(np.uint32), out=keys)
        keys <<= _BITS
        keys |= self.numbers
        keys.sort(axis=1)
        # Of each key, the lower half: the number of the unit.
        order[:] = keys
        np.add(order.T, self.bins, out=by_place)
        keys >>= _BITS
        np.equal(keys[:, 1:], keys[:, :-1], out=tied[:, 1:])
        # The first of a draw is tied with nobody, so that no run goes on into the next draw.
        at = np.flatnonzero(tied)
        begins = np.diff(at, prepend=-1) != 1
        shared = (at[begins] - 1)[np.cumsum(begins) - 1]
        draw, place = np.divmod(at, units)
        return _Ties(draw + start, order[draw, place], place, shared % units)
