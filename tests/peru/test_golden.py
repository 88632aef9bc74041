"""One golden test of Peru: totals, ranks and scores of a few districts, as published."""

import math

import pytest

from layers.catalogue import CATALOGUE
from layers.decide.scenarios import DEFAULT
from layers.decide.score import rank_units
from layers.pipeline import Build
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


def test_the_published_totals_arrive_whole(peru: Build) -> None:
    made = peru.levels[AdminLevel.DISTRICT]
    assert len(made.units) == 1891
    assert made.table.values["venezuela_5y_people"].sum() == 51_933
    # 472 at the census; eight of the 17 newer districts have a part of a parent's
    assert (made.table.values["venezuela_5y_people"] > 0).sum() == 480
    assert len(peru.statuses["geoperu_distritos"].repaired) == 908
    assert peru.statuses["geoperu_distritos"].unmatched == ()


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
    assert first == ["San Juan de Lurigancho", "San Martin de Porres", "Ate"]
    assert ranking.units.iloc[0]["score"] == pytest.approx(58.311645, abs=1e-6)
    # by hand: 8 ln(2509)/ln(5001), 7 * 0.194, 4 * 29.6146/50 of 19
    people, nbi, insurance = table.values.loc[
        "150132", ["venezuela_5y_people", "nbi_any_pct", "no_insurance_pct"]
    ]
    by_hand = (
        8 * math.log1p(people) / math.log1p(5000) + 7 * nbi / 100 + 4 * insurance / 50
    ) / 0.19
    assert ranking.units.at["150132", "score"] == pytest.approx(by_hand)
    assert ranking.units["rank"].notna().sum() == 1874


def test_simplified_borders_keep_the_area_of_small_districts(peru: Build) -> None:
    made = peru.levels[AdminLevel.DISTRICT]
    simple = made.outlines.to_crs("EPSG:6933").area / 1e6
    error = (simple / made.units["area_km2"] - 1).abs()
    assert error[error.index.str.startswith(("1501", "07"))].max() < 0.05
    assert error.max() < 0.05
    assert made.outlines.is_valid.all()
