"""Web servers on loopback: of the product, and of what a test lists with the rules that let it be asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import waitress

from layers.sources.network import FetchRules

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def listening(page: Any, port: int = 0, **limits: Any) -> Iterator[int]:
    """Serve a WSGI application as the product does, on a free port until the block ends."""
    server = waitress.create_server(page, host="127.0.0.1", port=port, **limits)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.close()
        thread.join(5)


class Server:
    """A web server on loopback whose answers a test lists; the last one is repeated."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self.path)
                server.headers.append(dict(self.headers))
                listed = server.answers[self.path]
                answer = listed.pop(0) if len(listed) > 1 else listed[0]
                with suppress(BrokenPipeError, ConnectionResetError):
                    answer(self)
                self.close_connection = True

            def log_message(self, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def reply(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body))} | named).items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(where: str) -> Answer:
    return reply(b"", 302, Location=where)


class Sleeps(list[float]):
    """A sleep that only remembers."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def rules(**changes: object) -> FetchRules:
    usual: dict[str, object] = {
        "allow_private": True,
        "allow_http": True,
        "sleep": Sleeps(),
        "retries": 2,
    }
    return FetchRules(**(usual | changes))  # type: ignore[arg-type]
