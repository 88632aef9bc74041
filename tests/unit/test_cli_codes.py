"""The command: JSON on standard output, exit 1 where the table is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from geoapp.cli.codes import codes
from geoapp.cli.codes_summary import GROUNDS, REASONS
from layers.harmonise.assign import CodeReason
from layers.harmonise.names import NameReason
from layers.harmonise.scheme import Ground

APP = typer.Typer()
APP.command()(codes)
INEI = "ubigeo,distrito\n150101,Lima\n80101,Cusco\n200101,Piura\n999999,Nada\n"
RENIEC = "ubigeo,distrito\n140101,Lima\n70101,Cusco\n190101,Piura\n"
MIXED = "ubigeo,distrito\n150101,Lima\n070101,Cusco\n"


def run(folder: Path, text: str, *options: str) -> tuple[int, dict[str, Any]]:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(APP, [str(path), "--json", *options])
    return result.exit_code, json.loads(result.stdout) if result.stdout else {}


def test_inei_table_reports_repairs_and_unmatched_rows(tmp_path: Path) -> None:
    exit_code, found = run(tmp_path, INEI)
    assert (exit_code, found["scheme"], found["matched"]) == (0, "inei", 3)
    assert found["repaired"] == [{"row": 3, "from": "80101", "to": "080101", "reason": "lost_zero"}]
    (unmatched,) = found["unmatched"]
    assert (unmatched["row"], unmatched["code"], unmatched["name"]) == (5, "999999", "Nada")
    assert unmatched["reason"] == "code_unknown"


def test_reniec_table_is_on_the_same_units(tmp_path: Path) -> None:
    exit_code, found = run(tmp_path, RENIEC)
    assert (exit_code, found["scheme"]) == (0, "reniec")
    assert [item["ubigeo"] for item in found["units"]] == ["150101", "080101", "200101"]


def test_mixed_and_ambiguous_tables_exit_with_1(tmp_path: Path) -> None:
    exit_code, found = run(tmp_path, MIXED)
    assert (exit_code, found["scheme"], found["matched"]) == (1, "mixed", 0)
    assert (found["evidence"]["inei_rows"], found["evidence"]["reniec_rows"]) == ([2], [3])
    exit_code, found = run(tmp_path, "ubigeo\n150101\n070101\n")
    assert (exit_code, found["scheme"]) == (1, "ambiguous")
    exit_code, found = run(tmp_path, "ubigeo\n150101\n070101\n", "--scheme", "inei")
    assert (exit_code, found["scheme"], found["matched"]) == (0, "inei", 2)


def test_table_of_names_only_is_assigned_by_name(tmp_path: Path) -> None:
    text = "Departamento,Provincia,Distrito\nLima,Lima,Mirafloress\nLima,Lima,Lince\n,,Santa Rosa\n"
    exit_code, found = run(tmp_path, text)
    assert (exit_code, found["scheme"], found["matched"]) == (0, "inei", 2)
    assert found["evidence"]["ground"] == "assigned_by_name"
    near, exact = found["matched_by_name"]
    assert (near["row"], near["provider"], near["official"]) == (2, "Mirafloress", "Miraflores")
    assert (exact["row"], exact["score"]) == (3, 100)
    assert found["unmatched"][0]["reason"] == "name_repeated_elsewhere"


def test_unreadable_file_exits_with_1_and_wrong_options_with_2(tmp_path: Path) -> None:
    exit_code, found = run(tmp_path, "")
    assert exit_code == 1
    assert found["error"].endswith("is empty; copy or export it again")
    assert run(tmp_path, INEI, "--code", "nada")[0] == 2
    assert run(tmp_path, INEI, "--scheme", "nada")[0] == 2


@pytest.mark.parametrize("text", [INEI, RENIEC, MIXED, "distrito\nSanta Rosa\n"])
def test_summary_is_spanish_and_the_log_is_apart(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(APP, [str(path)])
    assert "filas con unidad" in result.stdout
    assert "leído como UTF-8" in result.stderr
    assert "read as" not in result.stdout


def test_every_ground_and_reason_has_its_words() -> None:
    assert {*Ground} | {"assigned_by_name"} == set(GROUNDS)
    assert {*CodeReason} | {*NameReason} == set(REASONS)
