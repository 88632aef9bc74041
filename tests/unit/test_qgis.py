"""QGIS itself opens what is exported and reads the API; skipped by name where it is absent."""

import json
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from geoapp.app import create_app
from geoapp.exports.files import write_export
from geoapp.exports.formats import EXPORTS
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.maps.classes import layer_classes, score_classes
from geoapp.store.builds import read_build, write_build
from layers.countries import COUNTRIES
from layers.pipeline import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.loopback import listening
from tests.toy import COUNTRY, DISTRICTS, SCENARIO, as_country

DISTRICT = AdminLevel.DISTRICT
PYTHON = "/usr/bin/python3"
"""Debian's QGIS knows only Debian's Python."""
BEGIN = """
import json, sys
from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings
from qgis.PyQt.QtCore import QSize
application = QgsApplication([], False)
application.initQgis()

def legend(layer):
    items = layer.renderer().legendSymbolItems()
    return [[one.label(), one.symbol().color().name().upper()] for one in items]
"""
OPEN = """
project = QgsProject.instance()
told = {"read": project.read(sys.argv[1])}
layers = project.mapLayers()
told["invalid"] = [name for name, layer in layers.items() if not layer.isValid()]
told["legends"] = {name.removeprefix("geoapp_"): legend(one) for name, one in layers.items()}
seen = [one.layer() for one in project.layerTreeRoot().findLayers() if one.isVisible()]
told["seen"] = [one.id() for one in seen]
settings = QgsMapSettings()
settings.setLayers(seen)
settings.setDestinationCrs(project.crs())
settings.setExtent(seen[0].extent())
settings.setOutputSize(QSize(300, 200))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
picture = job.renderedImage()
told["colours"] = sorted({
    picture.pixelColor(x, y).name().upper() for x in range(0, 300, 5) for y in range(0, 200, 5)
})
alone = QgsVectorLayer(sys.argv[2], "alone", "ogr")
told["alone"] = legend(alone)
print(json.dumps(told))
"""
ASK = """
told = {}
for level in ("district", "region"):
    where = f"url='{sys.argv[1]}' typename='{level}' pagingEnabled='true'"
    layer = QgsVectorLayer(where, level, "OAPIF")
    codes = sorted(one["ubigeo"] for one in layer.getFeatures())
    told[level] = [layer.isValid(), layer.crs().authid(), layer.featureCount(), codes]
print(json.dumps(told))
"""


@cache
def has_qgis() -> bool:
    if not Path(PYTHON).exists():
        return False
    asked = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    return asked.returncode == 0


def run(script: str, folder: Path, *arguments: str) -> dict[str, object]:
    if not has_qgis():
        pytest.skip("no QGIS on this machine: apt-get install python3-qgis qgis-providers")
    # Neither our guards of GDAL nor a profile of whoever runs the tests.
    kept = {key: text for key, text in os.environ.items() if key not in ("OGR_SKIP", "GDAL_SKIP")}
    environment = kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "PYTHONPATH": "",
    }
    answer = subprocess.run(
        [PYTHON, "-c", BEGIN + script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment,
    )
    lines = answer.stdout.splitlines()
    assert lines, answer.stderr
    told: dict[str, object] = json.loads(lines[-1])
    return told


@pytest.fixture
def frame(toy: tuple[Catalogue, Places], toy_build: Build) -> ExportFrame:
    return make_frame(toy_build, DISTRICT, SCENARIO, toy[0], COUNTRY, date="2026-01-31")


def test_the_project_opens_with_the_legends_of_the_product(
    frame: ExportFrame, tmp_path: Path
) -> None:
    write_export(frame, EXPORTS["qgz"], tmp_path / "mapa.qgz")
    units = f"{tmp_path / 'mapa.gpkg'}|layername=district"
    told = run(OPEN, tmp_path, str(tmp_path / "mapa.qgz"), units)
    assert (told["read"], told["invalid"], told["seen"]) == (True, [], ["geoapp_score"])
    legends = told["legends"]
    assert isinstance(legends, dict)
    rates = [layer for layer in frame.layers if not layer.unit.is_extensive]
    assert rates
    for name, classes in (
        ("score", score_classes(frame.score_breaks, "es")),
        *((layer.id, layer_classes(layer, "es")) for layer in rates),
    ):
        expected = [[one.label, one.colour.upper()] for one in reversed(classes)]
        assert legends[name][:-1] == expected, name
        assert legends[name][-1][0] == "sin dato"
    assert set(legends) == {"score", *(layer.id for layer in frame.layers)}
    # The file alone has the style of the score, and what is drawn has colours of its legend.
    assert told["alone"] == legends["score"]
    drawn = told["colours"]
    assert isinstance(drawn, list)
    assert {colour for _, colour in legends["score"]} & set(drawn)


@pytest.fixture
def served(
    toy: tuple[Catalogue, Places],
    toy_build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(toy[0], COUNTRY))
    write_build(toy_build, tmp_path / "built")
    page = create_app(read_build(tmp_path / "built"), toy[0], SCENARIO)
    with listening(page.server, threads=2) as port:
        yield f"http://127.0.0.1:{port}/api"


def test_qgis_reads_every_unit_of_the_api(served: str, tmp_path: Path) -> None:
    told = run(ASK, tmp_path, served)
    assert told["district"] == [True, "EPSG:4326", len(DISTRICTS), sorted(DISTRICTS)]
    assert told["region"] == [True, "EPSG:4326", 2, ["01", "02"]]
