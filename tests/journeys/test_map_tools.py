"""The panel of the map: two layers, what lies over the units, measuring, the picture, paper."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from layers.indicators.sphere import great_circle_km
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


def boxes(places: Locator) -> np.ndarray:
    """Left, top, right and bottom of each."""
    found = places.evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect())"
        ".map((box) => [box.left, box.top, box.right, box.bottom])"
    )
    return np.array(found)


def collisions(rows: np.ndarray) -> int:
    meets = (rows[:, None, :2] < rows[None, :, 2:] - 1).all(axis=2)
    both = meets & meets.T
    return int((both.sum() - len(rows)) // 2)


def start(visit: Visit, query: str) -> Page:
    page = visit.page
    page.goto(f"{visit.home}/{query}")
    page.wait_for_selector("path.unit", state="attached")
    return page


def is_quiet(visit: Visit) -> None:
    assert visit.complaints == []
    assert visit.foreign == []


def test_nothing_of_the_panel_is_asked_for_until_it_is_opened(visit: Visit) -> None:
    page = visit.open()
    page.wait_for_load_state("networkidle")
    late = [
        url
        for url in visit.requests
        if re.search(r"late_(tools|over|swipe|measure|picture|copy)|/map/|/overlay/", url)
    ]
    assert late == []
    page.get_by_role("button", name="Capas del mapa").press("Enter")
    page.wait_for_selector("#map-tools h2")
    assert page.locator("#tools-toggle").get_attribute("aria-expanded") == "true"
    # Without tiles there is no such choice.
    assert page.locator("#map-tools .tick").count() == 8
    assert "Mapa de fondo" not in page.locator("#map-tools").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#map-tools").is_hidden()
    is_quiet(visit)


def test_two_layers_in_nine_colours_by_key(visit: Visit) -> None:
    page = start(visit, "?layer=nbi_any_pct")
    before = visit.fill("150132")
    page.click("#tools-toggle")
    page.wait_for_selector("#tools-second")
    page.select_option("#tools-second", "elevation_m")
    page.wait_for_selector(".pair-cell")
    visit.until(lambda: "with=elevation_m" in page.url)
    assert visit.fill("150132") != before
    told = page.locator("#legend").inner_text()
    assert "terciles" in told
    counts = [int(n.replace("\u202f", "")) for n in re.findall(r"alta: ([\d\u202f]+)", told)]
    assert len(counts) == 2
    first = page.locator(".pair-cell").first
    first.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.dataset.pair")
    assert focused == "7"
    lit = page.locator(".map path.unit:not(.dim)").count()
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.endswith(f": {lit}")
    page.reload()
    page.wait_for_selector(".pair-cell")
    page.go_back()
    page.wait_for_selector(".pair-cell", state="detached")
    is_quiet(visit)


def test_the_line_moves_by_key_and_by_hand(visit: Visit) -> None:
    page = start(visit, "?layer=venezuelan_people&with=nbi_any_pct&lang=en")
    line = page.get_by_role("slider", name="Line between the two layers")
    line.wait_for()
    assert line.get_attribute("aria-valuenow") == "50"
    line.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("PageUp")
    visit.until(lambda: "split=58" in page.url)
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 14, 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 14 - 144, 300)
    page.mouse.up()
    visit.until(lambda: "split=48" in page.url)
    told = page.locator("#legend").inner_text()
    assert "Left: " in told
    assert "Right: " in told
    # A count is not filled, so that nine colours cannot be chosen.
    page.click("#tools-toggle")
    page.wait_for_selector("#map-tools input[value=pair]", state="attached")
    assert page.locator("#map-tools input[value=pair]").is_disabled()
    page.select_option("#tools-second", "")
    line.wait_for(state="detached")
    is_quiet(visit)


def test_a_raster_and_its_opacity(visit: Visit) -> None:
    page = start(visit, "?layer=nbi_any_pct&raster=earthquake_50y_mmi:40")
    image = page.locator(".leaflet-picture-pane img")
    image.wait_for()
    assert image.evaluate("one => one.style.opacity") == "0.4"
    page.click("#tools-toggle")
    page.wait_for_selector("#tools-raster")
    assert "7.5–8.5" in page.locator(".raster-classes").inner_text()
    slider = page.get_by_role("slider", name="Opacidad")
    slider.focus()
    page.keyboard.press("ArrowRight")
    visit.until(lambda: "raster=earthquake_50y_mmi:45" in page.url)
    assert image.evaluate("one => one.style.opacity") == "0.45"
    page.select_option("#tools-raster", "elevation_m")
    visit.until(lambda: "raster=elevation_m:45" in page.url)
    assert page.locator(".leaflet-picture-pane img").count() == 1
    is_quiet(visit)


@pytest.mark.parametrize("zoom", [0, 6])
def test_names_do_not_collide(visit: Visit, zoom: int) -> None:
    page = start(visit, "?over=border_post,labels,rivers,settlement")
    page.wait_for_selector(".map-name", state="attached")
    for _ in range(zoom):
        page.click(".leaflet-control-zoom-in")
        page.wait_for_timeout(350)
    page.wait_for_timeout(600)
    names = page.locator(".map-name, .map .office span")
    rows = boxes(names)
    assert len(rows) > 20
    assert collisions(rows) == 0
    signs = boxes(page.locator(".map .office"))
    assert collisions(np.vstack([boxes(page.locator(".map-name")), signs])) == 0
    assert page.locator("path.feature-rivers").count() > 3
    is_quiet(visit)


def test_facilities_come_when_asked_for_and_by_zoom(visit: Visit) -> None:
    page = start(visit, "")
    page.click("#tools-toggle")
    visit.requests.clear()
    facilities = page.get_by_role("checkbox", name="Establecimientos de salud")
    facilities.check()
    page.wait_for_selector("text=A esta escala: hospitales (II y III)")
    assert len([url for url in visit.requests if "/overlay/" in url]) == 1
    visit.until(lambda: "over=health_facility" in page.url)
    assert page.locator(".leaflet-places-pane canvas").count() == 1
    # What an address switched on is told where the panel is opened later.
    page.reload()
    page.wait_for_selector(".leaflet-places-pane canvas")
    page.click("#tools-toggle")
    page.wait_for_selector("text=A esta escala: hospitales (II y III)")
    facilities.uncheck()
    visit.until(lambda: "over=" not in page.url)
    is_quiet(visit)


def test_a_distance_is_that_of_the_great_circle(visit: Visit) -> None:
    page = start(visit, "?u=150132")
    page.wait_for_selector("#card h2")
    page.click("#tools-toggle")
    page.get_by_role("button", name="Medir").click()
    page.wait_for_selector(".measure-bar")
    places = []
    for x, y in ((760, 400), (800, 640), (700, 600)):
        place = page.evaluate(
            "([x, y]) => { const at = geoapp.map.leaflet().mouseEventToLatLng("
            "{ clientX: x, clientY: y }); return [at.lng, at.lat]; }",
            [x, y],
        )
        places.append(place)
        page.mouse.click(x, y)
        visit.until(lambda: page.locator(".measured-point").count() == len(places))
    told = page.locator(".measure-bar output").inner_text().replace("\u202f", "")
    points = np.array(places)
    lengths = great_circle_km(points, points)
    km = float(re.search(r"Distancia: ([\d.]+) km", told).group(1))  # type: ignore[union-attr]
    assert km == pytest.approx(lengths[0, 1] + lengths[1, 2], abs=0.6)
    area = float(re.search(r"Área: ([\d.]+) km²", told).group(1))  # type: ignore[union-attr]
    a, b, c = lengths[0, 1], lengths[1, 2], lengths[0, 2]
    half = (a + b + c) / 2
    # The plane triangle of these sides (Heron), a little smaller than that of the sphere.
    assert area == pytest.approx((half * (half - a) * (half - b) * (half - c)) ** 0.5, rel=0.01)
    page.keyboard.press("Escape")
    assert page.locator(".measure-bar").count() == 0
    assert page.locator(".measured-point").count() == 0
    # Esc ended the measuring alone, and no click chose a unit.
    assert "u=150132" in page.url
    is_quiet(visit)


def test_measuring_by_key_alone(visit: Visit) -> None:
    page = start(visit, "?lang=en")
    page.get_by_role("button", name="Map layers").press("Enter")
    page.get_by_role("button", name="Measure").press("Enter")
    page.wait_for_selector(".measure-bar")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Distance: ")
    page.get_by_role("button", name="Clear").press("Enter")
    assert page.locator(".measured-point").count() == 0
    page.get_by_role("button", name="End", exact=True).press("Enter")
    assert page.locator(".measure-bar").count() == 0
    is_quiet(visit)


def test_a_picture_is_wide_and_shows_the_map(visit: Visit, tmp_path: Path) -> None:
    page = start(visit, "?layer=nbi_any_pct&over=labels,rivers&raster=elevation_m:30")
    page.wait_for_selector(".leaflet-picture-pane img")
    page.wait_for_selector(".map-name", state="attached")
    page.click("#tools-toggle")
    visit.requests.clear()
    with page.expect_download() as asked:
        page.get_by_role("button", name="Descargar imagen").click()
    assert asked.value.suggested_filename.startswith("geoapp-nbi_any_pct-")
    asked.value.save_as(tmp_path / "picture.png")
    drawn = np.asarray(
        Image.open(io.BytesIO((tmp_path / "picture.png").read_bytes())).convert("RGB")
    )
    assert drawn.shape[1] >= 1600
    assert len(np.unique(drawn.reshape(-1, 3), axis=0)) > 200
    # Title and source line: ink on white above and below the map.
    assert (drawn[30:70, 32:600] < 100).any()
    assert (drawn[-60:, 32:600] < 150).any()
    page.wait_for_selector("text=Imagen lista")
    assert [url for url in visit.requests if "/overlay/" in url] == []
    is_quiet(visit)


def test_paper_has_title_legend_scale_north_and_source(visit: Visit) -> None:
    page = start(visit, "?layer=nbi_any_pct&over=rivers")
    page.wait_for_selector(".class-marks")
    page.wait_for_selector("path.feature-rivers", state="attached")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    head, foot = (page.locator(name).inner_text() for name in ("#print-head", "#print-foot"))
    assert "Con alguna NBI" in head
    assert re.search(r"[0-9a-f]{12}", head)
    assert "INEI" in foot
    assert "Natural Earth, ríos" in foot
    for shown in ("#legend .class-marks", ".leaflet-control-scale-line", "#map"):
        assert page.locator(shown).first.is_visible()
    for hidden in (".bar", ".ranking-panel", "#tools-toggle", ".leaflet-control-zoom"):
        assert page.locator(hidden).is_hidden()
    sign = "getComputedStyle(document.querySelector('.leaflet-control-scale'), '::after').content"
    assert "N" in page.evaluate(sign)
    is_quiet(visit)


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield Visit(page, served)
    page.close()


def test_a_phone_has_the_same_panel(phone: Visit) -> None:
    page = start(phone, "?layer=nbi_any_pct&with=elevation_m&way=swipe&over=labels")
    page.get_by_role("slider", name="Cortina").wait_for()
    page.wait_for_selector(".map-name", state="attached")
    assert collisions(boxes(page.locator(".map-name"))) == 0
    page.click("#tools-toggle")
    page.wait_for_selector("#tools-second")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    panel = page.locator("#map-tools").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 390
    is_quiet(phone)
