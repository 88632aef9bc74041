"""What makes a joint people-in-need figure worth a second look before it is used.

Source: JIAF 2, quality flags of the joint PiN [S]; methods, section 5. Every threshold is
a named parameter. A flag is True, False, or missing where it cannot be judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from layers.errors import NeedsError

_SHOWN = 10
_SLACK = 1e-9


class NeedFlag(StrEnum):
    """Why the figure of a unit is looked at; in the order of the rule."""

    MISSING_SECTORS = "missing_sectors"
    FAR_ABOVE_SECOND = "far_above_second"
    FAR_ABOVE_THIRD = "far_above_third"
    SUB_POPULATION = "sub_population"
    NEAR_POPULATION = "near_population"
    CHANGED_HIGHEST = "changed_highest"
    CHANGED_SECOND = "changed_second"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class NeedFlagLimits:
    """The thresholds of the flags."""

    missing_sectors: int = 2
    """Least number of sectors missing or zero."""
    above_second: float = 0.30
    """Least (highest − 2nd)/2nd."""
    above_third: float = 0.50
    """Least (highest − 3rd)/3rd."""
    of_people: float = 0.90
    """Least highest/people."""
    change: float = 1.0
    """Least |now − last year|/last year."""
    sub_population: frozenset[str] = frozenset({"education"})
    """Sectors that speak of a part of the people only."""


LIMITS = NeedFlagLimits()


def flag_need(
    in_need: pd.DataFrame,
    people: pd.Series | None = None,
    last_year: pd.DataFrame | None = None,
    manual: Mapping[str, str] | None = None,
    limits: NeedFlagLimits = LIMITS,
) -> pd.DataFrame:
    """Return the flags of each unit.

    Ranks are of distinct values above 0 (a zero counts as a missing sector); a tie for
    the highest switches the comparisons with the 2nd and the 3rd off. The change from last
    year is that of the sectors that are highest (2nd) now; from 0 to any is a change.

    Parameters
    ----------
    in_need : DataFrame of float
        People in need by unit, one column per sector that enters.
    people : Series of float, optional
        People in scope by unit.
    last_year : DataFrame of float, optional
        The figures of last year, same units and sectors as far as there are any.
    manual : mapping of str to str, optional
        From the unit flagged by hand to the reason.
    limits : NeedFlagLimits
        The thresholds.

    Returns
    -------
    DataFrame of boolean
        By unit, one column per `NeedFlag`; missing where it cannot be judged.

    Raises
    ------
    NeedsError
        Where people in need are more than people, or a manual flag has no unit or reason.
    """
    positive = in_need.where(in_need > 0)
    first = positive.max(axis=1)
    second = positive.where(positive.lt(first, axis=0)).max(axis=1)
    third = positive.where(positive.lt(second, axis=0)).max(axis=1)
    is_first = positive.eq(first, axis=0)
    tied = is_first.sum(axis=1) > 1
    then = (pd.DataFrame() if last_year is None else last_year).reindex_like(in_need).astype(float)
    below = is_first.loc[:, [name for name in is_first if name in limits.sub_population]]
    flags = {
        NeedFlag.MISSING_SECTORS: positive.isna().sum(axis=1) >= limits.missing_sectors,
        NeedFlag.FAR_ABOVE_SECOND: _far_above(first, second, tied, limits.above_second),
        NeedFlag.FAR_ABOVE_THIRD: _far_above(first, third, tied, limits.above_third),
        NeedFlag.SUB_POPULATION: below.any(axis=1),
        NeedFlag.NEAR_POPULATION: _near(first, people, limits.of_people),
        NeedFlag.CHANGED_HIGHEST: _changed(positive, then, is_first, limits.change),
        NeedFlag.CHANGED_SECOND: _changed(
            positive, then, positive.eq(second, axis=0), limits.change
        ),
        NeedFlag.MANUAL: manual_flags(in_need.index, manual or {}),
    }
    return pd.DataFrame({flag.value: column.astype("boolean") for flag, column in flags.items()})


def manual_flags(units: pd.Index, manual: Mapping[str, str]) -> pd.Series:
    """Return which units were flagged by hand, or say which entry has no unit or reason.

    Parameters
    ----------
    units : Index of str
        The units.
    manual : mapping of str to str
        From the unit to the reason.

    Returns
    -------
    Series of bool
        By unit.

    Raises
    ------
    NeedsError
        On an unknown unit or an empty reason.
    """
    unknown = [unit for unit in manual if unit not in units]
    if unknown:
        raise NeedsError("flagged by hand, but no unit: {codes}", codes=", ".join(unknown[:_SHOWN]))
    silent = [unit for unit, reason in manual.items() if not reason.strip()]
    if silent:
        raise NeedsError(
            "flagged by hand without a reason: {units}; write it", units=", ".join(silent[:_SHOWN])
        )
    return pd.Series(units.isin(list(manual)), index=units)


def _far_above(first: pd.Series, other: pd.Series, tied: pd.Series, least: float) -> pd.Series:
    far = ((first - other) / other >= least - _SLACK).astype("boolean")
    return far.where(other.notna()).mask(tied, False)


def _near(first: pd.Series, people: pd.Series | None, least: float) -> pd.Series:
    if people is None:
        return pd.Series(pd.NA, index=first.index, dtype="boolean")
    known = people.reindex(first.index).astype(float)
    above = first.index[first > known * (1 + _SLACK) + _SLACK]
    if len(above):
        raise NeedsError(
            "{count} units have more people in need than people: {units}; correct the figure or "
            "the people",
            count=len(above),
            units=", ".join(map(str, above[:_SHOWN])),
        )
    near = (first.fillna(0.0) >= known * least - _SLACK) & first.notna()
    return near.astype("boolean").where(known.notna())


def _changed(
    now: pd.DataFrame, then: pd.DataFrame, chosen: pd.DataFrame, least: float
) -> pd.Series:
    known = chosen & then.notna()
    change = (now - then).abs() >= least * then - _SLACK
    # From 0 to 0 is no change; a chosen figure is above 0, so from 0 it always is one.
    return (change & known).any(axis=1).astype("boolean").where(known.any(axis=1))
