"""Places on the toy country: read once each, put in a unit, counted and measured."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.answers.checks import check_answer
from geoapp.cli.check_lines import check_lines
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.errors import DeclarationError
from layers.indicators.nearest import mean_by_unit, nearest_km
from layers.indicators.sphere import EARTH_KM
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, Expectations, LayerSpec, PointsSpec
from layers.terms import AdminLevel, Dimension, PlaceKind, ToUnit, Unit
from tests.toy import COUNTRY, source

DEGREE_KM = EARTH_KM * np.pi / 180

# Two rows of one code that differ in what they do; one closed; one on the far side of its
# district's border; one a whole degree and more from it; one in the unit cut from its own; one
# without a point; one off the coast by 0.1 km; one whose point is outside the box.
CLINICS = """code,what,name,level,open,district,x,y
1,a,Norte,I-1,YES,10101,0.5,1.5
1,b,Norte,I-1,YES,10101,0.5,1.5
2,a,Cerrada,I-1,NO,10101,0.5,1.5
3,a,Vecina,I-2,YES,10101,1.1,1.5
4,a,Absurda,II-1,YES,10101,2.5,0.5
5,a,Nueva,I-1,YES,20101,2.5,0.5
6,a,Sin punto,II-1,YES,10202,,
7,a,Muelle,I-1,YES,,-0.001,0.5
8,a,Lejana,I-1,YES,10202,50,0.5
"""
STORES = """name,region,x,y
PROVINCIA 0102 DELTA MUNICIPALIDAD,REGIÓN 01,,
PROVINCIA 0101 DELTA MUNICIPALIDAD,REGIÓN 01,,
ABROAD,REGIÓN 01,3.4,0.5
"""
TOWNS = """id,name,x,y,people
1,Mayor,0.5,1.5,300
2,Menor,0.5,1.0001,100
3,Vacía,1.5,1.5,0
"""


def count(layer_id: str, source_id: str, *levels: str) -> LayerSpec:
    return LayerSpec(
        id=layer_id,
        dimension=Dimension.COPING,
        unit=Unit.COUNT,
        source=source_id,
        to_unit=ToUnit.PLACES,
        where=(("category", levels),) if levels else (),
    )


DISTANCE = LayerSpec(
    id="toy_distance_km",
    dimension=Dimension.COPING,
    unit=Unit.KM,
    source="toy_clinics",
    to_unit=ToUnit.NEAREST_PLACE,
    homes="toy_towns",
    where=(("category", ("I-1",)),),
)
CLINIC_POINTS = PointsSpec(
    kind=PlaceKind.HEALTH_FACILITY,
    name="name",
    lon="x",
    lat="y",
    key=("code",),
    category="level",
    where=(("open", ("YES",)),),
)


@pytest.fixture
def with_places(toy: tuple[Catalogue, Places]) -> tuple[Catalogue, Places]:
    catalogue, places = toy
    folder = places.mirror
    assert folder
    store = PointsSpec(kind=PlaceKind.WAREHOUSE, name="name", lon="x", lat="y", region="region")
    town = PointsSpec(
        kind=PlaceKind.SETTLEMENT, name="name", lon="x", lat="y", key=("id",), people="people"
    )
    none: dict[str, object] = {"code_column": None}
    return Catalogue.of(
        sources=(
            *catalogue.sources.values(),
            source(
                folder, "toy_clinics.csv", CLINICS.encode(), "csv",
                code_column="district", units="2017", points=CLINIC_POINTS,
            ),
            source(folder, "toy_stores.csv", STORES.encode(), "csv", points=store, **none),
            source(folder, "toy_towns.csv", TOWNS.encode(), "csv", points=town, **none),
        ),
        layers=(
            *catalogue.layers.values(),
            count("toy_clinics_count", "toy_clinics"),
            count("toy_hospitals_count", "toy_clinics", "II-1"),
            count("toy_stores_count", "toy_stores"),
            DISTANCE,
        ),
    ), places  # fmt: skip


@pytest.fixture
def built(with_places: tuple[Catalogue, Places]) -> Build:
    return build(with_places[0], COUNTRY, with_places[1])


def test_every_place_is_read_once_and_told(built: Build) -> None:
    report = built.statuses["toy_clinics"].points
    assert report is not None
    assert (report.rows, report.repeated, report.differing) == (8, 1, ("1",))
    assert (report.without_point, report.outside_box) == (("6",), ("8",))
    # Border at x = 1, the point at 1.1: 11 km, so the point counts; the other is 160 km away.
    assert report.elsewhere == (("3", "010101", "010102"),)
    assert report.doubtful == (("4", "010101", "020102"),)
    assert report.unplaced == ()
    clinics = built.places_of(PlaceKind.HEALTH_FACILITY).set_index("code")
    assert clinics["ubigeo"].to_dict() == {
        "1": "010101",
        "3": "010102",
        "4": "010101",
        "5": "020102",
        "6": "010202",
        "7": "010201",
        "8": "010202",
    }
    assert clinics.index[clinics.geometry.isna()].tolist() == ["4", "6", "8"]


def test_names_place_what_has_no_point_and_no_place_is_abroad(built: Build) -> None:
    report = built.statuses["toy_stores"].points
    assert report is not None
    assert report.by_name == (("2", "010202"),)
    # Delta lies in province 0102, not in 0101.
    assert report.unplaced == ("3",)
    assert report.abroad == ("4",)
    assert built.places_of(PlaceKind.WAREHOUSE)["code"].tolist() == ["2", "3"]


def test_counts_are_zero_where_none_stands_and_add_up(built: Build) -> None:
    values = built.levels[AdminLevel.DISTRICT].table.values
    assert values["toy_clinics_count"].to_dict() == {
        "010101": 2, "010102": 1, "010201": 1, "010202": 2, "020101": 0, "020102": 1,
    }  # fmt: skip
    assert values["toy_hospitals_count"].sum() == 2
    assert built.levels[AdminLevel.REGION].table.values["toy_clinics_count"].to_dict() == {
        "01": 6, "02": 1,
    }  # fmt: skip
    # The newer unit counts its own and inherits nothing.
    assert built.levels[AdminLevel.DISTRICT].table.methods.at["020102", "toy_clinics_count"] == (
        "observed"
    )


def test_distance_is_from_people_then_towns_then_the_inside(built: Build) -> None:
    table = built.levels[AdminLevel.DISTRICT].table
    found = table.values["toy_distance_km"]
    # Mayor stands beside the clinic, Menor half a degree south of it.
    assert found["010101"] == pytest.approx(100 / 400 * 0.4999 * DEGREE_KM)
    # Vacía has no known people: one degree of longitude at 1.5° north.
    assert found["010102"] == pytest.approx(DEGREE_KM * np.cos(np.radians(1.5)), rel=1e-4)
    # No town: from the point inside, one degree north of clinic 5.
    assert found["020101"] == pytest.approx(DEGREE_KM)
    assert table.methods.at["010101", "toy_distance_km"] == "modelled"
    assert table.sources["toy_distance_km"] == ("toy_clinics", "toy_towns")
    # 2,000 of residents of the province 0101 are half here, half there.
    province = built.levels[AdminLevel.PROVINCE].table.values.at["0101", "toy_distance_km"]
    assert province == pytest.approx((found["010101"] + found["010102"]) / 2)


def test_places_are_stored_and_checked(
    built: Build, with_places: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    write_build(built, tmp_path / "store")
    read = read_build(tmp_path / "store").build
    assert read.statuses == built.statuses
    pd.testing.assert_frame_equal(
        pd.DataFrame(read.places.drop(columns="geometry")),
        pd.DataFrame(built.places.drop(columns="geometry")),
        check_dtype=False,
    )
    answer = check_answer(built, with_places[0], COUNTRY, Expectations())
    assert [one["source"] for one in answer["places"]] == ["toy_clinics", "toy_stores", "toy_towns"]
    assert answer["places"][0]["doubtful"] == (("4", "010101", "020102"),)


def test_a_missing_list_is_missing_and_no_zero(with_places: tuple[Catalogue, Places]) -> None:
    catalogue, places = with_places
    assert places.mirror
    (places.mirror / "toy_clinics.csv").unlink()
    coarse = build(catalogue, COUNTRY, places)
    values = coarse.levels[AdminLevel.DISTRICT].table.values
    assert values[["toy_clinics_count", "toy_distance_km"]].isna().all(axis=None)
    assert values["toy_stores_count"].notna().all()
    assert coarse.statuses["toy_clinics"].problem


def test_a_layer_of_places_needs_a_source_of_points(toy: tuple[Catalogue, Places]) -> None:
    with pytest.raises(DeclarationError, match="toy_census declares no points"):
        toy[0].with_layers(count("toy_wrong", "toy_census"))


def test_an_absent_column_is_named(with_places: tuple[Catalogue, Places]) -> None:
    catalogue, places = with_places
    wrong = replace(catalogue.source("toy_clinics"), points=replace(CLINIC_POINTS, category="rank"))
    others = [spec for spec in catalogue.sources.values() if spec.id != wrong.id]
    made = build(
        Catalogue.of(sources=(*others, wrong), layers=tuple(catalogue.layers.values())),
        COUNTRY,
        places,
    )
    assert made.statuses["toy_clinics"].problem == "source toy_clinics has no column rank"


POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def frame(points: list[tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(points, columns=["lon", "lat"])


def test_distances_on_the_sphere() -> None:
    places = frame([(0, 0), (179.5, 0), (0, 60)])
    found = nearest_km(places, frame([(0, 1), (-179.5, 0), (1, 60)]))
    # One degree of latitude; one across the date line; one of longitude at 60° is half of it.
    assert found[:2].tolist() == pytest.approx([DEGREE_KM, DEGREE_KM])
    assert found[2] == pytest.approx(DEGREE_KM / 2, rel=1e-4)
    assert nearest_km(places, frame([])).isna().all()


@given(st.lists(POINT, min_size=1), st.lists(POINT, min_size=1), POINT)
def test_another_target_never_makes_the_way_longer(
    places: list[tuple[float, float]],
    targets: list[tuple[float, float]],
    more: tuple[float, float],
) -> None:
    before = nearest_km(frame(places), frame(targets))
    after = nearest_km(frame(places), frame([*targets, more]))
    assert (after <= before + 1e-9).all()
    assert before.between(0, np.pi * EARTH_KM + 1e-6).all()


def test_a_mean_leaves_out_what_is_missing() -> None:
    units = pd.Series(["a", "a", "b"])
    found = mean_by_unit(pd.Series([1.0, 4.0, np.nan]), pd.Series([2.0, 1.0, 5.0]), units)
    assert found["a"] == pytest.approx(2.0)
    assert np.isnan(found["b"])


def test_the_command_tells_places(built: Build, with_places: tuple[Catalogue, Places]) -> None:
    answer = check_answer(built, with_places[0], COUNTRY, Expectations())
    answer.update(totals=[], published=[], missing=[])
    lines = "\n".join(check_lines(answer))
    assert "toy_clinics: 8 filas, 7 lugares, 1 con filas que difieren" in lines
    assert "1 con el punto demasiado lejos (vale la declarada): 4 (010101 → 020102)" in lines
