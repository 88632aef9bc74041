"""Scenarios and decisions on disk: whole, never replaced, and the same again."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geoapp.planners.decisions import write_decision
from geoapp.planners.scenarios import compare, freeze, load, path_of, save
from layers.built import Build
from layers.errors import RecordError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel, Aggregation
from tests.toy import SCENARIO

DISTRICT = AdminLevel.DISTRICT
WHEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
RICH = replace(
    SCENARIO,
    note="Para el norte",
    author="Comité",
    aggregation=Aggregation.GEOMETRIC,
    places=("01",),
    least=(("toy_residents", 500.0),),
    seed=7,
    vintage="abc",
)


def test_a_scenario_comes_back_as_it_was_and_gives_the_same(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    saved = freeze(toy_build, RICH, DISTRICT, toy[0])
    path = path_of(tmp_path, "norte")
    save(saved, path)
    written = path.read_bytes()
    save(saved, path)
    assert path.read_bytes() == written
    assert load(path) == saved == freeze(toy_build, load(path).scenario, DISTRICT, toy[0])
    assert [left.name for left in path.parent.iterdir()] == ["norte.json"]


def test_another_scenario_never_takes_a_name_and_a_changed_file_is_refused(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    path = path_of(tmp_path, "norte")
    save(freeze(toy_build, RICH, DISTRICT, toy[0]), path)
    before = path.read_bytes()
    with pytest.raises(RecordError, match="exists and says something else"):
        save(freeze(toy_build, SCENARIO, DISTRICT, toy[0]), path)
    assert path.read_bytes() == before
    path.write_bytes(before.replace(b'"seed": 7', b'"seed": 8'))
    with pytest.raises(RecordError, match="was changed after it was written"):
        load(path)
    path.write_text("[]")
    with pytest.raises(RecordError, match="is not a record"):
        load(path)


@pytest.mark.parametrize("name", ["../norte", "", "a/b", ".oculto"])
def test_names_stay_inside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot name a scenario"):
        path_of(tmp_path, name)


def test_an_absent_scenario_names_its_neighbours(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    save(freeze(toy_build, SCENARIO, DISTRICT, toy[0]), path_of(tmp_path, "norte"))
    with pytest.raises(RecordError, match="did you mean norte"):
        load(path_of(tmp_path, "nortes"))


def test_two_scenarios_are_compared_by_settings_and_places(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    one = freeze(toy_build, SCENARIO, DISTRICT, toy[0])
    changed = SCENARIO.with_weights({"toy_uninsured": 0.0})
    found = compare(one, freeze(toy_build, changed, DISTRICT, toy[0]))
    assert set(found["settings"]) == {"weights"}
    # By people alone: 99, 9, 4.5 and the half of 9, 0; the second of before is one of 4
    assert {"ubigeo": "010202", "before": 2, "after": 4} in found["moved"]
    assert (found["inputs"], found["entered"], found["left"]) == ([], [], [])


def test_a_decision_freezes_all_and_needs_its_who_and_why(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    saved = freeze(toy_build, RICH, DISTRICT, toy[0])

    def decide(who: str) -> Path:
        return write_decision(
            saved, toy_build, tmp_path, name="Apertura", reason="Acta 12", who=who, when=WHEN
        )

    path = decide("Comité")
    told = json.loads(path.read_bytes())
    assert (told["who"], told["when"]) == ("Comité", "2026-01-31T12:00:00+00:00")
    assert told["build"]["hash"] == toy_build.hash
    assert told["frozen"]["inputs"]["toy_census"] == toy[0].source("toy_census").sha256
    assert load(path) == saved
    with pytest.raises(RecordError, match="without its who"):
        decide(" ")
