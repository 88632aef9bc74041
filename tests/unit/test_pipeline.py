"""The chain on the toy country, by hand."""

import math

import pytest

from geoapp.answers import build_answer, unit_answer
from layers.errors import SourceUnavailableError, UnknownUbigeoError
from layers.pipeline import Build, build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY

DISTRICT = AdminLevel.DISTRICT


def test_figures_arrive_at_their_units(toy_build: Build) -> None:
    table = toy_build.levels[DISTRICT].table
    assert table.values.loc["010201"].to_dict() == {"toy_people": 99, "toy_uninsured": 30}
    assert table.methods.loc["010201"].tolist() == ["observed", "observed"]


def test_a_unit_newer_than_the_census_is_missing_and_not_zero(toy_build: Build) -> None:
    table = toy_build.levels[DISTRICT].table
    assert math.isnan(table.values.at["020102", "toy_people"])
    assert table.methods.loc["020102"].tolist() == ["missing", "missing"]


def test_lost_zeros_are_counted(toy_build: Build) -> None:
    census = toy_build.statuses["toy_census"]
    assert census.repaired[0] == ("10101", "010101")
    assert (census.rows, len(census.repaired)) == (5, 5)


def test_areas_are_those_of_a_square_degree_at_the_equator(toy_build: Build) -> None:
    areas = toy_build.levels[DISTRICT].units["area_km2"]
    assert areas["010201"] == pytest.approx(12308.8, rel=1e-3)
    assert areas.sum() == pytest.approx(6 * 12308.8, rel=2e-3)


def test_the_answer_of_a_unit_names_source_and_vintage(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    answer = unit_answer(toy_build, toy[0], "010201")
    assert answer["name"] == "Gama"
    assert answer["reniec"] == "910201"
    assert answer["parents"]["region"] == {"ubigeo": "01", "name": "Región 01"}
    cell = answer["layers"]["toy_people"]
    assert (cell["value"], cell["unit"], cell["method"]) == (99, "people", "observed")
    assert (cell["source"], cell["vintage"]) == ("toy_census", "2017-10-22")


def test_an_unknown_unit_names_its_neighbours(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    with pytest.raises(UnknownUbigeoError, match="no district bears the UBIGEO '010299': did you"):
        unit_answer(toy_build, toy[0], "010299")


def test_an_absent_table_is_named_with_the_layers_it_costs(
    toy: tuple[Catalogue, Places],
) -> None:
    catalogue, places = toy
    (places.mirror / "toy_census.csv").unlink()
    built = build(catalogue, COUNTRY, places)
    lacking = build_answer(built, catalogue)["missing"]
    assert [item["source"] for item in lacking] == ["toy_census"]
    assert lacking[0]["layers"] == ["toy_people", "toy_uninsured"]
    assert built.levels[DISTRICT].table.values.isna().all(axis=None)


def test_without_boundaries_there_is_no_build(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    (places.mirror / "toy_borders.geojson").unlink()
    with pytest.raises(SourceUnavailableError, match="toy_borders is not on this machine"):
        build(catalogue, COUNTRY, places)


def test_the_same_inputs_give_the_same_hash(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    assert build(toy[0], COUNTRY, toy[1]).hash == toy_build.hash
