"""The four roles, and who asks."""

from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from flask import Request

from geoapp.planners.audit import user_of_system

VISITOR = "geoapp.visitor"
"""Where the server puts who asks into the environment of a request."""


class Role(IntEnum):
    """What one may do; each role may do what those before it may."""

    PUBLIC = 0
    PARTNER = 1
    EDITOR = 2
    ADMINISTRATOR = 3

    @property
    def word(self) -> str:
        """The role as files and keys of text write it."""
        return self.name.lower()


ROLES = {role.word: role for role in Role}


@dataclass(frozen=True)
class Visitor:
    """Who asks."""

    name: str
    """As the audit log writes it: an e-mail or subject, or the user of the machine; empty where
    nobody has signed in."""
    role: Role


ANONYMOUS = Visitor("", Role.PUBLIC)


def hostname_of(host: str) -> str:
    """Return the name in a Host header, without its port; empty where it cannot be one."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def visitor_of(request: Request, is_server: bool) -> Visitor:
    """Return who asks.

    Parameters
    ----------
    request : Request
        Of any of the apps.
    is_server : bool
        Whether the page is served to others, who sign in; else whoever sits at the machine may
        do everything.

    Returns
    -------
    Visitor
        Nobody where the server has not said who it is.
    """
    if is_server:
        told = request.environ.get(VISITOR)
        return told if isinstance(told, Visitor) else ANONYMOUS
    return Visitor(user_of_system(), Role.ADMINISTRATOR)
