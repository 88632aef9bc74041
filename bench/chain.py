"""From published files to a ranking: build, store, rank."""

import tempfile
from pathlib import Path

import numpy as np
from pymcdm.methods import WSM

from bench.measure import Measure, milliseconds, timed
from bench.process import run_geoapp
from bench.robust import as_it_is
from geoapp.store.builds import Stored, read_build, write_build
from layers.decide.inputs import weigh_inputs
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.spec import Catalogue
from layers.terms import AdminLevel


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
        From nothing, and with nothing changed.
    """
    whole = timed(runs, lambda run: run_geoapp(store, "build", "--fresh"))
    again = timed(runs, lambda run: run_geoapp(store, "build"))
    return [
        Measure(name="build from the mirror", unit="s", samples=whole, target=10.0),
        Measure(name="build with nothing changed", unit="s", samples=again, target=1.0),
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
        Ours, and what pymcdm takes for figures that are normalised already.
    """
    table = stored.build.levels[next(iter(stored.build.levels))].table
    first = scenario.weights[0][0]

    def rank(run: int) -> None:
        rank_units(table, scenario.with_weights({first: 1.5 + run / 10}), catalogue)

    inputs = weigh_inputs(table, scenario, catalogue)
    figures, shares = inputs.point.to_numpy(), inputs.shares.to_numpy()
    weighted_sum = WSM(as_it_is)

    def rank_by_pymcdm(run: int) -> None:
        weighted_sum.rank(weighted_sum(figures, shares, np.ones(len(shares))))

    level = "districts" if table.level is AdminLevel.DISTRICT else f"level {table.level}"
    name = f"ranking of {len(table.values)} {level}, new weights"
    ours, theirs = (timed(runs, act, warm=True) for act in (rank, rank_by_pymcdm))
    return [
        Measure(name=name, unit="ms", samples=milliseconds(ours), target=50.0),
        Measure(
            name=f"{name}: pymcdm takes for the sum and the ranks alone",
            unit="ms",
            samples=milliseconds(theirs),
        ),
    ]
