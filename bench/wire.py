"""A browser's connection without a browser: kept open, packed answers, every request timed."""

import gzip
import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import brotli

_UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}
_TAKES = {"Accept-Encoding": "gzip, br"}
_PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """What was answered."""

    status_code: int
    data: bytes
    """As it came over the wire."""
    headers: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The answer unpacked."""
        unpack = _UNPACK.get(self.headers.get("Content-Encoding", ""), bytes)
        return unpack(self.data)

    @property
    def json(self) -> Any:
        """The answer as data."""
        return json.loads(self.body)


@dataclass
class Wire:
    """One connection to a server, opened again where the server has closed it."""

    home: str
    seconds: float = 0.0
    """How long the answers took in all."""
    requests: int = 0
    _open: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Reply:
        """Ask for an address."""
        return self._ask("GET", path, None, _TAKES)

    def post(self, path: str, json: Any, headers: Mapping[str, str] | None = None) -> Reply:
        """Send data."""
        return self._ask("POST", path, _written(json), {**_TAKES, "Content-Type": _JSON})

    def close(self) -> None:
        """Close the connection."""
        if self._open is not None:
            self._open.close()
        self._open = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        started = time.perf_counter()
        try:
            reply = self._once(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server closes what was silent for long; a browser opens it again.
            self.close()
            reply = self._once(method, path, body, headers)
        except TimeoutError:
            # Its answer may come yet: the next one needs another connection.
            self.close()
            raise
        self.seconds += time.perf_counter() - started
        self.requests += 1
        return reply

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        if self._open is None:
            place = urlsplit(self.home)
            self._open = http.client.HTTPConnection(
                str(place.hostname), place.port, timeout=_PATIENCE
            )
        self._open.request(method, path, body, headers)
        answer = self._open.getresponse()
        return Reply(answer.status, answer.read(), dict(answer.getheaders()))


_JSON = "application/json"


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
