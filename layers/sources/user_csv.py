"""Read the text of a user's CSV: encoding, separator and records, nothing guessed silently."""

import csv
import io
import re
import unicodedata
from pathlib import Path

from layers.errors import Sentence, SourceDamagedError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SEPARATORS = {
    ";": Sentence("semicolon"),
    ",": Sentence("comma"),
    "\t": Sentence("tab"),
    "|": Sentence("bar"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_EXCEL_HINT = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)


def read_records(path: Path, data: bytes) -> tuple[list[list[str]], list[Sentence], dict[str, str]]:
    """Cut a CSV into records.

    Parameters
    ----------
    path : Path
        Named in the errors.
    data : bytes
        Its content.

    Returns
    -------
    tuple
        Records of stripped NFC cells, blank ones included so that their place in the
        list is the row of the file; notes of what was assumed; and the same as data.

    Raises
    ------
    SourceDamagedError
        Where it is binary, cut off, or its quotes do not close.
    """
    text, encoding = _decode(path, data)
    bad = _CONTROL.search(text)
    if bad:
        row = text.count("\n", 0, bad.start()) + 1
        raise SourceDamagedError(
            "{path}, row {row}: a character that no text has ({character!r}); the file is binary "
            "or damaged: export it again as CSV in UTF-8",
            path=path,
            row=row,
            character=bad.group(),
        )
    separator = _separator(text)
    notes = [
        Sentence("read as {encoding}", encoding=encoding),
        Sentence("separated by {separator}", separator=_SEPARATORS.get(separator, repr(separator))),
    ]
    if unicodedata.normalize("NFC", text) != text:
        notes.append(
            Sentence("accents were written apart from their letters and have been joined (NFC)")
        )
    records = _cut(path, text, separator)
    if _EXCEL_HINT.match(text):
        records[0] = []
    _check_end(path, text, records)
    named = _SEPARATORS.get(separator, separator)
    return records, notes, {"encoding": encoding.partition(",")[0], "separator": named}


def _decode(path: Path, data: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name
            except UnicodeDecodeError as error:
                row = data.count(b"\n", 0, error.start) + 1
                raise SourceDamagedError(
                    "{path}, row {row}: begins as {name} and is not; export it again in UTF-8",
                    path=path,
                    row=row,
                    name=name,
                ) from error
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), Sentence("Latin-1 (Windows-1252), since it is not UTF-8")
    except UnicodeDecodeError:
        return data.decode("latin-1"), Sentence("Latin-1, since it is not UTF-8")


def _separator(text: str) -> str:
    hint = _EXCEL_HINT.match(text)
    if hint:
        return hint.group(1)
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    best = max(_SEPARATORS, key=bare.count)
    return best if best in bare else ","


def _cut(path: Path, text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        for cells in reader:
            records.append([unicodedata.normalize("NFC", cell).strip() for cell in cells])
    except csv.Error as error:
        raise SourceDamagedError(
            "{path}, row {row}: quotes that do not close ({error}); the file is cut off or "
            "damaged: export it again",
            path=path,
            row=len(records) + 1,
            error=error,
        ) from error
    return records


def _check_end(path: Path, text: str, records: list[list[str]]) -> None:
    header = next((cells for cells in records if any(cells)), [])
    last = records[-1] if records else []
    if last and not text.endswith(("\n", "\r")) and len(last) < len(header):
        raise SourceDamagedError(
            "{path}, row {row}: ends after {count} of {width} cells; the file is cut off: copy "
            "or export it again",
            path=path,
            row=len(records),
            count=len(last),
            width=len(header),
        )
