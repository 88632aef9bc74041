"""Work by question: done once, shared, stopped by hand or when nobody waits, bounded in number."""

import threading
from collections.abc import Iterator

import pytest

from geoapp.app import jobs as module
from geoapp.app.jobs import Jobs, StoppedError
from layers.decide.milp import Progress, Watch
from layers.errors import FocusError, LayersError

LONG = 10.0


class Bench:
    """Work that goes a step on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self.begun: list[str] = []
        self.go = threading.Event()
        self.jobs: Jobs[str, str] = Jobs(self.work, lambda: self.now)

    def work(self, key: str, watch: Watch) -> str:
        self.begun.append(key)
        if key == "wrong":
            raise FocusError("no such plan")
        if key == "broken":
            raise ZeroDivisionError
        while not self.go.wait(0.005):
            watch(Progress("bound", 2.0, 1.0))
        return key.upper()


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.go.set()


def test_a_question_is_worked_on_once_and_its_answer_kept(bench: Bench) -> None:
    job = bench.jobs.ask("a")
    assert not job.is_over
    assert bench.jobs.ask("a") is job
    bench.go.set()
    assert bench.jobs.ask("a", wait=LONG).result == "A"
    assert bench.begun == ["a"]


def test_one_that_is_stopped_ends_and_begins_anew_when_asked_again(bench: Bench) -> None:
    job = bench.jobs.ask("a")
    bench.jobs.stop("a")
    assert job.ended.wait(LONG)
    assert isinstance(job.error, StoppedError)
    again = bench.jobs.ask("a")
    assert again is not job
    bench.go.set()
    assert bench.jobs.ask("a", wait=LONG).result == "A"
    # What is answered is not stopped.
    bench.jobs.stop("a")
    assert bench.jobs.ask("a") is again


def test_one_for_which_nobody_asks_any_more_is_stopped(bench: Bench) -> None:
    job = bench.jobs.ask("a")
    bench.now = module.LEASE - 1
    assert bench.jobs.ask("a", wait=0.02) is job
    assert not job.is_over
    bench.now += module.LEASE + 1
    assert job.ended.wait(LONG)
    assert isinstance(job.error, StoppedError)


def test_a_fault_of_the_question_is_its_answer_and_another_is_said(bench: Bench) -> None:
    assert str(bench.jobs.ask("wrong", wait=LONG).error) == "no such plan"
    assert isinstance(bench.jobs.ask("broken", wait=LONG).error, LayersError)


def test_there_are_no_more_than_some(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    for key in ("a", "b"):
        bench.jobs.ask(key)
    with pytest.raises(FocusError, match="too many"):
        bench.jobs.ask("c")
    bench.go.set()
    for key in ("a", "b", "c"):
        assert bench.jobs.ask(key, wait=LONG).result
    # Only the last answer is kept, so that the first one is worked on again.
    bench.jobs.ask("a", wait=LONG)
    assert bench.begun.count("a") == 2
