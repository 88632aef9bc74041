"""Where the parts of the page stand before the first answer fills them."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.map import inset_map
from geoapp.app.pages import PAGES
from geoapp.app.state import Page
from geoapp.words import LANGUAGES
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

_STORES = (
    *(ids.START, ids.ASKED, ids.VIEW, ids.PAGE, ids.PICKED, ids.PARTS, ids.OTHER, ids.PAINT),
    ids.MAP_TOOLS,
)


def page(country: CountryProfile, scenario: Scenario) -> Component:
    """Return the page: the place of a map that fills the screen, and panels that float over it.

    Parameters
    ----------
    country : CountryProfile
        Its inset.
    scenario : Scenario
        What has a slider.

    Returns
    -------
    Component
        With empty panels; the first callback fills them.
    """
    left = [_place(one.PAGE, "left", one.left(country, scenario)) for one in PAGES]
    if country.inset_box is not None:
        left.append(_inset_panel(country.inset_box, country.inset_name))
    left.append(_layer_panel())
    return html.Div(
        [
            *(dcc.Store(id=name) for name in _STORES),
            *(dcc.Store(id=ids.overlay_id(one.PAGE.value)) for one in PAGES),
            html.A(id=ids.SKIP, href=f"#{ids.ANSWERS}", className="skip"),
            _header(country),
            html.Main(
                [
                    html.H1(id=ids.HEADING, className="unseen"),
                    # The map was there before (assets/start.js), and moves in.
                    html.Section(id="map-place", className="map-place"),
                    html.Div(left, className="column left"),
                    _right_column(country, scenario),
                ],
                className="panels",
            ),
            _tools_toggle(),
            html.Section(id="map-tools", className="panel", hidden=True),
            # What changed, for who does not see it.
            html.P(id=ids.SAID, className="unseen", role="status"),
            html.Div(id=ids.NOTICE, className="notice", role="status"),
            html.Div(id=ids.OFFLINE, className="offline", role="alert", hidden=True),
            html.Div(id="refused", className="offline", role="alert", hidden=True),
            html.P(id="print-head", className="print-map"),
            html.P(id="print-foot", className="print-map"),
        ],
        style={"--links": len(PAGES) + 1},
    )


def _tools_toggle() -> Component:
    opens: dict[str, Any] = {"aria-expanded": "false", "aria-controls": "map-tools"}
    return html.Button(id=ids.TOOLS_TOGGLE, **opens)


def _header(country: CountryProfile) -> Component:
    return html.Header(
        [
            html.Button("☰", id="drawer-toggle", className="drawer-toggle"),
            html.Span([html.B("geoapp"), html.Span(f" {country.own_name}")], className="brand"),
            html.Nav(
                [*(_link(one.PAGE) for one in PAGES), _help(), _account()],
                id="nav",
                className="pages",
            ),
            html.Div(
                [
                    dcc.Input(id=ids.SEARCH, type="search", autoComplete="off"),
                    html.Ul(id=ids.SEARCH_RESULTS, hidden=True, **_role("listbox")),
                ],
                className="search",
                **_takes(ids.PICKED),
            ),
            dcc.RadioItems(
                id=ids.LANGUAGE,
                className="languages",
                options=[{"label": name.upper(), "value": name} for name in LANGUAGES],
                inline=True,
            ),
        ],
        className="bar",
    )


def _link(page: Page) -> Component:
    # The script lets the address keep the rest of the view.
    of_page: dict[str, Any] = {"data-page": page.value}
    return html.A(id=ids.nav_id(page.value), href=page.path, **of_page)


def _help() -> Component:
    return html.Button(id=ids.HELP, className="help")


def _account() -> Component:
    return html.Div(id=ids.ACCOUNT, className="account")


def _layer_panel() -> Component:
    return html.Section(
        [
            html.Div(
                [html.H2(id=ids.LAYER_HEAD), html.Button(id=ids.AS_TABLE, className="quiet")],
                className="panel-head",
            ),
            html.Label(
                [
                    html.Span(id=ids.OBJECTIVE_HEAD),
                    dcc.Dropdown(id=ids.OBJECTIVE, clearable=False, searchable=False),
                ],
                className="objective note",
            ),
            dcc.Dropdown(id=ids.LAYER, clearable=False, maxHeight=420, className="picker"),
            html.Div(id=ids.LEGEND, className="legend"),
        ],
        className="panel layer-panel",
    )


def _inset_panel(box: tuple[float, float, float, float], name: str) -> Component:
    return html.Section([html.H2(name), inset_map(box)], className="panel inset-panel")


def _right_column(country: CountryProfile, scenario: Scenario) -> Component:
    return html.Div(
        [
            html.Button(id="sheet-handle", className="sheet-handle"),
            dcc.RadioItems(id=ids.LEVEL, className="segments level", inline=True),
            *(_place(one.PAGE, "right", one.right(country, scenario)) for one in PAGES),
        ],
        id=ids.ANSWERS,
        className="column right",
    )


def _place(page: Page, side: str, panels: list[Component]) -> Component:
    """Return the place of the panels of a page, which is seen while the page is open."""
    return html.Div(panels, className=f"page {page} {side}-page")


def _takes(store: str) -> dict[str, Any]:
    """Name the Store that a search tells what was found."""
    return {"data-takes": store}


def _role(name: str) -> dict[str, Any]:
    return {"role": name}
