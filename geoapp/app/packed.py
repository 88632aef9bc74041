"""Scripts and styles are compressed once, not again for every visitor."""

from flask import Flask, Request
from flask_compress import Compress

_BY_CONTENT = ("/bundle/", "/_dash-component-suites/")
"""What lies there never changes under its name, which tells its content or its version."""


class Packed:
    """What was compressed, by how and by its address; other answers are never kept."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what was kept, if anything was."""
        return self._kept.get(key)

    def set(self, key: str, content: bytes) -> None:
        """Keep what has an address of its own."""
        if not key.endswith(";"):
            self._kept[key] = content


def address_of(request: Request) -> str:
    """Return the address of what never changes, and nothing for all other answers."""
    return request.path if request.path.startswith(_BY_CONTENT) else ""


def compress_answers(server: Flask) -> None:
    """Compress what a server answers, what never changes once.

    Parameters
    ----------
    server : Flask
        The server, before its first answer.
    """
    server.config |= {
        # Brotli first: of what browsers take it is the smallest, by some 30 KB of the first visit.
        "COMPRESS_ALGORITHM": ["br", "zstd", "gzip"],
        "COMPRESS_BR_LEVEL": 6,
        "COMPRESS_CACHE_BACKEND": Packed,
        "COMPRESS_CACHE_KEY": address_of,
    }
    Compress(server)
