"""Ranking under many weights and figures, against pymcdm in a loop."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pandas as pd
from pymcdm.methods import WSM

from bench.measure import Measure, timed
from layers.decide.draws import Field, Rules, lay_out
from layers.decide.inputs import Inputs
from layers.decide.robust import rank_robustly
from layers.terms import Aggregation

LAYERS = 15
LOOP_DRAWS = 500
"""The loop is slow and its time proportional to the draws: fewer of them tell it."""


def measure_robust(units: int, runs: int) -> list[Measure]:
    """Measure 10,000 draws over units of made-up figures and 15 layers, all of them with ranges.

    Parameters
    ----------
    units : int
        How many compete.
    runs : int
        How often.

    Returns
    -------
    list of Measure
        Time, memory and how many times as fast as pymcdm, without and with ranges.
    """
    inputs = made_up(units)
    return [
        *_measure(inputs, Rules(with_ranges=False), "weights alone", 0.5, runs),
        *_measure(inputs, Rules(), "weights and ranges", 2.0, runs),
    ]


def made_up(units: int) -> Inputs:
    """Return figures from a generator, each with a range of a tenth to either side."""
    figures = np.random.default_rng(1).random((units, LAYERS))
    codes = pd.Index([f"{number:06d}" for number in range(units)])
    known = pd.DataFrame(figures, index=codes, columns=[f"layer_{n}" for n in range(LAYERS)])
    return Inputs(
        known=known,
        low=(known - 0.1).clip(0, 1),
        high=(known + 0.1).clip(0, 1),
        lacks=known.isna(),
        in_scope=pd.Series(True, index=codes),
        shares=pd.Series(1 / LAYERS, index=known.columns),
    )


def as_it_is(column: np.ndarray, cost: bool) -> np.ndarray:
    """Return figures that are normalised already."""
    return column


def loop(field: Field, rules: Rules, draws: int, top: int = 50) -> np.ndarray:
    """Count draws among the first as one would do it with pymcdm: one draw after the other."""
    chance = np.random.default_rng(rules.seed)
    among = np.zeros(field.units)
    weighted_sum = WSM(as_it_is)
    types = np.ones(len(field.layers))
    for _ in range(draws):
        figures = field.base + field.width * chance.random(field.width.shape)
        weights = chance.dirichlet(50 * field.shares)
        worth = weighted_sum(figures.T, weights, types, validation=False)
        among += weighted_sum.rank(worth) <= top
    return among / draws


def _measure(inputs: Inputs, rules: Rules, name: str, target: float, runs: int) -> list[Measure]:
    field = lay_out(inputs, Aggregation.ARITHMETIC, rules.with_ranges)

    def ours(run: int) -> object:
        return rank_robustly(inputs, Aggregation.ARITHMETIC, rules, top=50)

    seconds = timed(runs, ours, warm=True)
    plain = timed(1, lambda run: loop(field, rules, LOOP_DRAWS))[0] * rules.draws / LOOP_DRAWS
    whole = f"robust: {rules.draws} draws × {field.units} × {LAYERS}, {name}"
    return [
        Measure(name=whole, unit="s", samples=seconds, target=target),
        Measure(
            name=f"robust: {name}, draws in a second",
            unit="draws",
            samples=tuple(rules.draws / second for second in seconds),
        ),
        Measure(
            name=f"robust: {name}: pymcdm in a loop takes, times ours",
            unit="×",
            samples=tuple(plain / second for second in seconds),
        ),
        Measure(name=f"robust: {name}, peak memory", unit="MB", samples=(_peak(ours),), target=500),
    ]


def _peak(act: Callable[[int], object]) -> float:
    tracemalloc.start()
    act(0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6
