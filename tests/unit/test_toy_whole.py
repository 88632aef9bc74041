"""The toy country with all that Peru has, by hand."""

import pytest

from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.score import rank_units
from layers.pipeline import build
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy_whole import WHOLE_COUNTRY, WHOLE_SCENARIO, make_whole_toy

DISTRICT = AdminLevel.DISTRICT


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Catalogue]:
    catalogue, places = make_whole_toy(tmp_path_factory.mktemp("whole") / "mirror")
    return build(catalogue, WHOLE_COUNTRY, places), catalogue


def test_the_raster_gives_each_square_the_mean_of_its_four_cells(
    whole: tuple[Build, Catalogue],
) -> None:
    heat = whole[0].levels[DISTRICT].table.values["toy_heat_celsius"]
    assert heat.to_dict() == pytest.approx(
        {
            "010101": 0.5,
            "010102": 2.5,
            "020101": 4.5,
            "010201": 10.5,
            "010202": 12.5,
            "020102": 14.5,
        }
    )


def test_settlements_divide_what_was_one_unit_by_people(whole: tuple[Build, Catalogue]) -> None:
    table = whole[0].levels[DISTRICT].table
    people = table.values["toy_people"]
    assert people[["020101", "020102"]].tolist() == pytest.approx([9 * 0.75, 9 * 0.25])


def test_an_older_vintage_is_divided_among_the_units_of_today(
    whole: tuple[Build, Catalogue],
) -> None:
    huts = whole[0].levels[DISTRICT].table.values["toy_huts_count"]
    # Side by side at the equator they are alike in area, and no settlement of theirs is known.
    assert huts[["010201", "010202"]].tolist() == pytest.approx([25, 25])
    assert huts[["020101", "020102"]].tolist() == pytest.approx([37.5, 12.5])


def test_severity_follows_the_limits_of_the_country(whole: tuple[Build, Catalogue]) -> None:
    severity = whole[0].levels[DISTRICT].table.values["severity_health"]
    assert severity[["010101", "010102", "010201", "010202"]].tolist() == [2, 3, 4, 5]


def test_the_three_parts_make_the_risk_and_it_ranks(whole: tuple[Build, Catalogue]) -> None:
    table = whole[0].levels[DISTRICT].table
    parts = ["toy_heat_index", "toy_vulnerability_index", "toy_coping_index"]
    # 010201: heat 10.5 of 20; 25 huts for 2,000 people are 125 of 1,000 per 10,000; one clinic
    # for them is 5 of 20 per 10,000, of which less is worse. Scores have one decimal, half up.
    assert table.values.loc["010201", parts].tolist() == pytest.approx([5.3, 1.3, 7.5])
    # cube root of 5.3 × 1.3 × 7.5, each with one decimal, is 3.72
    assert table.values.at["010201", "toy_risk_index"] == 3.7
    ranking = rank_units(table, WHOLE_SCENARIO, whole[1])
    assert ranking.units["rank"].notna().any()


def test_the_toy_has_every_kind_of_thing_that_peru_has() -> None:
    peru = COUNTRIES["per"]
    assert {office.kind for office in WHOLE_COUNTRY.offices} == {
        office.kind for office in peru.offices
    }
    for part in ("vintages", "settlements", "phase_limits", "figures", "controls", "inset_box"):
        assert bool(getattr(WHOLE_COUNTRY, part)) == bool(getattr(peru, part)), part
