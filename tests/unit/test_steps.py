"""A second build runs what changed and nothing else, and is the same to the byte."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoapp.store.builds import write_build
from layers.digests import digest
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, DisclosureRules
from layers.steps import Steps
from tests.toy_whole import LIMITS, OLDER, WHOLE_COUNTRY, make_whole_toy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Catalogue, Places]:
    return make_whole_toy(tmp_path / "mirror")


def ran(
    whole: tuple[Catalogue, Places], folder: Path, *, fresh: bool = False, **more: object
) -> tuple[list[str], dict[str, bytes]]:
    """Build with the steps of a folder: which of them ran, and the files of the build."""
    steps = Steps(folder / "steps", fresh=fresh)
    built = build(whole[0], WHOLE_COUNTRY, whole[1], steps=steps, **more)  # type: ignore[arg-type]
    steps.keep()
    write_build(built, folder)
    return steps.ran, files(folder)


def files(store: Path) -> dict[str, bytes]:
    built = store / "builds" / (store / "CURRENT").read_text()
    found = {path.name: path.read_bytes() for path in built.iterdir()}
    manifest = json.loads(found.pop("manifest.json"))
    # How long it took, and the sum of the file that says so.
    manifest.pop("seconds")
    found.pop("SHA256SUMS")
    # What a store without steps does not know.
    found.pop("marks.json")
    return {**found, "manifest": json.dumps(manifest).encode()}


def test_nothing_runs_again_where_nothing_changed(
    whole: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    first, cold = ran(whole, tmp_path / "store")
    assert set(first) >= {"borders", "units", "outlines", "figures", "measured", "tables"}
    again, warm = ran(whole, tmp_path / "store")
    without = build(whole[0], WHOLE_COUNTRY, whole[1])
    write_build(without, tmp_path / "without")
    assert again == []
    assert warm == cold == files(tmp_path / "without")


def test_a_changed_source_runs_what_rests_on_it_alone(
    whole: tuple[Catalogue, Places], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(whole, tmp_path / "store")
    monkeypatch.setattr("tests.toy_whole.OLDER", OLDER.replace("010101,40", "010101,41"))
    newer = make_whole_toy(tmp_path / "mirror")
    some, warm = ran(newer, tmp_path / "store")
    # Huts, their rate, the index of it and risk.
    assert sorted(some) == ["figures", *4 * ["tables"]]
    assert warm == ran(newer, tmp_path / "other")[1]


def test_changed_limits_of_severity_run_what_they_judge_alone(
    whole: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    ran(whole, tmp_path / "store")
    path = whole[1].starter / "needs" / "toy" / "severity_thresholds.csv"
    path.write_text(LIMITS.replace("40,Jug", "45,Jug"), encoding="utf-8")
    some, warm = ran(whole, tmp_path / "store")
    # The deficit that the limits judge, and the severity.
    assert some == ["tables", "tables"]
    assert warm == ran(whole, tmp_path / "other")[1]


def test_a_changed_border_is_in_every_file_that_bears_it(
    whole: tuple[Catalogue, Places], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, before = ran(whole, tmp_path / "store")

    def square(x: int, y: int) -> shapely.Polygon:
        return shapely.box(x, y, x + 1, y + (0.5 if (x, y) == (0, 0) else 1))

    monkeypatch.setattr("tests.toy.square", square)
    newer = make_whole_toy(tmp_path / "mirror")
    _, warm = ran(newer, tmp_path / "store")
    assert warm == ran(newer, tmp_path / "other")[1]
    for name in ("district_units.parquet", "district_outlines.parquet", "district.parquet"):
        assert warm[name] != before[name]


def test_the_mark_of_methods_tells_whose_they_are(tmp_path: Path) -> None:
    cells = pd.DataFrame([[1, 2], [3, 4]], index=["01", "02"], columns=["a", "b"], dtype="int8")
    others = (
        cells.set_axis(["01", "03"]),
        cells.set_axis(["a", "c"], axis=1),
        cells.replace(4, 5).astype("int8"),
    )
    steps = Steps(tmp_path)
    marks = {steps.mark(one) for one in (cells, cells.copy(), *others)}
    assert len(marks) == 1 + len(others)


def test_the_same_is_told_whether_a_step_runs_or_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.toy_whole.OLDER", OLDER + "090909,40\n")
    whole = make_whole_toy(tmp_path / "mirror")
    cold: list[str] = []
    warm: list[str] = []
    ran(whole, tmp_path / "store", tell=lambda line: cold.append(str(line)))
    assert ran(whole, tmp_path / "store", tell=lambda line: warm.append(str(line)))[0] == []
    assert sorted(warm) == sorted(cold)
    # A row of no unit does not count, and no source is told twice.
    assert [line for line in cold if "toy_older" in line] == [
        f"toy_older: mirror, {len(OLDER.splitlines()) - 1} rows"
    ]
    assert len({line.partition(":")[0] for line in cold}) == len(cold)


def test_a_source_that_is_gone_is_told_each_time(
    whole: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    assert whole[1].mirror is not None
    (whole[1].mirror / "toy_older.csv").unlink()
    _, cold = ran(whole, tmp_path / "store")
    told: list[str] = []
    some, warm = ran(whole, tmp_path / "store", tell=told.append)
    assert (some, warm) == ([], cold)
    assert [line for line in told if "toy_older" in line and "not on this machine" in line]


def test_a_fresh_build_runs_every_step(whole: tuple[Catalogue, Places], tmp_path: Path) -> None:
    first, cold = ran(whole, tmp_path / "store")
    again, fresh = ran(whole, tmp_path / "store", fresh=True)
    assert (sorted(again), fresh) == (sorted(first), cold)


def test_damaged_steps_run_again(whole: tuple[Catalogue, Places], tmp_path: Path) -> None:
    first, cold = ran(whole, tmp_path / "store")
    rooms = sorted((tmp_path / "store" / "steps").iterdir())
    for at, path in enumerate(rooms):
        held = bytearray(path.read_bytes())
        if at % 3 == 0:
            held[len(held) // 2] ^= 1
        path.write_bytes((b"", held[: len(held) // 2], held)[(at + 2) % 3])
    again, whole_again = ran(whole, tmp_path / "store")
    assert whole_again == cold
    # At least what was in the emptied files.
    assert {path.name for path in rooms[1::3]} <= set(again)
    assert len(again) < len(first)


def test_the_editions_share_what_is_not_masked(
    whole: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    rules = DisclosureRules(least=5, least_protection=10, rounding=5, least_base=30)
    _, alone = ran(whole, tmp_path / "public", disclosure=rules)
    ran(whole, tmp_path / "store")
    some, shared = ran(whole, tmp_path / "store", disclosure=rules)
    assert set(some) == set()
    assert shared == alone


def test_what_two_builds_do_not_use_is_let_go(tmp_path: Path) -> None:
    for turn in range(5):
        steps = Steps(tmp_path)
        steps.value("squares", (2,), lambda: 4) if turn == 0 else None
        steps.value("squares", (turn + 10,), lambda turn=turn: turn)  # type: ignore[misc]
        steps.keep()
        kept = Steps(tmp_path)
        kept.value("squares", (2,), lambda: 4)
        assert (kept.ran == []) is (turn < 3)


def test_two_builds_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    one, other = Steps(tmp_path), Steps(tmp_path)
    for steps, number in ((one, 1), (other, 2)):
        steps.value("squares", (number,), lambda number=number: number**2)  # type: ignore[misc]
    one.keep()
    other.keep()
    again = Steps(tmp_path)
    assert again.value("squares", (2,), lambda: 0) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["squares"]


def test_a_build_that_is_killed_while_it_keeps_leaves_nothing_half(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from layers.steps import Steps
steps = Steps(Path(sys.argv[1]))
steps.value("squares", (3,), lambda: 9)
os.replace = lambda old, new: (print(old, flush=True), sys.stdin.read())
steps.keep()
"""
    steps = Steps(tmp_path)
    steps.value("squares", (2,), lambda: 4)
    steps.keep()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        half = Path(running.stdout.readline().strip())
        running.send_signal(signal.SIGKILL)
    assert half.is_file()
    again = Steps(tmp_path)
    assert again.value("squares", (2,), lambda: 0) == 4
    assert again.value("squares", (3,), lambda: 10) == 10
    os.utime(half, (0, time.time() - 7200))
    again.keep()
    assert not half.exists()


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "steps").write_text("a file")
    steps = Steps(tmp_path / "steps")
    assert steps.value("squares", (2,), lambda: 4) == 4
    steps.keep()
    assert (tmp_path / "steps").read_text() == "a file"


def test_a_shared_index_is_kept_once_and_nothing_is_read_without_it(tmp_path: Path) -> None:
    units = pd.Index([f"{place:06d}" for place in range(500)], name="ubigeo")
    people = pd.Series(np.arange(500.0), index=units)
    for shared in (False, True):
        steps = Steps(tmp_path / str(shared))
        steps.share(units) if shared else None
        steps.value("people", (1,), lambda: people)
        steps.value("homes", (1,), lambda: people.rename("homes"))
        steps.keep()
    alone, small = ((tmp_path / name / "homes").stat().st_size for name in ("False", "True"))
    assert small < alone - 500 * len("000000")
    again, nobody, others = (Steps(tmp_path / "True") for _ in range(3))
    # Equal, and another object: the next build reads its units anew.
    again.share(pd.Index(list(units), name="ubigeo"))
    others.share(units.rename("other"))
    for steps, runs in ((again, []), (nobody, ["people"]), (others, ["people"])):
        found = steps.value("people", (1,), lambda: people)
        pd.testing.assert_series_equal(found, people)
        assert steps.ran == runs


def test_what_is_told_by_its_parts_changes_with_them(tmp_path: Path) -> None:
    for parts, runs in (([1, 2], ["sum"]), ([1, 2], []), ([1, 3], ["sum"])):
        steps = Steps(tmp_path)
        whole = [object(), *parts]
        steps.know(whole, told_by=tuple(parts))
        assert steps.value("sum", (whole,), lambda parts=parts: sum(parts)) == sum(parts)  # type: ignore[misc]
        assert steps.ran == runs
        steps.keep()


@given(st.lists(st.floats(allow_nan=True), min_size=1, max_size=6), st.integers(0, 5))
def test_tables_that_differ_in_one_cell_have_other_keys(cells: list[float], at: int) -> None:
    index = [f"{place:06d}" for place in range(len(cells))]
    one = pd.Series(cells, index=index, name="people")
    other = one.copy()
    place = at % len(cells)
    other.iloc[place] = 0.0 if other.iloc[place] != 0 else 1.0
    assert digest(one) == digest(one.copy())
    assert digest(one) != digest(other)
    assert digest(one) != digest(one.rename("homes"))
    assert digest(one) != digest(one.set_axis(index[::-1])) or len(cells) == 1


def test_what_looks_alike_has_keys_of_its_own() -> None:
    alike = [
        (1,), ("1",), (1.0,), (True,), (None,), ("None",), ((1,),), [(1,)], ({1: 1},), (),
        ("a", "b"), ("ab",), (("a",), "b"), np.array([1]), np.array([1.0]), np.array(["1"]),
        np.array([[1]]), pd.Series([1]), pd.Series([1], dtype="int32"), pd.DataFrame({"a": [1]}),
        pd.DataFrame({"b": [1]}), np.array([shapely.Point(0, 1)]),
        np.array([shapely.Point(0, 1.0000000001)]), replace(Places(store=ROOT, starter=ROOT)),
    ]  # fmt: skip
    assert len({digest(one) for one in alike}) == len(alike)


def test_what_no_text_tells_whole_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="kept by a Generator"):
        Steps(tmp_path).value("squares", (np.random.default_rng(1),), lambda: 4)
