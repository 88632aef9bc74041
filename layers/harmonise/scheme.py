"""Tell INEI from RENIEC codes, and put RENIEC codes on INEI units.

Both lists write six digits and 974 of the strings in the starter pack mean one
district in INEI and another in RENIEC, so that the wrong guess draws Puno on Piura.

Rule with names: a row *votes* for a scheme where its name is like the unit that the
code means there (``ALIKE``) and far less like the one that it means in the other
(``APART``). Votes for one scheme only decide, where at least ``MIN_AGREEING_SHARE`` of
the named rows agree with it; votes for both are a mixed table; a name with a typing
error agrees less and at worst does not vote. Rule without names: only codes that are
valid in one list alone speak; see ``MIN_DECISIVE_CODES``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from layers.harmonise.code_text import clean_codes
from layers.harmonise.readings import Readings, read_both, units_of_level
from layers.terms import AdminLevel, CodeScheme

FALSE_VOTE = 0.002
"""Bound on the chance that a name votes for the scheme its code is not of (measured: none
in 38,960 names with one or two typing errors)."""
MIN_CERTAINTY = 0.99
MIN_AGREEING_SHARE = 0.5
"""Least share of the named rows with a known code that agree with the scheme chosen."""
MIN_DECISIVE_CODES = 10
"""Without names: least number of different codes that are valid in one scheme only. The
RENIEC codes of recent districts are not all published; at most five of a province are
also codes of INEI, so that ten cannot come from that gap."""
MIN_DECISIVE_SHARE = 0.1
"""Without names: their least share of all different known codes."""
MAX_CONTRARY_SHARE = 0.05
"""Without names: most codes valid in the other scheme only, per decisive one."""
MIN_KNOWN_SHARE = 0.5
"""Least share of the rows with a code whose code is in either list."""
_SHOWN = 10


class Ground(StrEnum):
    """What a detection rests on, or why it was refused."""

    NAMES = "names"
    SAME_IN_BOTH = "names_agree_and_both_schemes_mean_the_same"
    CODES = "codes_valid_in_one_scheme_only"
    STATED = "stated"
    MIXED_NAMES = "names_agree_with_both_schemes"
    MIXED_CODES = "codes_of_both_schemes"
    FEW_CONTRARY = "most_codes_of_one_scheme_and_a_few_of_the_other"
    BOTH_POSSIBLE = "both_schemes_possible"
    NAMES_FIT_NEITHER = "names_fit_neither"
    NOT_CODES = "codes_in_neither_list"
    CONTRADICTED = "stated_scheme_contradicted"


@dataclass(frozen=True)
class SchemeEvidence:
    """What was counted. Shares are of the rows that have a code (or a code and a name)."""

    rows: int
    level: AdminLevel
    lost_zeros: int
    valid_inei: float
    valid_reniec: float
    known_codes: int
    """Different codes that are in either list."""
    only_inei_codes: int
    only_reniec_codes: int
    named: int
    agree_inei: float
    agree_reniec: float
    votes_inei: int
    votes_reniec: int
    certainty: float
    """Chance that the decision is right as far as names tell; 0 where they do not."""


@dataclass(frozen=True)
class Detection:
    """The scheme of a table, or the reason why it is not known."""

    scheme: CodeScheme
    ground: Ground
    evidence: SchemeEvidence
    inei_rows: tuple[int, ...] = field(default=())
    """First ten rows that can only be INEI."""
    reniec_rows: tuple[int, ...] = field(default=())
    """First ten rows that can only be RENIEC."""

    @property
    def refused(self) -> bool:
        """True where the codes of the table must not be used."""
        return self.scheme in (CodeScheme.MIXED, CodeScheme.AMBIGUOUS)


def detect_scheme(
    codes: pd.Series,
    names: pd.Series | None = None,
    *,
    equivalence: pd.DataFrame,
    stated: CodeScheme | None = None,
) -> Detection:
    """Say which scheme the codes of a table are of, or refuse.

    Parameters
    ----------
    codes : Series of str
        As read, indexed by row of the file.
    names : Series of str, optional
        Names of the units, same index; empty where a row has none.
    equivalence : DataFrame
        Districts: ``ubigeo`` (INEI), ``reniec`` (missing where not published), ``name``,
        ``province`` and ``region``. Tables of provinces or regions use its prefixes.
    stated : CodeScheme, optional
        What the caller says; believed unless the names say otherwise.

    Returns
    -------
    Detection
        With the evidence and, where refused, the first ten rows of each kind.
    """
    cleaned = clean_codes(codes)
    units = units_of_level(equivalence, cleaned.level)
    readings = read_both(cleaned.codes, names, units)
    evidence = _evidence(readings, cleaned.level, len(cleaned.lost_zeros))
    scheme, ground = _judge(evidence, readings)
    if stated is not None:
        scheme, ground = _with_statement(stated, scheme, ground)
    return Detection(scheme, ground, evidence, *_examples(readings, ground))


def _evidence(readings: Readings, level: AdminLevel, lost_zeros: int) -> SchemeEvidence:
    table = readings.table
    coded = table[table["code"] != ""]
    known = coded[coded["valid_inei"] | coded["valid_reniec"]]
    distinct = known.drop_duplicates("code")
    named = known[known["named"]]
    votes = max(int(named["votes_inei"].sum()), int(named["votes_reniec"].sum()))
    return SchemeEvidence(
        rows=len(table),
        level=level,
        lost_zeros=lost_zeros,
        valid_inei=_share(coded["valid_inei"]),
        valid_reniec=_share(coded["valid_reniec"]),
        known_codes=len(distinct),
        only_inei_codes=int((distinct["valid_inei"] & ~distinct["valid_reniec"]).sum()),
        only_reniec_codes=int((distinct["valid_reniec"] & ~distinct["valid_inei"]).sum()),
        named=len(named),
        agree_inei=_share(named["agrees_inei"]),
        agree_reniec=_share(named["agrees_reniec"]),
        votes_inei=int(named["votes_inei"].sum()),
        votes_reniec=int(named["votes_reniec"].sum()),
        certainty=1 - FALSE_VOTE**votes if votes else 0.0,
    )


def _judge(evidence: SchemeEvidence, readings: Readings) -> tuple[CodeScheme, Ground]:
    if evidence.votes_inei and evidence.votes_reniec:
        return CodeScheme.MIXED, Ground.MIXED_NAMES
    by_names = _judge_names(evidence, readings)
    if by_names:
        return by_names
    if readings.known < MIN_KNOWN_SHARE:
        return CodeScheme.AMBIGUOUS, Ground.NOT_CODES
    if evidence.named * 2 > evidence.rows:
        agree = max(evidence.agree_inei, evidence.agree_reniec) >= MIN_AGREEING_SHARE
        ground = Ground.BOTH_POSSIBLE if agree else Ground.NAMES_FIT_NEITHER
        return CodeScheme.AMBIGUOUS, ground
    return _judge_codes(evidence)


def _judge_names(evidence: SchemeEvidence, readings: Readings) -> tuple[CodeScheme, Ground] | None:
    if not (evidence.votes_inei or evidence.votes_reniec):
        return (CodeScheme.INEI, Ground.SAME_IN_BOTH) if readings.same_in_both else None
    inei = evidence.votes_inei > 0
    agree = evidence.agree_inei if inei else evidence.agree_reniec
    if agree < MIN_AGREEING_SHARE or evidence.certainty < MIN_CERTAINTY:
        return None
    ours, theirs = evidence.only_inei_codes, evidence.only_reniec_codes
    if not inei:
        ours, theirs = theirs, ours
    if theirs >= MIN_DECISIVE_CODES and theirs > MAX_CONTRARY_SHARE * ours:
        return CodeScheme.MIXED, Ground.MIXED_CODES
    return (CodeScheme.INEI if inei else CodeScheme.RENIEC), Ground.NAMES


def _judge_codes(evidence: SchemeEvidence) -> tuple[CodeScheme, Ground]:
    inei, reniec = evidence.only_inei_codes, evidence.only_reniec_codes
    most, fewest = max(inei, reniec), min(inei, reniec)
    if most < MIN_DECISIVE_CODES or most < MIN_DECISIVE_SHARE * evidence.known_codes:
        return CodeScheme.AMBIGUOUS, Ground.BOTH_POSSIBLE
    if fewest > MAX_CONTRARY_SHARE * most:
        if fewest < MIN_DECISIVE_CODES:
            return CodeScheme.AMBIGUOUS, Ground.FEW_CONTRARY
        return CodeScheme.MIXED, Ground.MIXED_CODES
    return (CodeScheme.INEI if inei > reniec else CodeScheme.RENIEC), Ground.CODES


def _with_statement(
    stated: CodeScheme, scheme: CodeScheme, ground: Ground
) -> tuple[CodeScheme, Ground]:
    by_names = ground in (Ground.NAMES, Ground.MIXED_NAMES)
    if scheme is stated or not by_names:
        return stated, Ground.STATED
    if scheme in (CodeScheme.INEI, CodeScheme.RENIEC):
        return CodeScheme.AMBIGUOUS, Ground.CONTRADICTED
    return scheme, ground


def _examples(readings: Readings, ground: Ground) -> tuple[tuple[int, ...], tuple[int, ...]]:
    table = readings.table
    if ground in (Ground.MIXED_NAMES, Ground.CONTRADICTED, Ground.NAMES):
        inei, reniec = table["votes_inei"], table["votes_reniec"]
    else:
        inei = table["valid_inei"] & ~table["valid_reniec"]
        reniec = table["valid_reniec"] & ~table["valid_inei"]
    return _first(table.index[inei]), _first(table.index[reniec])


def _first(rows: pd.Index) -> tuple[int, ...]:
    return tuple(int(row) for row in rows[:_SHOWN])


def _share(flags: pd.Series) -> float:
    return round(float(flags.mean()), 4) if len(flags) else 0.0
