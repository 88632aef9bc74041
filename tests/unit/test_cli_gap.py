"""geoapp load activity, gap, pattern and quadrants on the toy country."""

import csv
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from geoapp.answers.patterns import quadrants_answer, quadrants_of
from geoapp.app.pages.priorities import gap_sentence
from geoapp.app.routes import make_geometries
from geoapp.app.view import Views
from geoapp.maps.quadrants import quadrant_map
from geoapp.store.builds import Stored, read_build, write_build
from layers.built import Build
from layers.catalogue.sectors import SECTORS
from layers.decide.scenario import Scenario
from layers.decide.scenarios import with_activity
from layers.decide.score import rank_units
from layers.loaded_catalogue import with_loaded
from layers.pipeline import build
from layers.spec import Catalogue, LayerSpec
from layers.terms import AdminLevel, Dimension, Model, ToUnit, Unit
from tests.command import Run, run_words, speak_of
from tests.toy import COUNTRY, DISTRICTS, SCENARIO, as_country, make_toy
from tests.unit.test_docs_cli import check as check_documented

SOURCE = ["--publisher", "GTRM", "--vintage", "2026-03-31"]
HEAD = (
    "Organización principal/Appealing organisation,Socio implementador,Sector/Subsector,"
    "Admin1/Departamento,Admin2/Provincia,Admin3/Distrito,Mes/Month,Indicador,"
    "Tipo de población,Total beneficiarios/Total monthly beneficiaries,Meta/Target\n"
)
ROWS = (
    "Organización A,Organización B,Salud,Región 01,Provincia 0101,Alffa,1,Consultas,En destino,2,5\n"
    "Organización A,Organización B,Salud,Region 01,Prov. 0101,ALFA,2,Consultas,En destino,3,5\n"
    "Organización C,,WASH,Región 01,Provincia 0102,,1,Kits,En destino,1,\n"
    "Organización C,,Salud,Región 02,Provincia 0201,Zzzz,1,Consultas,En destino,4,\n"
)


def with_sectors(toy: Catalogue) -> Catalogue:
    def model(layer_id: str, kind: Model, *inputs: str, **more: object) -> LayerSpec:
        fields = {"dimension": Dimension.NEEDS, "unit": Unit.PEOPLE, **more}
        return LayerSpec(id=layer_id, to_unit=ToUnit.MODEL, model=kind, inputs=inputs, **fields)  # type: ignore[arg-type]

    pins = [
        model(f"pin_{one.id}", Model.PEOPLE_IN_NEED, "toy_migrants", "toy_uninsured",
              figure="in_need", sector=one.id)
        for one in SECTORS
    ]  # fmt: skip
    return toy.with_layers(*pins)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Path]:
    folder = tmp_path_factory.mktemp("toy")
    toy, places = make_toy(folder / "mirror")
    catalogue = with_sectors(toy)
    write_build(build(catalogue, COUNTRY, places), folder / "store")
    return catalogue, folder


@pytest.fixture
def run(made: tuple[Catalogue, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    catalogue, folder = made
    shutil.copytree(folder / "store", tmp_path / "store")
    speak_of(monkeypatch, tmp_path / "store", folder / "mirror", as_country(catalogue))
    return run_words


def built(folder: Path) -> Build:
    return read_build(folder / "store").build


def page_views(stored: Stored, catalogue: Catalogue, scenario: Scenario) -> Views:
    return Views(stored, catalogue, scenario, make_geometries(stored, COUNTRY))


def write(folder: Path, rows: str, name: str = "5w.csv") -> Path:
    (folder / name).write_text(HEAD + rows, encoding="utf-8")
    return folder / name


def test_the_gap_of_a_district_is_told_with_who_reports(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("load", "activity", write(tmp_path, ROWS), *SOURCE, "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["rows"], answer["units"]) == (4, 2)
    assert [(one["row"], one["reason"]) for one in answer["unplaced"]] == [(5, "name_unknown")]
    answer = json.loads(run("gap", "--ubigeo", "010101", "--json")[1])
    check_documented("gap", answer)
    health = answer["units"][0]["sectors"]["health"]
    need = float(
        built(tmp_path).levels[AdminLevel.DISTRICT].table.values.at["010101", "pin_health"]
    )
    # two months of one indicator: the larger one; the target of 5 takes in the 3 reached
    assert (health["reached"], health["targeted"], health["unknown"]) == (3, 2, 0)
    assert health["gap"] - health["beyond"] == pytest.approx(need - 5)
    assert health["reported_by"] == ["Organización B"]
    assert answer["months"] == "largest"


def test_layers_scores_and_the_page_change_once_activity_is_loaded(
    run: Run, tmp_path: Path, made: tuple[Catalogue, Path]
) -> None:
    catalogue, _ = made
    before = with_loaded(catalogue, built(tmp_path).loaded)
    assert with_activity(SCENARIO, before) is SCENARIO
    stored = read_build(tmp_path / "store")
    assert "no pesa todavía" in gap_sentence(page_views(stored, before, SCENARIO), "es")
    assert run("load", "activity", write(tmp_path, ROWS), *SOURCE)[0] == 0
    stored = read_build(tmp_path / "store")
    after = with_loaded(catalogue, stored.build.loaded)
    scenario = with_activity(SCENARIO, after)
    assert dict(scenario.weights) == {**dict(SCENARIO.weights), "unmet_need_pct": 3.0}
    assert with_activity(scenario, after) is scenario
    sentence = gap_sentence(page_views(stored, after, scenario), "es")
    assert "pesa según la actividad de socios cargada (GTRM, 2026-03-31)" in sentence
    weights = json.loads(run("rank", "--json")[1])["scenario"]["weights"]
    assert weights["unmet_need_pct"] == 3.0
    table = stored.build.levels[AdminLevel.DISTRICT].table
    assert table.sources["reached_health"] == ("loaded_activity",)
    assert table.methods["reached_health"]["010101"] == "observed"
    assert table.methods["gap_health"]["010102"] == "missing"
    ranking = rank_units(table, scenario, after)
    # 3 of 1 + 3 + 3 is missing where nobody reports: too much for a rank of the toy country
    assert ranking.units["missing_weight"]["010102"] == pytest.approx(3 / 7)
    assert ranking.units["missing_weight"]["010101"] == 0
    # what is reported for a province stays there
    province = stored.build.levels[AdminLevel.PROVINCE].table
    assert province.values.at["0102", "reached_wash"] == 1
    assert table.values["reached_wash"].isna().all()
    assert run("load", "--remove", "activity")[0] == 0
    assert "unmet_need_pct" not in built(tmp_path).levels[AdminLevel.DISTRICT].table.values


def test_removing_a_report_turns_its_cells_to_unknown(run: Run, tmp_path: Path) -> None:
    more = "Organización D,,Salud,Región 01,Provincia 0102,Gama,1,Consultas,En destino,4,\n"
    run("load", "activity", write(tmp_path, ROWS + more), *SOURCE)
    with_d = json.loads(run("gap", "--ubigeo", "010201", "--sector", "health", "--json")[1])
    run("load", "activity", write(tmp_path, ROWS, "less.csv"), *SOURCE)
    without = json.loads(run("gap", "--ubigeo", "010201", "--sector", "health", "--json")[1])
    before, after = (one["units"][0]["sectors"]["health"] for one in (with_d, without))
    assert (before["reached"], before["unknown"]) == (4, 0)
    assert (after["reached"], after["gap"]) == (None, None)
    assert after["unknown"] == before["need"]
    assert "brecha desconocida" in run("gap", "--ubigeo", "010201")[1]


def test_the_chain_of_a_gap_leads_to_the_reports(run: Run, tmp_path: Path) -> None:
    run("load", "activity", write(tmp_path, ROWS), *SOURCE)
    code, out, err = run("show", "010101", "--why", "gap_health")
    assert code == 0, err
    assert "suma de los informes de los socios" in out
    assert "GTRM" in out
    assert run("show", "01", "--why", "unmet_need_pct")[0] == 0


def test_a_report_on_a_province_is_named_in_its_districts(run: Run, tmp_path: Path) -> None:
    run("load", "activity", write(tmp_path, ROWS), *SOURCE)
    wash = json.loads(run("gap", "--ubigeo", "010201", "--json")[1])["units"][0]["sectors"]["wash"]
    assert (wash["reported_by"], wash["reported_above"]) == ([], ["Organización C"])
    assert wash["gap"] is None
    assert "solo por provincia o región: Organización C" in run("gap", "--ubigeo", "010201")[1]
    out = run("gap", "--level", "province", "--sector", "wash", "--top", 1)[1]
    assert "0102" in out
    assert "informan Organización C" in out


def test_a_file_full_of_misspelt_places_is_answered_row_by_row(run: Run, tmp_path: Path) -> None:
    rows = "".join(
        f"Organización A,,Salud,{region},{province},{district},1,Consultas,En destino,1,\n"
        for region, province, district in (
            ("Región 01", "Provincia 0101", "Betta"),
            ("Región 01", "Provincia 0102", "Deltta"),
            ("Región 02", "Provincia 0201", "EPSILON"),
            ("Lejana", "Provincia 0101", "Alfa"),
            ("Región 01", "Provincia 0101", "=cmd|x"),
        )
    )
    report = tmp_path / "sin_lugar.csv"
    code, out, err = run("load", "activity", write(tmp_path, rows), *SOURCE, "--report", report)
    assert code == 0
    assert "2 filas sin lugar" in err
    assert "5 filas, 3 unidades con cifra, 2 sin lugar" in out
    with report.open(encoding="utf-8-sig") as file:
        found = list(csv.DictReader(file))
    assert [(one["fila"], one["razon"]) for one in found] == [
        ("5", "region_unknown"),
        ("6", "name_unknown"),
    ]
    assert found[1]["nombre"] == "'=cmd|x"
    assert "010101 Alfa" in found[1]["parecidos"]
    again = tmp_path / "otra.csv"
    assert run("gap", "--report", again)[0] == 0
    assert again.read_text("utf-8-sig") == report.read_text("utf-8-sig")


def test_a_file_without_one_place_is_refused_and_its_report_stays(run: Run, tmp_path: Path) -> None:
    rows = "Organización A,,Salud,Lejana,Otra,Xyzzy,1,Consultas,En destino,1,\n"
    report = tmp_path / "r.csv"
    code, _, err = run("load", "activity", write(tmp_path, rows), *SOURCE, "--report", report)
    assert code == 1
    assert "of 1 rows none has its place" in err
    assert "region_unknown" in report.read_text("utf-8-sig")
    code, _, err = run("gap")
    assert (code, "no activity of partners is loaded" in err) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--sector", "helth"], "no sector 'helth': did you mean health"),
        (["--ubigeo", "999999"], "no district of this table bears the UBIGEO '999999'"),
    ],
)
def test_unknown_sectors_and_units_are_one_sentence(
    run: Run, tmp_path: Path, words: list[str], sentence: str
) -> None:
    run("load", "activity", write(tmp_path, ROWS), *SOURCE)
    code, _, err = run("gap", *words)
    assert code == 1
    assert sentence in err


def test_the_rule_of_months_is_kept_with_the_file(run: Run, tmp_path: Path) -> None:
    run("load", "activity", write(tmp_path, ROWS), *SOURCE, "--months", "sum")
    answer = json.loads(run("gap", "--ubigeo", "010101", "--sector", "health", "--json")[1])
    assert (answer["months"], answer["units"][0]["sectors"]["health"]["reached"]) == ("sum", 5)
    table = built(tmp_path).levels[AdminLevel.DISTRICT].table
    assert table.values.at["010101", "reached_health"] == 5


def test_the_pattern_of_a_layer_is_told(run: Run) -> None:
    code, out, _ = run("pattern", "--layer", "toy_uninsured", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["compared"], answer["islands"]) == (len(DISTRICTS), [])
    assert sum(answer["clusters"].values()) == len(DISTRICTS)
    assert "999 permutaciones, semilla 20260101" in run("pattern")[1]
    assert "no pattern can be told" in run("pattern", "--level", "region")[2]
    assert run("pattern", "--layer", "toy_uninsurd")[0] == 1


def test_quadrants_are_told(run: Run, tmp_path: Path, made: tuple[Catalogue, Path]) -> None:
    stored = built(tmp_path)
    table = stored.levels[AdminLevel.DISTRICT].table
    people = table.values["pin_health"]
    table.values["pin_joint"] = people
    table.values["severity_low"] = 3.0
    table.values["severity_high"] = np.where(people.index == "010101", 4.0, 3.0)
    # Of two units alone the figure is firm; every other one is hatched on the map.
    firm = ["010102", "010201"]
    table.confidence["pin_joint"] = np.where(people.index.isin(firm), 0.9, 0.1)
    found = quadrants_of(stored, AdminLevel.DISTRICT)
    answer = quadrants_answer(found, table)
    assert {one["ubigeo"] for one in answer["units"] if one["confidence"] == "alta"} == set(firm)
    drawn = quadrant_map(stored, AdminLevel.DISTRICT, found)
    (hatched,) = re.findall(r'<path d="([^"]*)" fill="url\(#hatch\)"', drawn)
    known = found.units.index[found.units["quadrant"] != "unknown"]
    assert hatched.count("M") == len(known.difference(firm))
    assert "rayado: confianza baja" in drawn
    assert stored.hash in drawn
    check_documented("quadrants", answer)
    assert answer["median"] == pytest.approx(people.median())
    assert {one["quadrant"] for one in answer["units"]} <= {"act_now", "severe_small", "unknown"}
    assert answer["units"][0]["people"] == people.max()
