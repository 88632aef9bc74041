"""A visitor's file is read in a process of its own, with little time and memory.

What it answers is JSON: nothing that such a process says is run here.
"""

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pandas as pd

from geoapp.words import DEFAULT_LANGUAGE, sentences
from layers.errors import LayersError, MapPlaceError, UserFileError
from layers.event_files import read_footprint
from layers.own.asked import Asked
from layers.own.ground import Ground
from layers.own.look import look_at
from layers.own.take import take

_MAX_ANSWER = 64 * 2**20
_TURNS = BoundedSemaphore(2)
"""Files that are read at once: each may take the memory of its limit."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may take."""

    seconds: float = 90.0
    """On the clock, and of the processor."""
    memory: int = 2 * 2**30
    """Bytes of address space beyond what the libraries take."""


def read_apart(
    path: Path,
    name: str,
    ground: Ground,
    asked: Asked | None,
    system: str = "",
    limits: Limits = Limits(),
) -> dict[str, Any]:
    """Look at a file, or take its figures, in a process of its own.

    Parameters
    ----------
    path : Path
        The file, under a name of our own.
    name : str
        What its owner calls it.
    ground : Ground
        The units of the product.
    asked : Asked or None
        What to take; None looks at it.
    system : str
        Reference system that is stated before anything is taken.
    limits : Limits
        Time and memory.

    Returns
    -------
    dict
        As ``look_at`` and ``take`` return it.

    Raises
    ------
    UserFileError
        Where the file cannot be used, or the limits end the process.
    """
    job = {
        "path": str(path),
        "name": name,
        "folder": str(ground.folder),
        "box": list(ground.box),
        "asked": None if asked is None else asked.plain(),
        "system": system,
    }
    with _TURNS:
        return _run(job, name, limits)


def check_footprint_apart(
    data: bytes,
    name: str,
    equivalence: pd.DataFrame,
    options: Mapping[str, Any],
    limits: Limits = Limits(),
) -> None:
    """Read the footprint of an event in a process of its own, to see that it can be read.

    A footprint holds shapes and grids, which no JSON carries: whoever needs it reads it again,
    knowing that neither its time nor its memory goes beyond the limits.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        What its owner calls it.
    equivalence : DataFrame
        Districts that a list may name.
    options : mapping
        ``buffer_km`` and ``thresholds``, as ``read_footprint`` takes them.
    limits : Limits
        Time and memory.

    Raises
    ------
    UserFileError
        Where the limits end the process. What is wrong with the file is for its reader to say.
    """
    with tempfile.TemporaryDirectory() as folder, _TURNS:
        path = Path(folder) / "file"
        path.write_bytes(data)
        equivalence.to_parquet(path.with_name("equivalence.parquet"))
        _run({"footprint": dict(options), "path": str(path), "name": name}, name, limits)


def _run(job: dict[str, Any], name: str, limits: Limits) -> dict[str, Any]:
    context = get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(its, job, limits.seconds, limits.memory), daemon=True
    )
    process.start()
    its.close()
    try:
        return _answer_of(mine, name, limits)
    finally:
        mine.close()
        process.kill()
        process.join()


def _answer_of(pipe: Connection, name: str, limits: Limits) -> dict[str, Any]:
    if not pipe.poll(limits.seconds):
        raise UserFileError("{name} takes too long to read; cut it", name=name)
    try:
        answer = json.loads(pipe.recv_bytes(_MAX_ANSWER))
    except (EOFError, OSError) as error:
        raise UserFileError(
            "{name} could not be read to its end; export it again", name=name
        ) from error
    if "template" in answer:
        raise _error_of(answer, name)
    done: dict[str, Any] = answer["done"]
    return done


def _error_of(answer: dict[str, Any], name: str) -> UserFileError:
    """Return the error that a process tells, if it is one that the product knows."""
    template, values = answer["template"], answer["values"]
    # A template from outside could look into the values: only sentences of our own are filled.
    if template not in sentences(DEFAULT_LANGUAGE):
        return UserFileError("{name} could not be read to its end; export it again", name=name)
    kind = MapPlaceError if answer["kind"] == MapPlaceError.__name__ else UserFileError
    return kind(template, **{key: value for key, value in values.items() if _is_plain(value)})


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _work(pipe: Connection, job: dict[str, Any], seconds: float, memory: int) -> None:
    _restrict(seconds, memory)
    try:
        answer = {"done": _read(job)}
    except LayersError as error:
        answer = _told(error, job)
    except MemoryError:
        answer = _told(
            UserFileError("not enough memory to read {name}; cut it", name=job["name"]), job
        )
    pipe.send_bytes(json.dumps(answer).encode())
    pipe.close()


def _told(error: LayersError, job: dict[str, Any]) -> dict[str, Any]:
    """Return an error as JSON; the file is called what its owner calls it."""
    values = {
        key: job["name"] if value == job["path"] else value
        for key, value in error.sentence.values.items()
    }
    template = error.sentence.template
    return {"kind": type(error).__name__, "template": template, "values": values}


def _read(job: dict[str, Any]) -> dict[str, Any]:
    if "footprint" in job:
        return _try_footprint(job)
    ground = Ground(Path(job["folder"]), tuple(job["box"]))
    path = Path(job["path"])
    if job["asked"] is None:
        return look_at(path, job["name"], ground, job["system"])
    return take(path, job["name"], Asked.of(job["asked"]), ground)


def _try_footprint(job: dict[str, Any]) -> dict[str, Any]:
    path = Path(job["path"])
    equivalence = pd.read_parquet(path.with_name("equivalence.parquet"))
    with suppress(LayersError):
        read_footprint(path.read_bytes(), job["name"], equivalence, **job["footprint"])
    return {}


def _restrict(seconds: float, memory: int) -> None:
    """Limit this process; where the system has no such limits, only the clock holds."""
    if sys.platform == "win32":
        return
    import resource

    used = _address_space()
    for what, most in (
        (resource.RLIMIT_AS, used + memory),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, 64 * 2**20),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))
    # Whatever dies here is not worth a trace on the server's terminal.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _address_space() -> int:
    """Return the bytes of address space that this process has taken."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 2**32
    return pages * os.sysconf("SC_PAGE_SIZE")
