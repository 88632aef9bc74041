"""A store copied into one file and made again from it; what is wrong with a copy changes nothing."""

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.settings.names import told_settings
from geoapp.store import backup as backup_module
from geoapp.store import restore as restore_module
from geoapp.store.backup import MANIFEST, write_backup
from geoapp.store.builds import write_build
from geoapp.store.restore import restore_backup
from layers.built import Build
from layers.errors import BackupError
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.toy import COUNTRY

NOW = datetime(2026, 3, 31, 12, 30, 5)
FILES = {
    "CURRENT": "ab12",
    "builds/ab12/manifest.json": "{}",
    "builds/ab12/district.parquet": "PAR1 one PAR1",
    "builds/ab12/pictures/heat.webp": "RIFF",
    "public/CURRENT": "cd34",
    "public/builds/cd34/manifest.json": "{}",
    "loaded/need.json": '{"kind": "need"}',
    "loaded/decisions.csv": "ubigeo,figure\n",
    "scenarios/norte ñ.json": '{"name": "norte ñ"}',
    "decisions/20260331T120000-aabbccdd.json": '{"name": "Apertura"}',
}
NOT_COPIED = {
    "builds/old9/manifest.json": "{}",
    "builds/.new-x/manifest.json": "{}",
    "loaded/.part-x": "half",
    "sources/inei": "published",
    "feeds/usgs.json": "[]",
}


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def held(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return put(tmp_path / "store", {**FILES, **NOT_COPIED})


@pytest.fixture
def copied(store: Path, tmp_path: Path) -> Path:
    write_backup(store, tmp_path / "copy.tar.gz", {"GEOAPP_EDITION": "full"})
    return tmp_path / "copy.tar.gz"


def test_what_cannot_be_made_again_and_what_is_served_come_back(
    copied: Path, tmp_path: Path
) -> None:
    made = restore_backup(copied, tmp_path / "new", NOW)
    assert held(tmp_path / "new") == FILES
    assert (made.files, made.former) == (len(FILES), None)
    assert made.settings == {"GEOAPP_EDITION": "full"}


def test_a_copy_names_what_it_leaves_out(store: Path, tmp_path: Path) -> None:
    told = write_backup(store, tmp_path / "a.tar.gz", {})
    assert told.left_out == ("feeds", "sources")
    less = write_backup(store, tmp_path / "b.tar.gz", {}, with_builds=False)
    assert less.left_out == ("CURRENT", "builds", "feeds", "public", "sources")
    restore_backup(less.path, tmp_path / "new", NOW)
    kept = {name for name in FILES if name.startswith(("loaded", "scenarios", "decisions"))}
    assert set(held(tmp_path / "new")) == kept


def test_the_same_store_gives_the_same_bytes(store: Path, copied: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere.tar.gz"
    write_backup(store, again, {"GEOAPP_EDITION": "full"})
    assert again.read_bytes() == copied.read_bytes()
    # Names of people may stand in decisions: the copy is its owner's alone.
    assert copied.stat().st_mode & 0o077 == 0


def test_an_empty_store_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(BackupError, match="holds nothing to copy"):
        write_backup(tmp_path / "store", tmp_path / "copy.tar.gz", {})
    assert not (tmp_path / "copy.tar.gz").exists()


def test_a_full_disk_leaves_the_copy_of_yesterday(
    store: Path, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copied.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupError, match=r"cannot be written .No space left on device.; free"):
        write_backup(store, copied, {})
    assert copied.read_bytes() == before
    assert [path.name for path in copied.parent.iterdir() if path.name.startswith(".")] == []


def while_copying(act: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let something happen in the store after each file that is copied."""
    add = backup_module._add

    def add_and_act(*given: object) -> dict[str, object]:
        told = add(*given)  # type: ignore[arg-type]
        act()
        return told

    monkeypatch.setattr(backup_module, "_add", add_and_act)


def test_a_build_made_meanwhile_is_copied_whole(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def switch() -> None:
        if (store / "CURRENT").read_text() == "ab12":
            put(store, {"builds/ef56/manifest.json": "{}", "CURRENT.new": "ef56"})
            os.replace(store / "CURRENT.new", store / "CURRENT")

    while_copying(switch, monkeypatch)
    told = write_backup(store, tmp_path / "copy.tar.gz", {})
    monkeypatch.undo()
    restore_backup(told.path, tmp_path / "new", NOW)
    back = held(tmp_path / "new")
    assert back["CURRENT"] == "ef56"
    assert [name for name in back if name.startswith("builds")] == ["builds/ef56/manifest.json"]


def test_a_store_that_changes_all_the_while_is_not_copied(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(range(1000))
    while_copying(lambda: put(store, {f"scenarios/{next(names)}.json": "{}"}) and None, monkeypatch)
    with pytest.raises(BackupError, match="changes while it is copied; try again later"):
        write_backup(store, tmp_path / "copy.tar.gz", {})
    assert not (tmp_path / "copy.tar.gz").exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """The bytes of a copy, and a store that nothing must change."""
    folder = tmp_path_factory.mktemp("damage")
    put(folder / "store", FILES)
    write_backup(folder / "store", folder / "copy.tar.gz", {})
    return (folder / "copy.tar.gz").read_bytes(), folder


@rules(max_examples=25)
@given(
    place=st.floats(0, 1, exclude_max=True),
    change=st.one_of(st.none(), st.integers(1, 255)),
)
def test_a_changed_byte_or_a_cut_is_refused_and_nothing_changes(
    whole: tuple[bytes, Path], place: float, change: int | None
) -> None:
    data, folder = whole
    # The ten bytes before say how gzip packed it; nothing of the store stands there.
    at = 10 + int(place * (len(data) - 10))
    rest = b"" if change is None else bytes([data[at] ^ change]) + data[at + 1 :]
    (folder / "copy.tar.gz").write_bytes(data[:at] + rest)
    with pytest.raises(BackupError, match=r"is not a whole backup of geoapp: .*; the store is as"):
        restore_backup(folder / "copy.tar.gz", folder / "store", NOW, replace=True)
    assert held(folder / "store") == FILES
    assert sorted(path.name for path in folder.iterdir()) == ["copy.tar.gz", "store"]


def pack(path: Path, *members: tuple[tarfile.TarInfo, bytes], listed: bool = True) -> Path:
    """Write a copy by hand, with a right list of its files unless it shall have none."""
    told = {}
    with tarfile.open(path, "w:gz") as archive:
        for member, text in members:
            member.size = len(text) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(text))
            sha256 = backup_module.hashlib.sha256(text).hexdigest()
            told[member.name] = {"sha256": sha256, "bytes": len(text)}
        if listed:
            text = json.dumps({"format": 1, "settings": {}, "files": told}).encode()
            last = tarfile.TarInfo(MANIFEST)
            last.size = len(text)
            archive.addfile(last, io.BytesIO(text))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/cron.d/geoapp",
        "loaded/../../outside",
        "loaded//a",
        "./loaded/a",
        "sources/inei",
        "public/loaded/a",
        "public",
        "builds\\a",
        "secret.key",
    ],
)
def test_a_file_that_no_store_has_is_refused(name: str, tmp_path: Path) -> None:
    copy = pack(tmp_path / "copy.tar.gz", (tarfile.TarInfo(name), b"x"))
    with pytest.raises(BackupError, match="which no backup has"):
        restore_backup(copy, tmp_path / "store", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["copy.tar.gz"]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_links_folders_and_pipes_are_refused(kind: bytes, tmp_path: Path) -> None:
    member = tarfile.TarInfo("loaded/a")
    member.type, member.linkname = kind, "/etc/passwd"
    copy = pack(tmp_path / "copy.tar.gz", (member, b""))
    with pytest.raises(BackupError, match="it holds 'loaded/a', which no backup has"):
        restore_backup(copy, tmp_path / "store", NOW)


def test_a_file_twice_or_after_the_list_is_refused(tmp_path: Path) -> None:
    twice = [(tarfile.TarInfo("loaded/a"), b"1"), (tarfile.TarInfo("loaded/a"), b"2")]
    with pytest.raises(BackupError, match="holds 'loaded/a'"):
        restore_backup(pack(tmp_path / "copy.tar.gz", *twice), tmp_path / "store", NOW)
    first = [(tarfile.TarInfo(MANIFEST), b'{"format": 1, "settings": {}, "files": {}}')]
    late = pack(tmp_path / "copy.tar.gz", *first, (tarfile.TarInfo("loaded/a"), b"1"))
    with pytest.raises(BackupError, match="holds 'loaded/a'"):
        restore_backup(late, tmp_path / "store", NOW)


def test_a_copy_without_its_list_or_of_another_version_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("loaded/a")
    bare = pack(tmp_path / "bare.tar.gz", (member, b"1"), listed=False)
    with pytest.raises(BackupError, match="it has no list of its files"):
        restore_backup(bare, tmp_path / "store", NOW)
    list_of_later = b'{"format": 2, "settings": {}, "files": {}}'
    later = [(tarfile.TarInfo(MANIFEST), list_of_later)]
    with pytest.raises(BackupError, match="another version of geoapp wrote it"):
        restore_backup(
            pack(tmp_path / "later.tar.gz", *later, listed=False), tmp_path / "store", NOW
        )
    (tmp_path / "text.tar.gz").write_bytes(gzip.compress(b"no archive at all"))
    (tmp_path / "plain.tar.gz").write_bytes(b"no archive at all")
    for name in ("text", "plain"):
        with pytest.raises(BackupError, match="cut short or damaged"):
            restore_backup(tmp_path / f"{name}.tar.gz", tmp_path / "store", NOW)


def test_a_store_is_replaced_only_when_told_and_kept_beside(copied: Path, tmp_path: Path) -> None:
    other = {"decisions/x.json": "{}", "sources/inei": "fetched"}
    store = put(tmp_path / "other", other)
    with pytest.raises(BackupError, match="is not empty; --replace"):
        restore_backup(copied, store, NOW)
    assert held(store) == other
    made = restore_backup(copied, store, NOW, replace=True)
    assert made.former == tmp_path / "other.20260331T123005"
    # What was fetched serves the new store as well.
    assert held(store) == {**FILES, "sources/inei": "fetched"}
    assert held(made.former) == {"decisions/x.json": "{}"}


def test_a_store_that_cannot_be_put_in_place_leaves_the_former(
    copied: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def refuse_new(source: Path, target: Path) -> None:
        if Path(source).name.endswith(".restoring"):
            raise OSError(16, "Device or resource busy")
        rename(source, target)

    monkeypatch.setattr(restore_module.os, "replace", refuse_new)
    with pytest.raises(BackupError, match=r"cannot be written .Device or resource busy"):
        restore_backup(copied, store, NOW, replace=True)
    assert held(store) == {**FILES, **NOT_COPIED}
    assert sorted(path.name for path in store.parent.iterdir()) == ["copy.tar.gz", "store"]


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from geoapp.store import restore
write = restore._write
def die(*given):
    write(*given)
    os.kill(os.getpid(), signal.SIGKILL)
restore._write = die
restore.restore_backup(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(), replace=True)
"""


def test_a_restore_that_is_killed_leaves_the_store_and_can_be_done_again(
    copied: Path, store: Path
) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, str(copied), str(store)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert held(store) == {**FILES, **NOT_COPIED}
    assert (store.parent / ".store.restoring").is_dir()
    restore_backup(copied, store, NOW, replace=True)
    assert "sources/inei" in held(store)
    assert not (store.parent / ".store.restoring").exists()


def test_settings_go_without_what_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("GEOAPP_EDITION", "GEOAPP_SESSION_SECRET", "GEOAPP_STORE", "GEOAPP_PORT")
    monkeypatch.setattr("geoapp.settings.SETTINGS", tuple((name, "", "") for name in names))
    given = {
        "GEOAPP_EDITION": "public",
        "GEOAPP_SESSION_SECRET": "abc",
        "GEOAPP_STORE": "postgresql://ana:clave@sql.example.org/geoapp",
        "GEOAPP_PORT": "",
        "PATH": "/usr/bin",
    }
    assert told_settings(given) == {"GEOAPP_EDITION": "public"}


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_is_copied_by_its_own_tools(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_STORE", "postgresql://ana:clave@sql.example.org/geoapp")
    result = CliRunner().invoke(app, [command, str(tmp_path / "copia.tar.gz")])
    said = str(result.exception)
    assert "the database postgresql://sql.example.org/geoapp: copy it with pg_dump" in said
    assert "clave" not in said


def test_the_toy_country_ranks_the_same_after_a_restore(
    toy_build: Build,
    toy: tuple[Catalogue, Places],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GEOAPP_COUNTRY", COUNTRY.id)
    monkeypatch.setenv("GEOAPP_LANGUAGE", "es")
    write_build(toy_build, tmp_path / "store")

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output
        return result.stdout

    run("scenario", "save", "sur", "--weight", "toy_uninsured:3", "--level", "district")
    run("decide", "Apertura", "--scenario", "sur", "--who", "Comité", "--reason", "Acta 12")
    before, files = run("rank", "--json"), held_bytes(tmp_path / "store")
    copy = str(tmp_path / "copia.tar.gz")
    assert f"{copy}: {len(files)} archivos" in run("backup", copy)
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "otro"))
    assert f"{len(files)} archivos restaurados y verificados" in run("restore", copy)
    assert held_bytes(tmp_path / "otro") == files
    assert run("rank", "--json") == before
    assert "sur" in run("scenario", "list")


def held_bytes(folder: Path) -> dict[str, bytes]:
    """Return the files of a store but its lock and what names the build before this one."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (".lock", "FORMER")
    }
