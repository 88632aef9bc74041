"""Tables with HXL tags: matched by what a tag says, long or wide, and refused where it is not clear."""

from pathlib import Path

import pandas as pd
import pytest

from layers.errors import SourceDamagedError
from layers.hxl_tags import column_of_tag, is_tag
from layers.loaded_catalogue import awaited_of
from layers.sources.activity_columns import find_activity_columns
from layers.sources.user_table import read_user_table
from layers.terms import AdminLevel, CodeScheme
from layers.user_files import read_cells
from tests.toy import DISTRICTS

EQUIVALENCE = pd.DataFrame(
    [
        {"ubigeo": code, "reniec": f"9{code[1:]}", "name": name, "province": f"P{code[:4]}", "region": f"R{code[:2]}"}
        for code, (*_, name) in DISTRICTS.items()
    ]
)  # fmt: skip


def write(folder: Path, text: str) -> Path:
    path = folder / "hxl.csv"
    path.write_text(text, encoding="utf-8")
    return path


def cells(path: Path, level: AdminLevel = AdminLevel.DISTRICT) -> pd.DataFrame:
    kind = "need" if level is AdminLevel.DISTRICT else "need_regions"
    return read_cells(path, awaited_of(kind), EQUIVALENCE, level, CodeScheme.INEI).values


def test_a_tag_is_found_in_any_order_and_with_more_attributes() -> None:
    tags = {"a": "#inneed+ind+health", "b": "#adm3+v_pcode+code", "c": "#inneed+f+wash"}
    assert column_of_tag(tags, ["#inneed+health"]) == "a"
    assert column_of_tag(tags, ["#adm3+code"]) == "b"
    assert column_of_tag(tags, ["#inneed+food"]) is None
    # What is written as the pattern goes first, and a pattern may exclude.
    more = tags | {"d": "#inneed +health"}
    assert column_of_tag(more, ["#inneed+health"]) == "d"
    assert column_of_tag({"x": "#org+type", "y": "#org+acronym"}, ["#org-type-acronym"]) is None


def test_two_columns_of_one_tag_are_refused_by_name() -> None:
    tags = {"mujeres": "#inneed+health+f", "hombres": "#inneed+health+m"}
    with pytest.raises(SourceDamagedError, match="'mujeres', 'hombres' are all tagged"):
        column_of_tag(tags, ["#inneed+health"])
    assert column_of_tag(tags, ["#inneed+health"], ["mujeres"]) == "hombres"


@pytest.mark.parametrize(
    ("cell", "is_one"),
    [("#adm3 +code", True), ("#affected+f+children", True), ("#1", False), ("# nota", True),
     ("#", False), ("5 #x", False), ("", False)],
)  # fmt: skip
def test_a_tag_is_known_by_its_form(cell: str, is_one: bool) -> None:
    assert is_tag(cell) is is_one


def test_a_tagged_table_is_read_whatever_its_headers_say(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "c1,c2,c3\n#adm3+v_pcode+code,#inneed+ind+health,#inneed+wash\nPE010101,3,0\nPE010102,,4\n",
    )
    made = cells(path)
    assert made.to_dict("index") == {
        "010101": {"pin_wash": 0.0, "pin_health": 3.0},
        "010102": {"pin_wash": 4.0, "pin_health": pytest.approx(float("nan"), nan_ok=True)},
    }


def test_tags_may_be_the_header_or_stand_under_titles(tmp_path: Path) -> None:
    assert list(cells(write(tmp_path, "#adm3+code,#inneed+health\n010101,3\n")).index) == ["010101"]
    titled = "Necesidades 2026,\n,\nCódigo,Salud\n#adm3+code,#inneed+health\n010101,3\n"
    table = read_user_table(write(tmp_path, titled))
    assert list(table.frame.columns) == ["Código", "Salud"]
    assert list(table.frame.index) == [5]
    assert "rows up to 1 stand above the header and were not read" in table.notes


LONG = """distrito,sector,personas
#adm3+code,#sector,#inneed
010101,Salud,3
010101,WASH,5
010102,Salud,0
010102,Logística,9
"""


def test_one_row_a_sector_becomes_one_column_a_sector(tmp_path: Path) -> None:
    read = read_cells(
        write(tmp_path, LONG), awaited_of("need"), EQUIVALENCE, stated=CodeScheme.INEI
    )
    assert read.values["pin_health"].to_dict() == {"010101": 3.0, "010102": 0.0}
    # What no row says is not zero.
    assert read.values["pin_wash"].dropna().to_dict() == {"010101": 5.0}
    assert "sectors that are not known were not read: Logística" in read.notes
    twice = LONG.replace("010101,WASH,5", "010101,salud,5")
    with pytest.raises(SourceDamagedError, match="rows 3, 4: one unit has several rows"):
        cells(write(tmp_path, twice))
    regions = LONG.replace("#adm3", "#adm1").replace("010101", "01").replace("010102", "02")
    made = cells(write(tmp_path, regions), AdminLevel.REGION)
    assert made["published_pin_health"].to_dict() == {"01": 3.0, "02": 0.0}


def test_a_5w_with_names_and_codes_of_everything_is_understood() -> None:
    tags = {
        "o": "#org+name",
        "t": "#org+type",
        "s": "#sector+name",
        "k": "#sector+code",
        "c": "#adm3+code",
        "n": "#adm3+name",
        "r": "#reached",
        "w": "#reached+new",
    }
    found = find_activity_columns(list(tags), tags)
    assert found == {
        "lead": "o", "sector": "s", "code": "c", "name": "n", "total": "r", "new": "w",
    }  # fmt: skip
    with pytest.raises(SourceDamagedError, match="'f', 'm' are all tagged #reached"):
        find_activity_columns(["f", "m"], {"f": "#reached+f", "m": "#reached+m"})
