import pytest

from layers.codes import ancestor, check_ubigeo, level_of, pcode, restore_zeros
from layers.errors import InvalidUbigeoError
from layers.terms import AdminLevel


@pytest.mark.parametrize(
    ("code", "level"),
    [("24", AdminLevel.REGION), ("2401", AdminLevel.PROVINCE), ("240101", AdminLevel.DISTRICT)],
)
def test_level_follows_from_the_digits(code: str, level: AdminLevel) -> None:
    assert level_of(code) is level


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("10101", "has 5 digits; a leading zero was lost: read the column as text"),
        ("1501011", "has 7 digits; a district has 6, a province 4 and a region 2"),
        ("15010A", "has characters that are not digits"),
        ("１５０１０１", "has characters that are not digits"),
    ],
)
def test_a_wrong_code_is_answered_with_what_is_wrong(code: str, sentence: str) -> None:
    with pytest.raises(InvalidUbigeoError, match=sentence):
        check_ubigeo(code)


def test_a_number_is_not_a_code() -> None:
    with pytest.raises(InvalidUbigeoError, match="is a number; read the column as text"):
        check_ubigeo(150101)  # type: ignore[arg-type]


def test_ancestors_are_the_first_digits() -> None:
    assert ancestor("150132", AdminLevel.PROVINCE) == "1501"
    assert ancestor("150132", AdminLevel.REGION) == "15"
    with pytest.raises(InvalidUbigeoError, match="does not tell its district"):
        ancestor("1501", AdminLevel.DISTRICT)


def test_pcode_is_prefix_and_digits() -> None:
    assert pcode("010101", "PE") == "PE010101"


@pytest.mark.fault(26)
@pytest.mark.parametrize(
    ("read", "repaired"),
    [("10101", "010101"), ("10101.0", "010101"), ("150101", "150101"), ("1010", "1010")],
)
def test_only_one_lost_zero_is_restored(read: str, repaired: str) -> None:
    assert restore_zeros(read, 6) == repaired
