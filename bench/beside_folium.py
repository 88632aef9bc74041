"""A map of the same table by folium.Choropleth: what it weighs, and when its polygons stand."""

import gzip
import shutil
import tempfile
import time
from pathlib import Path

import folium
from branca.element import Element
from playwright.sync_api import sync_playwright

from bench.browser import ARGUMENTS, SIZE
from bench.measure import Measure, kilobytes
from geoapp.maps.page import figure_of, inlined
from geoapp.store.builds import Stored

# Its scripts stand in the page and run in order: when it is read, the polygons are there.
_DRAWN = 'performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd'


def measure_folium(stored: Stored, layers: list[str], runs: int) -> list[Measure]:
    """Measure what one would do without the product: a file for each map, opened in Chromium.

    Parameters
    ----------
    stored : Stored
        The build; its finest level is drawn with the outlines of the page.
    layers : list of str
        Two layers; folium changes colours by another file.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        Bytes, time to polygons, and time to other colours. Empty where there is no Chromium.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        return []
    drawn: list[float] = []
    changed: list[float] = []
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name, sync_playwright() as driver:
        file = Path(name) / "map.html"
        browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_page(viewport=SIZE)
        for run in range(runs + 1):
            started = time.perf_counter()
            file.write_text(choropleth(stored, layers[run % 2]), encoding="utf-8")
            made = time.perf_counter() - started
            page.goto(file.as_uri())
            drawn.append(float(page.evaluate(_DRAWN)))
            changed.append(1000 * made + drawn[-1])
        content = file.read_bytes()
        browser.close()
    size = kilobytes([len(content)])
    return [
        Measure(name="folium.Choropleth: bytes", unit="KB", samples=size),
        Measure(
            name="folium.Choropleth: bytes, gzipped",
            unit="KB",
            samples=kilobytes([len(gzip.compress(content))]),
        ),
        Measure(
            name="folium.Choropleth: a file that is there, to polygons",
            unit="ms",
            samples=tuple(drawn[1:]),
        ),
        Measure(
            name="folium.Choropleth: other colours, which are another file",
            unit="ms",
            samples=tuple(changed[1:]),
        ),
    ]


def choropleth(stored: Stored, layer: str) -> str:
    """Return the page of a layer as folium writes it, with Leaflet inside and without legend.

    Parameters
    ----------
    stored : Stored
        The build.
    layer : str
        Of its finest level.

    Returns
    -------
    str
        HTML.
    """
    made = stored.build.levels[next(iter(stored.build.levels))]
    page = folium.Map(tiles=None)
    page.default_js, page.default_css = [], []
    for name in ("leaflet.css", "leaflet.js"):
        figure_of(page).header.add_child(Element(inlined(name)), name=name)
    values = made.table.layer(layer).dropna()
    drawn = folium.Choropleth(
        geo_data=made.outlines.to_json(), data=values, key_on="feature.id", fill_color="YlOrRd"
    )
    # Its legend asks another host for a script: without it both maps need no network.
    drawn._children.pop(drawn.color_scale.get_name())
    drawn.add_to(page)
    text: str = page.get_root().render()
    return text
