"""Sums by hand: what is equal, what differs, and which difference has a reason."""

import pandas as pd
import pytest

from layers.errors import DeclarationError
from layers.sources.locate import Places
from layers.spec import (
    Catalogue,
    DeclaredTotal,
    Expectations,
    KnownDifference,
    LayerSpec,
)
from layers.table.lacking import Had, list_lacking
from layers.table.reconcile import check_levels, check_published, check_totals
from layers.terms import AdminLevel, Dimension, Discrepancy, Lacking, Model, ToUnit, Unit

DISTRICT, PROVINCE, REGION = AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION
NAN = float("nan")


@pytest.fixture
def catalogue(toy: tuple[Catalogue, Places]) -> Catalogue:
    people, dwellings = (
        LayerSpec(
            id=name,
            dimension=Dimension.POPULATION,
            unit=Unit.PEOPLE,
            source="toy_census",
            columns=("residents",),
        )
        for name in ("people", "dwellings")
    )
    dry = LayerSpec(
        id="dry_pct",
        dimension=Dimension.NEEDS,
        unit=Unit.PERCENT,
        source="toy_census",
        columns=("dry",),
        weight="dwellings",
    )
    return Catalogue.of(sources=tuple(toy[0].sources.values()), layers=(people, dwellings, dry))


def tables(provinces: list[float], regions: list[float]) -> dict[AdminLevel, pd.DataFrame]:
    """Return people by level; the districts have 10, 20, 30 and 40."""
    found = {
        DISTRICT: pd.DataFrame(
            {"people": [10.0, 20.0, 30.0, 40.0]}, index=["010101", "010102", "010201", "020101"]
        ),
        PROVINCE: pd.DataFrame({"people": provinces}, index=["0101", "0102", "0201"]),
        REGION: pd.DataFrame({"people": regions}, index=["01", "02"]),
    }
    for values in found.values():
        values["dwellings"] = values["people"] / 4
        values["dry_pct"] = 30.0
    return found


def test_levels_that_add_up_are_equal(catalogue: Catalogue) -> None:
    found = check_levels(tables([30.0, 30.0, 40.0], [60.0, 40.0]), catalogue)
    assert [(one.layer, one.level, one.sum, one.expected) for one in found[:2]] == [
        ("people", PROVINCE, 100.0, 100.0),
        ("people", REGION, 100.0, 100.0),
    ]
    assert len(found) == 4
    assert all(one.is_equal and one.ok for one in found)


def test_a_province_that_is_not_its_districts_is_found(catalogue: Catalogue) -> None:
    found = check_levels(tables([30.0, 35.0, 40.0], [60.0, 40.0]), catalogue)
    wrong = [(one.level, one.unit, one.difference) for one in found if not one.ok]
    assert wrong[:2] == [(PROVINCE, None, 5.0), (PROVINCE, "0102", 5.0)]


def test_figures_swapped_between_provinces_are_found_though_the_sum_is_right(
    catalogue: Catalogue,
) -> None:
    found = check_levels(tables([40.0, 30.0, 30.0], [60.0, 40.0]), catalogue)
    assert [one.unit for one in found if one.layer == "people" and not one.ok] == ["0101", "0201"]


def test_a_sum_short_of_a_unit_without_a_figure_has_that_reason(catalogue: Catalogue) -> None:
    found = check_levels(tables([30.0, NAN, 40.0], [60.0, 40.0]), catalogue)
    short = found[0]
    assert (short.difference, short.reason, short.ok) == (-30, Discrepancy.TOO_LITTLE_KNOWN, True)
    # what is blank does not explain more than it holds
    found = check_levels(tables([29.0, NAN, 40.0], [60.0, 40.0]), catalogue)
    assert (found[0].reason, found[0].ok) == (None, False)


def test_declared_totals_of_the_country_and_of_regions() -> None:
    made = tables([30.0, 30.0, 40.0], [60.0, 40.0])
    totals = (
        DeclaredTotal(layer="people", value=100.0),
        DeclaredTotal(layer="people", figure="all"),
        DeclaredTotal(layer="people", value=41.0, regions=("02",)),
        DeclaredTotal(layer="people", figure="nowhere"),
        DeclaredTotal(layer="other", value=1.0),
    )
    found = check_totals(made, totals, {"all": 100.00001})
    assert [(one.unit, one.ok) for one in found] == [(None, True), (None, True), ("02", False)]
    assert found[2].difference == -1
    with pytest.raises(DeclarationError, match="total of people: give a value or a figure"):
        DeclaredTotal(layer="people")


def test_a_difference_is_known_up_to_its_size_and_rounding_is_none(catalogue: Catalogue) -> None:
    made = tables([30.0, 30.0, 40.0], [60.0, 40.0])
    published = pd.DataFrame({"dry_pct": [30.04, 30.06]}, index=["01", "02"])
    known = KnownDifference(layer="dry_pct", reason=Discrepancy.ROUNDED_PARTS, largest=0.05)
    (found,) = check_published(made, published, catalogue, Expectations(differences=(known,)))
    assert [one.ok for one in found.differing] == [True, False]
    (found,) = check_published(
        made, published, catalogue, Expectations(rounding={Unit.PERCENT: 0.05})
    )
    assert [one.unit for one in found.differing] == ["02"]


def test_published_figures_are_not_compared_with_themselves(catalogue: Catalogue) -> None:
    made = tables([30.0, 30.0, 40.0], [60.0, 40.0])
    published = pd.DataFrame({"people": [60.0, 40.0]}, index=["01", "02"])
    (found,) = check_published({REGION: made[REGION]}, published, catalogue, Expectations())
    assert found.compared == 0


def test_what_is_missing_has_its_reason(catalogue: Catalogue) -> None:
    made = tables([NAN, 30.0, 40.0], [60.0, 40.0])
    district = made[DISTRICT]
    district.loc["010101", ["people", "dwellings", "dry_pct"]] = NAN
    district.loc["010102", "dry_pct"] = NAN
    district.loc["010201", "dry_pct"] = NAN
    had = Had(
        lost=(), without={"toy_census": {"010101", "010102"}}, population="people", figures=None
    )
    found = {
        (one.layer, one.level, one.reason): one.units for one in list_lacking(made, catalogue, had)
    }
    assert found == {
        ("people", DISTRICT, Lacking.NEWER): ("010101",),
        ("people", PROVINCE, Lacking.TOO_LITTLE_KNOWN): ("0101",),
        ("dwellings", DISTRICT, Lacking.NEWER): ("010101",),
        ("dwellings", PROVINCE, Lacking.TOO_LITTLE_KNOWN): ("0101",),
        ("dry_pct", DISTRICT, Lacking.NEWER): ("010101",),
        ("dry_pct", DISTRICT, Lacking.NO_ROW): ("010102",),
        ("dry_pct", DISTRICT, Lacking.NO_FIGURE): ("010201",),
    }


def test_a_lost_source_is_the_reason_of_all_that_hangs_on_it(catalogue: Catalogue) -> None:
    density = LayerSpec(
        id="density",
        dimension=Dimension.POPULATION,
        unit=Unit.PER_KM2,
        to_unit=ToUnit.MODEL,
        model=Model.DENSITY,
        inputs=("people",),
    )
    values = pd.DataFrame(
        {name: [NAN] for name in ("people", "dwellings", "dry_pct", "density")}, index=["01"]
    )
    had = Had(lost=["toy_census"], without={}, population="people", figures=None)
    found = list_lacking({REGION: values}, catalogue.with_layers(density), had)
    assert {one.reason for one in found} == {Lacking.NO_SOURCE}
    had = Had(lost=[], without={}, population="people", figures=None)
    found = list_lacking({REGION: values}, catalogue.with_layers(density), had)
    assert [one.reason for one in found] == [Lacking.FINER_ONLY] * 3 + [Lacking.NO_INPUT]
