"""The page over a country of more units: ``python -m bench.growth_page``, in Chromium."""

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.browser import ARGUMENTS, SIZE
from bench.growth import grow
from bench.server import served
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from layers.terms import AdminLevel

SIZES = (1_891, 5_000, 10_000, 20_000, 50_000)
_PATIENCE = 600_000
"""Milliseconds for the server to start, and for the page to show its units."""
_PAINTED = """() => {
  const [mark] = performance.getEntriesByName("geoapp-painted");
  const geometry = performance.getEntriesByType("resource").filter((one) => one.name.includes("/geometry/"));
  return {
    painted: mark.startTime,
    bytes: Math.max(0, ...geometry.map((one) => one.transferSize)),
  };
}"""


def measure_page(wanted: int, store: Path) -> tuple[int, float, float, float]:
    """Open the page over a grown country once.

    Parameters
    ----------
    wanted : int
        About how many units.
    store : Path
        An empty folder.

    Returns
    -------
    tuple
        Units, seconds until the server answers, milliseconds to the first polygons, and
        kilobytes of their geometry.
    """
    settings = read_settings()
    catalogue = settings.country.catalogue
    built = read_build(settings.builds, catalogue).build
    finest = AdminLevel.DISTRICT
    grown = grow(built.levels[finest], catalogue, list(built.levels[finest].table.values), wanted)
    write_build(replace(built, levels={**built.levels, finest: grown}), store)
    with served(store, _PATIENCE / 1000) as at, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        page = browser.new_page(viewport=SIZE)
        page.goto(at.home, timeout=_PATIENCE)
        page.wait_for_selector("path.unit", state="attached", timeout=_PATIENCE)
        found = page.evaluate(_PAINTED)
        browser.close()
    return len(grown.units), at.seconds, found["painted"], found["bytes"] / 1000


def main() -> int:
    """Print a row of a table for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth_page", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="about how many units")
    for size in parser.parse_args().sizes:
        with tempfile.TemporaryDirectory(prefix="geoapp-growth-") as store:
            units, start, painted, kilobytes = measure_page(size, Path(store))
        sys.stdout.write(
            f"| {units} | {start:.0f} s | {painted / 1000:.1f} s | {kilobytes:.0f} KB |\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
