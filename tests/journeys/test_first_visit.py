"""A manager opens the page, picks the first district and sends the address to a colleague."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


def fill(visit: Visit, ubigeo: str) -> str:
    """Colour of a unit of the main map, through the Leaflet layers that the page holds."""
    return visit.page.evaluate(f"window.geoapp.map.fill('{ubigeo}')")


def test_from_the_first_polygon_to_a_copied_address(visit: Visit) -> None:
    page = visit.open()
    assert page.locator(".map path.unit").count() == 1891
    assert page.locator(".inset path.unit").count() == 50
    # the ranking: first row, then its card with value, source and vintage
    first = page.locator(".ag-row[row-index='0']")
    assert "San Juan de Lurigancho" in first.inner_text()
    first.click()
    page.wait_for_selector("#card h2")
    card = page.locator("#card").inner_text()
    assert "San Juan de Lurigancho" in card
    assert "2\u202f508" in card
    assert "observado · INEI, 2017-10-22" in card
    # the address restores the view
    visit.until(lambda: "u=150132" in page.url)
    page.goto(page.url)
    page.wait_for_selector("#card h2")
    assert "San Juan de Lurigancho" in page.locator("#card h2").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("#card h2", state="detached")
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_missing_district_is_grey_and_named_so(visit: Visit) -> None:
    page = visit.open("?u=130112&layer=nbi_any_pct")
    page.wait_for_selector("#card h2")
    assert "sin dato" in page.locator("#card").inner_text()
    assert "Sin puesto" in page.locator("#card").inner_text()
    assert fill(visit, "130112") == "#D5DAE0"
    assert fill(visit, "130101") != "#D5DAE0"


def test_a_layer_change_asks_the_server_once_and_moves_no_geometry(visit: Visit) -> None:
    page = visit.open()
    before = fill(visit, "150132")
    visit.requests.clear()
    with page.expect_response("**/_dash-update-component*") as answer:
        page.get_by_label("Personas sin seguro de salud").click()
    visit.until(lambda: fill(visit, "150132") != before)
    assert len(visit.requests) == 1
    assert len(answer.value.body()) < 50_000
    assert visit.complaints == []
