"""The chain on the toy country, by hand."""

import math
from pathlib import Path

import pytest

from geoapp.answers.build import unit_answer
from geoapp.answers.made import made_answer
from geoapp.store.parts import manifest_of
from layers.built import Build
from layers.errors import SourceUnavailableError, UnknownUbigeoError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, COUNTRY_WITHOUT_PARENTS

DISTRICT = AdminLevel.DISTRICT


def test_figures_arrive_at_their_units(toy_build: Build) -> None:
    table = toy_build.levels[DISTRICT].table
    assert table.values.loc["010201", ["toy_people", "toy_uninsured"]].tolist() == [99, 30]
    assert table.methods.loc["010201", ["toy_people", "toy_uninsured"]].tolist() == ["observed"] * 2


UPPER = math.sin(math.radians(2)) - math.sin(math.radians(1))
LOWER = math.sin(math.radians(1))
KEPT = UPPER / (UPPER + LOWER)
"""Share of 020101 in the two squares of region 02: on a sphere, areas are as these sines."""


def test_a_unit_newer_than_the_census_takes_its_part_of_its_parent(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[DISTRICT].table
    people, rates = table.values["toy_people"], table.values["toy_uninsured"]
    assert people["020101"] == pytest.approx(9 * KEPT, rel=1e-4)
    assert people["020101"] + people["020102"] == pytest.approx(9, abs=1e-12)
    assert rates[["020101", "020102"]].tolist() == [20, 20]
    methods = table.methods.loc[["020101", "020102"]]
    assert methods["toy_people"].tolist() == ["spread", "spread"]
    assert methods["toy_uninsured"].tolist() == ["observed", "inherited"]
    cells = unit_answer(toy_build, toy[0], "020102")["layers"]
    assert cells["toy_uninsured"]["parents"] == [
        {"ubigeo": "020101", "share": 1.0, "basis": "area"}
    ]
    (parent,) = cells["toy_people"]["parents"]
    assert parent["share"] == pytest.approx(1 - KEPT, rel=1e-4)
    assert "parents" not in unit_answer(toy_build, toy[0], "010101")["layers"]["toy_people"]


def test_what_was_divided_is_whole_again_in_its_province(toy_build: Build) -> None:
    province = toy_build.levels[AdminLevel.PROVINCE].table
    assert province.values.at["0201", "toy_people"] == 9
    assert province.methods.at["0201", "toy_people"] == "observed"
    assert province.methods.at["0201", "toy_uninsured"] == "observed"


def test_without_a_known_parent_a_newer_unit_is_missing_and_not_zero(
    toy: tuple[Catalogue, Places],
) -> None:
    table = build(toy[0], COUNTRY_WITHOUT_PARENTS, toy[1]).levels[DISTRICT].table
    assert math.isnan(table.values.at["020102", "toy_people"])
    assert table.methods.at["020102", "toy_people"] == "missing"


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
    lacking = made_answer(manifest_of(built), catalogue)["missing"]
    assert [item["source"] for item in lacking] == ["toy_census"]
    assert {"toy_people", "toy_uninsured", "toy_in_need"} <= set(lacking[0]["layers"])
    values = built.levels[DISTRICT].table.values
    assert values[["toy_people", "toy_uninsured", "toy_in_need"]].isna().all(axis=None)
    # the published figure of the regions stands in at their level only
    regions = built.levels[AdminLevel.REGION].table
    assert regions.values["toy_uninsured"].to_dict() == {"01": 27, "02": 21}
    assert regions.sources["toy_uninsured"] == ("toy_published",)


def test_without_districts_the_regions_are_built_from_what_is_published(
    toy: tuple[Catalogue, Places],
) -> None:
    catalogue, places = toy
    (places.mirror / "toy_borders.geojson").unlink()
    built = build(catalogue, COUNTRY, places)
    assert built.is_coarse
    assert list(built.levels) == [AdminLevel.REGION]
    table = built.levels[AdminLevel.REGION].table
    assert table.names["name"].tolist() == ["Región 01", "Región 02"]
    assert table.values["toy_uninsured"].tolist() == [27, 21]
    assert table.values["toy_people"].isna().all()
    assert table.values["toy_alarms_count"].tolist() == [11, 4]


def test_without_any_boundary_there_is_no_build(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    (places.mirror / "toy_borders.geojson").unlink()
    (places.mirror / "toy_regions.geojson").unlink()
    with pytest.raises(SourceUnavailableError, match="toy_regions is not on this machine"):
        build(catalogue, COUNTRY, places)


def test_counts_add_up_and_rates_are_weighed_by_people(toy_build: Build) -> None:
    province = toy_build.levels[AdminLevel.PROVINCE].table
    region = toy_build.levels[AdminLevel.REGION].table
    assert province.values["toy_people"].to_dict() == {"0101": 9, "0102": 103, "0201": 9}
    # (1000 * 30 ... ) by hand: (2000 * 30 + 1000 * 40) / 3000
    assert province.values.at["0102", "toy_uninsured"] == pytest.approx(100 / 3)
    assert region.values.at["01", "toy_uninsured"] == pytest.approx(
        (1000 * 10 + 1000 * 20 + 2000 * 30 + 1000 * 40) / 5000
    )
    # the two districts that were one at the census are one again in their region
    assert region.values.at["02", "toy_people"] == 9


def test_migrants_of_today_by_hand(toy_build: Build) -> None:
    values = toy_build.levels[DISTRICT].table.values["toy_migrants"]
    assert values.sum() == pytest.approx(200)
    # region 02 has 50, by key and by residents alike in the shares of their areas
    assert values["020101"] == pytest.approx(50 * KEPT, rel=1e-4)
    # region 01 has 150; weights 3/4 by key of 112 and 1/4 by residents of 5000
    assert values["010101"] == pytest.approx(150 * (0.25 * 1000 / 5000))
    assert values["010201"] == pytest.approx(150 * (0.75 * 99 / 112 + 0.25 * 2000 / 5000))
    assert toy_build.levels[DISTRICT].table.methods.at["010201", "toy_migrants"] == "modelled"
    assert toy_build.levels[AdminLevel.REGION].table.methods.at["01", "toy_migrants"] == "modelled"


def test_people_in_need_keep_their_total_and_stay_below_people(toy_build: Build) -> None:
    values = toy_build.levels[DISTRICT].table.values
    assert values["toy_in_need"].sum() == pytest.approx(100)
    assert (values["toy_in_need"].dropna() <= values["toy_migrants"].dropna()).all()


def test_rates_of_the_region_are_inherited_and_counts_are_not(toy_build: Build) -> None:
    district = toy_build.levels[DISTRICT].table
    region = toy_build.levels[AdminLevel.REGION].table
    assert region.values["toy_alarms_count"].to_dict() == {"01": 11, "02": 4}
    assert district.values["toy_alarms_count"].isna().all()
    assert region.values.at["01", "toy_alarms_per_10000"] == pytest.approx(11 / 5000 * 10000)
    assert district.values.at["010202", "toy_alarms_per_10000"] == pytest.approx(22)
    assert district.methods.at["010202", "toy_alarms_per_10000"] == "inherited"


def test_indices_are_made_at_each_level_from_what_is_present(toy_build: Build) -> None:
    district = toy_build.levels[DISTRICT].table.values["toy_hazard_index"]
    # uninsured 40/50 and alarms 22/100, in tenths
    assert district["010202"] == pytest.approx(10 * (0.8 + 0.22) / 2)
    assert district["020102"] == pytest.approx(10 * 0.4)
    region = toy_build.levels[AdminLevel.REGION].table.values["toy_hazard_index"]
    assert region["01"] == pytest.approx(10 * (26 / 50 + 0.22) / 2)


def test_the_same_inputs_give_the_same_hash(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    assert build(toy[0], COUNTRY, toy[1]).hash == toy_build.hash


@pytest.mark.parametrize("lost", ["toy_census.csv", "toy_alarms.csv", "toy_published.csv"])
def test_any_one_absent_table_leaves_a_build(toy: tuple[Catalogue, Places], lost: str) -> None:
    catalogue, places = toy
    (Path(str(places.mirror)) / lost).unlink()
    built = build(catalogue, COUNTRY, places)
    assert lost.removesuffix(".csv") in [s.id for s in built.statuses.values() if s.problem]


def test_a_mean_of_districts_is_not_credited_to_what_is_published_for_regions(
    toy_build: Build,
) -> None:
    region = toy_build.levels[AdminLevel.REGION].table
    assert region.sources["toy_uninsured"] == ("toy_census",)


def test_provinces_and_regions_have_the_reniec_code_of_most_of_their_districts(
    toy_build: Build,
) -> None:
    codes = toy_build.levels[AdminLevel.PROVINCE].table.names["reniec"]
    assert codes.to_dict() == {"0101": "9101", "0102": "9102", "0201": "9201"}


def test_a_source_that_cannot_be_had_is_told_once(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    assert places.mirror is not None
    for name in ("toy_borders.geojson", "toy_census.csv"):
        (places.mirror / name).unlink()
    told: list[str] = []
    build(catalogue, COUNTRY, places, told.append)
    # three layers take their figures from it
    assert len([line for line in told if "toy_census" in line]) == 1


def test_an_inherited_rate_names_the_source_of_its_count(toy_build: Build) -> None:
    # The count is of regions only, and the rate of a district rests on it all the same.
    sources = toy_build.levels[DISTRICT].table.sources
    assert sources["toy_alarms_per_10000"] == ("toy_alarms", "toy_census")
