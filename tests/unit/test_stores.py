"""What any store does, a folder or PostGIS: the same answers, and no update lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import geopandas as gpd
import numpy as np
import pandas as pd
import psycopg
import pytest
import shapely

from geoapp.database import Database, Store
from geoapp.parts import FORMAT, take_apart
from geoapp.postgis_frames import read_frame, write_frame
from geoapp.settings import read_settings
from geoapp.store import check_writable, read_build, write_build
from layers.errors import LayersError, StoreError
from layers.pipeline import Build, build
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.postgis import Server, postgis_server
from tests.toy import COUNTRY, make_toy


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


def test_a_build_of_another_version_is_not_read(database: Database, toy_build: Build) -> None:
    write_build(toy_build, database)
    with psycopg.connect(database.address) as connection:
        connection.execute(
            "update geoapp.builds set manifest = replace(manifest, %s, %s)",
            (f'"format": {FORMAT}', '"format": 0'),
        )
    with pytest.raises(StoreError, match="written by another version"):
        read_build(database)


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
