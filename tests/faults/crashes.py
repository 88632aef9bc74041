"""Run an act in a process of its own that ends, or whose disk refuses, at one step of it.

A step is anything that the system is asked to do with a file or folder: open, make, rename, link,
remove. Python tells each to an audit hook before it happens.
"""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

Act = Callable[[], object]
_STEPS = ("open", "os.", "shutil.", "tempfile.")
_HARMLESS = ("os.listdir", "os.scandir", "os.walk", "os.putenv", "os.unsetenv")
DONE, TOLD, STRANGE = 0, 3, 4


def killed_at_each_step(act: Act) -> Iterator[int]:
    """Run an act again and again, killed one step later each time, until it comes to its end."""
    step = 0
    while _child(act, step, _kill) == -signal.SIGKILL:
        yield step
        step += 1


def refused_at_each_step(act: Act, told: type[Exception]) -> Iterator[int]:
    """Run an act with a disk that is full at one step, one later each time; return the end of each.

    Yields
    ------
    int
        DONE, TOLD where the error was raised, STRANGE where another was.
    """
    step = 0
    while True:
        reached, ended = os.pipe()

        def full(pipe: int = ended) -> None:
            os.write(pipe, b".")
            raise OSError(errno.ENOSPC, "No space left on device")

        code = _child(act, step, full, told)
        os.close(ended)
        was_reached = bool(os.read(reached, 1))
        os.close(reached)
        if not was_reached:
            return
        yield code
        step += 1


def killed_after(act: Act, seconds: float) -> None:
    """Repeat an act until it is killed from outside."""

    def again() -> None:
        while True:
            act()

    child = forked(again)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _child(act: Act, step: int, fault: Callable[[], None], told: type[Exception] = OSError) -> int:
    left = [step]

    def hook(event: str, _: object) -> None:
        if not event.startswith(_STEPS) or event in _HARMLESS:
            return
        left[0] -= 1
        if left[0] == -1:
            fault()

    def hooked() -> None:
        sys.addaudithook(hook)
        act()

    _, status = os.waitpid(forked(hooked, told), 0)
    return os.waitstatus_to_exitcode(status)


def forked(act: Act, told: type[Exception] = OSError) -> int:
    """Begin an act in a process of its own; return its number."""
    child = os.fork()
    if child:
        return child
    code = STRANGE
    try:
        act()
        code = DONE
    except told:
        code = TOLD
    finally:
        os._exit(code)
