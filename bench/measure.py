"""One measured thing: its samples, its median and its target."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A thing that was measured several times."""

    name: str
    unit: str
    """ms, s, KB or a word."""
    samples: tuple[float, ...]
    target: float | None = None
    """What the median should not pass; None where nothing was agreed."""

    @property
    def median(self) -> float:
        """The middle of the samples."""
        return statistics.median(self.samples)

    @property
    def verdict(self) -> str:
        """``dentro`` or ``fuera`` of the target; empty without one."""
        if self.target is None:
            return ""
        return "dentro" if self.median <= self.target else "fuera"


def timed(runs: int, act: Callable[[int], object], *, warm: bool = False) -> tuple[float, ...]:
    """Return the seconds of each run of an act.

    Parameters
    ----------
    runs : int
        How often.
    act : callable
        Receives the number of the run.
    warm : bool
        Do it once before, not counted, so that caches and imports are there.

    Returns
    -------
    tuple of float
        In the order of the runs.
    """
    if warm:
        act(-1)
    found = []
    for run in range(runs):
        started = time.perf_counter()
        act(run)
        found.append(time.perf_counter() - started)
    return tuple(found)


def milliseconds(seconds: Sequence[float]) -> tuple[float, ...]:
    """Return seconds as milliseconds."""
    return tuple(1000 * second for second in seconds)


def kilobytes(sizes: Sequence[float]) -> tuple[float, ...]:
    """Return bytes as kilobytes of a thousand."""
    return tuple(size / 1000 for size in sizes)
