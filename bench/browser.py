"""The page in a real browser: time to the first polygons, bytes, recolouring."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bench.measure import Measure, kilobytes
from bench.server import served
from geoapp.app import ids
from geoapp.words import DEFAULT_LANGUAGE, say

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE: ViewportSize = {"width": 1440, "height": 900}
NO_TOUR = "try { localStorage.setItem('geoapp-tour', '1') } catch {}"
# Bytes on the wire of everything that has ended by a time; a cached file is 0.
_WEIGHT = """() => {
  const [mark] = performance.getEntriesByName("geoapp-painted");
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const sum = (entries) => entries.reduce((bytes, entry) => bytes + entry.transferSize, 0);
  return {
    painted: mark.startTime,
    before: sum(all.filter((entry) => entry.responseEnd <= mark.startTime)),
    all: sum(all),
  };
}"""
# Watches the fill of every unit frame by frame from the next click on: `wall` ends with the last
# frame in which one changed, `script` is the time inside the page's own painting.
_WATCH = """() => { window.recoloured = new Promise((done) => {
  const map = window.geoapp.map;
  const units = [];
  map.leaflet().eachLayer((one) => { if (one.feature && one.options.className === "unit") units.push(one); });
  const fills = () => units.map(({ options }) => options.fillColor).join();
  const before = fills();
  let script = null, wall = null, last = before, calm = 0, started = null;
  const show = map.show;
  map.show = (data) => {
    const began = performance.now();
    show(data);
    if (script === null) script = performance.now() - began;
  };
  const look = () => {
    const now = fills();
    if (now !== last) { wall = performance.now() - started; last = now; calm = 0; }
    else calm += 1;
    if ((wall === null || calm < 20) && performance.now() - started < 5000) return requestAnimationFrame(look);
    map.show = show;
    done({ script: script, wall: wall });
  };
  addEventListener("click", () => { started = performance.now(); requestAnimationFrame(look); }, { capture: true, once: true });
}); }"""
_REST = 300.0
"""Milliseconds that a hand rests on a name before it presses."""


@dataclass(frozen=True)
class Opened:
    """What opening the page once came to."""

    painted: float
    """Milliseconds from navigation to the mark of the first polygons."""
    before: float
    all: float


def measure_browser(store: Path, layers: list[str], runs: int) -> list[Measure]:
    """Measure the page in Chromium, each first visit with an empty cache.

    Parameters
    ----------
    store : Path
        Holds a build.
    layers : list of str
        Layers that are drawn as areas; each is chosen once before one comes again.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        Empty where there is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        return []
    first: list[Opened] = []
    again: list[Opened] = []
    recolours: list[dict[str, Any]] = []
    with served(store) as at, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for _ in range(runs):
            with_context(browser, lambda context: visit(context, at.home, first, again))
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(NO_TOUR)
        open_page(page, at.home)
        for run in range(runs + 1):
            recolours.append(choose(page, layers[run % len(layers)]))
        browser.close()
    return _measures(first, again, [one for one in recolours[1:] if one["wall"] is not None])


def with_context(browser: Browser, act: Callable[[BrowserContext], None]) -> None:
    """Do something in a context with a cache of its own."""
    context = browser.new_context(viewport=SIZE)
    act(context)
    context.close()


def visit(context: BrowserContext, home: str, first: list[Opened], again: list[Opened]) -> None:
    """Open the page twice in one context and keep what each came to."""
    for kept in (first, again):
        page = context.new_page()
        kept.append(open_page(page, home))
        page.close()


def open_page(page: Page, home: str) -> Opened:
    """Open the page, wait for map, table and silence, and weigh it."""
    page.goto(home)
    page.wait_for_selector("path.unit", state="attached")
    page.wait_for_selector(".ag-row")
    page.wait_for_load_state("networkidle")
    return Opened(**page.evaluate(_WEIGHT))


def choose(page: Page, layer: str) -> dict[str, Any]:
    """Choose a layer from its list by hand, and tell how long it was until it was drawn."""
    page.click(f"#{ids.LAYER}")
    page.fill(".dash-dropdown-search", say(f"layer.{layer}.title", DEFAULT_LANGUAGE))
    option = page.locator(f".dash-dropdown-content label:has(input[value='{layer}'])")
    option.hover()
    page.wait_for_timeout(_REST)
    page.evaluate(_WATCH)
    page.mouse.down()
    page.mouse.up()
    told: dict[str, Any] = page.evaluate("window.recoloured")
    page.wait_for_load_state("networkidle")
    return told


def _measures(
    first: list[Opened], again: list[Opened], recolours: list[dict[str, Any]]
) -> list[Measure]:
    def weigh(name: str, sizes: list[float], target: float) -> Measure:
        return Measure(name=name, unit="KB", samples=kilobytes(sizes), target=target)

    found = [
        Measure(
            name="browser: navigation to first polygons",
            unit="ms",
            samples=tuple(one.painted for one in first),
            target=800.0,
        ),
        Measure(
            name="browser: the same, second visit",
            unit="ms",
            samples=tuple(one.painted for one in again),
        ),
        weigh("browser: bytes before first polygons", [one.before for one in first], 700),
        weigh("browser: bytes in all", [one.all for one in first], 1600),
        weigh("browser: bytes of a second visit", [one.all for one in again], 50),
    ]
    scripts = [one["script"] for one in recolours if one["script"] is not None]
    if scripts:
        found.append(
            Measure(
                name="browser: recolour, script alone",
                unit="ms",
                samples=tuple(scripts),
                target=50.0,
            )
        )
    if recolours:
        found.append(
            Measure(
                name="browser: recolour, choice to last polygon",
                unit="ms",
                samples=tuple(one["wall"] for one in recolours),
                target=50.0,
            )
        )
    return found
