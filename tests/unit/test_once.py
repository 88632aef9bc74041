"""Who asks the same at the same time shares one answer; who asks something else does not."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.answers.robust import choice_sentences
from geoapp.app.ahead import work_ahead
from geoapp.app.live import DRAWS, TOPS
from geoapp.app.routes import make_geometries
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.store.builds import read_build, write_build
from geoapp.work.aside import Aside, InTurn, StoppedError
from geoapp.work.once import Once
from layers.built import Build
from layers.decide.draws import Rules
from layers.decide.score import rank_units
from layers.errors import LayersError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, SCENARIO
from tests.unit.test_live import firmness_of_table

WAIT = 20.0


def test_ten_who_ask_the_same_are_answered_by_one_sum() -> None:
    asked: list[str] = []
    may_end = threading.Event()

    def work(name: str) -> list[str]:
        asked.append(name)
        assert name != "slow" or may_end.wait(WAIT)
        return [name]

    once = Once(work, keep=4)
    with ThreadPoolExecutor(10) as people:
        waiting = [people.submit(once, "slow") for _ in range(9)]
        # Meanwhile another question is answered, and the first one is not begun again.
        assert people.submit(once, "quick").result(WAIT) == ["quick"]
        assert not any(one.done() for one in waiting)
        may_end.set()
        answers = [one.result(WAIT) for one in waiting]
    assert sorted(asked) == ["quick", "slow"]
    assert all(answer is answers[0] for answer in answers)
    assert once.use() == (8, 2)


def test_the_answer_asked_for_longest_ago_is_forgotten() -> None:
    asked: list[int] = []
    once = Once(lambda number: asked.append(number) or number, keep=2)
    for number in (1, 2, 1, 3, 1, 2):
        assert once(number) == number
    assert asked == [1, 2, 3, 2]


def test_a_failure_is_told_to_all_who_wait_and_is_not_kept() -> None:
    tries: list[int] = []
    is_asked, may_end = threading.Event(), threading.Event()

    def work() -> str:
        tries.append(1)
        if len(tries) > 1:
            return "answered"
        is_asked.set()
        may_end.wait(WAIT)
        raise LayersError("nothing there")

    once = Once(work, keep=2)
    with ThreadPoolExecutor(3) as people:
        waiting = [people.submit(once)]
        assert is_asked.wait(WAIT)
        waiting += [people.submit(once) for _ in range(2)]
        while once.use().hits < 2:
            time.sleep(0.001)
        may_end.set()
        for one in waiting:
            with pytest.raises(LayersError, match="nothing there"):
                one.result(WAIT)
    assert once() == "answered"
    assert len(tries) == 2


def views_of(built: Build, catalogue: Catalogue, folder: Path) -> Views:
    write_build(built, folder)
    stored = read_build(folder, catalogue)
    return Views(stored, catalogue, SCENARIO, make_geometries(stored, COUNTRY))


def test_two_builds_and_two_scenarios_never_mix(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    """What is kept of one edition, scenario or level is what it would be without keeping."""
    catalogue, level = toy[0], AdminLevel.DISTRICT
    made = toy_build.levels[level]
    turned = replace(made.table, values=made.table.values.iloc[::-1].set_axis(made.units.index))
    other_build = replace(
        toy_build, hash="another", levels={**toy_build.levels, level: replace(made, table=turned)}
    )
    editions = [
        views_of(toy_build, catalogue, tmp_path / "full"),
        views_of(other_build, catalogue, tmp_path / "public"),
    ]
    names = [name for name, _ in SCENARIO.weights]
    scenarios = [SCENARIO, SCENARIO.with_weights(dict.fromkeys(names, 1.0) | {names[0]: 9.0})]
    top = TOPS[level][0]
    seen: list[object] = []
    for _ in range(2):
        for views in editions:
            for scenario in scenarios:
                table = views.level(level).table
                told = views.live.firmness(level, scenario, top)
                rules = Rules(draws=DRAWS, seed=scenario.seed)
                plain = firmness_of_table(table, scenario, catalogue, rules, TOPS[level])
                sentence = choice_sentences(table, scenario, catalogue, top)
                assert told == {**plain, "top": top, "among": plain["among"][top]} | {
                    "sentence": sentence
                }
                ranked = rank_units(table, scenario, catalogue)
                assert views.rivals.ranking(level, scenario).units.equals(ranked.units)
                seen.append(ranked.units["score"].fillna(-1.0).to_dict())
    assert seen[:4] == seen[4:]
    assert all(seen[one] != seen[other] for one in range(4) for other in range(one))
    first, second = (views.live.firmness_address(ViewState()) for views in editions)
    assert first != second
    # Asked for twice, each was worked out once.
    assert [views.live.caches()["firmness"].misses for views in editions] == [2, 2]


def test_sums_are_done_in_a_process_that_gives_way_and_comes_back_when_it_dies() -> None:
    sums = Aside()
    try:
        process = sums.run(os.getpid)
        assert process != os.getpid()
        assert sums.run(os.nice, 0) > os.nice(0)
        with pytest.raises(ValueError, match="nowhere"):
            sums.run(AdminLevel, "nowhere")
        os.kill(process, signal.SIGKILL)
        # The sum that finds it dead is done here, the next one in a new process.
        assert sums.run(os.getpid) == os.getpid()
        assert sums.run(os.getpid) not in (os.getpid(), process)
    finally:
        sums.close()


def test_what_is_under_way_is_given_up_at_once_and_nothing_more_is_taken() -> None:
    sums = Aside()
    process = sums.run(os.getpid)
    with ThreadPoolExecutor(2) as people:
        # The second waits for its turn behind the first, which would not come to an end.
        waiting = [people.submit(sums.run, time.sleep, 3600) for _ in range(2)]
        while not all(one.running() for one in waiting):
            time.sleep(0.01)
        sums.close()
        for one in waiting:
            with pytest.raises(StoppedError, match="the server ends"):
                one.result(timeout=60)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(StoppedError):
        sums.run(os.getpid)
    sums.close()


def test_where_no_process_can_be_had_the_sum_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("geoapp.work.aside.ProcessPoolExecutor", refused)
    assert Aside().run(os.getpid) == os.getpid()


def test_without_a_process_one_sum_waits_for_the_other() -> None:
    at_once: list[int] = []
    most: list[int] = []

    def work(number: int) -> int:
        at_once.append(number)
        most.append(len(at_once))
        time.sleep(0.01)
        at_once.remove(number)
        return number

    sums = InTurn()
    with ThreadPoolExecutor(4) as people:
        found = list(people.map(lambda number: sums.run(work, number), range(4)))
    assert found == [0, 1, 2, 3]
    assert set(most) == {1}


def test_what_all_share_is_worked_out_before_they_ask(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    views = views_of(toy_build, toy[0], tmp_path / "built")
    work_ahead(views)
    level = views.levels[0]
    assert views.caches()["firmness"] == (0, 1)
    views.live.firmness(level, SCENARIO, TOPS[level][0])
    assert views.caches()["firmness"] == (1, 1)
    assert "event_ground" in vars(views)
