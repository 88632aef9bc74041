"""A planner asks the card how a figure came to be, and what can be trusted."""

import pytest

from tests.journeys.conftest import Visit

pytestmark = [pytest.mark.peru, pytest.mark.journey]


def test_the_card_tells_how_a_figure_came_to_be(visit: Visit) -> None:
    page = visit.open("?u=240101&layer=pin_wash")
    page.wait_for_selector("#card h2")
    row = page.locator("#card tr.shown:not(.why-row)")
    chain = page.locator("#card tr.shown.why-row")
    assert "confianza baja" in row.inner_text()
    assert "Confianza baja en todas las unidades." in page.locator("#legend").inner_text()
    visit.requests.clear()
    row.locator("button").click()
    chain.locator(".why").first.wait_for()
    told = chain.inner_text()
    assert "lo menor entre" in told
    assert "Total nacional" in told
    assert "762\u202f000 personas" in told
    assert len([url for url in visit.requests if "_dash-update" in url]) == 1
    row.locator("button").click()
    visit.until(lambda: chain.locator(".why").count() == 0)
    assert visit.complaints == []
    assert visit.foreign == []


def test_low_confidence_is_hatched_where_it_tells_units_apart(visit: Visit) -> None:
    page = visit.open("?layer=nbi_any_pct")
    assert visit.fill("130112").startswith("url(#hatch-")
    assert visit.fill("150132").startswith("#")
    assert "rayado: confianza baja" in page.locator("#legend").inner_text()
    assert visit.complaints == []
