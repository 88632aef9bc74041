"""Broken boundaries in a build: repaired from another vintage, and said to be so."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geoapp.answers.build import unit_answer
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.harmonise.boundary_report import GapKind
from layers.harmonise.repairs import Action, Fault
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, DISTRICTS, geojson, make_toy, source, square

DONATED = replace(COUNTRY, donor_boundaries=("toy_lost", "toy_older"), lakes="toy_lakes")
BOW_TIE = shapely.Polygon([(1, 1), (2, 2), (2, 1), (1, 2)])
WHOLE = {code: square(x, y) for code, (x, y, _) in DISTRICTS.items()}


def borders(shapes: dict[str, BaseGeometry | None]) -> bytes:
    frame = gpd.GeoDataFrame({"ubigeo": list(shapes)}, geometry=list(shapes.values()), crs=4326)
    return geojson(frame)


def toy_of(
    folder: Path, shapes: dict[str, BaseGeometry | None], older: dict[str, BaseGeometry | None]
) -> tuple[Catalogue, Places]:
    """Return the toy with other boundaries, an older vintage, a lake and a donor that is absent."""
    catalogue, places = make_toy(folder)
    lake = gpd.GeoDataFrame({"name": ["Lago"]}, geometry=[shapely.box(0, 0, 9, 9)], crs=4326)
    made = (
        source(folder, "toy_borders.geojson", borders(shapes), "geojson"),
        source(folder, "toy_older.geojson", borders(older), "geojson"),
        source(folder, "toy_lost.geojson", borders(older), "geojson"),
        source(folder, "toy_lakes.geojson", geojson(lake), "geojson"),
    )
    (folder / "toy_lost.geojson").unlink()
    sources = {**catalogue.sources, **{one.id: one for one in made}}
    return Catalogue.of(
        sources=tuple(sources.values()), layers=tuple(catalogue.layers.values())
    ), places


@pytest.fixture
def mended(tmp_path: Path) -> tuple[Build, Catalogue]:
    shapes = {**WHOLE, "010101": None, "010102": BOW_TIE}
    del shapes["020102"]
    catalogue, places = toy_of(tmp_path / "mirror", shapes, dict(WHOLE))
    return build(catalogue, DONATED, places), catalogue


def test_absent_and_empty_units_take_the_older_boundary(mended: tuple[Build, Catalogue]) -> None:
    built, _ = mended
    found = {one.ubigeo: (one.fault, one.action, one.donor) for one in built.repairs}
    assert found["010101"] == (Fault.EMPTY, Action.TAKEN, "toy_older")
    assert found["020102"] == (Fault.ABSENT, Action.TAKEN, "toy_older")
    assert found["010102"] == (Fault.INVALID, Action.REBUILT, None)
    assert set(built.boundaries.broken) == set(found)
    units = built.levels[AdminLevel.DISTRICT].units
    assert units.geometry["020102"].equals(WHOLE["020102"])
    assert units.geometry.is_valid.all()
    # figures arrive at a unit that the published boundaries had lost
    assert built.levels[AdminLevel.DISTRICT].table.values.at["010101", "toy_residents"] == 1000


def test_the_answer_of_a_repaired_unit_says_so(mended: tuple[Build, Catalogue]) -> None:
    built, catalogue = mended
    said = {code: unit_answer(built, catalogue, code)["boundary"] for code in ("010101", "010201")}
    assert said == {"010101": "repaired: empty, taken from toy_older", "010201": "as published"}
    assert unit_answer(built, catalogue, "0102")["boundary"] == "as published"
    assert unit_answer(built, catalogue, "02")["boundary"] == (
        "repaired: 020102 absent, taken from toy_older"
    )


def test_report_and_repairs_are_stored(mended: tuple[Build, Catalogue], tmp_path: Path) -> None:
    built, _ = mended
    write_build(built, tmp_path / "built")
    read = read_build(tmp_path / "built").build
    assert (read.boundaries, read.repairs) == (built.boundaries, built.repairs)
    assert (read.national, read.statuses) == (built.national, built.statuses)


def test_a_unit_that_no_vintage_has_is_left_out_and_named(tmp_path: Path) -> None:
    shapes: dict[str, BaseGeometry | None] = {**WHOLE, "010101": None}
    catalogue, places = toy_of(tmp_path / "mirror", shapes, {"010201": WHOLE["010201"]})
    lines: list[str] = []
    built = build(catalogue, DONATED, places, lines.append)
    assert "toy_borders: no boundary to be had for 010101; left out" in lines
    assert "010101" not in built.levels[AdminLevel.DISTRICT].units.index
    assert [one.action for one in built.repairs] == [Action.UNREPAIRED]
    assert built.statuses["toy_census"].unmatched == ("10101",)


def test_sound_boundaries_need_no_older_ones(tmp_path: Path) -> None:
    catalogue, places = toy_of(tmp_path / "mirror", dict(WHOLE), {})
    built = build(catalogue, DONATED, places)
    assert built.repairs == ()
    assert not {"toy_lost", "toy_older"} & set(built.statuses)


def test_a_hole_that_is_a_lake_is_called_one(tmp_path: Path) -> None:
    pond = shapely.box(0.2, 0.2, 0.4, 0.4)
    shapes: dict[str, BaseGeometry | None] = {
        **WHOLE,
        "010201": WHOLE["010201"].difference(pond),
    }
    catalogue, places = toy_of(tmp_path / "mirror", shapes, {})
    (gap,) = build(catalogue, DONATED, places).boundaries.gaps
    assert (gap.kind, gap.neighbours) == (GapKind.LAKE, ("010201",))
    (places.mirror / "toy_lakes.geojson").unlink()
    (gap,) = build(catalogue, DONATED, places).boundaries.gaps
    assert gap.kind is GapKind.UNCLASSIFIED
