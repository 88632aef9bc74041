"""Every setting: its name, default and what it does, in one place."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path

import platformdirs

from geoapp.logs import FORMS, LEVELS
from geoapp.server_settings import ServerSettings, read_server
from geoapp.store.contents import TILED_FROM
from geoapp.store.database import Database, Store, is_address
from geoapp.store.kept import Kept, Row
from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES
from layers.countries import COUNTRIES, Country
from layers.errors import LayersError, nearest
from layers.sources.locate import Places, starter_folder
from layers.spec import DisclosureRules

SETTINGS: tuple[tuple[str, str, str], ...] = (
    (
        "GEOAPP_STORE",
        "",
        "folder of the built tables and fetched files, or a database with PostGIS as "
        "postgresql://user:password@host/name; default is the user's data folder",
    ),
    (
        "GEOAPP_FILES",
        "",
        "folder of fetched files where GEOAPP_STORE is a database; default is the user's data "
        "folder",
    ),
    (
        "GEOAPP_MIRROR",
        "",
        "folder with the published files; default is shared/mirror beside the checkout",
    ),
    (
        "GEOAPP_COUNTRY",
        "per",
        "country that is served, by its ISO 3166-1 alpha-3 code; give each its own GEOAPP_STORE",
    ),
    (
        "GEOAPP_LANGUAGE",
        DEFAULT_LANGUAGE,
        "language of errors and notes on the command line, es or en; the page has its own",
    ),
    (
        "GEOAPP_TILES",
        "",
        "folder of tiles z/x/y.png, or a raster .pmtiles file, that the map may show under the "
        "units; without it there is no such choice",
    ),
    (
        "GEOAPP_TILED_FROM",
        str(TILED_FROM),
        "units of a level from which a build cuts their outlines into vector tiles, which the map "
        "loads by what it shows, instead of one file; see docs/escala.md",
    ),
    (
        "GEOAPP_EDITION",
        "full",
        "full, or public: small counts are masked before anything is computed from them",
    ),
    (
        "GEOAPP_LEAST_COUNT",
        "5",
        "public edition: smaller counts of people are told as a range",
    ),
    (
        "GEOAPP_LEAST_PROTECTION",
        "10",
        "public edition: the same for people in need of protection or health care",
    ),
    ("GEOAPP_ROUNDING", "5", "public edition: other counts are rounded to a multiple of it"),
    (
        "GEOAPP_LEAST_BASE",
        "30",
        "public edition: rates of fewer people are not told",
    ),
    (
        "GEOAPP_EMBED",
        "",
        "origins, as https://example.org, parted by blanks, whose pages may show a map of /embed in "
        "a frame; only with the public edition",
    ),
    (
        "GEOAPP_HAPI_IDENTIFIER",
        "",
        "who asks HDX HAPI, as https://hapi.humdata.org/docs gives it for a name and an address; "
        "kept nowhere and never shown",
    ),
    (
        "GEOAPP_MODE",
        "local",
        "local: a single user at this machine; server: others too, who sign in (docs/seguridad.md)",
    ),
    ("GEOAPP_URL", "", "server: address of the page as visitors know it, by https"),
    ("GEOAPP_HOSTS", "", "server: other names by which it may be asked for, with commas"),
    ("GEOAPP_PROXY", "", "server: address of the proxy before it, whose word is taken; else none"),
    ("GEOAPP_OIDC_ISSUER", "", "server: address of who knows the people, as it names itself"),
    ("GEOAPP_OIDC_CLIENT", "", "server: what the issuer calls this page"),
    ("GEOAPP_OIDC_SECRET", "", "server: secret that the issuer gave this page"),
    ("GEOAPP_OIDC_SECRET_FILE", "", "server: file that holds it, in the place of the former"),
    ("GEOAPP_OIDC_GROUPS", "groups", "server: claim that lists the groups of a person"),
    ("GEOAPP_SESSION_SECRET", "", "server: random text of 32 bytes or more that signs sessions"),
    ("GEOAPP_SESSION_SECRET_FILE", "", "server: file that holds it, in the place of the former"),
    ("GEOAPP_SESSION_MINUTES", "60", "server: when a session ends and the role is read again"),
    ("GEOAPP_ROLES", "", "server: who has which role; default is roles.toml of the store"),
    ("GEOAPP_HOST", "127.0.0.1", "address that the page listens on"),
    ("GEOAPP_PORT", "8050", "port that the page listens on"),
    (
        "GEOAPP_CORS",
        "",
        "origins, with blanks between them, whose scripts may read the API; none by default",
    ),
    ("GEOAPP_LOG", FORMS[0], "log of `geoapp serve` on standard error: text or json"),
    (
        "GEOAPP_LOG_LEVEL",
        "warning",
        "least that is logged: debug, info (one line a request), warning or error",
    ),
)


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
    database = _database(values["GEOAPP_STORE"])
    folder = values["GEOAPP_FILES" if database else "GEOAPP_STORE"]
    if not values["GEOAPP_PORT"].isdigit() or not 0 < int(values["GEOAPP_PORT"]) < 65536:
        raise LayersError(
            "GEOAPP_PORT is {value!r}; give a number from 1 to 65535", value=values["GEOAPP_PORT"]
        )
    if values["GEOAPP_LANGUAGE"] not in LANGUAGES:
        raise LayersError(
            "GEOAPP_LANGUAGE is {value!r}; give one of {known}",
            value=values["GEOAPP_LANGUAGE"],
            known=", ".join(LANGUAGES),
        )
    is_public = _is_public(values["GEOAPP_EDITION"])
    rules = _rules(values)
    path = Path(folder or platformdirs.user_data_dir("geoapp"))
    return Settings(
        store=path,
        mirror=_mirror(values["GEOAPP_MIRROR"]),
        country=_country(values["GEOAPP_COUNTRY"]),
        host=values["GEOAPP_HOST"],
        port=int(values["GEOAPP_PORT"]),
        tiles=Path(values["GEOAPP_TILES"]) if values["GEOAPP_TILES"] else None,
        tiled_from=_units("GEOAPP_TILED_FROM", values),
        hapi_identifier=values["GEOAPP_HAPI_IDENTIFIER"],
        disclosure=rules if is_public else None,
        rules=rules,
        server=read_server(values, path, is_public),
        log=(_one_of("GEOAPP_LOG", FORMS, values), _one_of("GEOAPP_LOG_LEVEL", LEVELS, values)),
        database=database,
        embed=_embed(values),
        origins=_origins("GEOAPP_CORS", values),
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


def told_settings(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what is set, without what nobody else may know.

    Parameters
    ----------
    environment : Mapping
        As in ``os.environ``.

    Returns
    -------
    dict
        By name, the values that are no secret and hold no password.
    """
    return {
        name: value
        for name, *_ in SETTINGS
        if (value := environment.get(name))
        and not _SECRET_NAME.search(name)
        and not _PASSWORD_WITHIN.search(value)
    }


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


_SECRET_NAME = re.compile("SECRET|PASSWORD|TOKEN|KEY|IDENTIFIER")
_PASSWORD_WITHIN = re.compile(r"://[^/]*@|password=", re.IGNORECASE)

_EDITIONS = ("full", "public")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def _embed(values: Mapping[str, str]) -> tuple[str, ...]:
    origins = _origins("GEOAPP_EMBED", values)
    # A server shows the public edition to whoever has not signed in, as no frame has.
    if origins and values["GEOAPP_EDITION"] != "public" and values["GEOAPP_MODE"] != "server":
        raise LayersError(
            "GEOAPP_EMBED lets anybody see a map: set GEOAPP_EDITION to public, or unset it"
        )
    return origins


def _is_public(edition: str) -> bool:
    if edition not in _EDITIONS:
        raise LayersError(
            "GEOAPP_EDITION is {value!r}{near}; give one of {known}",
            value=edition,
            near=nearest(edition, list(_EDITIONS)),
            known=", ".join(_EDITIONS),
        )
    return edition == "public"


def _rules(values: Mapping[str, str]) -> DisclosureRules:
    return DisclosureRules(
        least=_people("GEOAPP_LEAST_COUNT", values),
        least_protection=_people("GEOAPP_LEAST_PROTECTION", values),
        rounding=_people("GEOAPP_ROUNDING", values),
        least_base=_people("GEOAPP_LEAST_BASE", values),
    )


def _database(named: str) -> str | None:
    if is_address(named):
        return named
    if "://" in named:
        raise LayersError(
            "GEOAPP_STORE is {value!r}; give a folder, or postgresql://user:password@host/name",
            value=named.partition("://")[0] + "://…",
        )
    return None


def _origins(name: str, values: Mapping[str, str]) -> tuple[str, ...]:
    origins = tuple(values[name].split())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise LayersError(
                "{name} names {origin!r}, which is no origin; give them as https://example.org",
                name=name,
                origin=origin,
            )
    return origins


def _one_of(name: str, known: tuple[str, ...], values: Mapping[str, str]) -> str:
    if values[name] not in known:
        raise LayersError(
            "{name} is {value!r}{near}; give one of {known}",
            name=name,
            value=values[name],
            near=nearest(values[name], list(known)),
            known=", ".join(known),
        )
    return values[name]


def _units(name: str, values: Mapping[str, str]) -> int:
    if not values[name].isdigit() or int(values[name]) < 1:
        raise LayersError(
            "{name} is {value!r}; give a whole number of units from 1 up",
            name=name,
            value=values[name],
        )
    return int(values[name])


def _people(name: str, values: Mapping[str, str]) -> int:
    if not values[name].isdigit() or int(values[name]) < 1:
        raise LayersError(
            "{name} is {value!r}; give a whole number of people from 1 up",
            name=name,
            value=values[name],
        )
    return int(values[name])


def _country(named: str) -> Country:
    if named not in COUNTRIES:
        raise LayersError(
            "GEOAPP_COUNTRY is {value!r}{near}; give one of {known}",
            value=named,
            near=nearest(named, list(COUNTRIES)),
            known=", ".join(COUNTRIES),
        )
    return COUNTRIES[named]


def _mirror(named: str) -> Path | None:
    if named:
        if not Path(named).is_dir():
            raise LayersError(
                "GEOAPP_MIRROR names {value}, which is not a folder; correct or unset it",
                value=named,
            )
        return Path(named)
    beside = Path(__file__).resolve().parents[2] / "shared" / "mirror"
    return beside if beside.is_dir() else None
