"""What a server needs to be told, and why it does not start without it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from layers.errors import LayersError, said_by_system

LEAST_SECRET = 32
"""Bytes of the secret that signs sessions."""
_LEAST_LETTERS = 12
_NO_SECRETS = ("change", "cambi", "secret", "example", "ejemplo", "default", "password")
"""What stands in secrets that were copied from instructions."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class SignIn:
    """How people are known."""

    issuer: str
    client: str
    client_secret: str = field(repr=False)
    session_secret: str = field(repr=False)
    minutes: int
    """After how many minutes a session ends and the role is read again."""
    groups: str
    """Claim that lists the groups of a person."""
    roles: Path
    """File that gives roles to groups and people."""


@dataclass(frozen=True)
class ServerSettings:
    """How the page is reached by others."""

    url: str
    """Address of the page, without a slash at its end."""
    hosts: frozenset[str]
    """Names by which it may be asked for."""
    proxy: str
    """Address of the proxy before it, whose word on the visitor's address is taken; or empty."""
    sign_in: SignIn | None
    """None where only the public edition is served."""

    @property
    def is_https(self) -> bool:
        """Whether visitors reach it by https: always, but on the machine itself."""
        return self.url.startswith("https:")


def read_server(
    values: Mapping[str, str], store: Path, is_public_only: bool
) -> ServerSettings | None:
    """Read what a server is told.

    Parameters
    ----------
    values : Mapping
        Settings by name, with their defaults.
    store : Path
        Folder of the store, where the roles are by default.
    is_public_only : bool
        Whether nobody signs in, as only the public edition is there.

    Returns
    -------
    ServerSettings or None
        None for a single user at the machine.

    Raises
    ------
    LayersError
        Where something is lacking, or unsafe.
    """
    mode = values["GEOAPP_MODE"]
    if mode not in ("local", "server"):
        raise LayersError("GEOAPP_MODE is {value!r}; give local or server", value=mode)
    if mode == "local":
        return None
    url = _safe_url("GEOAPP_URL", values).rstrip("/")
    more = [name.strip() for name in values["GEOAPP_HOSTS"].split(",") if name.strip()]
    hosts = frozenset({urlsplit(url).hostname or "", *more})
    sign_in = None if is_public_only else _sign_in(values, store)
    return ServerSettings(url, hosts, values["GEOAPP_PROXY"], sign_in)


def _sign_in(values: Mapping[str, str], store: Path) -> SignIn:
    minutes = values["GEOAPP_SESSION_MINUTES"]
    if not minutes.isdigit() or not 5 <= int(minutes) <= 1440:
        raise LayersError(
            "GEOAPP_SESSION_MINUTES is {value!r}; give a whole number from 5 to 1440", value=minutes
        )
    if not values["GEOAPP_OIDC_CLIENT"]:
        raise _lacking("GEOAPP_OIDC_CLIENT")
    return SignIn(
        issuer=_safe_url("GEOAPP_OIDC_ISSUER", values),
        client=values["GEOAPP_OIDC_CLIENT"],
        client_secret=_secret("GEOAPP_OIDC_SECRET", values),
        session_secret=_strong("GEOAPP_SESSION_SECRET", values),
        minutes=int(minutes),
        groups=values["GEOAPP_OIDC_GROUPS"],
        roles=Path(values["GEOAPP_ROLES"] or store / "roles.toml"),
    )


def _lacking(name: str) -> LayersError:
    return LayersError(
        "GEOAPP_MODE=server needs {name}; docs/seguridad.md says what to give", name=name
    )


def _safe_url(name: str, values: Mapping[str, str]) -> str:
    """Return an address by https; by http only of the machine itself."""
    url = values[name]
    if not url:
        raise _lacking(name)
    parts = urlsplit(url)
    is_own = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or is_own):
        raise LayersError(
            "{name} is {value!r}; give a whole address that begins with https://",
            name=name,
            value=url,
        )
    return url


def _secret(name: str, values: Mapping[str, str]) -> str:
    """Return a secret, or what the file that is named in its place holds."""
    file = values[f"{name}_FILE"]
    if not file:
        found = values[name]
    else:
        try:
            found = Path(file).read_text("utf-8").strip()
        except (OSError, ValueError) as error:
            raise LayersError(
                "{name} names {path}, which cannot be read ({error}); correct it",
                name=f"{name}_FILE",
                path=file,
                error=said_by_system(error) if isinstance(error, OSError) else error,
            ) from error
    if not found:
        raise _lacking(name)
    return found


def _strong(name: str, values: Mapping[str, str]) -> str:
    found = _secret(name, values)
    is_long = len(found.encode()) >= LEAST_SECRET
    is_copied = any(word in found.casefold() for word in _NO_SECRETS)
    if not is_long or is_copied or len(set(found)) < _LEAST_LETTERS:
        raise LayersError(
            "{name} is too short or no random text; make one of at least {least} bytes with "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"',
            name=name,
            least=LEAST_SECRET,
        )
    return found
