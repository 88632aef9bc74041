"""A file that was made from the same is copied from the build before, and no other one is."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.terms import AdminLevel

DISTRICT = AdminLevel.DISTRICT
MARKS = {"units": "u1", "places": "p1", "pictures": "i1", f"{DISTRICT}_methods": "m1"}


def folder_of(store: Path) -> Path:
    return store / "builds" / (store / "CURRENT").read_text()


def moved(built: Build) -> Build:
    """Return a build of another hash whose units lie elsewhere."""
    made = built.levels[DISTRICT]
    units = made.units.assign(lon=made.units["lon"] + 1.0)
    return replace(
        built,
        hash="0123456789abcdef",
        levels={**built.levels, DISTRICT: replace(made, units=units)},
    )


def longitudes(store: Path) -> pd.Series:
    return read_build(store).build.levels[DISTRICT].units["lon"]


def test_what_has_the_mark_of_the_build_before_is_copied(toy_build: Build, tmp_path: Path) -> None:
    write_build(replace(toy_build, marks=MARKS), tmp_path)
    before = folder_of(tmp_path)
    write_build(replace(moved(toy_build), marks=MARKS), tmp_path)
    # The mark says that nothing moved, and is believed.
    assert longitudes(tmp_path).equals(toy_build.levels[DISTRICT].units["lon"])
    for name in ("district_units.parquet", "places.parquet", "pictures.npz"):
        assert (folder_of(tmp_path) / name).read_bytes() == (before / name).read_bytes()
        assert (folder_of(tmp_path) / name).stat().st_ino != (before / name).stat().st_ino


@pytest.mark.parametrize("marks", [{}, {**MARKS, "units": "u2"}, {**MARKS, "units": ""}])
def test_what_has_no_mark_or_another_one_is_written(
    toy_build: Build, tmp_path: Path, marks: dict[str, str]
) -> None:
    for first, second in ((MARKS, marks), (marks, MARKS)):
        write_build(replace(toy_build, marks=first), tmp_path)
        after = replace(moved(toy_build), marks=second)
        write_build(after, tmp_path)
        assert longitudes(tmp_path).equals(after.levels[DISTRICT].units["lon"])


@pytest.mark.parametrize("name", ["district_units.parquet", "marks.json", "SHA256SUMS"])
def test_a_damaged_file_is_not_copied(toy_build: Build, tmp_path: Path, name: str) -> None:
    write_build(replace(toy_build, marks=MARKS), tmp_path)
    (folder_of(tmp_path) / name).write_bytes(b"PAR1")
    after = replace(moved(toy_build), marks=MARKS)
    write_build(after, tmp_path)
    read = read_build(tmp_path)
    assert read.problem is None
    assert longitudes(tmp_path).equals(after.levels[DISTRICT].units["lon"])


def test_methods_are_copied_by_their_own_mark(toy_build: Build, tmp_path: Path) -> None:
    made = toy_build.levels[DISTRICT]
    changed = made.table.methods.copy()
    changed.iloc[0, 0] = "modelled"
    other = replace(made, table=replace(made.table, methods=changed))
    after = replace(
        toy_build, hash="0123456789abcdef", levels={**toy_build.levels, DISTRICT: other}
    )
    for mark, expected in (("m1", made.table.methods), ("m2", changed)):
        write_build(replace(toy_build, marks=MARKS), tmp_path)
        write_build(replace(after, marks={**MARKS, f"{DISTRICT}_methods": mark}), tmp_path)
        read = read_build(tmp_path).build.levels[DISTRICT].table.methods
        pd.testing.assert_frame_equal(read, expected)
