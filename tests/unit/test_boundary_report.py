"""Faults of boundaries on unit squares whose answer is seen at a glance."""

import json
from dataclasses import asdict

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from layers.harmonise.boundary_report import (
    BoundaryReport,
    GapKind,
    broken_units,
    report_boundaries,
)
from layers.harmonise.geometry import areas_km2

AREA_CRS = "EPSG:6933"
HOLE = [(1, 1), (2, 1), (2, 2), (1, 2)]
FRAME = Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [HOLE])
BOWTIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def squares(**shapes: BaseGeometry | None) -> gpd.GeoDataFrame:
    index = pd.Index([code.removeprefix("u") for code in shapes], name="ubigeo")
    return gpd.GeoDataFrame(geometry=list(shapes.values()), index=index, crs=4326)


def report(units: gpd.GeoDataFrame, **options: object) -> BoundaryReport:
    return report_boundaries(units, AREA_CRS, **options)  # type: ignore[arg-type]


def km2(shape: BaseGeometry) -> float:
    return float(areas_km2(gpd.GeoSeries([shape], crs=4326), AREA_CRS)[0])


def test_a_clean_coverage_has_nothing_to_report() -> None:
    clean = report(squares(u010101=box(0, 0, 1, 1), u010102=box(1, 0, 2, 1)))
    assert clean == BoundaryReport(2, (), (), (), (), (), 0.0, (), (), None)


def test_absent_and_unexpected_codes_are_named() -> None:
    found = report(squares(u010101=box(0, 0, 1, 1)), expected={"010102", "010103"})
    assert found.absent == ("010102", "010103")
    assert found.unexpected == ("010101",)


def test_what_cannot_be_used_is_known_without_the_report() -> None:
    units = squares(u010101=box(0, 0, 1, 1), u010102=None, u010103=BOWTIE, u010104=Polygon())
    expected = {"010101", "010102", "010105"}
    assert broken_units(units, expected) == ("010105", "010102", "010104", "010103")
    assert report(units, expected=expected).broken == broken_units(units, expected)


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_null_and_empty_geometries_are_counted_as_units(nothing: Polygon | None) -> None:
    found = report(squares(u010101=box(0, 0, 1, 1), u010102=nothing))
    assert (found.units, found.empty) == (2, ("010102",))
    assert found.absent == ()


@pytest.mark.fault(20)
def test_a_bowtie_is_invalid_with_the_reason_of_geos() -> None:
    found = report(squares(u010101=BOWTIE))
    assert found.invalid == (("010101", "Self-intersection[1 1]"),)


@pytest.mark.fault(22)
def test_an_overlap_names_both_units_and_its_area() -> None:
    found = report(squares(u010101=box(0, 0, 2, 1), u010102=box(1, 0, 3, 1)))
    [overlap] = found.overlaps
    assert (overlap.first, overlap.second) == ("010101", "010102")
    assert overlap.km2 == pytest.approx(km2(box(1, 0, 2, 1)))
    assert found.unmatched == ("010101", "010102")
    # Of each square one side lies inside the other and half of two lie along it.
    assert found.unmatched_degrees == pytest.approx(2 * (1 + 2 * 2))


def test_a_unit_inside_another_overlaps_it_though_only_one_has_unmatched_edges() -> None:
    found = report(squares(u010101=box(0, 0, 3, 3), u010102=box(1, 1, 2, 2)))
    assert found.unmatched == ("010102",)
    assert [(o.first, o.second) for o in found.overlaps] == [("010101", "010102")]


def test_the_same_shape_twice_is_an_overlap() -> None:
    found = report(squares(u010101=box(0, 0, 1, 1), u010102=box(0, 0, 1, 1)))
    assert found.overlaps[0].km2 == pytest.approx(km2(box(0, 0, 1, 1)))


@pytest.mark.fault(22)
def test_a_gap_is_measured_and_not_called_a_lake_without_evidence() -> None:
    [gap] = report(squares(u010101=FRAME)).gaps
    assert gap.kind is GapKind.UNCLASSIFIED
    assert gap.km2 == pytest.approx(km2(box(1, 1, 2, 2)))
    assert (gap.lon, gap.lat) == pytest.approx((1.5, 1.5))
    assert gap.neighbours == ("010101",)


@pytest.mark.parametrize(
    ("lake", "kind"),
    [
        (box(1, 1, 2, 1.6), GapKind.LAKE),
        (box(1, 1, 2, 1.4), GapKind.UNCLASSIFIED),
        (box(7, 7, 8, 8), GapKind.UNCLASSIFIED),
    ],
)
def test_a_gap_is_a_lake_where_most_of_it_is(lake: Polygon, kind: GapKind) -> None:
    lakes = gpd.GeoDataFrame(geometry=[lake], crs=4326)
    assert report(squares(u010101=FRAME), lakes=lakes).gaps[0].kind is kind


def test_a_unit_in_a_hole_closes_it_and_an_island_in_a_lake_is_not_water() -> None:
    assert report(squares(u010101=FRAME, u020101=Polygon(HOLE))).gaps == ()
    island = box(1.4, 1.4, 1.6, 1.6)
    [gap] = report(squares(u010101=FRAME, u020101=island)).gaps
    assert gap.km2 == pytest.approx(km2(box(1, 1, 2, 2)) - km2(island), rel=1e-4)


def test_a_sliver_between_lines_that_do_not_match_is_a_mismatch() -> None:
    left = Polygon([(0, 0), (1, 0), (1.0001, 0.5), (0.9999, 0.75), (1, 1), (0, 1)])
    found = report(squares(u010101=left, u010102=box(1, 0, 2, 1)))
    assert {gap.kind for gap in found.gaps} == {GapKind.MISMATCH}
    assert found.unmatched == ("010101", "010102")


def test_areas_are_compared_where_an_official_one_is_known() -> None:
    drawn = squares(
        u010101=box(0, 0, 1, 1), u010102=box(1, 0, 2, 1), u010103=box(2, 0, 3, 1), u010104=None
    )
    one = km2(box(0, 0, 1, 1))
    official = pd.Series({"010101": one / 1.1, "010102": one / 1.5, "010104": one})
    areas = report(drawn, official_km2=official).areas
    assert areas is not None
    assert (areas.compared, areas.without_official) == (2, 1)
    assert (areas.over_5_pct, areas.over_20_pct) == (2, 1)
    assert [(worst.ubigeo, round(worst.error, 6)) for worst in areas.worst] == [
        ("010102", 0.5),
        ("010101", 0.1),
    ]


def test_a_report_is_json() -> None:
    official = pd.Series({"010101": 1.0})
    found = report(squares(u010101=FRAME, u010102=BOWTIE), official_km2=official)
    again = json.loads(json.dumps(asdict(found)))
    assert again["gaps"][0]["kind"] == "unclassified"
    assert again["areas"]["worst"][0]["ubigeo"] == "010101"
