"""What any store does, a folder or PostGIS: the same answers, and no update lost."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import psycopg
import pytest
import shapely
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.planners.decisions import write_decision
from geoapp.planners.scenarios import folder_of, freeze, load, path_of, save
from geoapp.settings import read_settings
from geoapp.store import folders
from geoapp.store.builds import check_writable, read_build, write_build
from geoapp.store.database import Database, Store
from geoapp.store.formats import FORMAT
from geoapp.store.kept import Kept, Row
from geoapp.store.loaded import LoadedFolder
from geoapp.store.parts import take_apart
from geoapp.store.postgis_frames import read_frame, write_frame
from geoapp.store.records import read_record
from geoapp.store.written import refuse_newer
from layers.built import Build
from layers.countries import COUNTRIES
from layers.errors import LayersError, NewerStoreError, RecordError, StoreError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, LoadedFile
from layers.terms import AdminLevel
from tests.postgis import Server, postgis_server
from tests.toy import COUNTRY, SCENARIO, as_country, make_toy

DISTRICT = AdminLevel.DISTRICT


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Places]:
    return make_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def toy_build(declared: tuple[Catalogue, Places]) -> Build:
    catalogue, places = declared
    return build(catalogue, COUNTRY, places)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgis_server() as running:
        yield running


@pytest.fixture
def database(server: Server, tmp_path: Path) -> Database:
    return Database(server.new(), tmp_path / "files")


@pytest.fixture(params=["folder", "postgis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return tmp_path / "store"
    found: Database = request.getfixturevalue("database")
    return found


def assert_same(one: Build, other: Build) -> None:
    before, after = take_apart(one), take_apart(other)
    assert before.manifest == after.manifest
    assert list(before.frames) == list(after.frames)
    for name, frame in before.frames.items():
        pd.testing.assert_frame_equal(frame, after.frames[name], check_exact=True)
        assert type(frame) is type(after.frames[name]), name
        if isinstance(frame, gpd.GeoDataFrame):
            assert frame.crs == after.frames[name].crs
            assert as_bytes(frame) == as_bytes(after.frames[name])
    assert before.pictures == after.pictures


def as_bytes(frame: gpd.GeoDataFrame) -> list[bytes | None]:
    return list(shapely.to_wkb(frame.geometry.to_numpy()))


def another(built: Build) -> Build:
    return replace(built, hash="f" * 16)


def test_a_build_is_the_same_from_either_store(
    toy_build: Build, tmp_path: Path, database: Database
) -> None:
    write_build(toy_build, tmp_path / "folder")
    write_build(toy_build, database)
    assert_same(read_build(tmp_path / "folder").build, read_build(database).build)


def test_vector_tiles_of_units_come_back_from_either_store(store: Store, toy_build: Build) -> None:
    write_build(toy_build, store, tiled_from=6)
    kept = take_apart(toy_build, 6).tiles
    assert set(kept) == {DISTRICT}
    assert read_build(store).tiles == kept
    write_build(another(toy_build), store)
    assert read_build(store).tiles == {}
    assert read_build(store, name=toy_build.hash).tiles == kept


def test_an_empty_store_says_what_to_run(store: Store) -> None:
    with pytest.raises(StoreError, match="holds no build; run geoapp build"):
        read_build(store)
    assert check_writable(store) == ""


def test_the_newest_build_is_current_and_the_one_before_stays(
    store: Store, toy_build: Build
) -> None:
    write_build(toy_build, store)
    write_build(another(toy_build), store)
    assert read_build(store).build.hash == "f" * 16 == check_writable(store)
    assert read_build(store, name=toy_build.hash).build.hash == toy_build.hash


def test_only_two_builds_are_kept(store: Store, toy_build: Build) -> None:
    for made in ("a", "b", "c"):
        write_build(replace(toy_build, hash=made * 16), store)
    with pytest.raises(StoreError):
        read_build(store, name="a" * 16)
    assert read_build(store, name="b" * 16).build.hash == "b" * 16


def test_a_build_of_a_later_day_takes_the_place_of_its_twin(store: Store, toy_build: Build) -> None:
    write_build(toy_build, store)
    later = replace(toy_build, on=toy_build.on + timedelta(days=1))
    write_build(later, store)
    assert read_build(store).build.on == later.on
    assert read_build(store, name=toy_build.hash).build.on == later.on


def test_a_build_of_other_declarations_is_refused(
    store: Store, toy_build: Build, declared: tuple[Catalogue, Places]
) -> None:
    write_build(toy_build, store)
    assert read_build(store, declared[0]).build.hash == toy_build.hash
    fewer = Catalogue.of(
        sources=tuple(declared[0].sources.values()), layers=tuple(declared[0].layers.values())[:1]
    )
    with pytest.raises(StoreError, match="made from other declarations; run geoapp build"):
        read_build(store, fewer)


def test_a_build_begun_before_another_was_written_is_refused(
    store: Store, toy_build: Build
) -> None:
    seen = check_writable(store)
    write_build(another(toy_build), store)
    with pytest.raises(StoreError, match=r"another build .f{16}. was written .* run geoapp build"):
        write_build(toy_build, store, instead_of=seen)
    assert read_build(store).build.hash == "f" * 16


def test_the_same_build_from_two_editors_is_no_conflict(store: Store, toy_build: Build) -> None:
    seen = check_writable(store)
    write_build(toy_build, store)
    write_build(toy_build, store, instead_of=seen)
    assert read_build(store).build.hash == toy_build.hash


def test_of_editors_who_write_at_once_one_wins_and_the_others_are_told(
    database: Database, toy_build: Build
) -> None:
    builds = [replace(toy_build, hash=letter * 16) for letter in "abcd"]
    seen, ready = check_writable(database), Barrier(len(builds))
    written: list[str] = []
    refused: list[str] = []

    def edit(built: Build) -> None:
        ready.wait()
        try:
            write_build(built, database, instead_of=seen)
        except StoreError as error:
            refused.append(str(error))
        else:
            written.append(built.hash)

    editors = [Thread(target=edit, args=(built,)) for built in builds]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert [read_build(database).build.hash] == written
    assert len(refused) == 3
    assert all(f"another build ({written[0]})" in told for told in refused)


def test_a_write_that_fails_leaves_nothing_behind(database: Database, toy_build: Build) -> None:
    write_build(toy_build, database)
    wrong = replace(
        another(toy_build), published=toy_build.published.assign(when=pd.Timestamp("2026-01-01"))
    )
    with pytest.raises(StoreError, match=r"column 'when' of type timestamp.* keep the build in a"):
        write_build(wrong, database)
    assert read_build(database).build.hash == toy_build.hash
    with psycopg.connect(database.address) as connection:
        schemas = connection.execute(
            "select count(*) from pg_namespace where nspname like 'geoapp\\_build\\_%'"
        ).fetchone()
    assert schemas == (1,)


def test_a_build_of_another_version_is_not_read(store: Store, toy_build: Build) -> None:
    refuse_newer(store)
    write_build(toy_build, store)
    refuse_newer(store)
    set_format(store, 0)
    refuse_newer(store)
    with pytest.raises(StoreError, match="written by an older version"):
        read_build(store)
    set_format(store, FORMAT + 1)
    for ask in (refuse_newer, read_build):
        with pytest.raises(NewerStoreError, match=r"newer version .*install that version"):
            ask(store)


def set_format(store: Store, number: int) -> None:
    """Let the build of a store say that it is of another format."""
    if isinstance(store, Database):
        with psycopg.connect(store.address) as connection:
            said = r'"format": \d+'
            connection.execute(
                "update geoapp.builds set manifest = regexp_replace(manifest, %s, %s)",
                (said, f'"format": {number}'),
            )
        return
    (manifest,) = store.glob("builds/*/manifest.json")
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": number}))
    folders._seal(manifest.parent)


def test_each_edition_has_its_own_current_build(database: Database, toy_build: Build) -> None:
    public = replace(database, edition="public")
    write_build(toy_build, database)
    with pytest.raises(StoreError, match="holds no build"):
        read_build(public)
    write_build(another(toy_build), public)
    assert read_build(database).build.hash == toy_build.hash
    assert read_build(public).build.hash == "f" * 16


def test_units_can_be_asked_for_in_sql(database: Database, toy_build: Build) -> None:
    write_build(toy_build, database)
    level, made = next(iter(toy_build.levels.items()))
    code = made.units.index[0]
    with psycopg.connect(database.address) as connection:
        (build,) = connection.execute("select build from geoapp.current").fetchone() or (None,)
        found = connection.execute(
            f"select ubigeo from geoapp_build_{build}.{level} "
            "where st_contains(geometry, st_setsrid(st_point(%s, %s), 4326))",
            (float(made.units.at[code, "lon"]), float(made.units.at[code, "lat"])),
        ).fetchall()
    assert found == [(code,)]


def test_every_bit_of_a_frame_comes_back(database: Database) -> None:
    numbers = np.array([0.1, 1 / 3, -0.0, 5e-324, np.inf, np.nan])
    shapes = [shapely.Point(1 / 3, 0.1), None, shapely.Point(), *[shapely.box(0, 0, 1e-9, 1)] * 3]
    frame = gpd.GeoDataFrame(
        {
            "text": ["ñ", "", None, "a\tb\\n", "\n", "x"],
            "number": numbers,
            "count": [1, 2, 3, 4, 5, 2**62],
            "flag": [True, False] * 3,
        },
        geometry=shapes,
        index=pd.Index([*"fedcba"], name="ubigeo"),
        crs=4326,
    )
    check_writable(database)
    with psycopg.connect(database.address) as connection:
        told = write_frame(connection, "public", "all", frame)
        read = read_frame(connection, "public", "all", told)
    pd.testing.assert_frame_equal(
        pd.DataFrame(frame.drop(columns="geometry")), pd.DataFrame(read.drop(columns="geometry"))
    )
    assert np.signbit(read["number"].iloc[2])
    assert as_bytes(frame) == as_bytes(read)


@pytest.mark.fault(57)
def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    away = Database(f"postgresql://me:secret@/geoapp?host={tmp_path}", tmp_path)
    with pytest.raises(StoreError, match=r"refuses .*; check GEOAPP_STORE") as caught:
        read_build(away)
    assert "secret" not in str(caught.value) + repr(away)


def test_the_setting_names_a_folder_or_a_database(tmp_path: Path) -> None:
    named = {"GEOAPP_STORE": "postgresql://me@here/geoapp", "GEOAPP_FILES": str(tmp_path)}
    settings = read_settings(named)
    assert settings.builds == Database("postgresql://me@here/geoapp", tmp_path)
    assert settings.places.store == tmp_path / "sources"
    public = read_settings({**named, "GEOAPP_EDITION": "public"})
    assert public.builds == Database("postgresql://me@here/geoapp", tmp_path, "public")
    with pytest.raises(LayersError, match="give a folder, or postgresql://"):
        read_settings({"GEOAPP_STORE": "mysql://me:secret@here/geoapp"})


@pytest.fixture
def kept(store: Store) -> Kept:
    return Row(store) if isinstance(store, Database) else store


def loaded_file(name: str) -> LoadedFile:
    return LoadedFile(
        kind="need",
        name=name,
        publisher="GTRM",
        vintage="2026-03-31",
        loaded_on=date(2026, 4, 1),
        format="csv",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        bytes=len(name),
    )


def test_scenarios_are_saved_listed_and_found_again(
    kept: Kept, toy_build: Build, declared: tuple[Catalogue, Places]
) -> None:
    saved = freeze(toy_build, SCENARIO, DISTRICT, declared[0])
    for name in ("sur", "norte"):
        save(saved, path_of(kept, name))
    assert sorted(path.stem for path in folder_of(kept).glob("*.json")) == ["norte", "sur"]
    assert load(path_of(kept, "norte")) == saved
    assert list((kept / "decisions").glob("*.json")) == []
    with pytest.raises(RecordError, match=r"there is no scenario .*did you mean norte"):
        load(path_of(kept, "nortes"))


def test_a_scenario_of_another_content_is_not_replaced(
    kept: Kept, toy_build: Build, declared: tuple[Catalogue, Places]
) -> None:
    saved = freeze(toy_build, SCENARIO, DISTRICT, declared[0])
    save(saved, path_of(kept, "norte"))
    save(saved, path_of(kept, "norte"))
    other = replace(saved, scenario=replace(SCENARIO, seed=2))
    with pytest.raises(RecordError, match="exists and says something else"):
        save(other, path_of(kept, "norte"))
    assert load(path_of(kept, "norte")) == saved


def test_a_decision_is_kept_with_its_hash(
    kept: Kept, toy_build: Build, declared: tuple[Catalogue, Places]
) -> None:
    saved = freeze(toy_build, SCENARIO, DISTRICT, declared[0])
    when = datetime(2026, 4, 1, tzinfo=UTC)
    path = write_decision(
        saved, toy_build, kept, name="Abrir", reason="Acta 1", who="GTRM", when=when
    )
    assert [found.name for found in (kept / "decisions").glob("*.json")] == [path.name]
    assert read_record(path)["who"] == "GTRM"
    assert load(path) == saved


def test_a_loaded_file_is_replaced_only_by_who_has_seen_it(kept: Kept, tmp_path: Path) -> None:
    mine, yours = LoadedFolder(kept / "loaded"), LoadedFolder(kept / "loaded")
    first, second, third = (loaded_file(name) for name in ("a.csv", "b.csv", "c.csv"))
    mine.keep(first, None)
    with pytest.raises(StoreError, match=r"need\.json was changed by somebody else meanwhile"):
        yours.keep(second, None)
    yours.keep(second, first)
    with pytest.raises(StoreError, match="look at what is there and repeat"):
        mine.keep(third, first)
    assert mine.files() == (second,) == yours.files()
    assert mine.remove("need") == second
    with pytest.raises(StoreError, match="changed by somebody else"):
        yours.keep(third, second)
    assert yours.files() == ()


def test_the_copy_of_a_loaded_file_reaches_every_machine(
    database: Database, tmp_path: Path
) -> None:
    here = LoadedFolder(Row(database) / "loaded")
    elsewhere = LoadedFolder(Row(replace(database, folder=tmp_path / "elsewhere")) / "loaded")
    file = loaded_file("a.csv")
    (tmp_path / "a.csv").write_text("a.csv")
    here.copy(tmp_path / "a.csv", file.sha256)
    here.keep(file, None)
    assert elsewhere.files() == (file,)
    assert (tmp_path / "elsewhere" / "loaded" / file.sha256).read_text() == "a.csv"
    elsewhere.remove("need")
    elsewhere.tidy()
    assert list((Row(database) / "loaded").glob("*")) == []


def test_decisions_of_the_group_are_replaced_only_by_who_has_seen_them(kept: Kept) -> None:
    folder = LoadedFolder(kept / "loaded")
    assert folder.decisions() is None
    folder.decide(None, "first")
    with pytest.raises(StoreError, match=r"decisions\.csv was changed by somebody else meanwhile"):
        folder.decide(None, "second")
    folder.decide(b"first", "second")
    assert folder.decisions() == b"second"


def test_of_many_editors_at_once_no_decision_is_lost(database: Database) -> None:
    editors, each = 4, 5
    ready, refused = Barrier(editors), []

    def edit(editor: int) -> None:
        folder = LoadedFolder(Row(database) / "loaded")
        ready.wait()
        for turn in range(each):
            while True:
                seen = folder.decisions()
                try:
                    folder.decide(seen, f"{(seen or b'').decode()}{editor}-{turn}\n")
                    break
                except StoreError as error:
                    refused.append(str(error))

    with ThreadPoolExecutor(editors) as pool:
        list(pool.map(edit, range(editors)))
    lines = (LoadedFolder(Row(database) / "loaded").decisions() or b"").decode().split()
    assert sorted(lines) == sorted(
        f"{one}-{turn}" for one in range(editors) for turn in range(each)
    )
    assert all("changed by somebody else" in told for told in refused)


def test_commands_say_the_same_over_either_store(
    store: Store,
    toy_build: Build,
    declared: tuple[Catalogue, Places],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_build(toy_build, store)
    address = store.address if isinstance(store, Database) else str(store)
    monkeypatch.setenv("GEOAPP_STORE", address)
    monkeypatch.setenv("GEOAPP_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("GEOAPP_COUNTRY", COUNTRY.id)
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(declared[0]))

    def run(*words: str) -> dict[str, Any]:
        result = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False)
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    made = run("scenario", "save", "norte", "--note", "de prueba")
    assert made["file"] == f"{read_settings().kept}/scenarios/norte.json"
    assert run("scenario", "replay", "norte")["identical"] is True
    decided = run("decide", "Abrir", "--reason", "Acta", "--who", "GTRM", "--scenario", "norte")
    assert decided["answer"] == made["answer"]
    assert decided["build"] == toy_build.hash
