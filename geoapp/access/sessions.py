"""Who has signed in, in a cookie that is signed, ends, and is not sent to other sites."""

import hashlib

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from geoapp.access.roles import ROLES, Visitor


class Sessions:
    """Writes and reads the cookie of a session; the server keeps nothing.

    Parameters
    ----------
    secret : str
        Signs the cookies: with another one every session ends.
    minutes : int
        After how many minutes a session ends, whatever is done in it.
    is_https : bool
        Whether browsers reach the page by https.
    """

    def __init__(self, secret: str, minutes: int, is_https: bool = True) -> None:
        self._seconds = minutes * 60
        self._is_https = is_https
        # The prefix lets no page of a neighbouring name plant one.
        self.cookie = "__Host-geoapp" if is_https else "geoapp"
        self._signer = URLSafeTimedSerializer(
            secret, salt="geoapp session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def write(self, visitor: Visitor) -> str:
        """Return what the cookie of a visitor holds."""
        return str(self._signer.dumps([visitor.name, visitor.role.word]))

    def read(self, text: str) -> Visitor | None:
        """Return who a cookie names; None where it is not ours, was altered, or is too old."""
        try:
            name, role = self._signer.loads(text, max_age=self._seconds)
        except (BadData, ValueError, TypeError):
            return None
        return Visitor(str(name), ROLES[role]) if name and role in ROLES else None

    def begin(self, answer: Response, visitor: Visitor) -> None:
        """Give a browser the cookie of a visitor; whatever it had is replaced."""
        answer.set_cookie(
            self.cookie,
            self.write(visitor),
            max_age=self._seconds,
            secure=self._is_https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        _forget_cache(answer)

    def end(self, answer: Response) -> None:
        """Take the cookie from a browser, and what it kept of the page."""
        answer.delete_cookie(
            self.cookie, secure=self._is_https, httponly=True, samesite="Lax", path="/"
        )
        _forget_cache(answer)


def _forget_cache(answer: Response) -> None:
    answer.headers["Clear-Site-Data"] = '"cache"'
