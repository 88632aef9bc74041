"""Read the first visible sheet of a user's workbook, bounded before it is opened."""

import lzma
import re
import unicodedata
import zipfile
import zlib
from datetime import date, time
from pathlib import Path

import python_calamine

from layers.errors import Sentence, SourceDamagedError

MAX_UNPACKED = 300 * 2**20
MAX_CELLS = 5_000_000
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_NO_VALUE = re.compile(rb"(?:</f>|<f[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CHUNK = 2**20
_DAMAGED = (
    ValueError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    # Packed in a way that Python does not know, or with a password.
    RuntimeError,
)


def read_sheet(path: Path, max_rows: int) -> tuple[list[list[str]], list[Sentence], dict[str, str]]:
    """Read the cells of a workbook as text.

    Parameters
    ----------
    path : Path
        The workbook.
    max_rows : int
        Most rows that are read.

    Returns
    -------
    tuple
        Records from row 1 of the sheet on, blank ones included; notes; and the same as data.

    Raises
    ------
    SourceDamagedError
        Where it is damaged, too large or has no sheet to read.
    """
    try:
        formulas = _check_size(path, max_rows)
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible is python_calamine.SheetVisibleEnum.Visible
            and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
        ]
        if not visible:
            raise SourceDamagedError(
                "{path} has no visible sheet; show the one with the table", path=path
            )
        rows = book.get_sheet_by_name(visible[0]).to_python(skip_empty_area=False)
    except SourceDamagedError:
        raise
    except (*_DAMAGED, python_calamine.CalamineError) as error:
        raise SourceDamagedError(
            "{path} cannot be read as a workbook ({error}); it is cut off or damaged: save it "
            "again as .xlsx or CSV",
            path=path,
            error=error,
        ) from error
    notes = [Sentence("read sheet {sheet!r}", sheet=visible[0])]
    facts = {"sheet": visible[0]}
    others = len(book.sheet_names) - 1
    if others:
        facts["other_sheets"] = str(others)
        notes.append(Sentence("{count} other sheets were not read", count=others))
    if formulas:
        facts["formulas"] = str(formulas)
        notes.append(
            Sentence(
                "{count} formulas have no stored value: open and save the workbook first",
                count=formulas,
            )
        )
    return [[_text(cell) for cell in row] for row in rows], notes, facts


def _check_size(path: Path, max_rows: int) -> int:
    """Refuse what unpacks to too much; return how many formulas have no stored value."""
    formulas = 0
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise SourceDamagedError(
                "{path} is a zip archive and not an .xlsx workbook; unpack it or save it as .xlsx",
                path=path,
            )
        if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
            raise SourceDamagedError(
                "{path} unpacks to more than {most} MB; keep only the table",
                path=path,
                most=MAX_UNPACKED // 2**20,
            )
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                rows, columns, empty = _extent(archive, name)
                formulas += empty
                if rows > max_rows + 1 or rows * columns > MAX_CELLS:
                    raise SourceDamagedError(
                        "{path}: a sheet reaches row {rows}, column {columns}; the most is "
                        "{max_rows} rows: delete the far cells or split the table",
                        path=path,
                        rows=rows,
                        columns=columns,
                        max_rows=max_rows,
                    )
    return formulas


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int, int]:
    rows = columns = formulas = 0
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            for letters, number in _CELL.findall(rest):
                rows = max(rows, int(number))
                columns = max(columns, _column(letters))
            # A match may be cut by the end of a chunk: what is behind the last one is read again.
            done = max((found.end() for found in _NO_VALUE.finditer(rest)), default=0)
            formulas += sum(1 for _ in _NO_VALUE.finditer(rest))
            rest = rest[max(done, len(rest) - 64) :]
    return rows, columns, formulas


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return unicodedata.normalize("NFC", str(cell)).strip()
