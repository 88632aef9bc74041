"""A visitor's own file: hostile ones are refused in one sentence, and every row has a state."""

import json
import os
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from rasterio.transform import from_origin

from geoapp.words import DEFAULT_LANGUAGE, LANGUAGES, sentences, words
from geoapp.work.apart import Limits, read_apart
from layers.codes import level_of
from layers.errors import MapPlaceError, SourceDamagedError, UserFileError
from layers.harmonise.number_text import read_numbers
from layers.own.asked import SYSTEMS, UNITS, Asked
from layers.own.ground import Ground
from layers.own.levels import figures_at
from layers.own.look import look_at
from layers.own.rows import PLACED
from layers.own.take import take
from layers.terms import AdminLevel, NumberFault, RowState, Unit
from tests.toy import DISTRICTS, square

CANARY = "canary-8b1f"
BOX = (-0.5, -0.5, 3.5, 2.5)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The six squares; areas are 1 so that a share of ground is easy to see."""
    made = Ground(tmp_path_factory.mktemp("ground"), BOX)
    codes = list(DISTRICTS)
    squares = gpd.GeoDataFrame(
        {"area_km2": 1.0, "lon": [x + 0.5 for x, _, _ in DISTRICTS.values()], "lat": 0.5},
        geometry=[square(x, y) for x, y, _ in DISTRICTS.values()],
        index=pd.Index(codes, name="ubigeo"),
        crs=4326,
    )
    names = pd.DataFrame(
        {
            "ubigeo": codes,
            "reniec": [None] * 6,
            "name": [name for _, _, name in DISTRICTS.values()],
            "province": ["Uno", "Uno", "Dos", "Dos", "Tres", "Tres"],
            "region": ["Norte"] * 4 + ["Sur"] * 2,
        }
    )
    made.write(squares, names)
    return made


Look = Callable[..., dict[str, Any]]


def refusal(
    data: bytes, name: str, ground: Ground, folder: Path, **more: Any
) -> SourceDamagedError:
    path = folder / f"given{Path(name).suffix}"
    path.write_bytes(data)
    with pytest.raises(SourceDamagedError) as caught:
        look_at(path, name, ground, **more)
    return caught.value


def feature(coordinates: Any, kind: str = "Point", **properties: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any], **more: Any) -> bytes:
    made = {"type": "FeatureCollection", "features": list(features), **more}
    return json.dumps(made, allow_nan=True).encode()


def archive(folder: Path, members: dict[str, bytes]) -> bytes:
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path.read_bytes()


SHEET = b'<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>'
REFUSED: list[tuple[str, bytes, str]] = [
    ("vacio.csv", b"", "is empty"),
    ("blanco.csv", b"\xef\xbb\xbf \n", "is empty"),
    ("foto.geojson", b"\x89PNG\r\n\x1a\n" + bytes(99), "something else inside"),
    ("foto.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "is no CSV"),
    ("programa.exe", b"MZ" + bytes(99), "is no CSV"),
    ("viejo.xls", b"\xd0\xcf\x11\xe0" + bytes(99), "old workbook"),
    ("tabla.xlsx", b"ubigeo,valor\n010101,1\n", "something else inside"),
    ("cortado.geojson", collection(feature([0.5, 0.5]))[:60], "JSON"),
    ("hondo.geojson", b"[" * 100_000 + b"]" * 100_000, "something else inside"),
    ("hondo.geojson", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "levels of brackets"),
    (
        "grupos.geojson",
        b'{"type":"Feature","properties":{},"geometry":'
        + b'{"type":"GeometryCollection","geometries":[' * 2000
        + b"]}" * 2000
        + b"}",
        "levels of brackets",
    ),
    ("otro.json", b'{"a": 1}', "JSON"),
    ("dos.geojson", b'{"type":"Feature","type":"Feature"}', "more than one"),
    ("nada.geojson", collection(), "export the layer again"),
    ("sin.geojson", collection({"type": "Feature", "geometry": None}), "export the layer again"),
    ("utm.geojson", collection(feature([280_000, 8_660_000])), "are metres"),
    (
        "girado.geojson",
        collection(feature([1.5, 3.2]), feature([0.4, 3.3])),
        "latitude before longitude",
    ),
    ("lejos.geojson", collection(feature([40, 50])), "outside the country"),
    (
        "mezcla.geojson",
        collection(feature([1, 1]), feature([[0, 0], [1, 1]], "LineString")),
        "mixes",
    ),
    ("nul.csv", b"ubigeo,valor\n0101\x0001,1\n", "character that no text has"),
    ("comillas.csv", b'ubigeo,valor\n010101,"1\n', "quotes that do not close"),
    ("dos.csv", b"ubigeo,ubigeo\n010101,1\n", "more than one"),
    ("ancho.csv", b"ubigeo,valor\n010101,1,2\n", "cells under a header"),
    ("titulo.csv", b"Informe\nubigeo,valor\n010101,1\n", "a title"),
    ("solo.csv", b"ubigeo,valor\n", "no row below it"),
    ("corto.csv", b"ubigeo,valor,x\n010101,1,2\n010102,3", "is cut off"),
    ("falso.gpkg", b"SQLite format 3\x00" + bytes(200), "export it again"),
    ("falso.tif", b"II*\x00" + bytes(200), "export it again"),
    ("falso.xlsx", b"PK\x03\x04" + bytes(200), "export it again"),
]


@pytest.mark.fault(1, 2, 3, 10, 11, 15, 16, 25, 35)
@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED)
def test_a_hostile_file_is_refused_in_one_sentence(
    name: str, data: bytes, sentence: str, ground: Ground, tmp_path: Path
) -> None:
    error = refusal(data, name, ground, tmp_path)
    assert sentence in str(error)
    assert error.sentence.template in sentences(DEFAULT_LANGUAGE)


VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>CSV:{path}</SrcDataSource>'
    "<SrcLayer>canary</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
)


@pytest.mark.fault(4, 5)
@pytest.mark.parametrize("name", ["a.geojson", "a.csv", "a.gpkg", "a.tif", "a.json", "a.kml"])
def test_a_virtual_file_never_shows_another_file_of_the_machine(
    name: str, ground: Ground, tmp_path: Path
) -> None:
    (tmp_path / "canary.csv").write_text(f"secret\n{CANARY}\n", encoding="utf-8")
    given_ = VRT.format(path=tmp_path / "canary.csv").encode()
    error = refusal(given_, name, ground, tmp_path)
    assert "something else inside" in str(error) or "is no CSV" in str(error)
    assert CANARY not in str(error)


@pytest.mark.fault(6, 7, 8, 9)
@pytest.mark.parametrize(
    "members",
    [
        {"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(30 << 20)},
        {"xl/workbook.xml": b"<a/>", "../../evil.xml": b"x"},
        {"xl/workbook.xml": b"<a/>", "/etc/evil.xml": b"x"},
        {"xl/workbook.xml": b"<a/>", "C:\\evil.xml": b"x"},
        {"xl/workbook.xml": b"<a/>", "inner.zip": b"x"},
        {"xl/workbook.xml": b"<a/>", **{f"xl/{number}.xml": b"" for number in range(1001)}},
    ],
    ids=["bomb", "slip", "absolute", "drive", "nested", "members"],
)
def test_an_archive_that_breaks_a_rule_is_not_unpacked(
    members: dict[str, bytes], ground: Ground, tmp_path: Path
) -> None:
    data = archive(tmp_path, members)
    assert "holds too much inside" in str(refusal(data, "a.xlsx", ground, tmp_path))


@pytest.mark.fault(6)
def test_many_members_that_are_small_each_are_too_much_together(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.sources.guard.MAX_UNPACKED", 2 << 20)
    data = archive(tmp_path, {f"xl/{number}.xml": bytes(1 << 20) for number in range(3)})
    assert "holds too much inside" in str(refusal(data, "a.xlsx", ground, tmp_path))


@pytest.mark.fault(33)
def test_an_archive_that_is_no_workbook_and_a_far_cell_are_told(
    ground: Ground, tmp_path: Path
) -> None:
    other = archive(tmp_path, {"readme.txt": b"x"})
    assert "not an .xlsx workbook" in str(refusal(other, "a.xlsx", ground, tmp_path))
    book = xlsxwriter.Workbook(str(tmp_path / "far.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "ubigeo")
    sheet.write(1048575, 16383, "x")
    book.close()
    error = refusal((tmp_path / "far.xlsx").read_bytes(), "far.xlsx", ground, tmp_path)
    assert "reaches row 1048576, column 16384" in str(error)


@pytest.mark.fault(24, 32)
def test_formulas_without_a_value_hidden_sheets_and_latin_letters_are_said(
    ground: Ground, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "f.xlsx"))
    sheet = book.add_worksheet("Datos")
    book.add_worksheet("Otra").hide()
    sheet.write_row(0, 0, ["ubigeo", "valor"])
    sheet.write_row(1, 0, ["010101", 3])
    sheet.write(2, 0, "010102")
    sheet.write_formula(2, 1, "=B2*2", None, "")
    book.close()
    facts = look_at(tmp_path / "f.xlsx", "f.xlsx", ground)["facts"]
    assert facts == {"sheet": "Datos", "other_sheets": "1", "formulas": "1"}
    latin = tmp_path / "l.csv"
    latin.write_bytes("ubigeo;distrito;año\n010101;Épsilon;3\n".encode("latin-1"))
    seen = look_at(latin, "l.csv", ground)
    assert seen["facts"]["encoding"].startswith("Latin-1")
    assert seen["first"][0][2] == "Épsilon"
    mapped = tmp_path / "m.geojson"
    mapped.write_bytes(
        json.dumps(
            {"type": "FeatureCollection", "features": [feature([0.5, 0.5], nombre="Ñahui")]},
            ensure_ascii=False,
        ).encode("latin-1")
    )
    seen = look_at(mapped, "m.geojson", ground)
    assert (seen["facts"]["encoding"], seen["first"][0][1]) == ("Latin-1", "Ñahui")


def test_a_view_smuggled_into_a_geopackage_is_not_read(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "g.gpkg"
    gpd.GeoDataFrame({"n": ["a"]}, geometry=[square(0, 0)], crs=4326).to_file(
        path, layer="good", driver="GPKG"
    )
    with sqlite3.connect(path) as database:
        database.execute("create view evil as select * from good")
        database.execute(
            "insert into gpkg_contents (table_name, data_type, identifier) "
            "values ('evil', 'features', 'evil')"
        )
    assert look_at(path, "g.gpkg", ground)["facts"]["layer"] == "good"
    assert "other_layers" not in look_at(path, "g.gpkg", ground)["facts"]


@pytest.mark.fault(15)
def test_metres_are_read_where_the_system_is_stated(ground: Ground, tmp_path: Path) -> None:
    here = gpd.GeoSeries([shapely.Point(0.5, 0.5)], crs=4326).to_crs(6933).iloc[0]
    path = tmp_path / "m.geojson"
    path.write_bytes(collection(feature([here.x, here.y])))
    with pytest.raises(MapPlaceError):
        look_at(path, "m.geojson", ground)
    assert look_at(path, "m.geojson", ground, "EPSG:6933")["shape"] == "points"


@pytest.mark.fault(4, 10, 12)
def test_the_reader_stands_apart_and_dies_alone(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ubigeo,valor\n010101,1\n", encoding="utf-8")
    assert read_apart(path, "a.csv", ground, None)["row_count"] == 1
    (tmp_path / "x.geojson").write_bytes(VRT.format(path="/etc/passwd").encode())
    with pytest.raises(UserFileError) as caught:
        read_apart(tmp_path / "x.geojson", "x.geojson", ground, None)
    assert "something else inside" in str(caught.value)
    with pytest.raises(UserFileError) as caught:
        read_apart(path, "a.csv", ground, None, limits=Limits(seconds=0.01))
    assert "takes too long" in str(caught.value)
    large = tmp_path / "l.geojson"
    large.write_bytes(collection(*[feature([0.5, 0.5])] * 49_000))
    with pytest.raises(UserFileError) as caught:
        read_apart(large, "l.geojson", ground, None, limits=Limits(memory=1 << 20))
    assert "memory" in str(caught.value) or "to its end" in str(caught.value)


TABLE = """Ubigeo;Distrito;Provincia;Casos
10101;Alfa;Uno;10
010102;Beta;Uno;5
;Gama;Dos;7
019999;Nada;Uno;3
010202;Delta;Dos;muchos
020101;Épsilon;Tres;2
020101;Épsilon;Tres;4
020102;Zeta;Tres;<5
"""


def taken(text: str, ground: Ground, folder: Path, **asked: Any) -> dict[str, Any]:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    fields: dict[str, Any] = {"value": "Casos", "unit": Unit.PEOPLE, **asked}
    return take(path, "t.csv", Asked(**fields), ground)


@pytest.mark.fault(27, 29, 30)
def test_every_row_has_one_state_and_the_sums_agree(ground: Ground, tmp_path: Path) -> None:
    found = taken(TABLE, ground, tmp_path)
    assert [row["state"] for row in found["rows"]] == [
        "repaired",
        "placed",
        "by_name",
        "unmatched",
        "bad_number",
        "duplicate",
        "duplicate",
        "suppressed",
    ]
    assert [row["row"] for row in found["rows"]] == list(range(2, 10))
    assert sum(found["counts"].values()) == 8
    assert found["totals"] == {"file": 31, "placed": 22, "left": 9}
    (layer,) = found["layers"]
    assert layer["figures"] == {"010101": 10, "010102": 5, "010201": 7}
    added = taken(TABLE, ground, tmp_path, adds_rows=True)
    assert added["layers"][0]["figures"]["020101"] == 6
    assert added["totals"] == {"file": 31, "placed": 28, "left": 3}


@pytest.mark.fault(28)
def test_codes_alone_of_either_scheme_are_asked_for(ground: Ground, tmp_path: Path) -> None:
    with pytest.raises(UserFileError) as caught:
        taken("Ubigeo;Casos\n010101;1\n", ground, tmp_path)
    assert "INEI or RENIEC" in str(caught.value)
    with pytest.raises(UserFileError) as caught:
        taken("Ubigeo;Otra\n010101;1\n", ground, tmp_path)
    assert "no column" in str(caught.value)
    with pytest.raises(UserFileError) as caught:
        taken("Clave;Casos\n010101;1\n", ground, tmp_path)
    assert "no column of codes" in str(caught.value)


@pytest.mark.fault(31)
def test_a_figure_out_of_range_is_a_row_and_not_a_value(ground: Ground, tmp_path: Path) -> None:
    text = "Distrito;Provincia;Casos\nAlfa;Uno;140\nBeta;Uno;-3\nGama;Dos;40%\nDelta;Dos;=A1\n"
    found = taken(text, ground, tmp_path, unit=Unit.PERCENT)
    assert [row["reason"] for row in found["rows"][:2]] == ["out_of_range"] * 2
    assert found["rows"][3]["reason"] == "formula"
    assert found["layers"][0]["figures"] == {"010201": 40}


def test_a_kind_of_the_product_is_checked_by_its_own_rules(ground: Ground, tmp_path: Path) -> None:
    text = "Distrito;Provincia;Salud;Agua\nAlfa;Uno;3;\nBeta;Uno;1.5;2\n"
    found = taken(text, ground, tmp_path, kind="need", value="")
    assert {layer["layer"] for layer in found["layers"]} == {"pin_health"} | (
        {"pin_wash"} & {layer["layer"] for layer in found["layers"]}
    )
    assert [row["state"] for row in found["rows"]] == ["by_name", "bad_number"]
    assert found["rows"][1]["reason"] == "not_accepted"


@pytest.mark.fault(13, 20, 21)
def test_shapes_are_measured_or_carry_figures(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    bowtie = [[[1, 0], [2, 1], [2, 0], [1, 1], [1, 0]]]
    path.write_bytes(
        collection(
            feature([[[0, 1], [0.5, 1], [0.5, 2], [0, 2], [0, 1]]], "Polygon", distrito="Alfa"),
            feature(bowtie, "Polygon", distrito="Delta"),
            feature([[[9, 9], [9, 9.5], [9.5, 9], [9, 9]]], "Polygon", distrito="Zeta"),
            feature([[[0, 0], [1, 1]]], "Polygon", distrito="Gama"),
            {"type": "Feature", "properties": {}, "geometry": None},
        )
    )
    found = take(path, "p.geojson", Asked(unit=Unit.PERCENT), ground)
    states = [(row["state"], row["reason"]) for row in found["rows"]]
    assert states == [
        ("placed", ""),
        ("repaired", "area_changed"),
        ("unmatched", "outside_every_unit"),
        ("bad_number", "bad_geometry"),
        ("bad_number", "no_geometry"),
    ]
    assert found["layers"][0]["figures"]["010101"] == pytest.approx(50, abs=1e-6)
    points = tmp_path / "q.geojson"
    points.write_bytes(
        collection(
            feature([0.5, 0.5], distrito="Gama", provincia="Dos", casos=4),
            feature([float("nan"), 0.5], distrito="Alfa", provincia="Uno", casos=1e308),
        )
    )
    counted = take(points, "q.geojson", Asked(), ground)
    assert counted["layers"][0]["figures"] == {"010201": 1}
    carried = take(points, "q.geojson", Asked(value="casos"), ground)
    assert carried["layers"][0]["figures"] == {"010201": 4}
    assert carried["rows"][1]["reason"] == "not_finite"


def grid(path: Path, **more: Any) -> Path:
    fields: dict[str, Any] = {"crs": "EPSG:4326", "transform": from_origin(0, 2, 0.5, 0.5), **more}
    with rasterio.open(
        path, "w", driver="GTiff", width=4, height=4, count=1, dtype="float32", **fields
    ) as file:
        file.write(np.full((4, 4), 7, dtype="float32"), 1)
    return path


def test_a_raster_is_reduced_by_the_zonal_engine(ground: Ground, tmp_path: Path) -> None:
    path = grid(tmp_path / "g.tif")
    summed = take(path, "g.tif", Asked(unit=Unit.PEOPLE), ground)
    assert summed["layers"][0]["figures"]["010101"] == pytest.approx(28)
    assert summed["counts"] == {"placed": 4, "no_figure": 2}
    assert summed["totals"]["placed"] == pytest.approx(7 * 16)
    mean = take(path, "g.tif", Asked(unit=Unit.INDEX_0_10), ground)
    assert mean["layers"][0]["figures"]["010202"] == pytest.approx(7)
    with pytest.raises(UserFileError) as caught:
        take(path, "g.tif", Asked(band=2), ground)
    assert "no band" in str(caught.value)
    grid(tmp_path / "no.tif", crs=None)
    error = refusal((tmp_path / "no.tif").read_bytes(), "no.tif", ground, tmp_path)
    assert "no reference system" in str(error)
    cut = path.read_bytes()[:100] + struct.pack("<I", 1 << 30)
    assert "export it again" in str(refusal(cut, "g.tif", ground, tmp_path))


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,5", "1.234"], [1.5, 1234]),
        (["1.5", "1,234"], [1.5, 1234]),
        (["1 234", "2"], [1234, 2]),
        (["12", "s/d", "-", ""], [12, None, None, None]),
    ],
)
def test_a_column_says_itself_what_its_signs_mean(cells: list[str], values: list[Any]) -> None:
    read = read_numbers(pd.Series(cells))
    assert read.values.replace({np.nan: None}).tolist() == values
    assert not read.faults


@pytest.mark.fault(30)
@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        (["1,234", "7"], [NumberFault.SEPARATOR]),
        (["1.234", "7"], [NumberFault.SEPARATOR]),
        (["1,5", "1.5", "1,234"], [NumberFault.SEPARATOR] * 2),
        (["=SUM(A1)", "1e400", "inf", "ocho"], ["formula", "not_finite", "not_finite", "text"]),
    ],
)
def test_what_is_not_certain_is_no_number(cells: list[str], faults: list[str]) -> None:
    assert list(read_numbers(pd.Series(cells)).faults.values()) == faults


@given(st.lists(st.text(max_size=12) | st.floats().map(str), max_size=30))
def test_any_column_is_read_and_every_cell_accounted_for(cells: list[str]) -> None:
    read = read_numbers(pd.Series(cells, dtype=object), (0.0, 100.0))
    known = read.values.notna()
    assert read.values[known].between(0, 100).all()
    assert not set(read.faults) & set(read.values.index[known])
    assert not read.suppressed & set(read.faults)


def test_figures_go_up_by_rule_and_never_down_as_counts() -> None:
    figures = pd.Series({"010101": 2.0, "010102": 4.0, "010201": 1.0})
    people = pd.Series({"010101": 1.0, "010102": 3.0, "010201": 1.0, "010202": 1.0})
    provinces = pd.Index(["0101", "0102"])
    at = (AdminLevel.DISTRICT, provinces, AdminLevel.PROVINCE, people)
    counts = figures_at(figures, *at, Unit.PEOPLE)
    assert counts["0101"] == 6
    assert np.isnan(counts["0102"])
    rates = figures_at(figures, *at, Unit.PERCENT)
    assert rates.tolist() == [3.5, 1.0]
    down = (AdminLevel.PROVINCE, people.index, AdminLevel.DISTRICT, people)
    of_provinces = pd.Series({"0101": 6.0})
    assert figures_at(of_provinces, *down, Unit.PEOPLE).isna().all()
    assert figures_at(of_provinces, *down, Unit.PERCENT).dropna().tolist() == [6, 6]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_choice_has_its_words(language: str) -> None:
    known = words(language)
    wanted = {f"own.state.{state}" for state in RowState}
    wanted |= {f"own.reason.{fault}" for fault in NumberFault}
    wanted |= {f"unit.{unit}" for unit in UNITS}
    wanted |= {f"own.system.{system.replace(':', '_').lower()}" for system in SYSTEMS}
    assert not wanted - set(known)
    assert {level_of(code) for code in DISTRICTS} == {AdminLevel.DISTRICT}
    assert set(RowState) > PLACED
    assert os.environ["OGR_SKIP"]
