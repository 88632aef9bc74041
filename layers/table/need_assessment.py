"""Joint people in need and severity of each unit, with flags and what the group decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from layers.errors import NeedsError
from layers.indicators.joint_need import counted_total, joint_need, preliminary_need, total_need
from layers.indicators.need_flags import flag_need
from layers.indicators.severity import overlap_severity
from layers.indicators.severity_flags import flag_severity
from layers.table.need_decisions import (
    JOINT_NEED,
    SEVERITY,
    Decided,
    NeedDecision,
    apply_decisions,
)

MANUAL = "manual"


@dataclass(frozen=True)
class NeedAssessment:
    """What is known of the needs of the units of a level."""

    joint: pd.DataFrame
    """By ubigeo: low, high and value of the people in need across sectors."""
    severity: pd.DataFrame
    """By ubigeo: low, high and value, 1 to 5; missing where no sector is known."""
    need_flags: pd.DataFrame
    """By ubigeo, one boolean column per NeedFlag; missing where it cannot be judged."""
    severity_flags: pd.DataFrame
    need: Decided
    """Final people in need: the preliminary value, or what the group decided."""
    final_severity: Decided
    beyond: tuple[str, ...]
    """Units with more people in need of a sector than people: one of the two is wrong."""
    total: tuple[float, float]
    """Least and most people in need of all units, before decisions."""


def assess_need(
    in_need: pd.DataFrame,
    phases: pd.DataFrame,
    people: pd.Series,
    decisions: Sequence[NeedDecision] = (),
    methods: pd.DataFrame | None = None,
) -> NeedAssessment:
    """Join the sectors of each unit, flag what needs a second look, and put decisions in place.

    Parameters
    ----------
    in_need : DataFrame of float
        People in need by ubigeo, one column per sector that enters.
    phases : DataFrame of float
        Severity 1 to 5, same units, one column per sector that enters.
    people : Series of float
        People in scope.
    decisions : sequence of NeedDecision
        Of the group; one for a unit without a flag flags it by hand with the same reason.
    methods : DataFrame of str, optional
        Method of each figure; given, the rules of JIAF 2 count the need, which take loaded
        figures only.

    Returns
    -------
    NeedAssessment
        By the units of ``in_need``.

    Raises
    ------
    NeedsError
        On a decision for an unknown unit, or spread or modelled figures under the rules of JIAF.
    """
    known = [one for one in decisions if one.ubigeo in in_need.index]
    if len(known) < len(decisions):
        strangers = sorted({one.ubigeo for one in decisions} - set(in_need.index))
        raise NeedsError(
            "decided for {units}, which is no unit of this table", units=", ".join(strangers)
        )
    within = people.reindex(in_need.index).astype(float)
    above = in_need.max(axis=1) > within * (1 + 1e-9) + 1e-9
    # Where a sector has more people than there are, the people bound nothing and flag nothing.
    within = within.mask(above)
    joint = joint_need(in_need, within)
    severity = overlap_severity(phases).where(phases.notna().any(axis=1))
    total = total_need(joint)
    if methods is not None:
        joint = preliminary_need(joint, severity, methods)
        total = counted_total(joint, severity)
    need_flags = flag_need(in_need, within, manual=_by_hand(known, JOINT_NEED))
    severity_flags = flag_severity(
        phases, severity.fillna({"low": 1.0, "high": 5.0}), manual=_by_hand(known, SEVERITY)
    )
    return NeedAssessment(
        joint=joint,
        severity=severity,
        need_flags=_hand_last(need_flags),
        severity_flags=_hand_last(severity_flags),
        need=apply_decisions(joint["value"], need_flags.any(axis=1), known, JOINT_NEED),
        final_severity=apply_decisions(
            severity["value"], severity_flags.any(axis=1), known, SEVERITY
        ),
        beyond=tuple(str(unit) for unit in in_need.index[above]),
        total=total,
    )


def _by_hand(decisions: Sequence[NeedDecision], figure: str) -> dict[str, str]:
    return {one.ubigeo: one.reason for one in decisions if one.figure == figure}


def _hand_last(flags: pd.DataFrame) -> pd.DataFrame:
    """Keep the flag by hand only where no rule flags the unit."""
    by_rule = flags.drop(columns=MANUAL).fillna(False).any(axis=1)
    return flags.assign(manual=flags[MANUAL] & ~by_rule)
