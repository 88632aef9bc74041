"""Give each row of a table its unit where rows are of different levels."""

from dataclasses import dataclass, replace

import pandas as pd

from layers.codes import clean_code
from layers.harmonise.assign import CodeReason, Unmatched, assign_units
from layers.harmonise.code_text import MISSING_WORDS
from layers.harmonise.spelling import plain_words
from layers.terms import AdminLevel, CodeScheme

NO_PLACE_WORDS = frozenset(
    (
        *MISSING_WORDS,
        *("todos", "todas", "todo", "toda", "varios", "varias", "multiple", "multiples", "all"),
        *("no especificado", "sin especificar", "no aplica", "not specified", "not applicable"),
        *("nacional", "national", "desconocido", "unknown", "otro", "otros"),
    )
)
"""Cells that name no unit: the row is of the level above."""
_LEVELS = (AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION)
_COLUMN = {
    AdminLevel.DISTRICT: "name",
    AdminLevel.PROVINCE: "province",
    AdminLevel.REGION: "region",
}


@dataclass(frozen=True)
class Placed:
    """The unit of each row, of whatever level the row speaks of."""

    units: pd.Series
    """INEI code by row: two digits a region, four a province, six a district."""
    unmatched: tuple[Unmatched, ...]


def place_rows(
    rows: pd.DataFrame, equivalence: pd.DataFrame, stated: CodeScheme | None = None
) -> Placed:
    """Give rows of regions, provinces and districts their units.

    A row is of the finest level that it names or has a code of. One whose district is
    misspelt beyond recognition is unmatched: it is not moved to its province in silence.

    Parameters
    ----------
    rows : DataFrame of str
        Indexed by row of the file; any of ``code``, ``name``, ``province`` and ``region``.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    stated : CodeScheme, optional
        The scheme of the codes, where the caller states one.

    Returns
    -------
    Placed
        Every row has a unit or is unmatched; where the scheme of codes is not certain
        those rows are placed by their names.
    """
    wanted = ["code", *_COLUMN.values()]
    rows = rows.reindex(columns=wanted, fill_value="").astype(str)
    rows = rows.apply(lambda text: text.str.strip())
    rows = rows.mask(rows.apply(lambda text: text.map(_is_no_place)), "")
    levels = pd.Series([_level(*cells) for cells in rows.itertuples(index=False)], rows.index)
    units = [pd.Series(dtype=object)]
    unmatched: list[Unmatched] = []
    for level in _LEVELS:
        finer = [_COLUMN[other] for other in _LEVELS if other.digits > level.digits]
        here = rows[levels == level.value].drop(columns=finer)
        has_code = here["code"] != ""
        for part in (here[has_code], here[~has_code].drop(columns="code")):
            if len(part):
                found = _assigned(part, equivalence, stated)
                units.append(found.units)
                unmatched += found.unmatched
    placed = pd.concat(units).sort_index()
    return Placed(placed, tuple(sorted(unmatched, key=lambda item: item.row)))


def _assigned(rows: pd.DataFrame, equivalence: pd.DataFrame, stated: CodeScheme | None) -> Placed:
    """Place rows of one level; by their names alone where the scheme of the codes is not certain."""
    found = assign_units(rows, equivalence, stated)
    if not found.refused:
        return Placed(found.ubigeos, found.unmatched)
    by_name = assign_units(rows.drop(columns="code"), equivalence)
    return Placed(
        by_name.ubigeos,
        tuple(
            replace(
                one,
                code=str(rows.at[one.row, "code"]),
                reason=CodeReason.SCHEME if one.reason is CodeReason.EMPTY else one.reason,
            )
            for one in by_name.unmatched
        ),
    )


def _is_no_place(cell: str) -> bool:
    return cell.casefold() in NO_PLACE_WORDS or plain_words(cell) in NO_PLACE_WORDS


def _level(code: str, name: str, province: str, region: str) -> str:
    digits = len(clean_code(code)) if code else 0
    if digits > AdminLevel.PROVINCE.digits or (not digits and name):
        return AdminLevel.DISTRICT.value
    if digits > AdminLevel.REGION.digits or (not digits and province):
        return AdminLevel.PROVINCE.value
    return AdminLevel.REGION.value
