"""What the page may weigh: on the first visit, on the return, and on a change of layer."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench.browser import choose
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

KB = 1000
# Bytes on the wire as the browser counts them: a file from its cache is 0. What runs after the
# polygons may come while they are drawn.
TRANSFERS = """() => {
  const [mark] = performance.getEntriesByName("geoapp-painted");
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const later = [...document.getElementById("rest").content.querySelectorAll("script[src]")];
  const ahead = later.map((script) => new URL(script.getAttribute("src"), location.origin).href);
  return all.map((entry) => [
    entry.name, entry.transferSize, entry.responseEnd <= mark.startTime, ahead.includes(entry.name),
  ]);
}"""


@dataclass(frozen=True)
class Weight:
    """Name, bytes, whether it had come before the first polygons, and whether it runs after them."""

    transfers: list[tuple[str, int, bool, bool]]

    @property
    def before(self) -> int:
        return sum(size for _, size, is_before, _ in self.transfers if is_before)

    @property
    def needed(self) -> int:
        """Bytes that the first polygons wait for."""
        return sum(size for _, size, before, is_ahead in self.transfers if before and not is_ahead)

    @property
    def all(self) -> int:
        return sum(size for _, size, _, _ in self.transfers)

    @property
    def heaviest(self) -> str:
        """The ten heaviest, for the message of a failure."""
        ordered = sorted(self.transfers, key=lambda transfer: -transfer[1])[:10]
        return "\n".join(f"{size:>9,} {name}" for name, size, _, _ in ordered)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that was never here."""
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    yield made
    made.close()


def weigh(page: Page, home: str) -> Weight:
    """Open the page, wait for map, table and silence, and weigh what came."""
    Visit(page, home, is_first=True).open()
    page.wait_for_load_state("networkidle")
    return Weight([tuple(transfer) for transfer in page.evaluate(TRANSFERS)])


def test_the_first_polygons_wait_for_little(context: BrowserContext, served: str) -> None:
    weight = weigh(context.new_page(), served)
    assert 0 < weight.needed <= 410 * KB, weight.heaviest
    assert weight.before <= 620 * KB, weight.heaviest
    assert weight.before < weight.all <= 1290 * KB, weight.heaviest


def test_who_comes_back_loads_almost_nothing(context: BrowserContext, served: str) -> None:
    weigh(context.new_page(), served)
    weight = weigh(context.new_page(), served)
    assert 0 < weight.all <= 50 * KB, weight.heaviest


def test_a_layer_change_is_one_look_and_one_act(visit: Visit) -> None:
    page = visit.open()
    page.wait_for_load_state("networkidle")
    before = visit.fill("150132")
    visit.requests.clear()
    assert choose(page, "not_literate_pct")["wall"] > 0
    assert visit.fill("150132") != before
    page.wait_for_load_state("networkidle")
    look, act = visit.requests
    assert "/look.json?" in look
    assert "layer=not_literate_pct" in look
    assert "_dash-update-component" in act
    assert visit.complaints == []
    assert visit.foreign == []
