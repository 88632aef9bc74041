"""One golden test of Peru: totals, ranks and scores of a few districts, as published."""

import math

import pytest

from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.decide.scenarios import DEFAULT
from layers.decide.score import rank_units
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru

NEWER_THAN_THE_CENSUS = {
    "030612",
    "050413",
    "050512",
    "050513",
    "050514",
    "050515",
    "080915",
    "080916",
    "080917",
    "080918",
    "090724",
    "090725",
    "130112",
    "180107",
    "221006",
    "250306",
    "250307",
}


TOTALS = {
    "population_people": 33_396_698,
    "population_2017_people": 29_381_884,
    "venezuela_5y_people": 51_933,
    "abroad_5y_people": 171_238,
    "venezuelan_people": 1_497_746,
    "pin_shelter": 1_000_000,
    "pin_wash": 762_000,
    "pin_food": 1_490_000,
    "pin_health": 1_340_000,
    "pin_education": 763_000,
    "pin_protection": 907_000,
    "pin_nutrition": 383_000,
    "pin_transport": 443_000,
    "pin_integration": 1_370_000,
    "health_facilities_count": 8_358,
}


@pytest.mark.parametrize("level", list(AdminLevel))
def test_the_published_totals_arrive_whole_at_each_level(peru: Build, level: AdminLevel) -> None:
    values = peru.levels[level].table.values
    assert {name: values[name].sum() for name in TOTALS} == pytest.approx(TOTALS, rel=1e-9)


def test_the_units_are_those_of_2025(peru: Build) -> None:
    counts = {level.value: len(made.units) for level, made in peru.levels.items()}
    assert counts == {"district": 1891, "province": 196, "region": 25}
    people = peru.levels[AdminLevel.DISTRICT].table.values["venezuela_5y_people"]
    # 472 at the census; eight of the 17 newer districts have a part of a parent's
    assert (people > 0).sum() == 480
    assert len(peru.statuses["geoperu_distritos"].repaired) == 908
    assert peru.statuses["geoperu_distritos"].unmatched == ()


def test_areas_of_the_levels_agree(peru: Build) -> None:
    areas = [made.units["area_km2"].sum() for made in peru.levels.values()]
    assert areas == pytest.approx([areas[0]] * 3, rel=1e-5)


def test_nobody_is_in_need_twice_or_migrant_beyond_the_cap(peru: Build) -> None:
    values = peru.levels[AdminLevel.DISTRICT].table.values
    for name in [column for column in values if column.startswith("pin_")]:
        assert (values[name].dropna() <= values["venezuelan_people"].dropna() + 1e-6).all()
    share = values["venezuelan_people"] / values["population_people"]
    assert share.max() <= 0.15 + 1e-9
    assert values["needs_per_person"].between(0, 9)[values["needs_per_person"].notna()].all()
    lima = peru.levels[AdminLevel.REGION].table.values["venezuelan_people"][["07", "15"]].sum()
    assert lima == pytest.approx(1_000_000)


def test_districts_newer_than_the_census_inherit(peru: Build) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    methods = table.methods["nbi_any_pct"]
    assert set(methods.index[methods == "inherited"]) == NEWER_THAN_THE_CENSUS
    assert table.values["nbi_any_pct"].notna().all()


def test_figures_are_those_of_the_published_workbook(peru: Build) -> None:
    values = peru.levels[AdminLevel.DISTRICT].table.values
    # José María Arguedas, first row of the workbook: almenosu_1 22.3, p_af_ning 8.69884832149
    assert values.at["030220", "nbi_any_pct"] == 22.3
    assert values.at["030220", "no_insurance_pct"] == pytest.approx(8.69884832149)


def test_the_ranking_of_peru(peru: Build) -> None:
    table = peru.levels[AdminLevel.DISTRICT].table
    ranking = rank_units(table, DEFAULT, CATALOGUE)
    first = [table.names.at[code, "name"] for code in ranking.units.index[:3]]
    assert first == ["San Juan de Lurigancho", "Ate", "Calleria"]
    # by hand, from the figures of the district and the declared limits
    unit = table.values.loc["150132"]
    by_hand = (
        8 * math.log1p(unit["venezuelan_people"]) / math.log1p(100_000)
        + 7 * unit["needs_per_person"] / 9
        + 5 * unit["hazard_exposure_index"] / 10
        + 2 * unit["vulnerability_index"] / 10
        + 2 * unit["lack_of_coping_index"] / 10
    ) / 0.24
    assert ranking.units.at["150132", "score"] == pytest.approx(by_hand)
    # a district newer than the census has only its parents' figures: no rank of its own
    unranked = ranking.units.index[ranking.units["rank"].isna()]
    assert set(unranked) == NEWER_THAN_THE_CENSUS


@pytest.mark.parametrize("level", list(AdminLevel))
def test_contributions_add_up_at_each_level(peru: Build, level: AdminLevel) -> None:
    ranking = rank_units(peru.levels[level].table, DEFAULT, CATALOGUE)
    ranked = ranking.units[ranking.units["rank"].notna()]
    sums = ranking.contributions.loc[ranked.index].sum(axis=1)
    assert (sums - ranked["score"]).abs().max() < 1e-9


def test_simplified_borders_keep_the_area_of_small_districts(peru: Build) -> None:
    made = peru.levels[AdminLevel.DISTRICT]
    simple = made.outlines.to_crs("EPSG:6933").area / 1e6
    error = (simple / made.units["area_km2"] - 1).abs()
    assert error[error.index.str.startswith(("1501", "07"))].max() < 0.05
    assert error.max() < 0.05
    assert made.outlines.is_valid.all()
