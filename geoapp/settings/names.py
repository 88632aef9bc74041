"""Every setting: its name, default and what it does, in one place."""

import os
import re
from collections.abc import Mapping

from geoapp.logs import FORMS
from geoapp.store.contents import TILED_FROM
from geoapp.words import DEFAULT_LANGUAGE

_SECRET_NAME = re.compile("SECRET|PASSWORD|TOKEN|KEY|IDENTIFIER")
_PASSWORD_WITHIN = re.compile(r"://[^/]*@|password=", re.IGNORECASE)

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
    ("GEOAPP_SESSION_MINUTES", "60", "server: when a session ends and the provider is asked again"),
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
