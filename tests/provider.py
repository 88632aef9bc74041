"""A provider of identities on the loopback, as small as OpenID Connect lets it be."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "geoapp", "what the provider and the page know"


class Provider:
    """Signs whoever it is told of in, and gives each code out once."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.person: dict[str, Any] = {"sub": "s-1"}
        self.forge: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        """What a provider that errs, or somebody between, makes of the claims."""
        self.signs_with = self.key
        self.header = {"alg": "RS256", "kid": "one"}
        self.named_issuer = address
        self.algorithms = ["RS256"]
        self.asked: list[dict[str, str]] = []
        """What the page has asked of a browser."""
        self._codes: dict[str, dict[str, str]] = {}

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.named_issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": self.algorithms,
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser goes back to."""
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        way = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{way}"

    def token(self, form: dict[str, str], credentials: str) -> tuple[int, dict[str, Any]]:
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        query = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if credentials not in (f"Basic {expected}", _quoted()):
            return 401, {"error": "invalid_client"}
        if query is None or challenge != query["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": query["nonce"],
            **self.person,
        }
        signed = jwt.encode(
            self.header, self.forge(claims), self.signs_with, algorithms=[self.header["alg"]]
        )
        return 200, {"access_token": "none", "token_type": "Bearer", "id_token": signed}

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.key]).as_dict(private=False))


def _quoted() -> str:
    """Return the credentials as RFC 6749 asks: each part encoded as in a form."""
    parts = urlencode({CLIENT: SECRET}).replace("=", ":")
    return f"Basic {base64.b64encode(parts.encode()).decode()}"


@contextmanager
def provide() -> Iterator[Provider]:
    """Run a provider until the test is over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            known = {
                "/.well-known/openid-configuration": provider.metadata,
                "/jwks": provider.keys,
            }
            self._send(200, known[parts.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(*provider.token(form, self.headers.get("Authorization", "")))

        def _send(self, status: int, told: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server.RequestHandlerClass = Answer
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
