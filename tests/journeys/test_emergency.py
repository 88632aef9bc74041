"""A planner tells where something struck and reads who is reached, in each of the ways in."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


@pytest.fixture
def page(visit: Visit) -> Any:
    visit.page.goto(f"{visit.home}/emergencia")
    visit.page.wait_for_selector("path.unit", state="attached")
    visit.page.wait_for_selector("#event-way label")
    return visit.page


def way(page: Any, words: str) -> None:
    if page.locator("#event-form[open]").count() == 0:
        page.click("#event-form > summary")
    page.click(f"#event-way label:has-text('{words}')")


def test_a_pasted_list_gives_a_brief_and_a_bad_file_a_sentence(
    visit: Visit, page: Any, tmp_path: Path
) -> None:
    assert page.locator(".event-form .upload").inner_text() == "Elegir un archivo o soltarlo aquí"
    way(page, "Lista")
    page.get_by_label("Distritos, uno por línea").fill("Tumbes, Tumbes, Tumbes")
    page.click("#event-list-go")
    page.wait_for_selector(".bands")
    visit.until(lambda: page.locator(".overlay-area").count() == 1)
    brief = page.locator("#event-brief").inner_text()
    assert "116\u202f717" in brief
    assert "Tumbes" in brief
    high = page.get_by_label("extremo alto")
    high.fill("10")
    high.press("Enter")
    visit.until(lambda: page.locator("#event-displaced").inner_text().endswith("11\u202f672"))
    broken = tmp_path / "grid.xml"
    broken.write_text("<shakemap_grid>")
    way(page, "Archivo")
    page.set_input_files("#event-file input", broken)
    page.wait_for_selector("#event-said p")
    assert page.locator("#event-said p").first.inner_text().startswith("«grid.xml» no se pudo usar")
    found = page.locator("#event-said p").nth(1).inner_text()
    assert found.startswith("Qué se encontró: grid.xml")
    assert page.locator("#event-displaced").inner_text().endswith("11\u202f672")
    page.click("#language label:has-text('EN')")
    visit.until(lambda: "people displaced" in page.locator("#event-brief").inner_text())
    assert page.locator("#event-displaced").inner_text().endswith("11\u202f672")
    assert visit.complaints == []
    assert visit.foreign == []


def test_an_epicentre_gives_a_rough_brief_by_key_alone(visit: Visit, page: Any) -> None:
    way(page, "Epicentro")
    numbers = {"Longitud": "-76.9", "Latitud": "-12.3", "Profundidad": "30", "Magnitud": "7.8"}
    for label, number in numbers.items():
        page.get_by_label(label).fill(number)
    page.keyboard.press("Enter")
    page.wait_for_selector(".bands")
    assert "APROXIMADO" in page.locator("#event-brief").inner_text()
    assert page.locator(".bands tbody tr").count() >= 4
    visit.until(lambda: page.locator(".overlay-point.epicentre").count() == 1)
    assert visit.complaints == []


def test_the_address_restores_an_event_and_its_rates(visit: Visit, page: Any) -> None:
    way(page, "Lista")
    page.get_by_label("Distritos, uno por línea").fill("Tumbes, Tumbes, Tumbes")
    page.click("#event-list-go")
    page.wait_for_selector(".bands")
    high = page.get_by_label("extremo alto")
    high.fill("10")
    high.press("Enter")
    visit.until(lambda: "0.1%5D" in page.url)
    page.goto(f"{visit.home}/emergencia?lang=en{page.url[page.url.index('#') :]}")
    page.reload()
    visit.until(lambda: "people displaced" in page.locator("#event-brief").inner_text())
    assert page.locator("#event-displaced").inner_text().endswith("11\u202f672")
    # Another view does not bear it; this one still does.
    page.click("a[data-page=data]")
    visit.until(lambda: "/datos" in page.url)
    assert "#" not in page.url
    page.click("a[data-page=emergency]")
    visit.until(lambda: "#e=" in page.url)
    # What no form of ours wrote is refused in a sentence.
    page.goto(f"{visit.home}/emergencia#e=%7B%22way%22:%22list%22%7D")
    page.reload()
    visit.until(lambda: "ningún distrito" in page.locator("#event-said").inner_text())
    assert page.locator(".bands").count() == 0
    assert visit.complaints == []


def test_a_polygon_is_drawn_and_escape_cancels(visit: Visit, page: Any) -> None:
    way(page, "Dibujo")
    page.click("#event-draw")
    page.mouse.click(600, 300)
    visit.until(lambda: page.locator(".overlay-corner").count() == 1)
    page.keyboard.press("Escape")
    visit.until(lambda: page.locator(".overlay-corner").count() == 0)
    page.click("#event-draw")
    for x, y in ((600, 300), (720, 350)):
        page.mouse.click(x, y)
    page.mouse.dblclick(650, 450)
    page.wait_for_selector(".bands")
    assert page.locator("body.drawing").count() == 0
    assert "u=" not in page.url
    assert visit.complaints == []
