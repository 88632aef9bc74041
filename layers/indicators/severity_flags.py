"""What makes a preliminary severity worth a decision of the group.

Source: JIAF 2, flags of the preliminary severity [S]; methods, section 5. The severity of
a flagged unit is decided by people, not computed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from layers.indicators.need_flags import manual_flags
from layers.indicators.severity import PHASES, check_phases


class SeverityFlag(StrEnum):
    """Why the severity of a unit is looked at; in the order of the rule."""

    SECTOR_IN_FIVE = "sector_in_five"
    OUTCOME_FAR = "outcome_far"
    OUTCOMES_AGREE = "outcomes_agree"
    MANY_IN_FOUR = "many_in_four"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class SeverityFlagLimits:
    """The thresholds of the flags."""

    far: int = 2
    """Least phases between an outcome indicator and the preliminary severity."""
    agreeing: int = 2
    """Least outcome indicators one phase away in the same direction."""
    in_four: int = 4
    """More sectors than this in phase 4, with a preliminary 4."""


LIMITS = SeverityFlagLimits()


def flag_severity(
    phases: pd.DataFrame,
    severity: pd.DataFrame,
    outcomes: pd.DataFrame | None = None,
    manual: Mapping[str, str] | None = None,
    limits: SeverityFlagLimits = LIMITS,
) -> pd.DataFrame:
    """Return the flags of each unit.

    Parameters
    ----------
    phases : DataFrame of float
        1 to 5 by unit, one column per sector that enters.
    severity : DataFrame of float
        low and high by unit, from `overlap_severity`.
    outcomes : DataFrame of float, optional
        Phases of outcome indicators (mortality, acute malnutrition), 1 to 5, same units.
    manual : mapping of str to str, optional
        From the unit flagged by hand to the reason.
    limits : SeverityFlagLimits
        The thresholds.

    Returns
    -------
    DataFrame of boolean
        By unit, one column per `SeverityFlag`. Missing where the two ends of the range of
        severity, or a missing sector, leave it open, or without any outcome indicator.

    Raises
    ------
    NeedsError
        On a phase that is not 1 to 5, or a manual flag without unit or reason.
    """
    given = pd.DataFrame(index=phases.index) if outcomes is None else outcomes
    check_phases(phases)
    check_phases(given)
    seen = given.reindex(phases.index).astype(float)
    any_outcome = seen.notna().any(axis=1)

    def from_outcomes(judge: Callable[[pd.DataFrame], pd.Series]) -> pd.Series:
        judged = _for_each_phase(severity, lambda phase: judge(seen - phase))
        return judged.where(any_outcome)

    flags = {
        SeverityFlag.SECTOR_IN_FIVE: _at_least(phases == 5, phases.isna(), 1),
        SeverityFlag.OUTCOME_FAR: from_outcomes(lambda d: (d.abs() >= limits.far).any(axis=1)),
        SeverityFlag.OUTCOMES_AGREE: from_outcomes(lambda d: _agree(d, limits.agreeing)),
        SeverityFlag.MANY_IN_FOUR: _many_in_four(phases, severity, limits.in_four),
        SeverityFlag.MANUAL: manual_flags(phases.index, manual or {}),
    }
    return pd.DataFrame({flag.value: column.astype("boolean") for flag, column in flags.items()})


def _agree(away: pd.DataFrame, least: int) -> pd.Series:
    return ((away == 1).sum(axis=1) >= least) | ((away == -1).sum(axis=1) >= least)


def _many_in_four(phases: pd.DataFrame, severity: pd.DataFrame, limit: int) -> pd.Series:
    def is_four(phase: int) -> pd.Series:
        return pd.Series(phase == 4, index=phases.index)

    many = _at_least(phases == 4, phases.isna(), limit + 1)
    return many & _for_each_phase(severity, is_four)


def _for_each_phase(severity: pd.DataFrame, judge: Callable[[int], pd.Series]) -> pd.Series:
    """Return True or False where every phase that the severity may have gives it, else missing."""
    always = pd.Series(True, index=severity.index)
    ever = pd.Series(False, index=severity.index)
    for phase in PHASES:
        possible = (severity["low"] <= phase) & (severity["high"] >= phase)
        verdict = judge(phase)
        always &= verdict | ~possible
        ever |= verdict & possible
    return _where_both(always, ever)


def _at_least(yes: pd.DataFrame, unknown: pd.DataFrame, least: int) -> pd.Series:
    """Return True where enough are seen, False where the unknown ones would not do."""
    seen, hidden = yes.sum(axis=1), unknown.sum(axis=1)
    return _where_both(seen >= least, seen + hidden >= least)


def _where_both(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.astype("boolean").where(one == other)
