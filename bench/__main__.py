"""``python -m bench``: measure the product on this machine with the files of its mirror."""

import argparse
import datetime
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.beside_folium import measure_folium
from bench.browser import measure_browser
from bench.chain import measure_build, measure_ranking, measure_store
from bench.changed import measure_changed
from bench.focus import measure_focus
from bench.machine import describe, load
from bench.measure import Measure
from bench.page import measure_page
from bench.report import report
from bench.robust import measure_robust
from bench.server import measure_start
from bench.zonal import measure_zonal
from geoapp.store.builds import read_build
from layers.catalogue import CATALOGUE
from layers.decide.scenarios import DEFAULT

PAGE = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
ITEMS = ("build", "store", "zonal", "rank", "robust", "focus", "page", "start", "browser", "folium")


def main() -> int:
    """Measure what is asked for, print it, and write it where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="samples behind each median")
    parser.add_argument("--only", nargs="+", choices=ITEMS, default=ITEMS, help="some items")
    parser.add_argument("--write", action="store_true", help=f"also write docs/{PAGE.name}")
    given = parser.parse_args()
    if given.runs < 1:
        parser.error("--runs is at least 1")
    before = load()
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as store:
        measures = measure(Path(store), tuple(given.only), given.runs)
    machine = describe() | {"load, before and after": f"{before}, {load()}"}
    text = report(measures, machine, datetime.date.today().isoformat(), given.runs)
    sys.stdout.write(text)
    if given.write:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


def measure(store: Path, only: tuple[str, ...], runs: int) -> list[Measure]:
    """Measure some items; the others need a build, which is made once where it is not measured.

    Parameters
    ----------
    store : Path
        An empty folder.
    only : tuple of str
        Of ``ITEMS``.
    runs : int
        Samples behind each median.

    Returns
    -------
    list of Measure
        In the order of ``ITEMS``.
    """
    _tell("build")
    built = measure_build(store, runs if "build" in only else 1)
    found = [*built, *measure_changed(store, runs)] if "build" in only else []
    stored = read_build(store)
    finest = stored.build.levels[next(iter(stored.build.levels))]
    areas = [name for name, _ in DEFAULT.weights if CATALOGUE.layer(name).breaks]
    acts: dict[str, Callable[[], list[Measure]]] = {
        "store": lambda: measure_store(stored, runs),
        "zonal": lambda: measure_zonal(store, runs),
        "rank": lambda: measure_ranking(stored, CATALOGUE, DEFAULT, runs),
        "robust": lambda: measure_robust(len(finest.units), runs),
        "focus": lambda: measure_focus(stored, CATALOGUE, DEFAULT, runs),
        "page": lambda: measure_page(stored, CATALOGUE, DEFAULT, runs),
        "start": lambda: measure_start(store, runs),
        "browser": lambda: measure_browser(store, areas, runs),
        "folium": lambda: measure_folium(stored, areas, runs),
    }
    for name, act in acts.items():
        if name in only:
            _tell(name)
            measures = act()
            if not measures:
                _tell(f"{name}: left out, there is no chromium on this machine")
            found += measures
    return found


def _tell(line: str) -> None:
    sys.stderr.write(f"bench: {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
