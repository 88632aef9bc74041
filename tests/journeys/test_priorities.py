"""A planner counts, narrows, compares and parts the units, and takes it back."""

from typing import Any

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

SHOWN = """() => {
  const table = dash_ag_grid.getApi("ranking");
  const rows = [];
  table.forEachNode((row) => rows.push([row.data.u, row.data.r, row.data.place, row.data.p]));
  return rows;
}"""


def shown(visit: Visit) -> list[list[Any]]:
    """Every row of the ranking: unit, place, where it is and P(k)."""
    return visit.page.evaluate(SHOWN)


def test_another_number_of_first_ones_is_counted_at_once(visit: Visit) -> None:
    page = visit.open()
    visit.until(lambda: "50 primeros" in page.locator("#choice").inner_text())
    fifty = shown(visit)[49][3]
    page.click(".first-ones button:has-text('200')")
    visit.until(lambda: "k=200" in page.url)
    visit.until(lambda: "200 primeros" in page.locator("#choice").inner_text())
    assert page.locator(".ag-header-cell[col-id='among']").inner_text() == "P(200)"
    assert fifty not in ("99 %", ">99 %")
    assert shown(visit)[49][3] in ("99 %", ">99 %", "100 %")
    # a number that another level has not gives way to its own
    page.click("#level label:has-text('Región')")
    visit.until(lambda: "level=region" in page.url and "k=" not in page.url)
    visit.until(lambda: "12 primeros" in page.locator("#choice").inner_text())
    assert (visit.complaints, visit.foreign) == ([], [])


def test_filters_narrow_list_and_map_and_are_taken_back(visit: Visit) -> None:
    page = visit.open()
    before = visit.fill("150132")
    page.click(".filters summary")
    page.click(".filter-sheet button:has-text('Tacna') >> nth=0")
    visit.until(lambda: "region=23" in page.url)
    page.click(".filter-sheet button:has-text('Rural')")
    visit.until(lambda: "area=rural" in page.url)
    assert page.locator(".filter-sheet").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".filter-sheet").is_visible()
    visit.until(lambda: all(row[0].startswith("23") for row in shown(visit)))
    kept = shown(visit)
    # the place is that of the country, the one within the filter stands under the name
    assert kept[0][1] > 1
    assert kept[0][2].startswith(f"1 de {len(kept)} · ")
    assert (
        f"Quedan {len(kept)} de 1\u202f891 distritos" in page.locator(".filter-told").inner_text()
    )
    assert visit.fill("150132") == "#F1F3F6" != before
    assert "fuera del filtro" in page.locator("#legend").inner_text()
    # the address restores it, and a hand on a slider keeps it
    page.goto(page.url)
    page.wait_for_selector(".ag-row")
    visit.until(lambda: len(shown(visit)) == len(kept))
    page.locator("[role=slider]").first.press("ArrowLeft")
    visit.until(lambda: "w=venezuelan_people:7" in page.url)
    assert len(shown(visit)) == len(kept)
    assert visit.fill("150132") == "#F1F3F6"
    # undo: the weight first; what was there when the page was opened stays
    page.keyboard.press("Control+z")
    visit.until(lambda: "w=" not in page.url)
    assert "region=23" in page.url
    assert page.locator("[role=slider]").first.get_attribute("aria-valuenow") == "8"
    page.click(".chip:has-text('Tacna')")
    visit.until(lambda: "region=" not in page.url)
    page.click("#undo")
    visit.until(lambda: "region=23" in page.url)
    page.click(".chips .quiet")
    visit.until(lambda: page.url.rstrip("/") == visit.home)
    visit.until(lambda: visit.fill("150132") == before)
    assert len(shown(visit)) == 1891
    assert (visit.complaints, visit.foreign) == ([], [])


def test_a_filter_that_leaves_nobody_says_so(visit: Visit) -> None:
    page = visit.open("?lang=en")
    page.click(".filters summary")
    page.fill("#least-people", "9 000 000")
    page.keyboard.press("Tab")
    visit.until(lambda: "people=9000000" in page.url)
    told = page.locator(".filter-told")
    visit.until(lambda: told.inner_text().startswith("None of the 1\u202f891 districts is left"))
    assert shown(visit) == []
    assert (visit.complaints, visit.foreign) == ([], [])


def test_two_scenarios_side_by_side_say_who_moved_and_why(visit: Visit) -> None:
    page = visit.open("?u=240101&lang=en")
    page.click(".modes button:has-text('Compare scenarios')")
    visit.until(lambda: "vs=base" in page.url)
    visit.until(lambda: "No place changes" in page.locator("#beside").inner_text())
    page.goto(page.url + "&w=venezuelan_people:2")
    page.wait_for_selector(".rival-table")
    beside = page.locator("#beside")
    visit.until(lambda: "Why Tumbes went from 18 to" in beside.inner_text())
    assert "Among the first 50:" in beside.inner_text()
    row = page.locator(".rival-why tr:has-text('Venezuelan people')")
    assert "8 → 2" in row.inner_text()
    # one weight moved, so that it takes the whole change
    total = page.locator(".rival-why tr.total td").last.inner_text()
    assert row.locator("td").last.inner_text() == total
    assert total.startswith("-")
    page.click(".on-map")
    visit.until(lambda: "layer=change" in page.url)
    visit.until(lambda: visit.fill("240101") == "#5E3C99")
    assert "falls 100 or more" in page.locator("#legend").inner_text()
    # the address restores it; without a scenario beside there is no change to show
    page.goto(page.url)
    page.wait_for_selector(".rival-table")
    visit.until(lambda: visit.fill("240101") == "#5E3C99")
    page.click(".rival-table td button >> nth=0")
    visit.until(lambda: "u=150132" in page.url)
    page.click(".modes button:has-text('List')")
    visit.until(lambda: "vs=" not in page.url and "layer=" not in page.url)
    assert (visit.complaints, visit.foreign) == ([], [])


def test_a_quadrant_selects_on_the_map_and_in_the_list(visit: Visit) -> None:
    page = visit.open()
    page.click(".modes button:has-text('Cuadrantes')")
    visit.until(lambda: page.locator("#quadrant-chart circle").count() > 1000)
    assert "Severidad por personas" in page.locator("#quadrant-chart svg").get_attribute(
        "aria-label"
    )
    button = page.locator(".quadrant-buttons button:has-text('Actuar ya')")
    count = int(button.locator("b").inner_text())
    button.focus()
    page.keyboard.press("Enter")
    visit.until(lambda: "quadrant=act_now" in page.url)
    visit.until(lambda: len(shown(visit)) == count)
    outside = page.locator("#quadrant-chart circle.outside")
    circles = page.locator("#quadrant-chart circle")
    visit.until(lambda: circles.count() - outside.count() == count)
    assert button.get_attribute("aria-pressed") == "true"
    visit.until(lambda: page.evaluate("document.activeElement.dataset.kind") == "act_now")
    # a point chooses its unit
    page.locator("#quadrant-chart circle:not(.outside)").first.dispatch_event("click")
    visit.until(lambda: page.locator("#card h2").count() == 1)
    visit.until(lambda: page.locator("#quadrant-chart circle.chosen").count() == 1)
    page.click(".choices.scroll button:has-text('Salud')")
    visit.until(lambda: "sector=health" in page.url and "quadrant=" not in page.url)
    page.goto(page.url)
    page.wait_for_selector("#quadrant-chart circle.chosen", state="attached")
    page.go_back()
    assert (visit.complaints, visit.foreign) == ([], [])


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("?region=20&lang=en")
    page.click("#sheet-handle")
    page.click(".filters summary")
    for mode in ("Compare", "Quadrants"):
        page.click(f".modes button:has-text('{mode}')")
        page.wait_for_selector("#beside > *")
        wide = "document.querySelector('.column.right').scrollWidth"
        assert page.evaluate(wide) <= 390
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (visit.complaints, visit.foreign) == ([], [])


def test_ctrl_z_takes_back_what_was_done_on_the_open_page_alone(visit: Visit) -> None:
    page = visit.open()
    page.click(".first-ones button:has-text('200')")
    visit.until(lambda: "k=200" in page.url)
    page.click("a[data-page=offices]")
    page.wait_for_selector("#office-result .office-title")
    page.click("#office-result [data-act=close] >> nth=0")
    visit.until(lambda: "o=" in page.url)
    page.keyboard.press("Control+z")
    visit.until(lambda: "o=" not in page.url)
    assert "k=200" in page.url
    page.click("a[data-page=priorities]")
    page.wait_for_selector(".first-ones button")
    page.keyboard.press("Control+z")
    visit.until(lambda: "k=" not in page.url)
    assert (visit.complaints, visit.foreign) == ([], [])
