"""geoapp export, as a person and as a program run it."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.store.builds import write_build
from layers.built import Build
from layers.decide.scenarios import DEFAULT
from layers.errors import ExportError, ScenarioError

CLOSED = ["nbi_any_pct", "no_insurance_pct"]


@pytest.fixture
def peru_store(peru: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_build(peru, tmp_path / "store")
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))


def test_an_unknown_format_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "--format", "dbf", "-o", str(tmp_path / "x.dbf")])
    assert result.exit_code == 2
    assert "geojson, csv" in " ".join(result.stderr.split())
    assert not list(tmp_path.iterdir())


def test_a_wrong_weight_is_said_before_anything_is_written(toy_store: Path, tmp_path: Path) -> None:
    words = ["export", "--format", "csv", "-o", str(tmp_path / "x.csv"), "--weight", "nbi"]
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, ScenarioError)
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.peru
def test_peru_is_exported_and_what_is_left_out_is_said(peru_store: None, tmp_path: Path) -> None:
    target = tmp_path / "distritos.gpkg"
    words = ["export", "--format", "gpkg", "-o", str(target), "--json"]
    result = CliRunner().invoke(app, words)
    answer = json.loads(result.stdout)
    assert (answer["file"], answer["rows"]) == (str(target), 1891)
    assert set(CLOSED) <= set(answer["left_out"])
    assert result.stderr.startswith("Quedan fuera ")
    _, _, closed = result.stderr.partition("no consta licencia para redistribuir")
    assert "geoperu_distritos" in closed
    found = gpd.read_file(target, layer="district")
    assert len(found) == 1891
    assert len(found.columns) == answer["columns"] + 1
    assert not set(CLOSED) & set(found.columns)
    assert found.geometry.is_valid.all()


@pytest.mark.peru
def test_everything_goes_out_when_asked(peru_store: None, tmp_path: Path) -> None:
    target = tmp_path / "distritos.geojson"
    words = ["export", "--format", "geojson", "-o", str(target), "--all"]
    changed = f"{DEFAULT.weights[0][0]}:1"
    words += ["--weight", changed]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split() == [str(target)]
    found = json.loads(target.read_text("utf-8"))
    assert changed in found["geoapp"]["procedencia"]["pesos"].split()
    assert set(CLOSED) <= set(found["features"][0]["properties"])


@pytest.mark.peru
def test_a_folder_that_is_absent_is_one_sentence(peru_store: None, tmp_path: Path) -> None:
    words = ["export", "--format", "csv", "-o", str(tmp_path / "absent" / "x.csv")]
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, ExportError)
    assert "No such file or directory" in str(result.exception)
