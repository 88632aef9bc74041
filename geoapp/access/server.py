"""A server of both editions, from its settings."""

from collections.abc import Callable
from pathlib import Path

from dash import Dash

from geoapp.access.front import FULL, PUBLIC, Front
from geoapp.access.gate import Access
from geoapp.access.role_file import RoleFile
from geoapp.access.roles import Role
from geoapp.access.sessions import Sessions
from geoapp.access.sign_in import make_sign_in
from geoapp.settings.server import ServerSettings

MakeApp = Callable[[Access], Dash]


def make_front(settings: ServerSettings, store: Path, public: MakeApp, full: MakeApp) -> Front:
    """Return the WSGI application of a server.

    Parameters
    ----------
    settings : ServerSettings
        Without ``sign_in`` the full edition is not even opened.
    store : Path
        Where the audit log is.
    public, full : callable
        Make the app of an edition for a way to reach it.

    Returns
    -------
    Front
        Before both apps.
    """
    told = settings.sign_in
    if told is None:
        return Front(settings, public(Access(is_server=True, prefix=PUBLIC)).server)
    roles = RoleFile(told.roles)
    sessions = Sessions(told.session_secret, roles, told.minutes, settings.is_https)
    # Whoever cannot sign in is told before a build is read; the full one, where it must be made,
    # makes the public one too.
    sign_in = make_sign_in(settings, sessions, roles, store)
    closed = full(Access(is_server=True, least=Role.PARTNER, prefix=FULL, has_sign_in=True))
    open_app = public(Access(is_server=True, prefix=PUBLIC, has_sign_in=True))
    return Front(settings, open_app.server, closed.server, sign_in, sessions)
