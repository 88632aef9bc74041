import math
from pathlib import Path

import pandas as pd
import pytest

from layers.errors import DeclarationError, SourceDamagedError
from layers.spec import LayerSpec, SourceSpec
from layers.table.column import column_of, complete_regions
from layers.terms import Combine, Dimension, MissingPolicy, ToUnit, Unit
from tests.toy import source


@pytest.fixture
def spec(tmp_path: Path) -> SourceSpec:
    return source(tmp_path, "t.csv", b"x", "csv")


def layer(*columns: str, **more: object) -> LayerSpec:
    fields: dict[str, object] = {
        "id": "a",
        "dimension": Dimension.NEEDS,
        "unit": Unit.INDEX_0_10,
        "source": "t",
        "columns": columns,
        **more,
    }
    return LayerSpec(**fields)  # type: ignore[arg-type]


def rows(index: list[str], **columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=index, dtype=object)


@pytest.mark.fault(29)
def test_two_rows_of_one_unit_are_refused(spec: SourceSpec) -> None:
    frame = rows(["010101", "010101"], v=["1", "2"])
    with pytest.raises(SourceDamagedError, match="1 units have more than one row, first 010101"):
        column_of(layer("v"), frame, spec)


def test_only_accepted_rows_count(spec: SourceSpec) -> None:
    frame = rows(["010101", "010101"], v=["1", "2"], year=["2021", "2022"])
    chosen = column_of(layer("v", where=(("year", ("2022",)),)), frame, spec)
    assert chosen.to_dict() == {"010101": 2}


def test_words_become_their_declared_numbers(spec: SourceSpec) -> None:
    declared = layer("a", "b", words=(("BAJO", 2.5), ("MUY ALTO", 10.0)))
    frame = rows(["01", "02"], a=["BAJO", "BAJO"], b=["MUY ALTO", ""])
    figures = column_of(declared, frame, spec)
    assert figures["01"] == 6.25
    assert math.isnan(figures["02"])


def test_rows_are_summed_and_distinct_things_counted(spec: SourceSpec) -> None:
    frame = rows(["01", "01", "02"], v=["1", "2", "5"], code=["x", "x", "y"])
    total = column_of(layer("v", to_unit=ToUnit.SUM_ROWS), frame, spec)
    things = column_of(layer("code", to_unit=ToUnit.COUNT_DISTINCT), frame, spec)
    assert total.to_dict() == {"01": 3, "02": 5}
    assert things.to_dict() == {"01": 1, "02": 1}


def test_columns_of_rows_are_summed_and_an_empty_cell_is_left_out(spec: SourceSpec) -> None:
    frame = rows(["01", "01", "02"], hurt=["1", "2", ""], homeless=["10", "20", "5"])
    total = column_of(layer("hurt", "homeless", to_unit=ToUnit.SUM_ROWS), frame, spec)
    assert total["01"] == 33
    assert math.isnan(total["02"])


DECREES = rows(
    ["010101", "010102", "010102", "010201", "020101", "030101"],
    hazard=["rain", "rain", "rain", "drought", "rain", "drought"],
    whole=["yes", "yes", "yes", "no", "no", "yes"],
    match=["exact", "exact", "exact", "exact", "exact", "exact"],
)
LISTED = layer(
    to_unit=ToUnit.IS_LISTED,
    unit=Unit.PERCENT,
    factor=100.0,
    where=(("hazard", ("rain",)),),
    doubtful=(("match", ("fuzzy",)),),
    missing=MissingPolicy.ZERO_WHERE_COMPLETE,
    complete=(("whole", ("yes",)),),
    units_of="t",
)


def test_a_unit_is_listed_once_however_often_it_is_named(spec: SourceSpec) -> None:
    found = column_of(LISTED, DECREES, spec)
    assert found.to_dict() == {"010101": 100, "010102": 100, "020101": 100}


def test_a_unit_that_only_doubtful_rows_name_has_no_figure(spec: SourceSpec) -> None:
    doubtful = DECREES.assign(match=["fuzzy", "fuzzy", "exact", "fuzzy", "exact", "exact"])
    found = column_of(LISTED, doubtful, spec)
    assert math.isnan(found["010101"])
    assert found.dropna().to_dict() == {"010102": 100, "020101": 100}
    # named for another hazard only
    assert "010201" not in found.index


def test_a_region_is_whole_where_all_its_rows_of_the_hazard_say_so() -> None:
    # 01 has a row of drought that says no, 02 one of rain, 03 none of rain
    assert complete_regions(LISTED, DECREES) == {"01"}


def test_a_partial_list_is_declared_with_the_rows_that_are_complete() -> None:
    with pytest.raises(DeclarationError, match="need the rows that say so"):
        layer(missing=MissingPolicy.ZERO_WHERE_COMPLETE, units_of="t")
    with pytest.raises(DeclarationError, match="need the rows that say so"):
        layer(complete=(("whole", ("yes",)),))


def test_one_year_against_the_mean_of_the_others(spec: SourceSpec) -> None:
    declared = layer("y3", "y1", "y2", combine=Combine.RATIO_TO_MEAN)
    figures = column_of(declared, rows(["01"], y1=["1"], y2=["2"], y3=["6"]), spec)
    assert figures["01"] == 4.0


def test_the_share_of_the_first_column_in_all(spec: SourceSpec) -> None:
    declared = layer("yes", "no", combine=Combine.SHARE, factor=100.0)
    frame = rows(["01", "02", "03"], yes=["1", "0", "2"], no=["3", "0", ""])
    figures = column_of(declared, frame, spec)
    assert figures["01"] == 25.0
    # nobody was asked, and a part is unknown: no share in either
    assert figures[["02", "03"]].isna().all()


def test_parts_are_taken_from_the_whole(spec: SourceSpec) -> None:
    declared = layer("all", "a", "b", combine=Combine.DIFFERENCE)
    figures = column_of(
        declared, rows(["01", "02"], all=["9", "9"], a=["2", ""], b=["3", "3"]), spec
    )
    assert figures["01"] == 4.0
    assert math.isnan(figures["02"])


def test_parts_beyond_the_whole_are_refused(spec: SourceSpec) -> None:
    declared = layer("all", "part", combine=Combine.DIFFERENCE)
    with pytest.raises(SourceDamagedError, match=r"1 values outside 0 to inf \(01 -1\)"):
        column_of(declared, rows(["01"], all=["1"], part=["2"]), spec)


@pytest.mark.fault(31)
def test_a_value_outside_its_range_is_named(spec: SourceSpec) -> None:
    declared = layer("v", valid_range=(0.0, 100.0))
    with pytest.raises(SourceDamagedError, match=r"1 values outside 0 to 100 \(010101 101\)"):
        column_of(declared, rows(["010101"], v=["101"]), spec)


@pytest.mark.fault(65)
def test_an_absent_column_is_named(spec: SourceSpec) -> None:
    with pytest.raises(SourceDamagedError, match="source t has no column w"):
        column_of(layer("w"), rows(["01"], v=["1"]), spec)
