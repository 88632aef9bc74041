import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

from geoapp.store import folders
from geoapp.store.builds import read_build, read_names, write_build
from geoapp.words import translate
from layers.built import Build
from layers.errors import Sentence, StoreError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel

DISTRICT = AdminLevel.DISTRICT


def test_a_build_is_read_back_as_it_was_written(toy_build: Build, tmp_path: Path) -> None:
    write_build(toy_build, tmp_path)
    read = read_build(tmp_path).build
    before, after = toy_build.levels[DISTRICT], read.levels[DISTRICT]
    pd.testing.assert_frame_equal(before.table.values, after.table.values)
    pd.testing.assert_frame_equal(before.table.methods, after.table.methods)
    pd.testing.assert_frame_equal(before.table.names, after.table.names)
    assert before.units.geometry.geom_equals(after.units.geometry).all()
    assert (read.hash, read.statuses) == (toy_build.hash, toy_build.statuses)


@pytest.mark.parametrize("level", [None, *AdminLevel])
def test_units_alone_are_those_of_the_build(
    toy_build: Build, tmp_path: Path, level: AdminLevel | None
) -> None:
    write_build(toy_build, tmp_path)
    found = read_names(tmp_path, level)
    assert found is not None
    names, units = found
    whole = read_build(tmp_path).build.levels[level or DISTRICT]
    assert_geodataframe_equal(units(), whole.units)
    pd.testing.assert_frame_equal(names, whole.table.names)


def test_units_alone_are_not_given_by_a_build_that_lacks_them_or_is_damaged(
    toy_build: Build, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="holds no build"):
        read_names(tmp_path, DISTRICT)
    regions = {AdminLevel.REGION: toy_build.levels[AdminLevel.REGION]}
    write_build(replace(toy_build, levels=regions), tmp_path)
    assert read_names(tmp_path, DISTRICT) is None
    write_build(replace(toy_build, hash="0123456789abcdef"), tmp_path)
    assert read_names(tmp_path, DISTRICT) is not None
    (tmp_path / "builds" / "0123456789abcdef" / "places.parquet").write_bytes(b"")
    assert read_names(tmp_path, DISTRICT) is None


def test_why_a_source_is_missing_is_read_back_with_its_parts(
    toy_build: Build, tmp_path: Path
) -> None:
    name, status = next(iter(toy_build.statuses.items()))
    remedy = Sentence("run geoapp fetch, or set GEOAPP_MIRROR to a folder that holds it")
    problem = Sentence(
        "source {source} is not on this machine; {remedy}", source=name, remedy=remedy
    )
    lost = replace(toy_build, statuses={name: replace(status, problem=problem)})
    write_build(lost, tmp_path)
    read = read_build(tmp_path).build.statuses[name].problem or ""
    assert read == problem
    assert translate(read, "es").startswith(f"la fuente {name} no está en este equipo; ejecute")


def test_no_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no build; run geoapp build"):
        read_build(tmp_path)


def test_a_build_that_fails_half_way_leaves_the_older_one(
    toy_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_build(toy_build, tmp_path)

    def full_disk(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "sync", full_disk)
    with pytest.raises(
        StoreError, match=r"cannot be written .No space left on device.; free space"
    ):
        write_build(toy_build, tmp_path)
    monkeypatch.undo()
    assert read_build(tmp_path).build.hash == toy_build.hash
    assert [path.name for path in (tmp_path / "builds").glob("[!.]*")] == [toy_build.hash]


def test_a_damaged_build_is_said_to_be_damaged(toy_build: Build, tmp_path: Path) -> None:
    write_build(toy_build, tmp_path)
    (tmp_path / "builds" / toy_build.hash / "district.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match=r"is damaged .*; run geoapp build"):
        read_build(tmp_path)


def test_a_store_of_an_older_version_is_not_read(toy_build: Build, tmp_path: Path) -> None:
    write_build(toy_build, tmp_path)
    manifest = tmp_path / "builds" / toy_build.hash / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    # Older versions kept no hashes of the files.
    (manifest.parent / "SHA256SUMS").unlink()
    with pytest.raises(StoreError, match=r"older version .format 0; this .*; run geoapp upgrade"):
        read_build(tmp_path)


def test_a_store_of_other_declarations_is_not_read(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    write_build(toy_build, tmp_path)
    assert read_build(tmp_path, toy[0]).build.hash == toy_build.hash
    fewer = Catalogue.of(
        sources=tuple(toy[0].sources.values()), layers=tuple(toy[0].layers.values())[:1]
    )
    with pytest.raises(StoreError, match="made from other declarations; run geoapp build"):
        read_build(tmp_path, fewer)
