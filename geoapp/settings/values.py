"""One setting: its text understood, or refused in a sentence."""

import re
from collections.abc import Mapping
from pathlib import Path

import geoapp
from geoapp.store.database import is_address
from layers.errors import LayersError, nearest
from layers.spec import DisclosureRules

Values = Mapping[str, str]
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def one_of(name: str, known: tuple[str, ...], values: Values) -> str:
    """Return the value of a setting that is one of few."""
    if values[name] not in known:
        raise LayersError(
            "{name} is {value!r}{near}; give one of {known}",
            name=name,
            value=values[name],
            near=nearest(values[name], list(known)),
            known=", ".join(known),
        )
    return values[name]


def count(name: str, values: Values) -> int:
    """Return the value of a setting that counts people or units."""
    if not values[name].isdigit() or int(values[name]) < 1:
        raise LayersError(
            "{name} is {value!r}; give a whole number from 1 up", name=name, value=values[name]
        )
    return int(values[name])


def port(values: Values) -> int:
    """Return the port on which the page listens."""
    value = values["GEOAPP_PORT"]
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise LayersError("GEOAPP_PORT is {value!r}; give a number from 1 to 65535", value=value)
    return int(value)


def rules(values: Values) -> DisclosureRules:
    """Return how small counts are masked in the public edition."""
    return DisclosureRules(
        least=count("GEOAPP_LEAST_COUNT", values),
        least_protection=count("GEOAPP_LEAST_PROTECTION", values),
        rounding=count("GEOAPP_ROUNDING", values),
        least_base=count("GEOAPP_LEAST_BASE", values),
    )


def origins(name: str, values: Values) -> tuple[str, ...]:
    """Return the origins that a setting names."""
    named = tuple(values[name].split())
    for origin in named:
        if not _ORIGIN.fullmatch(origin):
            raise LayersError(
                "{name} names {origin!r}, which is no origin; give them as https://example.org",
                name=name,
                origin=origin,
            )
    return named


def embed(values: Values) -> tuple[str, ...]:
    """Return the origins that may show the map in a frame."""
    named = origins("GEOAPP_EMBED", values)
    # A server shows the public edition to whoever has not signed in, as no frame has.
    if named and values["GEOAPP_EDITION"] != "public" and values["GEOAPP_MODE"] != "server":
        raise LayersError(
            "GEOAPP_EMBED lets anybody see a map: set GEOAPP_EDITION to public, or unset it"
        )
    return named


def database(values: Values) -> str | None:
    """Return the address of the database that is the store; None where a folder is."""
    named = values["GEOAPP_STORE"]
    if is_address(named):
        return named
    if "://" in named:
        raise LayersError(
            "GEOAPP_STORE is {value!r}; give a folder, or postgresql://user:password@host/name",
            value=named.partition("://")[0] + "://…",
        )
    return None


def mirror(values: Values) -> Path | None:
    """Return the folder of the published files; None where there is none."""
    named = values["GEOAPP_MIRROR"]
    if named:
        if not Path(named).is_dir():
            raise LayersError(
                "GEOAPP_MIRROR names {value}, which is not a folder; correct or unset it",
                value=named,
            )
        return Path(named)
    beside = Path(geoapp.__file__).resolve().parents[2] / "shared" / "mirror"
    return beside if beside.is_dir() else None
