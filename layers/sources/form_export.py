"""Exports of KoBoToolbox and ODK: what their columns are, whatever groups they stand in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers.errors import SourceDamagedError
from layers.sources.user_columns import header_key

_MARKS = frozenset(
    {
        *("_id", "_uuid", "_submission_time", "_submitted_by", "__version__", "_validation_status"),
        *("key", "submissiondate", "meta-instanceid", "meta/instanceid", "instanceid"),
    }
)
_ENOUGH = 2
"""Columns of the service itself that tell an export from any other table."""
_IDS = ("_uuid", "_id", "meta/instanceid", "meta-instanceid", "instanceid", "key")
_PARTS = re.compile(r"[/:]|(?<=[a-z0-9])-(?=[A-Za-z])")
_POINT = re.compile(r"[+-]?\d+(\.\d+)? [+-]?\d+(\.\d+)?( [+-]?\d+(\.\d+)?){0,2}")
PLACES: dict[str, tuple[str, ...]] = {
    "code": ("ubigeo", "ubigeo_distrito", "cod_distrito", "codigo_distrito", "adm3_pcode"),
    "name": ("distrito", "nombre_distrito", "district", "adm3_name", "admin3", "adm3"),
    "province": ("provincia", "province", "adm2_name", "admin2", "adm2"),
    "region": ("departamento", "region", "adm1_name", "admin1", "adm1"),
}
"""What a place is called in a form; never "nombre" alone, which there is a person's."""
_ENDS = {"lat": ("latitude", "latitud", "lat"), "lon": ("longitude", "longitud", "lon")}


@dataclass(frozen=True)
class Question:
    """One column of an export."""

    column: str
    group: str
    """What stands before its last part: the groups, or the question that a choice is of."""
    name: str
    """Its last part, in lower case, without accents, its words parted by underscores."""


def is_export(header: Sequence[str]) -> bool:
    """Return whether columns are those of an export of answers to a form."""
    return len({name.strip().casefold() for name in header} & _MARKS) >= _ENOUGH


def questions_of(header: Sequence[str]) -> list[Question]:
    """Return what people were asked, without the columns of the service itself.

    Parameters
    ----------
    header : sequence of str
        With groups before the names: ``datos/distrito``, or ``datos-distrito`` as ODK has it.

    Returns
    -------
    list of Question
        In the order of the table.
    """
    asked = []
    for column in header:
        plain = column.strip()
        is_own = plain.casefold() in _MARKS or plain.startswith("__")
        if not plain or is_own:
            continue
        *groups, last = _PARTS.split(plain)
        asked.append(Question(column, "/".join(groups), header_key(last)))
    return asked


def id_column(header: Sequence[str]) -> str | None:
    """Return the column that tells one answer from another."""
    by_name = {name.strip().casefold(): name for name in header}
    return next((by_name[name] for name in _IDS if name in by_name), None)


def one_called(asked: Sequence[Question], names: Sequence[str], file: str) -> Question | None:
    """Return the question that bears the first of some names that any bears.

    Parameters
    ----------
    asked : sequence of Question
        Of the export.
    names : sequence of str
        In order of preference.
    file : str
        Named in the error.

    Returns
    -------
    Question or None
        None where none bears any.

    Raises
    ------
    SourceDamagedError
        Where two questions of different groups bear one name: which one is meant is not known.
    """
    for name in names:
        found = [one for one in asked if one.name == name]
        if len(found) > 1:
            raise SourceDamagedError(
                "{file}: columns {names} are all called {name}; keep the one that is meant",
                file=file,
                names=", ".join(repr(one.column) for one in found),
                name=name,
            )
        if found:
            return found[0]
    return None


def point_columns(
    asked: Sequence[Question], cells: Mapping[str, Sequence[str]], file: str
) -> tuple[str, ...]:
    """Return the column of a point, or those of its latitude and longitude; none where there is none.

    Parameters
    ----------
    asked : sequence of Question
        Of the export.
    cells : mapping
        Cells by column.
    file : str
        Named in the error.

    Returns
    -------
    tuple of str
        One column of ``lat lon altitude accuracy``, or two.

    Raises
    ------
    SourceDamagedError
        Where answers have several points.
    """
    whole = [one.column for one in asked if _is_point(cells[one.column])]
    if len(whole) > 1:
        raise SourceDamagedError(
            "{file}: columns {names} all hold points; keep the one that is meant",
            file=file,
            names=", ".join(map(repr, whole)),
        )
    if whole:
        return (whole[0],)
    ends = [
        [one.column for one in asked if one.name.rpartition("_")[2] in words]
        for words in _ENDS.values()
    ]
    return (ends[0][0], ends[1][0]) if all(len(columns) == 1 for columns in ends) else ()


def _is_point(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_POINT.fullmatch(cell) for cell in filled)
