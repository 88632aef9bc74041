"""The job of three minutes: paste districts, read the brief, change it, take both files away."""

import io
import json
import re
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Route
from pptx import Presentation

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]
WORDS = {
    "es": ("Lista", "Distritos, uno por línea", "Informe rápido (PDF)", "extremo alto", "Deshacer"),
    "en": ("List", "Districts, one a line", "Flash brief (PDF)", "high end", "Undo"),
}


def plain(text: str) -> str:
    return " ".join(text.split())


def texts_of(file: Path) -> str:
    content = io.BytesIO(file.read_bytes())
    if file.suffix == ".pdf":
        return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(content).pages))
    parts = []
    for slide in Presentation(content).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return plain(" ".join(parts))


def figures_of(page: Any) -> set[str]:
    """The figures of lead, tables and relief as they stand on the screen."""
    told = page.locator(
        "#event-brief .figures b, #event-brief td, #event-relief li"
    ).all_inner_texts()
    return {plain(text) for text in told if re.search(r"\d", text)}


def open_page(visit: Visit, language: str) -> Any:
    visit.page.goto(f"{visit.home}/emergencia?lang={language}")
    visit.page.wait_for_selector("path.unit", state="attached")
    visit.page.wait_for_selector("#event-way label")
    return visit.page


def paste(page: Any, language: str, text: str) -> None:
    way, label, *_ = WORDS[language]
    page.click(f"#event-way label:has-text('{way}')")
    page.get_by_label(label).fill(text)
    page.click("#event-list-go")


@pytest.mark.parametrize("language", ["es", "en"])
def test_three_minutes_from_a_list_to_both_files(
    visit: Visit, language: str, tmp_path: Path
) -> None:
    started = time.monotonic()
    page = open_page(visit, language)
    paste(page, language, "Tumbes, Tumbes, Tumbes\nZorritos, Contralmirante Villar, Tumbes")
    page.wait_for_selector(".bands")
    _, _, button, high_end, undo = WORDS[language]
    first = page.locator("#event-displaced").inner_text()
    high = page.get_by_label(high_end)
    high.fill("10")
    high.press("Enter")
    visit.until(lambda: page.locator("#event-displaced").inner_text() != first)
    shown = figures_of(page)
    for kind, named in (("pdf", button), ("pptx", "PPTX")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=named).click()
        file = tmp_path / waiting.value.suggested_filename
        assert file.suffix == f".{kind}"
        waiting.value.save_as(file)
        visit.until(lambda: page.locator("body.event-printing").count() == 0)
        told = texts_of(file)
        assert len(shown) > 8
        for figure in shown:
            assert figure in told, (figure, kind)
    assert time.monotonic() - started < 180
    page.get_by_role("button", name=undo).click()
    visit.until(lambda: page.locator("#event-displaced").inner_text() == first)
    assert page.get_by_role("button", name=undo).count() == 0
    assert visit.complaints == []
    assert visit.foreign == []


def test_few_people_stay_a_range_on_screen_and_in_both_files(visit: Visit, tmp_path: Path) -> None:
    page = open_page(visit, "es")
    # some 100 m of open country in Tumbes
    ring = [[-80.60, -3.90], [-80.599, -3.90], [-80.599, -3.899], [-80.60, -3.899], [-80.60, -3.90]]
    drawn = tmp_path / "campo.geojson"
    drawn.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    page.set_input_files("#event-file input", drawn)
    page.wait_for_selector(".bands")
    shown = figures_of(page)
    assert "1–4" in shown
    for kind in ("pdf", "pptx"):
        with page.expect_download() as waiting:
            page.click(f"[data-flash={kind}]")
        file = tmp_path / f"x.{kind}"
        waiting.value.save_as(file)
        visit.until(lambda: page.locator("body.event-printing").count() == 0)
        for figure in shown:
            assert figure in texts_of(file), (figure, kind)


def test_a_line_asks_how_far_it_reaches_and_the_distance_is_edited_in_place(
    visit: Visit, tmp_path: Path
) -> None:
    page = open_page(visit, "es")
    river = tmp_path / "rio.geojson"
    line = {"type": "LineString", "coordinates": [[-80.46, -3.60], [-80.44, -3.52]]}
    river.write_text(json.dumps(line))
    page.set_input_files("#event-file input", river)
    box = page.locator("#event-said .event-setting input")
    box.fill("2")
    box.press("Enter")
    page.wait_for_selector(".bands")
    lead = page.locator("#event-brief .figures b").first
    near = lead.inner_text()
    box = page.locator("#event-brief .event-setting input")
    assert box.input_value() == "2"
    box.fill("10")
    box.press("Enter")
    visit.until(lambda: lead.inner_text() != near)
    assert page.locator("#event-said p").count() == 0
    page.get_by_role("button", name="Deshacer").click()
    visit.until(lambda: lead.inner_text() == near)
    assert page.locator("#event-brief .event-setting input").input_value() == "2"
    assert visit.complaints == []


def test_a_long_computation_and_a_brief_are_cancelled(visit: Visit) -> None:
    page = open_page(visit, "es")
    slow: list[Route] = []

    def hold(route: Route) -> None:
        body = route.request.post_data or ""
        is_first = '"event-asked"' in body and "Zorritos" in body and not slow
        slow.append(route) if is_first else route.continue_()

    page.route("**/_dash-update-component*", hold)
    paste(page, "es", "Zorritos, Contralmirante Villar, Tumbes")
    visit.until(lambda: len(slow) == 1)
    page.click("#event-cancel")
    visit.until(lambda: page.locator("#event-busy").is_hidden())
    slow[0].continue_()
    page.wait_for_timeout(1500)
    assert page.locator(".bands").count() == 0
    paste(page, "es", "Tumbes, Tumbes, Tumbes")
    page.wait_for_selector(".bands")
    page.route("**/event/brief.pdf", lambda route: None)
    page.click("[data-flash=pdf]")
    page.wait_for_selector("body.event-printing")
    page.click("#event-flash-cancel")
    visit.until(lambda: page.locator("#event-flash-said").inner_text() == "Informe cancelado.")
    assert page.locator("body.event-printing").count() == 0


def test_without_feeds_one_sentence_and_the_rest_works(visit: Visit) -> None:
    page = open_page(visit, "es")
    page.click("#event-way label:has-text('Epicentro')")
    page.get_by_role("button", name="Sismos recientes").click()
    page.wait_for_selector("#event-recent-list p")
    assert page.locator("#event-recent-list p").all_inner_texts() == [
        "Sin conexión con USGS, GDACS: escriba los números, o use un archivo, una lista o un dibujo."
    ]
    paste(page, "es", "Tumbes, Tumbes, Tumbes")
    page.wait_for_selector(".bands")
    assert visit.foreign == []
