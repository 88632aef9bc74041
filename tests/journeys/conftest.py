"""A served page and a real browser. Both are this machine's own; nothing is downloaded."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dash import Dash
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from bench.browser import ARGUMENTS
from geoapp.app import create_app
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from tests import loopback


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI requires Debian's chromium; apt-get install chromium")
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served(peru: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the page over the real country."""
    store = tmp_path_factory.mktemp("served")
    yield from serve(peru, store)


def serve(built: Build, store: Path, decisions: Path | None = None) -> Iterator[str]:
    """Serve a build on a free port until the test is over."""
    write_build(built, store)
    with listening(create_app(read_build(store), decisions=decisions)) as home:
        yield home


@contextmanager
def listening(app: Dash) -> Iterator[str]:
    """Serve a page on a free port until the block ends."""
    with loopback.listening(app.server, threads=8) as port:
        yield f"http://127.0.0.1:{port}"


DRAWN = """(code) => {
  let colour = null;
  window.geoapp.map.leaflet().eachLayer(({ feature, options }) => {
    const isUnit = feature && options.className === "unit" && options.pane === "overlayPane";
    if (isUnit && feature.properties.u === code) colour = options.fillColor;
  });
  return colour;
}"""


class Visit:
    """A page with what it asked for and what it complained of."""

    def __init__(self, page: Page, home: str, is_first: bool = False) -> None:
        self.page = page
        self.home = home
        if not is_first:
            # The tour of a first visit would stand before all that is tested.
            page.add_init_script("try { localStorage.setItem('geoapp-tour', '1') } catch {}")
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, said: ConsoleMessage) -> None:
        # Chromium says after some seconds that what was loaded ahead is not used yet: that is the
        # pace of the machine.
        if said.type in ("error", "warning") and "was preloaded using" not in said.text:
            self.complaints.append(said.text)

    def open(self, query: str = "") -> Page:
        """Open the page and wait for map and table."""
        self.page.goto(f"{self.home}/{query}")
        self.page.wait_for_selector("path.unit", state="attached")
        self.page.wait_for_selector(".ag-row")
        return self.page

    def fill(self, code: str) -> str:
        """Colour in which a unit is drawn on the main map."""
        return str(self.page.evaluate(DRAWN, code))

    def until(self, condition: Callable[[], bool], seconds: float = 15) -> None:
        """Wait for a condition; the page's policy forbids Playwright's own evaluated strings."""
        if not self.seen_in_time(condition, seconds):
            raise AssertionError(f"the page did not get there: {self.page.url}; {self.complaints}")

    def seen_in_time(self, condition: Callable[[], bool], seconds: float = 3) -> bool:
        """Whether a condition comes true while the page is watched."""
        for _ in range(int(seconds * 20)):
            if condition():
                return True
            self.page.wait_for_timeout(50)
        return False

    @property
    def foreign(self) -> list[str]:
        """Requests to another host."""
        own = (self.home, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield Visit(page, served)
    page.close()
