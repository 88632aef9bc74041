"""The page over a country of more units: ``python -m bench.growth_page``, in Chromium.

Each size is opened with a path for each unit and with vector tiles.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browser import ARGUMENTS, SIZE
from bench.growth import put_into
from bench.machine import load
from bench.more_units import grow
from bench.server import served
from geoapp.app import ids
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from layers.terms import AdminLevel

SIZES = (1_891, 18_000, 35_000, 50_000)
_PATIENCE = 600_000
"""Milliseconds for the server to start, and for the page to show its units."""
_FIRST = """() => {
  const [mark] = performance.getEntriesByName("geoapp-painted");
  const resources = performance.getEntriesByType("resource");
  const bytes = (part) => resources.filter((one) => one.name.includes(part)).map((one) => one.transferSize);
  const tiles = bytes("/units/").reduce((sum, one) => sum + one, 0);
  return { painted: mark.startTime, bytes: Math.max(0, ...bytes("/geometry/")) + tiles };
}"""
# Every unit gets the class after its own; the time is until two frames later.
_RECOLOUR = """() => new Promise((done) => {
  const { map } = window.geoapp;
  const paint = map.paint();
  const turned = [...paint.classes].map((one) => (one === "-" ? one : (Number(one) + 1) % paint.colours.length)).join("");
  const started = performance.now();
  map.show({ ...paint, classes: turned });
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started))));
})"""
# One zoom closer, until every unit that is seen is drawn again.
_ZOOM = """() => new Promise((done) => {
  const map = window.geoapp.map.leaflet();
  const started = performance.now();
  map.setZoom(map.getZoom() + 1, { animate: false });
  const look = () => {
    if (document.querySelector(".map canvas.unit-tile:not(.leaflet-tile-loaded)")) requestAnimationFrame(look);
    else requestAnimationFrame(() => done(performance.now() - started));
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""
_CALM = 3_000
"""Milliseconds until the table has its rows, which is no part of a change of colour."""
WAYS = {"trazos": sys.maxsize, "teselas": 1}
"""By name, the units from which a level is in tiles."""


@dataclass(frozen=True)
class Opened:
    """What one opening of the page cost."""

    units: int
    start: float
    """Seconds until the server answers."""
    painted: float
    """Milliseconds to the first units."""
    listed: float
    """Milliseconds to the first row of the table."""
    kilobytes: float
    """Of outlines, until then."""
    recoloured: float
    """Milliseconds in which every unit changes its colour."""
    zoomed: float
    """Milliseconds in which the map comes one zoom closer."""
    chosen: float
    """Milliseconds from the first choice of a row to its card."""
    megabytes: float
    """What the server held at most."""


def measure_page(wanted: int, store: Path, tiled_from: int) -> Opened:
    """Open the page over a grown country once.

    Parameters
    ----------
    wanted : int
        About how many units.
    store : Path
        An empty folder.
    tiled_from : int
        A level of at least as many units is drawn from tiles.

    Returns
    -------
    Opened
        Of a first visit.
    """
    settings = read_settings()
    catalogue = settings.country.catalogue
    built = read_build(settings.builds, catalogue).build
    finest = AdminLevel.DISTRICT
    grown = grow(built.levels[finest], catalogue, list(built.levels[finest].table.values), wanted)
    write_build(
        replace(built, levels={**built.levels, finest: grown}), store, tiled_from=tiled_from
    )
    return open_page(store, len(grown.units))


def open_page(store: Path, units: int) -> Opened:
    """Open the page over the country of a store; see `measure_page`."""
    with served(store, _PATIENCE / 1000) as at, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        page = browser.new_page(viewport=SIZE)
        page.goto(at.home, timeout=_PATIENCE)
        page.wait_for_selector(".ag-row", timeout=_PATIENCE)
        listed = page.evaluate("performance.now()")
        found = page.evaluate(_FIRST)
        page.wait_for_timeout(_CALM)
        recoloured = page.evaluate(_RECOLOUR)
        page.wait_for_timeout(_CALM)
        zoomed = page.evaluate(_ZOOM)
        page.wait_for_timeout(_CALM)
        # The tour of a first visit would take the click.
        page.keyboard.press("Escape")
        asked = page.evaluate("performance.now()")
        page.locator(".ag-row").first.click(timeout=_PATIENCE)
        page.wait_for_selector(f"#{ids.CARD} *", timeout=_PATIENCE)
        chosen = page.evaluate("performance.now()") - asked
        browser.close()
        held = _most_held(at.process.pid)
    kilobytes = found["bytes"] / 1000
    return Opened(
        units, at.seconds, found["painted"], listed, kilobytes, recoloured, zoomed, chosen, held
    )


def _most_held(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(float(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM"))


def told(way: str, found: Opened) -> str:
    """Return one opening as a row of a table."""
    return (
        f"| {found.units} | {way} | {found.start:.0f} s | {found.painted / 1000:.1f} s "
        f"| {found.listed / 1000:.1f} s | {found.kilobytes:.0f} KB "
        f"| {found.recoloured:.0f} ms | {found.zoomed:.0f} ms | {found.chosen / 1000:.1f} s "
        f"| {found.megabytes:.0f} MB |\n"
    )


def page_of(rows: Sequence[str], load: str) -> str:
    """Return the table of openings as Markdown."""
    return (
        f"Medido el {date.today().isoformat()}, una vez cada fila; carga de la máquina antes y "
        f"después: {load}.\n\n"
        "| unidades | dibujo | hasta que el servidor responde | hasta las primeras unidades "
        "| hasta la primera fila de la lista | geometría | otro color | un zoom más cerca "
        "| primera ficha | memoria del servidor |\n" + "|---" * 10 + "|\n" + "".join(rows)
    )


def main() -> int:
    """Print a row of a table for each size and way of drawing."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth_page", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="about how many units")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS), help="of drawing")
    parser.add_argument("--write", type=Path, help="also put the table into this page")
    given = parser.parse_args()
    rows = []
    before = load()
    for size in given.sizes:
        for way in given.ways:
            with tempfile.TemporaryDirectory(prefix="geoapp-growth-") as store:
                rows.append(told(way, measure_page(size, Path(store), WAYS[way])))
            sys.stdout.write(rows[-1])
            sys.stdout.flush()
    if given.write:
        put_into(given.write, page_of(rows, f"{before}, {load()}"), "bench.growth_page")
    return 0


if __name__ == "__main__":
    sys.exit(main())
