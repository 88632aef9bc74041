"""A PostgreSQL server with PostGIS for tests: in a folder of its own, on a socket of its own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_PREPARED = "prepared"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    control = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if not found or not control:
        if os.environ.get("CI"):
            pytest.fail("CI requires PostGIS; tests/install_postgis.sh installs it")
        pytest.skip("no PostGIS on this machine: tests/install_postgis.sh installs it")
    return found[-1].parent


class Server:
    """A running server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def address(self, name: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://tester@/{name}?host={self._folder}"

    def new(self) -> str:
        """Make an empty database and return its address."""
        self._made += 1
        name = f"store_{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {_PREPARED} strategy file_copy")
        return self.address(name)


@contextmanager
def postgis_server() -> Iterator[Server]:
    """Start a server, and stop and delete it at the end; skip where there is no PostGIS."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="geoapp-postgis-"))
    # The server refuses to run as root.
    before: list[str] = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        before = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *options: str) -> None:
        told = folder / f"{program}.log"
        with told.open("ab") as log:
            subprocess.run(
                [*before, str(programs / program), "-D", str(folder / "data"), *options],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
            )

    try:
        run(
            "initdb",
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--wal-segsize=1",
        )
        run("pg_ctl", "-w", "-o", f"-k {folder} {_SETTINGS}", "start")
        try:
            server = Server(folder)
            with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
                connection.execute(f"create database {_PREPARED} strategy file_copy")
            with psycopg.connect(server.address(_PREPARED)) as connection:
                connection.execute("create extension postgis")
            yield server
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
