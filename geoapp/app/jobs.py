"""Work that may take long: done once by question, watched, and stopped when nobody waits for it."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from layers.decide.milp import Progress, Watch
from layers.errors import FocusError, LayersError

WORKERS = 2
"""Questions that are worked on at once."""
MOST_WAITING = 16
"""Questions that are worked on or wait; one more is refused."""
MOST_KEPT = 64
"""Answers that are kept, those asked for last."""
LEASE = 5.0
"""Seconds after which a question that nobody asks for any more is stopped."""

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class StoppedError(LayersError):
    """The work was stopped before its end."""


@dataclass
class Job(Generic[Result]):
    """One question, from when it is asked until its answer is forgotten."""

    asked_at: float
    progress: Progress | None = None
    is_stopped: bool = False
    result: Result | None = None
    error: LayersError | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """True where there is an answer, or the reason why there is none."""
        return self.ended.is_set()


class Jobs(Generic[Key, Result]):
    """Answers by question. A question lives while somebody asks for it.

    Nothing is known of who asks: two visitors with one question share its answer, and another
    process that is asked for the same question works on it anew.

    Parameters
    ----------
    work : callable
        Returns the answer to a question; what its watch raises must stop it.
    clock : callable
        Seconds.
    """

    def __init__(
        self,
        work: Callable[[Key, Watch], Result],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = work
        self._clock = clock
        self._jobs: OrderedDict[Key, Job[Result]] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="offices")

    def ask(self, key: Key, wait: float = 0.0) -> Job[Result]:
        """Return the state of a question, which is begun where it is new.

        Parameters
        ----------
        key : hashable
            The question.
        wait : float
            Seconds for which an answer is waited for.

        Returns
        -------
        Job
            Over or not.

        Raises
        ------
        FocusError
            Where too many questions wait already.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                self._make_room()
                job = self._jobs[key] = Job(self._clock())
                self._pool.submit(self._run, key, job)
            job.asked_at = self._clock()
            self._jobs.move_to_end(key)
        job.ended.wait(wait)
        return job

    def stop(self, key: Key) -> None:
        """Stop and forget a question that is being worked on; one that is answered stays."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and not job.is_over:
                job.is_stopped = True
                del self._jobs[key]

    def _make_room(self) -> None:
        over = [key for key, job in self._jobs.items() if job.is_over]
        if len(self._jobs) - len(over) >= MOST_WAITING:
            raise FocusError("too many questions are being worked on; ask again in a minute")
        for key in over[: max(0, len(over) - MOST_KEPT + 1)]:
            del self._jobs[key]

    def _run(self, key: Key, job: Job[Result]) -> None:
        def watch(progress: Progress) -> None:
            job.progress = progress
            if job.is_stopped or self._clock() - job.asked_at > LEASE:
                raise StoppedError("stopped before the optimum was proven")

        try:
            watch(Progress("interchange", float("inf"), 0.0))
            job.result = self._work(key, watch)
        except StoppedError as error:
            job.error = error
            # Whoever asks again begins anew.
            with self._lock:
                if self._jobs.get(key) is job:
                    del self._jobs[key]
        except LayersError as error:
            job.error = error
        except Exception as error:
            # What is no fault of the question is not kept as its answer, but nobody waits forever.
            job.error = FocusError("the plan could not be computed")
            job.error.__cause__ = error
            raise
        finally:
            job.ended.set()
