"""The page. ``create_app`` builds all of it; nothing is read at import."""

import re

from dash import Dash
from flask_compress import Compress

from geoapp.app.callbacks import view as view_callbacks
from geoapp.app.layout import page
from geoapp.app.routes import add_routes, make_geometries
from geoapp.app.security import harden
from geoapp.app.view import Views
from geoapp.store import Stored
from layers.catalogue import CATALOGUE
from layers.countries import COUNTRIES
from layers.decide.scenario import Scenario
from layers.decide.scenarios import DEFAULT
from layers.spec import Catalogue

_LATE = re.compile(r'<script src="(?P<address>[^"]*dash_ag_grid[^"]*)"></script>')


class _Page(Dash):
    """Dash with the table's library asked for after the map is painted."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        late = _LATE.search(parts["scripts"])
        scripts = _LATE.sub("", parts["scripts"])
        address = late["address"] if late else ""
        return f"""<!DOCTYPE html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="late-script" content="{address}">
<title>{parts["title"]}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/tokens.css">
{parts["css"]}
</head>
<body>
{parts["app_entry"]}
{parts["config"]}
{scripts}
{parts["renderer"]}
</body>
</html>"""


def create_app(
    stored: Stored, catalogue: Catalogue = CATALOGUE, scenario: Scenario = DEFAULT
) -> Dash:
    """Return the page over a build.

    Parameters
    ----------
    stored : Stored
        The build.
    catalogue : Catalogue
        Declares the layers of the build.
    scenario : Scenario
        What is weighed, and how much by default.

    Returns
    -------
    Dash
        ``.server`` is the WSGI application.
    """
    country = COUNTRIES[stored.build.country]
    app = _Page(
        __name__,
        title="geoapp Perú",
        update_title=None,  # type: ignore[arg-type]
        serve_locally=True,
        compress=False,
        # The table arrives after the map is painted, so its callbacks name a part to come.
        suppress_callback_exceptions=True,
    )
    geometries = make_geometries(stored, country)
    views = Views(stored, catalogue, scenario)
    app.layout = page(country, geometries, views.levels[0], scenario)
    add_routes(app.server, stored, geometries)
    view_callbacks.register(app, views, geometries)
    harden(app)
    Compress(app.server)
    return app
