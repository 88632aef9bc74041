"""The results frame: tags, filter, page and report section."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bench.visitor import Visitor
from geoapp.answers.frame import frame_answer, frame_markdown
from geoapp.answers.layer_list import list_layers
from geoapp.app.address import decode, encode
from geoapp.app.state import SCORE, ViewState
from geoapp.cli import app
from geoapp.words import LANGUAGES, say, words
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.catalogue.frame import FRAME
from layers.decide.scenarios import DEFAULT
from layers.errors import DeclarationError, UnknownIdError
from layers.sources.locate import Places
from layers.spec import Catalogue, HazardSpec, LayerSpec, ResultsFrame, SectorSpec
from layers.terms import Dimension, Unit


def test_the_frame_is_that_of_the_strategy() -> None:
    assert FRAME.objectives == ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2")
    assert [len(pillar.sdgs) for pillar in FRAME.pillars] == [10, 8, 4]
    assert [len(pillar.gcm) for pillar in FRAME.pillars] == [13, 10, 4]
    # Together they serve all 23 objectives of the Global Compact.
    assert FRAME.gcm_of(FRAME.objectives) == tuple(range(1, 24))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_frame_exists(language: str) -> None:
    wanted = {f"objective.{name}" for name in FRAME.objectives} | {f"frame.{FRAME.id}"}
    wanted |= {f"pillar.{pillar.id}" for pillar in FRAME.pillars}
    wanted |= {f"area.{name}" for pillar in FRAME.pillars for name in pillar.areas}
    wanted |= {f"hazard.{name}" for name in CATALOGUE.hazards}
    wanted |= {f"sector.{name}" for name in CATALOGUE.sectors}
    assert not wanted - set(words(language))


def test_every_layer_serves_an_objective() -> None:
    assert [name for name in CATALOGUE.layers if not CATALOGUE.objectives_of(name)] == []


def layer(**more: Any) -> LayerSpec:
    fields: dict[str, Any] = {
        "id": "toy_new",
        "dimension": Dimension.OPERATIONS,
        "unit": Unit.PERCENT,
        "source": "toy_census",
        "columns": ("uninsured",),
        **more,
    }
    return LayerSpec(**fields)


def test_a_layer_serves_what_its_dimension_sector_hazard_and_itself_serve(
    toy: tuple[Catalogue, Places],
) -> None:
    bare = toy[0].with_layers(layer())
    assert bare.objectives_of("toy_new") == ("1.1", "3.1")
    tagged = toy[0].with_layers(layer(sector="integration", hazard="frost", objectives=("2.1",)))
    assert tagged.objectives_of("toy_new") == ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2")


def test_the_deficit_that_places_a_sector_serves_what_the_sector_serves(
    toy: tuple[Catalogue, Places],
) -> None:
    pets = SectorSpec(id="pets", deficit="toy_uninsured", objectives=("2.2",))
    made = toy[0].with_sectors(pets)
    assert made.objectives_of("toy_uninsured") == ("1.1", "2.2")
    assert made.sectors_of("toy_uninsured") == ("pets",)
    assert made.objectives_of("toy_in_need") == ("1.1",)


@pytest.mark.parametrize(
    ("add", "what"),
    [
        (
            lambda made: made.with_layers(layer(hazard="frots")),
            "layer toy_new is about hazard 'frots', which is not declared: did you mean frost?; "
            'correct it or add HazardSpec(id="frots", ...) to HAZARD_KINDS in layers/catalogue/hazard_kinds.py',
        ),
        (lambda made: made.with_layers(layer(sector="helth")), "did you mean health"),
        (
            lambda made: made.with_hazards(HazardSpec(id="kraken", objectives=("9.9",))),
            "hazard kraken is tagged with objective '9.9', which frame oim_peru_2022_2026 has not",
        ),
        (lambda made: made.with_layers(layer(objectives=("4.4",))), "layer toy_new is tagged"),
        (lambda made: made.with_hazards(HazardSpec(id="frost")), "'frost' is declared twice"),
    ],
)
def test_what_is_not_declared_is_named(
    add: Callable[[Catalogue], Catalogue], what: str, toy: tuple[Catalogue, Places]
) -> None:
    with pytest.raises(DeclarationError) as error:
        add(toy[0])
    assert what in str(error.value)


def test_an_objective_stands_in_one_pillar_only() -> None:
    with pytest.raises(DeclarationError, match="two pillars"):
        ResultsFrame(id="x", pillars=(FRAME.pillars[0], FRAME.pillars[0]))


@pytest.mark.parametrize("objective", FRAME.objectives)
def test_the_list_of_an_objective_is_its_layers_and_no_others(objective: str) -> None:
    found = {row["id"] for row in list_layers(CATALOGUE, objective=objective)["layers"]}
    assert found == {n for n in CATALOGUE.layers if objective in CATALOGUE.objectives_of(n)}


def test_conditions_hold_together_and_goals_are_those_of_the_pillar() -> None:
    wash = list_layers(CATALOGUE, sdg=6, sector="wash")
    assert wash["goals_of"] == "pillar"
    assert {"no_public_water_pct", "pin_wash"} <= {row["id"] for row in wash["layers"]}
    for row in wash["layers"]:
        assert "wash" in row["sectors"]
        assert row["sdgs"] == list(FRAME.sdgs_of(tuple(row["objectives"])))
    only_first = list_layers(CATALOGUE, gcm=21)["layers"]
    assert {row["id"] for row in only_first} == {
        name for name in CATALOGUE.layers if {"1.1", "1.2"} & set(CATALOGUE.objectives_of(name))
    }


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"objective": "5.1"}, "there are 1.1, 1.2, 2.1, 2.2, 3.1, 3.2"),
        ({"sdg": 12}, "no pillar of the frame serves SDG 12; they serve 1, 2, 3"),
        ({"gcm": 24}, "no pillar of the frame serves Global Compact objective 24"),
        ({"sector": "wahs"}, "did you mean wash?"),
    ],
)
def test_what_cannot_be_asked_is_said(asked: dict[str, Any], what: str) -> None:
    with pytest.raises(UnknownIdError) as error:
        list_layers(CATALOGUE, **asked)
    assert what in str(error.value)


LAYERS = frozenset(CATALOGUE.layers)


@given(
    st.builds(
        ViewState,
        layer=st.sampled_from([SCORE, *LAYERS]),
        objective=st.none() | st.sampled_from(FRAME.objectives),
        language=st.sampled_from(LANGUAGES),
    )
)
def test_an_address_restores_the_objective(view: ViewState) -> None:
    assert decode(encode(view), LAYERS, DEFAULT, FRAME.objectives) == view


def test_an_objective_of_another_frame_is_named() -> None:
    view = decode("/?objective=9.9", LAYERS, DEFAULT, FRAME.objectives)
    assert (view.objective, view.unread) == (None, ("objective=9.9",))
    assert encode(ViewState(objective="1.1")) == "/?objective=1.1"


def test_the_page_narrows_its_layers_and_keeps_the_one_that_it_shows(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open()

    def offered() -> list[str]:
        options = visitor.values["layer", "options"]
        return [one["value"] for one in options if not one["value"].startswith("theme:")]

    # The score, the eight layers of the toy and the three of the quality of the data.
    assert len(offered()) == 12
    assert visitor.values["objective", "value"] == "all"
    visitor.change("objective", "value", "3.2")
    assert visitor.values["view", "data"] == "/?objective=3.2"
    assert "toy_residents" in offered()
    assert "toy_uninsured" not in offered()
    visitor.change("objective", "value", "all")
    visitor.change("layer", "value", "toy_uninsured")
    visitor.change("objective", "value", "3.2")
    assert "toy_uninsured" in offered()
    visitor.change("objective", "value", "all")
    assert len(offered()) == 12
    assert visitor.values["view", "data"] == "/?layer=toy_uninsured"
    served = {one["value"]: one.get("disabled") for one in visitor.values["objective", "options"]}
    assert served["1.1"] is False
    assert served["3.1"] is True


def test_figures_are_grouped_by_objective(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    answer = frame_answer(toy_build, toy[0], "010201")
    assert list(answer["objectives"]) == list(FRAME.objectives)
    assert list(answer["objectives"]["2.2"]["layers"]) == []
    first = answer["objectives"]["1.1"]
    assert first["layers"]["toy_uninsured"]["value"] == 30
    assert (first["pillar"], first["sdgs"]) == ("1", [1, 2, 3, 5, 6, 7, 9, 11, 13, 16])
    assert "toy_people" in first["layers"]
    assert "toy_people" in answer["objectives"]["3.2"]["layers"]


def test_a_country_without_a_frame_says_so(toy_build: Build, toy: tuple[Catalogue, Places]) -> None:
    bare = Catalogue.of(
        sources=tuple(toy[0].sources.values()), layers=tuple(toy[0].layers.values())
    )
    with pytest.raises(UnknownIdError, match="no results frame"):
        frame_answer(toy_build, bare, "010201")
    assert list_layers(bare)["layers"][0]["objectives"] == []


def test_the_section_is_markdown_that_names_cannot_break(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    answer = frame_answer(toy_build, toy[0], "010201")
    answer["name"] = "<b>Ga|ma"
    text = frame_markdown(answer, "es")
    assert "&lt;b>Ga\\|ma (010201)" in text
    assert say("frame.goals", "es", sdgs="5, 10, 16, 17", gcm="1, 3, 8, 23") in text
    rows = [line for line in text.split("\n") if line.startswith("| toy_uninsured |")]
    assert rows == ["| toy_uninsured | 30.0 % | observado | Instituto de Juguete | 2017-10-22 |"]
    assert "2.2" not in text


def test_the_commands_speak_of_the_frame(toy_store: Path) -> None:
    run = CliRunner()
    shown = run.invoke(app, ["show", "010201", "--frame"]).stdout
    assert "1.1 Asistencia y protección en todo momento" in shown
    assert (
        "  toy_uninsured: 30.0 % [observado; Instituto de Juguete, 2017-10-22; confianza" in shown
    )
    assert run.invoke(app, ["show", "010201", "--frame", "--markdown"]).stdout.startswith("## ")
    assert json.loads(run.invoke(app, ["show", "010201", "--frame", "--json"]).stdout)["frame"]
    assert run.invoke(app, ["show", "010201", "--markdown"]).exit_code == 2
    listed = run.invoke(app, ["layers", "--objective", "3.2"]).stdout.splitlines()
    assert listed[0].split()[:3] == ["toy_residents", "3.2", "toy_residents"]
    assert listed[-1].startswith("6 capas. ")


def test_an_unknown_country_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_COUNTRY", "prr")
    result = CliRunner().invoke(app, ["layers"])
    assert "GEOAPP_COUNTRY is 'prr'" in str(result.exception)
