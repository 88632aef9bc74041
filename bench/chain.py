"""From published files to a ranking: build, store, rank."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.measure import Measure, milliseconds, timed
from geoapp.store.builds import Stored, read_build, write_build
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.terms import AdminLevel

GEOAPP = (sys.executable, "-c", "from geoapp.cli import main; main()")


def environment(store: Path, **more: str) -> Mapping[str, str]:
    """Return the environment of a process of the product with a store of its own."""
    return {**os.environ, "GEOAPP_STORE": str(store), **more}


def measure_build(store: Path, runs: int) -> list[Measure]:
    """Measure ``geoapp build`` in a new process each time, start of Python included.

    Parameters
    ----------
    store : Path
        Receives the build.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        One.
    """

    def build(run: int) -> None:
        subprocess.run(
            [*GEOAPP, "build"], env=environment(store), check=True, capture_output=True, text=True
        )

    return [
        Measure(name="build from the mirror", unit="s", samples=timed(runs, build), target=15.0)
    ]


def measure_store(stored: Stored, runs: int) -> list[Measure]:
    """Measure writing a build to disk, and reading it back.

    Parameters
    ----------
    stored : Stored
        The build.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        Write, and read.
    """
    with tempfile.TemporaryDirectory(prefix="geoapp-bench-") as name:
        folder = Path(name)
        written = timed(runs, lambda run: write_build(stored.build, folder), warm=True)
        read = timed(runs, lambda run: read_build(folder), warm=True)
    return [
        Measure(name="store: write", unit="ms", samples=milliseconds(written)),
        Measure(name="store: read", unit="ms", samples=milliseconds(read)),
    ]


def measure_ranking(
    stored: Stored, catalogue: Catalogue, scenario: Scenario, runs: int
) -> list[Measure]:
    """Measure a ranking of the finest level with weights that were not asked for before.

    Parameters
    ----------
    stored : Stored
        The build.
    catalogue : Catalogue
        Its layers.
    scenario : Scenario
        Whose first weight is moved.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        One.
    """
    table = stored.build.levels[next(iter(stored.build.levels))].table
    first = scenario.weights[0][0]

    def rank(run: int) -> None:
        rank_units(table, scenario.with_weights({first: 1.5 + run / 10}), catalogue)

    level = "districts" if table.level is AdminLevel.DISTRICT else f"level {table.level}"
    return [
        Measure(
            name=f"ranking of {len(table.values)} {level}, new weights",
            unit="ms",
            samples=milliseconds(timed(runs, rank, warm=True)),
            target=50.0,
        )
    ]
