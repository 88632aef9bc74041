"""Mixed-integer programmes, solved to a gap of zero by HiGHS, that can be watched and stopped."""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from layers.errors import FocusError


@dataclass(frozen=True)
class Progress:
    """How far a search is: the best solution known and what no solution can beat."""

    stage: str
    best: float
    """Cost of the best solution, infinite before there is one; each stage has its own scale."""
    bound: float

    @property
    def gap(self) -> float:
        """Share of the best cost that may still be saved, 0 to 1."""
        if not np.isfinite(self.best) or self.best <= 0:
            return 1.0
        return float(np.clip((self.best - self.bound) / self.best, 0.0, 1.0))


Watch = Callable[[Progress], None]
"""Called now and then; whatever it raises stops the search."""


def watch_nothing(progress: Progress) -> None:
    """Watch a search without doing anything."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """min costs·x with low ≤ x ≤ high and at_least ≤ rows·x ≤ at_most."""

    costs: np.ndarray
    low: np.ndarray
    high: np.ndarray
    is_whole: np.ndarray
    """True where the variable is an integer."""
    rows: csr_array
    at_least: np.ndarray
    at_most: np.ndarray


def solve_milp(programme: Programme, watch: Watch = watch_nothing, stage: str = "") -> np.ndarray:
    """Return an optimum that is proven: relative and absolute gap are zero.

    Source: Huangfu & Hall (2018), Mathematical Programming Computation 10, 119–142 (HiGHS).

    Parameters
    ----------
    programme : Programme
        What is minimised under what.
    watch : callable
        Told of the best solution and the bound; an exception of its own stops the search.
    stage : str
        What the watcher is told that this is.

    Returns
    -------
    ndarray
        Values of the variables.

    Raises
    ------
    FocusError
        Where nothing satisfies the rows.
    """
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    for option in ("mip_rel_gap", "mip_abs_gap"):
        solver.setOptionValue(option, 0.0)
    solver.passModel(_model(programme))
    stopped: list[BaseException] = []

    def look(event: highspy.highs.HighsCallbackEvent) -> None:
        found = event.data_out
        try:
            watch(Progress(stage, float(found.mip_primal_bound), float(found.mip_dual_bound)))
        except BaseException as reason:
            # It must not cross the solver's own code; it is raised again below.
            stopped.append(reason)
            event.interrupt()

    # Each part of the solver asks at its own places: a root that takes long has no nodes yet.
    for asks in (solver.cbMipInterrupt, solver.cbSimplexInterrupt, solver.cbIpmInterrupt):
        asks.subscribe(look)
    solver.run()
    if stopped:
        raise stopped[0]
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise FocusError(
            "no choice of offices satisfies every condition; ask for more offices, "
            "more capacity or fewer required and forbidden sites"
        )
    return np.asarray(solver.getSolution().col_value)


def _model(programme: Programme) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = programme.rows.shape
    model.col_cost_ = programme.costs
    model.col_lower_, model.col_upper_ = programme.low, programme.high
    model.row_lower_, model.row_upper_ = programme.at_least, programme.at_most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = programme.rows.indptr
    model.a_matrix_.index_ = programme.rows.indices
    model.a_matrix_.value_ = programme.rows.data
    model.integrality_ = [
        highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for whole in programme.is_whole
    ]
    return model
