"""Which units a filter keeps, by hand; and how a change of place is shared out among weights."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.decide.difference import split_by_weight
from layers.decide.narrow import Filters, Residents, Settling, kept_by, settling_of
from layers.decide.scenario import Scenario
from layers.decide.score import rank_units
from layers.spec import Office
from layers.table.units import UnitTable
from layers.terms import AdminLevel
from tests.unit.test_robust import catalogue_of, table_of

NAN = float("nan")
PEOPLE, DENSITY = "heads", "heads_per_km2"
RESIDENTS = Residents(PEOPLE, DENSITY)
OFFICES = (
    Office(id="west", name="West", kind="head", lon=-80.0, lat=-5.0),
    Office(id="east", name="East", kind="liaison", lon=-70.0, lat=-5.0),
)
# A dense town, a city in a great district, a village, and one that nobody counted.
PLACES = {
    "010101": (9_000.0, 150.0, -79.0),
    "010102": (50_000.0, 5.0, -78.0),
    "010103": (40_000.0, 149.0, -71.0),
    "020101": (NAN, 10.0, -71.0),
}


def a_table(level: AdminLevel, values: pd.DataFrame) -> UnitTable:
    names = pd.DataFrame("", index=values.index, columns=["name", "province", "region", "reniec"])
    return UnitTable(level, names, values, values.map(lambda _: "observed"), {})


DISTRICTS = a_table(
    AdminLevel.DISTRICT,
    pd.DataFrame(
        {code: {PEOPLE: people, DENSITY: dense} for code, (people, dense, _) in PLACES.items()}
    ).T,
)
POINTS = pd.DataFrame({code: {"lon": lon, "lat": -5.0} for code, (_, _, lon) in PLACES.items()}).T


def kept(filters: Filters) -> list[str]:
    found = kept_by(filters, DISTRICTS, POINTS, OFFICES, None, RESIDENTS)
    return list(found.index[found])


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(), [*PLACES]),
        (Filters(regions=("01",)), ["010101", "010102", "010103"]),
        (Filters(regions=("01", "02"), office="east"), ["010103", "020101"]),
        (Filters(office="west"), ["010101", "010102"]),
        # who is not counted is not told to have enough
        (Filters(least_people=40_000), ["010102", "010103"]),
        (Filters(settling=Settling.URBAN), ["010101", "010102"]),
        (Filters(settling=Settling.RURAL), ["010103"]),
        (Filters(regions=("02",), settling=Settling.URBAN), []),
    ],
)
def test_a_unit_meets_every_condition(filters: Filters, codes: list[str]) -> None:
    assert kept(filters) == codes


def test_a_unit_above_the_district_is_urban_where_most_of_its_people_are() -> None:
    regions = a_table(AdminLevel.REGION, pd.DataFrame({PEOPLE: [99_000.0, NAN]}, ["01", "02"]))
    told = settling_of(regions, DISTRICTS, RESIDENTS)
    # 59 000 of 99 000 live in urban districts; of the other region nobody is counted
    assert told["01"] == Settling.URBAN
    assert pd.isna(told["02"])


ROWS = [[0.9, 0.1, 0.5], [0.2, 0.8, 0.6], [0.5, 0.5, NAN], [0.1, 0.9, 0.1], [NAN, NAN, 0.3]]
TABLE, CATALOGUE = table_of(ROWS, "abc"), catalogue_of("abc")
WEIGHTS = st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any)


def scenario(weights: list[int]) -> Scenario:
    return Scenario("s", tuple(zip("abc", map(float, weights), strict=True)))


@given(WEIGHTS, WEIGHTS)
def test_parts_of_weights_add_up_to_the_change_of_place(old: list[int], new: list[int]) -> None:
    before, after = scenario(old), scenario(new)
    parts = split_by_weight(TABLE, before, after, CATALOGUE)

    def places(one: Scenario) -> pd.Series:
        ranks = rank_units(TABLE, one, CATALOGUE).units["rank"].sort_index()
        return ranks.fillna(ranks.notna().sum() + 1.0)

    change = places(after) - places(before)
    assert list(parts.columns) == [
        name for name, one, other in zip("abc", old, new, strict=True) if one != other
    ]
    assert parts.sum(axis=1).to_dict() == pytest.approx(change.to_dict(), abs=1e-9)


def test_one_weight_takes_the_whole_change() -> None:
    parts = split_by_weight(TABLE, scenario([5, 1, 0]), scenario([0, 1, 0]), CATALOGUE)
    first = TABLE.values.index[0]
    # first by a, fourth and last of those with a place by b alone
    assert parts.loc[first].to_dict() == {"a": 3.0}
