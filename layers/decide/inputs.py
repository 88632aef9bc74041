"""The figures that a scenario weighs: normalised, with what is missing and how far they may lie."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from layers.decide.scenario import MAX_MISSING_WEIGHT, ROUNDING, Scenario
from layers.errors import ScenarioError
from layers.indicators.normalise import normalise
from layers.spec import Catalogue, LayerSpec
from layers.table.units import UnitTable
from layers.terms import Model


@dataclass(frozen=True)
class Inputs:
    """Normalised figures (0–1) by ubigeo, one column per layer that weighs."""

    known: pd.DataFrame
    """Missing stays missing."""
    low: pd.DataFrame
    """The least that each figure calls for: its declared range, and the best observed value
    where it is missing or only that of the units that it was made from."""
    high: pd.DataFrame
    lacks: pd.DataFrame
    """True where a unit has no figure of its own."""
    in_scope: pd.Series
    """True where the filters of the scenario let a unit take part."""
    shares: pd.Series
    """By layer; sum to 1."""

    @cached_property
    def missing_weight(self) -> pd.Series:
        """Share of the weight that a unit has no figure of its own for."""
        return (self.lacks * self.shares).sum(axis=1)

    @cached_property
    def weighed(self) -> pd.Series:
        """The shares without the layers that nobody has; they need not sum to 1."""
        return self.shares.where(self.known.notna().any(), 0.0)

    @cached_property
    def point(self) -> pd.DataFrame:
        """Figures with the national median in place of what is missing."""
        return self.known.fillna(self.known.median()).fillna(0.0)

    @cached_property
    def is_ranked(self) -> pd.Series:
        """True for units in scope that have enough of their own to be ranked."""
        return self.in_scope & (self.missing_weight <= MAX_MISSING_WEIGHT + ROUNDING)


def weigh_inputs(table: UnitTable, scenario: Scenario, catalogue: Catalogue) -> Inputs:
    """Normalise what a scenario weighs.

    Parameters
    ----------
    table : UnitTable
        Values of the level.
    scenario : Scenario
        The weights and the filters.
    catalogue : Catalogue
        Declares transform, limits and direction of each layer.

    Returns
    -------
    Inputs
        All units of the table.

    Raises
    ------
    ScenarioError
        Where risk is weighed together with one of its parts.
    """
    shares = pd.Series(scenario.shares)
    _refuse_parts_of_risk(list(shares.index), catalogue)
    found = {layer: _normal(layer, table, catalogue) for layer in shares.index}

    def side_by_side(part: str) -> pd.DataFrame:
        return pd.DataFrame({layer: getattr(one, part) for layer, one in found.items()})

    known = side_by_side("known")
    return Inputs(
        known=known,
        low=side_by_side("low").fillna(known.min()).fillna(0.0),
        high=side_by_side("high").fillna(known.max()).fillna(1.0),
        lacks=side_by_side("lacks"),
        in_scope=_in_scope(table, scenario),
        shares=shares,
    )


@dataclass(frozen=True)
class _Normal:
    """One layer of `Inputs`: the same under all weights."""

    catalogue: Catalogue
    known: pd.Series
    low: pd.Series
    """Missing where it is open."""
    high: pd.Series
    lacks: pd.Series


def _normal(layer: str, table: UnitTable, catalogue: Catalogue) -> _Normal:
    """Return a layer normalised; made once for a table."""
    kept: _Normal | None = table.kept.get((__name__, layer))
    if kept is None or kept.catalogue is not catalogue:
        kept = table.kept[__name__, layer] = _normalise(layer, table, catalogue)
    return kept


def _normalise(layer: str, table: UnitTable, catalogue: Catalogue) -> _Normal:
    spec = catalogue.layer(layer)
    known = normalise(table.layer(layer), spec, table.level)
    # A figure that is only a parent's stands in the score and counts as missing for the rank.
    borrowed = known.index.isin(sorted(table.borrowers(spec, catalogue)))
    low, high = (end.mask(borrowed) for end in _ends(known, table, spec))
    return _Normal(catalogue, known, low, high, lacks=known.isna() | borrowed)


def _in_scope(table: UnitTable, scenario: Scenario) -> pd.Series:
    """Return which units the filters keep; one whose figure is unknown is kept."""
    codes = table.values.index
    kept = pd.Series(True, index=codes)
    if scenario.places:
        kept &= codes.str.startswith(scenario.places)
    for layer, least in scenario.least:
        kept &= ~(table.layer(layer) < least)
    if not kept.any():
        raise ScenarioError(
            "the filters of scenario {scenario} leave no {level}; widen them",
            scenario=scenario.id,
            level=table.level,
        )
    return kept


def _refuse_parts_of_risk(weighed: list[str], catalogue: Catalogue) -> None:
    for name in weighed:
        layer = catalogue.layer(name)
        if layer.model is not Model.RISK:
            continue
        parts = _parts_of(layer.inputs, catalogue)
        twice = [other for other in weighed if other in parts]
        if twice:
            raise ScenarioError(
                "{name} is made of {inputs}, which would count twice; set one of them to weight 0",
                name=name,
                inputs=", ".join(twice),
            )


def _parts_of(names: tuple[str, ...], catalogue: Catalogue) -> set[str]:
    found = set(names)
    for name in names:
        found |= _parts_of(catalogue.layer(name).inputs, catalogue)
    return found


def _ends(known: pd.Series, table: UnitTable, layer: LayerSpec) -> tuple[pd.Series, pd.Series]:
    """Return the least and the most that each figure calls for, within its declared range."""
    low, high = known.copy(), known.copy()
    rows = table.ranges[table.ranges["layer"] == layer.id].set_index("ubigeo")
    rows = rows[rows.index.isin(known.index[known.notna()])]
    if len(rows):
        ends = [normalise(rows[end], layer, table.level) for end in ("low", "high")]
        all_three = pd.concat([known.loc[rows.index], *ends], axis=1)
        low.loc[rows.index] = all_three.min(axis=1)
        high.loc[rows.index] = all_three.max(axis=1)
    return low, high
