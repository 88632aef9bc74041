import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from layers.errors import SourceDamagedError
from layers.harmonise.admin import attach_ubigeo, to_numbers
from layers.spec import SourceSpec
from tests.toy import source

KNOWN = ("010101", "010102", "020101")


@pytest.fixture
def spec(tmp_path: Path) -> SourceSpec:
    return source(tmp_path, "t.csv", b"x", "csv", code_column="cod", missing_words=("", "S.I."))


def test_lost_zeros_are_restored_and_counted(spec: SourceSpec) -> None:
    frame = pd.DataFrame({"cod": [10101.0, "020101", "10102"], "v": [1, 2, 3]})
    attached = attach_ubigeo(frame, spec, KNOWN)
    assert attached.frame["v"].to_dict() == {"010101": 1, "010102": 3, "020101": 2}
    assert attached.repaired == (("10101", "010101"), ("10102", "010102"))
    assert attached.unmatched == ()


def test_places_stand_on_their_declared_units(tmp_path: Path) -> None:
    named = source(
        tmp_path,
        "p.csv",
        b"x",
        "csv",
        code_column="post",
        places=(("Puente", "010102"), ("Muelle", "010102"), ("Cerro", "999999")),
    )
    frame = pd.DataFrame({"post": ["Puente", "Río", "Muelle ", "Cerro"], "v": [1, 2, 3, 4]})
    attached = attach_ubigeo(frame, named, KNOWN)
    assert attached.frame["v"].groupby(level=0).sum().to_dict() == {"010102": 4}
    assert attached.unmatched == ("Cerro", "Río")
    assert attached.repaired == ()


@pytest.mark.fault(27)
def test_unknown_codes_are_reported_not_dropped_in_silence(spec: SourceSpec) -> None:
    attached = attach_ubigeo(pd.DataFrame({"cod": ["010101", "999999"]}), spec, KNOWN)
    assert list(attached.frame.index) == ["010101"]
    assert attached.unmatched == ("999999",)


@pytest.mark.fault(65)
def test_a_missing_column_names_those_that_exist(spec: SourceSpec) -> None:
    with pytest.raises(SourceDamagedError, match="no column 'cod'; it has code, v"):
        attach_ubigeo(pd.DataFrame({"code": [], "v": []}), spec, KNOWN)


@pytest.mark.fault(30)
def test_words_for_missing_are_missing_and_never_zero(spec: SourceSpec) -> None:
    numbers = to_numbers(pd.Series(["1.5", " S.I.", "", "0"], index=[*KNOWN, "x"]), spec)
    assert numbers.iloc[0] == 1.5
    assert math.isnan(numbers.iloc[1])
    assert math.isnan(numbers.iloc[2])
    assert numbers.iloc[3] == 0


def test_a_number_that_is_a_word_for_missing_is_missing_as_it_is_written(spec: SourceSpec) -> None:
    coded = replace(spec, missing_words=("", "999"))
    cells = pd.Series(["999", " 999 ", "999.0", "99", "\xa07"], dtype="str")
    assert to_numbers(cells, coded).fillna(-1).tolist() == [-1, -1, 999, 99, 7]


def test_a_cell_that_is_no_number_is_named_with_its_unit(spec: SourceSpec) -> None:
    cells = pd.Series(["1", "doce"], index=["010101", "010102"], name="v")
    with pytest.raises(
        SourceDamagedError, match=r"column v: 1 cells are not numbers \(010102 'doce'\)"
    ):
        to_numbers(cells, spec)
