"""People in need across sectors, each person counted once per unit: the Mosaic method.

Source: JIAF 2 Technical Manual, joint PiN [S]; methods, section 5. Never a sum or a
mean over sectors: a person may be in several.
"""

import numpy as np
import pandas as pd

from layers.errors import NeedsError
from layers.terms import Method

NEED_ABOVE = 2
"""Severity up to which the preliminary joint need is 0 [S]."""
COUNTED_FROM = 3
"""Severity from which a unit counts in the total, since the cycle of 2026 [S]."""
_NOT_LOADED = (Method.SPREAD.value, Method.MODELLED.value)
_SHOWN = 10


def joint_need(in_need: pd.DataFrame, people: pd.Series | None = None) -> pd.DataFrame:
    """Return the joint people in need of each unit, as a range where a sector is missing.

    low = max of the sectors that are known (0 where none is); high = low where all are
    known, else the people of the unit, since the missing sector may be anyone's need.
    Source: methods, section 5 [S]; the range is our choice [D].

    Parameters
    ----------
    in_need : DataFrame of float
        People in need from 0 up, one column per sector that enters; indexed by unit, or
        by unit × population group.
    people : Series of float, optional
        People in scope, same index. Where they are unknown, or fewer than a sector's people
        in need, they bound nothing: high is infinite, or low.

    Returns
    -------
    DataFrame of float
        Same index: low, high and value (people), value only where low equals high.

    Raises
    ------
    NeedsError
        Where no sector is given or a figure is below 0.
    """
    _check_counts(in_need)
    low = in_need.max(axis=1).fillna(0.0)
    ceiling = pd.Series(np.inf, in_need.index) if people is None else people.fillna(np.inf)
    high = low.where(in_need.notna().all(axis=1), np.maximum(low, ceiling))
    return _with_value(low, high)


def total_need(joint: pd.DataFrame) -> tuple[float, float]:
    """Return the least and the most people in need of all units together.

    Parameters
    ----------
    joint : DataFrame of float
        From `joint_need`.

    Returns
    -------
    tuple of float
        Σ low and Σ high over units; equal where nothing is missing.
    """
    return float(joint["low"].sum()), float(joint["high"].sum())


def preliminary_need(
    joint: pd.DataFrame,
    severity: pd.DataFrame,
    methods: pd.DataFrame,
    need_above: int = NEED_ABOVE,
) -> pd.DataFrame:
    """Return the preliminary joint need of JIAF: 0 where severity is 2 or less.

    Where the severity is a range across that limit, so is the need. Source: JIAF 2 [S].

    Parameters
    ----------
    joint : DataFrame of float
        low and high, from `joint_need`, by unit.
    severity : DataFrame of float
        low and high, from `overlap_severity`, same units.
    methods : DataFrame of str
        Method of every figure and severity used, same units.
    need_above : int
        Highest severity without need.

    Returns
    -------
    DataFrame of float
        low, high and value (people).

    Raises
    ------
    NeedsError
        Where a figure was spread or modelled: this rule is for loaded figures only.
    """
    _check_loaded(methods)
    return _zero_unless(joint, severity, need_above + 1)


def counted_total(
    need: pd.DataFrame, severity: pd.DataFrame, counted_from: int = COUNTED_FROM
) -> tuple[float, float]:
    """Return the total of JIAF: the need of the units of severity 3 or more.

    Parameters
    ----------
    need : DataFrame of float
        low and high by unit, from `preliminary_need` or as the group decided.
    severity : DataFrame of float
        low and high by unit.
    counted_from : int
        Least severity that counts.

    Returns
    -------
    tuple of float
        Least and most people.
    """
    return total_need(_zero_unless(need, severity, counted_from))


def _zero_unless(need: pd.DataFrame, severity: pd.DataFrame, least: int) -> pd.DataFrame:
    known = severity.reindex(need.index)
    low = need["low"].where(known["low"].fillna(1) >= least, 0.0)
    high = need["high"].where(known["high"].fillna(5) >= least, 0.0)
    return _with_value(low, high)


def _with_value(low: pd.Series, high: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"low": low, "high": high, "value": low.where(low == high)})


def _check_counts(in_need: pd.DataFrame) -> None:
    if not len(in_need.columns):
        raise NeedsError("no sector enters the joint need; give at least one column")
    below = in_need.index[(in_need < 0).any(axis=1)]
    if len(below):
        first = ", ".join(str(unit) for unit in below[:_SHOWN])
        raise NeedsError(
            "{count} units have fewer than 0 people in need: {first}", count=len(below), first=first
        )


def _check_loaded(methods: pd.DataFrame) -> None:
    soft = methods.columns[methods.isin(_NOT_LOADED).any()]
    if len(soft):
        raise NeedsError(
            "{sectors}: spread or modelled figures cannot enter the JIAF count; load the figures "
            "and severities of each unit",
            sectors=", ".join(map(str, soft)),
        )
