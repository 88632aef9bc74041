"""The offices of Peru: those of today are found, everybody has one, and freedom is no worse."""

import pytest

from geoapp.answers.focus import focus_answer, ground_of_build, lines_of
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.decide.focus import Question, solve_focus
from layers.decide.scenarios import DEFAULT
from layers.terms import AdminLevel

PERU = COUNTRIES["per"]
PEOPLE = "venezuelan_people"
pytestmark = pytest.mark.peru


def test_the_offices_of_today_serve_every_district(peru: Build) -> None:
    ground = ground_of_build(
        peru,
        CATALOGUE,
        DEFAULT,
        AdminLevel.DISTRICT,
        demand=PEOPLE,
        people=PEOPLE,
        country=PERU,
    )
    assert len(ground.candidates) == 196
    plan = solve_focus(ground, Question(sites=7))
    answer = focus_answer(
        plan, peru.levels[AdminLevel.DISTRICT].table.names, PERU, demand=PEOPLE, people=PEOPLE
    )
    names = {site["office"]: site["ubigeo"] for site in answer["sites"]}
    assert names == {
        "Arequipa": "040101",
        "Trujillo": "130101",
        "Lima": "150101",
        "Piura": "200101",
        "Puno": "210101",
        "Tacna": "230101",
        "Tumbes": "240101",
    }
    assert len(answer["assignment"]) == 1891
    assert sum(site["load"] for site in answer["sites"]) == pytest.approx(1_497_746, abs=1)
    (price,) = answer["price_of_constraints"]
    assert price["without"] < price["objective"]
    assert len(lines_of(plan)) == 1891 - 7


def test_twelve_regions_are_the_seven_and_five_more(peru: Build) -> None:
    ground = ground_of_build(
        peru, CATALOGUE, DEFAULT, AdminLevel.REGION, demand=PEOPLE, people=PEOPLE, country=PERU
    )
    plan = solve_focus(ground, Question(sites=12))
    assert {"04", "13", "15", "20", "21", "23", "24"} < set(plan.sites)
    assert len(plan.sites) == 12
