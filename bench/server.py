"""The server as a process of its own: how long until it answers."""

import http.client
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Measure
from bench.process import GEOAPP, environment


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    home: str
    seconds: float
    """From its start to the first ``/healthz``."""
    process: "subprocess.Popen[bytes]"


@contextmanager
def served(store: Path, patience: float = 60.0) -> Iterator[Served]:
    """Run ``geoapp serve`` on a free port until the block ends.

    Parameters
    ----------
    store : Path
        Holds a build.
    patience : float
        Seconds to wait for its first answer.

    Yields
    ------
    Served
        Address, how long it took to start, and the process.
    """
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*GEOAPP, "serve"],
            env=environment(store, GEOAPP_PORT=str(port)),
            stdout=log,
            stderr=log,
        )
        try:
            while not _is_alive(port):
                if process.poll() is not None or time.perf_counter() - started > patience:
                    log.seek(0)
                    raise RuntimeError(f"geoapp serve did not start: {log.read().decode()[-500:]}")
                time.sleep(0.01)
            home = f"http://127.0.0.1:{port}"
            yield Served(home, time.perf_counter() - started, process)
        finally:
            process.terminate()
            # What it has begun it ends.
            process.wait(patience)


def _is_alive(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def measure_start(store: Path, runs: int) -> list[Measure]:
    """Measure the time from the start of ``geoapp serve`` to its first healthy answer.

    Parameters
    ----------
    store : Path
        Holds a build.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        One.
    """
    samples = []
    for _ in range(runs):
        with served(store) as at:
            samples.append(at.seconds)
    return [Measure(name="start-up to first healthz", unit="s", samples=tuple(samples))]
