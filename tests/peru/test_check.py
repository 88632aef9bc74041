"""The build of Peru is proven: every difference is listed and has its reason."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geoapp.answers.build import unit_answer
from geoapp.answers.checks import check_answer
from geoapp.cli import app
from geoapp.settings import read_settings
from geoapp.store.builds import write_build
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.totals import EXPECTED
from layers.countries import COUNTRIES
from layers.pipeline import build
from layers.terms import AdminLevel

pytestmark = pytest.mark.peru

PERU = COUNTRIES["per"]


@pytest.fixture(scope="module")
def answer(peru: Build) -> dict[str, Any]:
    return check_answer(peru, CATALOGUE, PERU, EXPECTED)


def test_every_difference_of_peru_has_a_reason(answer: dict[str, Any]) -> None:
    assert [one for one in answer["totals"] if not one["ok"]] == []
    assert answer["ok"]


def test_published_regions_agree_or_differ_for_a_known_reason(answer: dict[str, Any]) -> None:
    found = {
        one["layer"]: (one["compared"], one["differing"], one["reasons"])
        for one in answer["published"]
    }
    assert found == {
        "population_people": (25, 0, []),
        "venezuela_5y_people": (25, 0, []),
        "abroad_5y_people": (25, 0, []),
        "nbi_any_pct": (25, 24, ["rounded_parts"]),
        "no_insurance_pct": (25, 0, []),
        "no_document_pct": (25, 0, []),
        "food_vulnerability_index": (25, 25, ["computed_apart"]),
        # Both are of the regions: there is nothing finer to compare with.
        "emergencies_count": (0, 0, []),
        "poverty_pct": (25, 25, ["published_as_groups"]),
        "hdi": (25, 25, ["computed_apart"]),
        "health_facilities_count": (25, 0, []),
    }


def test_declared_totals_are_met(answer: dict[str, Any]) -> None:
    met = {
        (one["layer"], one["unit"]): one["sum"]
        for one in answer["totals"]
        if one["level"] == "district"
    }
    assert met["population_people", None] == 33_396_698
    assert met["venezuela_5y_people", None] == 51_933
    assert met["venezuelan_people", None] == pytest.approx(1_497_746)
    assert met["venezuelan_people", "07+15"] == pytest.approx(1_000_000)
    assert sum(layer.startswith("pin_") for layer, _ in met) == 9


def test_nothing_is_accepted_without_its_declaration(peru: Build) -> None:
    bare = replace(EXPECTED, differences=(), unmatched={}, gaps=())
    found = check_answer(peru, CATALOGUE, PERU, bare)
    assert not found["ok"]
    assert sum(not one["ok"] for one in found["totals"]) == 24 + 3 * 25
    assert len(found["boundaries"]["unexplained"]["unmatched"]) == 7
    assert found["boundaries"]["unexplained"]["gaps"] == 6


def test_boundaries_are_told_as_published(answer: dict[str, Any]) -> None:
    found = answer["boundaries"]
    assert {name: one["units"] for name, one in found["levels"].items()} == {
        "district": 1891,
        "province": 196,
        "region": 25,
    }
    assert (found["published"]["empty"], found["repairs"]) == ([], [])
    assert len(found["unmatched"]) == 7
    assert Counter(gap["kind"] for gap in found["gaps"]) == {"unclassified": 6, "mismatch": 60}
    assert found["areas"]["compared"] == 1870


def test_the_middle_of_a_group_is_what_regions_were_given(peru: Build) -> None:
    assert sorted(set(peru.published["poverty_pct"])) == [8.95, 17.3, 26.25, 32.95, 43.65]


def test_what_is_missing_and_stray_codes_are_named(answer: dict[str, Any]) -> None:
    lacking = {
        (one["layer"], one["level"], one["reason"]): one["units"] for one in answer["missing"]
    }
    assert ("population_people", "district", "newer") not in lacking
    assert lacking["border_zone_pct", "district", "no_row"] == 776
    assert ("poverty_pct", "district", "no_figure") not in lacking
    assert lacking["emergencies_count", "province", "coarser_only"] == 196
    stray = {one["source"]: one["unmatched"] for one in answer["codes"] if one["unmatched"]}
    assert stray == {
        "ubigeo_distrito": ["150144", "160109", "160114", "NA"],
        # Posts whose names tell no district.
        "border_movements_2020": [
            "Loreto - PCM Rio Amazonas Balsa Mig Col",
            "Madre De Dios - PCF Shiringayoc",
        ],
    }


def test_the_command_tells_it_in_spanish(
    peru: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_build(peru, tmp_path / "store")
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[-1] == "Todo concuerda o tiene explicación."
    assert "  Población proyectada 2022: 25 iguales" in lines
    assert any("908 sin su cero inicial" in line for line in lines)


def test_a_build_on_the_defective_vintage_repairs_it(mirror: Path, tmp_path: Path) -> None:
    older = replace(PERU, boundaries="latam_atlas_2022", donor_boundaries=("inei_limites_2025",))
    settings = read_settings({"GEOAPP_MIRROR": str(mirror), "GEOAPP_STORE": str(tmp_path)})
    built = build(CATALOGUE, older, settings.places)
    assert {one.ubigeo for one in built.repairs} == {
        *("070105", "070107", "150704", "200602", "210103", "210607")
    }
    units = built.levels[AdminLevel.DISTRICT].units
    assert len(units) == 1891
    assert units.geometry.is_valid.all()
    answer = check_answer(built, CATALOGUE, older, EXPECTED)
    assert all(one["ok"] for one in answer["totals"])
    assert unit_answer(built, CATALOGUE, "210103")["boundary"] == (
        "repaired: absent, trimmed from inei_limites_2025"
    )
