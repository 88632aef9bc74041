"""Why a unit has another place than before: data, weights, method or boundary, weight by weight."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import factorial
from typing import TypeVar

import pandas as pd

from layers.decide.inputs import Inputs, weigh_inputs
from layers.decide.scenario import Scenario
from layers.decide.score import places_of, rank_units
from layers.spec import Catalogue
from layers.table.units import UnitTable
from layers.terms import Cause

_CAUSES = tuple(Cause)
_Player = TypeVar("_Player", bound=Hashable)


@dataclass(frozen=True)
class State:
    """All that a ranking follows from."""

    table: UnitTable
    scenario: Scenario
    catalogue: Catalogue


@dataclass(frozen=True)
class Difference:
    """How places changed between two states."""

    units: pd.DataFrame
    """By ubigeo of the units of both: before, after (places; NaN where none), change, and one
    column per cause, which sum to the change. A unit without a place counts as standing
    behind all that have one."""
    entered: tuple[str, ...]
    """Units that only the later state has, or lets take part."""
    left: tuple[str, ...]


def split_change(before: State, after: State) -> Difference:
    """Split each change of place into its causes.

    The part of a cause is the mean, over every order in which the four could have changed,
    of what changing it did (Shapley 1953): parts add up to the change and no order is
    preferred. Data are values, ranges and their parents; weights are those of the scenario;
    method is the aggregation and what the catalogue declares; boundary is which units there
    are and the filters let take part. Where data of one state meet units of the other, a
    unit that the data do not have keeps its own.

    Parameters
    ----------
    before, after : State
        Of the same level.

    Returns
    -------
    Difference
        Units that take part in both.
    """

    @cache
    def places(changed: frozenset[Cause]) -> pd.Series:
        state = _mixed(before, after, changed)
        units = rank_units(state.table, state.scenario, state.catalogue).units["rank"]
        return units.fillna(units.notna().sum() + 1.0)

    same = frozenset(cause for cause in _CAUSES if _is_same(before, after, cause))

    def value(changed: frozenset[Cause]) -> pd.Series:
        # A cause in which nothing differs changes nothing: no ranking is made for it.
        return places(changed - same)

    first, last = value(frozenset()), value(frozenset(_CAUSES))
    codes = first.index[first.index.isin(last.index)].sort_values()
    units = pd.DataFrame({"change": last[codes] - first[codes]}, index=codes)
    for cause in _CAUSES:
        units[cause.value] = _shapley(cause, _CAUSES, value, codes) if cause not in same else 0.0
    for name, state in (("after", after), ("before", before)):
        ranks = rank_units(state.table, state.scenario, state.catalogue).units["rank"]
        units.insert(0, name, ranks[codes])
    return Difference(
        units=units,
        entered=tuple(sorted(last.index.difference(first.index))),
        left=tuple(sorted(first.index.difference(last.index))),
    )


def split_by_weight(
    table: UnitTable, before: Scenario, after: Scenario, catalogue: Catalogue
) -> pd.DataFrame:
    """Split each change of place into the weights that changed.

    The part of a weight is the mean, over every order in which the weights could have
    changed, of what changing it did (Shapley 1953), all others as they then are. A mixture
    that weighs nothing tells no unit from another: all share a place.

    Parameters
    ----------
    table : UnitTable
        The level.
    before, after : Scenario
        Alike in all but their weights.
    catalogue : Catalogue
        Declares the layers.

    Returns
    -------
    DataFrame
        By ubigeo, one column per layer whose weight changed, which sum to the change of place.
        A unit without a place counts as standing behind all that have one.
    """
    old, new = dict(before.weights), dict(after.weights)
    layers = list(dict.fromkeys([*old, *new]))
    changed = tuple(name for name in layers if old.get(name, 0.0) != new.get(name, 0.0))

    weighed = [name for name in layers if old.get(name, 0.0) + new.get(name, 0.0) > 0]
    everything = replace(before, weights=tuple((name, 1.0) for name in weighed))
    inputs = weigh_inputs(table, everything, catalogue)

    @cache
    def places(moved: frozenset[str]) -> pd.Series:
        mixed = {name: (new if name in moved else old).get(name, 0.0) for name in weighed}
        shares = pd.Series({name: weight for name, weight in mixed.items() if weight > 0})
        if shares.empty:
            return pd.Series(1.0, index=inputs.in_scope.index[inputs.in_scope])
        ranks = places_of(_only(inputs, shares / shares.sum()), before.aggregation)
        return ranks.fillna(ranks.notna().sum() + 1.0)

    codes = places(frozenset()).index.sort_values()
    return pd.DataFrame(
        {name: _shapley(name, changed, places, codes) for name in changed}, index=codes
    )


def _only(inputs: Inputs, shares: pd.Series) -> Inputs:
    """Return what is weighed with these shares and no other layer."""
    names = list(shares.index)
    return replace(
        inputs,
        known=inputs.known[names],
        low=inputs.low[names],
        high=inputs.high[names],
        lacks=inputs.lacks[names],
        shares=shares,
    )


def _shapley(
    cause: _Player,
    players: tuple[_Player, ...],
    value: Callable[[frozenset[_Player]], pd.Series],
    codes: pd.Index,
) -> pd.Series:
    others = [other for other in players if other != cause]
    part = pd.Series(0.0, index=codes)
    for size in range(len(others) + 1):
        share = factorial(size) * factorial(len(others) - size) / factorial(len(players))
        for chosen in combinations(others, size):
            with_it = value(frozenset({*chosen, cause})).reindex(codes)
            part += share * (with_it - value(frozenset(chosen)).reindex(codes))
    return part


def _is_same(before: State, after: State, cause: Cause) -> bool:
    one, other = before.scenario, after.scenario
    if cause is Cause.WEIGHTS:
        return one.shares == other.shares
    if cause is Cause.METHOD:
        return one.aggregation is other.aggregation and before.catalogue == after.catalogue
    if cause is Cause.BOUNDARY:
        return (one.places, one.least) == (
            other.places,
            other.least,
        ) and before.table.values.index.equals(after.table.values.index)
    return before.table is after.table or all(
        getattr(before.table, part).equals(getattr(after.table, part))
        for part in ("values", "ranges", "parents")
    )


def _mixed(before: State, after: State, changed: frozenset[Cause]) -> State:
    def of(cause: Cause) -> State:
        return after if cause in changed else before

    data, method, place = of(Cause.DATA), of(Cause.METHOD), of(Cause.BOUNDARY)
    other = before if method is after else after
    scenario = replace(
        of(Cause.WEIGHTS).scenario,
        aggregation=method.scenario.aggregation,
        places=place.scenario.places,
        least=place.scenario.least,
    )
    # A layer that the method of one state does not declare is read as the other declares it.
    catalogue = Catalogue(
        sources={**other.catalogue.sources, **method.catalogue.sources},
        layers={**other.catalogue.layers, **method.catalogue.layers},
    )
    return State(_with_data(place.table, data.table), scenario, catalogue)


def _with_data(place: UnitTable, data: UnitTable) -> UnitTable:
    """Return the units of one table with the figures of another where it has them."""
    if place is data:
        return place
    codes = place.values.index
    has = codes.isin(data.values.index)

    def frame(of_place: pd.DataFrame, of_data: pd.DataFrame) -> pd.DataFrame:
        both = pd.concat([of_data.loc[codes[has]], of_place.loc[codes[~has]]])
        lacking = of_place.columns.difference(of_data.columns, sort=False)
        both[lacking] = of_place.loc[both.index, lacking]
        return both.loc[codes]

    def rows(of_place: pd.DataFrame, of_data: pd.DataFrame) -> pd.DataFrame:
        return pd.concat(
            [
                of_data[of_data["ubigeo"].isin(codes[has])],
                of_place[of_place["ubigeo"].isin(codes[~has])],
            ]
        )

    return replace(
        place,
        values=frame(place.values, data.values),
        methods=frame(place.methods, data.methods),
        sources={**place.sources, **data.sources},
        parents=rows(place.parents, data.parents),
        ranges=rows(place.ranges, data.ranges),
    )
