"""Where the parts of the page stand before the first answer fills them."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.map import inset_map, main_map
from geoapp.app.state import MAX_WEIGHT
from geoapp.words import LANGUAGES
from layers.decide.scenario import Scenario
from layers.spec import CountryProfile

_STORES = (ids.VIEW, ids.PICKED, ids.PAINT, ids.ROWS, ids.FIRST_ROWS, ids.READY)


def page(country: CountryProfile, addresses: dict[str, str], scenario: Scenario) -> Component:
    """Return the page: a map that fills the screen, and panels that float over it.

    Parameters
    ----------
    country : CountryProfile
        Box, inset and offices.
    addresses : dict
        Addresses of what the map draws.
    scenario : Scenario
        What has a slider.

    Returns
    -------
    Component
        With empty panels; the first callback fills them.
    """
    left = [_weights_panel(scenario)]
    if country.inset_box is not None:
        left.append(_inset_panel(country.inset_box, country.inset_name))
    left.append(_layer_panel())
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            *(dcc.Store(id=name) for name in _STORES),
            _header(country),
            main_map(addresses, country.box, _offices(country)),
            html.Main(
                [html.Div(left, className="column left"), _right_column()], className="panels"
            ),
            html.Div(id=ids.NOTICE, className="notice", role="status"),
            html.Div(id=ids.OFFLINE, className="offline", role="alert", hidden=True),
            html.Div(id="hover", hidden=True),
        ]
    )


def _header(country: CountryProfile) -> Component:
    return html.Header(
        [
            html.Button("☰", id="drawer-toggle", className="drawer-toggle", **_name("Menú")),
            html.Span([html.B("geoapp"), html.Span(f" {country.own_name}")], className="brand"),
            html.Div(
                [
                    dcc.Input(id=ids.SEARCH, type="search", autoComplete="off"),
                    html.Ul(id=ids.SEARCH_RESULTS, hidden=True, **_role("listbox")),
                ],
                className="search",
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


def _weights_panel(scenario: Scenario) -> Component:
    rows = [
        html.Div(
            [
                html.Span(id=ids.weight_label_id(layer)),
                dcc.Slider(
                    id=ids.weight_id(layer),
                    min=0,
                    max=MAX_WEIGHT,
                    step=1,
                    value=weight,
                    marks=None,
                    allow_direct_input=False,
                ),
                html.Output(id=ids.weight_value_id(layer)),
            ],
            className="weight",
        )
        for layer, weight in scenario.weights
    ]
    return html.Section(
        [
            html.Div(
                [html.H2(id=ids.WEIGHTS_HEAD), html.Button(id=ids.RESET, className="quiet")],
                className="panel-head",
            ),
            *rows,
            html.P(id=ids.WITHHELD, className="note"),
        ],
        className="panel weights",
    )


def _layer_panel() -> Component:
    return html.Section(
        [
            html.H2(id=ids.LAYER_HEAD),
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


def _right_column() -> Component:
    head = html.Div(
        [
            html.Div(id=ids.RANKING_HEAD),
            dcc.RadioItems(id=ids.LEVEL, className="segments", inline=True),
        ],
        className="panel-head",
    )
    return html.Div(
        [
            html.Button(id="sheet-handle", className="sheet-handle", **_name("Lista")),
            html.Section(
                [head, html.Div(id=ids.RANKING_SLOT, className="ranking-slot")],
                className="panel ranking-panel",
            ),
            html.Section(id=ids.CARD, className="panel card"),
        ],
        className="column right",
    )


def _offices(country: CountryProfile) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": office.name},
                "geometry": {"type": "Point", "coordinates": [office.lon, office.lat]},
            }
            for office in country.offices
        ],
    }


def _role(name: str) -> dict[str, Any]:
    return {"role": name}


def _name(text: str) -> dict[str, Any]:
    """Return the accessible name of a control that shows a sign instead of a word."""
    return {"aria-label": text}
