"""What one changed table costs: as a command, and as a build of a process that stays.

``python -m bench.changed FILE…`` is that process: it prints the seconds of the build after each.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path

from bench.measure import Measure, timed
from bench.process import environment, run_geoapp
from layers.sources.locate import starter_folder

LIMITS = "needs/per/severity_thresholds.csv"
"""A table that planners edit: thirty layers rest on it."""
LIBRARIES = (sys.executable, "-c", "import geopandas, pyarrow.parquet, typer")
"""What every command that makes a table has to load before it begins."""
_TOLD = ("--publisher", "bench", "--vintage", "2026-01-01")
_FIRST = 41
"""Of the shares of homes from which severity is 5, each of which makes another table."""


def measure_changed(store: Path, runs: int) -> list[Measure]:
    """Measure what follows after one table that planners loaded changed.

    Parameters
    ----------
    store : Path
        Holds a build; what it is left with rests on the declared limits of severity.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        The command that loads the table and builds, start of Python included; of that what the
        libraries take to load; and the build alone in a process that has made one before.
    """
    # One more for the process that stays: it loads its modules with the first.
    with _tables(2 * runs + 1) as tables:
        command = timed(
            runs, lambda run: run_geoapp(store, "load", "severity_limits", str(tables[run]), *_TOLD)
        )
        libraries = timed(runs, lambda run: subprocess.run(LIBRARIES, check=True))
        done = subprocess.run(
            [sys.executable, "-m", "bench.changed", *map(str, tables[runs:])],
            env=environment(store), check=True, capture_output=True, text=True,
        )  # fmt: skip
    shutil.rmtree(store / "loaded")
    run_geoapp(store, "build")
    build = tuple(float(line) for line in done.stdout.split()[1:])
    return [
        Measure(name="geoapp load of one changed table", unit="s", samples=command, target=1.0),
        Measure(name="of it, Python and its libraries are loaded in", unit="s", samples=libraries),
        Measure(
            name="build after one changed table, modules loaded",
            unit="s",
            samples=build,
            target=1.0,
        ),
    ]


@contextmanager
def _tables(count: int) -> Iterator[list[Path]]:
    """Write limits of severity that differ in one figure."""
    limits = (starter_folder() / LIMITS).read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name:
        found = [Path(name) / f"limits{at}.csv" for at in range(count)]
        for at, path in enumerate(found):
            changed = limits.replace(",5,10,20,40,", f",5,10,20,{_FIRST + at},")
            path.write_text(changed, "utf-8")
        yield found


def _build_after(tables: list[str]) -> None:
    from geoapp.cli import main
    from geoapp.cli.stored import make_build
    from geoapp.settings import read_settings

    for table in tables:
        with redirect_stdout(sys.stderr):
            sys.argv = ["geoapp", "load", "severity_limits", table, *_TOLD, "--no-build"]
            with suppress(SystemExit):
                main()
            began = time.perf_counter()
            make_build(read_settings())
        print(time.perf_counter() - began)


if __name__ == "__main__":
    _build_after(sys.argv[1:])
