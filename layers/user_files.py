"""Files that a planner brings or edits: people in need, limits of severity, decisions."""

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd

from layers.errors import CodeSchemeError, SourceDamagedError
from layers.harmonise.assign import Assignment, assign_units
from layers.indicators.severity import PhaseLimits
from layers.sources.user_columns import guess_columns
from layers.sources.user_table import UserTable, read_user_table
from layers.spec import Catalogue, SourceSpec, Vocabulary
from layers.table.loaded_need import LoadedNeed, need_columns, need_figures
from layers.table.need_decisions import NeedDecision, decisions_as_csv, decisions_from
from layers.table.phase_limits import phase_limits
from layers.terms import AdminLevel, CodeScheme, Licence

NEED_SOURCE = "loaded_need"
"""Id of the file of people in need among the sources."""


def need_source(
    path: Path, publisher: str, vintage: date, landing: str = "", redistributable: bool = False
) -> SourceSpec:
    """Declare a file of people in need as a source, so that its figures can name it.

    Parameters
    ----------
    path : Path
        The file.
    publisher : str
        Who answers for the figures.
    vintage : date
        Day that the figures speak of.
    landing : str
        Page of the original, where there is one.
    redistributable : bool
        Whether its figures may leave the organisation in exports.

    Returns
    -------
    SourceSpec
        With the hash of the bytes; the catalogue that reads the build must hold it too.
    """
    data = path.read_bytes()
    return SourceSpec(
        id=NEED_SOURCE,
        publisher=publisher,
        landing=landing,
        licence=Licence.FACTS,
        vintage=vintage.isoformat(),
        format=path.suffix.lstrip(".").lower(),
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        redistributable=redistributable,
        citation=f"{publisher}, {path.name}",
        mirror=path.name,
    )


def read_need(
    path: Path,
    source: SourceSpec,
    equivalence: pd.DataFrame,
    vocabulary: Vocabulary,
    level: AdminLevel = AdminLevel.DISTRICT,
    stated: CodeScheme | None = None,
) -> LoadedNeed:
    """Read people in need by unit and sector from a CSV or XLSX file.

    Parameters
    ----------
    path : Path
        One row per unit, one column per sector; an HXL row is understood.
    source : SourceSpec
        The file as a source, from `need_source`.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    vocabulary : Vocabulary
        Whose sectors the columns are.
    level : AdminLevel
        Level that the figures must be of.
    stated : CodeScheme, optional
        The scheme of the codes, where the caller states one.

    Returns
    -------
    LoadedNeed
        Rows without a unit are listed in it.

    Raises
    ------
    SourceDamagedError
        Where it is no such table; says file, row and remedy.
    CodeSchemeError
        Where the scheme of the codes is not certain.
    """
    table = read_user_table(path)
    header = [str(name) for name in table.frame.columns]
    found = guess_columns(header, table.tags)
    columns = need_columns(header, table.tags, vocabulary.sectors)
    if not found or not columns:
        lacking = "codes or names" if not found else f"a sector of {vocabulary.id}"
        raise SourceDamagedError(
            f"{path} has no column of {lacking} among {', '.join(header[:10])}; "
            "copy the header of data/needs/per/pin_template.csv"
        )
    rows = pd.DataFrame({part: table.frame[column] for part, column in found.items()})
    assignment = assign_units(rows, equivalence, stated)
    _check(path, assignment, level)
    return LoadedNeed(
        source=source,
        values=need_figures(table.frame, columns, assignment.ubigeos, str(path)),
        unmatched=assignment.unmatched,
        notes=(*table.notes, *_notes(table, found, columns, assignment)),
    )


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


def write_decisions(path: Path, decisions: tuple[NeedDecision, ...]) -> None:
    """Write decisions so that a reader never sees half of them."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(decisions_as_csv(decisions), encoding="utf-8", newline="")
    part.replace(path)


def _check(path: Path, assignment: Assignment, level: AdminLevel) -> None:
    if assignment.refused and assignment.detection is not None:
        raise CodeSchemeError(
            f"{path}: the codes are {assignment.detection.scheme.value} "
            f"({assignment.detection.ground.value}); state inei or reniec, or add the names"
        )
    if assignment.level is not level:
        raise SourceDamagedError(
            f"{path} gives figures by {assignment.level}, not by {level}; give one row per {level}"
        )


def _notes(
    table: UserTable, found: dict[str, str], columns: dict[str, str], assignment: Assignment
) -> list[str]:
    used = {*found.values(), *columns.values()}
    unread = [str(name) for name in table.frame.columns if name not in used]
    notes = [f"{sector}: column {column!r}" for sector, column in columns.items()]
    notes += [f"column {name!r} is no sector and was not read" for name in unread]
    if assignment.repairs:
        notes.append(f"{len(assignment.repairs)} codes were repaired")
    if assignment.unmatched:
        notes.append(f"{len(assignment.unmatched)} rows have no unit and were not loaded")
    return notes
