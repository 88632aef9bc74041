"""Vintages by hand on a few units, then conservation and there-and-back as properties."""

import math

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ConservationError, DeclarationError
from layers.harmonise.carrying import carry_counts, carry_rates
from layers.harmonise.crosswalk import Crosswalk
from layers.harmonise.overlay import people_of_settlements
from layers.harmonise.vintages import declared_origins, make_crosswalk
from tests.vintages import origins_by_overlay, overlay_shares, sizes_before, sole, turned

# 0101 keeps 3/4 of its people and gives 1/4 to 0103; 0102 keeps half and gives half to it.
TWO_PARENTS = Crosswalk.of(
    ("0101", "0101", 0.75, "people"),
    ("0101", "0103", 0.25, "people"),
    ("0102", "0102", 0.5, "area"),
    ("0102", "0103", 0.5, "area"),
    ("0109", "0201", 1.0, "renumbered"),
)
COUNTS = pd.Series({"0101": 80.0, "0102": 20.0, "0104": 7.0, "0109": 3.0})


def test_counts_go_out_by_shares_and_name_their_parents() -> None:
    carried = carry_counts(COUNTS, TWO_PARENTS)
    assert carried.values.to_dict() == {"0101": 60, "0102": 10, "0103": 30, "0104": 7, "0201": 3}
    assert carried.parents.values.tolist() == [
        ["0101", "0101", 0.75, "people", 80],
        ["0102", "0102", 0.5, "area", 20],
        ["0103", "0101", 0.25, "people", 80],
        ["0103", "0102", 0.5, "area", 20],
    ]


def test_rates_are_the_mean_of_the_parents_by_people() -> None:
    rates = pd.Series({"0101": 10.0, "0102": 40.0, "0104": 5.0, "0109": 9.0})
    carried = carry_rates(rates, COUNTS, TWO_PARENTS)
    # 0103 has 20 people of 0101 and 10 of 0102
    assert carried.values["0103"] == pytest.approx((20 * 10 + 10 * 40) / 30)
    assert carried.values.drop("0103").to_dict() == {"0101": 10, "0102": 40, "0104": 5, "0201": 9}
    assert carried.parents["ubigeo"].tolist() == ["0103", "0103"]
    assert carried.parents["share"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_without_weights_the_shares_alone_decide() -> None:
    rates = pd.Series({"0101": 10.0, "0102": 40.0})
    carried = carry_rates(rates, pd.Series(dtype=float), TWO_PARENTS)
    assert carried.values["0103"] == pytest.approx((0.25 * 10 + 0.5 * 40) / 0.75)


def test_missing_stays_missing_where_no_parent_has_a_figure() -> None:
    both = carry_counts(pd.Series({"0101": math.nan, "0102": math.nan}), TWO_PARENTS)
    assert both.values.isna().all()
    assert both.parents.empty
    one = carry_rates(pd.Series({"0101": math.nan, "0102": 40.0}), COUNTS, TWO_PARENTS)
    assert one.values["0103"] == 40
    assert one.parents["parent"].tolist() == ["0102"]


def test_shares_that_do_not_sum_to_1_are_refused() -> None:
    with pytest.raises(ConservationError, match=r"shares of 1 units do not sum to 1: 01 0\.9"):
        Crosswalk.of(("01", "01", 0.9, "area"))
    with pytest.raises(DeclarationError, match="no basis guess"):
        Crosswalk.of(("01", "01", 1.0, "guess"))
    with pytest.raises(DeclarationError, match="once only"):
        Crosswalk.of(("01", "01", 0.5, "area"), ("01", "01", 0.5, "area"))


def test_two_steps_are_one_crosswalk() -> None:
    first = Crosswalk.of(("A", "A", 0.5, "people"), ("A", "B", 0.5, "people"))
    second = Crosswalk.of(("B", "B", 0.2, "area"), ("B", "C", 0.8, "area"))
    assert first.then(second).links.values.tolist() == [
        ["A", "A", 0.5, "people"],
        ["A", "B", pytest.approx(0.1), "area"],
        ["A", "C", pytest.approx(0.4), "area"],
    ]


def test_codes_of_ones_own_receive_nothing() -> None:
    left = TWO_PARENTS.without(pd.Index(["0103"]))
    assert carry_counts(COUNTS, left).values["0101"] == 80


# The old A is the square 0..2 x 0..1; today its right half is B, but for a strip of 4 % of B
# that lies in the old C. D bears the code of E today. F lies in another region.
OLD = gpd.GeoSeries(
    {
        "010101": shapely.box(0, 0, 1.96, 1),
        "010103": shapely.box(1.96, 0, 3, 1),
        "010104": shapely.box(3, 0, 4, 1),
        "020101": shapely.box(0, -1, 4, 0.2),
    },
    crs=4326,
)
NEW = gpd.GeoSeries(
    {
        "010101": shapely.box(0, 0, 1, 1),
        "010102": shapely.box(1, 0, 2, 1),
        "010103": shapely.box(2, 0, 3, 1),
        "010201": shapely.box(3, 0, 4, 1),
        "020101": shapely.box(0, -1, 4, 0),
    },
    crs=4326,
)
MOVED = (("010104", ("010201",)),)


def test_slivers_and_other_regions_are_no_parents() -> None:
    ground = overlay_shares(OLD, NEW, pd.Index(["010102"]), "EPSG:6933")
    assert ground.set_index("parent")["ground"].to_dict() == pytest.approx(
        {"010101": 0.96, "010103": 0.04}, rel=1e-3
    )
    origins = origins_by_overlay(OLD, NEW, "EPSG:6933", MOVED)
    assert origins.sort_values("child").values.tolist() == [
        ["010102", "010101", 1.0],
        ["010201", "010104", 1.0],
    ]


def test_people_decide_where_every_part_has_some_and_else_area() -> None:
    origins = origins_by_overlay(OLD, NEW, "EPSG:6933", MOVED)
    area = pd.Series(dict.fromkeys(NEW.index, 100.0))
    people = pd.Series({"010101": 300.0, "010102": 900.0})
    links = make_crosswalk(origins, area, people, MOVED).links
    assert links.sort_values(["from", "to"]).values.tolist() == [
        ["010101", "010101", 0.25, "people"],
        ["010101", "010102", 0.75, "people"],
        ["010104", "010201", 1.0, "renumbered"],
    ]
    unknown = make_crosswalk(origins, area, people.drop("010102"), MOVED).links
    assert unknown["basis"].tolist() == ["area", "area", "renumbered"]
    assert unknown["share"].tolist() == [0.5, 0.5, 1.0]


def test_settlements_without_a_population_are_unknown_and_not_empty() -> None:
    places = pd.DataFrame(
        {
            "longitude": ["0.5", "0.6", "1.5", "9"],
            "latitude": ["0.5"] * 4,
            "population": ["10", "5", "0", "99"],
        }
    )
    people = people_of_settlements(places, NEW)
    assert people["010101"] == 15
    assert people.drop("010101").isna().all()


def test_sizes_go_back_to_the_parents() -> None:
    origins = declared_origins((("C", (("A", 0.25), ("B", 0.75))),))
    before = sizes_before(pd.Series({"A": 1.0, "B": 2.0, "C": 4.0, "D": 5.0}), origins)
    assert before.to_dict() == {"A": 2, "B": 5, "D": 5}


@st.composite
def splits(draw: st.DrawFn) -> tuple[Crosswalk, pd.Series, pd.Series]:
    """A random vintage: up to six old units, up to four new ones of one or two parents."""
    old = [f"01{n:04d}" for n in range(draw(st.integers(1, 6)))]
    created = []
    for n in range(draw(st.integers(0, 4))):
        parents = draw(st.lists(st.sampled_from(old), min_size=1, max_size=2, unique=True))
        ground = draw(st.floats(0.05, 0.95))
        created.append((f"02{n:04d}", tuple(zip(parents, (ground, 1 - ground), strict=False))))
    sizes = st.floats(0.1, 1000.0)
    codes = [*old, *(code for code, _ in created)]
    area = pd.Series({code: draw(sizes) for code in codes})
    people = pd.Series({code: draw(st.one_of(st.none(), sizes)) for code in codes}, dtype=float)
    counts = pd.Series({code: draw(st.floats(0, 1e6)) for code in old})
    rates = pd.Series({code: draw(st.floats(0, 100)) for code in old})
    return make_crosswalk(declared_origins(tuple(created)), area, people), counts, rates


@settings(deadline=None)
@given(splits())
def test_counts_are_conserved_and_come_back(made: tuple[Crosswalk, pd.Series, pd.Series]) -> None:
    crosswalk, counts, _ = made
    there = carry_counts(counts, crosswalk)
    assert there.values.sum() == pytest.approx(counts.sum(), rel=1e-12, abs=1e-9)
    assert (there.values >= 0).all()
    back = carry_counts(there.values, turned(crosswalk, counts)).values
    assert back.to_dict() == pytest.approx(counts.to_dict(), rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(splits())
def test_rates_stay_between_their_parents_and_come_back(
    made: tuple[Crosswalk, pd.Series, pd.Series],
) -> None:
    crosswalk, counts, rates = made
    there = carry_rates(rates, counts, crosswalk)
    assert there.values.between(rates.min() - 1e-9, rates.max() + 1e-9).all()
    share = there.parents.groupby("ubigeo")["share"].sum()
    assert (share - 1).abs().max() < 1e-9 or share.empty
    people = carry_counts(counts, crosswalk).values
    back = carry_rates(there.values, people, sole(turned(crosswalk, counts))).values
    # What goes whole to one unit may have another's rate in it, up to the slack of its share.
    slack = 2e-9 * max(1.0, rates.max())
    assert back[rates.index].to_dict() == pytest.approx(rates.to_dict(), rel=1e-9, abs=slack)
    # the mean of the whole stays too
    if counts.sum() > 1e-3:
        before = (rates * counts).sum() / counts.sum()
        after = (there.values * people).sum() / people.sum()
        assert after == pytest.approx(before, rel=1e-9, abs=1e-9)


@given(
    st.lists(st.one_of(st.just(math.nan), st.floats(0, 1e6)), min_size=4, max_size=4),
    st.lists(st.one_of(st.just(math.nan), st.floats(0, 1e6)), min_size=4, max_size=4),
)
def test_a_way_that_was_sought_before_is_the_same_way(one: list[float], two: list[float]) -> None:
    links = TWO_PARENTS.links
    again = Crosswalk(links)
    codes = pd.Index(COUNTS.index[::-1], name="ubigeo")
    for figures in (one, two):
        values = pd.Series(figures, index=codes, name="a")
        for found, alone in (
            (carry_counts(values, again), carry_counts(values, Crosswalk(links))),
            (carry_rates(values, COUNTS, again), carry_rates(values, COUNTS, Crosswalk(links))),
        ):
            pd.testing.assert_series_equal(found.values, alone.values)
            pd.testing.assert_frame_equal(found.parents, alone.parents)
            assert found.values.index.is_monotonic_increasing
    assert len(again.ways) == 1
