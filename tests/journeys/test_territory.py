"""The sheet of a territory: found in spite of a slip, compared, explained and printed."""

import io
import re

import pypdf
import pytest

from tests.journeys.conftest import Visit

WORDS = {
    "es": {"compare": "Comparar con…", "difference": "Diferencia", "gap": "Sin dato: 2001–2011"},
    "en": {"compare": "Compare with…", "difference": "Difference", "gap": "No data: 2001–2011"},
}


def open_sheet(visit: Visit, query: str = "", language: str = "es") -> None:
    marks = [part for part in (query, "" if language == "es" else f"lang={language}") if part]
    visit.page.goto(f"{visit.home}/territorio?{'&'.join(marks)}")
    visit.page.wait_for_selector("path.unit", state="attached")
    visit.page.wait_for_selector("#sheet h2")


def search(visit: Visit, box: str, text: str) -> list[str]:
    page = visit.page
    page.fill(f"{box} input", text)
    page.wait_for_selector(f"{box} li")
    return [item.splitlines()[0] for item in page.locator(f"{box} li").all_inner_texts()]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_territory_is_found_compared_explained_and_printed(visit: Visit, language: str) -> None:
    page, words = visit.page, WORDS[language]
    open_sheet(visit, language=language)
    # a slip of the keyboard and no accents
    assert search(visit, ".bar .search", "lurigacho")[0].startswith("Lurigancho")
    page.fill(".bar .search input", "PE2401")
    visit.until(lambda: page.locator(".bar .search li").count() == 6)
    assert search(visit, ".bar .search", "tumbs")[0] == "Tumbes"
    page.press(".bar .search input", "Enter")
    visit.until(lambda: page.locator("#sheet h2").first.inner_text() == "Tumbes")
    assert page.locator(".age").count() == 9
    assert page.locator(".multiples img").count() == 5
    assert words["gap"] in page.locator("#sheet").inner_text()

    # a second unit beside it, in the address, and back
    assert page.locator(".compare input").get_attribute("placeholder") == words["compare"]
    assert search(visit, ".compare", "sn juan de lurigancho")[0] == "San Juan de Lurigancho"
    page.press(".compare input", "Enter")
    page.wait_for_selector(".compared")
    visit.until(lambda: "u2=150132" in page.url)
    assert words["difference"] in page.locator(".compared").first.inner_text()

    # the figure of the other opens its own chain
    page.locator(".compared tbody tr:first-child td:nth-child(3) .open-value").first.click()
    page.wait_for_selector(".compared .why")
    assert "150132" in page.locator(".compared .why").first.inner_text()
    page.go_back()
    visit.until(lambda: page.locator(".compared").count() == 0)
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.parametrize(
    "query",
    ["u=150101", "u=240101", "u=021905", "level=region&u=15", "u=240101&u2=150132"],
)
def test_the_sheet_prints_on_one_page_of_a4(visit: Visit, query: str) -> None:
    open_sheet(visit, query)
    visit.page.wait_for_selector(".ages")
    paper = pypdf.PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 1
    width, height = (float(side) for side in paper.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    text = paper.pages[0].extract_text()
    assert re.search(r"65\+", text)
    assert "2024" in text


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    open_sheet(visit, "u=240101&u2=150132")
    visit.page.wait_for_selector(".compared")
    wide = visit.page.evaluate(
        "() => [...document.querySelectorAll('#sheet *')]"
        ".filter((part) => part.getBoundingClientRect().right > 391).length"
    )
    assert wide == 0
    assert visit.complaints == []
