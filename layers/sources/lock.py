"""One fetch at a time for one store, also between processes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layers.sources.network import DownloadError, FetchRules, Reason

_STEP = 0.2

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_one(path: Path, rules: FetchRules) -> Iterator[None]:
    """Hold a lock file; wait for another process that holds it.

    The lock belongs to the open file, so the system frees it when a process
    dies: a file left by a crash is taken over at once.

    Parameters
    ----------
    path : Path
        The lock file; made where absent, never removed.
    rules : FetchRules
        ``lock_wait`` says how long another process is waited for.

    Raises
    ------
    DownloadError
        Where the other process is not done in time.
    """
    latest = rules.clock() + rules.lock_wait
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while True:
            try:
                _try_lock(handle)
                break
            except OSError as error:
                if rules.clock() >= latest:
                    raise DownloadError(
                        "another geoapp fetch has held {path} for {seconds:g} s; try again when "
                        "it is done",
                        Reason.BUSY,
                        path=path,
                        seconds=rules.lock_wait,
                    ) from error
                rules.sleep(_STEP)
        yield
    finally:
        os.close(handle)
