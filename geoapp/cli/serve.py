"""geoapp serve."""

import typer
import waitress

from geoapp.app import create_app
from geoapp.app.security import MAX_BODY
from geoapp.app.tiles import open_tiles
from geoapp.cli.output import log, open_store
from geoapp.loaded import catalogue_of
from geoapp.settings import is_loopback, read_settings
from layers.errors import LayersError, said_by_system


def serve() -> None:
    """Sirve la página en http://127.0.0.1:8050 (GEOAPP_HOST y GEOAPP_PORT la mueven).

    Ejemplo: GEOAPP_PORT=8060 geoapp serve
    """
    settings = read_settings()
    stored = open_store(settings)
    application = create_app(
        stored,
        catalogue_of(stored.build, settings.country.catalogue),
        decisions=settings.kept if is_loopback(settings.host) else None,
        tiles=open_tiles(settings.tiles) if settings.tiles else None,
        embed=settings.embed,
        origins=settings.origins,
    )
    try:
        server = waitress.create_server(
            application.server,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident=None,
            max_request_body_size=MAX_BODY,
        )
    except OSError as error:
        raise LayersError(
            "the page cannot listen on {host}:{port} ({error}); set GEOAPP_PORT to a free one",
            host=settings.host,
            port=settings.port,
            error=said_by_system(error),
        ) from error
    typer.echo(f"http://{settings.host}:{settings.port}")
    log("Ctrl+C para terminar")
    server.run()
