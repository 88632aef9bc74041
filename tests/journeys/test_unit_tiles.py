"""A country of too many units for a path each: its tiles are painted, hovered, clicked, recoloured."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from geoapp.app import create_app
from geoapp.store.builds import read_build, write_build
from layers.pipeline import build
from tests.editions import known
from tests.journeys.conftest import Visit, listening
from tests.toy import COUNTRY, SCENARIO, make_toy

pytestmark = [pytest.mark.journey]
# The colour of the map at a place, as it is on the screen.
PIXEL = """([lon, lat]) => {
  const map = window.geoapp.map.leaflet();
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  const [left, top] = [x + box.left, y + box.top];
  const canvas = [...document.querySelectorAll(".map canvas.unit-tile")].find((one) => {
    const { left: west, top: north, right, bottom } = one.getBoundingClientRect();
    return west <= left && left < right && north <= top && top < bottom;
  });
  const at = canvas.getBoundingClientRect();
  const scale = canvas.width / at.width;
  // Read of a copy: Chromium complains where a picture that is drawn is read often.
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, -Math.floor((left - at.left) * scale), -Math.floor((top - at.top) * scale));
  const found = copy.getImageData(0, 0, 1, 1).data;
  return "#" + [...found.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("").toUpperCase();
}"""
PLACE = """([lon, lat]) => {
  const map = window.geoapp.map.leaflet();
  const { x, y } = map.latLngToContainerPoint([lat, lon]);
  const box = map.getContainer().getBoundingClientRect();
  return [x + box.left, y + box.top];
}"""
GAMA = ("010201", [0.3, 0.3])
EPSILON = ("020101", [2.3, 1.7])


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A visitor of the toy country, all of whose levels are in tiles."""
    catalogue, places = make_toy(tmp_path / "mirror")
    write_build(build(catalogue, COUNTRY, places), tmp_path / "store", tiled_from=1)
    with known(catalogue):
        app = create_app(read_build(tmp_path / "store", catalogue), catalogue, SCENARIO)
        with listening(app) as home:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            yield Visit(page, home)
            page.close()


def seen(visit: Visit, place: list[float]) -> str:
    return str(visit.page.evaluate(PIXEL, place))


def told(visit: Visit, code: str) -> str:
    """Colour of a unit as its class and paint tell it."""
    index = f"(await window.geoapp.map.units()).find(({{properties}}) => properties.u === '{code}').properties.i"
    return str(visit.page.evaluate(f"async () => window.geoapp.map.fillOf({index})"))


def test_units_in_tiles_are_painted_told_chosen_and_recoloured(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/?layer=toy_uninsured")
    page.wait_for_selector(".ag-row")
    assert page.locator("path.unit").count() == 0
    assert page.locator(".map canvas.unit-tile").count() > 0
    assert page.locator(".inset canvas.unit-tile").count() > 0
    first = {code: told(visit, code) for code, _ in (GAMA, EPSILON)}
    assert len(set(first.values())) == 2
    for code, place in (GAMA, EPSILON):
        visit.until(lambda c=code, p=place: seen(visit, p) == first[c])

    page.mouse.move(*page.evaluate(PLACE, GAMA[1]))
    page.wait_for_selector("#hover:not([hidden])")
    assert "Gama" in page.locator("#hover").inner_text()
    page.mouse.click(*page.evaluate(PLACE, GAMA[1]))
    page.wait_for_selector("#card h2")
    assert "Gama" in page.locator("#card h2").inner_text()
    assert "u=010201" in page.url

    asked = [url for url in visit.requests if "/units/" in url]
    assert asked
    page.evaluate("dash_clientside.set_props('layer', {value: 'toy_migrants'})")
    visit.until(lambda: "layer=toy_migrants" in page.url)
    visit.until(lambda: seen(visit, GAMA[1]) == told(visit, "010201") != first["010201"])
    assert [url for url in visit.requests if "/units/" in url] == asked
    assert visit.complaints == []
    assert visit.foreign == []


MANY = """async () => {
  const { map } = window.geoapp;
  const paint = map.paint();
  const units = [...Array(2_500).keys()].map((i) => ({ properties: { u: String(i).padStart(6, "0"), n: "Unidad " + i, i: i } }));
  map.units = () => Promise.resolve(units);
  map.paint = () => ({ ...paint, labels: units.map(({ properties }) => String(properties.i)), confidence: "a".repeat(units.length) });
  document.getElementById("as-table").click();
}"""


def test_a_table_of_too_many_rows_shows_the_first_and_finds_the_others(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/?layer=toy_uninsured")
    # The map stands before the controls do.
    page.wait_for_selector(".map canvas.unit-tile")
    page.wait_for_selector("#as-table", state="attached")
    page.wait_for_selector(".ag-row")
    visit.until(lambda: bool(page.evaluate("window.geoapp.map.isPainted()")))
    page.evaluate(MANY)
    page.wait_for_selector("dialog.figures-dialog")
    assert page.locator("dialog tbody tr").count() == 2000
    said = page.locator("dialog [role=status]")
    assert "Las 2000 primeras de 2500" in said.inner_text()
    # Largest first: the unit 7 is not among them.
    page.locator("dialog input").fill("000007")
    visit.until(lambda: "1 de 2500" in said.inner_text())
    assert "Unidad 7" in page.locator("dialog tbody tr").inner_text()
    assert visit.complaints == []
