"""Find the units that names mean: a district inside its province, never alone by likeness."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from layers.harmonise.spelling import edit_distance, normalise_name, similarity

__all__ = [
    "NameMatch",
    "NameReason",
    "NameUnmatched",
    "match_name",
    "match_names",
    "nearest_units",
    "normalise_name",
]

ACCEPT_IN_PROVINCE = 72.0
"""Least score of a name among the few of its province."""
ACCEPT_IN_REGION = 85.0
"""Least score among the names of a region, where there is no province."""
ACCEPT_IN_COUNTRY = 100.0
"""Alone, only a name that one unit of the country bears, spelt alike."""
MARGIN = 6.0
"""How far the best name must be above the second; closer ones are a tie, which is refused."""
_TYPING_ERRORS = 3
"""Up to so many edits a difference is read as typing errors, which any rival may explain too."""
_SHOWN = 3


class NameReason(StrEnum):
    """Why a name could not be given a unit."""

    NO_NAME = "no_name"
    REGION_UNKNOWN = "region_unknown"
    PROVINCE_UNKNOWN = "province_unknown"
    NAME_UNKNOWN = "name_unknown"
    NAME_AMBIGUOUS = "name_ambiguous"
    NAME_REPEATED = "name_repeated_elsewhere"


@dataclass(frozen=True)
class NameMatch:
    """A row whose unit was found by name."""

    row: int
    ubigeo: str
    provider: str
    """The name as the table spells it."""
    official: str
    score: float
    """The lowest likeness of the names used, 0 to 100."""


@dataclass(frozen=True)
class NameUnmatched:
    """A row that names no unit with certainty."""

    row: int
    provider: str
    reason: NameReason
    nearest: tuple[str, ...] = ()
    """The most similar units, as ``150132 San Juan de Lurigancho (Lima, Lima)``."""


def match_names(
    rows: pd.DataFrame, units: pd.DataFrame
) -> tuple[list[NameMatch], list[NameUnmatched]]:
    """Find the unit of each row by its names.

    Parameters
    ----------
    rows : DataFrame
        Indexed by row of the file; columns ``name`` and, where the table has them,
        ``province`` and ``region``.
    units : DataFrame
        Columns ``ubigeo``, ``name``, ``province`` and ``region`` of the units of one level.

    Returns
    -------
    tuple of lists
        Matches, and the rows that were refused with their reason.
    """
    matches: list[NameMatch] = []
    unmatched: list[NameUnmatched] = []
    found: dict[tuple[str, str, str], NameMatch | NameUnmatched] = {}
    for row, record in zip(rows.index, rows.to_dict("records"), strict=True):
        name, province, region = (
            str(record.get(part) or "").strip() for part in ("name", "province", "region")
        )
        key = (name, province, region)
        if key not in found:
            found[key] = match_name(*key, units=units)
        result = found[key]
        if isinstance(result, NameMatch):
            matches.append(NameMatch(**{**vars(result), "row": int(row)}))
        else:
            unmatched.append(NameUnmatched(**{**vars(result), "row": int(row)}))
    return matches, unmatched


def match_name(
    name: str, province: str = "", region: str = "", *, units: pd.DataFrame
) -> NameMatch | NameUnmatched:
    """Find one unit by its name inside the province or region that is given.

    Parameters
    ----------
    name, province, region : str
        As the table spells them; empty where it does not say.
    units : DataFrame
        As in `match_names`.

    Returns
    -------
    NameMatch or NameUnmatched
        With row 0.
    """

    def refuse(reason: NameReason, near: pd.DataFrame = units) -> NameUnmatched:
        return NameUnmatched(0, name, reason, nearest_units(name, near))

    if not normalise_name(name):
        return NameUnmatched(0, name, NameReason.NO_NAME)
    scope, scores = units, [100.0]
    for column, given, reason in (
        ("region", region, NameReason.REGION_UNKNOWN),
        ("province", province, NameReason.PROVINCE_UNKNOWN),
    ):
        if not normalise_name(given):
            continue
        best = _best(given, scope[column].unique(), ACCEPT_IN_REGION - 10)
        if len(best) != 1:
            return refuse(reason, scope)
        ((official, score),) = best.items()
        scope, scores = scope[scope[column] == official], [*scores, score]
    accept = _threshold(province, region, len(scope) < len(units))
    best = _best(name, scope["name"], accept)
    if not best:
        return refuse(NameReason.NAME_UNKNOWN, scope)
    chosen = scope[scope["name"].isin(list(best))]
    if len(chosen) != 1:
        repeated = len(best) == 1
        return refuse(NameReason.NAME_REPEATED if repeated else NameReason.NAME_AMBIGUOUS, scope)
    unit = chosen.iloc[0]
    score = round(min(*scores, best[unit["name"]]), 1)
    return NameMatch(0, unit["ubigeo"], name, unit["name"], score)


def _threshold(province: str, region: str, narrowed: bool) -> float:
    if not narrowed:
        return ACCEPT_IN_COUNTRY
    return ACCEPT_IN_PROVINCE if normalise_name(province) else ACCEPT_IN_REGION


def _best(name: str, official: Iterable[str], accept: float) -> Mapping[str, float]:
    """Return the best name with its rivals; empty where none is accepted.

    A rival is within the margin of the score, or as few edits away: 'oTmás' is one
    edit from Tomás and one from Omas, so that it means neither.
    """
    scores = {other: similarity(name, other) for other in set(official)}
    top = max(scores.values(), default=0.0)
    if top < accept:
        return {}
    if top == 100.0:
        return {other: score for other, score in scores.items() if score == top}
    edits = {other: edit_distance(name, other) for other in scores}
    fewest = min(edits[other] for other, score in scores.items() if score == top)
    return {
        other: score
        for other, score in scores.items()
        if score >= max(accept, top - MARGIN) or edits[other] <= fewest <= _TYPING_ERRORS
    }


def nearest_units(name: str, units: pd.DataFrame) -> tuple[str, ...]:
    """Return the units whose names are most like a name, for a person to choose from.

    Parameters
    ----------
    name : str
        Any spelling.
    units : DataFrame
        As in `match_names`.

    Returns
    -------
    tuple of str
        At most three, the best first.
    """
    if not normalise_name(name):
        return ()
    scores = units["name"].map(lambda other: similarity(name, other))
    best = scores.sort_values(ascending=False, kind="stable").head(_SHOWN).index
    rows = units.rename(columns={"name": "name_"}).loc[best].itertuples()
    return tuple(_told(unit.ubigeo, unit.name_, unit.province, unit.region) for unit in rows)


def _told(ubigeo: str, name: str, province: str, region: str) -> str:
    """Return what a person knows a unit by; a region lies in itself, a province in no other."""
    above = [part for part in (province, region) if part]
    return f"{ubigeo} {name}" + (f" ({', '.join(above)})" if above != [name] else "")
