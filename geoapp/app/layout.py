"""Where the parts of the page stand before the first answer fills them."""

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.map import inset_map, main_map
from geoapp.app.routes import Geometries
from geoapp.words import say
from layers.spec import CountryProfile
from layers.terms import AdminLevel


def page(country: CountryProfile, geometries: Geometries) -> Component:
    """Return the page: a map that fills the screen, and panels that float over it.

    Parameters
    ----------
    country : CountryProfile
        Box, inset and offices.
    geometries : Geometries
        Addresses of what the map draws.

    Returns
    -------
    Component
        With empty panels; the first callback fills them.
    """
    offices = {
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
    level = AdminLevel.DISTRICT
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            *(dcc.Store(id=name) for name in (ids.VIEW, ids.PICKED, ids.PAINT, ids.READY)),
            _header(),
            main_map(geometries.addresses(level), country.box, offices),
            html.Main(
                [
                    html.Div(
                        [
                            _layer_panel(),
                            _inset_panel(country, geometries, level),
                            html.Section(id=ids.LEGEND, className="panel legend"),
                        ],
                        className="column left",
                    ),
                    html.Div(
                        [
                            html.Section(
                                [
                                    html.Div(id=ids.RANKING_HEAD),
                                    html.Div(id=ids.RANKING_SLOT, className="ranking-slot"),
                                ],
                                className="panel ranking-panel",
                            ),
                            html.Section(id=ids.CARD, className="panel card"),
                        ],
                        className="column right",
                    ),
                ],
                className="panels",
            ),
            html.Div(id=ids.NOTICE, className="notice", role="status"),
            html.Div(id="hover", hidden=True),
        ]
    )


def _header() -> Component:
    return html.Header(
        [html.Span([html.B("geoapp"), html.Span(" Perú")], className="brand")], className="bar"
    )


def _layer_panel() -> Component:
    return html.Section(
        [
            html.H2(say("page.layer", "es"), id=ids.LAYER_LABEL),
            dcc.RadioItems(id=ids.LAYER, className="choices"),
        ],
        className="panel",
    )


def _inset_panel(
    country: CountryProfile, geometries: Geometries, level: AdminLevel
) -> Component | None:
    if country.inset_box is None:
        return None
    return html.Section(
        [
            html.H2(say("page.inset", "es"), id=ids.INSET_HEAD),
            inset_map(geometries.addresses(level)["inset"], country.inset_box),
        ],
        className="panel inset-panel",
    )
