"""The pages of the product, one module each, in the order of the links above the map.

All share one map, level, layer, legend, search, language and chosen unit; a page adds panels.
To add one: a module here with the names of ``PageModule``, its line in ``PAGES``, and the words
``nav.<page>`` in ``geoapp/text``. Path, link, panels, history and overlay follow from that.

The answer to an act is one request for the whole screen: a page says in ``parts`` which of its
components that answer fills, and ``answer`` is asked only while the page is open. A page with
controls of its own takes a Store among its parts as the view that its own callbacks hear. What
it draws above the units is the Store ``ids.overlay_id(PAGE)`` (assets/overlay.js): ``areas``
(GeoJSON whose properties have a colour, a class or both), ``lines`` (lists of [lon, lat], or path,
width and kind), ``circles`` (lon, lat, radius in pixels, kind), ``points`` (lon, lat, label, kind;
with an id, one that is dragged and told to ``geoapp.hold``) and ``fit`` (west, south, east, north).

A script that a visitor may never need is ``assets/late_<name>.js``: it weighs nothing on the first
visit, and ``geoapp.need("<name>").then(…)`` loads it once.
"""

from typing import Any, Protocol

from dash import Dash, Output
from dash.development.base_component import Component

from geoapp.app.pages import data, emergency, offices, priorities, territory
from geoapp.app.state import Page, ViewState
from geoapp.app.view import Views
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile


class PageModule(Protocol):
    """What the shell asks of a page."""

    PAGE: Page

    def left(self, country: CountryProfile, scenario: Scenario) -> list[Component]:
        """Return its panels left of the map, empty; the answer fills them."""

    def right(self, country: CountryProfile, scenario: Scenario) -> list[Component]:
        """Return its panels right of the map, empty; the answer fills them."""

    def parts(self) -> dict[str, Output]:
        """Return what the answer to every act fills while the page is open."""

    def answer(self, views: Views, view: ViewState, before: ViewState | None) -> dict[str, Any]:
        """Return the values of its parts; ``before`` is None where the page was just opened."""

    def register(self, app: Dash, views: Views) -> None:
        """Register the callbacks of its own controls."""


PAGES: tuple[PageModule, ...] = (priorities, territory, emergency, offices, data)
