"""Tables that a planner brings or edits: figures of units, limits of severity, decisions."""

import importlib.util
from pathlib import Path

import pandas as pd

from layers.catalogue.sectors import R4V
from layers.errors import (
    CodeSchemeError,
    Sentence,
    SourceDamagedError,
    SourceUnavailableError,
    UserFileError,
    joined,
)
from layers.harmonise.assign import Assignment, assign_units
from layers.hxl_tags import column_of_tag
from layers.indicators.severity import PhaseLimits
from layers.sources.activity_columns import find_activity_columns
from layers.sources.form_export import is_export
from layers.sources.user_columns import guess_columns
from layers.sources.user_table import UserTable, read_user_table
from layers.spec import AwaitedSpec, Catalogue, Vocabulary
from layers.table.activity import Activity, activity_of, sector_key, sector_words
from layers.table.loaded_need import LoadedCells, cells_of_units, find_columns
from layers.table.long_rows import by_sector
from layers.table.need_decisions import NeedDecision, decisions_from
from layers.table.phase_limits import phase_limits
from layers.terms import AdminLevel, CodeScheme, FileKind, MonthRule

_PRESENCE_NEEDS = {
    Sentence("partners"): ("lead", "implementer"),
    Sentence("sectors"): ("sector",),
    Sentence("places"): ("code", "name", "province", "region"),
}
_ACTIVITY_NEEDS = {**_PRESENCE_NEEDS, Sentence("people"): ("total", "new", "target")}
"""What a 5W table cannot do without, and the columns of which one is enough."""


def read_cells(
    path: Path,
    awaited: AwaitedSpec,
    equivalence: pd.DataFrame,
    level: AdminLevel = AdminLevel.DISTRICT,
    stated: CodeScheme | None = None,
) -> LoadedCells:
    """Read a table of units from a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        One row per unit, one column per layer; an HXL row is understood.
    awaited : AwaitedSpec
        The columns that the table may have, and what their cells may hold.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    level : AdminLevel
        Level that the figures must be of.
    stated : CodeScheme, optional
        The scheme of the codes, where the caller states one.

    Returns
    -------
    LoadedCells
        Rows without a unit are listed in it.

    Raises
    ------
    SourceDamagedError
        Where it is no such table; says file, row and remedy.
    CodeSchemeError
        Where the scheme of the codes is not certain.
    """
    table = _by_column(_own_table(path), awaited, str(path))
    header = [str(name) for name in table.frame.columns]
    columns = find_columns(header, table.tags, awaited.columns)
    free = [name for name in header if name not in columns.values()]
    found = guess_columns(free, table.tags)
    if not found or not columns:
        lacking = (
            Sentence("figures of {kind}", kind=awaited.id) if found else Sentence("codes or names")
        )
        raise SourceDamagedError(
            "{path} has no column of {lacking} among {columns}; copy the header of data/{template}",
            path=path,
            lacking=lacking,
            columns=", ".join(header[:10]),
            template=awaited.template,
        )
    rows = pd.DataFrame({part: table.frame[column] for part, column in found.items()})
    assignment = assign_units(rows, equivalence, stated)
    _check(path, assignment, level)
    values = cells_of_units(table.frame, columns, assignment.ubigeos, str(path), awaited.accepted)
    if awaited.layers:
        # Layers of its own are there whether the file has their column or not.
        values = values.reindex(columns=[column.layer for column in awaited.columns])
    return LoadedCells(
        values=values,
        unmatched=assignment.unmatched,
        notes=(*table.notes, *_notes(table, found, columns, assignment)),
    )


def require_tags(path: Path) -> None:
    """Refuse a table without HXL tags, for who says that it has them."""
    if importlib.util.find_spec("hxl") is None:
        raise SourceUnavailableError(
            "tags of HXL are matched by libhxl, which is not installed; install geoapp[hxl]"
        )
    if not read_user_table(path).tags:
        raise SourceDamagedError(
            "{path} has no row of HXL tags among its first rows; add one, or load it by its headers",
            path=path,
        )


def _own_table(path: Path) -> UserTable:
    """Read a table of figures; answers of people are none."""
    table = read_user_table(path)
    if is_export([str(name) for name in table.frame.columns]):
        raise UserFileError(
            "{path} holds the answers of people to a form (KoBo, ODK), which are not kept; geoapp "
            "load --from kobo counts them by district",
            path=path,
        )
    return table


def _by_column(table: UserTable, awaited: AwaitedSpec, file: str) -> UserTable:
    """Return a table of one row per unit and sector as one with a column per sector.

    Tags tell it: one column of sectors, and one figure that is of no sector.
    """
    of_sector = {one.tag.partition("+")[2]: one.layer for one in awaited.columns if "+" in one.tag}
    stems = {one.tag.partition("+")[0] for one in awaited.columns}
    sector = column_of_tag(table.tags, ("#sector+name", "#sector-code", "#sector+code"))
    if sector is None or len(stems) != 1 or len(of_sector) < len(awaited.columns):
        return table
    header = [str(name) for name in table.frame.columns]
    if find_columns(header, table.tags, awaited.columns):
        return table
    figure = column_of_tag(table.tags, tuple(stems))
    places = list(guess_columns(header, table.tags).values())
    if figure is None or not places:
        return table
    known = sector_words(R4V)
    words = {
        word: of_sector.get(known.get(sector_key(word), ""), "") for word in table.frame[sector]
    }
    frame, notes = by_sector(table.frame, places, sector, figure, words, file)
    tags = {column: tag for column, tag in table.tags.items() if column in places}
    wanted = {one.layer: one.tag for one in awaited.columns if one.layer in frame}
    return UserTable(frame, (*table.notes, *notes), tags | wanted, table.facts)


def read_activity(
    path: Path,
    awaited: AwaitedSpec,
    vocabulary: Vocabulary,
    equivalence: pd.DataFrame,
    stated: CodeScheme | None = None,
    months: MonthRule | None = None,
) -> Activity:
    """Read who does what, where, when and for whom (5W) from a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        One row per activity, place and month; headers as R4V writes them in Spanish or English,
        or HXL tags.
    awaited : AwaitedSpec
        A list of who is present counts nobody; activity counts people.
    vocabulary : Vocabulary
        The sectors.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    stated : CodeScheme, optional
        The scheme of the codes.
    months : MonthRule, optional
        How months become one figure; by the columns of the file if None.

    Returns
    -------
    Activity
        The rows that count, and the others with their reason.

    Raises
    ------
    SourceDamagedError
        Where a column that it cannot do without is not found.
    """
    needs = _PRESENCE_NEEDS if awaited.kind is FileKind.PRESENCE else _ACTIVITY_NEEDS
    table = _own_table(path)
    columns = find_activity_columns([str(name) for name in table.frame.columns], table.tags)
    lacking = [what for what, parts in needs.items() if not any(part in columns for part in parts)]
    if lacking:
        raise SourceDamagedError(
            "{path} has no column of {lacking} among {columns}; copy the header of data/{template}",
            path=path,
            lacking=joined(lacking, ", "),
            columns=", ".join(map(str, table.frame.columns[:15])),
            template=awaited.template,
        )
    return activity_of(table.frame, columns, equivalence, vocabulary, stated, months)


def read_phase_limits(
    path: Path, vocabulary: Vocabulary, catalogue: Catalogue
) -> dict[str, PhaseLimits]:
    """Read the limits of severity of each sector.

    Parameters
    ----------
    path : Path
        As ``data/needs/per/severity_thresholds.csv``.
    vocabulary : Vocabulary
        Whose sectors may have a row.
    catalogue : Catalogue
        Declares the deficits.

    Returns
    -------
    dict
        From the sector to its limits.

    Raises
    ------
    SourceDamagedError
        With one sentence per bad row.
    """
    return phase_limits(read_user_table(path).frame, str(path), vocabulary.entering, catalogue)


def read_decisions(path: Path) -> tuple[NeedDecision, ...]:
    """Read the decisions of the group; raise SourceDamagedError with each bad row."""
    return decisions_from(read_user_table(path).frame, str(path))


def _check(path: Path, assignment: Assignment, level: AdminLevel) -> None:
    if assignment.refused and assignment.detection is not None:
        raise CodeSchemeError(
            "{path}: the codes are {scheme} ({ground}); state inei or reniec, or add the names",
            path=path,
            scheme=assignment.detection.scheme,
            ground=assignment.detection.ground,
        )
    if assignment.level is not level:
        raise SourceDamagedError(
            "{path} gives figures by {found}, not by {level}; give one row per {level}",
            path=path,
            found=assignment.level,
            level=level,
        )


def _notes(
    table: UserTable, found: dict[str, str], columns: dict[str, str], assignment: Assignment
) -> list[Sentence]:
    used = {*found.values(), *columns.values()}
    unread = [str(name) for name in table.frame.columns if name not in used]
    notes = [
        Sentence("{part}: column {column!r}", part=layer, column=column)
        for layer, column in columns.items()
    ]
    notes += [
        Sentence("column {name!r} is not known and was not read", name=name) for name in unread
    ]
    if repaired := len(assignment.repairs):
        notes.append(Sentence("{count} codes were repaired", count=repaired))
    if lost := len(assignment.unmatched):
        notes.append(Sentence("{count} rows have no unit and were not loaded", count=lost))
    return notes
