"""A file of results gives back what was put or nothing, whatever became of its bytes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.step_file import StepFile


def written(path: Path, results: dict[str, bytes]) -> StepFile:
    file = StepFile(path)
    for key, packed in results.items():
        file.put(key, packed)
    file.keep(results, idle=1)
    return StepFile(path)


@given(results=st.dictionaries(st.text(max_size=5), st.binary(max_size=40), max_size=5))
def test_results_come_back_as_they_were_put(
    tmp_path_factory: pytest.TempPathFactory, results: dict[str, bytes]
) -> None:
    file = written(tmp_path_factory.mktemp("steps") / "squares", results)
    assert {key: file.get(key) for key in results} == results
    assert all(key in file for key in results)
    assert "no such result" not in file
    assert file.get("no such result") is None


def test_any_changed_byte_costs_its_result_or_all_and_gives_no_other(tmp_path: Path) -> None:
    results = {"one": b"first result", "two": b"second"}
    path = tmp_path / "squares"
    written(path, results)
    whole = path.read_bytes()
    lost = []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        file = StepFile(path)
        found = {key: file.get(key) for key in results}
        assert all(found[key] in (None, results[key]) for key in results)
        lost.append([key for key in results if found[key] is None])
    bodies = len(b"first result") + len(b"second")
    assert all(one == ["one", "two"] for one in lost[:-bodies])
    assert lost[-bodies:] == [["one"]] * 12 + [["two"]] * 6


def test_a_file_cut_anywhere_gives_what_is_whole(tmp_path: Path) -> None:
    results = {"one": b"first result", "two": b"second"}
    path = tmp_path / "squares"
    written(path, results)
    whole = path.read_bytes()
    counts = []
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        file = StepFile(path)
        found = [packed for key in results if (packed := file.get(key)) is not None]
        assert found == list(results.values())[: len(found)]
        counts.append(len(found))
    assert counts == sorted(counts)
    assert set(counts) == {0, 1}


def test_a_file_of_another_form_holds_nothing_and_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "squares"
    for other in (b"", b"\x00" * 99, b"geoapp results 1\n" + b"\xff" * 80):
        path.write_bytes(other)
        assert "one" not in StepFile(path)
        assert written(path, {"one": b"1"}).get("one") == b"1"


def test_a_damaged_result_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "squares"
    written(path, {"one": b"first", "two": b"other"})
    held = bytearray(path.read_bytes())
    held[-1] ^= 1
    path.write_bytes(held)
    file = StepFile(path)
    file.put("three", b"third")
    file.keep({"one", "two", "three"}, idle=1)
    again = StepFile(path)
    assert [again.get(key) for key in ("one", "two", "three")] == [b"first", None, b"third"]
    assert "two" not in again


def test_what_is_kept_is_read_while_another_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "squares"
    reader = written(path, {"one": b"first"})
    other = StepFile(path, fresh=True)
    other.put("one", b"another")
    other.keep({"one"}, idle=1)
    assert reader.get("one") == b"first"
    assert StepFile(path).get("one") == b"another"
