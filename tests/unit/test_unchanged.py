"""geoapp build does nothing where another build would come out the same, and only there."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp import unchanged
from geoapp.settings import read_settings
from geoapp.store.loaded import LoadedFolder
from layers.countries import COUNTRIES
from layers.sources.locate import Places
from layers.spec import Catalogue, DisclosureRules
from tests.command import run_words
from tests.loaded import brought
from tests.toy import COUNTRY, as_country

SAID = "nada cambió desde la construcción"
Change = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.fixture
def store(toy: tuple[Catalogue, Places], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert toy[1].mirror is not None
    given = {
        "GEOAPP_COUNTRY": COUNTRY.id,
        "GEOAPP_MIRROR": str(toy[1].mirror),
        "GEOAPP_STORE": str(tmp_path / "store"),
        "SOURCE_DATE_EPOCH": "1767225600",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    code, _, told = run_words("build")
    assert (code, SAID in told) == (0, False)
    return tmp_path / "store"


def state(store: Path) -> dict[str, tuple[int, int]]:
    """Every file of the store by its number on the disk and the time of its last change."""
    files = (path for path in store.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def test_nothing_is_written_where_nothing_changed(store: Path) -> None:
    before = state(store)
    code, _, told = run_words("build", "--json")
    assert (code, SAID in told) == (0, True)
    assert state(store) == before


def test_it_answers_as_the_build_that_is_there(store: Path) -> None:
    same = json.loads(run_words("build", "--json")[1])
    _, made, told = run_words("build", "--json", "--fresh")
    assert SAID not in told
    fresh = json.loads(made)
    assert same.pop("seconds") >= 0
    assert fresh.pop("seconds") >= 0
    assert same == fresh
    assert same["units"] == {"district": 6, "province": 3, "region": 2}


def _another_day(store: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SOURCE_DATE_EPOCH", str(1767225600 + 86400))


def _spoilt_source(store: Path, patch: pytest.MonkeyPatch) -> None:
    path = store.parent / "mirror" / "toy_neighbours.geojson"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
    # Neither its size nor its time tells.
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _lost_source(store: Path, patch: pytest.MonkeyPatch) -> None:
    (store.parent / "mirror" / "toy_figures.csv").unlink()


def _spoilt_build(store: Path, patch: pytest.MonkeyPatch) -> None:
    path = store / "builds" / (store / "CURRENT").read_text() / "district.parquet"
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)


def _loaded_file(store: Path, patch: pytest.MonkeyPatch) -> None:
    table = store.parent / "t.csv"
    table.write_text("ubigeo,sector,people\n010101,health,5\n", encoding="utf-8")
    LoadedFolder(store / "loaded").keep(brought("need", table, read_settings().places), None)


def _fewer_layers(store: Path, patch: pytest.MonkeyPatch) -> None:
    whole = COUNTRIES[COUNTRY.id].catalogue
    *most, _ = whole.layers.values()
    fewer = replace(whole, layers={layer.id: layer for layer in most})
    patch.setitem(COUNTRIES, COUNTRY.id, as_country(fewer))


def _tiles(store: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GEOAPP_TILED_FROM", "3")


def _other_code(store: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unchanged, "code", lambda: b"other")


def _other_tiles(store: Path, patch: pytest.MonkeyPatch) -> None:
    keeping, outlines = unchanged.KEEPING
    copied = Path(shutil.copytree(outlines, store.parent / "outlines"))
    patch.setattr(unchanged, "KEEPING", (keeping, copied))
    assert unchanged.unchanged(read_settings()) is not None
    with (copied / "unit_tiles.py").open("a") as code:
        code.write("# another grid")


CHANGES: tuple[Change, ...] = (
    _another_day, _spoilt_source, _lost_source, _spoilt_build, _loaded_file, _fewer_layers, _tiles,
    _other_code, _other_tiles,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_built(
    change: Change, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(store, monkeypatch)
    assert unchanged.unchanged(read_settings()) is None


def test_a_spoilt_build_is_made_good(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _spoilt_build(store, monkeypatch)
    code, _, told = run_words("build")
    assert (code, SAID in told) == (0, False)
    assert SAID in run_words("build")[2]


def test_both_editions_of_a_server_are_asked_for(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = replace(read_settings(), disclosure=DisclosureRules())
    assert unchanged.unchanged(public) is None
    assert unchanged.made_from(public) != unchanged.made_from(read_settings())
