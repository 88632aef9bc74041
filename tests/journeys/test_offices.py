"""A planner looks at today's offices, frees them, adds one, and goes back."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


def test_free_the_sites_add_an_office_and_go_back(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/oficinas?u=080101")
    rows = page.locator(".office-table tbody tr")
    visit.until(lambda: rows.count() == 7)
    first = page.locator(".standing").first.inner_text()
    visit.until(lambda: page.locator(".overlay-point.today").count() == 7)
    assert page.locator(".overlay-area.served").count() == 7
    page.click("#office-today label:has-text('Sedes libres')")
    visit.until(lambda: page.locator(".overlay-point.proposed").count() > 0)
    assert rows.count() == 7
    page.click("#office-today label:has-text('Las de hoy quedan')")
    visit.until(lambda: page.locator(".standing").first.inner_text() == first)
    # with the keyboard alone
    page.locator("[data-act='add'].act").focus()
    page.keyboard.press("Enter")
    visit.until(lambda: rows.count() == 8)
    assert "Cusco" in page.locator(".office-table").inner_text()
    assert page.locator("#office-sites").input_value() == "8"
    # a reload keeps the question
    page.reload()
    visit.until(lambda: rows.count() == 8)
    page.click("button:has-text('Volver a hoy')")
    visit.until(lambda: rows.count() == 7)
    page.click("button:has-text('Deshacer')")
    visit.until(lambda: rows.count() == 8)
    assert visit.complaints == []
    assert visit.foreign == []
