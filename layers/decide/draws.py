"""Draws of weights and of uncertain figures, chunk by chunk; the same seed, the same draws."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.aggregation import worth_of
from layers.decide.inputs import Inputs
from layers.errors import ScenarioError
from layers.terms import Aggregation

Floats = npt.NDArray[np.float32]
CHUNK = 64
"""Draws at a time: their scores stay inside the cache of a processor."""


@dataclass(frozen=True)
class Rules:
    """What is drawn, and how often."""

    draws: int = 10_000
    kappa: float | None = 50.0
    """How closely weights stay by the agreed ones: 50 tight, 10 loose; None, any weights."""
    seed: int = 1
    with_ranges: bool = True
    """Draw figures inside their ranges too, and not the weights alone."""

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ScenarioError(
                "{draws} draws say nothing; give 1 or more, as in 10000", draws=self.draws
            )
        if self.kappa is not None and not 0 < self.kappa < float("inf"):
            raise ScenarioError(
                "kappa is {kappa}; give a number above 0, as in 50", kappa=self.kappa
            )

    @property
    def half_width(self) -> float:
        """Half of the 95 % interval of a share of draws, at most: 1.96·√(¼/N)."""
        return 1.96 * math.sqrt(0.25 / self.draws)


@dataclass(frozen=True)
class Field:
    """Who competes, in the order of the codes, so that the order of a table changes nothing."""

    codes: pd.Index
    layers: tuple[str, ...]
    shares: npt.NDArray[np.float64]
    base: Floats
    """Worth by layer and unit: the point, or the low end where the figure is drawn."""
    width: Floats
    """From the low to the high end; 0 where nothing is drawn."""

    @property
    def units(self) -> int:
        """How many units compete."""
        return len(self.codes)

    @property
    def expected(self) -> Floats:
        """Score of each unit (0–1) by the agreed weights and the middle of each range."""
        return np.asarray(self.shares @ (self.base + self.width / 2), dtype=np.float32)


def lay_out(inputs: Inputs, aggregation: Aggregation, with_ranges: bool) -> Field:
    """Return the ranked units as arrays.

    With ranges, a missing figure lies anywhere between what was observed, and a layer that
    nobody has anywhere from 0 to 1. Without, the first is the median and the second weighs
    nothing, as in the score.

    Parameters
    ----------
    inputs : Inputs
        Normalised figures.
    aggregation : Aggregation
        How they are combined.
    with_ranges : bool
        Whether figures are drawn.

    Returns
    -------
    Field
        Without layers of weight 0.
    """
    shares = inputs.shares if with_ranges else inputs.weighed[inputs.weighed > 0]
    codes = inputs.is_ranked.index[inputs.is_ranked].sort_values()

    def rows(figures: pd.DataFrame) -> npt.NDArray[np.float64]:
        worth = worth_of(figures.loc[codes, shares.index], aggregation)
        return np.ascontiguousarray(worth.to_numpy(dtype=float).T)

    low, high = (inputs.low, inputs.high) if with_ranges else (inputs.point, inputs.point)
    base = rows(low)
    return Field(
        codes=codes,
        layers=tuple(str(layer) for layer in shares.index),
        shares=(shares / shares.sum()).to_numpy(dtype=float),
        base=base.astype(np.float32),
        width=(rows(high) - base).astype(np.float32),
    )


def draw_scores(
    field: Field, rules: Rules, part: int = 0, parts: int = 1
) -> Iterator[tuple[npt.NDArray[np.float64], Floats]]:
    """Yield weights and scores, chunk by chunk.

    Weights come from Dirichlet(κ·w), a figure from its range, each worth as likely and
    independent of the others. Each chunk has a generator of its own, so that who draws it
    does not matter. Products and sums are taken in the order of the layers, so that a unit
    that is no better in any layer never comes out ahead by rounding.

    Parameters
    ----------
    field : Field
        Who competes.
    rules : Rules
        What is drawn.
    part, parts : int
        Every so many chunks, from which one on.

    Yields
    ------
    tuple of array
        Weights (draws × layers) and scores (draws × units, 0–1). The second is used again.
    """
    even = np.ones(len(field.shares))
    alpha = even if rules.kappa is None else rules.kappa * field.shares
    columns = [_drawn_columns(width) for width in field.width]
    # Memory that is asked for again and again would make the workers wait for each other.
    scores, product, chances = (np.empty((CHUNK, field.units), np.float32) for _ in range(3))
    seeds = np.random.SeedSequence(rules.seed).spawn(-(-rules.draws // CHUNK))
    for number in range(part, len(seeds), parts):
        chance = np.random.Generator(np.random.SFC64(seeds[number]))
        size = min(CHUNK, rules.draws - number * CHUNK)
        weights = chance.dirichlet(alpha, size)
        total, piece = scores[:size], product[:size]
        total[:] = 0
        for row, weight in enumerate(weights.astype(np.float32).T[:, :, None]):
            drawn = columns[row]
            if drawn is None:
                np.multiply(weight, field.base[row], out=piece)
            else:
                piece[:] = field.base[row]
                _draw_figures(chance, piece, drawn, field.width[row], chances)
                np.multiply(piece, weight, out=piece)
            total += piece
        yield weights, total


def _drawn_columns(width: Floats) -> npt.NDArray[np.intp] | slice | None:
    found = np.flatnonzero(width)
    if len(found) == len(width):
        return slice(None)
    return found if len(found) else None


def _draw_figures(
    chance: np.random.Generator,
    figures: Floats,
    drawn: npt.NDArray[np.intp] | slice,
    width: Floats,
    chances: Floats,
) -> None:
    reach = width[drawn]
    shape = len(figures), len(reach)
    part = chances.reshape(-1)[: shape[0] * shape[1]].reshape(shape)
    chance.random(out=part, dtype=np.float32)
    part *= reach
    figures[:, drawn] += part
