"""Answers that are worked out once, however many ask at the same time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Use(NamedTuple):
    """How often what is kept was asked for."""

    hits: int
    """It was there already, or somebody was at it."""
    misses: int


class Once(Generic[Answer]):
    """Answers by question, those asked for last; who asks meanwhile waits for the same one.

    A failure is told to all who wait and is not kept.

    Parameters
    ----------
    work : callable
        Answers a question; called without a lock, so that other questions go on.
    keep : int
        Answers that are kept.
    """

    def __init__(self, work: Callable[..., Answer], keep: int) -> None:
        self._work = work
        self._keep = keep
        self._answers: OrderedDict[tuple[Hashable, ...], Future[Answer]] = OrderedDict()
        self._lock = Lock()
        self._hits = self._misses = 0

    def __call__(self, *question: Hashable) -> Answer:
        """Return the answer to a question."""
        with self._lock:
            answer = self._answers.get(question)
            is_new = answer is None
            if answer is None:
                self._misses += 1
                answer = self._answers[question] = Future()
                while len(self._answers) > self._keep:
                    self._answers.popitem(last=False)
            else:
                self._hits += 1
                self._answers.move_to_end(question)
        if is_new:
            self._fill(question, answer)
        return answer.result()

    def _fill(self, question: tuple[Hashable, ...], answer: Future[Answer]) -> None:
        try:
            answer.set_result(self._work(*question))
        except BaseException as error:
            with self._lock:
                if self._answers.get(question) is answer:
                    del self._answers[question]
            answer.set_exception(error)

    def use(self) -> Use:
        """Return how often what is kept was asked for."""
        with self._lock:
            return Use(self._hits, self._misses)
