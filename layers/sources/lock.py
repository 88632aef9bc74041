"""One writer at a time for one store, also between processes."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from layers.sources.network import DownloadError, FetchRules, Reason

_STEP = 0.1

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class HeldError(Exception):
    """Another process holds a lock."""


@contextmanager
def hold(
    path: Path,
    seconds: float,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Hold a lock file; wait for another process that holds it.

    The lock belongs to the open file, so the system frees it when a process
    dies: a file left by a crash is taken over at once.

    Parameters
    ----------
    path : Path
        The lock file; made where absent, never removed.
    seconds : float
        How long another process is waited for.
    sleep, clock : callable
        Hooks of tests.

    Raises
    ------
    HeldError
        Where the other process is not done in time.
    """
    latest = clock() + seconds
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                _try_lock(handle)
                break
            except OSError as error:
                if clock() >= latest:
                    raise HeldError(str(path)) from error
                sleep(_STEP)
        yield
    finally:
        os.close(handle)


@contextmanager
def only_one(path: Path, rules: FetchRules) -> Iterator[None]:
    """Hold the lock of a store that a fetch fills.

    Parameters
    ----------
    path : Path
        The lock file.
    rules : FetchRules
        ``lock_wait`` says how long another process is waited for.

    Raises
    ------
    DownloadError
        Where the other process is not done in time.
    """
    try:
        with hold(path, rules.lock_wait, rules.sleep, rules.clock):
            yield
    except HeldError as error:
        raise DownloadError(
            "another geoapp fetch has held {path} for {seconds:g} s; try again when it is done",
            Reason.BUSY,
            path=path,
            seconds=rules.lock_wait,
        ) from error
