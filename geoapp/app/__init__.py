"""The page. ``create_app`` builds all of it; nothing is read at import."""

from threading import Thread

from dash import Dash
from flask import Flask

from geoapp.access.gate import LOCAL, Access, guard
from geoapp.api import make_api
from geoapp.app.ahead import work_ahead
from geoapp.app.api_service import service_of
from geoapp.app.bundles import Bundles, add_bundle_routes, make_bundles
from geoapp.app.callbacks import decide as decide_callbacks
from geoapp.app.callbacks import explain as explain_callbacks
from geoapp.app.callbacks import unfold as unfold_callbacks
from geoapp.app.callbacks import view as view_callbacks
from geoapp.app.callbacks import why as why_callbacks
from geoapp.app.event_routes import add_event_routes
from geoapp.app.export_routes import add_export_routes
from geoapp.app.index import PageApp
from geoapp.app.layout import page
from geoapp.app.live_routes import add_live_routes
from geoapp.app.looks import add_look_route
from geoapp.app.map_routes import add_map_routes
from geoapp.app.metrics import Meter, edition_of
from geoapp.app.office_plans import OfficePlans
from geoapp.app.own_routes import add_own_routes
from geoapp.app.packed import compress_answers
from geoapp.app.pages import PAGES
from geoapp.app.routes import add_routes, make_geometries
from geoapp.app.security import harden
from geoapp.app.service_routes import add_service_routes
from geoapp.app.tiles import Tiles
from geoapp.app.view import Views
from geoapp.app.watch import watch
from geoapp.store.builds import Stored
from geoapp.store.kept import Kept
from geoapp.work.aside import InTurn
from layers.countries import COUNTRIES
from layers.decide.scenario import Scenario
from layers.decide.scenarios import with_activity
from layers.spec import Catalogue


def create_app(
    stored: Stored,
    catalogue: Catalogue | None = None,
    scenario: Scenario | None = None,
    decisions: Kept | None = None,
    tiles: Tiles | None = None,
    embed: tuple[str, ...] = (),
    origins: tuple[str, ...] = (),
    access: Access = LOCAL,
    sums: InTurn | None = None,
) -> Dash:
    """Return the page over a build.

    Parameters
    ----------
    stored : Stored
        The build.
    catalogue : Catalogue, optional
        Declares the layers of the build; that of its country if None.
    scenario : Scenario, optional
        What is weighed, and how much by default; that of its country if None.
    decisions : Path or Row, optional
        Store in which visitors may record decisions; none may if None.
    tiles : Tiles, optional
        What the map may show under the units.
    embed : tuple of str
        Origins whose pages may show a map in a frame.
    origins : tuple of str
        Other sites whose scripts may read the API.
    access : Access
        Who may ask, and what the scripts of the page put before their addresses.
    sums : InTurn, optional
        Works out what takes seconds; in this process if None. Where it is given, what most
        people see first is worked out at once.

    Returns
    -------
    Dash
        ``.server`` is the WSGI application.
    """
    country = COUNTRIES[stored.build.country]
    geometries = make_geometries(stored, country)
    catalogue = catalogue or country.catalogue
    scenario = with_activity(scenario or country.scenario, catalogue)
    views = Views(stored, catalogue, scenario, geometries, decisions, tiles, embed, sums)
    bundles = make_bundles()
    app = PageApp(
        views,
        bundles,
        # Dash would name a folder that there is none of.
        server=Flask(__name__, static_folder=None),
        requests_pathname_prefix=access.prefix,
        title=f"geoapp {country.own_name}",
        update_title=None,
        serve_locally=True,
        compress=False,
        # They are served, but the page loads its bundles.
        assets_ignore=".",
        # The table arrives after the map is painted, so its callbacks name a part to come.
        suppress_callback_exceptions=True,
    )
    app.layout = page(country, scenario)
    _add_routes(app.server, views, bundles, origins)
    _register_callbacks(app, views)
    if sums is not None:
        Thread(target=work_ahead, args=(views,), name="ahead", daemon=True).start()
    guard(app, access)
    harden(app)
    compress_answers(app.server)
    return app


def _add_routes(server: Flask, views: Views, bundles: Bundles, origins: tuple[str, ...]) -> None:
    """Add what is asked beside the acts of the page."""
    stored = views.stored
    meter = Meter(stored, views.caches)
    watch(server, meter, stored.build.hash, edition_of(stored))
    # Plans of its own: who asks the API does not keep those of the page waiting.
    server.register_blueprint(make_api(service_of(views, OfficePlans(views)), origins))
    add_routes(server, views.geometries, tuple(shown.PAGE.path for shown in PAGES), meter)
    add_bundle_routes(server, bundles)
    add_service_routes(server, stored, meter, views.decisions)
    add_live_routes(server, views)
    add_own_routes(server, views)
    add_event_routes(server, views)
    add_map_routes(server, views)
    add_look_route(server, views)
    add_export_routes(server, views)


def _register_callbacks(app: Dash, views: Views) -> None:
    view_callbacks.register(app, views)
    for shown in PAGES:
        shown.register(app, views)
    why_callbacks.register(app, views)
    explain_callbacks.register(app, views)
    unfold_callbacks.register(app, views)
    if views.decisions is not None:
        decide_callbacks.register(app, views, views.decisions)
