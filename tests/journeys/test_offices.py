"""A planner moves, adds and frees offices, edits the regions, waits, stops, and goes back."""

import csv
import io
import re

import pytest
from playwright.sync_api import Route

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

WORDS = {
    "es": {"free": "Sedes libres", "fixed": "Las de hoy quedan", "reset": "Volver a hoy"},
    "en": {"free": "Sites are free", "fixed": "Today's stay", "reset": "Back to today"},
}


@pytest.mark.parametrize("language", ["es", "en"])
def test_free_the_sites_add_an_office_and_go_back(visit: Visit, language: str) -> None:
    page, words = visit.page, WORDS[language]
    page.goto(f"{visit.home}/oficinas?u=080101&lang={language}")
    rows = page.locator(".office-table tbody tr")
    visit.until(lambda: rows.count() == 7)
    first = page.locator(".standing").first.inner_text()
    visit.until(lambda: page.locator(".overlay-point.today").count() == 7)
    assert page.locator(".overlay-area.served").count() == 7
    assert page.locator(".overlay-circle.load").count() == 7
    assert page.locator(".overlay-circle.far").count() > 50
    page.click(f'#office-today label:has-text("{words["free"]}")')
    visit.until(lambda: page.locator(".overlay-point.proposed").count() > 0)
    assert rows.count() == 7
    page.click(f'#office-today label:has-text("{words["fixed"]}")')
    visit.until(lambda: page.locator(".standing").first.inner_text() == first)
    # with the keyboard alone
    page.locator("[data-act='add'].act").focus()
    page.keyboard.press("Enter")
    visit.until(lambda: rows.count() == 8)
    assert "Cusco" in page.locator(".office-table").inner_text()
    assert page.locator("#office-sites").input_value() == "8"
    assert "o=sites:8,add:080101" in page.url
    # a reload keeps the question
    page.reload()
    visit.until(lambda: rows.count() == 8)
    page.click(f"button:has-text('{words['reset']}')")
    # The address follows the rows: back before it would go one step further.
    visit.until(lambda: rows.count() == 7 and "o=" not in page.url)
    page.go_back()
    visit.until(lambda: rows.count() == 8)
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_move_an_office_by_keyboard_undo_and_redo(visit: Visit, language: str) -> None:
    page = visit.page
    page.goto(f"{visit.home}/oficinas?lang={language}")
    visit.until(lambda: page.locator(".office-table tbody tr").count() == 7)
    page.locator("[data-office=move][data-seat='200101']").focus()
    page.keyboard.press("Enter")
    visit.until(lambda: "Piura" in page.inner_text("#office-hint"))
    page.keyboard.type("sullana")
    visit.until(lambda: page.locator("#search-results li").count() > 0)
    page.keyboard.press("Enter")
    moved = "move:200101-200601"
    visit.until(lambda: moved in page.url)
    price = page.locator(".office-list").first
    visit.until(lambda: "Piura → Sullana" in price.inner_text())
    assert re.search(r"\+0\.3 km", price.inner_text())
    assert page.inner_text("#office-hint") == ""
    page.keyboard.press("Control+z")
    visit.until(lambda: moved not in page.url)
    page.keyboard.press("Control+Shift+z")
    visit.until(lambda: moved in page.url)
    # Esc leaves a move undone.
    page.locator("[data-office=move]").first.focus()
    page.keyboard.press("Enter")
    visit.until(lambda: page.inner_text("#office-hint") != "")
    page.keyboard.press("Escape")
    visit.until(lambda: page.inner_text("#office-hint") == "")
    assert page.url.count("-") == 1
    address = page.get_attribute(".office-file a", "href")
    content = page.request.get(f"{visit.home}{address}").body().decode("utf-8-sig")
    served = {row["ubigeo"]: row["oficina"] for row in csv.DictReader(io.StringIO(content))}
    assert len(served) == 196
    assert served["2001"] == "Sullana"
    assert visit.complaints == []
    assert visit.foreign == []


def test_an_act_before_its_script_is_done_when_the_script_is_there(visit: Visit) -> None:
    page = visit.page
    held: list[Route] = []
    page.route("**/late_offices*", lambda route: held.append(route))
    page.goto(f"{visit.home}/oficinas")
    page.locator("[data-office=move][data-seat='200101']").click()
    visit.until(lambda: len(held) == 1)
    assert page.inner_text("#office-hint") == ""
    held[0].continue_()
    visit.until(lambda: "Piura" in page.inner_text("#office-hint"))


def test_drag_a_diamond_to_another_place(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/oficinas")
    sign = page.locator(".overlay-point.site[aria-label=Puno]")
    visit.until(lambda: sign.count() == 1)
    box = sign.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] - 30, box["y"] - 40, steps=5)
    page.mouse.move(box["x"] - 70, box["y"] - 90, steps=5)
    page.mouse.up()
    visit.until(lambda: "move:210101-08" in page.url)
    assert visit.complaints == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_edit_the_regions_on_the_list_and_on_the_map(visit: Visit, language: str) -> None:
    page = visit.page
    page.goto(f"{visit.home}/oficinas?o=part:regions&lang={language}")
    visit.until(lambda: page.locator("tr.is-in").count() == 12)
    visit.until(lambda: page.locator(".overlay-area.mission").count() == 12)
    page.locator("[data-act='add-region'][data-unit='16']").focus()
    page.keyboard.press("Enter")
    visit.until(lambda: "r-add:16" in page.url)
    visit.until(lambda: "Loreto" in page.locator("tr.is-in").all_inner_texts().__str__())
    assert page.locator("tr.is-in").count() == 12
    # the same region again, by a click on one of its districts
    page.evaluate("window.geoapp.choose('160101')")
    visit.until(lambda: "r-close:16" in page.url)
    page.go_back()
    visit.until(lambda: "r-add:16" in page.url)
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_long_search_is_told_and_stopped(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/oficinas?o=level:district,today:free,most:250000")
    visit.until(lambda: page.locator("#office-wait").is_visible())
    visit.until(lambda: page.inner_text("#office-said") != "", seconds=30)
    page.click("#office-wait button")
    visit.until(lambda: page.locator("#office-result [data-act=again]").count() == 1)
    assert not page.locator("#office-wait").is_visible()
    # Another question overtakes it, and is answered.
    page.click("#office-result [data-act=again]")
    visit.until(lambda: page.locator("#office-wait").is_visible())
    page.click("button:has-text('Volver a hoy')")
    visit.until(lambda: page.locator(".office-table tbody tr").count() == 7)
    assert not page.locator("#office-wait").is_visible()
    assert visit.complaints == []


def test_a_phone_is_wide_enough(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{visit.home}/oficinas?o=move:200101-200601,add:080101")
    visit.until(lambda: page.locator(".office-table tbody tr").count() == 8)
    for selector in (".offices-panel", ".office-table", ".office-best"):
        assert page.locator(selector).first.evaluate("e => e.scrollWidth <= 390"), selector
    panel = page.locator(".offices-panel")
    assert panel.evaluate("e => e.scrollWidth <= e.clientWidth")
