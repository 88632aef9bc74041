"""A manager opens the page, picks the first district and sends the address to a colleague."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


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
    assert "Puesto 1 de 1\u202f874" in card
    page.click("#card summary:has-text('Migración')")
    page.wait_for_selector("#card details[open] tr")
    card = page.locator("#card").inner_text()
    assert "2\u202f508" in card
    assert "observado · INEI, 2017-10-22" in card
    assert "estimado por modelo" in card
    # the address restores the view
    visit.until(lambda: "u=150132" in page.url)
    page.goto(page.url)
    page.wait_for_selector("#card h2")
    assert "San Juan de Lurigancho" in page.locator("#card h2").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("#card h2", state="detached")
    assert visit.complaints == []
    assert visit.foreign == []


def test_the_map_answers_before_the_rest_of_the_page_is_there(visit: Visit) -> None:
    page, held = visit.page, []
    page.route("**/dash_renderer*", lambda route: held.append(route))
    page.goto(visit.home, wait_until="commit")
    page.wait_for_selector(".map path.unit", state="attached")
    page.mouse.move(757, 415)
    page.wait_for_selector("#hover .hover-0")
    name = page.locator("#hover .hover-0").inner_text()
    page.mouse.click(757, 415)
    page.wait_for_selector("path.chosen", state="attached")
    assert page.locator(".panel").count() == 0
    # what was chosen by then is what the panels open with
    visit.until(lambda: bool(held))
    held[0].continue_()
    page.wait_for_selector("#card h2")
    assert page.locator("#card h2").inner_text() == name
    assert page.locator("#map-place path.chosen").count() == 1
    visit.until(lambda: "u=" in page.url)
    page.wait_for_selector(".ag-row")
    assert visit.complaints == []


def test_a_district_newer_than_the_census_has_no_rank_and_says_why(visit: Visit) -> None:
    page = visit.open("?u=130112&layer=nbi_any_pct")
    page.wait_for_selector("#card h2")
    card = page.locator("#card").inner_text()
    assert "Sin puesto" in card
    assert "heredado de otra unidad" in card


def test_a_missing_figure_is_grey_and_named_so(visit: Visit) -> None:
    page = visit.open("?u=130112&layer=border_zone_pct")
    page.wait_for_selector("#card h2")
    assert "sin dato" in page.locator("#card").inner_text()
    assert visit.fill("130112") == "#BCC4CD"
    assert visit.fill("010101") != "#BCC4CD"


def test_a_layer_change_asks_the_server_once_and_moves_no_geometry(visit: Visit) -> None:
    page = visit.open()
    before = visit.fill("150132")
    page.click("#layer")
    # the list is long and draws only what is seen of it
    page.fill(".dash-dropdown-search", "sin seguro")
    page.wait_for_selector("text=Personas sin seguro de salud")
    visit.requests.clear()
    with page.expect_response("**/_dash-update-component*") as answer:
        page.click("text=Personas sin seguro de salud")
    visit.until(lambda: visit.fill("150132") != before)
    assert len(visit.requests) == 1
    assert len(answer.value.body()) < 50_000
    assert "layer=no_insurance_pct" in page.url
    assert visit.complaints == []


def test_levels_weights_and_language_change_the_whole_page(visit: Visit) -> None:
    page = visit.open("?u=150132")
    page.click("#level label:has-text('Provincia')")
    visit.until(lambda: page.locator(".map path.unit").count() == 196)
    assert page.locator("#card h2").inner_text() == "Lima"
    visit.until(lambda: visit.fill("1501").startswith("#"))
    page.click("#level label:has-text('Región')")
    visit.until(lambda: page.locator(".map path.unit").count() == 25)
    visit.until(lambda: "level=region" in page.url)
    second = page.locator(".ag-row[row-index='1'] .ag-cell[col-id='name']")
    visit.until(lambda: "Lima" in second.inner_text())
    # with nobody chosen the list stays at its top; without migrants, another region is second
    page.click("#card-close")
    page.wait_for_selector("#card h2", state="detached")
    slider = page.locator("[role=slider]").first
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    visit.until(lambda: "w=venezuelan_people:0" in page.url)
    visit.until(lambda: "Lima" not in second.inner_text())
    page.click("#language label:has-text('EN')")
    visit.until(lambda: page.locator("#ranking-head h2").inner_text() == "Where first")
    assert page.evaluate("document.documentElement.lang") == "en"
    # and the address restores all of it
    page.goto(page.url)
    page.wait_for_selector(".ag-row")
    visit.until(lambda: page.locator("#ranking-head h2").inner_text() == "Where first")
    assert page.locator("[role=slider]").first.get_attribute("aria-valuenow") == "0"
    assert visit.complaints == []
    assert visit.foreign == []


def test_counts_are_circles_and_never_filled_areas(visit: Visit) -> None:
    page = visit.open("?layer=venezuelan_people")
    visit.until(lambda: page.locator(".map path.circle").count() > 1800)
    assert visit.fill("150132") == "#FFFFFF"
    assert "Estimación" in page.locator("#legend").inner_text()


def test_the_keyboard_walks_the_ranking(visit: Visit) -> None:
    page = visit.open()
    page.locator(".ag-row[row-index='0']").click()
    page.wait_for_selector("#card h2")
    page.locator("#card h2").click()
    page.keyboard.press("ArrowDown")
    visit.until(lambda: page.locator("#card h2").inner_text() == "Ate")
    page.keyboard.press("Escape")
    page.wait_for_selector("#card h2", state="detached")


def test_a_phone_has_the_list_as_a_sheet_and_the_weights_in_a_drawer(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    assert not page.locator("#weights-head").is_visible() or (
        page.locator("#weights-head").bounding_box()["x"] < 0
    )
    page.click("#drawer-toggle")
    visit.until(lambda: page.locator("#weights-head").bounding_box()["x"] >= 0)
    page.click("#drawer-toggle")
    sheet = page.locator(".column.right")
    before = sheet.bounding_box()["height"]
    page.click("#sheet-handle")
    visit.until(lambda: sheet.bounding_box()["height"] > before)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_address_that_means_nothing_is_answered_in_one_sentence(visit: Visit) -> None:
    page = visit.open("?level=galaxy&w=nada:3")
    page.wait_for_selector("#notice:not(:empty)")
    assert "level=galaxy" in page.locator("#notice").inner_text()
    assert page.locator(".map path.unit").count() == 1891


def test_search_forgives_accents_and_finds_codes(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("/")
    page.keyboard.type("martin de p")
    page.wait_for_selector("#search-results li")
    assert "San Martín de Porres" in page.locator("#search-results li").first.inner_text()
    page.keyboard.press("Enter")
    visit.until(lambda: page.locator("#card h2").count() == 1)
    visit.until(lambda: "u=150135" in page.url)
    page.fill("#search", "240101")
    page.wait_for_selector("#search-results li:has-text('240101')")
    assert visit.complaints == []


def test_severity_has_a_ramp_of_its_own_and_its_number_printed(visit: Visit) -> None:
    page = visit.open("?layer=severity")
    assert page.locator("#legend .step").all_inner_texts() == ["1", "2", "3", "4", "5"]
    assert visit.fill("150132") == "#F0A04B"


def test_two_acts_at_once_both_count_and_the_page_agrees_with_itself(visit: Visit) -> None:
    page = visit.open()
    link = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 500, "downloadThroughput": -1, "uploadThroughput": -1}
    link.send("Network.emulateNetworkConditions", slow)
    page.click("#level label:has-text('Región')")
    page.wait_for_timeout(120)
    page.evaluate("window.geoapp.choose('150132')")
    visit.until(lambda: page.locator("#card h2").count() == 1)
    visit.until(lambda: page.locator(".map path.unit").count() == 25)
    visit.until(lambda: page.locator(".ag-row").count() > 0)
    visit.until(lambda: "level=region" in page.url and "u=15" in page.url)
    assert page.locator("#card h2").inner_text() == "Lima"
    assert "25 regiones" in page.locator("#ranking-head").inner_text()
    first = page.locator(".ag-row[row-index='0'] .ag-cell[col-id='name']")
    visit.until(lambda: first.inner_text() == "Ucayali")
    assert page.locator("#legend .class-marks").inner_text().split() == [
        "50",
        "54",
        "57",
        "59",
        "61",
    ]


def test_the_page_says_when_the_server_is_silent(visit: Visit) -> None:
    page = visit.open()
    page.context.set_offline(True)
    page.locator(".ag-row[row-index='0']").click()
    page.wait_for_selector("#offline:not([hidden])")
    page.context.set_offline(False)
    page.locator(".ag-row[row-index='1']").click()
    page.wait_for_selector("#offline", state="hidden")
    visit.until(lambda: page.locator("#card h2").count() == 1)


def test_a_unit_and_a_weight_that_cannot_be_are_named(visit: Visit) -> None:
    page = visit.open("?u=999999&w=venezuelan_people:50")
    page.wait_for_selector("#notice:not(:empty)")
    told = page.locator("#notice").inner_text()
    assert "u=999999" in told
    assert "venezuelan_people:50" in told
    visit.until(lambda: "999999" not in page.url)


def test_at_the_size_of_a_laptop_the_sources_can_be_read(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1366, "height": 768})
    page = visit.open("?layer=nbi_any_pct")
    page.click("#legend summary")
    panel = page.locator(".layer-panel")
    assert panel.bounding_box()["y"] + panel.bounding_box()["height"] <= 768
    page.locator("#legend li").last.scroll_into_view_if_needed()
    assert "INEI" in page.locator("#legend li").first.inner_text()
