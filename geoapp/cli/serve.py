"""geoapp serve."""

import ctypes
import gc
import sys
from contextlib import suppress
from typing import Any

import typer
from dash import Dash

from geoapp.access.gate import LOCAL, Access
from geoapp.access.server import make_front
from geoapp.app import create_app
from geoapp.app.security import MAX_BODY
from geoapp.app.tiles import open_tiles
from geoapp.cli.output import log
from geoapp.cli.stored import open_store
from geoapp.logs import log_event, start_logging
from geoapp.serving import Served
from geoapp.settings import Settings, is_loopback, read_settings
from geoapp.work.aside import Aside
from layers.errors import LayersError
from layers.identity import product_version
from layers.loaded_catalogue import with_loaded

_TOLD = {"x-forwarded-for", "x-forwarded-proto"}

_M_ARENA_MAX = -8
_ARENAS = 2
_RUBBISH = (3_000, 10, 20)
"""An answer is thousands of parts: looking through them after every 700, as Python does, took 5 %
of the time of a server that many ask."""


def serve() -> None:
    """Sirve la página en http://127.0.0.1:8050 (GEOAPP_HOST y GEOAPP_PORT la mueven).

    GEOAPP_MODE=server la sirve a otros: lo público a cualquiera, lo demás a quien entra con su
    cuenta.

    Ejemplo: GEOAPP_PORT=8060 geoapp serve
    """
    _share_memory()
    settings = read_settings()
    sums = Aside()
    application = _application(settings, sums)
    # Only the proxy that is named is believed who asks, and by which way.
    proxy = settings.server.proxy if settings.server else ""
    trusted = {"trusted_proxy": proxy, "trusted_proxy_headers": _TOLD} if proxy else {}
    served = Served(application, settings.host, settings.port, MAX_BODY, trusted)
    typer.echo(f"http://{settings.host}:{settings.port}")
    if settings.server:
        log(f"{settings.server.url}")
    log("Ctrl+C para terminar")
    start_logging(*settings.log)
    log_event("started", version=product_version())
    # What is there now stays until the end: nobody waits while it is looked through for rubbish.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_RUBBISH)
    is_whole = served.run(sums.close)
    log_event("stopped", "info" if is_whole else "warning", answered_all=is_whole)


def _share_memory() -> None:
    """Let all threads have two heaps between them.

    With eight a core, as glibc has it, each heap keeps what some answer once needed: after three
    minutes of a hundred people a server held 1,541 MB instead of 1,047.
    """
    if sys.platform == "linux":
        # Only glibc knows it; another library goes on as it does.
        with suppress(AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def _application(settings: Settings, sums: Aside) -> Any:
    """Return what is served: the page of this machine, or the door before both editions."""
    if settings.server is None:
        if not is_loopback(settings.host):
            raise LayersError(
                "GEOAPP_HOST is {host}, which others reach; set GEOAPP_MODE=server, which asks "
                "them to sign in, or leave 127.0.0.1",
                host=settings.host,
            )
        return _page(settings, LOCAL, sums).server
    return make_front(
        settings.server,
        settings.store,
        public=lambda access: _page(settings.public, access, sums),
        full=lambda access: _page(settings, access, sums),
    )


def _page(settings: Settings, access: Access, sums: Aside) -> Dash:
    stored = open_store(settings)
    is_open = access.is_server and settings.disclosure is not None
    return create_app(
        stored,
        with_loaded(settings.country.catalogue, stored.build.loaded),
        # What the public edition shows is changed by nobody, and holds no saved scenario.
        decisions=None if is_open else settings.kept,
        tiles=open_tiles(settings.tiles) if settings.tiles else None,
        embed=settings.embed if settings.disclosure else (),
        # A server lets other sites read what anybody may.
        origins=() if access.is_server and not is_open else settings.origins,
        access=access,
        sums=sums,
    )
