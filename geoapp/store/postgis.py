"""Builds in PostGIS: a schema of tables for each, and one row that says which is current."""

import json
from typing import TYPE_CHECKING, Any

from geoapp.store.database import Database, is_prepared, opened, prepare
from geoapp.store.parts import Parts, check_manifest, check_turn, tiled_levels
from geoapp.store.picture_bytes import pack_pictures, unpack_pictures
from geoapp.store.postgis_frames import read_frame, write_frame
from layers.errors import StoreError
from layers.spec import Catalogue
from layers.terms import AdminLevel

if TYPE_CHECKING:
    import psycopg

_CURRENT = """
select b.hash from geoapp.current c join geoapp.builds b on b.id = c.build
where c.edition = %s
"""
_MANIFEST = """
select b.manifest from geoapp.current c join geoapp.builds b on b.id = c.build
where c.edition = %s
"""
_POINT = """
insert into geoapp.current (edition, build) values (%(edition)s, %(build)s)
on conflict (edition) do update set build = excluded.build
"""
# Locked for as long as it is read, so that nobody takes it away meanwhile.
_READ = """
select b.id, b.manifest, b.frames, b.pictures from geoapp.builds b
where b.edition = %(edition)s and (
    b.hash = %(name)s
    or (%(name)s is null and b.id = (select build from geoapp.current where edition = %(edition)s))
)
order by b.id desc limit 1 for share
"""
_OLDER = """
delete from geoapp.builds where edition = %(edition)s and id <> %(build)s and id <> coalesce(
    (
        select max(id) from geoapp.builds
        where edition = %(edition)s and id <> %(build)s and hash <> %(hash)s
    ),
    0
)
returning id
"""


def write_build(parts: Parts, database: Database, instead_of: str | None) -> None:
    """Write the parts of a build and point to it, all in one transaction.

    Parameters
    ----------
    parts : Parts
        Of the build. What was written once is never changed: a build of the same hash is
        another row.
    database : Database
        Where.
    instead_of : str or None
        Hash of the build in whose place it may come, empty for none; any if None.

    Raises
    ------
    StoreError
        Where the database refuses or another build came first.
    """
    made = parts.manifest["hash"]
    with opened(database) as connection:
        # The lock of `prepare` is held to the end: whoever comes second sees what came first.
        prepare(connection)
        check_turn(_current(connection, database), made, instead_of, database)
        row = connection.execute(
            "insert into geoapp.builds (edition, hash, manifest, frames, pictures) "
            "values (%s, %s, %s, '', %s) returning id",
            (database.edition, made, json.dumps(parts.manifest), pack_pictures(parts.pictures)),
        ).fetchone()
        assert row is not None
        build = int(row[0])
        for level, content in parts.tiles.items():
            connection.execute(
                "insert into geoapp.tiles (build, level, data) values (%s, %s, %s)",
                (build, level.value, content),
            )
        schema = schema_of(build)
        connection.execute(f"create schema {schema}")
        told = {
            name: write_frame(connection, schema, name, frame)
            for name, frame in parts.frames.items()
        }
        connection.execute(
            "update geoapp.builds set frames = %s where id = %s", (json.dumps(told), build)
        )
        asked = {"edition": database.edition, "build": build, "hash": made}
        connection.execute(_POINT, asked)
        for (older,) in connection.execute(_OLDER, asked).fetchall():
            connection.execute(f"drop schema {schema_of(older)} cascade")


def check_writable(database: Database) -> str:
    """Make the tables of a store where they are absent.

    Parameters
    ----------
    database : Database
        Where.

    Returns
    -------
    str
        Hash of the current build; empty where there is none.

    Raises
    ------
    StoreError
        Where the database does not answer or refuses.
    """
    with opened(database) as connection:
        prepare(connection)
        return _current(connection, database)


def current_manifest(database: Database) -> dict[str, Any]:
    """Return the manifest of the current build, of whatever version; empty where there is none.

    Raises
    ------
    StoreError
        Where the database does not answer or refuses.
    """
    with opened(database) as connection:
        if not is_prepared(connection):
            return {}
        row = connection.execute(_MANIFEST, (database.edition,)).fetchone()
        return dict(json.loads(row[0])) if row else {}


def read_parts(database: Database, catalogue: Catalogue | None, name: str | None) -> Parts:
    """Read the parts of the current build, or of an older one that is still there.

    Parameters
    ----------
    database : Database
        Where.
    catalogue : Catalogue or None
        The layers that the reader knows; a build of other layers is refused.
    name : str or None
        Hash of a build.

    Returns
    -------
    Parts
        Equal to those that were written.

    Raises
    ------
    StoreError
        Where there is none, or it is of another version or other declarations.
    """
    with opened(database) as connection:
        row = _row_of(connection, database, name)
        if row is None:
            raise StoreError("the store {store} holds no build; run geoapp build", store=database)
        build, text, told, pictures = row
        manifest: dict[str, Any] = json.loads(text)
        check_manifest(manifest, catalogue, f"{database} {manifest['hash']}")
        frames = {
            frame: read_frame(connection, schema_of(build), frame, facts)
            for frame, facts in json.loads(told).items()
        }
        drawn = unpack_pictures(manifest["pictures"], bytes(pictures))
        return Parts(manifest, frames, drawn, _tiles(connection, build, manifest))


def _tiles(
    connection: "psycopg.Connection", build: int, manifest: dict[str, Any]
) -> dict[AdminLevel, bytes]:
    # A database of before there were tiles has no table of them, and no manifest that tells of any.
    if not (levels := tiled_levels(manifest)):
        return {}
    rows = connection.execute("select level, data from geoapp.tiles where build = %s", (build,))
    kept = {level: bytes(data) for level, data in rows.fetchall()}
    return {level: kept[level.value] for level in levels}


def schema_of(build: int) -> str:
    """Return the schema that holds the tables of a build."""
    return f"geoapp_build_{build}"


def _row_of(
    connection: "psycopg.Connection", database: Database, name: str | None
) -> tuple[Any, ...] | None:
    if not is_prepared(connection):
        return None
    return connection.execute(_READ, {"edition": database.edition, "name": name}).fetchone()


def _current(connection: "psycopg.Connection", database: Database) -> str:
    row = connection.execute(_CURRENT, (database.edition,)).fetchone()
    return row[0] if row else ""
