"""A database with PostGIS as a store: its address, and how it is opened."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from layers.errors import StoreError

if TYPE_CHECKING:
    import psycopg

SCHEMES = ("postgresql://", "postgres://")
_SCHEMA = """
create extension if not exists postgis;
create schema if not exists geoapp;
create table if not exists geoapp.builds (
    id bigint generated always as identity primary key,
    edition text not null,
    hash text not null,
    manifest text not null,
    frames text not null,
    pictures bytea not null,
    written timestamptz not null default now()
);
create table if not exists geoapp.tiles (
    build bigint not null references geoapp.builds on delete cascade,
    level text not null,
    data bytea not null,
    primary key (build, level)
);
create table if not exists geoapp.current (
    edition text primary key,
    build bigint not null references geoapp.builds
);
create table if not exists geoapp.kept (
    name text primary key,
    data bytea not null,
    written timestamptz not null default now()
);
"""
_FEW_SECONDS = 10


@dataclass(frozen=True)
class Database:
    """A store that several machines write and read."""

    address: str
    """``postgresql://user:password@host:port/name``."""
    folder: Path
    """Folder of this machine, for fetched files and answers of feeds."""
    edition: str = "full"
    """Each edition has its own builds."""

    def __str__(self) -> str:
        """Return the address without what opens it."""
        return re.sub(r"//[^/@]*@", "//", self.address.partition("?")[0])

    def __repr__(self) -> str:
        return f"Database({self})"


Store = Path | Database
"""A folder, or a database with PostGIS."""


def is_address(text: str) -> bool:
    """Return whether a text is the address of a database."""
    return text.startswith(SCHEMES) and bool(urlsplit(text).path.strip("/"))


@contextmanager
def opened(database: Database) -> Iterator["psycopg.Connection"]:
    """Open a database for one transaction, which is kept where nothing is raised.

    Parameters
    ----------
    database : Database
        Which.

    Yields
    ------
    Connection
        In a transaction.

    Raises
    ------
    StoreError
        Where the driver is absent, or the database does not answer or refuses.
    """
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(
            "a store in PostGIS needs psycopg; run pip install 'geoapp[scale]'"
        ) from error
    try:
        with psycopg.connect(database.address, connect_timeout=_FEW_SECONDS) as connection:
            yield connection
    except psycopg.Error as error:
        raise StoreError(
            "the database {store} refuses ({error}); check GEOAPP_STORE and that it has PostGIS",
            store=database,
            error=str(error).strip().partition("\n")[0],
        ) from error


def prepare(connection: "psycopg.Connection") -> None:
    """Make the tables of a store where they are absent, one editor at a time."""
    connection.execute("select pg_advisory_xact_lock(hashtext('geoapp'))")
    connection.execute("set local client_min_messages = warning")
    connection.execute(_SCHEMA)


def is_prepared(connection: "psycopg.Connection") -> bool:
    """Return whether a store was ever written to this database."""
    row = connection.execute("select to_regclass('geoapp.kept') is not null").fetchone()
    return bool(row and row[0])
