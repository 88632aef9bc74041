"""Read a table that a user brings: what it is, not what it is called, and what was assumed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from layers.errors import Sentence, SourceDamagedError, SourceUnavailableError, said_by_system
from layers.hxl_tags import is_tag
from layers.sources.user_csv import read_records
from layers.sources.user_workbook import read_sheet

MAX_BYTES = 100 * 2**20
MAX_ROWS = 200_000
_TAGS_WITHIN = 25
"""Rows in which the tags of HXL must stand, as its standard says."""
_NOT_TABLES = {
    b"\xd0\xcf\x11\xe0": Sentence(
        "an old Excel workbook or one with a password; save it as .xlsx or CSV"
    ),
    b"%PDF": Sentence("a PDF; ask for the table as .xlsx or CSV"),
    b"SQLite format 3": Sentence("a database or GeoPackage; export its table as CSV"),
    b"\x89PNG": Sentence("a picture; give the table as .xlsx or CSV"),
    b"\xff\xd8\xff": Sentence("a picture; give the table as .xlsx or CSV"),
    b"GIF8": Sentence("a picture; give the table as .xlsx or CSV"),
    b"\x1f\x8b": Sentence("compressed; unpack it first"),
    b"<": Sentence("a web page or XML, not a table; download the file itself"),
    b"{": Sentence("JSON, not a table; save it as .xlsx or CSV"),
}


@dataclass(frozen=True)
class UserTable:
    """A table as text, with what had to be assumed to read it."""

    frame: pd.DataFrame
    """Cells as NFC text; the index is the row of the file, the header being row 1."""
    notes: tuple[Sentence, ...] = ()
    """Encoding, separator, sheet and whatever else was assumed."""
    tags: dict[str, str] = field(default_factory=dict)
    """HXL tag by column, where the file has a row of them."""
    facts: dict[str, str] = field(default_factory=dict)
    """The same as data: encoding, separator, sheet, other_sheets, formulas, hxl_rows."""


def read_user_table(path: Path) -> UserTable:
    """Read a CSV or XLSX table of unknown make.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    UserTable
        Rows without any cell are left out; their numbers stay.

    Raises
    ------
    SourceUnavailableError
        Where there is no such file.
    SourceDamagedError
        Where it is not a table; says file, row and remedy.
    """
    data = _bytes_of(path)
    if data.startswith(b"PK"):
        records, notes, facts = read_sheet(path, MAX_ROWS)
    else:
        records, notes, facts = read_records(path, data)
    if len(records) > MAX_ROWS + 1:
        raise SourceDamagedError(
            "{path} has {rows} rows, more than {most}; split it or keep one row a unit",
            path=path,
            rows=len(records),
            most=MAX_ROWS,
        )
    return _table(path, records, notes, facts)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise SourceUnavailableError("{path} is not a file; correct its name", path=path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceDamagedError(
                "{path} is larger than {most} MB; keep only the columns of codes and names",
                path=path,
                most=MAX_BYTES // 2**20,
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnavailableError(
            "{path} cannot be opened: {error}", path=path, error=said_by_system(error)
        ) from error
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise SourceDamagedError("{path} is empty; copy or export it again", path=path)
    for magic, what in _NOT_TABLES.items():
        if head.startswith(magic):
            raise SourceDamagedError("{path} is {what}", path=path, what=what)
    return data


def _table(
    path: Path,
    records: Sequence[Sequence[str]],
    notes: list[Sentence],
    facts: dict[str, str],
) -> UserTable:
    numbered = [(number, list(cells)) for number, cells in enumerate(records, 1) if any(cells)]
    if not numbered:
        raise SourceDamagedError("{path} has no cell with text; export it again", path=path)
    numbered = _from_header(numbered, notes)
    (header_row, header), *body = numbered
    _check_header(path, header_row, header, body)
    width = len(header)
    tags = {name: name for name in header if name} if _is_hxl(header) else {}
    while body and _is_hxl(body[0][1]):
        number, cells = body.pop(0)
        tags = tags or {
            name: cell for name, cell in zip(header, cells, strict=False) if name and cell
        }
        notes.append(Sentence("row {row} holds HXL tags and is not a row of the table", row=number))
        facts["hxl_rows"] = ", ".join(filter(None, (facts.get("hxl_rows"), str(number))))
    for number, cells in body:
        if any(cells[width:]):
            raise _too_wide(path, number, len(cells), width, "sheet" in facts)
    if not body:
        raise SourceDamagedError(
            "{path} has a header in row {row} and no row below it", path=path, row=header_row
        )
    rows = [(cells + [""] * width)[:width] for _, cells in body]
    frame = pd.DataFrame(rows, columns=header, index=[number for number, _ in body], dtype=object)
    return UserTable(frame.loc[:, [name != "" for name in header]], tuple(notes), tags, facts)


def _from_header(
    numbered: list[tuple[int, list[str]]], notes: list[Sentence]
) -> list[tuple[int, list[str]]]:
    """Return the rows from the header on: the one above a row of HXL tags, or the first one."""
    first = next(
        (place for place, (_, cells) in enumerate(numbered[:_TAGS_WITHIN]) if _is_hxl(cells)), 0
    )
    if first > 1:
        row = numbered[first - 2][0]
        notes.append(Sentence("rows up to {row} stand above the header and were not read", row=row))
    return numbered[max(first - 1, 0) :]


def _too_wide(
    path: Path, row: int, count: int, width: int, is_workbook: bool
) -> SourceDamagedError:
    if is_workbook:
        return SourceDamagedError(
            "{path}, row {row}: {count} cells under {width} titles; name every column, and split "
            "the merged cells of the header",
            path=path,
            row=row,
            count=count,
            width=width,
        )
    return SourceDamagedError(
        "{path}, row {row}: {count} cells under a header of {width}; quote the cells that hold "
        "the separator",
        path=path,
        row=row,
        count=count,
        width=width,
    )


def _check_header(
    path: Path, row: int, header: list[str], body: list[tuple[int, list[str]]]
) -> None:
    while header and not header[-1]:
        header.pop()
    if len(header) == 1 and any(sum(map(bool, cells)) > 1 for _, cells in body):
        raise SourceDamagedError(
            "{path}, row {row} holds one cell, {cell!r}, a title; delete the rows above the header",
            path=path,
            row=row,
            cell=header[0],
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise SourceDamagedError(
            "{path}, row {row}: more than one column is called {names}; give each its own name",
            path=path,
            row=row,
            names=", ".join(map(repr, twice)),
        )
    for place, name in enumerate(header):
        if not name and any(len(cells) > place and cells[place] for _, cells in body):
            raise SourceDamagedError(
                "{path}, row {row}: column {column} has cells and no name; give it one",
                path=path,
                row=row,
                column=place + 1,
            )


def _is_hxl(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(is_tag(cell) for cell in filled) * 2 > len(filled)
