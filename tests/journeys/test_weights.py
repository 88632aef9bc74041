"""A planner moves a weight: the page follows the hand, and the server has the last word."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from layers.built import Build
from tests.journeys.conftest import Visit, serve

pytestmark = [pytest.mark.peru, pytest.mark.journey]

ROWS = """(places) => places.map((place) => {
  const row = dash_ag_grid.getApi("ranking").getDisplayedRowAtIndex(place);
  return row && [row.data.u, row.data.r, row.data.s, row.data.l, row.data.h, row.data.p];
})"""
PLACES = [*range(12), 100, 500, 900, 1300, 1700, 1873, 1874, 1890]


def rows(visit: Visit) -> list[list[Any]]:
    return visit.page.evaluate(ROWS, PLACES)


def test_the_page_follows_the_hand_and_the_server_agrees(visit: Visit) -> None:
    page = visit.open()
    visit.until(lambda: rows(visit)[0][3] is not None)
    agreed = rows(visit)
    # 10 000 draws: the first one is among the first 50 in nearly all; who has no rank has none
    assert agreed[0][:2] == ["150132", 1]
    assert agreed[0][3] <= 1 <= agreed[0][4]
    assert agreed[0][5].endswith("99 %")
    assert agreed[-1][1:] == ["–", "sin dato", None, None, "–"]
    assert "10\u202f000 simulaciones" in page.locator("#ranking-head").inner_text()
    assert "50 primeros" in page.locator("#choice").inner_text()
    page.wait_for_load_state("networkidle")
    address, colour = page.url, visit.fill("240101")
    box = page.locator("[role=slider]").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.requests.clear()
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(x - 4 * step, y)
    visit.until(lambda: rows(visit)[0][0] != "150132")
    visit.until(lambda: visit.fill("240101") != colour)
    # two rounds of the table later it is still
    page.wait_for_timeout(450)
    moved, moved_colour = rows(visit), visit.fill("240101")
    assert page.locator(".weight output").first.inner_text() == "0"
    assert moved[0][3:] == [None, None, ""]
    assert (visit.requests, page.url) == ([], address)
    page.mouse.up()
    visit.until(lambda: "w=venezuelan_people:0" in page.url)
    visit.until(lambda: rows(visit)[0][3] is not None)
    assert [row[:3] for row in rows(visit)] == [row[:3] for row in moved]
    assert visit.fill("240101") == moved_colour
    page.click("#reset")
    visit.until(lambda: rows(visit) == agreed)
    assert visit.fill("240101") == colour
    assert visit.complaints == []
    assert visit.foreign == []


def test_the_card_says_why_when_it_is_asked(visit: Visit) -> None:
    page = visit.open("?u=240101")
    page.click(".card .explain")
    page.wait_for_selector(".card .explanation p")
    assert "Tumbes es el puesto" in page.locator(".card .explanation").inner_text()
    # another unit is explained anew
    page.evaluate("window.geoapp.choose('150132')")
    visit.until(lambda: page.locator("#card h2").inner_text() == "San Juan de Lurigancho")
    assert page.locator(".card .explanation p").count() == 0
    page.click(".card .explain")
    page.wait_for_selector(".card .explanation p")
    assert (
        "San Juan de Lurigancho es el puesto 1" in page.locator(".card .explanation").inner_text()
    )
    assert visit.complaints == []


@pytest.fixture
def deciding(browser: Browser, peru: Build, tmp_path: Path) -> Iterator[Visit]:
    """A page whose visitors may record decisions."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    served = serve(peru, tmp_path, decisions=tmp_path)
    yield Visit(page, next(served))
    page.close()
    served.close()


def test_a_decision_is_recorded_with_its_reason(deciding: Visit, tmp_path: Path) -> None:
    page = deciding.open("?level=region&w=venezuelan_people:3")
    page.click(".decision summary")
    page.click("#decision-save")
    told = page.locator("#decision-told")
    deciding.until(lambda: "Para guardar falta: Qué se decide" in told.inner_text())
    page.fill("#decision-name", "Apertura de oficinas")
    page.fill("#decision-reason", "Acta 12")
    page.fill("#decision-who", "Comité")
    page.click("#decision-save")
    deciding.until(lambda: "Guardada en" in told.inner_text())
    (path,) = (tmp_path / "decisions").glob("*.json")
    record = json.loads(path.read_text("utf-8"))
    assert path.name in told.inner_text()
    assert record["sha256"] in told.inner_text()
    assert (record["name"], record["reason"], record["who"]) == (
        "Apertura de oficinas",
        "Acta 12",
        "Comité",
    )
    assert record["frozen"]["level"] == "region"
    assert ["venezuelan_people", 3.0] in record["frozen"]["scenario"]["weights"]
    assert deciding.complaints == []


def test_elsewhere_nobody_records_a_decision(visit: Visit) -> None:
    page = visit.open()
    assert page.locator(".decision").count() == 0
