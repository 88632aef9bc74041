"""The notebooks: no stale output, and run from top to bottom with the network cut and no mirror."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from geoapp.answers.shown import Answer
from geoapp.notebook import Country, open_country
from geoapp.settings import read_settings
from geoapp.store.builds import read_build
from layers.built import Build
from layers.countries import COUNTRIES
from layers.errors import ExportError
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.toy import SCENARIO

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CUT = """
import socket

def _cut(*args, **options):
    raise OSError("the network is cut")

socket.getaddrinfo = socket.create_connection = socket.socket.connect = _cut
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine that has the product and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "mirror").mkdir()
    return {"GEOAPP_STORE": str(folder / "store"), "GEOAPP_MIRROR": str(folder / "mirror")}


@pytest.fixture(scope="module")
def opened(bare: dict[str, str]) -> Country:
    return open_country(read_settings(bare))


@pytest.fixture(scope="module")
def kernel(bare: dict[str, str], opened: Country) -> Iterator[KernelManager]:
    """One kernel for all notebooks, on that machine."""
    manager = KernelManager()
    environment = {**os.environ, **bare, "PYTHONPATH": str(ROOT)}
    manager.start_kernel(env=environment, cwd=bare["GEOAPP_MIRROR"])
    yield manager
    manager.shutdown_kernel(now=True)


def test_there_are_six() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_stale_is_kept(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if "outputs" in cell]
    assert cells
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert {cell["execution_count"] for cell in cells} == {None}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, kernel: KernelManager) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f\n" + CUT))
    client = NotebookClient(notebook, km=kernel, timeout=300)
    client.execute(cleanup_kc=False)
    shown = json.dumps([cell.get("outputs", []) for cell in notebook.cells])
    if "map(" in path.read_text("utf-8"):
        assert "Leaflet 1.9.4" in shown
    assert "cdn." not in shown


def test_a_machine_without_tables_makes_its_own_and_keeps_them(
    bare: dict[str, str], opened: Country
) -> None:
    assert [level.value for level in opened.built.levels] == ["region"]
    assert opened.summary.data["levels"][0]["units"] == 25
    assert read_build(Path(bare["GEOAPP_STORE"])).build.hash == opened.built.hash


@pytest.fixture
def toy_country(toy: tuple[Catalogue, Places], toy_build: Build) -> Country:
    return Country(toy_build, toy[0], COUNTRIES["toy"], SCENARIO)


def test_an_answer_shows_the_ranking_that_it_holds(toy_country: Country) -> None:
    answer = toy_country.rank(top=2)
    assert list(answer.table.columns)[:3] == ["Puesto", "UBIGEO del INEI", "Nombre"]
    assert list(answer.table["Nombre"]) == [unit["name"] for unit in answer.data["units"]]
    html = answer._repr_html_()
    assert "<td>Gama</td>" in html
    assert toy_country.built.hash in html
    assert SCENARIO.hash in html
    assert "Gama" in repr(answer)
    changed = toy_country.rank(top=1, weights={"toy_people": 0.0})
    assert changed.data["units"][0]["name"] == "Delta"


def test_a_name_in_an_answer_cannot_run() -> None:
    evil = "<script>alert(1)</script>"
    html = Answer(evil, pd.DataFrame({evil: [evil]}), {}, (evil,), evil)._repr_html_()
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5


def test_a_unit_and_a_country_tell_what_they_have(toy_country: Country) -> None:
    assert "Instituto de Juguete" in toy_country.unit("010101")._repr_html_()
    assert list(toy_country.summary.table["Unidades"]) == [6, 3, 2]
    assert toy_country.table().set_index("ubigeo").at["010201", "toy_people"] == 99
    with pytest.raises(ExportError, match="there is no layer 'toy_peeple' to map"):
        toy_country.map("toy_peeple")
