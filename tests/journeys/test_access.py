"""Nobody is shut out: axe-core finds no fault in any view, and every job is done by key alone."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

PAGES = ("/", "/territorio", "/emergencia", "/oficinas", "/datos")
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# Each size and each language once: words do not change what the components are.
SPOKEN = [("desk", "es"), ("phone", "en")]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # What passes is not listed node by node, which takes most of the time.
    "resultTypes": ["violations"],
}
# Of the shapes of the map there are thousands, all alike: what they say is in tables. They are
# taken out while axe looks, for it walks what it is told to leave out all the same.
RUN = """async ([within, rules]) => {
  const drawn = [...document.querySelectorAll(".leaflet-pane svg > g")];
  const held = drawn.map((group) => [group, group.parentNode]);
  drawn.forEach((group) => group.remove());
  try {
    return await axe.run({ include: [within], exclude: [".leaflet-pane svg"] }, rules);
  } finally {
    held.forEach(([group, parent]) => parent.append(group));
  }
}"""
FOCUS = """() => {
  const held = document.activeElement;
  return [held.id, held.tagName, held.getAttribute("aria-label") || held.textContent.trim()];
}"""
RING = """() => {
  const isSeen = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const held = document.activeElement;
  const around = [held, held.closest("label"), held.closest(".dash-input-container"), held.closest(".upload")];
  return around.some((one) => one && isSeen(getComputedStyle(one)));
}"""


@pytest.fixture(params=SIZES)
def examined(request: pytest.FixtureRequest, browser: Browser, served: str) -> Iterator[Visit]:
    """A page of each size with axe-core in it; the package brings the script, no network does."""
    width, height = SIZES[request.param]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.add_init_script(files("axe_playwright_python").joinpath("axe.min.js").read_text())
    yield Visit(page, served)
    page.close()


def faults(visit: Visit, within: str = "html") -> list[str]:
    """What axe-core finds, one line a fault."""
    found = visit.page.evaluate(RUN, [within, RULES])["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def see(visit: Visit, path: str, query: str) -> None:
    visit.page.goto(f"{visit.home}{path}?{query}")
    visit.page.wait_for_selector("path.unit", state="attached")
    # The map stands before the controls, and the controls before their roles are mended.
    visit.page.wait_for_selector("#as-table", state="attached")
    visit.page.wait_for_load_state("networkidle")
    visit.until(lambda: visit.page.locator("label[role=option]").count() == 0)
    if path == "/":
        visit.page.wait_for_selector(".ag-row")
    visit.until(lambda: visit.page.locator("[data-dash-is-loading]").count() == 0)


@pytest.mark.fault(59)
@pytest.mark.parametrize(("examined", "language"), SPOKEN, indirect=["examined"])
def test_axe_finds_no_fault_in_any_view(examined: Visit, language: str) -> None:
    for path in PAGES:
        # Only these two say something where no unit is chosen, and by the same component.
        is_said = language == "es" and path in ("/", "/territorio")
        for unit in ("", "&u=240101") if is_said else ("&u=240101",):
            see(examined, path, f"lang={language}{unit}")
            assert faults(examined) == [], (path, unit)
            assert examined.page.evaluate("document.documentElement.lang") == language
    assert examined.complaints == []
    assert examined.foreign == []


@pytest.mark.parametrize(("examined", "language"), SPOKEN, indirect=["examined"])
def test_axe_finds_no_fault_in_what_opens(examined: Visit, language: str) -> None:
    page = examined.page
    see(examined, "/", f"lang={language}&u=240101")
    if page.locator("#drawer-toggle").is_visible():
        page.click("#drawer-toggle")
        page.wait_for_timeout(300)
        assert faults(examined, ".column.left") == []
    page.click("#layer")
    page.wait_for_selector(".dash-dropdown-content")
    assert faults(examined, ".dash-dropdown-content") == []
    page.keyboard.press("Escape")
    page.click("#as-table")
    page.wait_for_selector("dialog.figures-dialog")
    # Rows are alike: those of one name tell for all.
    page.locator("dialog input").fill("zarumilla")
    status = page.locator("dialog [role=status]")
    examined.until(lambda: status.inner_text().startswith("1 "))
    assert faults(examined, "dialog.figures-dialog") == []
    # The first clears the words of the filter.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.fill("#search", "lima")
    page.wait_for_selector("#search-results li")
    assert faults(examined, ".search") == []
    page.evaluate("document.getElementById('help').click()")
    page.wait_for_selector("dialog.tour")
    assert faults(examined, "dialog.tour") == []
    assert examined.complaints == []


@pytest.mark.parametrize("way", ["list", "quake", "drawing"])
def test_axe_finds_no_fault_in_the_ways_into_an_emergency(examined: Visit, way: str) -> None:
    page = examined.page
    see(examined, "/emergencia", "")
    page.locator(f"#event-way input[value={way}]").check(force=True)
    assert faults(examined) == []
    if way == "list":
        page.get_by_label("Distritos, uno por línea").fill("Tumbes, Tumbes, Tumbes")
        page.click("#event-list-go")
        page.wait_for_selector(".bands")
        assert faults(examined) == []


def tab_to(visit: Visit, wanted: str, most: int = 60) -> None:
    """Press Tab until what is wanted has the focus, which must be seen at each step."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        held = visit.page.evaluate(FOCUS)
        ring = visit.seen_in_time(lambda: visit.page.evaluate(RING))
        assert ring, f"the focus is not seen on {held}"
        if wanted in held:
            return
    raise AssertionError(f"no Tab leads to {wanted}")


def test_a_manager_weighs_and_chooses_by_key_alone(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)[2] == "Saltar al ranking"
    page.keyboard.press("Enter")
    visit.until(lambda: page.evaluate("document.activeElement.closest('#ranking') !== null"))
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#card h2")
    assert page.locator("#card h2").inner_text() == "Ate"
    visit.until(lambda: "Ate: 66.1" in page.locator("#said").inner_text())
    page.keyboard.press("ArrowUp")
    visit.until(lambda: page.locator("#card h2").inner_text() == "San Juan de Lurigancho")
    # one Tab leaves the table, and the card is next
    page.keyboard.press("Tab")
    visit.until(lambda: page.evaluate(FOCUS)[0] == "card-close")
    tab_to(visit, "Por qué este puesto")
    page.keyboard.press("Enter")
    page.wait_for_selector("#card .explanation p")
    page.reload()
    page.wait_for_selector("#card h2")
    page.wait_for_selector(".weight [role=slider][aria-labelledby]")
    tab_to(visit, "SPAN")
    page.keyboard.press("ArrowLeft")
    visit.until(lambda: "w=venezuelan_people:7" in page.url)
    tab_to(visit, "layer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dash-dropdown-search")
    page.keyboard.type("sin seguro")
    page.wait_for_selector(".dash-dropdown-content >> text=Personas sin seguro de salud")
    page.keyboard.press("ArrowDown")
    option = "document.activeElement.closest('.dash-options-list-option')?.textContent || ''"
    visit.until(lambda: "sin seguro" in page.evaluate(option).lower())
    chosen = page.evaluate("document.activeElement.value")
    page.keyboard.press("Enter")
    visit.until(lambda: f"layer={chosen}" in page.url)
    assert visit.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_a_table_beside_every_map_chooses_a_unit_by_key(visit: Visit, path: str) -> None:
    page = visit.page
    see(visit, path, "layer=nbi_any_pct")
    tab_to(visit, "as-table")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.figures-dialog")
    assert page.locator("dialog tbody tr").count() == 1891
    page.keyboard.press("Tab")
    page.locator("dialog input").fill("zarumilla")
    visit.until(lambda: "1 de 1891" in page.locator("dialog [role=status]").inner_text())
    tab_to(visit, "Zarumilla")
    page.keyboard.press("Enter")
    visit.until(lambda: "u=240301" in page.url)
    assert page.locator("dialog").count() == 0
    assert page.evaluate(FOCUS)[0] == "as-table"
    visit.until(lambda: "Zarumilla" in page.locator("#said").inner_text())
    assert visit.complaints == []
    assert visit.foreign == []


def test_an_emergency_is_told_by_key_alone(visit: Visit) -> None:
    page = visit.page
    see(visit, "/emergencia", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visit.until(lambda: page.evaluate("document.activeElement.closest('.event-form') !== null"))
    tab_to(visit, "INPUT")
    page.keyboard.press("ArrowRight")
    tab_to(visit, "event-list")
    page.keyboard.type("Tumbes, Tumbes, Tumbes")
    tab_to(visit, "event-list-go")
    page.keyboard.press("Enter")
    page.wait_for_selector(".bands")
    assert visit.complaints == []


def test_a_municipality_finds_its_sheet_by_key_alone(visit: Visit) -> None:
    page = visit.page
    see(visit, "/territorio", "")
    page.keyboard.press("/")
    page.keyboard.type("tumbes")
    page.wait_for_selector("#search-results li")
    page.keyboard.press("ArrowDown")
    named = page.locator("#search").get_attribute("aria-activedescendant")
    assert page.locator(f"#{named}").get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet header")
    tab_to(visit, "sheet-print")
    tab_to(visit, "Cómo se obtuvo")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet .why")
    assert visit.complaints == []


def test_on_a_phone_keys_open_the_menu_and_lift_the_sheet(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open()
    page.wait_for_load_state("networkidle")
    toggle: Any = page.locator("#drawer-toggle")
    assert toggle.get_attribute("aria-expanded") == "false"
    tab_to(visit, "drawer-toggle")
    page.keyboard.press("Enter")
    visit.until(lambda: toggle.get_attribute("aria-expanded") == "true")
    tab_to(visit, "help")
    page.keyboard.press("Escape")
    visit.until(lambda: toggle.get_attribute("aria-expanded") == "false")
    sheet = page.locator(".column.right")
    before = sheet.bounding_box()["height"]
    tab_to(visit, "sheet-handle")
    page.keyboard.press("Enter")
    visit.until(lambda: sheet.bounding_box()["height"] > before)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
