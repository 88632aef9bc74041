"""Whatever ends a writer or spoils a disk, a store opens whole, with one build or the other."""

import os
import random
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from geoapp.exports.files import Export, write_export
from geoapp.store import folders
from geoapp.store.builds import check_writable, read_build, write_build
from geoapp.store.folders import (
    BUILDS,
    FORMER,
    POINTER,
    SUMS,
    add_build,
    hash_of,
    open_build,
    pointed,
)
from geoapp.store.loaded import LoadedFolder
from geoapp.store.records import read_record, write_record
from layers.built import Build
from layers.errors import ExportError, LayersError, RecordError, StoreError
from layers.sources.lock import HeldError, hold
from tests.faults.crashes import (
    DONE,
    TOLD,
    forked,
    killed_after,
    killed_at_each_step,
    refused_at_each_step,
)

FILES = ("district.txt", "manifest.json", "outlines.txt")


def write(store: Path, name: str) -> Path:
    """Write a build whose every file holds its name."""

    def files(folder: Path) -> None:
        for file in FILES:
            (folder / file).write_text(name)

    return add_build(store, name, files)


def read(store: Path) -> str:
    """Return the name of a build, or fail where its files are of two builds."""

    def whole(folder: Path) -> str:
        (name,) = {(folder / file).read_text() for file in FILES}
        return name

    return open_build(store, whole)[0]


def written(built: Build, store: Path) -> Path:
    """Write a build of a country; return its folder."""
    write_build(built, store)
    return store / BUILDS / pointed(store, POINTER)


def built_in(store: Path) -> set[str]:
    """Return of which builds there are folders: a build made again has another number."""
    return {hash_of(path.name) for path in (store / BUILDS).iterdir()} - {".lock"}


@pytest.mark.fault(66, 67, 68)
def test_a_writer_killed_at_any_step_loses_nothing_and_the_next_tidies_up(tmp_path: Path) -> None:
    write(tmp_path, "aa")
    write(tmp_path, "bb")
    seen = []
    for step in killed_at_each_step(lambda: write(tmp_path, "cc")):
        seen.append(read(tmp_path))
        write(tmp_path, f"aa{step:02}")
        write(tmp_path, "bb")
        assert (read(tmp_path), built_in(tmp_path)) == ("bb", {"bb", f"aa{step:02}"})
        assert {path.name for path in tmp_path.iterdir()} == {BUILDS, POINTER, FORMER}
    assert read(tmp_path) == "cc"
    assert seen == sorted(seen), "once the new build is seen the old one is not seen again"
    assert set(seen) == {"bb", "cc"}


@pytest.mark.fault(68)
def test_the_first_writer_killed_at_any_step_leaves_no_build_or_the_whole(tmp_path: Path) -> None:
    stores = [tmp_path / "0"]
    ends = set()
    for step in killed_at_each_step(lambda: write(stores[-1], "aa")):
        store = stores[-1]
        ends.add((store / POINTER).exists())
        if (store / POINTER).exists():
            assert read(store) == "aa"
        else:
            with pytest.raises(StoreError, match="holds no build; run geoapp build"):
                read(store)
        stores.append(tmp_path / str(step + 1))
    assert ends == {False, True}


@pytest.mark.fault(67, 68)
def test_a_writer_of_a_country_killed_at_random_moments(toy_build: Build, tmp_path: Path) -> None:
    write_build(toy_build, tmp_path)
    moments = random.Random(16)
    for _ in range(8):
        killed_after(lambda: write_build(toy_build, tmp_path), moments.uniform(0.0, 0.6))
        assert read_build(tmp_path).problem is None
    write_build(toy_build, tmp_path)
    assert read_build(tmp_path).build.hash == toy_build.hash
    assert len(built_in(tmp_path)) <= 2


@pytest.mark.fault(71)
def test_a_disk_that_is_full_at_any_step_is_told_and_the_former_build_stays(
    tmp_path: Path,
) -> None:
    write(tmp_path, "aa")
    write(tmp_path, "bb")
    ends = []
    for end in refused_at_each_step(lambda: write(tmp_path, "cc"), StoreError):
        ends.append(end)
        # What cannot be tidied up is told by nobody: what was written stands.
        assert read(tmp_path) in ({"cc"} if end == DONE else {"bb", "cc"})
        write(tmp_path, "aa")
        write(tmp_path, "bb")
        assert built_in(tmp_path) == {"aa", "bb"}
    assert set(ends) <= {DONE, TOLD}
    assert TOLD in ends


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k", "none", place], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.fault(71)
def test_a_real_disk_that_is_full(small_disk: Path) -> None:
    def large(folder: Path) -> None:
        (folder / "district.txt").write_bytes(bytes(300_000))

    write(small_disk, "aa")
    with pytest.raises(StoreError, match=r"No space left on device.*; free space or set"):
        add_build(small_disk, "bb", large)
    assert read(small_disk) == "aa"
    assert built_in(small_disk) == {"aa"}
    write(small_disk, "cc")
    assert read(small_disk) == "cc"


@pytest.mark.fault(71)
def test_a_disk_that_may_only_be_read_is_read(small_disk: Path) -> None:
    write(small_disk, "aa")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert read(small_disk) == "aa"
    for act in (lambda: write(small_disk, "bb"), lambda: check_writable(small_disk)):
        with pytest.raises(StoreError, match=r"Read-only file system.*; free space or set"):
            act()
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)


@pytest.mark.fault(71)
def test_a_file_that_the_system_lets_grow_no_further(toy_build: Build, tmp_path: Path) -> None:
    write(tmp_path, "aa")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            write_build(toy_build, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert read(tmp_path) == "aa"
    assert built_in(tmp_path) == {"aa"}


SPOIL: dict[str, Callable[[Path], object]] = {
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "lost": lambda path: path.unlink(),
    "flipped": lambda path: path.write_bytes(
        bytes([path.read_bytes()[0] ^ 1, *path.read_bytes()[1:]])
    ),
}


@pytest.mark.fault(68, 72)
@pytest.mark.parametrize("how", SPOIL)
def test_any_file_that_a_power_cut_spoils_is_noticed_and_the_former_build_used(
    how: str, toy_build: Build, tmp_path: Path
) -> None:
    write(tmp_path, "aa")
    folder = written(toy_build, tmp_path)
    names = sorted(path.name for path in folder.iterdir())
    assert {"manifest.json", "district.parquet", "pictures.npz", SUMS} <= set(names)
    for name in names:
        whole = (folder / name).read_bytes()
        if not whole:
            continue
        SPOIL[how](folder / name)
        # Nothing is read of the folder, so that only its seal can tell.
        _, opened, problem = open_build(tmp_path, lambda folder: None)
        assert opened.name == "aa", name
        assert str(folder) in (problem or "")
        assert (problem or "").endswith("until then the build before it is used")
        assert "\n" not in (problem or "")
        (folder / name).write_bytes(whole)
    assert open_build(tmp_path, lambda folder: folder.name)[2] is None


@pytest.mark.fault(68)
def test_a_spoilt_build_without_a_former_one_is_one_sentence_and_is_built_again(
    toy_build: Build, tmp_path: Path
) -> None:
    folder = written(toy_build, tmp_path)
    os.truncate(folder / "manifest.json", 100)
    with pytest.raises(
        StoreError, match=r"is damaged .manifest.json is not as it was written.; run"
    ):
        read_build(tmp_path)
    assert written(toy_build, tmp_path) != folder
    assert read_build(tmp_path).build.hash == toy_build.hash
    assert not folder.exists()


@pytest.mark.fault(68)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"nothing of the kind", b"aa\n"])
def test_a_pointer_that_was_spoilt_leads_to_the_former_build(
    content: bytes, tmp_path: Path
) -> None:
    write(tmp_path, "aa")
    write(tmp_path, "bb")
    (tmp_path / POINTER).write_bytes(content)
    assert read(tmp_path) == "aa"


@pytest.mark.fault(70)
def test_the_newest_build_is_the_last_one_whatever_the_clock_says(tmp_path: Path) -> None:
    for place, name in enumerate(("aa", "bb", "cc")):
        folder = write(tmp_path, name)
        os.utime(folder, (1e9 - place * 1e6, 1e9 - place * 1e6))
    assert (read(tmp_path), built_in(tmp_path)) == ("cc", {"bb", "cc"})
    assert open_build(tmp_path, lambda folder: folder.name, "bb")[0] == "bb"


@pytest.mark.fault(66, 67)
def test_two_writers_and_a_thousand_reads_at_once(tmp_path: Path) -> None:
    write(tmp_path, "start")
    stop = tmp_path / "stop"

    def writes(who: str) -> None:
        for turn in count():
            write(tmp_path, f"{who}{turn}")
            # As long as a writer that waits sleeps, so that they take turns.
            time.sleep(0.2)
            if stop.exists():
                return

    writers = [forked(lambda who=who: writes(who)) for who in ("aa", "bb")]
    reads, seen = count(), {"start"}
    failed: list[BaseException] = []

    def reader() -> None:
        try:
            # Until both writers have switched under the reads, however slow the machine is.
            while next(reads) < 1000 or {name[:2] for name in tuple(seen)} != {"st", "aa", "bb"}:
                seen.add(read(tmp_path))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=reader) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop.touch()
    assert {os.waitpid(writer, 0)[1] for writer in writers} == {0}
    assert failed == []
    assert len(built_in(tmp_path)) == 2


@pytest.mark.fault(66)
def test_a_second_writer_waits_and_then_says_who_holds_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "aa")
    monkeypatch.setattr(folders, "_WAIT", 0.0)
    with (
        hold(tmp_path / BUILDS / ".lock", 0.0),
        pytest.raises(StoreError, match="another geoapp build has held"),
    ):
        write(tmp_path, "bb")
    assert read(tmp_path) == "aa"


@pytest.mark.fault(67)
def test_what_two_builds_remove_under_a_reader_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, "aa")
    seen = []

    def slow(folder: Path) -> str:
        seen.append(folder.name)
        if len(seen) == 1:
            write(tmp_path, "bb")
            write(tmp_path, "cc")
        return (folder / FILES[0]).read_text()

    read_last, _, problem = open_build(tmp_path, slow)
    assert (read_last, problem, seen) == ("cc", None, ["aa", "cc"])


@pytest.mark.fault(66)
def test_a_lock_is_waited_for_and_that_of_a_dead_process_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    for _ in killed_at_each_step(lambda: hold(lock, 0.0).__enter__()):
        with hold(lock, 0.0), pytest.raises(HeldError), hold(lock, 0.0):
            pass
    waits: list[float] = []
    held = hold(lock, 0.0)
    held.__enter__()

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        held.__exit__(None, None, None)

    with hold(lock, 60.0, sleep):
        assert len(waits) == 1


def export(target: Path) -> None:
    def two(frame: object, path: Path) -> None:
        path.write_text("new")
        path.with_name("beside.txt").write_text("new")

    write_export(None, Export((".csv",), two), target)  # type: ignore[arg-type]


@pytest.mark.fault(43)
def test_an_export_killed_or_refused_at_any_step_shows_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("old")
    for _ in killed_at_each_step(lambda: export(target)):
        assert target.read_text() in ("old", "new")
        assert {path.name for path in tmp_path.glob("[!.]*")} <= {"table.csv", "beside.txt"}
    for end in refused_at_each_step(lambda: export(target), ExportError):
        assert end in (DONE, TOLD)
        assert target.read_text() == "new"


@pytest.mark.fault(68, 71)
def test_a_record_killed_or_refused_at_any_step_is_absent_or_whole(tmp_path: Path) -> None:
    content = {"who": "GTRM", "why": "toy"}
    for step in killed_at_each_step(lambda: write_record(content, tmp_path / "a.json")):
        path = tmp_path / "a.json"
        if path.is_file():
            assert read_record(path) == content
            path.unlink()
        assert step < 100
    ends = refused_at_each_step(lambda: write_record(content, tmp_path / "b.json"), RecordError)
    for end in ends:
        assert end in (DONE, TOLD)
        assert not (tmp_path / "b.json").is_file() or read_record(tmp_path / "b.json") == content
        (tmp_path / "b.json").unlink(missing_ok=True)


@pytest.mark.fault(68, 71)
def test_what_is_loaded_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = LoadedFolder(tmp_path / "loaded")
    given = tmp_path / "pin.csv"
    given.write_bytes(b"ubigeo,pin\n010101,5\n")
    sha256 = "0" * 64

    def load() -> None:
        folder.copy(given, sha256)

    for _ in killed_at_each_step(load):
        assert not (folder.path / sha256).exists() or (
            (folder.path / sha256).read_bytes() == given.read_bytes()
        )
    for end in refused_at_each_step(load, LayersError):
        assert end in (DONE, TOLD)
    with folder.only_one():
        folder.tidy()
    assert [path.name for path in folder.path.iterdir()] == [".lock"]


@pytest.mark.fault(66)
def test_two_loads_at_once_take_turns(tmp_path: Path) -> None:
    folder = LoadedFolder(tmp_path / "loaded")
    with folder.only_one(), pytest.raises(StoreError, match="another geoapp load has held"):
        folder.only_one(wait=0.0).__enter__()
