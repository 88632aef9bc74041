"""A planner asks what the figures rest on, and brings a table of their own that nobody else sees."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

ROWS = """Ubigeo;Distrito;Provincia;Casos
10101;Chachapoyas;Chachapoyas;120
150101;Lima;Lima;340
150132;San Juan de Lurigancho;Lima;510
200101;Piura;Piura;95
999999;Ninguno;Ninguna;8
150103;Ate;Lima;muchos
240101;Tumbes;Tumbes;60
240101;Tumbes;Tumbes;61
"""
WORDS = {
    "es": {
        "check": "Revisar fila por fila",
        "use": "Usar en mi vista",
        "bad": ["sin unidad", "cifra que no se lee", "unidad repetida"],
        "sum": "Suma del archivo 1\u202f194 = con lugar 1\u202f065 + sin lugar 129.",
        "mark": "suyo, no aceptado",
        "refused": "No se puede usar: foto.geojson se llama geojson y por dentro es otra cosa",
    },
    "en": {
        "check": "Check row by row",
        "use": "Use in my view",
        "bad": ["no unit", "unreadable figure", "repeated unit"],
        "sum": "Sum of the file 1\u202f194 = placed 1\u202f065 + not placed 129.",
        "mark": "yours, not accepted",
        "refused": "Cannot be used: foto.geojson is called geojson and is something else inside",
    },
}


def open_data(visit: Visit, query: str) -> Any:
    visit.page.goto(f"{visit.home}/datos{query}")
    visit.page.wait_for_selector("path.unit", state="attached")
    visit.page.wait_for_selector(".data-parts a")
    return visit.page


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_table_of_ones_own_is_checked_drawn_and_seen_by_nobody_else(
    visit: Visit, browser: Browser, tmp_path: Path, language: str
) -> None:
    said = WORDS[language]
    page = open_data(visit, f"?part=yours&lang={language}")
    foreign = tmp_path / "foto.geojson"
    foreign.write_bytes(b"\x89PNG\r\n\x1a\n")
    page.set_input_files("#own-file input", foreign)
    page.wait_for_selector(".own-said")
    assert said["refused"] in page.locator(".own-said").inner_text()
    table = tmp_path / "casos.csv"
    table.write_text(ROWS, encoding="latin-1")
    page.set_input_files("#own-file input", table)
    page.click(f"text={said['check']}")
    page.wait_for_selector(".own-counts")
    told = page.locator("#own-report").inner_text()
    assert all(word in told for word in said["bad"])
    assert said["sum"] in told
    page.click(f"text={said['use']}")
    visit.until(lambda: page.locator("#map path.circle").count() == 4)
    visit.until(lambda: "layer=own_1" in page.url)
    assert said["mark"] in page.locator("#layer").inner_text()
    with page.expect_download() as download:
        page.click("a[href^='/own/report.csv']")
    report = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert len(report) == 9
    page.reload()
    visit.until(lambda: page.locator("#map path.circle").count() == 4)

    stranger = browser.new_context()
    other = Visit(stranger.new_page(), visit.home)
    shown = page.url.removeprefix(f"{visit.home}/datos")
    there = open_data(other, shown)
    other.until(lambda: "layer=own_1" in there.locator("#notice").inner_text())
    assert there.locator("#map path.circle").count() == 0
    assert there.locator("#own-layers a").count() == 0
    stranger.close()

    page.click("#own-layers button")
    visit.until(lambda: page.locator("#map path.circle").count() == 0)
    visit.until(lambda: "own_1" not in page.url)
    assert visit.complaints == []
    assert other.complaints == []
    assert visit.foreign == []


def test_parts_search_and_order_are_in_the_address_and_back_undoes(visit: Visit) -> None:
    page = open_data(visit, "")
    every = page.locator(".source-table tbody tr").count()
    page.fill("#data-find", "capital")
    visit.until(lambda: 0 < page.locator(".source-table tbody tr").count() < every)
    visit.until(lambda: "find=capital" in page.url)
    page.click(".source-table thead a >> nth=1")
    page.wait_for_selector("th[aria-sort]")
    visit.until(lambda: "order=age" in page.url)
    page.click(".data-parts a >> nth=1")
    page.wait_for_selector(".data-choices a")
    before = visit.fill("150132")
    page.click(".data-choices a >> nth=2")
    visit.until(lambda: visit.fill("150132") != before)
    visit.until(lambda: "layer=quality_confidence" in page.url)
    page.evaluate("geoapp.choose('150132')")
    page.wait_for_selector(".reasons tbody tr")
    page.reload()
    page.wait_for_selector(".reasons tbody tr")
    page.go_back()
    page.go_back()
    page.wait_for_selector(".data-choices a")
    visit.until(lambda: "quality_confidence" not in page.url)
    page.click(".data-parts a >> nth=2")
    page.wait_for_selector(".missing-table tbody tr")
    with page.expect_download() as download:
        page.click(".missing-table a[href='/template/need']")
    assert download.value.suggested_filename == "pin_template.csv"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert visit.complaints == []
    assert visit.foreign == []
