"""What each format of the toy country has besides the rows, read by what others read it with."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import hxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.exports.tags import tag_of_layer
from layers.built import Build
from layers.countries import COUNTRIES
from layers.errors import ExportError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue, DisclosureRules
from layers.terms import AdminLevel, Sensitivity
from tests.toy import COUNTRY, DISTRICTS, SCENARIO, make_toy
from tests.unit.test_exports import READ, TABLES

DISTRICT = AdminLevel.DISTRICT


def frame_of(built: Build, catalogue: Catalogue) -> ExportFrame:
    return make_frame(built, DISTRICT, SCENARIO, catalogue, COUNTRY, date="2026-01-31")


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Places]:
    """The toy country, written once: no test here changes it."""
    return make_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="module")
def toy_build(toy: tuple[Catalogue, Places]) -> Build:
    return build(toy[0], COUNTRY, toy[1])


@pytest.fixture(scope="module")
def public(toy: tuple[Catalogue, Places]) -> ExportFrame:
    """The public edition, which tells the 4 people of 010202 as a range."""
    catalogue, places = toy
    hidden = replace(catalogue.layer("toy_people"), sensitivity=Sensitivity.RESTRICTED)
    restricted = replace(catalogue, layers={**catalogue.layers, hidden.id: hidden})
    built = build(restricted, COUNTRY, places, disclosure=DisclosureRules())
    return frame_of(built, restricted)


@pytest.fixture
def frame(toy: tuple[Catalogue, Places], toy_build: Build) -> ExportFrame:
    return frame_of(toy_build, toy[0])


def written(frame: ExportFrame, name: str, folder: Path) -> Path:
    target = folder / f"toy_{name}{EXPORTS[name].suffixes[0]}"
    return write_export(frame, EXPORTS[name], target)[0]


def test_the_reader_of_hxl_finds_every_column_by_its_tag(
    frame: ExportFrame, tmp_path: Path
) -> None:
    path = written(frame, "hxl", tmp_path)
    data = hxl.data(str(path), hxl.InputOptions(allow_local=True, encoding="utf-8-sig"))
    rows = list(data)
    assert [row.get("#adm3+code+v_inei") for row in rows] == list(DISTRICTS)
    assert [row.get("#adm3+name") for row in rows] == [name for _, _, name in DISTRICTS.values()]
    assert rows[0].get("#adm2+name") == "Provincia 0101"
    assert rows[-1].get("#adm1+name") == "Región 02"
    needs = [float(row.get("#inneed+toy_in_need")) for row in rows]
    assert needs == pytest.approx(frame.rows["toy_in_need"])
    tags = [column.display_tag for column in data.columns]
    assert len(set(tags)) == len(tags) == len(frame.rows.columns)


def test_every_layer_of_peru_has_a_tag_of_its_own() -> None:
    layers = COUNTRIES["per"].catalogue.layers
    tags = {name: tag_of_layer(spec) for name, spec in layers.items()}
    assert len(set(tags.values())) == len(layers)
    assert tags["pin_health"] == "#inneed+health+num+pin_health"
    assert tags["severity_wash"] == "#severity+wash+num+severity_wash"
    assert tags["population_people"] == "#population+num+population_people"
    assert tags["frost_risk_index"] == "#indicator+hazard+hazard_frost+num+frost_risk_index"
    for tag in tags.values():
        assert hxl.model.Column.parse(tag) is not None, tag


def test_geoparquet_says_its_version_its_boxes_and_its_provenance(
    frame: ExportFrame, tmp_path: Path
) -> None:
    path = written(frame, "parquet", tmp_path)
    metadata = pq.read_metadata(path).metadata
    geo = json.loads(metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    told = json.loads(metadata[b"geoapp"])
    assert told["procedencia"] == frame.provenance
    assert len(told["diccionario"]) == len(frame.dictionary)
    assert list(gpd.read_parquet(path, bbox=(0.1, 0.1, 0.2, 0.2))["ubigeo"]) == ["010201"]


def test_flatgeobuf_finds_by_place_and_says_its_provenance(
    frame: ExportFrame, tmp_path: Path
) -> None:
    path = written(frame, "fgb", tmp_path)
    info = pyogrio.read_info(path, layer="district")
    assert json.loads(info["layer_metadata"]["DESCRIPTION"]) == frame.provenance
    assert list(gpd.read_file(path, bbox=(0.1, 0.1, 0.2, 0.2))["ubigeo"]) == ["010201"]


def test_a_data_package_describes_the_table_that_lies_beside_it(
    frame: ExportFrame, tmp_path: Path
) -> None:
    path = written(frame, "datapackage", tmp_path)
    package = json.loads(path.read_text("utf-8"))
    (resource,) = package["resources"]
    content = (tmp_path / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["bytes"] == len(content)
    assert content.startswith(b"ubigeo,")
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert list(types) == list(frame.rows.columns)
    assert (types["ubigeo"], types["rank"], types["toy_people"]) == ("string", "integer", "number")
    assert package["version"] == frame.provenance["construccion"]
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert {"toy_census", "toy_names"} <= {
        source["title"].partition("(")[2].partition(",")[0] for source in package["sources"]
    }


def test_a_workbook_holds_text_as_text_and_refuses_what_no_cell_can_hold(
    frame: ExportFrame, tmp_path: Path
) -> None:
    frame.rows["name"] = ["=1+1", "-5", "a", "b", "c", "d"]
    book = pd.read_excel(written(frame, "xlsx", tmp_path), sheet_name=None, engine="calamine")
    assert list(book) == ["Datos", "Diccionario", "Fuentes", "Método"]
    assert list(book["Datos"]["name"][:2]) == ["=1+1", "-5"]
    assert dict(zip(*book["Método"].to_numpy().T, strict=True))["escenario"] == "toy"
    assert set(book["Fuentes"]["id"]) >= {"toy_census", "toy_names"}
    frame.rows["name"] = "x" * 32_768
    with pytest.raises(ExportError, match="a cell of Datos has 32768 characters and XLSX holds"):
        written(frame, "xlsx", tmp_path)


def test_a_format_of_shapes_is_refused_where_they_are_closed(
    toy: tuple[Catalogue, Places], toy_build: Build, tmp_path: Path
) -> None:
    borders = replace(toy[0].source("toy_borders"), redistributable=False)
    closed = replace(toy[0], sources={**toy[0].sources, borders.id: borders})
    frame = frame_of(toy_build, closed)
    with pytest.raises(ExportError, match=r"shapes may not be passed on .toy_borders., and this"):
        written(frame, "fgb", tmp_path)
    assert not list(tmp_path.glob("toy_*"))
    assert "bbox" not in pd.read_parquet(written(frame, "parquet", tmp_path))


def test_every_file_says_build_scenario_day_and_licences(
    frame: ExportFrame, tmp_path: Path
) -> None:
    wanted = [frame.provenance[key] for key in ("construccion", "escenario_hash", "fecha")]
    assert frame.provenance["licencias"].split("; ")[0] == "CC0-1.0"
    for name in EXPORTS:
        folder = tmp_path / name
        folder.mkdir()
        path = written(frame, name, folder)
        if name == "xlsx":
            method = pd.read_excel(path, sheet_name="Método", engine="calamine")
            told = " ".join(map(str, method["valor"]))
        else:
            told = "".join(file.read_bytes().decode("latin-1") for file in folder.iterdir())
        assert all(text in told for text in wanted), name
        assert "CC0-1.0" in told, name


@pytest.mark.parametrize("name", TABLES)
def test_a_small_count_stays_a_range_in_every_format(
    name: str, public: ExportFrame, tmp_path: Path
) -> None:
    rows = {row["ubigeo"]: row for row in READ[name](written(public, name, tmp_path))}
    assert rows["010202"]["toy_people"] in ("", None)
    assert rows["010202"]["toy_people_range"] == "1–4"
    assert float(rows["010201"]["toy_people"]) == 100.0
