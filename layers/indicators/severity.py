"""Severity from 1 to 5 (minimal, stress, severe, extreme, catastrophic) of a unit.

Sources: JIAF 2, overlap rule [S]; IPC 3.1, area rule [S]; methods, section 5. The limits
of the phases of a sector are declared, never quantiles of what was observed [D].
"""

from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import pandas as pd

from layers.errors import NeedsError, Sentence
from layers.terms import Direction

PHASES = (1, 2, 3, 4, 5)
OVERLAP = 4
"""Sectors that must be in a phase or worse for the unit to be in it [S]."""
IN_CATASTROPHE = 2
"""Sectors that must be in phase 5, beside the overlap in phase 4, for the unit to be in 5 [S]."""
AREA_SHARE = 0.20
"""Share of people in a phase or worse that puts an area in it (IPC) [S]."""
_SHOWN = 10
_SLACK = 1e-9


@dataclass(frozen=True, kw_only=True)
class PhaseLimits:
    """What a deficit means as severity of a sector."""

    sector: str
    layer: str | None
    """Layer of the deficit; None where no figure tells the severity of the sector."""
    direction: Direction = Direction.MORE_IS_WORSE
    limits: tuple[float, ...] = ()
    """First value of phases 2, 3, 4 and 5, each worse than the one before; empty without layer."""
    source: str = ""
    note: str = ""


def overlap_severity(
    phases: pd.DataFrame, overlap: int = OVERLAP, in_catastrophe: int = IN_CATASTROPHE
) -> pd.DataFrame:
    """Return the severity of each unit from those of its sectors, as a range where one is missing.

    With n(p) the sectors in phase p or worse: 5 if two are in phase 5 and n(4) ≥ 4; else the
    highest p of 4, 3, 2 with n(p) ≥ 4; else 1. Missing sectors are taken as 1 for low and
    as 5 for high. (5, 5, 4, 4, 1, 1, 1, 1) is 5; (5, 5, 4, 3, 3, 3, 3, 3) is 3.

    Parameters
    ----------
    phases : DataFrame of float
        1 to 5 by unit, one column per sector that enters, missing ones included.
    overlap : int
        Sectors that put a unit in a phase.
    in_catastrophe : int
        Sectors in phase 5 that phase 5 also asks for.

    Returns
    -------
    DataFrame of float
        low, high and value (1 to 5); value only where low equals high.

    Raises
    ------
    NeedsError
        Where a phase is not a whole number from 1 to 5.
    """
    check_phases(phases)
    bounds = {
        name: _overlap(phases.fillna(absent).to_numpy(dtype=float), overlap, in_catastrophe)
        for name, absent in (("low", PHASES[0]), ("high", PHASES[-1]))
    }
    severity = pd.DataFrame(bounds, index=phases.index, dtype=float)
    return severity.assign(value=severity["low"].where(severity["low"] == severity["high"]))


def _overlap(phases: np.ndarray, overlap: int, in_catastrophe: int) -> np.ndarray:
    severity = np.ones(len(phases))
    for phase in (2, 3, 4):
        severity[(phases >= phase).sum(axis=1) >= overlap] = phase
    worst = ((phases >= 5).sum(axis=1) >= in_catastrophe) & (severity == 4)
    severity[worst] = 5
    return severity


def area_phase(people: pd.DataFrame, share: float = AREA_SHARE) -> pd.Series:
    """Return the phase of an area: the worst one that 20 % of its people are in, or worse.

    Parameters
    ----------
    people : DataFrame of float
        People (or shares) by unit, columns 1 to 5.
    share : float
        Least share of the people, above 0 up to 1.

    Returns
    -------
    Series of float
        1 to 5; missing where a phase is missing or nobody is counted.
    """
    counts = people[list(PHASES)].to_numpy(dtype=float)
    total = counts.sum(axis=1)
    or_worse = counts[:, ::-1].cumsum(axis=1)[:, ::-1]
    enough = or_worse >= (share * total)[:, None] - _SLACK
    phase = len(PHASES) - np.argmax(enough[:, ::-1], axis=1)
    return pd.Series(np.where(total > 0, phase, np.nan), index=people.index)


def sector_severity(values: pd.Series, judged: PhaseLimits) -> pd.Series:
    """Return the phase of a sector from its deficit.

    A value on a limit is in the worse phase.

    Parameters
    ----------
    values : Series of float
        The deficit by unit, in the unit of its layer.
    judged : PhaseLimits
        Direction and limits.

    Returns
    -------
    Series of float
        1 to 5; missing where the deficit is missing or nothing is declared.
    """
    if judged.layer is None:
        return pd.Series(np.nan, index=values.index)
    sign = -1.0 if judged.direction is Direction.LESS_IS_WORSE else 1.0
    limits = sign * np.asarray(judged.limits, dtype=float)
    numbers = sign * values.to_numpy(dtype=float)
    phase = np.searchsorted(limits, numbers, side="right") + 1.0
    return pd.Series(np.where(np.isnan(numbers), np.nan, phase), index=values.index)


def check_phases(phases: pd.DataFrame) -> None:
    """Refuse phases that are not whole numbers from 1 to 5.

    Parameters
    ----------
    phases : DataFrame of float
        By unit; missing is allowed.

    Raises
    ------
    NeedsError
        With the first units.
    """
    wrong = phases.index[(phases.notna() & ~phases.isin(PHASES)).any(axis=1)]
    if len(wrong):
        first = ", ".join(str(unit) for unit in wrong[:_SHOWN])
        raise NeedsError(
            "{count} units have a phase that is not 1, 2, 3, 4 or 5: {first}",
            count=len(wrong),
            first=first,
        )


def national_severity(severity: pd.Series) -> NoReturn:
    """Refuse: severity belongs to units of area and has no national value (JIAF 2 [S]).

    Parameters
    ----------
    severity : Series of float
        By unit.

    Raises
    ------
    NeedsError
        Always, with what to show instead.
    """
    counts = severity.value_counts().sort_index()
    shown = ", ".join(f"{phase:g}: {count}" for phase, count in counts.items())
    raise NeedsError(
        "severity has no national value; show how many units are in each phase ({phases})",
        phases=shown or Sentence("none"),
    )
