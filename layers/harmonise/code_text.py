"""Bring the codes of a table to digits of one level, with each repair on record."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from layers.codes import clean_code, restore_zeros
from layers.terms import AdminLevel

MISSING_WORDS = frozenset({"na", "n/a", "nan", "null", "none", "-", "--", "s/d", "sd", "s.d."})
"""Cells that mean that a row has no code."""


class RepairReason(StrEnum):
    """What was wrong with a code that could be repaired."""

    LOST_ZERO = "lost_zero"
    FORMAT = "format"
    """P-code prefix, decimals, power of ten, apostrophe."""


@dataclass(frozen=True)
class Repair:
    """One code that was changed before it was looked up."""

    row: int
    before: str
    after: str
    reason: RepairReason


@dataclass(frozen=True)
class CleanCodes:
    """The codes of a table, ready to be looked up."""

    codes: pd.Series
    """Same index; empty where a row has no code, unchanged where nothing could be done."""
    level: AdminLevel
    repairs: tuple[Repair, ...]

    @property
    def lost_zeros(self) -> tuple[Repair, ...]:
        """The repairs that restored a leading zero."""
        return tuple(item for item in self.repairs if item.reason is RepairReason.LOST_ZERO)


def clean_codes(codes: pd.Series) -> CleanCodes:
    """Strip, restore lost zeros and find the level of a column of codes.

    Most codes decide the level; the others keep their digits and will be unknown.
    Codes of provinces and regions that are filled up to six digits (``150000``) are
    cut to those of their level where all codes of the table are so.

    Parameters
    ----------
    codes : Series of str
        As read, indexed by row of the file.

    Returns
    -------
    CleanCodes
        With every repair.
    """
    raw = codes.fillna("").astype(str).str.strip()
    raw = raw.mask(raw.str.casefold().isin(list(MISSING_WORDS)), "")
    stripped = raw.map(clean_code)
    digits = _digits(stripped)
    restored = stripped.map(lambda code: restore_zeros(code, digits))
    repairs = tuple(
        Repair(
            int(row),
            before,
            after,
            RepairReason.LOST_ZERO if after != bare else RepairReason.FORMAT,
        )
        for row, before, bare, after in zip(raw.index, raw, stripped, restored, strict=True)
        if before != after
    )
    level, kept = _unpadded(restored, digits)
    return CleanCodes(kept, level, repairs)


def _digits(codes: pd.Series) -> int:
    numeric = codes[codes.map(lambda code: code.isascii() and code.isdigit())]
    rounded_up = numeric.str.len().map(lambda length: length + length % 2)
    counts = rounded_up[rounded_up.isin([2, 4, 6])].value_counts()
    if counts.empty:
        return AdminLevel.DISTRICT.digits
    return int(max(counts.index, key=lambda digits: (counts[digits], digits)))


def _unpadded(codes: pd.Series, digits: int) -> tuple[AdminLevel, pd.Series]:
    six = codes[codes.str.fullmatch(r"\d{6}")]
    if digits == AdminLevel.DISTRICT.digits and len(six):
        for level, zeros in ((AdminLevel.REGION, "0000"), (AdminLevel.PROVINCE, "00")):
            if six.str.endswith(zeros).all():
                return level, codes.where(~codes.index.isin(six.index), codes.str[: level.digits])
    return next(level for level in AdminLevel if level.digits == digits), codes
