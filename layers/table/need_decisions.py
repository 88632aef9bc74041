"""What the group decided for a flagged unit: figure, reason, who and when, kept as records."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal

import pandas as pd

from layers.codes import check_ubigeo
from layers.errors import (
    InvalidUbigeoError,
    NeedsError,
    Sentence,
    SourceDamagedError,
    either,
    joined,
)
from layers.indicators.severity import PHASES

JOINT_NEED = "pin_joint"
SEVERITY = "severity"
FIGURES: tuple[str, ...] = (JOINT_NEED, SEVERITY)
"""Figures that a group may decide."""
_SHOWN = 10
_PLAIN = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class NeedDecision:
    """One decision; checked when it is made."""

    ubigeo: str
    figure: str
    """pin_joint or severity."""
    value: float
    """People, or a phase from 1 to 5."""
    reason: str
    """Why, in the words of the group; never empty."""
    decided_by: str
    decided_on: date

    def __post_init__(self) -> None:
        try:
            check_ubigeo(self.ubigeo)
        except InvalidUbigeoError as error:
            raise NeedsError(error.sentence) from error
        if self.figure not in FIGURES:
            raise NeedsError(
                "{figure!r} cannot be decided; write {figures}",
                figure=self.figure,
                figures=either(FIGURES),
            )
        if self.figure == SEVERITY and self.value not in PHASES:
            raise NeedsError(
                "severity {value:g} of {unit} is not 1, 2, 3, 4 or 5",
                value=self.value,
                unit=self.ubigeo,
            )
        if not 0 <= self.value < float("inf"):
            raise NeedsError(
                "{figure} {value:g} of {unit} is no count of people",
                figure=self.figure,
                value=self.value,
                unit=self.ubigeo,
            )
        if not self.reason.strip():
            raise NeedsError("the decision for {unit} has no reason; write why", unit=self.ubigeo)
        if not self.decided_by.strip():
            raise NeedsError("the decision for {unit} does not say who took it", unit=self.ubigeo)


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(NeedDecision))


@dataclass(frozen=True)
class Decided:
    """Final figures, and where they come from."""

    values: pd.Series
    """By ubigeo; those without a decision are the preliminary ones."""
    reasons: pd.Series
    """By ubigeo; empty text where nothing was decided."""


def apply_decisions(
    preliminary: pd.Series, flagged: pd.Series, decisions: Iterable[NeedDecision], figure: str
) -> Decided:
    """Put the decided figures in the place of the preliminary ones of flagged units.

    Parameters
    ----------
    preliminary : Series of float
        People in need or severity by ubigeo.
    flagged : Series of boolean
        By ubigeo: True where a flag is up; missing counts as not flagged.
    decisions : iterable of NeedDecision
        Those for other figures are left alone.
    figure : str
        pin_joint or severity.

    Returns
    -------
    Decided
        Units that were not decided keep their figure to the bit.

    Raises
    ------
    NeedsError
        With every decision for an unknown or unflagged unit, or a second one for a unit.
    """
    chosen = [decision for decision in decisions if decision.figure == figure]
    up = flagged.reindex(preliminary.index).astype("boolean").fillna(False)
    values = preliminary.astype(float).copy()
    reasons = pd.Series("", index=preliminary.index, dtype=object)
    faults: list[Sentence] = []
    for decision in chosen:
        unit = decision.ubigeo
        if unit not in values.index:
            faults.append(
                Sentence(
                    "{figure} decided for {unit}, which is no unit of this level",
                    figure=figure,
                    unit=unit,
                )
            )
        elif not up[unit]:
            faults.append(
                Sentence(
                    "{figure} decided for {unit}, which has no flag; flag it by hand first",
                    figure=figure,
                    unit=unit,
                )
            )
        elif reasons[unit]:
            faults.append(
                Sentence(
                    "{figure} of {unit} is decided twice; keep the last decision",
                    figure=figure,
                    unit=unit,
                )
            )
        else:
            values[unit] = decision.value
            reasons[unit] = decision.reason
    _refuse(faults, NeedsError)
    return Decided(values, reasons)


def decisions_from(rows: pd.DataFrame, file: str) -> tuple[NeedDecision, ...]:
    """Return the decisions of a table, or every fault of it.

    Parameters
    ----------
    rows : DataFrame of str
        One column per field of NeedDecision, indexed by row of the file.
    file : str
        Named in the errors.

    Returns
    -------
    tuple of NeedDecision
        In the order of the file.

    Raises
    ------
    SourceDamagedError
        With file, row and remedy of each bad row.
    """
    absent = [name for name in COLUMNS if name not in rows]
    if absent:
        raise SourceDamagedError(
            "{file} has no column {absent}; add it to the header",
            file=file,
            absent=", ".join(absent),
        )
    found: list[NeedDecision] = []
    faults: list[Sentence] = []
    for row, cells in zip(rows.index, rows[list(COLUMNS)].to_dict("records"), strict=True):
        try:
            found.append(_decision(cells))
        except NeedsError as error:
            faults.append(Sentence("{file}, row {row}: {fault}", file=file, row=row, fault=error))
    _refuse(faults, SourceDamagedError)
    return tuple(found)


def decisions_as_csv(decisions: Sequence[NeedDecision]) -> str:
    """Write decisions as CSV that `decisions_from` reads back.

    Parameters
    ----------
    decisions : sequence of NeedDecision
        The records.

    Returns
    -------
    str
        Header and one line each; numbers without loss, dates as ISO 8601.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for decision in decisions:
        cells = asdict(decision)
        cells["value"] = format(Decimal(repr(float(decision.value))), "f").removesuffix(".0")
        writer.writerow(cells)
    return text.getvalue()


def _decision(cells: dict[str, str]) -> NeedDecision:
    if not _PLAIN.fullmatch(cells["value"]):
        raise NeedsError("value {text!r} is not a number; write 1234 or 3", text=cells["value"])
    try:
        when = date.fromisoformat(cells["decided_on"])
    except ValueError as error:
        raise NeedsError(
            "decided_on {text!r} is not a date; write 2026-03-31", text=cells["decided_on"]
        ) from error
    return NeedDecision(
        ubigeo=cells["ubigeo"],
        figure=cells["figure"],
        value=float(cells["value"]),
        reason=cells["reason"],
        decided_by=cells["decided_by"],
        decided_on=when,
    )


def _refuse(faults: list[Sentence], error: type[NeedsError] | type[SourceDamagedError]) -> None:
    if faults:
        left = len(faults) - _SHOWN
        more = [Sentence("and {count} more", count=left)] if left > 0 else []
        raise error(joined([*faults[:_SHOWN], *more]))
