"""Tables as spreadsheets leave them, and as others tag them."""

from pathlib import Path

import pytest
import xlsxwriter

from layers.errors import SourceDamagedError
from layers.own.asked import Asked
from layers.own.ground import Ground
from layers.own.look import look_at
from layers.own.take import take
from layers.sources.user_table import read_user_table
from layers.terms import Unit
from tests.unit.test_own_file import ground, refusal

__all__ = ["ground"]


def write(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.fault(26, 27)
def test_codes_that_a_spreadsheet_spoilt_are_repaired_counted_and_nobody_is_lost(
    ground: Ground, tmp_path: Path
) -> None:
    text = (
        "ubigeo,distrito,provincia,personas\n"
        "10101,Alfa,Uno,1\n010102.0,Beta,Uno,2\nPE010201,Gama,Dos,4\n999999,Ninguno,Cero,8\n"
    )
    asked = Asked(code="ubigeo", value="personas", unit=Unit.PEOPLE)
    found = take(write(tmp_path, text), "t.csv", asked, ground)
    assert [row["state"] for row in found["rows"]] == [*["repaired"] * 3, "unmatched"]
    assert found["layers"][0]["figures"] == {"010101": 1, "010102": 2, "010201": 4}
    totals = found["totals"]
    assert (totals["placed"], totals["file"]) == (7, 15)


@pytest.mark.fault(32)
def test_a_header_of_merged_cells_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "ubigeo")
        sheet.merge_range(0, 1, 0, 2, "personas")
        sheet.write_row(1, 0, ["010101", 3, 4])
    with pytest.raises(SourceDamagedError, match="split the merged cells of the header"):
        read_user_table(path)


@pytest.mark.fault(33)
def test_more_rows_than_are_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row in range(60):
            sheet.write(row, 0, "ubigeo" if not row else "010101")
    assert len(read_user_table(path).frame) == 59
    monkeypatch.setattr("layers.sources.user_table.MAX_ROWS", 50)
    with pytest.raises(SourceDamagedError, match="reaches row 60, column 1; the most is 50 rows"):
        read_user_table(path)
    text = write(tmp_path, "ubigeo,n\n" + "010101,1\n" * 59)
    with pytest.raises(SourceDamagedError, match="more than 50"):
        read_user_table(text)


@pytest.mark.fault(35)
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_cell_may_hold_lines_and_separators_between_quotes(
    separator: str, tmp_path: Path
) -> None:
    lines = [["ubigeo", "nota"], ["010101", f'"dos{separator} líneas\ny ""comillas"""']]
    table = read_user_table(write(tmp_path, "\n".join(map(separator.join, lines)) + "\n"))
    assert table.frame["nota"].iloc[0] == f'dos{separator} líneas\ny "comillas"'


@pytest.mark.fault(35)
def test_a_nul_byte_is_refused_with_its_row(ground: Ground, tmp_path: Path) -> None:
    error = refusal(b"ubigeo,valor\n010101,1\n0101\x0002,1\n", "n.csv", ground, tmp_path)
    assert "row 3: a character that no text has" in str(error)


@pytest.mark.fault(37)
def test_rows_of_tags_are_told_whether_absent_doubled_or_misspelt(
    ground: Ground, tmp_path: Path
) -> None:
    def seen(text: str) -> dict[str, object]:
        found = look_at(write(tmp_path, text), "t.csv", ground)
        told = found["facts"].get("hxl_rows"), found["tags"], found["guess"], found["row_count"]
        return dict(zip(("rows", "tags", "guess", "count"), told, strict=True))

    good = {"A": "#adm3+code", "B": "#affected"}
    tags = "#adm3+code,#affected\n"
    assert seen(f"A,B\n{tags}010101,3\n") == {
        "rows": "2",
        "tags": good,
        "guess": {"code": "A"},
        "count": 1,
    }
    assert seen(f"A,B\n{tags}{tags}010101,3\n")["rows"] == "2, 3"
    assert seen("ubigeo,B\n010101,3\n")["tags"] == {}
    # A tag that is misspelt is shown and takes no column: who gave the file names it.
    misspelt = seen("A,B\n#adm33+cod,#afected\n010101,3\n")
    assert (misspelt["guess"], misspelt["tags"]) == ({}, {"A": "#adm33+cod", "B": "#afected"})
