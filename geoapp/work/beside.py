"""Another process of this machine that draws and measures while this one makes the tables."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.util import Finalize
from types import TracebackType
from typing import Self, TypeVar

from layers.workers import Here, Units

Made = TypeVar("Made")
_WORTH = 500
"""Units from which work on all of them is worth the second that a process takes to start."""
_held: list[Units] = []
"""In the other process: the units, which are sent once."""


class Beside(Here):
    """Does work on all units in one other process; where that cannot be had, in this one."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._sent: Units | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def expect(self, count: int) -> None:
        """Start the process, so that it has loaded its libraries when the units are there."""
        if count >= _WORTH:
            with self._lock:
                self._open()

    def whole(self, do: Callable[[Units], Made], units: Units) -> Made:
        """Have it done there, whatever this process does meanwhile."""
        if len(next(iter(units.values()))) < _WORTH:
            return do(units)
        try:
            with self._lock:
                pool = self._open()
                if self._sent is not units:
                    pool.submit(_hold, units)
                    self._sent = units
                made = pool.submit(_do, do)
            return made.result()
        except (BrokenProcessPool, OSError):
            # A system without room for another process, or one that ended it.
            return do(units)

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
            self._pool.submit(_load)
        return self._pool


def _begin() -> None:
    # Ctrl+C reaches every process of a terminal; the one that builds ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # It has nothing to put in order at its end, and a build would wait for its libraries to do so.
    Finalize(None, os._exit, args=(0,), exitpriority=0)


def _end_with_parent() -> None:
    """End this process when the one that started it has ended, however that was."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)


def _load() -> None:
    from layers import drawing

    assert drawing


def _hold(units: Units) -> None:
    _held[:] = [units]


def _do(do: Callable[[Units], Made]) -> Made:
    return do(_held[0])
