"""Answers to a form (KoBoToolbox, ODK) counted by district, so that nothing of a person is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.codes import clean_code
from layers.errors import (
    CodeSchemeError,
    Sentence,
    SourceDamagedError,
    SourceUnavailableError,
)
from layers.form_figures import figures_of_answers
from layers.harmonise.assign import CodeReason, assign_units
from layers.harmonise.inside import Outside
from layers.sources.csv_text import csv_of
from layers.sources.form_export import (
    PLACES,
    Question,
    id_column,
    is_export,
    one_called,
    point_columns,
    questions_of,
)
from layers.sources.user_table import read_user_table
from layers.spec import AwaitedSpec
from layers.table.unplaced import Unplaced
from layers.terms import AdminLevel, CodeScheme

_LEAST_CODES = 0.9
"""Share of the cells of a column of districts that must be codes for it to be one of codes."""


@dataclass(frozen=True)
class Counted:
    """What answers come to, by district."""

    body: bytes
    """A CSV of ubigeo and one column a figure; blank where nobody answered."""
    counted: int
    """Answers with a district."""
    unplaced: tuple[Unplaced, ...]
    """Answers without one."""
    notes: tuple[Sentence, ...]


def is_form_export(path: Path) -> bool:
    """Return whether a table is an export of answers; a file that is no table is none."""
    try:
        return is_export([str(name) for name in read_user_table(path).frame.columns])
    except (SourceDamagedError, SourceUnavailableError):
        return False


def count_answers(
    path: Path,
    awaited: AwaitedSpec,
    equivalence: pd.DataFrame,
    units: gpd.GeoDataFrame,
    stated: CodeScheme | None = None,
) -> Counted:
    """Count answers by district.

    An answer is placed by the code or name of its district, else by its point. A choice of
    several is counted where it is ticked, a number is added up; where the kind has one figure
    and no question bears its name, each answer is one person. An answer that is there twice
    counts once.

    Parameters
    ----------
    path : Path
        The export, CSV or XLSX, with or without groups before the names.
    awaited : AwaitedSpec
        The kind of table that its counts become.
    equivalence : DataFrame
        Districts: ubigeo, reniec, name, province, region.
    units : GeoDataFrame
        Districts by ubigeo.
    stated : CodeScheme, optional
        The scheme of the codes.

    Returns
    -------
    Counted
        Nothing of a single answer is in it, but for the rows that have no district.

    Raises
    ------
    SourceDamagedError
        Where a place or figure is not found, or two columns could be it.
    """
    table = read_user_table(path)
    header = [str(name) for name in table.frame.columns]
    asked = questions_of(header)
    key = id_column(header)
    repeated = table.frame[key].duplicated() & (table.frame[key] != "") if key else None
    frame = table.frame if repeated is None else table.frame[~repeated]
    found, lost, used = _placed(frame, asked, equivalence, units, stated, str(path))
    figures, read = figures_of_answers(frame, asked, awaited, str(path))
    counted = figures.loc[found.index].groupby(found).sum(min_count=1)
    lines = [
        (str(code), *("" if pd.isna(one) else f"{one:.0f}" for one in row))
        for code, row in zip(counted.index, counted.to_numpy(), strict=True)
    ]
    kept = {*used, *read}
    notes = [
        *table.notes,
        Sentence(
            "{answers} answers were counted in {units} districts: they are who answered, not "
            "everybody who is there",
            answers=len(found),
            units=len(lines),
        ),
    ]
    if repeated is not None and repeated.any():
        notes.append(
            Sentence("{count} answers stand twice and count once", count=int(repeated.sum()))
        )
    if not read:
        notes.append(Sentence("each answer counts as one person"))
    dropped = [name for name in header if name not in kept]
    notes.append(Sentence("nothing is kept of {names}", names=", ".join(dropped)))
    body = csv_of(("ubigeo", *map(str, counted.columns)), lines)
    return Counted(body, len(found), lost, tuple(notes))


def _placed(
    frame: pd.DataFrame,
    asked: Sequence[Question],
    equivalence: pd.DataFrame,
    units: gpd.GeoDataFrame,
    stated: CodeScheme | None,
    file: str,
) -> tuple[pd.Series, tuple[Unplaced, ...], set[str]]:
    """Return the district of each answer, the answers without one, and the columns that told."""
    rows, used = _place_rows(frame, asked, file)
    found = pd.Series(dtype=object)
    lost: dict[int, Unplaced] = {
        int(row): Unplaced(int(row), "", "", CodeReason.EMPTY.value) for row in frame.index
    }
    if not rows.empty:
        assignment = assign_units(rows, equivalence, stated)
        if assignment.refused:
            raise CodeSchemeError(
                "{path}: the codes are {scheme} ({ground}); state inei or reniec, or add the names",
                path=file,
                scheme=assignment.detection.scheme if assignment.detection else "",
                ground=assignment.detection.ground if assignment.detection else "",
            )
        if assignment.level is not AdminLevel.DISTRICT:
            raise SourceDamagedError(
                "{path} gives figures by {found}, not by {level}; give one row per {level}",
                path=file,
                found=assignment.level,
                level=AdminLevel.DISTRICT,
            )
        found = assignment.ubigeos
        lost |= {
            one.row: Unplaced(one.row, one.code, one.name, one.reason.value, one.nearest)
            for one in assignment.unmatched
        }
    points = point_columns(asked, {name: list(frame[name]) for name in frame}, file)
    if not used and not points:
        raise SourceDamagedError(
            "{path} asks for no district (ubigeo, distrito) and no point; add one to the export",
            path=file,
        )
    by_point = _by_point(frame.drop(found.index), points, units) if points else found.iloc[:0]
    inside = by_point[by_point != ""]
    lost |= {
        int(row): Unplaced(int(row), "", "", Outside.NO_UNIT.value)
        for row in by_point.index[by_point == ""]
        if any(frame.at[row, name] for name in points)
    }
    whole = pd.concat([found, inside])
    left = tuple(one for row, one in sorted(lost.items()) if row not in whole.index)
    return whole, left, {*used, *points}


def _place_rows(
    frame: pd.DataFrame, asked: Sequence[Question], file: str
) -> tuple[pd.DataFrame, set[str]]:
    """Return code, name, province and region of each answer, as far as they were asked for."""
    told = {part: one_called(asked, names, file) for part, names in PLACES.items()}
    columns = {part: one.column for part, one in told.items() if one}
    if "code" not in columns and "name" in columns and _is_of_codes(frame[columns["name"]]):
        columns["code"] = columns.pop("name")
    if not {"code", "name"} & set(columns):
        return pd.DataFrame(index=frame.index[:0]), set()
    rows = pd.DataFrame({part: frame[column] for part, column in columns.items()})
    filled = rows[[part for part in ("code", "name") if part in rows]] != ""
    return rows[filled.any(axis=1)], set(columns.values())


def _is_of_codes(cells: pd.Series) -> bool:
    filled = cells[cells != ""].map(clean_code)
    return len(filled) > 0 and float(filled.str.isdigit().mean()) >= _LEAST_CODES


def _by_point(frame: pd.DataFrame, points: Sequence[str], units: gpd.GeoDataFrame) -> pd.Series:
    """Return the district that each point lies in; empty where it lies in none or there is none."""
    pairs = (
        frame[points[0]].str.split(" ").map(lambda parts: [*parts, ""][:2])
        if len(points) == 1
        else pd.Series(list(zip(frame[points[0]], frame[points[1]], strict=True)), frame.index)
    )
    lat, lon = (
        pd.to_numeric(pairs.map(lambda pair, at=place: pair[at]), errors="coerce")
        for place in (0, 1)
    )
    where = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=frame.index, crs=4326)
    shapes = units.geometry.to_crs(4326)
    at, which = shapes.sindex.query(where[lat.notna() & lon.notna()], predicate="within")
    known = where.index[lat.notna() & lon.notna()]
    first = dict(zip(known[at[::-1]], shapes.index[which[::-1]], strict=True))
    return pd.Series(
        [str(first.get(row, "")) for row in frame.index], index=frame.index, dtype=object
    )
