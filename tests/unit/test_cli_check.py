"""geoapp check on the toy country, sound and broken."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geoapp.answers.checks import check_answer
from geoapp.cli import app
from layers.built import Build
from layers.countries import COUNTRIES
from layers.harmonise.boundary_report import Gap, GapKind
from layers.harmonise.repairs import Action, Fault, Reason, Repair
from layers.sources.locate import Places
from layers.spec import Catalogue, DeclaredTotal, Expectations, KnownDifference, KnownGap
from layers.terms import AdminLevel, Discrepancy
from tests.toy import COUNTRY, DISTRICTS, as_country

PUBLISHED_APART = KnownDifference(
    layer="toy_uninsured", reason=Discrepancy.COMPUTED_APART, largest=1.0
)
SOUND = Expectations(
    totals=(
        DeclaredTotal(layer="toy_people", value=121.0),
        DeclaredTotal(layer="toy_migrants", figure="migrants"),
        DeclaredTotal(layer="toy_migrants", figure="migrants_01", regions=("01",)),
        DeclaredTotal(layer="toy_in_need", figure="in_need"),
    ),
    differences=(PUBLISHED_APART,),
)


def answer_of(built: Build, toy: tuple[Catalogue, Places], expected: Expectations) -> Any:
    return check_answer(built, toy[0], COUNTRY, expected)


def test_a_sound_build_is_proven(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    answer = answer_of(toy_build, toy, SOUND)
    assert answer["ok"]
    assert list(answer) == [
        "boundaries",
        "totals",
        "published",
        "codes",
        "places",
        "missing",
        "loaded",
        "ok",
    ]
    assert answer["boundaries"]["levels"]["province"] == {"units": 3, "empty": 0, "invalid": 0}
    apart = [one for one in answer["totals"] if one["reason"]]
    assert [(one["unit"], one["sum"], one["expected"], one["ok"]) for one in apart] == [
        ("01", pytest.approx(26), 27, True),
        ("02", pytest.approx(20), 21, True),
    ]
    assert {"source": "toy_census", "rows": 5, "repaired": 5, "unmatched": []} in answer["codes"]
    assert {
        "layer": "toy_alarms_count",
        "level": "district",
        "units": 6,
        "reason": "coarser_only",
        "first": list(DISTRICTS),
    } in answer["missing"]


def test_a_broken_total_is_not_ok(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    toy_build.levels[AdminLevel.REGION].table.values.loc["01", "toy_people"] += 3
    answer = answer_of(toy_build, toy, SOUND)
    wrong = [
        (one["level"], one["unit"], one["difference"]) for one in answer["totals"] if not one["ok"]
    ]
    assert wrong == [("region", None, 3.0), ("region", "01", 3.0)]
    assert not answer["ok"]


def test_a_difference_nobody_declared_is_not_ok(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    answer = answer_of(toy_build, toy, replace(SOUND, differences=()))
    assert not answer["ok"]
    assert answer["published"] == [
        {
            "layer": "toy_uninsured",
            "compared": 2,
            "differing": 2,
            "largest": pytest.approx(1.0),
            "reasons": [],
            "ok": False,
        }
    ]


def test_a_unit_without_a_boundary_is_not_ok(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    lost = Repair(
        ubigeo="020103",
        fault=Fault.ABSENT,
        action=Action.UNREPAIRED,
        donor=None,
        before_km2=0.0,
        after_km2=0.0,
        official_km2=None,
        overlap_km2=0.0,
        bare_km2=0.0,
        reason=Reason.NO_DONOR,
    )
    answer = answer_of(replace(toy_build, repairs=(lost,)), toy, SOUND)
    assert answer["boundaries"]["unexplained"]["unrepaired"] == ["020103"]
    assert not answer["ok"]


def test_lines_and_gaps_that_nobody_declared_are_not_ok(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    gap = Gap(0.5, 0.5, 100.0, GapKind.UNCLASSIFIED, ("010201",))
    report = replace(toy_build.boundaries, unmatched=("010101",), gaps=(gap,))
    built = replace(toy_build, boundaries=report)
    found = answer_of(built, toy, SOUND)["boundaries"]
    assert (found["unexplained"], found["ok"]) == (
        {"unrepaired": [], "unmatched": ["010101"], "gaps": 1},
        False,
    )
    pond = KnownGap(name="Laguna", lon=0.51, lat=0.5, km2=101.0)
    known = replace(SOUND, unmatched={"toy_borders": ("010101",)}, gaps=(pond,))
    found = answer_of(built, toy, known)["boundaries"]
    assert found["ok"]
    assert found["gaps"][0]["name"] == "Laguna"
    # another hole at the same place is not the one that is known
    larger = replace(known, gaps=(replace(pond, km2=200.0),))
    assert not answer_of(built, toy, larger)["boundaries"]["ok"]


@pytest.fixture
def stored(
    toy_store: Path, toy: tuple[Catalogue, Places], monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(toy[0], expected=SOUND))
    return monkeypatch


def test_the_command_ends_with_0_where_all_is_explained(stored: pytest.MonkeyPatch) -> None:
    result = CliRunner().invoke(app, ["check", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["ok"] is True


def test_the_command_ends_with_1_where_a_total_is_off(
    stored: pytest.MonkeyPatch, toy: tuple[Catalogue, Places]
) -> None:
    off = replace(SOUND, totals=(DeclaredTotal(layer="toy_people", value=120.0),))
    stored.setitem(COUNTRIES, COUNTRY.id, as_country(toy[0], expected=off))
    result = CliRunner().invoke(app, ["check", "--json"])
    assert result.exit_code == 1
    (wrong,) = [one for one in json.loads(result.stdout)["totals"] if not one["ok"]]
    assert (wrong["layer"], wrong["sum"], wrong["expected"]) == ("toy_people", 121.0, 120.0)
    assert wrong["difference"] == 1.0


def test_an_unknown_option_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["check", "--yaml"]).exit_code == 2
