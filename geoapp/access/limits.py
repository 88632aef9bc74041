"""How much work one visitor may ask for: a bucket that drips full again."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

MOST_VISITORS = 10_000
"""Buckets that are kept; the one not used for longest is forgotten."""
MOST_REMEMBERED = 32
"""Questions of one visitor that are free to ask again: an answer that is waited for is watched."""


@dataclass
class _Bucket:
    level: float
    at: float
    asked: OrderedDict[str, None] = field(default_factory=OrderedDict)


class Limits:
    """Buckets by visitor.

    Parameters
    ----------
    burst : int
        Questions that may be asked at once.
    seconds : float
        After how long one more may be.
    clock : callable
        Seconds.
    """

    def __init__(
        self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, who: str, question: str = "") -> int:
        """Count a question, and return for how many seconds it must wait.

        Parameters
        ----------
        who : str
            A visitor or an address.
        question : str
            What is asked, where asking it again is no new work.

        Returns
        -------
        int
            0 where it may be answered; else it was not counted.
        """
        with self._lock:
            bucket = self._bucket(who)
            if question and question in bucket.asked:
                return 0
            if bucket.level < 1:
                return max(1, math.ceil((1 - bucket.level) * self._seconds))
            bucket.level -= 1
            if question:
                bucket.asked[question] = None
                while len(bucket.asked) > MOST_REMEMBERED:
                    bucket.asked.popitem(last=False)
            return 0

    def _bucket(self, who: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(who, _Bucket(self._burst, now))
        bucket.level = min(self._burst, bucket.level + (now - bucket.at) / self._seconds)
        bucket.at = now
        self._buckets.move_to_end(who)
        while len(self._buckets) > MOST_VISITORS:
            self._buckets.popitem(last=False)
        return bucket
