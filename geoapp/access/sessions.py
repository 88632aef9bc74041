"""Who has signed in, in a cookie that is signed, ends, and is not sent to other sites."""

import hashlib
from collections.abc import Iterable

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from geoapp.access.role_file import Entry, RoleFile
from geoapp.access.roles import Role, Visitor


class Sessions:
    """Writes and reads the cookie of a session; the server keeps nothing.

    The cookie holds which entries of the file of roles name who has signed in, and no role: that
    is what the file gives those entries when something is asked.

    Parameters
    ----------
    secret : str
        Signs the cookies: with another one every session ends.
    roles : RoleFile
        Gives the roles.
    minutes : int
        After how many minutes a session ends, whatever is done in it.
    is_https : bool
        Whether browsers reach the page by https.
    """

    def __init__(self, secret: str, roles: RoleFile, minutes: int, is_https: bool = True) -> None:
        self._roles = roles
        self._seconds = minutes * 60
        self._is_https = is_https
        # The prefix lets no page of a neighbouring name plant one.
        self.cookie = "__Host-geoapp" if is_https else "geoapp"
        self._signer = URLSafeTimedSerializer(
            secret, salt="geoapp session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def write(self, name: str, entries: Iterable[Entry]) -> str:
        """Return what the cookie of a person holds whom some entries name."""
        return str(self._signer.dumps([name, *entries]))

    def read(self, text: str) -> Visitor | None:
        """Return who a cookie names, with the role of now.

        Parameters
        ----------
        text : str
            As the browser sends it.

        Returns
        -------
        Visitor or None
            None where it is not ours, was altered, is too old, or the file gives its entries no
            role any more.

        Raises
        ------
        LayersError
            Where the file of roles cannot be read.
        """
        try:
            name, *told = self._signer.loads(text, max_age=self._seconds)
            entries = [(str(part), str(one)) for part, one in told]
        except (BadData, ValueError, TypeError):
            return None
        role = self._roles.highest(entries)
        return Visitor(str(name), role) if role > Role.PUBLIC else None

    def begin(self, answer: Response, name: str, entries: Iterable[Entry]) -> None:
        """Give a browser the cookie of a person; whatever it had is replaced."""
        answer.set_cookie(
            self.cookie,
            self.write(name, entries),
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
