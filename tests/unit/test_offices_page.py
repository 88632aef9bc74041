"""The page of the offices: what an act asks for, undo, what is shown, and where there is no plan."""

from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from geoapp.app import ids
from geoapp.app.office_choices import Choices, act_on, question_of, read_choices, write_choices
from geoapp.app.office_plans import OfficePlans
from geoapp.app.pages.offices import next_choices, screen
from geoapp.app.routes import make_geometries
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.store import read_build, write_build
from layers.countries import COUNTRIES
from layers.pipeline import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.contract.test_pages import Visitor

DISTRICTS = Choices(level=AdminLevel.DISTRICT)
VIEW = ViewState()


@pytest.fixture
def plans(toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path) -> OfficePlans:
    write_build(toy_build, tmp_path / "plans")
    stored, country = read_build(tmp_path / "plans"), COUNTRIES[toy_build.country]
    views = Views(stored, toy[0], country.scenario, make_geometries(stored, country))
    return OfficePlans(views)


def act(plans: OfficePlans, choices: Choices, name: str, unit: str) -> Choices:
    return act_on(choices, name, unit, plans.ground(choices, plans.views.base))


def sites(plans: OfficePlans, choices: Choices) -> tuple[str, ...]:
    return plans.answer(choices, plans.views.base).plan.sites


def texts(component: Any) -> str:
    """Return all words of a component."""
    if isinstance(component, (list, tuple)):
        return " ".join(texts(one) for one in component)
    if isinstance(component, (str, int, float)):
        return str(component)
    return texts(getattr(component, "children", None) or [])


def test_at_first_it_is_todays_assignment(plans: OfficePlans) -> None:
    assert sites(plans, DISTRICTS) == ("010101", "010201", "020102")


def test_an_added_office_is_one_more_and_a_closed_one_is_one_less(plans: OfficePlans) -> None:
    added = act(plans, DISTRICTS, "add", "020101")
    assert sites(plans, added) == ("010101", "010201", "020101", "020102")
    closed = act(plans, added, "close", "010201")
    assert sites(plans, closed) == ("010101", "020101", "020102")
    # Allowed again, it is one of today's, which stay.
    assert sites(plans, act(plans, closed, "allow", "010201")) == sites(plans, added)
    # To close what was added is to take it back.
    assert "020101" not in sites(plans, act(plans, added, "close", "020101"))


def test_an_office_that_was_only_proposed_is_sought_elsewhere(plans: OfficePlans) -> None:
    free = Choices(level=AdminLevel.DISTRICT, is_fixed=False, sites=2)
    first = sites(plans, free)
    moved = sites(plans, act(plans, free, "close", first[0]))
    assert len(moved) == 2
    assert first[0] not in moved


def test_a_place_outlives_a_change_of_level(plans: OfficePlans) -> None:
    provinces = act(plans, Choices(), "add", "0201")
    assert provinces.added == ("020101",)
    finer = Choices(level=AdminLevel.DISTRICT, added=provinces.added)
    assert "020101" in sites(plans, finer)


def test_the_best_plan_is_never_worse(plans: OfficePlans) -> None:
    choices = act(plans, DISTRICTS, "add", "020101")
    answer = plans.answer(choices, plans.views.base)
    assert answer.best.objective <= answer.plan.objective
    assert len(answer.best.sites) == len(answer.plan.sites)


def test_regions_are_todays_and_can_be_changed(plans: OfficePlans) -> None:
    assert plans.regions(Choices(), plans.views.base).sites == ("01", "02")
    without = act(plans, Choices(), "close-region", "02")
    assert plans.regions(without, plans.views.base).sites == ("01",)
    assert act(plans, without, "allow-region", "02") == Choices()


def test_choices_are_kept_as_what_differs_and_nonsense_is_the_first() -> None:
    choices = Choices(level=AdminLevel.REGION, added=("010101",), within=75.0)
    assert read_choices(write_choices(choices)) == choices
    assert write_choices(Choices()) == {}
    assert read_choices({"level": "moon"}) == read_choices({"x": 1}) == Choices()


def test_undo_goes_back_a_step_and_reset_can_be_undone(plans: OfficePlans) -> None:
    given: dict[str, Any] = {"act": {"act": "add", "unit": "020101"}}
    one, steps = next_choices(plans, VIEW, DISTRICTS, [], ids.OFFICE_ACT, given)
    given["today"] = "free"
    two, steps = next_choices(plans, VIEW, one, steps, ids.OFFICE_TODAY, given)
    assert (two.is_fixed, two.added, len(steps)) == (False, ("020101",), 2)
    # What changes nothing is no step.
    assert next_choices(plans, VIEW, two, steps, ids.OFFICE_TODAY, given) == (two, steps)
    fresh, steps = next_choices(plans, VIEW, two, steps, ids.OFFICE_ACT, {"act": {"act": "reset"}})
    assert (fresh, len(steps)) == (Choices(), 3)
    for expected in (two, one, DISTRICTS, DISTRICTS):
        fresh, steps = next_choices(
            plans, VIEW, fresh, steps, ids.OFFICE_ACT, {"act": {"act": "undo"}}
        )
        assert fresh == expected


def test_an_act_before_an_answer_loses_nothing(plans: OfficePlans) -> None:
    given = {"act": {"act": "add", "unit": "020101"}, "level": "district", "today": "free"}
    now, steps = next_choices(plans, VIEW, Choices(), [], ids.OFFICE_ACT, given)
    assert (now.level, now.is_fixed, now.added) == (AdminLevel.DISTRICT, False, ("020101",))
    assert steps == [{}]


@pytest.mark.parametrize("count", [0, 99, None])
def test_a_number_out_of_range_changes_nothing(plans: OfficePlans, count: int | None) -> None:
    given = {"act": None, "sites": count}
    assert next_choices(plans, VIEW, DISTRICTS, [], ids.OFFICE_SITES, given) == (DISTRICTS, [])


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_screen_tells_who_serves_whom(plans: OfficePlans, language: str) -> None:
    view = ViewState(unit="010102", language=language)
    shown = screen(plans, view, DISTRICTS, [])
    told = texts(shown["result"])
    assert {"es": "Beta (distrito): la atiende Alfa", "en": "Beta (district): served by Alfa"}[
        language
    ] in told
    assert shown["sites"] == 3
    assert [point["label"] for point in shown["overlay"]["points"]][:3] == ["Alfa", "Gama", "Zeta"]
    assert len(shown["overlay"]["areas"]["features"]) == 3


def test_a_line_goes_from_an_office_to_each_province_that_it_serves(plans: OfficePlans) -> None:
    closed = act(plans, Choices(), "close", "0102")
    (line,) = screen(plans, VIEW, closed, [])["overlay"]["lines"]
    points = plans.ground(closed, plans.views.base).points
    assert line[1] == pytest.approx(points.loc["0102", ["lon", "lat"]].tolist(), abs=1e-3)


def test_loads_of_the_offices_are_those_of_the_whole(plans: OfficePlans) -> None:
    plan = plans.answer(DISTRICTS, plans.views.base).plan
    assert plan.parts_of(plan.ground.demand).sum() == pytest.approx(plan.ground.demand.sum())


def test_where_there_is_no_plan_it_is_said_in_one_sentence(plans: OfficePlans) -> None:
    choices = DISTRICTS
    for unit in ("010101", "010102", "010201", "010202", "020101", "020102"):
        choices = act(plans, choices, "close", unit)
    shown = screen(plans, VIEW, choices, [{}])
    assert shown["overlay"] is None
    assert texts(shown["result"]).startswith("Con estas condiciones no hay un plan")
    assert "Deshacer" in shown["labels"]


def test_a_question_with_all_of_today_names_them_as_today(plans: OfficePlans) -> None:
    ground = plans.ground(DISTRICTS, plans.views.base)
    assert question_of(DISTRICTS, ground).keeps_today
    closed = act(plans, DISTRICTS, "close", "010101")
    question = question_of(closed, ground)
    assert (question.keeps_today, question.required) == (False, ("010201", "020102"))


def test_the_open_page_hands_its_view_to_its_own_callback(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/oficinas?u=010101")
    assert visitor.values[ids.OFFICE_VIEW, "data"] == "/oficinas?u=010101"
