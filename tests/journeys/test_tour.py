"""Who comes for the first time is led through the page in four steps, once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desk", "phone"])
def first(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Visit]:
    """A browser that was never here."""
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    yield Visit(page, served, is_first=True)
    page.close()


def holds_focus(page: Page) -> bool:
    return page.evaluate("document.activeElement.closest('dialog.tour') !== null")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("es", ["El mapa", "Qué pesa", "Dónde primero", "Cinco vistas"]),
        ("en", ["The map", "What counts", "Where first", "Five views"]),
    ],
)
def test_four_steps_by_key_and_never_twice(first: Visit, language: str, titles: list[str]) -> None:
    page = first.open("" if language == "es" else "?lang=en")
    page.wait_for_selector("dialog.tour")
    for step, title in enumerate(titles, start=1):
        assert page.locator("dialog.tour h2").inner_text() == title
        assert page.locator("dialog.tour .note").inner_text().startswith(str(step))
        # the card is whole on the screen, and Tab stays in it
        box = page.locator(".tour-card").bounding_box()
        size = page.viewport_size
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]
        for _ in range(4):
            page.keyboard.press("Tab")
            assert holds_focus(page) or page.evaluate("document.activeElement === document.body")
        page.locator("dialog.tour .act").focus()
        page.keyboard.press("Enter")
    page.wait_for_selector("dialog.tour", state="detached")
    page.reload()
    page.wait_for_selector(".ag-row")
    page.wait_for_load_state("networkidle")
    assert page.locator("dialog.tour").count() == 0
    assert first.complaints == []
    assert first.foreign == []


def test_escape_ends_it_and_help_brings_it_back(first: Visit) -> None:
    page = first.open()
    page.wait_for_selector("dialog.tour")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.tour", state="detached")
    is_phone = page.locator("#drawer-toggle").is_visible()
    if is_phone:
        page.click("#drawer-toggle")
    page.click("#help")
    page.wait_for_selector("dialog.tour")
    page.click("dialog.tour button:has-text('Saltar')")
    page.wait_for_selector("dialog.tour", state="detached")
    # the focus is where one left, or on a phone on the menu that holds it
    assert page.evaluate("document.activeElement.id") == ("drawer-toggle" if is_phone else "help")


def test_who_was_sent_an_address_sees_what_it_shows(first: Visit) -> None:
    page = first.open("?u=240101")
    page.wait_for_selector("#card h2")
    page.wait_for_load_state("networkidle")
    assert page.locator("dialog.tour").count() == 0
    # and is led when coming to the plain page
    first.open()
    page.wait_for_selector("dialog.tour")
