"""Tables of unknown make: read with what was assumed, or refused in one sentence."""

import unicodedata
from pathlib import Path

import pytest
import xlsxwriter

from layers.errors import SourceDamagedError, SourceUnavailableError
from layers.sources.user_columns import guess_columns
from layers.sources.user_table import read_user_table

TEXT = "ubigeo;distrito\n150101;Lima\n\n030609;Ñahui\n"


def write(folder: Path, content: bytes | str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.fault(24, 35)
@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("latin-1", "Latin-1 (Windows-1252), since it is not UTF-8"),
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, encoding: str, note: str, separator: str
) -> None:
    table = read_user_table(write(tmp_path, TEXT.replace(";", separator).encode(encoding)))
    assert list(table.frame["distrito"]) == ["Lima", "Ñahui"]
    assert list(table.frame.index) == [2, 4]
    assert table.notes[0] == f"read as {note}"


@pytest.mark.fault(24)
def test_accents_written_apart_are_joined(tmp_path: Path) -> None:
    table = read_user_table(write(tmp_path, unicodedata.normalize("NFD", TEXT)))
    assert table.frame["distrito"].iloc[1] == "Ñahui"
    assert "joined" in table.notes[-1]


@pytest.mark.fault(37)
def test_row_of_hxl_tags_is_recognised_and_dropped(tmp_path: Path) -> None:
    table = read_user_table(write(tmp_path, "A,B,C\n#adm3+code,#adm3+es+name,\nPE150101,Lima,3\n"))
    assert list(table.frame.index) == [3]
    assert guess_columns(list(table.frame.columns), table.tags) == {"code": "A", "name": "B"}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["UBIGEO", "Distrito", "Provincia", "Departamento"], "code name province region"),
        (["CodDist", "NOMBDIST", "NOMBPROV", "NOMBDEP"], "code name province region"),
        (["iddist", "nom_dist", "nom_prov", "nom_dpto"], "code name province region"),
        (["ADM3_PCODE", "ADM3_ES", "ADM2_ES", "ADM1_ES"], "code name province region"),
        (["Código", "Región"], "code region"),
        (["#adm3+code", "#adm3+name"], "code name"),
        (["ubigeo_inei"], "code"),
        (["valor"], ""),
    ],
)
def test_columns_are_guessed_from_their_headers(header: list[str], found: str) -> None:
    assert guess_columns(header) == dict(zip(found.split(), header, strict=False))


@pytest.mark.fault(1, 3, 25, 35)
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n;;\n", "no cell with text"),
        (TEXT.encode() + b"1501\x0002;x\n", "row 5: a character that no text has"),
        ('a;b\n1;"x\n2;y\n', "row 2: quotes that do not close"),
        ("a;b;c\n1;2;3\n4;5", "row 3: ends after 2 of 3 cells"),
        ("ubigeo,x,ubigeo\n1,2,3\n", "row 1: more than one column is called 'ubigeo'"),
        ("a,b\n1,2,3\n", "row 2: 3 cells under a header of 2"),
        ("a,,c\n1,2,3\n", "row 1: column 2 has cells and no name"),
        ("Cuadro 1\na,b\n1,2\n", "row 1 holds one cell, 'Cuadro 1', a title"),
        ("a,b\n", "no row below it"),
        ("<OGRVRTDataSource/>", "a web page or XML"),
        ("%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel workbook or one with a password"),
        (b"PK\x03\x04" + b"x" * 99, "cut off or damaged"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes | str, sentence: str
) -> None:
    path = write(tmp_path, content)
    with pytest.raises(SourceDamagedError) as caught:
        read_user_table(path)
    assert sentence in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailableError, match=r"none\.csv is not a file"):
        read_user_table(tmp_path / "none.csv")


@pytest.mark.fault(32)
def test_workbook_is_read_from_its_first_visible_sheet(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("oculta").hide()
        sheet = book.add_worksheet("datos")
        sheet.activate()
        sheet.write_row(1, 0, ["UBIGEO", "Distrito"])
        sheet.write_row(3, 0, [10101, "Chachapoyas"])
        sheet.write_formula(4, 0, "=A4+1", None, 10102)
    table = read_user_table(path)
    assert table.frame["UBIGEO"].to_dict() == {4: "10101", 5: "10102"}
    assert table.notes == ("read sheet 'datos'", "1 other sheets were not read")


@pytest.mark.fault(33)
def test_workbook_with_a_far_cell_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "ubigeo")
        sheet.write(1048575, 16383, "x")
    with pytest.raises(SourceDamagedError, match="reaches row 1048576, column 16384"):
        read_user_table(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(SourceDamagedError, match="cut off or damaged"):
        read_user_table(path)
