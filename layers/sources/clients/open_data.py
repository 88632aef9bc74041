"""datosabiertos.gob.pe: one file of a data set, with what that portal does its own way."""

import re
from collections.abc import Sequence
from pathlib import Path

from layers.errors import Sentence, SourceDamagedError
from layers.sources.clients.asking import Ask, Found
from layers.sources.clients.ckan import Resource, dataset
from layers.sources.clients.columns import check_columns
from layers.sources.clients.features import features_of, properties_of
from layers.sources.clients.schema import FieldType, types_of
from layers.sources.network import Reason
from layers.sources.user_csv import read_records

_FORMATS = {
    "csv": "csv",
    "xlsx": "xlsx",
    "geojson": "geojson",
    "gpkg": "gpkg",
    "geopackage": "gpkg",
}
_MARKS = {"xlsx": b"PK\x03\x04", "gpkg": b"SQLite format 3\x00", "geojson": b"{"}
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_LOOKED_AT = 5000
"""Rows by which the type of a column is told."""


def resource(ask: Ask) -> Found | None:
    """Return a file of a data set, as it was published.

    Parameters
    ----------
    ask : Ask
        Its argument is the name of the data set, with ``#2`` behind it for the second file.

    Returns
    -------
    Found or None
        None where the release is the one that is kept.

    Raises
    ------
    DownloadError
        Where the portal, the network or the columns are at fault, or it is not said which of
        several files is wanted.
    """
    name, _, place = ask.argument.partition("#")
    listed = dataset(ask, name)
    file = _chosen(ask, listed.resources, place)
    if ask.is_kept(file.version):
        return None
    body = ask.file(file.url)
    form = _FORMATS[file.format]
    _check_begin(ask, body, form, file)
    types, rows, notes = _look(ask, body, form)
    check_columns(ask, types)
    return Found(
        body=body,
        format=form,
        name=f"{name}.{form}",
        url=file.url,
        vintage=listed.vintage,
        licence=listed.licence,
        version=file.version,
        types=types,
        rows=rows,
        notes=notes,
    )


def _chosen(ask: Ask, resources: Sequence[Resource], place: str) -> Resource:
    readable = [one for one in resources if one.format in _FORMATS]
    if not readable:
        raise ask.refuse(
            Reason.NOTHING,
            Sentence(
                "lists no CSV, XLSX, GeoJSON or GPKG; see {landing}", landing=ask.spec.landing
            ),
        )
    if len(readable) == 1 and not place:
        return readable[0]
    if place.isdigit() and 0 < int(place) <= len(readable):
        return readable[int(place) - 1]
    told = "; ".join(
        f"#{number} {one.name} ({one.format})" for number, one in enumerate(readable, 1)
    )
    raise ask.refuse(
        Reason.REFUSED, Sentence("lists several files; say which one: {files}", files=told)
    )


def _check_begin(ask: Ask, body: bytes, form: str, file: Resource) -> None:
    head = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_zip = head.startswith(_MARKS["xlsx"])
    mark = _MARKS.get(form, b"")
    if not head or not head.startswith(mark) or (form == "csv" and is_zip):
        raise ask.refuse(
            Reason.OTHER_FILE,
            Sentence(
                "lists {name} as {format} and it is something else inside; see {landing}",
                name=file.name,
                format=form,
                landing=ask.spec.landing,
            ),
        )


def _look(
    ask: Ask, body: bytes, form: str
) -> tuple[dict[str, str], int | None, tuple[Sentence, ...]]:
    if form == "geojson":
        features = features_of(ask, body)
        return types_of(properties_of(features)), len(features), ()
    if form != "csv":
        return {}, None, ()
    try:
        records, notes, _ = read_records(Path(ask.argument), body)
    except SourceDamagedError as error:
        raise ask.refuse(Reason.CUT_SHORT, Sentence("{error}", error=error)) from error
    filled = [cells for cells in records if any(cells)]
    if len(filled) < 2:
        raise ask.refuse(Reason.NOTHING, Sentence("has no row below its header"))
    header, *rows = filled
    return _types_of_cells(header, rows[:_LOOKED_AT]), len(rows), tuple(notes)


def _types_of_cells(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, name in enumerate(header):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        is_number = bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
        found[name] = FieldType.NUMBER if is_number else FieldType.TEXT if cells else FieldType.NONE
    return found
