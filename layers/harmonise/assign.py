"""Give every row of a user's table its unit, or the reason why it has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pandas as pd

from layers.harmonise.code_text import Repair, clean_codes
from layers.harmonise.names import NameMatch, NameReason, match_names, nearest_units
from layers.harmonise.readings import read_both, units_of_level
from layers.harmonise.scheme import MIN_AGREEING_SHARE, Detection, detect_scheme
from layers.harmonise.spelling import contains, similarity
from layers.terms import AdminLevel, CodeScheme

CONTRADICTS = 60.0
"""Below this likeness a name contradicts the unit of its code."""
RIVAL_SCHEME = 5.0
RIVAL_SIBLING = 10.0
"""How much more like the name another reading of the code, or another unit of the province,
must be for the name to contradict the code."""


_OWN_DIGITS = 2
"""Digits that a level adds to the code of its parent."""


class CodeReason(StrEnum):
    """Why a code could not be given a unit."""

    CODE_UNKNOWN = "code_unknown"
    CODE_DIGITS = "code_wrong_digits"
    OTHER_SCHEME = "code_only_in_other_scheme"
    CONTRADICTED = "name_contradicts_code"
    EMPTY = "no_code_nor_name"
    SCHEME = "code_scheme_not_certain"
    """Either scheme may be meant, and there is no name to tell."""


@dataclass(frozen=True)
class Unmatched:
    """A row without a unit."""

    row: int
    code: str
    name: str
    reason: CodeReason | NameReason
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """What became of every row: assigned, unmatched, or refused as a whole."""

    level: AdminLevel
    detection: Detection | None
    """None where the table has names only."""
    ubigeos: pd.Series
    """INEI code by row; empty where the table is refused."""
    repairs: tuple[Repair, ...]
    unmatched: tuple[Unmatched, ...]
    by_name: tuple[NameMatch, ...]

    @property
    def refused(self) -> bool:
        """True where no row was assigned since the scheme is not certain."""
        return self.detection is not None and self.detection.refused


def assign_units(
    rows: pd.DataFrame, equivalence: pd.DataFrame, stated: CodeScheme | None = None
) -> Assignment:
    """Give the rows of a table the INEI codes of their units.

    A code that is given is looked up and never overruled by a name; a row without a
    code is matched by its name inside its province or region.

    Parameters
    ----------
    rows : DataFrame
        Indexed by row of the file; any of the columns ``code``, ``name``, ``province``
        and ``region``, as read.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    stated : CodeScheme, optional
        The scheme, where the caller states one.

    Returns
    -------
    Assignment
        Every row is assigned or unmatched, unless the table is refused.
    """
    rows = rows.fillna("").astype(str)
    if "code" not in rows:
        return _by_names(rows, equivalence)
    cleaned = clean_codes(rows["code"])
    names, compared = _compared(rows, equivalence, cleaned.level)
    detection = detect_scheme(rows["code"], names, equivalence=compared, stated=stated)
    units = units_of_level(compared, cleaned.level)
    table = read_both(cleaned.codes, names, units).table
    if detection.refused:
        unknown = table.loc[~table["valid_inei"] & ~table["valid_reniec"], "code"]
        lost = [
            Unmatched(int(row), code, _name(rows, row), _unknown(code, cleaned.level))
            for row, code in zip(unknown.index, unknown, strict=True)
            if code
        ]
        nothing = pd.Series(dtype=object)
        return Assignment(cleaned.level, detection, nothing, cleaned.repairs, tuple(lost), ())
    coded = cleaned.codes != ""
    real = units_of_level(equivalence, cleaned.level)
    by_name = _by_names(_named_rows(rows[~coded], cleaned.level), equivalence, cleaned.level)
    judged = _Judge(detection, cleaned.level, real, names is not None and compared is equivalence)
    lost = list(judged.faults(table[coded]))
    found = table.loc[coded, detection.scheme.value].drop([item.row for item in lost])
    return Assignment(
        cleaned.level,
        detection,
        pd.concat([found, by_name.ubigeos]).sort_index(),
        cleaned.repairs,
        tuple(sorted([*lost, *by_name.unmatched], key=lambda item: item.row)),
        by_name.by_name,
    )


@dataclass(frozen=True)
class _Judge:
    """Finds the rows whose code is not a unit, or not the one that is named."""

    detection: Detection
    level: AdminLevel
    units: pd.DataFrame
    has_names: bool

    @cached_property
    def siblings(self) -> dict[str, dict[str, str]]:
        """Names by unit, by the code of their parent."""
        found: dict[str, dict[str, str]] = {}
        for unit, name in zip(self.units["ubigeo"], self.units["name"], strict=True):
            found.setdefault(unit[:-_OWN_DIGITS], {})[unit] = name
        return found

    def faults(self, table: pd.DataFrame) -> Iterator[Unmatched]:
        scheme = self.detection.scheme.value
        other = "reniec" if scheme == "inei" else "inei"
        evidence = self.detection.evidence
        agree = {"inei": evidence.agree_inei, "reniec": evidence.agree_reniec}[scheme]
        trusted = self.has_names and agree >= MIN_AGREEING_SHARE
        for row, record in zip(table.index, table.to_dict("records"), strict=True):
            code, name, unit = record["code"], record["name"], record[scheme]
            if not unit:
                known = record[f"valid_{other}"]
                reason = CodeReason.OTHER_SCHEME if known else _unknown(code, self.level)
                yield Unmatched(int(row), code, name, reason, nearest_units(name, self.units))
            elif trusted and record["named"]:
                likes = record[f"like_{scheme}"], record[f"like_{other}"]
                if _contradicts(name, unit, likes, self.siblings):
                    near = nearest_units(name, self.units)
                    yield Unmatched(int(row), code, name, CodeReason.CONTRADICTED, near)


def _contradicts(
    name: str, unit: str, likes: tuple[float, float], siblings: dict[str, dict[str, str]]
) -> bool:
    like, like_other = likes
    if like == 100.0:
        return False
    if like_other > like + RIVAL_SCHEME:
        return True
    near = siblings[unit[:-_OWN_DIGITS]]
    if any(
        similarity(name, official) >= like + RIVAL_SIBLING
        for other, official in near.items()
        if other != unit
    ):
        return True
    return like < CONTRADICTS and not contains(name, near[unit])


def _by_names(
    rows: pd.DataFrame, equivalence: pd.DataFrame, level: AdminLevel | None = None
) -> Assignment:
    if level is None:
        level = _level_of_names(rows)
        rows = _named_rows(rows, level)
    matches, refused = match_names(rows, units_of_level(equivalence, level))
    ubigeos = pd.Series({item.row: item.ubigeo for item in matches}, dtype=object)
    unmatched = tuple(
        Unmatched(
            item.row,
            "",
            item.provider,
            CodeReason.EMPTY if item.reason is NameReason.NO_NAME else item.reason,
            item.nearest,
        )
        for item in refused
    )
    return Assignment(level, None, ubigeos, (), unmatched, tuple(matches))


def _level_of_names(rows: pd.DataFrame) -> AdminLevel:
    for column, level in (
        ("name", AdminLevel.DISTRICT),
        ("province", AdminLevel.PROVINCE),
    ):
        if column in rows and rows[column].str.strip().ne("").any():
            return level
    return AdminLevel.REGION


def _named_rows(rows: pd.DataFrame, level: AdminLevel) -> pd.DataFrame:
    """Return the names with the unit's own in ``name`` and its parents' beside it."""
    if level is not AdminLevel.DISTRICT and level.value in rows:
        own = rows[level.value].where(rows[level.value].str.strip() != "", rows.get("name", ""))
        rows = rows.assign(name=own)
    parents = {AdminLevel.DISTRICT: ["province", "region"], AdminLevel.PROVINCE: ["region"]}
    wanted = ["name", *parents.get(level, [])]
    return rows.reindex(columns=wanted, fill_value="")


def _compared(
    rows: pd.DataFrame, equivalence: pd.DataFrame, level: AdminLevel
) -> tuple[pd.Series | None, pd.DataFrame]:
    """Return the names that can be compared and the districts with the same kind of name."""
    own = _named_rows(rows, level)["name"]
    if own.str.strip().ne("").any():
        return own, equivalence
    for column in ("province", "region"):
        if level is AdminLevel.DISTRICT and column in rows:
            return rows[column], equivalence.assign(name=equivalence[column])
    return None, equivalence


def _unknown(code: str, level: AdminLevel) -> CodeReason:
    right = code.isascii() and code.isdigit() and len(code) == level.digits
    return CodeReason.CODE_UNKNOWN if right else CodeReason.CODE_DIGITS


def _name(rows: pd.DataFrame, row: object) -> str:
    return str(rows.at[row, "name"]) if "name" in rows else ""
