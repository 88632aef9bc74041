"""The headers and limits that hold from the first day."""

from dash import Dash
from flask import Response

MAX_FILE = 16 << 20
"""Bytes of a file that a visitor gives: a ShakeMap grid of the USGS has up to some 10 MB."""
MAX_BODY = MAX_FILE * 4 // 3 + (1 << 20)
"""Bytes of a request: such a file as the browser writes it (base64), and what goes with it."""


def harden(app: Dash) -> None:
    """Set size limits and a content policy without inline scripts.

    Call it when every callback is registered: the hashes of Dash's own inline
    scripts are part of the policy.

    Parameters
    ----------
    app : Dash
        The page.
    """
    app.server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    quote = "'"
    scripts = " ".join(f"'{digest.strip(quote)}'" for digest in app.csp_hashes())
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {scripts}",
            # Leaflet and the table place their parts by inline style.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
        )
    )

    def add_headers(answer: Response) -> Response:
        # A map for other sites has a policy of its own.
        answer.headers.setdefault("Content-Security-Policy", policy)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    app.server.after_request(add_headers)
