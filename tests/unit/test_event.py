"""Events: who lies inside which band, by hand on the toy country, and what must always hold."""

import io
import json
import math
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.io import MemoryFile

from geoapp.event.answer import event_answer, footprint_of_upload, page_answer
from geoapp.event.brief import event_brief
from layers.built import Build
from layers.decide.footprint import Footprint
from layers.decide.footprint_shaking import footprint_of_epicentre
from layers.decide.footprint_shapes import footprint_of_shapes
from layers.decide.shares import settled_in, shares_of
from layers.errors import EventError, LayersError
from layers.event_files import footprint_of_list
from layers.harmonise.contours import at_least
from layers.indicators.relief import fatality_rate, order_of_magnitude
from layers.pipeline import build
from layers.sources.locate import Places
from layers.sources.shakemap import read_shake_grid
from layers.spec import Catalogue, Office
from layers.terms import AdminLevel
from tests.toy import COUNTRY, DISTRICTS, make_toy, square

Toy = tuple[Catalogue, Places]
KNOWN = Path(__file__).resolve().parents[3] / "shared" / "known"

TWO_OFFICES = replace(
    COUNTRY,
    offices=(COUNTRY.offices[0], Office(id="epsilon", name="Épsilon", kind="x", lon=2.5, lat=1.0)),
)


def grid_xml(
    rows: list[list[float]], namespace: str = "http://earthquake.usgs.gov/eqcenter/shakemap"
) -> bytes:
    """A ShakeMap grid over the toy country: nodes in the middle of cells of half a degree."""
    height, width = len(rows), len(rows[0])
    nodes = "\n".join(
        f"{0.25 + 0.5 * x:.4f} {1.75 - 0.5 * y:.4f} 1.2 {value}"
        for y, row in enumerate(rows)
        for x, value in enumerate(row)
    )
    return (
        f'<?xml version="1.0"?><shakemap_grid xmlns="{namespace}" event_id="toy1" '
        'shakemap_originator="toy" shakemap_version="2">'
        '<event magnitude="7.1" depth="20" lat="1" lon="1" event_description="Juguete"/>'
        f'<grid_specification nlon="{width}" nlat="{height}"/>'
        '<grid_field index="1" name="LON"/><grid_field index="2" name="LAT"/>'
        '<grid_field index="3" name="PGA"/><grid_field index="4" name="MMI"/>'
        f"<grid_data>\n{nodes}\n</grid_data></shakemap_grid>"
    ).encode()


# Alfa whole in 8; Beta half 7, half 3; Gama 4; Delta 5.5 (band 6, its lower limit); the east 2.
SHAKEN = [
    [8.0, 8.0, 7.0, 3.0, 2.0, 2.0],
    [8.4, 7.5, 7.4, 3.4, 2.0, 2.0],
    [4.0, 4.0, 5.5, 5.5, 2.0, 2.0],
    [3.5, 4.4, 5.5, 5.5, 2.0, 2.0],
]


def polygon(shape: shapely.Geometry, **properties: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def collection(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def geotiff(values: np.ndarray) -> bytes:
    height, width = values.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=width,
            height=height,
            count=1,
            dtype="float32",
            crs="EPSG:4326",
            transform=rasterio.Affine(3 / width, 0, 0, 0, -2 / height, 2),
            nodata=-1,
        ) as raster:
            raster.write(values.astype("float32"), 1)
        return bytes(memory.read())


def shares_by_band(
    footprint: Footprint,
    units: gpd.GeoDataFrame,
    settlements: pd.DataFrame,
    people: pd.Series,
) -> pd.DataFrame:
    """ubigeo, band, share (above 0, to 1), basis; by ubigeo, then from the weakest band."""
    found = shares_of(footprint, settled_in(units, settlements, people))
    bands = np.array([band.id for band in footprint.bands], dtype=object)
    return pd.DataFrame(
        {
            "ubigeo": units.index[found.unit],
            "band": bands[found.band],
            "share": found.share,
            "basis": found.basis,
        }
    )


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return make_toy(tmp_path_factory.mktemp("toy") / "mirror")


@pytest.fixture(scope="module")
def toy_build(toy: Toy) -> Build:
    return build(toy[0], COUNTRY, toy[1])


@pytest.fixture
def ask(toy_build: Build, toy: Toy) -> Callable[..., dict[str, object]]:
    def answer(data: bytes, name: str = "x", displaced: dict | None = None, **how: object) -> dict:
        footprint = footprint_of_upload(toy_build, data, name, **how)
        return event_answer(toy_build, toy[0], footprint, displaced=displaced, country=TWO_OFFICES)

    return answer


def test_rates_of_peru_are_those_published() -> None:
    assert fatality_rate(7) == pytest.approx(5.8e-5, rel=0.01)
    assert fatality_rate(8) == pytest.approx(3.0e-4, rel=0.02)
    assert fatality_rate(9) == pytest.approx(1.1e-3, rel=0.03)
    assert [order_of_magnitude(x) for x in (0, 0.4, 1, 9.9, 340)] == [-1, -1, 0, 0, 2]


@pytest.mark.parametrize(
    "namespace",
    ["http://earthquake.usgs.gov/eqcenter/shakemap", "http://inatews.bmkg.go.id/shakemap"],
)
def test_a_shakemap_over_the_toy_country_gives_totals_by_hand(
    ask: Callable[..., dict], namespace: str
) -> None:
    answer = ask(grid_xml(SHAKEN, namespace), "grid.xml")
    shares = {(unit["ubigeo"], unit["band"]): unit["share"] for unit in answer["units"]}
    assert shares == pytest.approx(
        {
            ("010101", "8"): 1.0,
            ("010102", "7"): 0.5,
            ("010201", "4"): 1.0,
            ("010202", "6"): 1.0,
        },
        abs=1e-6,
    )
    people = {band["id"]: band["people"] for band in answer["bands"]}
    assert people == pytest.approx(
        {"4": 2000, "5": 0, "6": 1000, "7": 500, "8": 1000, "9": 0, "10": 0}, abs=1e-3
    )
    assert answer["totals"]["people"] == pytest.approx(4500)
    assert answer["totals"]["strong"]["people"] == pytest.approx(2500)
    # 1000 × 3.0e-4 + 500 × 5.8e-5 + 1000 × 6.9e-6: fewer than one.
    assert answer["totals"]["deaths"] == {"from": 0, "to": 1}
    # The assumptions: 5–20 % of 1000, 1–5 % of 500, 0–1 % of 1000.
    assert answer["totals"]["displaced"]["low"] == pytest.approx(55, abs=0.1)
    assert answer["totals"]["displaced"]["high"] == pytest.approx(235, abs=0.1)
    assert answer["footprint"]["source"]["magnitude"] == "7.1"


def test_offices_add_up_to_the_total(ask: Callable[..., dict]) -> None:
    answer = ask(collection(polygon(shapely.box(0.5, 0.5, 3, 2))))
    offices = {row["office"]: row["units"] for row in answer["by_office"]}
    # The middle of Beta is nearer to Alfa, that of Delta (1.5, 0.5) is nearer to Épsilon.
    assert offices == {"alfa": 3, "epsilon": 3}
    for key in ("people", "migrants", "host"):
        known = [row[key] for row in answer["by_office"]]
        assert sum(known) == pytest.approx(answer["totals"][key])
        assert sum(b[key] for b in answer["bands"]) == pytest.approx(answer["totals"][key])


def test_a_polygon_shares_by_area_and_says_so(ask: Callable[..., dict]) -> None:
    answer = ask(collection(polygon(shapely.box(0, 0, 1.5, 1))))
    units = {unit["ubigeo"]: (unit["share"], unit["basis"]) for unit in answer["units"]}
    assert units["010201"] == (1.0, "whole")
    assert units["010202"] == (pytest.approx(0.5), "area")
    assert answer["provenance"]["shares"] == {"whole": 1, "area": 1}
    assert answer["totals"]["relief_per_day"]["exposed"]["water_litres"] == pytest.approx(2500 * 15)
    assert answer["totals"]["relief_per_day"]["exposed"]["kcal"] == pytest.approx(2500 * 2100)


def test_known_settlements_place_their_people_and_area_the_others(toy_build: Build) -> None:
    units = toy_build.levels[AdminLevel.DISTRICT].units
    settlements = pd.DataFrame(
        {
            "ubigeo": ["010201", "010201", "010202", "010101"],
            "lon": [0.2, 0.8, 1.2, 0.2],
            "lat": [0.5, 0.5, 0.5, 1.5],
            "people": [300.0, 700.0, 900.0, 5000.0],
        }
    )
    people = pd.Series(1000.0, index=units.index) + pd.Series({"010201": 1000.0}).reindex(
        units.index, fill_value=0.0
    )
    west = footprint_of_shapes([({}, shapely.box(0, 0, 0.5, 2))], {"file": ""})
    rows = shares_by_band(west, units, settlements, people).set_index("ubigeo")
    # Gama: half of 2000 people in settlements, 300/1000 of them west; of the others half the area.
    assert rows.loc["010201", "share"] == pytest.approx(0.5 * 0.3 + 0.5 * 0.5)
    assert rows.loc["010201", "basis"] == "people_and_area"
    # Five times its people are those of a city beyond it.
    assert rows.loc["010101", "basis"] == "area"


def test_a_raster_is_cut_at_its_thresholds(ask: Callable[..., dict]) -> None:
    values = np.zeros((4, 6))
    values[:2, :2] = 0.6
    values[2:, :2] = 1.0
    values[2:, 2] = 5.0
    answer = ask(geotiff(values), "inundación.tif", thresholds=(0.5, 1.0))
    shares = {(unit["ubigeo"], unit["band"]): unit["share"] for unit in answer["units"]}
    assert shares == pytest.approx(
        {("010101", "0.5"): 1.0, ("010201", "1"): 1.0, ("010202", "1"): 0.5}, abs=1e-6
    )
    whole = ask(geotiff(values))
    assert whole["totals"]["people"] == pytest.approx(answer["totals"]["people"])


def test_a_list_of_names_and_codes_is_matched_and_reported(ask: Callable[..., dict]) -> None:
    text = "Alfa, Provincia 0101, Región 01\nGama, Provincia 0102, Región 01\nNada, Provincia 0101, Región 01\n"
    answer = ask(text.encode(), "decreto.txt", kind="districts")
    assert {unit["ubigeo"]: unit["basis"] for unit in answer["units"]} == {
        "010101": "declared",
        "010201": "declared",
    }
    assert len(answer["footprint"]["unmatched"]) == 1
    assert answer["footprint"]["unmatched"][0].startswith("3: Nada (name_unknown)")
    table = "ubigeo,distrito\n010101,Alfa\n010201,Gama\n"
    assert ask(table.encode(), "decreto.csv")["totals"] == answer["totals"]


def test_a_list_that_is_no_workbook_is_called_by_its_own_name() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
    names = pd.DataFrame(columns=["ubigeo", "reniec", "name", "province", "region"])
    with pytest.raises(EventError, match=r"^lista\.xlsx ") as refused:
        footprint_of_list(packed.getvalue(), "lista.xlsx", names)
    assert "/" not in str(refused.value)


def test_a_province_in_a_list_counts_all_its_districts(ask: Callable[..., dict]) -> None:
    answer = ask(b"provincia\nProvincia 0102\n", "decreto.csv")
    assert {unit["ubigeo"] for unit in answer["units"]} == {"010201", "010202"}


def test_gdacs_alerts_are_bands_and_the_redder_one_counts(ask: Callable[..., dict]) -> None:
    answer = ask(
        collection(
            polygon(shapely.box(0, 0, 2, 1), Class="Poly_Green"),
            polygon(shapely.box(0, 0, 1, 1), Class="Poly_Red"),
            polygon(shapely.Point(0.5, 0.5), Class="Point_Centroid"),
        )
    )
    assert {unit["ubigeo"]: unit["band"] for unit in answer["units"]} == {
        "010201": "red",
        "010202": "green",
    }


def test_a_line_needs_a_buffer_and_a_buffer_is_in_kilometres(ask: Callable[..., dict]) -> None:
    line = collection(polygon(shapely.LineString([(0, 0.5), (3, 0.5)])))
    with pytest.raises(EventError, match="--buffer-km"):
        ask(line)
    units = {u["ubigeo"]: u["share"] for u in ask(line, buffer_km=11.1195)["units"]}
    # A tenth of a degree on both sides of a parallel.
    assert units["010202"] == pytest.approx(0.2, rel=0.01)


def test_rates_are_edited_by_band_or_for_all(ask: Callable[..., dict]) -> None:
    data = grid_xml(SHAKEN)
    edited = ask(data, displaced={"8": (0.5, 0.5)})["totals"]["displaced"]
    assert edited["low"] == pytest.approx(505, abs=0.1)
    everywhere = ask(data, displaced={"": (0.1, 0.2)})["totals"]["displaced"]
    assert everywhere["high"] == pytest.approx(900, abs=0.1)
    with pytest.raises(EventError, match="no band 12"):
        ask(data, displaced={"12": (0.0, 0.1)})
    with pytest.raises(EventError, match="no range"):
        ask(data, displaced={"8": (0.3, 0.1)})


def test_what_is_unknown_is_named_and_never_zero(toy_build: Build, toy: Toy) -> None:
    made = toy_build.levels[AdminLevel.DISTRICT]
    values = made.table.values.copy()
    values.loc["010101", ["toy_residents", "toy_migrants"]] = math.nan
    levels = {AdminLevel.DISTRICT: replace(made, table=replace(made.table, values=values))}
    built = replace(toy_build, levels=levels)
    footprint = footprint_of_upload(built, collection(polygon(square(0, 1))), "x")
    answer = event_answer(built, toy[0], footprint, country=COUNTRY)
    assert answer["units"][0]["people"] is None
    assert answer["totals"]["people"] is None
    assert answer["unknown"]["figures"]["people"] == ["010101"]


def test_an_epicentre_is_rough_and_weaker_farther_away(toy_build: Build, toy: Toy) -> None:
    footprint = footprint_of_epicentre(0.5, 0.5, 10.0, 7.0, COUNTRY.box)
    answer = event_answer(toy_build, toy[0], footprint, country=COUNTRY)
    assert answer["footprint"]["is_rough"]
    at = {unit["ubigeo"]: int(unit["band"]) for unit in answer["units"]}
    assert at["010201"] > at["020102"]
    # The toy country has no words for its sector.
    text = event_brief(json.loads(json.dumps(answer).replace("toy_in_need", "health")))
    assert "APROXIMADO" in text
    assert "Alfa:" in text
    with pytest.raises(EventError, match="out of range"):
        footprint_of_epicentre(0.5, 0.5, -3.0, 7.0, COUNTRY.box)


def test_contours_close_at_the_border_and_nest() -> None:
    # Rings of 4 and 5 around one summit and, cut by the edge of the map, a strip above 4.
    lines = {
        4.0: shapely.union_all(
            [shapely.box(1, 1, 5, 5).exterior, shapely.LineString([(7, 0), (7, 6)])]
        ),
        5.0: shapely.union_all(
            [shapely.box(2, 2, 4, 4).exterior, shapely.LineString([(9, 0), (9, 6)])]
        ),
        4.5: shapely.box(1.5, 1.5, 4.5, 4.5).exterior,
    }
    lines[4.5] = shapely.union_all([lines[4.5], shapely.LineString([(8, 0), (8, 6)])])
    ground = at_least(lines)
    assert ground[4.0].equals(shapely.union_all([shapely.box(1, 1, 5, 5), shapely.box(7, 0, 9, 6)]))
    assert ground[5.0].equals(shapely.box(2, 2, 4, 4))
    assert ground[4.5].equals(
        shapely.union_all([shapely.box(1.5, 1.5, 4.5, 4.5), shapely.box(8, 0, 9, 6)])
    )


def test_a_hollow_inside_a_ring_is_below_it() -> None:
    lines = {
        4.0: shapely.box(0, 0, 8, 8).exterior,
        4.5: shapely.union_all(
            [shapely.box(1, 1, 7, 7).exterior, shapely.box(3, 3, 5, 5).exterior]
        ),
    }
    assert at_least(lines)[4.5].area == pytest.approx(36 - 4)


def test_contours_and_their_grid_agree(ask: Callable[..., dict]) -> None:
    features = []
    for level, half in ((3.5, 0.9), (4.0, 0.8), (4.5, 0.7), (5.0, 0.6), (5.5, 0.5)):
        ring = polygon(shapely.box(1.5 - half, 1 - half, 1.5 + half, 1 + half).exterior)
        features.append({**ring, "properties": {"value": level}})
    answer = ask(collection(*features), "cont_mmi.json")
    people = {band["id"]: band["people"] for band in answer["bands"]}
    # Half a degree around (1.5, 1): the halves of Beta and Delta that touch each other.
    assert people["6"] == pytest.approx(0.5 * 1000 + 0.5 * 1000, rel=1e-3)
    del features[2]
    with pytest.raises(EventError, match=r"no contour at 4\.5"):
        ask(collection(*features), "cont_mmi.json")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"<html><body>", "no whole XML"),
        (b"<kml></kml>", "no ShakeMap grid"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><shakemap_grid/>', "entities"),
        (b'{"type":', "no GeoJSON"),
        (b'{"type":"FeatureCollection","features":[]}', "no geometry"),
        (b'{"type":"Point","coordinates":[500000,8600000]}', "EPSG:4326"),
        (b"II*\x00nonsense", "GeoTIFF"),
        (b"\xff\xfe\x00\x01binary", "UTF-8"),
        (grid_xml(SHAKEN).replace(b'nlon="6"', b'nlon="7"'), "states 7 by 4"),
        (grid_xml(SHAKEN).replace(b'"MMI"', b'"PGV"'), "no grid field MMI"),
    ],
)
def test_a_bad_file_is_one_sentence(ask: Callable[..., dict], data: bytes, sentence: str) -> None:
    with pytest.raises(LayersError, match=sentence) as caught:
        ask(data, "archivo")
    assert "\n" not in str(caught.value)


def test_outside_the_country_nobody_is_exposed(ask: Callable[..., dict]) -> None:
    answer = ask(collection(polygon(shapely.box(50, 50, 51, 51))))
    assert answer["units"] == []
    assert answer["by_office"] == []
    assert "nadie queda expuesto" in event_brief(answer)


def test_the_page_gets_the_brief_and_the_ground(toy_build: Build, toy: Toy) -> None:
    for data in (
        grid_xml(SHAKEN),
        collection(polygon(square(0, 0))),
        b"ubigeo,distrito\n010101,Alfa\n",
    ):
        footprint = footprint_of_upload(toy_build, data, "x.csv")
        answer = page_answer(toy_build, toy[0], footprint, country=COUNTRY)
        drawn = {
            item["properties"]["band"]: item["geometry"] for item in answer["footprint"]["features"]
        }
        struck = {band["id"] for band in answer["brief"]["bands"] if band["units"]}
        assert struck <= set(drawn)
        json.dumps(answer, allow_nan=False)


def test_the_format_of_a_real_grid_is_read() -> None:
    path = KNOWN / "shakemap_grid_20131105.xml"
    if not path.is_file():
        pytest.skip("shakemap_grid_20131105.xml is not beside the checkout")
    read = read_shake_grid(path.read_bytes(), path.name)
    assert read.mmi.shape == (101, 101)
    assert read.event["id"] == "20131105060809"
    assert read.lat[0] > read.lat[-1]
    assert 1.0 <= np.nanmin(read.mmi) <= np.nanmax(read.mmi) <= 10.0


SQUARES = gpd.GeoDataFrame(
    geometry=[square(x, y) for x, y, _ in DISTRICTS.values()], index=list(DISTRICTS), crs=4326
)
PEOPLE = pd.Series(1000.0, index=SQUARES.index)
HOMES = pd.DataFrame(
    {
        "ubigeo": ["010101", "010201", "010202", "020101"],
        "lon": [0.3, 0.5, 1.7, 2.5],
        "lat": [1.4, 0.5, 0.2, 1.9],
        "people": [400.0, 900.0, 1000.0, 100.0],
    }
)
corner = st.floats(0.0, 3.0, allow_nan=False).map(lambda value: round(value, 3))


def _people(footprint: Footprint) -> pd.Series:
    rows = shares_by_band(footprint, SQUARES, HOMES, PEOPLE)
    return rows.set_index("ubigeo")["share"].reindex(SQUARES.index, fill_value=0.0)


@given(st.tuples(corner, corner, corner, corner), st.floats(0.0, 0.5))
@settings(max_examples=60)
def test_a_larger_footprint_never_lowers_exposure(
    corners: tuple[float, float, float, float], more: float
) -> None:
    x0, y0, x1, y1 = corners
    small = shapely.box(min(x0, x1), min(y0, y1), max(x0, x1) + 0.01, max(y0, y1) + 0.01)
    large = shapely.union_all([small, shapely.buffer(small, more)])
    before = _people(footprint_of_shapes([({}, small)], {"file": ""}))
    after = _people(footprint_of_shapes([({}, large)], {"file": ""}))
    assert (after >= before - 1e-9).all()
    assert (after <= 1.0).all()


@given(st.tuples(corner, corner, corner, corner), st.floats(0.1, 0.9))
@settings(max_examples=60)
def test_a_polygon_cut_in_two_gives_the_same(
    corners: tuple[float, float, float, float], where: float
) -> None:
    x0, x1 = min(corners[0], corners[2]), max(corners[0], corners[2]) + 0.01
    y0, y1 = min(corners[1], corners[3]), max(corners[1], corners[3]) + 0.01
    middle = x0 + where * (x1 - x0)
    whole = footprint_of_shapes([({}, shapely.box(x0, y0, x1, y1))], {"file": ""})
    halves = [({}, shapely.box(x0, y0, middle, y1)), ({}, shapely.box(middle, y0, x1, y1))]
    cut = footprint_of_shapes(halves, {"file": ""})
    assert _people(cut).to_numpy() == pytest.approx(_people(whole).to_numpy(), abs=1e-9)
