"""What partners report (5W): the rows that count, and why others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from layers.harmonise.code_text import MISSING_WORDS
from layers.harmonise.places import place_rows
from layers.harmonise.spelling import plain_words
from layers.spec import Vocabulary
from layers.table.unplaced import Unplaced
from layers.terms import CodeScheme, MonthRule, RowFault

HOST_WORDS = ("acogida", "host", "receptora")
"""Words of a type of population whose people are no migrants."""
_BLANK = frozenset((*MISSING_WORDS, "", "n/d", "s.i."))
_NUMBER = r"\d+(\.0+)?"
_FIGURES = ("total", "new", "target")


@dataclass(frozen=True)
class Activity:
    """What a 5W table says, row by row."""

    rows: pd.DataFrame
    """By row of the file: unit, sector, what, partner, people, month, total, new, target."""
    unused: tuple[Unplaced, ...]
    months: MonthRule
    """How the months of one activity become one figure."""
    present: pd.DataFrame
    """unit, sector and partner, each once: who reports, or is named without any figure."""
    counted: int
    """Rows that count, as figures or as presence."""


def activity_of(
    cells: pd.DataFrame,
    columns: Mapping[str, str],
    equivalence: pd.DataFrame,
    vocabulary: Vocabulary,
    stated: CodeScheme | None = None,
    months: MonthRule | None = None,
) -> Activity:
    """Keep the rows of a 5W table that can be counted, and say of every other one why not.

    Parameters
    ----------
    cells : DataFrame of str
        As read, indexed by row of the file.
    columns : mapping
        From the part of a 5W row to its column.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    vocabulary : Vocabulary
        The sectors; an area of responsibility counts for its sector.
    stated : CodeScheme, optional
        The scheme of the codes.
    months : MonthRule, optional
        Sum of the new people where the table tells them, else the largest month.

    Returns
    -------
    Activity
        Each row of the table is in ``rows`` or in ``unused``; where the table has no column of
        people, each is in ``present`` or in ``unused``, since who is there is no figure.
    """
    parts = pd.DataFrame({part: cells[column] for part, column in columns.items()})
    parts = parts.fillna("").astype(str).apply(lambda text: text.str.strip())
    texts = parts.mask(parts.apply(lambda text: text.str.casefold().isin(_BLANK)), "")
    faults = _row_faults(cells, texts)
    sectors = _sectors(texts["sector"], vocabulary)
    faults += [
        Unplaced(int(row), "", word, RowFault.SECTOR.value, _near_sectors(word, vocabulary))
        for row, word in texts["sector"][sectors.isna()].items()
    ]
    wrong = {fault.row for fault in faults}
    sound = texts[~texts.index.isin(list(wrong))]
    placed = place_rows(sound, equivalence, stated)
    faults += [
        Unplaced(one.row, one.code, one.name, one.reason.value, one.nearest)
        for one in placed.unmatched
    ]
    texts = texts.loc[placed.units.index]
    rule = months or (MonthRule.SUM if _has_new(texts) else MonthRule.LARGEST)
    rows = _rows(texts, placed.units, sectors)
    return Activity(
        rows if _tells_people(texts) else rows.iloc[:0],
        tuple(sorted(faults, key=lambda f: f.row)),
        rule,
        rows[["unit", "sector", "partner"]].drop_duplicates(ignore_index=True),
        len(rows),
    )


def _tells_people(texts: pd.DataFrame) -> bool:
    return any(part in texts for part in _FIGURES)


def _row_faults(cells: pd.DataFrame, texts: pd.DataFrame) -> list[Unplaced]:
    """Return the rows that count nowhere wherever they are, each with the first of its faults."""
    figures = texts.reindex(columns=list(_FIGURES), fill_value="")
    odd = figures.where((figures != "") & ~figures.apply(lambda text: text.str.fullmatch(_NUMBER)))
    people = texts.get("people", pd.Series("", index=texts.index))
    faults = {
        RowFault.NUMBER: odd.notna().any(axis=1),
        RowFault.NO_PEOPLE: (figures == "").all(axis=1) & _tells_people(texts),
        RowFault.NO_PARTNER: _partner(texts) == "",
        RowFault.HOST: people.map(_is_host),
        RowFault.REPEATED: cells.duplicated(),
    }
    reasons = pd.Series("", index=texts.index)
    for fault, is_so in reversed(faults.items()):
        reasons = reasons.mask(is_so.astype(bool), fault.value)
    return [
        Unplaced(int(row), "", ", ".join(odd.loc[row].dropna()), reason)
        for row, reason in reasons[reasons != ""].items()
    ]


def _is_host(people: str) -> bool:
    return any(word in plain_words(people) for word in HOST_WORDS)


def _partner(texts: pd.DataFrame) -> pd.Series:
    """Return who did it: the implementing partner, else the one that appeals."""
    empty = pd.Series("", index=texts.index)
    who, lead = texts.get("implementer", empty), texts.get("lead", empty)
    return who.where(who != "", lead)


def _has_new(texts: pd.DataFrame) -> bool:
    return "new" in texts and bool((texts["new"] != "").any())


def _sectors(words: pd.Series, vocabulary: Vocabulary) -> pd.Series:
    known = sector_words(vocabulary)
    return words.map(lambda word: known.get(sector_key(word)))


def sector_words(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the sector that each accepted word means, by the word.

    Parameters
    ----------
    vocabulary : Vocabulary
        The sectors with their headers.

    Returns
    -------
    dict
        An area of responsibility means the sector that answers for it.
    """
    return {
        sector_key(word): sector.part_of or sector.id
        for sector in vocabulary.sectors
        for word in (sector.id, *sector.headers)
    }


def sector_key(word: str) -> str:
    """Return the form in which words of sectors are compared."""
    return " ".join(part for part in plain_words(word).split() if part != "subsector")


def _near_sectors(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(get_close_matches(sector_key(word), list(sector_words(vocabulary)), n=3))


def _rows(texts: pd.DataFrame, units: pd.Series, sectors: pd.Series) -> pd.DataFrame:
    empty = pd.Series("", index=texts.index)

    def text_of(part: str) -> pd.Series:
        return texts.get(part, empty)

    def number_of(part: str) -> pd.Series:
        return text_of(part).replace("", None).astype(float)

    return pd.DataFrame(
        {
            "unit": units,
            "sector": sectors.loc[texts.index],
            "what": (text_of("sector") + "|" + text_of("indicator")).map(plain_words),
            "partner": _one_spelling(_partner(texts)),
            "people": text_of("people").map(plain_words),
            "month": text_of("month").str.casefold(),
            **{part: number_of(part) for part in ("total", "new", "target")},
        }
    )


def _one_spelling(names: pd.Series) -> pd.Series:
    """Return the partners with the first spelling of each; capitals and accents tell none apart."""
    keys = names.map(plain_words)
    return keys.map(names.groupby(keys).first())


_CELL = ["unit", "sector", "partner", "people"]


def reports_of(activity: Activity) -> pd.DataFrame:
    """Add up what each partner reports for each place and sector.

    Rows of one month are added. Months: ``sum`` adds the new people of each month (the totals
    where the table has no such column), ``largest`` takes the month with most people, since the
    same people return month after month. Of several indicators of a partner in a sector the one
    with most people counts, since the same people stand in several. Types of population are added.

    Parameters
    ----------
    activity : Activity
        The rows.

    Returns
    -------
    DataFrame
        unit, sector, partner, reached and planned (people; missing is not reported).
    """
    rows = activity.rows
    use_new = activity.months is MonthRule.SUM and rows["new"].notna().any()
    counted = rows["new"].fillna(rows["total"]) if use_new else rows["total"].fillna(rows["new"])
    rows = rows.assign(reached=counted)
    monthly = _added(rows, [*_CELL, "what", "month"])
    over = {"reached": "largest" if activity.months is MonthRule.LARGEST else "sum"}
    by_what = _joined(monthly, [*_CELL, "what"], {**over, "target": "largest"})
    by_people = _joined(by_what, _CELL, {"reached": "largest", "target": "largest"})
    added = _added(by_people, ["unit", "sector", "partner"])
    return added.rename(columns={"target": "planned"})


def _added(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    return rows.groupby(list(keys))[["reached", "target"]].sum(min_count=1).reset_index()


def _joined(rows: pd.DataFrame, keys: Sequence[str], how: Mapping[str, str]) -> pd.DataFrame:
    groups = rows.groupby(list(keys))
    return pd.DataFrame(
        {
            name: groups[name].max() if way == "largest" else groups[name].sum(min_count=1)
            for name, way in how.items()
        }
    ).reset_index()
