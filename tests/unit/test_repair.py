"""Every fault of a boundary and every repair, on squares."""

import json
from dataclasses import asdict

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from layers.harmonise.geometry import areas_km2
from layers.harmonise.repair import repair_boundaries
from layers.harmonise.repairs import Action, Fault, Reason, Repaired

AREA_CRS = "EPSG:6933"
BOWTIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
LEFT, RIGHT = box(0, 0, 1, 1), box(1, 0, 2, 1)


def squares(**shapes: BaseGeometry | None) -> gpd.GeoDataFrame:
    index = pd.Index([code.removeprefix("u") for code in shapes], name="ubigeo")
    return gpd.GeoDataFrame(geometry=list(shapes.values()), index=index, crs=4326)


def repair(units: gpd.GeoDataFrame, donor: gpd.GeoDataFrame, **options: object) -> Repaired:
    expected = options.pop("expected", list(units.index))
    return repair_boundaries(
        units,
        donor,
        expected,  # type: ignore[arg-type]
        AREA_CRS,
        donor_vintage="2025",
        **options,  # type: ignore[arg-type]
    )


def km2(shape: BaseGeometry) -> float:
    return float(areas_km2(gpd.GeoSeries([shape], crs=4326), AREA_CRS)[0])


def test_sound_units_are_left_alone() -> None:
    units = squares(u010101=LEFT, u010102=RIGHT)
    result = repair(units, squares(u010101=box(5, 5, 6, 6)))
    assert result.repairs == ()
    assert result.units.geometry.equals(units.geometry)


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_an_empty_unit_takes_the_shape_of_the_donor(nothing: Polygon | None) -> None:
    result = repair(squares(u010101=LEFT, u010102=nothing), squares(u010102=RIGHT))
    [record] = result.repairs
    assert (record.fault, record.action, record.donor) == (Fault.EMPTY, Action.TAKEN, "2025")
    assert (record.before_km2, record.after_km2) == (0.0, pytest.approx(km2(RIGHT)))
    assert result.units.geometry["010102"].equals(RIGHT)


def test_an_absent_unit_gets_a_row() -> None:
    units = squares(u010102=RIGHT).assign(name="right")
    result = repair(units, squares(u010101=LEFT), expected=["010101", "010102"])
    assert list(result.units.index) == ["010101", "010102"]
    assert result.units.loc["010102", "name"] == "right"
    assert result.repairs[0].fault is Fault.ABSENT


def test_the_donor_is_trimmed_to_sound_neighbours() -> None:
    donor = squares(u010102=box(0.75, 0, 2, 1))
    result = repair(squares(u010101=LEFT, u010102=None), donor)
    assert result.units.geometry["010102"].equals(RIGHT)
    assert result.units.geometry["010101"].equals(LEFT)
    [record] = result.repairs
    assert record.action is Action.TRIMMED
    assert record.overlap_km2 == pytest.approx(0.0, abs=1e-6)


def test_trimming_does_not_destroy_a_unit() -> None:
    swallowed = box(0.2, 0.2, 0.4, 0.4)
    result = repair(squares(u010101=LEFT, u010102=None), squares(u010102=swallowed))
    [record] = result.repairs
    assert record.action is Action.OVERLAPPING
    assert record.overlap_km2 == pytest.approx(km2(swallowed))
    assert result.units.geometry["010102"].equals(swallowed)


def test_a_bowtie_is_rebuilt_from_its_own_lines() -> None:
    result = repair(squares(u010101=BOWTIE), squares(u010101=LEFT))
    [record] = result.repairs
    assert (record.fault, record.action, record.donor) == (Fault.INVALID, Action.REBUILT, None)
    assert result.units.geometry["010101"].is_valid
    assert result.units.geometry["010101"].area == pytest.approx(2.0)


def test_a_bowtie_of_the_wrong_area_takes_the_donor() -> None:
    whole = box(0, 0, 2, 2)
    official = pd.Series({"010101": km2(whole)})
    result = repair(squares(u010101=BOWTIE), squares(u010101=whole), official_km2=official)
    assert result.repairs[0].action is Action.TAKEN
    assert result.units.geometry["010101"].equals(whole)


def test_an_ill_sized_unit_takes_the_donor_and_the_bare_ground_is_told() -> None:
    units = squares(u010101=LEFT, u010102=box(1, 0, 3, 1))
    official = pd.Series({"010101": km2(LEFT), "010102": km2(RIGHT)})
    result = repair(units, squares(u010102=RIGHT), official_km2=official)
    [record] = result.repairs
    assert (record.ubigeo, record.fault, record.action) == ("010102", Fault.AREA, Action.TAKEN)
    assert record.after_km2 == pytest.approx(record.official_km2)
    assert record.bare_km2 == pytest.approx(km2(box(2, 0, 3, 1)))


def test_an_official_area_that_both_vintages_contradict_changes_nothing() -> None:
    units = squares(u010101=LEFT)
    official = pd.Series({"010101": km2(LEFT) / 12})
    result = repair(units, squares(u010101=box(0, 0, 1, 1.01)), official_km2=official)
    [record] = result.repairs
    assert (record.action, record.reason) == (Action.UNREPAIRED, Reason.DONOR_ALSO_OFF)
    assert result.unrepaired == ("010101",)
    assert result.units.geometry.equals(units.geometry)


def test_an_ill_sized_unit_without_room_keeps_its_ground_and_others_respect_it() -> None:
    units = squares(u010101=box(0, 0, 2, 1), u010102=box(2, 0, 2.5, 1), u010103=None)
    official = pd.Series({"010101": km2(box(0, 0, 2, 1)), "010102": km2(box(0, 0, 1, 1))})
    donor = squares(u010102=box(1.5, 0, 2.5, 1), u010103=box(2.4, 0, 4, 1))
    result = repair(units, donor, official_km2=official)
    records = {record.ubigeo: record for record in result.repairs}
    assert records["010102"].reason is Reason.NO_ROOM
    assert result.units.geometry["010102"].equals(box(2, 0, 2.5, 1))
    assert result.units.geometry["010103"].equals(box(2.5, 0, 4, 1))


def test_a_unit_without_a_geometry_takes_a_donor_of_doubtful_area() -> None:
    official = pd.Series({"010101": km2(LEFT) * 3})
    result = repair(squares(u010101=None), squares(u010101=LEFT), official_km2=official)
    assert result.repairs[0].action is Action.TAKEN


@pytest.mark.parametrize("offered", [None, Polygon(), BOWTIE])
def test_what_cannot_be_repaired_stays_as_a_unit(offered: Polygon | None) -> None:
    result = repair(
        squares(u010101=LEFT, u010102=None),
        squares(u010102=offered),
        expected=["010101", "010102", "010103"],
    )
    assert result.unrepaired == ("010102", "010103")
    assert result.without_geometry == ("010102", "010103")
    assert {record.reason for record in result.repairs} == {Reason.NO_DONOR}
    assert len(result.units) == 3


def test_units_given_are_not_changed_and_records_are_json() -> None:
    units = squares(u010101=BOWTIE, u010102=None)
    result = repair(units, squares(u010102=RIGHT), official_km2=pd.Series({"010101": np.nan}))
    assert units.geometry["010101"].equals_exact(BOWTIE)
    assert units.geometry["010102"] is None
    first = json.loads(json.dumps([asdict(record) for record in result.repairs]))[0]
    assert (first["action"], first["official_km2"]) == ("rebuilt", None)
