"""Services of the real country: facts that were looked at one by one."""

import geopandas as gpd
import pandas as pd
import pytest

from layers.built import Build
from layers.countries.per import PERU
from layers.harmonise.points import PointsReport
from layers.terms import AdminLevel, PlaceKind

pytestmark = pytest.mark.peru

BY_CATEGORY = {"i1": 4217, "i2": 2164, "i3": 1343, "i4": 319, "ii": 144, "iii": 34}


@pytest.fixture(scope="module")
def values(peru: Build) -> pd.DataFrame:
    return peru.levels[AdminLevel.DISTRICT].table.values


@pytest.fixture(scope="module")
def facilities(peru: Build) -> gpd.GeoDataFrame:
    return peru.places_of(PlaceKind.HEALTH_FACILITY)


def report_of(built: Build, source: str) -> PointsReport:
    report = built.statuses[source].points
    assert report is not None
    return report


def test_facilities_are_counted_once_and_the_disagreeing_are_listed(peru: Build) -> None:
    found = report_of(peru, "minsa_facilities_2022")
    # 9,188 of 9,254 rows are active; clasificac differs within 32 codes.
    assert (found.rows, found.repeated, len(found.differing)) == (9188, 830, 32)
    assert (len(found.elsewhere), len(found.doubtful)) == (525, 71)
    assert (found.without_point, found.abroad, found.unplaced) == ((), (), ())


def test_categories_add_up_and_keep_their_total_at_every_level(peru: Build) -> None:
    for made in peru.levels.values():
        values = made.table.values
        assert {
            name: int(values[f"health_{name}_count"].sum()) for name in BY_CATEGORY
        } == BY_CATEGORY
        assert values["health_first_level_count"].equals(
            values[[f"health_i{n}_count" for n in (1, 2, 3, 4)]].sum(axis=1)
        )
        assert values["hospitals_count"].sum() == 144 + 34


def test_newer_districts_have_facilities_of_their_own(
    peru: Build, facilities: gpd.GeoDataFrame
) -> None:
    newer = [code for code, _ in PERU.vintages[1].created]
    assert set(newer) <= set(facilities["ubigeo"])
    assert facilities["ubigeo"].isin(newer).sum() == 36
    methods = peru.levels[AdminLevel.DISTRICT].table.methods
    assert set(methods.loc[newer, "health_first_level_count"]) == {"observed"}


def test_points_lie_in_the_district_that_counts_them(
    peru: Build, facilities: gpd.GeoDataFrame
) -> None:
    units = peru.levels[AdminLevel.DISTRICT].units.geometry
    known = facilities[facilities.geometry.notna()]
    assert len(known) == 8358 - 71
    # A pier or a line drawn roughly: a handful stands beside its district.
    assert (~known.geometry.intersects(units[known["ubigeo"]], align=False)).sum() == 6


def test_places_carry_nothing_of_persons(peru: Build) -> None:
    assert list(peru.places.columns) == [
        *("source", "kind", "code", "name", "category", "ubigeo", "people", "lon", "lat"),
        "geometry",
    ]
    assert peru.places["kind"].value_counts().to_dict() == {
        "health_facility": 8358,
        "settlement": 2295,
        "warehouse": 162,
        "border_post": 13,
        "port": 7,
        "airport": 3,
    }


def test_warehouses_without_coordinates_are_placed_by_name_or_told(
    peru: Build, values: pd.DataFrame
) -> None:
    found = report_of(peru, "warehouses_2017")
    assert (len(found.without_point), len(found.by_name), len(found.unplaced)) == (17, 10, 7)
    # Iñapari, in the region and province that its line names
    assert "170303" not in dict(found.by_name).values()
    assert "170301" in dict(found.by_name).values()
    assert values["warehouses_count"].sum() == 162 - 7


def test_airports_and_ports_abroad_are_left_out(peru: Build) -> None:
    assert len(report_of(peru, "ne_airports").abroad) == 6
    assert report_of(peru, "ne_ports").abroad == ("Manta", "Esmeraldas", "Arica", "Guayaquil")


def test_distances_are_plausible(values: pd.DataFrame) -> None:
    far = values[["hospital_distance_km", "airport_distance_km", "port_distance_km"]]
    assert far.notna().all(axis=None)
    assert values.at["070101", "airport_distance_km"] < 10
    assert values.at["070101", "port_distance_km"] < 5
    assert values.at["240302", "border_post_distance_km"] < 1  # Aguas Verdes
    # Lima has hospitals at hand; Yavarí, Purús and Yaguas have not.
    assert values.at["150101", "hospital_distance_km"] < 2
    assert values.loc[["160403", "250401", "160804"], "hospital_distance_km"].min() > 250
    assert values["hospital_distance_km"].median() == pytest.approx(26.75, abs=0.05)
    assert values["warehouse_distance_km"].median() == pytest.approx(29.1, abs=0.05)
