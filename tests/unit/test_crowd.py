"""The crowd of the bench on the toy country: it uses all five views, and counts what fails."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.acts import ACTS, LATER, OPEN
from bench.crowd import Log, Plan, crowd, lines_of, memory_of, slope_of
from bench.server import Served
from geoapp.app import create_app
from geoapp.app.state import Page
from geoapp.store.builds import Stored, read_build, write_build
from layers.built import Build
from tests.loopback import listening


@dataclass
class Own:
    """This process, which serves here what a server of its own would."""

    pid: int


@pytest.fixture
def stored(toy_build: Build, tmp_path: Path) -> Stored:
    write_build(toy_build, tmp_path / "crowd")
    return read_build(tmp_path / "crowd")


@pytest.fixture
def at(stored: Stored) -> Iterator[Served]:
    with listening(create_app(stored).server) as port:
        yield Served(f"http://127.0.0.1:{port}", 0.0, Own(os.getpid()))


def test_ten_people_use_the_five_views_and_what_fails_is_told(stored: Stored, at: Served) -> None:
    plan = Plan(people=10, seconds=60, browsers=0, think=(0, 0.1), ramp=0, every=0.5, acts=2)
    log = crowd(stored, at, plan)
    assert log.errors == []
    views = {act.partition(":")[0] for act in log.samples}
    assert views >= {page.value for page in Page}
    assert len(log.samples[OPEN]) == 10
    assert LATER in log.samples
    assert log.memory[0][1] > 0
    told = list(lines_of(log))
    assert "errors: 0" in told
    nobody = Served("http://127.0.0.1:9", 0.0, at.process)
    failed = crowd(stored, nobody, Plan(people=2, seconds=60, browsers=0, ramp=0))
    assert "errors: 2" in list(lines_of(failed))


def test_lines_tell_what_was_seen() -> None:
    log = Log(memory=[(0.0, 100.0), (1.0, 103.0), (2.0, 106.0)])
    log.is_measured.set()
    for took in range(1, 101):
        log.tell("data: part", float(took))
    log.tell(OPEN, 9000.0)
    log.tell(LATER, 9000.0)
    told = "\n".join(lines_of(log))
    assert slope_of(log.memory) == pytest.approx(3.0)
    line = next(one for one in told.splitlines() if one.startswith("ALL"))
    assert line.split()[2:7] == ["100", "50", "95", "99", "100"]
    assert "within" in line
    assert "+3.00 MB/min" in told


def test_memory_is_that_of_the_process() -> None:
    before = memory_of(os.getpid())
    held = bytearray(64 << 20)
    held[::4096] = b"x" * len(held[::4096])
    assert memory_of(os.getpid()) - before > 48
    assert len(held) == 64 << 20
    alone = memory_of(os.getpid())
    holds = "held = b'x' * (64 << 20); print(flush=True); input()"
    both = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", holds], **both) as child:
        # Not before it is there with all that it holds.
        assert child.stdout is not None
        child.stdout.readline()
        assert memory_of(os.getpid()) - alone > 48
        child.kill()
    assert memory_of(2**22 + 1) == 0.0


def test_every_view_has_acts() -> None:
    assert set(ACTS) == {page.value for page in Page}
