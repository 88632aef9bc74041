"""Quick acts on a slow server: the page ends in the last one, in every part of it."""

import pytest

from bench.browser import choose
from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]

HEADS = {"es": "Dónde primero", "en": "Where first"}


SLOW = """(() => {
  const plain = window.fetch.bind(window);
  window.delays = [];
  window.fetch = async (...request) => {
    const isAct = String(request[0].url || request[0]).includes("_dash-update-component");
    const wait = isAct && window.delays.length ? window.delays.shift() : 0;
    const answer = await plain(...request);
    await new Promise((done) => setTimeout(done, wait));
    return answer;
  };
})()"""


@pytest.fixture
def slow(visit: Visit) -> Visit:
    """A page to which answers can be made to come late, each by its own milliseconds."""
    visit.page.add_init_script(SLOW)
    return visit


def slow_down(visit: Visit, delays: list[int]) -> None:
    visit.page.evaluate("delays => { window.delays = delays; }", delays)


def settle(visit: Visit) -> None:
    visit.page.wait_for_timeout(700)
    visit.until(lambda: visit.page.locator("[data-dash-is-loading]").count() == 0)


@pytest.mark.parametrize("delays", [[1200, 0], [0, 600], [500, 500, 0]])
def test_two_levels_in_a_row_end_in_the_last(slow: Visit, delays: list[int]) -> None:
    visit, page = slow, slow.open()
    settle(visit)
    slow_down(visit, delays)
    acts = """async (words) => {
      for (const word of words) {
        [...document.querySelectorAll("#level label")].find((one) => one.textContent === word).click();
        await new Promise((done) => setTimeout(done, 90));
      }
    }"""
    page.evaluate(acts, ["Región", "Provincia"])
    visit.until(lambda: page.locator(".map path.unit").count() == 196)
    settle(visit)
    assert "level=province" in page.url
    assert page.locator("#level input:checked").get_attribute("value") == "province"
    assert page.locator(".map path.unit").count() == 196
    assert "196 provincias" in page.locator("#ranking-head").inner_text()
    assert page.locator(".ag-header-cell-text").nth(1).inner_text() == "Provincia"
    assert page.evaluate("dash_ag_grid.getApi('ranking').getDisplayedRowCount()") == 196
    assert visit.complaints == []


@pytest.mark.parametrize("delays", [[1200, 0], [0, 600]])
def test_two_languages_in_a_row_end_in_the_last(slow: Visit, delays: list[int]) -> None:
    visit, page = slow, slow.open("?lang=en")
    settle(visit)
    slow_down(visit, delays)
    acts = """async () => {
      const [spanish, english] = document.querySelectorAll("#language label");
      spanish.click();
      await new Promise((done) => setTimeout(done, 90));
      english.click();
    }"""
    page.evaluate(acts)
    page.wait_for_timeout(2500)
    visit.until(lambda: page.locator(".ag-header-cell-text").nth(1).inner_text() == "District")
    settle(visit)
    assert page.locator("#language input:checked").get_attribute("value") == "en"
    assert page.locator("#ranking-head h2").inner_text() == HEADS["en"]
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in page.url
    assert page.locator(".ag-header-cell-text").nth(1).inner_text() == "District"
    assert page.locator("#weights-head").inner_text() == "What counts"
    assert visit.complaints == []


def test_a_layer_a_level_and_a_page_in_a_row_all_hold(slow: Visit) -> None:
    visit, page = slow, slow.open()
    settle(visit)
    slow_down(visit, [800, 100, 400, 0])
    acts = """async () => {
      const pause = () => new Promise((done) => setTimeout(done, 70));
      dash_clientside.set_props("layer", { value: "nbi_any_pct" });
      await pause();
      [...document.querySelectorAll("#level label")].find((one) => one.textContent === "Región").click();
      await pause();
      document.querySelectorAll("nav a")[1].click();
      await pause();
      window.geoapp.choose("24");
    }"""
    page.evaluate(acts)
    visit.until(lambda: page.locator("#sheet h2").count() == 1)
    visit.until(lambda: page.locator("#sheet h2").inner_text() == "Tumbes")
    visit.until(lambda: page.locator(".map path.unit").count() == 25)
    settle(visit)
    assert page.url.endswith("/territorio?level=region&layer=nbi_any_pct&u=24")
    assert visit.complaints == []


# By frame: whether some unit changed its colour, and whether the legend changed.
FRAMES = """() => {
  const units = [];
  window.geoapp.map.leaflet().eachLayer((one) => {
    if (one.feature && one.options.className === "unit") units.push(one);
  });
  const seen = () => [
    units.map(({ options }) => options.fillColor).join(),
    document.getElementById("legend").textContent,
  ];
  let before = seen();
  window.frames_seen = [];
  const look = () => {
    const now = seen();
    window.frames_seen.push(now.map((one, part) => one !== before[part]));
    before = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""


def test_a_layer_is_drawn_with_its_legend_before_the_server_answers(slow: Visit) -> None:
    visit, page = slow, slow.open()
    settle(visit)
    page.evaluate(FRAMES)
    slow_down(visit, [4000, 500])
    former, legend = visit.fill("150132"), page.locator("#legend").inner_text()
    choose(page, "not_literate_pct")
    assert visit.fill("150132") != former
    assert "layer=not_literate_pct" not in page.url
    choose(page, "severity_health")
    assert page.locator("#legend .step").count() == 5
    visit.until(lambda: "layer=severity_health" in page.url)
    settle(visit)
    # Each of the two layers came once: the late answer to the first one took nothing back.
    changes = [seen for seen in page.evaluate("window.frames_seen") if any(seen)]
    assert changes == [[True, True], [True, True]]
    page.go_back()
    visit.until(lambda: page.locator("#legend").inner_text() == legend)
    assert visit.fill("150132") == former
    assert visit.complaints == []
