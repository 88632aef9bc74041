"""A QGIS project of the toy country: what it points to, and the classes of its legend."""

import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from geoapp.exports.files import packed, write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.style import NO_DATA, RAMP
from layers.errors import ExportError
from layers.pipeline import build
from layers.terms import AdminLevel
from tests.toy import COUNTRY, SCENARIO, SCORE_BREAKS, make_toy

DISTRICT = AdminLevel.DISTRICT


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory) -> ExportFrame:
    catalogue, places = make_toy(tmp_path_factory.mktemp("toy"))
    built = build(catalogue, COUNTRY, places)
    return make_frame(built, DISTRICT, SCENARIO, catalogue, COUNTRY, date="2026-01-31")


@pytest.fixture
def project(frame: ExportFrame, tmp_path: Path) -> Xml.Element:
    target = tmp_path / "mapa.qgz"
    written = write_export(frame, EXPORTS["qgz"], target)
    assert [path.name for path in written] == ["mapa.qgz", "mapa.gpkg"]
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == ["mapa.qgs"]
        return Xml.fromstring(archive.read("mapa.qgs"))


def layer_of(project: Xml.Element, column: str) -> Xml.Element:
    found = [
        layer
        for layer in project.findall("projectlayers/maplayer")
        if layer.findtext("id") == f"geoapp_{column}"
    ]
    assert len(found) == 1
    return found[0]


def colours_by_label(layer: Xml.Element, entries: str) -> dict[str, str]:
    """Return the first colour of the symbol of each entry of the legend."""
    colours = {
        symbol.get("name"): next(
            option.get("value", "")
            for option in symbol.iter("Option")
            if option.get("name") == "color"
        )
        for symbol in layer.findall("renderer-v2/symbols/symbol")
    }
    return {
        str(entry.get("label")): "#{:02X}{:02X}{:02X}".format(
            *map(int, colours[entry.get("symbol")].split(",")[:3])
        )
        for entry in layer.findall(f"renderer-v2/{entries}")
    }


def test_every_layer_draws_the_file_beside_it(project: Xml.Element, frame: ExportFrame) -> None:
    sources = {layer.findtext("datasource") for layer in project.iter("maplayer")}
    assert sources == {"./mapa.gpkg|layername=district"}
    listed = [entry.get("id") for entry in project.iter("layer-tree-layer")]
    assert sorted(map(str, listed)) == sorted(
        f"geoapp_{name}" for name in ("score", *(layer.id for layer in frame.layers))
    )
    assert len(listed) == len(project.findall("projectlayers/maplayer"))
    # QGIS gives another id to a layer whose id has ten letters or fewer.
    assert min(len(str(name)) for name in listed) > 10
    seen = [
        e.get("id")
        for e in project.iter("layer-tree-layer")
        if e.get("checked")[-9:] != "Unchecked"
    ]
    assert seen == ["geoapp_score"]
    assert project.findtext("properties/Paths/Absolute") == "false"


def test_the_score_has_the_classes_of_the_page(project: Xml.Element) -> None:
    classes = colours_by_label(layer_of(project, "score"), "ranges/range")
    assert list(classes) == [
        "58 o más",
        "54 – 58",
        "50 – 54",
        "45 – 50",
        "40 – 45",
        "menos de 40",
        "sin dato",
    ]
    assert list(classes.values()) == [*reversed(RAMP), NO_DATA]
    ranges = layer_of(project, "score").findall("renderer-v2/ranges/range")
    ends = [(float(one.get("lower", "")), float(one.get("upper", ""))) for one in ranges[1:5]]
    limits = SCORE_BREAKS[DISTRICT]
    assert ends == list(pairwise(limits))[::-1]


def test_a_rate_has_its_declared_classes_and_a_count_its_round_circles(
    project: Xml.Element,
) -> None:
    rate = colours_by_label(layer_of(project, "toy_uninsured"), "ranges/range")
    assert list(rate) == ["35 o más", "25 – 35", "15 – 25", "menos de 15", "sin dato"]
    count = layer_of(project, "toy_people")
    labels = [rule.get("label") for rule in count.findall("renderer-v2/rules/rule")]
    assert labels == ["personas", "50", "10", "2", "sin dato"]
    sizes = [o.get("value") for o in count.iter("Option") if o.get("name") == "expression"]
    assert sizes == ['52 * sqrt("toy_people" / 99.0)']


def test_a_small_count_has_an_entry_of_its_own(frame: ExportFrame, tmp_path: Path) -> None:
    rows = frame.rows.assign(toy_people_range=["1–4", *[None] * 5])
    target = tmp_path / "mapa.qgz"
    write_export(replace(frame, rows=rows), EXPORTS["qgz"], target)
    with zipfile.ZipFile(target) as archive:
        count = layer_of(Xml.fromstring(archive.read("mapa.qgs")), "toy_people")
    rules = {
        rule.get("label"): rule.get("filter") for rule in count.findall("renderer-v2/rules/rule")
    }
    assert rules["conteo pequeño: sólo se dice el rango"] == '"toy_people_range" IS NOT NULL'
    assert rules["sin dato"] == '"toy_people" IS NULL AND "toy_people_range" IS NULL'


def test_without_shapes_there_is_no_project(frame: ExportFrame, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="the shapes may not be passed on"):
        write_export(replace(frame, shapes=None), EXPORTS["qgz"], tmp_path / "mapa.qgz")
    assert not list(tmp_path.iterdir())


def test_a_format_of_several_files_is_one_zip_of_the_same_bytes(frame: ExportFrame) -> None:
    name, content = packed(frame, EXPORTS["qgz"], "mapa")
    assert name == "mapa.zip"
    assert packed(frame, EXPORTS["qgz"], "mapa")[1] == content
    assert packed(frame, EXPORTS["xlsx"], "mapa")[0] == "mapa.xlsx"
