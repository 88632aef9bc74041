"""What the settings of the environment mean, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path

import platformdirs

from geoapp.logs import FORMS, LEVELS
from geoapp.settings import values as read
from geoapp.settings.names import SETTINGS
from geoapp.settings.server import ServerSettings, read_server
from geoapp.settings.values import one_of
from geoapp.store.contents import TILED_FROM
from geoapp.store.database import Database, Store
from geoapp.store.kept import Kept, Row
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.countries import COUNTRIES, Country
from layers.sources.locate import Places, starter_folder
from layers.spec import DisclosureRules

_EDITIONS = ("full", "public")


@dataclass(frozen=True)
class Settings:
    """The settings of one process."""

    store: Path
    """Folder of this machine: fetched files, and all the rest where there is no database."""
    mirror: Path | None
    country: Country
    host: str
    port: int
    tiles: Path | None = None
    tiled_from: int = TILED_FROM
    hapi_identifier: str = field(default="", repr=False)
    log: tuple[str, str] = (FORMS[0], "warning")
    """Form of the log and the least that is written."""
    disclosure: DisclosureRules | None = None
    """Rules of the public edition; None for the full one."""
    database: str | None = None
    """Address of the database that holds the built tables; None where the store holds them."""
    embed: tuple[str, ...] = ()
    """Origins whose pages may show a map in a frame."""
    origins: tuple[str, ...] = ()
    """Other sites whose scripts may read the API."""
    rules: DisclosureRules = field(default_factory=DisclosureRules)
    """Rules of the public edition that a server shows beside the full one."""
    server: ServerSettings | None = None
    """None for a single user at this machine."""

    @property
    def is_both(self) -> bool:
        """Whether the full edition is shown to some and the public one to others."""
        return self.server is not None and self.disclosure is None

    @property
    def public(self) -> "Settings":
        """The same settings, of the public edition."""
        return replace(self, disclosure=self.rules)

    @property
    def builds(self) -> Store:
        """Where the built tables of this edition are."""
        edition = "public" if self.disclosure else "full"
        if self.database:
            return Database(self.database, self.store, edition)
        return self.store / edition if self.disclosure else self.store

    @property
    def kept(self) -> Kept:
        """Where scenarios, decisions and loaded files are, for every edition."""
        return Row(Database(self.database, self.store)) if self.database else self.store

    @property
    def steps(self) -> Path:
        """Where what expensive steps made is kept, beside the sources that it was made from."""
        return self.store / "steps"

    @property
    def places(self) -> Places:
        """Where sources may lie on this machine."""
        return Places(
            store=self.store / "sources",
            mirror=self.mirror,
            starter=starter_folder(),
            loaded=self.store / "loaded",
        )


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment.

    Parameters
    ----------
    environment : Mapping
        Names and values, as in ``os.environ``.

    Returns
    -------
    Settings
        Frozen.

    Raises
    ------
    LayersError
        Where a value is impossible.
    """
    values = {name: environment.get(name) or default for name, default, _ in SETTINGS}
    one_of("GEOAPP_LANGUAGE", LANGUAGES, values)
    database = read.database(values)
    folder = values["GEOAPP_FILES" if database else "GEOAPP_STORE"]
    is_public = one_of("GEOAPP_EDITION", _EDITIONS, values) == "public"
    rules = read.rules(values)
    path = Path(folder or platformdirs.user_data_dir("geoapp"))
    return Settings(
        store=path,
        mirror=read.mirror(values),
        country=COUNTRIES[one_of("GEOAPP_COUNTRY", tuple(COUNTRIES), values)],
        host=values["GEOAPP_HOST"],
        port=read.port(values),
        tiles=Path(values["GEOAPP_TILES"]) if values["GEOAPP_TILES"] else None,
        tiled_from=read.count("GEOAPP_TILED_FROM", values),
        hapi_identifier=values["GEOAPP_HAPI_IDENTIFIER"],
        disclosure=rules if is_public else None,
        rules=rules,
        server=read_server(values, path, is_public),
        log=(one_of("GEOAPP_LOG", FORMS, values), one_of("GEOAPP_LOG_LEVEL", LEVELS, values)),
        database=database,
        embed=read.embed(values),
        origins=read.origins("GEOAPP_CORS", values),
    )


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language in which the command line tells what went wrong.

    Parameters
    ----------
    environment : Mapping
        Names and values, as in ``os.environ``.

    Returns
    -------
    str
        The product's own where GEOAPP_LANGUAGE names none that is known, so that this, too,
        can be told.
    """
    named = environment.get("GEOAPP_LANGUAGE", "")
    return named if named in LANGUAGES else DEFAULT_LANGUAGE


def is_loopback(host: str) -> bool:
    """Return whether an address reaches the machine itself alone.

    Parameters
    ----------
    host : str
        A name or an address of IPv4 or IPv6, without port.

    Returns
    -------
    bool
        False where it cannot be told.
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
