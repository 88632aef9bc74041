"""Why a unit stands where it stands, and what would have to change."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.decide.aggregation import figure_of, worth_of
from layers.decide.inputs import Inputs
from layers.decide.scenario import MAX_MISSING_WEIGHT, ROUNDING, Scenario
from layers.decide.score import Ranking, ranks_of
from layers.errors import UnknownUbigeoError
from layers.indicators.normalise import denormalise
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Direction

# A difference of scores below this one is a tie, as in the ranking (0–1).
_TIE = 5e-15


@dataclass(frozen=True)
class Reason:
    """One layer of the score of a unit."""

    layer: str
    value: float | None
    """In the layer's unit; None where the national median stands in."""
    adds: float
    """Points of the score."""
    typical: float
    """Points that it adds to the unit in the middle."""


@dataclass(frozen=True)
class Turn:
    """A single change that brings a unit in among the first, or out."""

    layer: str
    now: float | None
    then: float
    """What it would have to be: this or beyond, all else as it is."""
    rises: bool
    """True where beyond is more."""
    size: float
    """Share of the whole way that the figure can go, or of all the weight as it is."""


@dataclass(frozen=True)
class Explanation:
    """What a ranking says of one unit."""

    ubigeo: str
    rank: int | None
    ranked: int
    top: int
    score: float | None
    threshold: float | None
    """Score of the last of the first ones among the others."""
    missing_weight: float
    reasons: tuple[Reason, ...]
    """What sets it apart most from the unit in the middle first."""
    figures: tuple[Turn, ...]
    """Changes of one figure that would turn it, the smallest first."""
    weights: tuple[Turn, ...]

    @property
    def is_in(self) -> bool:
        """True where it is among the first."""
        return self.rank is not None and self.rank <= self.top


def explain_unit(
    ranking: Ranking, inputs: Inputs, table: UnitTable, catalogue: Catalogue, ubigeo: str, top: int
) -> Explanation:
    """Explain the place of a unit by its contributions, without any model beside them.

    The changes are exact: scores are linear in each figure (as it is worth) and differences
    of scores in each weight. Medians that stand in for missing figures are held; who has a
    rank follows the weights.

    Parameters
    ----------
    ranking : Ranking
        Of the scenario.
    inputs : Inputs
        Of the same scenario and table.
    table : UnitTable
        The figures.
    catalogue : Catalogue
        Declares transform and limits.
    ubigeo : str
        A unit of the ranking.
    top : int
        How many count as the first.

    Returns
    -------
    Explanation
        Without changes where the unit has no rank, or all that are ranked are the first.

    Raises
    ------
    UnknownUbigeoError
        Where the ranking does not have it.
    """
    if ubigeo not in ranking.units.index:
        table.names_of(ubigeo)
        raise UnknownUbigeoError(
            "{ubigeo} is outside the filters of scenario {scenario}; widen them",
            ubigeo=ubigeo,
            scenario=ranking.scenario.id,
        )
    row = ranking.units.loc[ubigeo]
    scores = ranking.units["score"].dropna()
    rivals = scores.drop(ubigeo, errors="ignore")
    has_rank = not pd.isna(row["rank"])
    is_open = has_rank and 0 < top <= len(rivals)
    figures: tuple[Turn, ...] = ()
    weights: tuple[Turn, ...] = ()
    if is_open:
        figures = _figure_turns(ranking.scenario, inputs, table, catalogue, ubigeo, top)
        weights = _weight_turns(ranking.scenario, inputs, ubigeo, top)
    return Explanation(
        ubigeo=ubigeo,
        rank=int(row["rank"]) if has_rank else None,
        ranked=len(scores),
        top=top,
        score=float(row["score"]) if has_rank else None,
        threshold=float(rivals.nlargest(top).iloc[-1]) if is_open else None,
        missing_weight=float(row["missing_weight"]),
        reasons=_reasons(ranking, table, ubigeo) if has_rank else (),
        figures=figures,
        weights=weights,
    )


def _reasons(ranking: Ranking, table: UnitTable, ubigeo: str) -> tuple[Reason, ...]:
    own, typical = ranking.contributions.loc[ubigeo], ranking.contributions.median()
    apart = (own - typical).abs().dropna()
    order = apart.sort_values(ascending=False, kind="stable").index
    return tuple(
        Reason(
            layer=str(layer),
            value=_value_of(table, ubigeo, str(layer)),
            adds=float(own[layer]),
            typical=float(typical[layer]),
        )
        for layer in order
    )


def _value_of(table: UnitTable, ubigeo: str, layer: str) -> float | None:
    value = float(table.layer(layer)[ubigeo])
    return None if np.isnan(value) else value


@dataclass(frozen=True)
class _Race:
    """One unit against all others in scope."""

    layers: list[str]
    weights: npt.NDArray[np.float64]
    """Shares of the layers that somebody has."""
    own: npt.NDArray[np.float64]
    rivals: npt.NDArray[np.float64]
    """Worth by unit and layer."""
    gaps: npt.NDArray[np.float64]
    """Share of the weight that each rival, and last the unit itself, lacks beyond what a rank
    bears; it has a rank while this is not above 0."""
    lacks: npt.NDArray[np.float64]
    """By the same units and layer, 1 where there is no figure."""
    is_in: bool


def _race(scenario: Scenario, inputs: Inputs, ubigeo: str, top: int) -> _Race:
    weighed = inputs.weighed[inputs.weighed > 0]
    worth = worth_of(inputs.point.loc[inputs.in_scope, weighed.index], scenario.aggregation)
    scores = (worth * weighed / weighed.sum() * 100).sum(axis=1)
    place = ranks_of(scores[inputs.is_ranked])[ubigeo]
    rivals = worth.drop(ubigeo)
    all_units = [*rivals.index, ubigeo]
    return _Race(
        layers=[str(layer) for layer in weighed.index],
        weights=weighed.to_numpy(),
        own=worth.loc[ubigeo].to_numpy(),
        rivals=rivals.to_numpy(),
        gaps=inputs.missing_weight[all_units].to_numpy() - MAX_MISSING_WEIGHT,
        lacks=inputs.lacks.loc[all_units, weighed.index].to_numpy(dtype=float),
        is_in=bool(place <= top),
    )


def _figure_turns(
    scenario: Scenario,
    inputs: Inputs,
    table: UnitTable,
    catalogue: Catalogue,
    ubigeo: str,
    top: int,
) -> tuple[Turn, ...]:
    """Solve own + w_i·(u' − u_i) = score of the last of the first ones, for each figure."""
    race = _race(scenario, inputs, ubigeo, top)
    ranked = race.rivals[race.gaps[:-1] <= ROUNDING]
    lacks = float(np.sort(ranked @ race.weights)[-top] - race.own @ race.weights)
    turns = []
    for layer, weight, worth in zip(race.layers, race.weights, race.own, strict=True):
        wanted = worth + lacks / weight
        # To come in, a tie is enough; to go out, the figure has to pass it.
        floor = ROUNDING if race.is_in else -ROUNDING
        if not floor <= wanted <= 1 + ROUNDING:
            continue
        wanted = min(max(wanted, 0.0), 1.0)
        then = figure_of(wanted, scenario.aggregation)
        calls_for_more = catalogue.layer(layer).direction is not Direction.LESS_IS_WORSE
        turns.append(
            Turn(
                layer=layer,
                now=_value_of(table, ubigeo, layer),
                then=denormalise(float(then), catalogue.layer(layer), table.level),
                rises=calls_for_more is not race.is_in,
                size=abs(then - figure_of(worth, scenario.aggregation)),
            )
        )
    return tuple(sorted(turns, key=lambda turn: round(turn.size, 12)))


def _weight_turns(scenario: Scenario, inputs: Inputs, ubigeo: str, top: int) -> tuple[Turn, ...]:
    """Find the nearest weight at which enough rivals fall behind, or come ahead.

    A rival is ahead while Σ w (u_rival − u_own) > 0, and has a rank while Σ w (lacks − 0.4)
    is not above 0. Both are linear in one weight and change sign once at most; between those
    points nobody passes anybody.
    """
    race = _race(scenario, inputs, ubigeo, top)
    if len(race.layers) == 1:
        return ()
    agreed = dict(scenario.weights)
    whole = sum(agreed.values())
    turns = []
    for column, layer in enumerate(race.layers):
        found = _nearest_step(race, column, top)
        if found is None:
            continue
        step, rises = found
        turns.append(
            Turn(
                layer=layer,
                now=agreed[layer],
                then=max(0.0, agreed[layer] + step * whole),
                rises=rises,
                size=abs(step),
            )
        )
    return tuple(sorted(turns, key=lambda turn: round(turn.size, 12)))


def _nearest_step(race: _Race, column: int, top: int) -> tuple[float, bool] | None:
    """Return the smallest change of a weight that turns being among the first, and its way.

    The change is 0 where a unit is on a border already: any more, or any less, turns it.
    """
    least = -race.weights[column]
    lead = (race.rivals - race.own) @ race.weights
    slope = race.rivals[:, column] - race.own[column]
    gap_slope = race.lacks[:, column] - MAX_MISSING_WEIGHT

    def is_in(step: float) -> bool:
        ranked = race.gaps + step * gap_slope <= ROUNDING
        ahead = (lead + step * slope > _TIE) & ranked[:-1]
        return bool(ranked[-1] and ahead.sum() < top)

    moves = slope != 0
    points = np.concatenate([-lead[moves] / slope[moves], -race.gaps / gap_slope, [least]])
    points = np.unique(points[points >= least])
    # On the point itself there is a tie: what counts is who is ahead just beyond.
    for point in points[np.argsort(np.abs(points), kind="stable")]:
        for aside in (np.sign(point),) if point else (1.0, -1.0):
            beyond = max(least, point + aside * max(abs(point), 1.0) * 1e-9)
            if is_in(beyond) is not race.is_in:
                return float(point), bool(aside > 0)
    return None
