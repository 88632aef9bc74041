"""Every bad input and fault of the list is met by a test."""

from tests.faults.marks import FAULTS, marked_tests


def test_every_fault_of_the_list_is_met_by_a_test() -> None:
    met = marked_tests()
    assert set(met) == set(FAULTS), "a mark names a fault that is not in docs/fallas.md"
    lacking = [number for number in FAULTS if not met[number]]
    assert not lacking, f"no test bears pytest.mark.fault of {lacking}"
