"""Which groups and people have which role: a small file that the administrator writes."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geoapp.access.roles import ROLES, Role
from layers.errors import LayersError, said_by_system

_PARTS = ("groups", "people")
Roles = dict[str, dict[str, Role]]
Entry = tuple[str, str]
"""A part of the file, and a name in it."""


class RoleFile:
    """The roles as the file gives them at the moment; it is read again when it was written.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    LayersError
        Of what asks for a role, where the file cannot be read or says what is no role: then
        nobody has one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[object, Roles] = (None, {})

    def now(self) -> Roles:
        """Return what it says now."""
        written = _written(self._path)
        seen, roles = self._read
        if seen is None or seen != written:
            # Looked at before it is read: what is written meanwhile is seen by the next.
            roles = read_roles(self._path)
            self._read = (written, roles)
        return roles

    def highest(self, entries: Iterable[Entry]) -> Role:
        """Return the highest role of some entries; the public's where none is there any more."""
        roles = self.now()
        return max(
            (roles[part].get(name, Role.PUBLIC) for part, name in entries), default=Role.PUBLIC
        )


def _written(path: Path) -> object:
    """Return what tells a file from the one that was read; None where it cannot be looked at."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


def read_roles(path: Path) -> Roles:
    """Read the roles.

    Parameters
    ----------
    path : Path
        TOML: a table ``groups`` and a table ``people`` (by e-mail or subject), each name with its
        role.

    Returns
    -------
    dict
        ``groups`` and ``people``.

    Raises
    ------
    LayersError
        Where it cannot be read, or says what is no role.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LayersError(
            "the roles {path} cannot be read ({error}); docs/seguridad.md shows how they are "
            "written, and GEOAPP_ROLES names another file",
            path=path,
            error=said_by_system(error) if isinstance(error, OSError) else error,
        ) from error
    unknown = sorted(
        name for name, part in told.items() if name not in _PARTS or not isinstance(part, dict)
    )
    if unknown:
        raise LayersError(
            "{path} has a part {part!r}; it has the tables groups and people alone",
            path=path,
            part=unknown[0],
        )
    return {part: _part(path, told.get(part, {})) for part in _PARTS}


def _part(path: Path, told: dict[str, Any]) -> dict[str, Role]:
    found = {}
    for name, role in told.items():
        if str(role) not in ROLES:
            raise LayersError(
                "{path} gives {name} the role {role!r}; give one of {known}",
                path=path,
                name=name,
                role=role,
                known=", ".join(ROLES),
            )
        found[_same(name)] = ROLES[role]
    return found


def entries_of(
    roles: Mapping[str, Mapping[str, Role]], claims: Mapping[str, Any], groups: str
) -> tuple[Entry, ...]:
    """Return the entries of the file that name a person, themselves or by a group.

    Parameters
    ----------
    roles : mapping
        As ``read_roles`` returns them.
    claims : mapping
        What the provider says of the person.
    groups : str
        Claim that lists the groups.

    Returns
    -------
    tuple of Entry
        None where the file does not name them. An e-mail counts where the provider has verified
        it: else anybody could claim the one of another.
    """
    listed = claims.get(groups)
    names = [str(name) for name in listed] if isinstance(listed, list) else []
    subject, email = str(claims["sub"]), _email(claims)
    # A subject that looks like the e-mail of somebody else is not taken for it.
    people = ([] if "@" in subject else [subject]) + ([email] if "@" in email else [])
    told = [("groups", _same(name)) for name in names] + [("people", _same(one)) for one in people]
    return tuple((part, name) for part, name in dict.fromkeys(told) if name in roles[part])


def name_of(claims: Mapping[str, Any]) -> str:
    """Return what the audit log calls a person: the verified e-mail, or the subject."""
    return _email(claims) or str(claims["sub"])


def _email(claims: Mapping[str, Any]) -> str:
    return str(claims.get("email") or "") if claims.get("email_verified") is True else ""


def _same(name: str) -> str:
    """Return a name as it is compared: e-mails are the same in small and capital letters."""
    return name.casefold() if "@" in name else name
