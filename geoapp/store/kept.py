"""Small files that editors share: in a folder, or rows of a database that answer like one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import LiteralString

from geoapp.store.database import Database, is_prepared, opened, prepare
from layers.whole_file import force, part_of, sync

_INSERT = "insert into geoapp.kept (name, data) values (%s, %s) on conflict do nothing"
_UPDATE = "update geoapp.kept set data = %s, written = now() where name = %s and data = %s"
_DELETE = "delete from geoapp.kept where name = %s and (%s::bytea is null or data = %s)"
_ROOT = PurePosixPath()


@dataclass(frozen=True)
class Row:
    """A file or folder among the rows of a database: what is asked of a Path, by the same words."""

    database: Database
    place: PurePosixPath = _ROOT

    def __truediv__(self, name: str) -> "Row":
        return Row(self.database, self.place / name)

    def __str__(self) -> str:
        return "/".join([str(self.database), *self.place.parts])

    def __lt__(self, other: "Row") -> bool:
        return self.place < other.place

    @property
    def name(self) -> str:
        """The last part of the place."""
        return self.place.name

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.place.stem

    @property
    def parent(self) -> "Row":
        """The folder."""
        return Row(self.database, self.place.parent)

    def is_file(self) -> bool:
        """Return whether there is such a row."""
        return self._data() is not None

    def read_bytes(self) -> bytes:
        """Return the content, or raise FileNotFoundError."""
        data = self._data()
        if data is None:
            raise FileNotFoundError(2, "No such file", str(self))
        return data

    def glob(self, pattern: str) -> Iterator["Row"]:
        """Yield the files of this folder whose names fit."""
        with opened(self.database) as connection:
            if not is_prepared(connection):
                return
            found = connection.execute("select name from geoapp.kept order by name").fetchall()
        for (name,) in found:
            place = PurePosixPath(name)
            if place.parent == self.place and fnmatch(place.name, pattern):
                yield Row(self.database, place)

    def unlink(self) -> None:
        """Take the row away, whatever it holds."""
        self._run(_DELETE, (str(self.place), None, None))

    def swap(self, before: bytes | None, after: bytes | None) -> bool:
        """Do what `swap` does, in one statement."""
        name = str(self.place)
        if after is None:
            return self._run(_DELETE, (name, before, before))
        if before is None:
            return self._run(_INSERT, (name, after))
        return self._run(_UPDATE, (after, name, before))

    def _run(self, statement: LiteralString, values: tuple[object, ...]) -> bool:
        with opened(self.database) as connection:
            prepare(connection)
            return connection.execute(statement, values).rowcount == 1

    def _data(self) -> bytes | None:
        with opened(self.database) as connection:
            if not is_prepared(connection):
                return None
            row = connection.execute(
                "select data from geoapp.kept where name = %s", (str(self.place),)
            ).fetchone()
        return bytes(row[0]) if row else None


Kept = Path | Row
"""Where scenarios, decisions and loaded files lie."""


def content_of(path: Kept) -> bytes | None:
    """Return the bytes of a kept file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def swap(path: Kept, before: bytes | None, after: bytes | None) -> bool:
    """Put a content in the place of the one that its editor has seen, and of no other.

    Parameters
    ----------
    path : Path or Row
        The file; its folder is made if absent.
    before : bytes or None
        What it held when it was looked at; None where there was none.
    after : bytes or None
        What it is to hold, whole or not at all; None takes it away.

    Returns
    -------
    bool
        False where it holds something else by now; nothing was written then. In a database
        that is one statement; in a folder a change between look and rename is not seen.
    """
    if isinstance(path, Row):
        return path.swap(before, after)
    if after is None:
        if content_of(path) != before:
            return False
        path.unlink(missing_ok=True)
        return True
    path.parent.mkdir(parents=True, exist_ok=True)
    with part_of(path) as (file, made):
        file.write(after)
        force(file)
        if before is None:
            # A link, unlike a rename, fails where the name is taken.
            try:
                os.link(made, path)
            except FileExistsError:
                return False
        elif content_of(path) == before:
            os.replace(made, path)
        else:
            return False
    sync(path.parent)
    return True
