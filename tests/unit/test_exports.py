"""Exports of the toy country: what goes in comes out, in every format."""

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geoapp.day import export_date
from geoapp.exports import files, gpkg
from geoapp.exports.csv import inert
from geoapp.exports.files import Export, write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.style import NO_DATA
from layers.built import Build
from layers.decide.scenario import Scenario
from layers.errors import ExportError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import (
    COUNTRY,
    COUNTRY_WITHOUT_PARENTS,
    DISTRICTS,
    MIGRANTS,
    SCORE_BREAKS,
    UNINSURED,
    make_toy,
)

DISTRICT = AdminLevel.DISTRICT
SCENARIO = Scenario("toy", (("toy_people", 1.0), ("toy_uninsured", 1.0)))
MakeFrame = Callable[..., ExportFrame]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Places]:
    """The toy country, written once: no test here changes it."""
    return make_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def toy_build(toy: tuple[Catalogue, Places]) -> Build:
    """A build with a district without figures."""
    return build(toy[0], COUNTRY_WITHOUT_PARENTS, toy[1])


@pytest.fixture
def framed(toy: tuple[Catalogue, Places], toy_build: Build) -> MakeFrame:
    def make(
        built: Build = toy_build,
        scenario: Scenario = SCENARIO,
        closed: tuple[str, ...] = (),
        everything: bool = False,
    ) -> ExportFrame:
        catalogue = closing_sources(toy[0], closed)
        return make_frame(
            built, DISTRICT, scenario, catalogue, COUNTRY, date="2026-01-31", everything=everything
        )

    return make


def closing_sources(catalogue: Catalogue, closed: tuple[str, ...]) -> Catalogue:
    return Catalogue.of(
        sources=tuple(
            replace(source, redistributable=source.id not in closed)
            for source in catalogue.sources.values()
        ),
        layers=tuple(catalogue.layers.values()),
    )


def write(frame: ExportFrame, name: str, folder: Path) -> Path:
    return write_export(frame, EXPORTS[name], target_of(name, folder))[0]


def target_of(name: str, folder: Path) -> Path:
    return folder / f"toy_{name}{EXPORTS[name].suffixes[0]}"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_geojson(path: Path) -> list[dict[str, object]]:
    return [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]


def read_gpkg(path: Path) -> list[dict[str, object]]:
    return plain(gpd.read_file(path, layer="district"))


def plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    frame = frame.drop(columns="geometry", errors="ignore")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


CODES = {"ubigeo": str, "reniec": str}


def read_xlsx(path: Path) -> list[dict[str, object]]:
    return plain(pd.read_excel(path, sheet_name="Datos", engine="calamine", dtype=CODES))


def read_hxl(path: Path) -> list[dict[str, str]]:
    return read_csv(path)[1:]


def read_datapackage(path: Path) -> list[dict[str, str]]:
    told = json.loads(path.read_text("utf-8"))["resources"][0]
    with path.with_name(told["path"]).open(encoding=told["encoding"], newline="") as file:
        return list(csv.DictReader(file))


def read_qgz(path: Path) -> list[dict[str, object]]:
    return read_gpkg(path.with_suffix(".gpkg"))


READ = {
    "qgz": read_qgz,
    "csv": read_csv,
    "geojson": read_geojson,
    "gpkg": read_gpkg,
    "xlsx": read_xlsx,
    "hxl": read_hxl,
    "datapackage": read_datapackage,
    "parquet": lambda path: plain(pd.read_parquet(path).drop(columns="bbox")),
    # In the order of its index of places.
    "fgb": lambda path: plain(gpd.read_file(path).sort_values("ubigeo")),
}
TABLES = tuple(READ)
"""Formats with a row per unit and every column; a map has not."""


@pytest.mark.parametrize("name", TABLES)
def test_values_names_and_missing_come_back(name: str, framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed()
    rows = {row["ubigeo"]: row for row in READ[name](write(frame, name, tmp_path))}
    assert list(rows) == list(DISTRICTS)
    assert list(rows["010101"]) == list(frame.rows.columns)
    for code, (_, _, place) in DISTRICTS.items():
        row = rows[code]
        assert (row["pcode"], row["reniec"], row["name"]) == (f"TY{code}", f"9{code[1:]}", place)
        assert (row["province"], row["region"]) == (f"Provincia {code[:4]}", f"Región {code[:2]}")
        if code in MIGRANTS:
            assert float(row["toy_people"]) == MIGRANTS[code]
            assert float(row["toy_uninsured"]) == UNINSURED[code]
            assert row["toy_people_method"] == "observed"
    assert rows["020102"]["toy_people"] in ("", None)
    assert rows["020102"]["rank"] in ("", None)
    assert rows["020102"]["toy_people_method"] == "missing"
    assert int(rows["010201"]["rank"]) == 1


@pytest.mark.fault(38)
def test_numbers_are_plain_and_negative_ones_stay_numbers(
    framed: MakeFrame, tmp_path: Path
) -> None:
    frame = framed()
    frame.rows["toy_people"] = [-5.2, 1e-7, 1e22, 9.0, 0.1, None]
    cells = [row["toy_people"] for row in read_csv(write(frame, "csv", tmp_path))]
    assert cells == ["-5.2", "0.0000001", "1" + "0" * 22, "9", "0.1", ""]


INJECTED = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@x",
    "|x",
    "%x",
    "\t=1",
    "\rx",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff+1",
    "＝1",
)


@pytest.mark.fault(38)
@pytest.mark.parametrize("text", INJECTED)
def test_a_formula_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Ñahuimpuquio", "a-b", "50 %", "San Juan = 1", "", " Alfa"])
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert inert(text) == text


def test_a_formula_behind_a_semicolon_is_made_inert() -> None:
    assert inert("a; =1;b") == "a;' =1;b"


@pytest.mark.fault(38)
def test_names_and_headers_carry_no_formula(framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed()
    frame.rows["name"] = INJECTED[:6]
    headed = replace(frame, rows=frame.rows.rename(columns={"toy_people": "=1+1"}))
    rows = read_csv(write(headed, "csv", tmp_path))
    assert [row["name"] for row in rows] == [f"'{text}" for text in INJECTED[:6]]
    assert "'=1+1" in rows[0]


@pytest.mark.fault(80)
@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_build_gives_the_same_bytes_in_any_order_of_rows(
    name: str, framed: MakeFrame, toy_build: Build, tmp_path: Path
) -> None:
    made = toy_build.levels[DISTRICT]
    table = made.table
    turned = replace(
        made,
        units=made.units[::-1],
        table=replace(
            table, names=table.names[::-1], values=table.values[::-1], methods=table.methods[::-1]
        ),
    )
    for folder, built in (
        ("one", toy_build),
        ("two", replace(toy_build, levels={DISTRICT: turned})),
    ):
        (tmp_path / folder).mkdir()
        write(framed(built), name, tmp_path / folder)
    ones, twos = (sorted((tmp_path / folder).iterdir()) for folder in ("one", "two"))
    assert [path.name for path in ones] == [path.name for path in twos]
    assert [path.read_bytes() for path in ones] == [path.read_bytes() for path in twos]


@pytest.mark.fault(43)
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("is_there", [False, True])
def test_a_failure_leaves_what_was_there(
    name: str, is_there: bool, framed: MakeFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_of(name, tmp_path)
    if is_there:
        target.write_text("older")

    def full_disk(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full_disk)
    with pytest.raises(
        ExportError, match=rf"{target.name} cannot be written .No space left on device."
    ):
        write(framed(), name, tmp_path)
    monkeypatch.undo()
    assert [path.read_text() for path in tmp_path.glob("*toy*")] == ["older"] * is_there
    assert not list(tmp_path.glob(".geoapp-*"))


def test_a_failure_of_gdal_is_one_sentence(
    framed: MakeFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise pyogrio.errors.DataSourceError("disk is full")

    monkeypatch.setattr(gpkg.pyogrio, "write_dataframe", refuse)
    with pytest.raises(
        ExportError, match=r"toy_gpkg.gpkg cannot be written .disk is full.; choose"
    ):
        write(framed(), "gpkg", tmp_path)
    assert not list(tmp_path.glob("*toy*"))


def test_a_folder_that_is_absent_or_a_target_that_is_one_is_said(
    framed: MakeFrame, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=r"cannot be written .No such file or directory."):
        write(framed(), "csv", tmp_path / "absent")
    target_of("csv", tmp_path).mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        write(framed(), "csv", tmp_path)


def test_another_ending_is_refused(framed: MakeFrame, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"does not end in .geojson or .json; rename it"):
        write_export(framed(), EXPORTS["geojson"], tmp_path / "toy.gpkg")


def test_an_older_file_is_replaced(framed: MakeFrame, tmp_path: Path) -> None:
    for name in TABLES:
        target_of(name, tmp_path).write_text("older")
        assert len(READ[name](write(framed(), name, tmp_path))) == 6


def test_a_closed_source_is_left_out_and_named(framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed(closed=("toy_census",))
    assert {"toy_people", "toy_uninsured"} <= set(frame.left_out)
    assert frame.closed_sources == ("toy_census",)
    assert not {"toy_people", "toy_people_method"} & set(frame.rows)
    assert frame.rows["score"].notna().sum() == 5
    described = frame.dictionary.set_index("columna").loc["toy_people"]
    assert described["incluida"] == "no"
    assert described["nota"].endswith("Dejada fuera: no consta licencia para redistribuirla.")
    assert frame.provenance["dejado_fuera"].split() == list(frame.left_out)
    for name in TABLES:
        assert "toy_people" not in READ[name](write(frame, name, tmp_path))[0]


def test_everything_is_kept_inside_the_organisation(framed: MakeFrame) -> None:
    frame = framed(closed=("toy_census",), everything=True)
    assert (frame.left_out, frame.closed_sources) == ((), ())
    assert frame.rows["toy_people"].sum() == sum(MIGRANTS.values())
    described = frame.dictionary.set_index("columna").loc["toy_people"]
    assert (described["incluida"], described["licencia"]) == ("sí", "CC0-1.0")
    assert described["nota"].endswith("solo para uso dentro de la organización.")


def test_closed_boundaries_leave_the_shapes_out(framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed(closed=("toy_borders",))
    assert frame.left_out == ("geometry",)
    found = json.loads(write(frame, "geojson", tmp_path).read_text())
    assert {feature["geometry"] for feature in found["features"]} == {None}
    path = write(frame, "gpkg", tmp_path)
    assert len(read_gpkg(path)) == 6
    assert "layer_styles" not in set(pyogrio.list_layers(path)[:, 0])


def test_closed_names_leave_the_codes(framed: MakeFrame) -> None:
    frame = framed(closed=("toy_names",))
    assert frame.left_out == ("reniec", "name", "province", "region")
    assert list(frame.rows["ubigeo"]) == list(DISTRICTS)


def test_a_model_of_closed_sources_stays_and_names_them(framed: MakeFrame) -> None:
    frame = framed(closed=("toy_census",))
    assert "toy_hazard_index" in frame.rows
    assert "toy_alarms_per_10000" in frame.left_out
    sources = frame.dictionary.set_index("columna").loc["toy_hazard_index", "fuente"]
    assert "toy_census" in sources.split("; ")


def test_every_column_is_described_with_its_source(framed: MakeFrame) -> None:
    frame = framed()
    dictionary = frame.dictionary.set_index("columna")
    assert list(dictionary.index) == [*frame.rows.columns, "geometry"]
    assert dictionary.notna().all(axis=None)
    people = dictionary.loc["toy_people"]
    assert (people["unidad"], people["publicador"]) == ("personas", "Instituto de Juguete")
    assert dictionary.loc["score", "fuente"] == "toy_census"
    assert people["metodo"] == "sin dato: 1; observado: 5"


def test_weights_change_the_scenario_and_the_score_but_not_the_figures(framed: MakeFrame) -> None:
    one, two = framed(), framed(scenario=SCENARIO.with_weights({"toy_people": 0.0}))
    assert one.provenance["escenario_hash"] != two.provenance["escenario_hash"]
    assert two.provenance["pesos"] == "toy_people:0 toy_uninsured:1"
    assert one.provenance["construccion"] == two.provenance["construccion"]
    assert not one.rows["score"].equals(two.rows["score"])
    pd.testing.assert_series_equal(one.rows["toy_people"], two.rows["toy_people"])


def test_csv_has_its_mark_and_its_companions(framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed()
    written = write_export(frame, EXPORTS["csv"], tmp_path / "toy.csv")
    assert [path.name for path in written] == [
        "toy.csv",
        "toy_diccionario.csv",
        "toy_procedencia.csv",
    ]
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in written)
    assert [row["columna"] for row in read_csv(written[1])] == list(frame.dictionary["columna"])
    stated = {row["clave"]: row["valor"] for row in read_csv(written[2])}
    assert stated == frame.provenance


def test_geojson_follows_the_standard(framed: MakeFrame, tmp_path: Path) -> None:
    frame = framed()
    moved = frame.shapes.translate(0.1234567891, 0)
    path = write(replace(frame, shapes=moved), "geojson", tmp_path)
    found = json.loads(path.read_text())
    assert "crs" not in found
    assert found["bbox"] == [0.123457, 0.0, 3.123457, 2.0]
    assert found["geoapp"]["procedencia"] == frame.provenance
    assert found["geoapp"]["diccionario"][0]["columna"] == "ubigeo"
    assert found["features"][0]["id"] == "010101"
    for feature in found["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.geom_type == "MultiPolygon"
        for part in shape.geoms:
            assert part.exterior.is_ccw
            assert all(round(x, 6) == x for x, _ in part.exterior.coords)
    assert len(gpd.read_file(path)) == 6


def test_geopackage_is_whole_and_registered_as_qgis_expects(
    framed: MakeFrame, tmp_path: Path
) -> None:
    frame = framed()
    path = write(frame, "gpkg", tmp_path)
    shapes = gpd.read_file(path, layer="district")
    assert shapes.crs == 4326
    assert shapes.geometry.geom_equals(gpd.GeoSeries(frame.shapes.to_numpy(), crs=4326)).all()
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        contents = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents"))
        assert contents == {
            "district": "features",
            "diccionario": "attributes",
            "procedencia": "attributes",
            "layer_styles": "attributes",
        }
        moments = set(base.execute("SELECT last_change FROM gpkg_contents"))
        assert moments == {("2026-01-31T00:00:00.000Z",)}
        stated = dict(base.execute("SELECT clave, valor FROM procedencia"))
        assert stated == frame.provenance
        types = dict(base.execute("SELECT name, type FROM pragma_table_info('district')"))
        assert (types["rank"], types["score"], types["ubigeo"]) == ("INTEGER", "REAL", "TEXT")
        columns = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        (table, column, default, style) = base.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
            " WHERE styleName = 'score'"
        ).fetchone()
        styled = dict(base.execute("SELECT styleName, useAsDefault FROM layer_styles"))
    assert (columns[table], default) == (column, 1)
    assert list(styled) == ["score", *(layer.id for layer in frame.layers)]
    assert sum(styled.values()) == 1
    root = ElementTree.fromstring(style)
    renderer = root.find("renderer-v2")
    assert renderer is not None
    assert renderer.get("type") == "graduatedSymbol"
    ranges = renderer.findall("ranges/range")
    drawn = {symbol.get("name") for symbol in renderer.findall("symbols/symbol")}
    assert {entry.get("symbol") for entry in ranges} == drawn
    assert len(ranges) == len(SCORE_BREAKS[DISTRICT]) + 2
    grey = ",".join(str(part) for part in bytes.fromhex(NO_DATA[1:]))
    colours = [
        option.get("value") for option in root.iter("Option") if option.get("name") == "color"
    ]
    assert colours[-1] == f"{grey},255"


def test_the_day_follows_source_date_epoch() -> None:
    assert export_date({"SOURCE_DATE_EPOCH": "86400"}) == "1970-01-02"
    assert len(export_date({})) == 10
    with pytest.raises(ExportError, match="SOURCE_DATE_EPOCH is 'soon'; give seconds"):
        export_date({"SOURCE_DATE_EPOCH": "soon"})


def test_a_new_format_is_one_line(framed: MakeFrame, tmp_path: Path) -> None:
    count = Export((".txt",), lambda frame, path: path.write_text(str(len(frame.rows))) and None)
    (path,) = write_export(framed(), count, tmp_path / "toy.txt")
    assert path.read_text() == "6"
