"""A planner goes from page to page, back and forward, and prints the sheet of a district."""

import re

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


def link(visit: Visit, words: str) -> None:
    visit.page.click(f"nav a:has-text('{words}')")


def test_pages_share_map_level_layer_and_unit(visit: Visit) -> None:
    page = visit.open("?level=province&layer=poverty_pct&u=1501")
    before = page.locator(".map path.unit").count()
    link(visit, "Territorio")
    page.wait_for_selector("#sheet h2")
    assert page.locator("#sheet h2").inner_text() == "Lima"
    assert page.title() == "Territorio · geoapp Perú"
    assert page.locator("nav a[aria-current=page]").inner_text() == "Territorio"
    assert not page.locator("#weights-head").is_visible()
    visit.until(lambda: page.url.endswith("/territorio?level=province&layer=poverty_pct&u=1501"))
    assert page.locator(".map path.unit").count() == before
    # the neighbours are named on the map, on this page alone
    visit.until(lambda: page.locator(".overlay-point.name").count() > 3)
    link(visit, "Datos")
    page.wait_for_selector(".source-table tbody tr")
    assert page.locator(".overlay-point").count() == 0
    assert "INEI" in page.locator("#data-list").inner_text()
    assert not page.locator("#sheet").is_visible()
    assert visit.complaints == []
    assert visit.foreign == []


def test_back_and_forward_restore_the_view_and_sliders_leave_no_step(visit: Visit) -> None:
    page = visit.open()
    steps = page.evaluate("history.length")
    page.locator(".ag-row[row-index='0']").click()
    page.wait_for_selector("#card h2")
    page.click("#level label:has-text('Región')")
    visit.until(lambda: "level=region" in page.url)
    slider = page.locator("[role=slider]").first
    slider.focus()
    slider.press("ArrowLeft")
    visit.until(lambda: "w=venezuelan_people:7" in page.url)
    link(visit, "Territorio")
    visit.until(lambda: "/territorio" in page.url)
    assert page.evaluate("history.length") == steps + 3
    page.go_back()
    visit.until(lambda: page.locator("#card h2").is_visible())
    assert "w=venezuelan_people:7" in page.url
    page.go_back()
    visit.until(lambda: page.locator(".map path.unit").count() == 1891)
    visit.until(lambda: slider.get_attribute("aria-valuenow") == "8")
    assert page.locator("#level input:checked").get_attribute("value") == "district"
    visit.until(lambda: page.locator("#card h2").inner_text() == "San Juan de Lurigancho")
    page.go_back()
    page.wait_for_selector("#card h2", state="detached")
    page.go_forward()
    page.wait_for_selector("#card h2")
    # what is chosen then is chosen from there
    page.click("#card-close")
    page.wait_for_selector("#card h2", state="detached")
    assert visit.complaints == []


def test_a_sheet_opened_by_its_address_fits_one_printed_page(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/territorio?u=240101")
    page.wait_for_selector("#sheet h2")
    told = page.locator("#sheet").inner_text()
    assert "1 de 13 en la región Tumbes" in told
    assert "INEI 240101 · RENIEC 230101" in told
    assert "Zarumilla" in page.locator(".neighbours").inner_text()
    assert page.locator("#ranking").count() == 0
    page.locator("#sheet tr:not(.why-row) button").first.click()
    page.locator("#sheet .why").first.wait_for()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    # the table comes with its page
    link(visit, "Prioridades")
    page.wait_for_selector(".ag-row")
    assert visit.complaints == []


def test_without_a_unit_the_sheet_says_what_to_do(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/territorio")
    page.wait_for_selector("#sheet p")
    assert "Elija un territorio" in page.locator("#sheet").inner_text()
    page.fill("#search", "240101")
    page.wait_for_selector("#search-results li")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet header")
    assert page.locator("#sheet h2").inner_text() == "Tumbes"


def test_links_work_by_key_and_controls_have_names(visit: Visit) -> None:
    page = visit.open()
    slider = page.get_by_role("slider", name="Amenaza")
    assert slider.get_attribute("aria-valuenow") == "5"
    assert page.get_by_role("radiogroup", name="Nivel").count() == 1
    page.locator("nav a:has-text('Datos')").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".source-table tbody tr")
    page.click("#language label:has-text('EN')")
    visit.until(lambda: page.title() == "Data · geoapp Perú")
    assert page.get_by_role("radiogroup", name="Level").count() == 1
    assert page.get_by_role("navigation", name="Views").count() == 1
    assert visit.complaints == []


def test_a_page_draws_areas_lines_and_points_above_the_units(visit: Visit) -> None:
    page = visit.open()
    square = [[[-78, -9], [-75, -9], [-75, -6], [-78, -9]]]
    page.evaluate(
        "([id, data]) => dash_clientside.set_props(id, { data: data })",
        [
            {"type": "overlay", "page": "priorities"},
            {
                "areas": {
                    "type": "Feature",
                    "properties": {"class": "zone", "colour": "#0B5FA5"},
                    "geometry": {"type": "Polygon", "coordinates": square},
                },
                "lines": [[[-77, -12], [-75, -10]]],
                "points": [{"lon": -77, "lat": -12, "label": "<b>Aquí</b>", "kind": "site"}],
            },
        ],
    )
    visit.until(lambda: page.locator(".overlay-area.zone").count() == 1)
    assert page.locator(".overlay-line").count() == 1
    assert page.locator(".overlay-point.site span").inner_text() == "<b>Aquí</b>"
    link(visit, "Datos")
    visit.until(lambda: page.locator(".overlay-area").count() == 0)
    assert visit.complaints == []


def test_on_a_phone_the_links_are_in_the_drawer_and_a_tap_outside_closes_it(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    assert not page.locator("nav a").first.is_visible()
    page.click("#drawer-toggle")
    page.wait_for_selector("nav a:has-text('Datos')")
    page.mouse.click(370, 200)
    visit.until(lambda: not page.locator("nav a").first.is_visible())
    page.click("#drawer-toggle")
    link(visit, "Datos")
    page.wait_for_selector(".source-table tbody tr")
    assert not page.locator("nav a").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
