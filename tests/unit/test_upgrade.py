"""A store of an older version is carried over; one of a newer version is left alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.settings import Settings, read_settings
from geoapp.store import folders
from geoapp.store.builds import read_build, write_build
from geoapp.store.formats import FORMAT
from layers.built import Build
from layers.errors import LayersError
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.toy import COUNTRY

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run() -> Run:
    def call(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, words)
        told = result.exception
        error = str(told) if isinstance(told, LayersError) else ""
        return result.exit_code, result.stdout, result.stderr + error

    return call


@pytest.fixture
def store(
    toy: tuple[Catalogue, Places],
    toy_build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A store with a build, a scenario and a decision, and the toy mirror at hand."""
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GEOAPP_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("GEOAPP_COUNTRY", COUNTRY.id)
    monkeypatch.setenv("GEOAPP_LANGUAGE", "es")
    monkeypatch.setattr(Settings, "places", property(lambda settings: toy[1]))
    write_build(toy_build, tmp_path / "store")
    return tmp_path / "store"


def edit(store: Path, **changes: Any) -> Path:
    """Change what the manifest of the build that is served says; return its folder."""
    folder = store / "builds" / (store / "CURRENT").read_text()
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **changes}))
    folders._seal(folder)
    return folder


def make_older(store: Path) -> Path:
    """Write the build as an older version did, which sealed none, under a hash of its own."""
    folder = edit(store, format=FORMAT - 1)
    folder.rename(folder.with_name("0lder"))
    (store / "CURRENT").write_text("0lder")
    (folder.with_name("0lder") / folders.SUMS).unlink()
    return folder.with_name("0lder")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_older_store_is_built_again_and_keeps_what_was_decided(store: Path, run: Run) -> None:
    assert (
        run("scenario", "save", "sur", "--weight", "toy_uninsured:3", "--level", "district")[0] == 0
    )
    decided = run(
        "decide", "Apertura", "--scenario", "sur", "--who", "Comité", "--reason", "Acta 1"
    )
    assert decided[0] == 0
    older = make_older(store)
    before = contents(older)
    records = contents(store / "scenarios") | contents(store / "decisions")
    code, told, log = run("upgrade")
    assert code == 0, log
    assert "se conservan 1 escenarios, 1 decisiones y 0 archivos cargados" in log
    assert f"sin tocar: {store} {older.name} (formato {FORMAT - 1})" in log
    assert read_build(store).build.hash in told
    assert contents(older) == before
    assert contents(store / "scenarios") | contents(store / "decisions") == records
    assert run("scenario", "replay", "sur")[0] == 0


def test_an_upgraded_store_is_left_as_it_is(store: Path, run: Run) -> None:
    before = contents(store)
    code, told, _ = run("upgrade")
    assert (code, contents(store)) == (0, before)
    assert "ya es de esta versión" in told


def test_builds_of_another_version_outlive_later_builds(
    store: Path, run: Run, toy_build: Build
) -> None:
    older = make_older(store)
    before = contents(older)
    for _ in range(3):
        write_build(toy_build, store)
    assert contents(older) == before


def test_an_upgrade_that_would_lose_sources_needs_a_word(
    store: Path, run: Run, toy: tuple[Catalogue, Places]
) -> None:
    make_older(store)
    lost = toy[1].mirror / toy[0].source("toy_census").mirror  # type: ignore[operator]
    lost.unlink()
    before = contents(store)
    code, _, log = run("upgrade")
    assert code == 1
    assert "toy_census" in log
    assert "geoapp upgrade --anyway" in log
    assert contents(store) == before
    assert run("upgrade", "--anyway")[0] == 0
    assert not read_build(store).build.statuses["toy_census"].place


@pytest.mark.parametrize("command", ["upgrade", "build", "rank"])
def test_a_store_of_a_newer_version_is_refused_and_untouched(
    command: str, store: Path, run: Run
) -> None:
    edit(store, format=FORMAT + 1)
    before = contents(store)
    code, _, log = run(command)
    assert code == 1
    assert f"written by a newer version (format {FORMAT + 1}; this one reads {FORMAT})" in log
    assert contents(store) == before


def test_a_record_that_was_changed_is_named(store: Path, run: Run) -> None:
    (store / "scenarios").mkdir()
    (store / "scenarios" / "roto.json").write_text('{"sha256": "0"}')
    code, _, log = run("upgrade")
    assert code == 0
    assert "roto.json fue cambiado" in log


def test_an_empty_store_is_built(store: Path, run: Run) -> None:
    (store / "CURRENT").unlink()
    code, told, _ = run("upgrade")
    assert code == 0
    assert read_settings().builds == store
    assert read_build(store).build.hash in told
