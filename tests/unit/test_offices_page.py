"""The page of the offices: what an act asks for, undo, what is shown, and where there is no plan."""

import csv
import io
from typing import Any

import pytest
from dash import Dash

from geoapp.app import ids
from geoapp.app.office_acts import act_on
from geoapp.app.office_choices import Choices, question_of, read_choices, write_choices
from geoapp.app.office_facts import office_facts
from geoapp.app.office_plans import Answer, OfficePlans
from geoapp.app.office_screen import screen
from geoapp.app.office_steps import next_choices
from geoapp.app.region_facts import region_facts
from geoapp.app.routes import make_geometries
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.store.builds import Stored
from layers.countries import COUNTRIES
from layers.errors import LayersError
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.contract.test_pages import Visitor

DISTRICTS = Choices(level=AdminLevel.DISTRICT)
VIEW = ViewState()
NO_STEPS: dict[str, list[str]] = {"past": [], "future": []}


@pytest.fixture
def plans(toy_stored: Stored, toy: tuple[Catalogue, Places]) -> OfficePlans:
    country = COUNTRIES[toy_stored.build.country]
    geometries = make_geometries(toy_stored, country)
    return OfficePlans(Views(toy_stored, toy[0], country.scenario, geometries))


def act(plans: OfficePlans, choices: Choices, name: str, unit: str, source: str = "") -> Choices:
    return act_on(choices, name, unit, plans.ground(choices, plans.views.base), source)


def answer(plans: OfficePlans, choices: Choices) -> Answer:
    job = plans.ask(choices, plans.views.base, wait=30.0)
    assert job.result is not None, job.error
    return job.result


def sites(plans: OfficePlans, choices: Choices) -> tuple[str, ...]:
    return answer(plans, choices).plan.sites


def shown(plans: OfficePlans, choices: Choices, **view: Any) -> dict[str, Any]:
    """Return the screen of choices once their plan is there."""
    plans.ask(choices, plans.views.base, wait=30.0)
    return screen(plans, VIEW.with_(offices=choices, **view), NO_STEPS)


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
    found = answer(plans, choices)
    assert found.best.objective <= found.plan.objective
    assert len(found.best.sites) == len(found.plan.sites)


def test_regions_are_todays_and_can_be_changed(plans: OfficePlans) -> None:
    assert plans.regions(Choices(), plans.views.base).sites == ("01", "02")
    without = act(plans, Choices(), "close-region", "02")
    assert plans.regions(without, plans.views.base).sites == ("01",)
    assert act(plans, without, "allow-region", "02") == Choices()


def test_an_address_tells_what_differs_and_nonsense_is_refused() -> None:
    choices = Choices(
        level=AdminLevel.REGION, added=("010101", "020101"), moved=(("010201", "010202"),)
    )
    assert write_choices(choices) == "level:region,move:010201-010202,add:010101.020101"
    assert write_choices(Choices()) == ""
    for text in (
        "level:moon",
        "x:1",
        "km:nan",
        "km:5",
        "sites:99",
        "most:0",
        "move:010101",
        "add:",
    ):
        with pytest.raises((ValueError, LayersError)):
            read_choices(text)


def test_a_place_that_the_build_has_not_is_dropped_and_named(plans: OfficePlans) -> None:
    asked = plans.views.read("/oficinas?o=add:010102.990101,move:010101-990101,r-close:99.02")
    view = plans.views.possible(asked)
    assert view.offices == Choices(added=("010102",), regions_closed=("02",))
    assert view.unread == ("o=99", "o=990101")


def test_a_move_keeps_the_number_and_can_be_moved_on_and_back(plans: OfficePlans) -> None:
    moved = act(plans, DISTRICTS, "move", "020101", "020102")
    assert moved.moved == (("020102", "020101"),)
    assert sites(plans, moved) == ("010101", "010201", "020101")
    on = act(plans, moved, "move", "010102", "020101")
    assert on.moved == (("020102", "010102"),)
    assert act(plans, on, "move", "020102", "010102") == DISTRICTS
    assert act(plans, moved, "back", "020101") == DISTRICTS
    # Where an office is, none is moved to; an added one that moves is added elsewhere.
    assert act(plans, DISTRICTS, "move", "010101", "020102") == DISTRICTS
    added = act(plans, DISTRICTS, "add", "020101")
    assert act(plans, added, "move", "010102", "020101").added == ("010102",)
    # To close where one came to is to close the one that came; its old place stays shut.
    closed = act(plans, moved, "close", "020101")
    assert sites(plans, closed) == ("010101", "010201")


def test_the_price_of_a_change_is_the_plan_with_it_less_the_plan_without(
    plans: OfficePlans,
) -> None:
    moved = act(plans, DISTRICTS, "move", "020101", "020102")
    both = act(plans, moved, "add", "010102")
    found = answer(plans, both)
    priced = {change.act: change.without for change in found.changes}
    assert priced["add"] is not None
    assert priced["add"].sites == sites(plans, moved)
    assert priced["move"] is not None
    assert priced["move"].sites == sites(plans, act(plans, DISTRICTS, "add", "010102"))
    facts = office_facts(plans, VIEW.with_(offices=both), found)
    told = {one["act"]: one for one in facts["changes"]}
    assert told["add"]["mean"] == pytest.approx(found.plan.mean - priced["add"].mean)
    assert told["add"]["mean"] <= 0


def test_loads_are_told_beside_those_of_today(plans: OfficePlans) -> None:
    added = act(plans, DISTRICTS, "add", "010102")
    facts = office_facts(plans, VIEW.with_(offices=added), answer(plans, added))
    # Whoever comes to an office leaves another.
    assert sum(site["change"] for site in facts["sites"]) == pytest.approx(0, abs=1e-6)
    assert facts["plans"]["this"]["moved"] > 0
    assert facts["plans"]["today"]["moved"] == 0


def test_a_question_that_changes_no_plan_is_not_asked_again(plans: OfficePlans) -> None:
    base = plans.views.base
    heavier = base.with_weights({layer: weight + 1 for layer, weight in base.weights[:1]})
    first = plans.ask(DISTRICTS, base, wait=30.0)
    regions = act(plans, DISTRICTS, "close-region", "02")
    assert plans.ask(regions, heavier, wait=30.0) is first
    assert plans.ask(Choices(demand="score"), heavier) is not plans.ask(
        Choices(demand="score"), base
    )


def test_too_little_room_is_said_with_the_remedy(plans: OfficePlans) -> None:
    told = texts(shown(plans, Choices(capacity=1.0))["result"])
    assert "3 oficinas con tope de 1 no alcanzan" in told


def test_regions_cost_what_they_leave_out(plans: OfficePlans) -> None:
    facts = region_facts(plans, act(plans, Choices(), "close-region", "02"), plans.views.base)
    people = plans.regions(Choices(), plans.views.base).ground.people
    assert facts["this"]["people"] == pytest.approx(people["01"])
    assert facts["proposed"]["people"] == pytest.approx(people.sum())
    assert facts["most"]["people"] == pytest.approx(people.max())
    assert [row["kind"] for row in facts["rows"]] == ["given", "closed"]


def test_a_click_on_the_map_takes_a_region_out_and_in_again(plans: OfficePlans) -> None:
    view = VIEW.with_(offices=Choices(part="regions"))
    click = {"act": {"act": "toggle-region", "unit": "020101"}}
    out, _ = next_choices(plans, view, {}, ids.OFFICE_ACT, click)
    assert out.regions_closed == ("02",)
    back, _ = next_choices(plans, view.with_(offices=out), {}, ids.OFFICE_ACT, click)
    assert back.regions_added == ("02",)
    assert not back.regions_closed


def test_the_file_tells_who_serves_whom_and_where_it_comes_from(toy_page: Dash) -> None:
    client = toy_page.server.test_client()
    found = client.get("/offices/asignacion.csv?o=level:district,move:020102-020101")
    rows = list(csv.DictReader(io.StringIO(found.data.decode("utf-8-sig"))))
    assert {row["ubigeo"]: row["oficina_ubigeo"] for row in rows}["020102"] == "020101"
    for row in rows:
        assert row["pregunta"] == "/oficinas?o=level:district,move:020102-020101"
        assert row["construccion"]
        assert row["escenario_hash"]
        assert row["fecha"]
        assert row["fuentes"]
    assert "attachment" in found.headers["Content-Disposition"]
    assert client.get("/offices/asignacion.csv?o=most:1").status_code == 409


def test_progress_is_told_and_a_search_can_be_stopped(toy_page: Dash) -> None:
    client = toy_page.server.test_client()
    assert set(client.get("/offices/progress?o=level:district").json) == {"over", "said"}
    assert client.delete("/offices/progress?o=level:district").json == {"stopped": True}


def test_undo_and_redo_walk_the_steps_and_reset_can_be_undone(plans: OfficePlans) -> None:
    view, kept, seen = VIEW.with_(offices=DISTRICTS), dict(NO_STEPS), [DISTRICTS]

    def do(trigger: str, **given: Any) -> Choices:
        nonlocal view, kept
        now, kept = next_choices(plans, view, kept, trigger, given)
        view = view.with_(offices=now)
        return now

    seen.append(do(ids.OFFICE_ACT, act={"act": "add", "unit": "020101"}))
    seen.append(do(ids.OFFICE_TODAY, today="free"))
    assert (view.offices.is_fixed, view.offices.added) == (False, ("020101",))
    # What changes nothing is no step.
    assert do(ids.OFFICE_TODAY, today="free") == seen[-1]
    assert len(kept["past"]) == 2
    seen.append(do(ids.OFFICE_ACT, act={"act": "reset"}))
    assert view.offices == Choices()
    undo, redo = {"act": "undo"}, {"act": "redo"}
    for expected in (seen[2], seen[1], seen[0], seen[0]):
        assert do(ids.OFFICE_ACT, act=undo) == expected
    for expected in (seen[1], seen[2], seen[3], seen[3]):
        assert do(ids.OFFICE_ACT, act=redo) == expected
    # A new act after undo leaves nothing to redo.
    do(ids.OFFICE_ACT, act=undo)
    do(ids.OFFICE_WITHIN, within=100)
    assert kept["future"] == []


def test_back_of_the_browser_is_an_undo(plans: OfficePlans) -> None:
    added = act(plans, DISTRICTS, "add", "020101")
    kept = {"past": [write_choices(DISTRICTS)], "future": [], "now": write_choices(added)}
    view = VIEW.with_(offices=DISTRICTS)
    now, steps = next_choices(plans, view, kept, ids.OFFICE_VIEW, {})
    assert (now, steps) == (DISTRICTS, {"past": [], "future": [write_choices(added)]})


def test_an_act_before_an_answer_loses_nothing(plans: OfficePlans) -> None:
    given = {"act": {"act": "add", "unit": "020101"}, "level": "district", "today": "free"}
    now, steps = next_choices(plans, VIEW, {}, ids.OFFICE_ACT, given)
    assert (now.level, now.is_fixed, now.added) == (AdminLevel.DISTRICT, False, ("020101",))
    assert steps == {"past": [""], "future": []}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5 000", 5000.0), ("", None), ("x", 10.0), ("0", 10.0), ("9" * 15, 10.0), ("-1", 10.0)],
)
def test_a_limit_is_read_as_it_is_written(
    plans: OfficePlans, text: str, expected: float | None
) -> None:
    view = VIEW.with_(offices=Choices(capacity=10.0))
    now, _ = next_choices(plans, view, {}, ids.OFFICE_CAPACITY, {"capacity": text})
    assert now.capacity == expected


@pytest.mark.parametrize("count", [0, 99, None])
def test_a_number_out_of_range_changes_nothing(plans: OfficePlans, count: int | None) -> None:
    view, given = VIEW.with_(offices=DISTRICTS), {"act": None, "sites": count}
    assert next_choices(plans, view, {}, ids.OFFICE_SITES, given) == (DISTRICTS, NO_STEPS)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_screen_tells_who_serves_whom(plans: OfficePlans, language: str) -> None:
    seen = shown(plans, DISTRICTS, unit="010102", language=language)
    told = texts(seen["result"])
    assert {"es": "Beta (distrito): la atiende Alfa", "en": "Beta (district): served by Alfa"}[
        language
    ] in told
    assert seen["sites"] == 3
    assert [point["label"] for point in seen["overlay"]["points"]][:3] == ["Alfa", "Gama", "Zeta"]
    assert len(seen["overlay"]["areas"]["features"]) == 3


def test_a_line_goes_from_an_office_to_each_province_that_it_serves(plans: OfficePlans) -> None:
    closed = act(plans, Choices(), "close", "0102")
    (line,) = shown(plans, closed)["overlay"]["lines"]
    points = plans.ground(closed, plans.views.base).points
    assert line["path"][1] == pytest.approx(points.loc["0102", ["lon", "lat"]].tolist(), abs=1e-3)


def test_loads_of_the_offices_are_those_of_the_whole(plans: OfficePlans) -> None:
    plan = answer(plans, DISTRICTS).plan
    assert plan.parts_of(plan.ground.demand).sum() == pytest.approx(plan.ground.demand.sum())


def test_where_there_is_no_plan_it_is_said_in_one_sentence(plans: OfficePlans) -> None:
    choices = DISTRICTS
    for unit in ("010101", "010102", "010201", "010202", "020101", "020102"):
        choices = act(plans, choices, "close", unit)
    seen = shown(plans, choices)
    assert seen["overlay"] is None
    assert texts(seen["result"]).startswith("Con estas condiciones no hay un plan")


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
