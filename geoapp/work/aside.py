"""Long sums beside the server, which goes on answering: in a process that gives way to it."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

from layers.errors import LayersError

Result = TypeVar("Result")
_YIELDS = 10
"""How much less urgent such a process is than who answers (``nice``)."""


class StoppedError(LayersError):
    """A sum that was given up because the server ends."""


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
        self._hold: Connection | None = None
        """The process lives as long as nobody lets go of it."""
        self._is_closed = False
        self._pool_lock = Lock()

    def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """Return what some work, a function of a module, makes of what it is given.

        Raises
        ------
        StoppedError
            Where ``close`` came before the end.
        """
        try:
            pool = self._open()
        except OSError:
            # A system without room for another process, or that allows none.
            return super().run(work, *given)
        try:
            return pool.submit(work, *given).result()
        except (CancelledError, RuntimeError) as error:
            if self._is_closed:
                raise _stopped() from error
            if not isinstance(error, BrokenProcessPool):
                raise
            self._forget(pool)
            return super().run(work, *given)

    def close(self) -> None:
        """End the process at once, whatever it is at, and take no more sums."""
        with self._pool_lock:
            self._is_closed = True
            pool, self._pool = self._pool, None
            if self._hold is not None:
                self._hold.close()
        if pool is not None:
            pool.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        with self._pool_lock:
            if self._is_closed:
                raise _stopped()
            if self._pool is None:
                context = get_context("spawn")
                held, self._hold = context.Pipe(duplex=False)
                self._pool = ProcessPoolExecutor(
                    1, mp_context=context, initializer=_give_way, initargs=(held,)
                )
            return self._pool

    def _forget(self, pool: ProcessPoolExecutor) -> None:
        with self._pool_lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False)


def _stopped() -> StoppedError:
    return StoppedError("the server ends and gave up this sum; ask again when it is back")


def _give_way(held: Connection) -> None:
    """Let who answers go first, and end when it lets go or ends, however that is."""
    with suppress(OSError):
        os.nice(_YIELDS)
    # Ctrl+C reaches every process of a terminal; only the server decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_let_go, args=(held,), daemon=True).start()


def _end_when_let_go(held: Connection) -> None:
    with suppress(EOFError, OSError):
        held.recv_bytes()
    os._exit(0)
