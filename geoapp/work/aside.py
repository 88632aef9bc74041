"""Long sums beside the server, which goes on answering: in a process that gives way to it."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from threading import Lock
from typing import Any, TypeVar

Result = TypeVar("Result")
_YIELDS = 10
"""How much less urgent such a process is than who answers (``nice``)."""


class InTurn:
    """Works sums out in this process, one after the other: each takes both processors."""

    def __init__(self) -> None:
        self._turn = Lock()

    def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """Return what some work makes of what it is given."""
        with self._turn:
            return work(*given)


class Aside(InTurn):
    """Works sums out in one process of its own, which is started when it is first needed.

    It holds nothing of a build: what a sum needs is given to it, so that all editions may
    share it. Where it dies, the sum is done here, and the next one in a new process.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pool: ProcessPoolExecutor | None = None
        self._pool_lock = Lock()

    def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """Return what some work, a function of a module, makes of what it is given."""
        try:
            pool = self._open()
        except OSError:
            # A system without room for another process, or that allows none.
            return super().run(work, *given)
        try:
            return pool.submit(work, *given).result()
        except BrokenProcessPool:
            self._forget(pool)
            return super().run(work, *given)

    def close(self) -> None:
        """End the process."""
        with self._pool_lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        with self._pool_lock:
            if self._pool is None:
                context = get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_give_way)
            return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        with self._pool_lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)


def _give_way() -> None:
    """Let who answers go first, and end with the server however it ends."""
    with suppress(OSError):
        os.nice(_YIELDS)
    # Ctrl+C reaches every process of a terminal; only the server decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """End this process when the one that started it has ended, however that was."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)
