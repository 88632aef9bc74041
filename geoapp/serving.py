"""The server of the page, until it is told to stop; what is being answered is answered first."""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import waitress
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from layers.errors import LayersError, said_by_system

_PAUSE = 0.2
"""Seconds between two looks at whether it is told to stop."""
PATIENCE = 25.0
"""Seconds for what is being answered when it is told to stop."""
_GRACE = 2.0
"""Of them, those after which sums that take longer are given up."""

LIMITS: Mapping[str, Any] = MappingProxyType(
    {
        # Most of them only wait for sums that are worked out elsewhere, one after the other: where
        # all of them did, a page would wait for the figures of others.
        "threads": 64,
        "ident": None,
        "max_request_header_size": 32 << 10,
        # Those who connect and say nothing are many before others wait, and are soon let go.
        "connection_limit": 1000,
        "channel_timeout": 30,
        "cleanup_interval": 5,
        "asyncore_use_poll": True,
    }
)
"""How waitress serves the page."""


class Served:
    """A server that listens.

    Parameters
    ----------
    application : callable
        WSGI application.
    host, port : str, int
        Where it listens.
    most : int
        Bytes of a request.
    trusted : mapping
        What waitress is told of a proxy whose word is taken.

    Raises
    ------
    LayersError
        Where it cannot listen there.
    """

    def __init__(
        self,
        application: Callable[..., Any],
        host: str,
        port: int,
        most: int,
        trusted: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._stop = threading.Event()
        try:
            self._server = waitress.create_server(
                application,
                map=self._sockets,
                host=host,
                port=port,
                **LIMITS,
                # Nothing trusts what a proxy says; that it says anything shuts /metrics.
                clear_untrusted_proxy_headers=False,
                **trusted,
                max_request_body_size=most,
            )
        except OSError as error:
            raise LayersError(
                "the page cannot listen on {host}:{port} ({error}); set GEOAPP_PORT to a free one",
                host=host,
                port=port,
                error=said_by_system(error),
            ) from error

    @property
    def port(self) -> int:
        """Where it listens, also where 0 left the choice to the system."""
        first = self._of(BaseWSGIServer)[0]
        return int(first.effective_port)

    def run(self, give_up: Callable[[], object] = lambda: None) -> bool:
        """Answer until SIGTERM or Ctrl+C.

        Parameters
        ----------
        give_up : callable
            Ends what would keep those who asked waiting long; called once, soon after the signal.

        Returns
        -------
        bool
            Whether all that was asked was answered.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        while not self._stop.is_set():
            self._turn()
        for listener in self._of(BaseWSGIServer):
            # Only the listening ends: what is under way still needs the rest of the server.
            wasyncore.dispatcher.close(listener)
        return self._finish(give_up)

    def _finish(self, give_up: Callable[[], object]) -> bool:
        """Answer what was asked and close each connection behind it."""
        begin = time.monotonic()
        has_given_up = False
        while time.monotonic() < begin + PATIENCE:
            if not has_given_up and time.monotonic() > begin + _GRACE:
                give_up()
                has_given_up = True
            # First what has arrived is read, so that nobody who asked in time goes without answer.
            self._turn()
            waiting = self._of(HTTPChannel)
            if not waiting:
                break
            for channel in waiting:
                if not channel.requests and not channel.total_outbufs_len:
                    channel.handle_close()
        if not has_given_up:
            give_up()
        self._server.task_dispatcher.shutdown(timeout=1)
        return not self._of(HTTPChannel)

    def _turn(self) -> None:
        wasyncore.loop(timeout=_PAUSE, use_poll=True, map=self._sockets, count=1)

    def _of(self, kind: type) -> list[Any]:
        return [one for one in self._sockets.values() if isinstance(one, kind)]
