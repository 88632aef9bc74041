"""The audit log: who changed what, and whether somebody changed that."""

import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from geoapp.planners.audit import FILE, Act, read_audit, record
from layers.errors import StoreError


def write(store: Path, count: int) -> Path:
    for number in range(count):
        record(store, "ana@ejemplo.test", Act.SCENARIO, name=f"plan {number}")
    return store / FILE


def test_lines_follow_each_other(tmp_path: Path) -> None:
    write(tmp_path, 3)
    found = read_audit(tmp_path)
    assert [entry.facts["name"] for entry in found.entries] == ["plan 0", "plan 1", "plan 2"]
    assert {(entry.who, entry.act) for entry in found.entries} == {("ana@ejemplo.test", "scenario")}
    assert found.broken == ()
    assert found.entries[0].when.endswith("+00:00")


def test_a_name_forges_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path))
    name = "eva\n2026-01-01  jefa@ejemplo.test  dejó una decisión  {}\x1b[2K\u2028"
    record(tmp_path, name, Act.DECISION, name=name)
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 1
    told = CliRunner().invoke(app, ["audit"]).stdout
    # One line of the act and one of the chain, and nothing that a terminal would obey.
    assert len(told.splitlines()) == 2
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (lambda lines: [lines[0], lines[1].replace("plan 1", "plan 9"), *lines[2:]], (3,)),
        (lambda lines: [lines[0], *lines[2:]], (2,)),
        (lambda lines: lines[1:], (1,)),
        (lambda lines: [lines[0], lines[2], lines[1], lines[3]], (2, 3, 4)),
        (lambda lines: [lines[0], "{", *lines[1:]], (2, 3)),
        (lambda lines: [lines[0], lines[0], *lines[1:]], (2,)),
    ],
)
def test_a_line_that_was_touched_is_named(tmp_path: Path, change, broken) -> None:
    path = write(tmp_path, 4)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", "utf-8")
    assert read_audit(tmp_path).broken == broken


def test_the_end_is_missed_by_who_kept_its_hash(tmp_path: Path) -> None:
    path = write(tmp_path, 3)
    last = read_audit(tmp_path).entries[-1].hash
    environment = {"GEOAPP_STORE": str(tmp_path)}
    whole = CliRunner().invoke(app, ["audit", "--holds", last], env=environment)
    assert (whole.exit_code, "3 líneas" in whole.output) == (0, True)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]), "utf-8")
    cut = CliRunner().invoke(app, ["audit", "--holds", last], env=environment)
    assert (cut.exit_code, read_audit(tmp_path).broken) == (1, ())
    assert "se quitaron líneas" in cut.output


def test_a_torn_line_is_kept_and_told(tmp_path: Path) -> None:
    path = write(tmp_path, 2)
    path.write_bytes(path.read_bytes()[:-20])
    write(tmp_path, 1)
    found = read_audit(tmp_path)
    assert found.broken == (2,)
    assert [entry.facts["name"] for entry in found.entries] == ["plan 0", "plan 0"]


def test_many_at_once_make_one_chain(tmp_path: Path) -> None:
    threads = [threading.Thread(target=write, args=(tmp_path, 10)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = read_audit(tmp_path)
    assert (len(found.entries), found.broken) == (80, ())


def test_a_line_longer_than_what_is_read_at_once_is_followed(tmp_path: Path) -> None:
    record(tmp_path, "ana", Act.SCENARIO, note="x" * 200_000)
    record(tmp_path, "ana", Act.SCENARIO, note="y")
    assert read_audit(tmp_path).broken == ()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError, match=r"audit log .* cannot be written"):
        record(tmp_path, "ana", Act.BUILD)


def test_the_command_tells_lines_and_faults_as_json(tmp_path: Path) -> None:
    path = write(tmp_path, 2)
    path.write_text(path.read_text("utf-8").replace("plan 0", "plan 9"), "utf-8")
    told = CliRunner().invoke(app, ["audit", "--json"], env={"GEOAPP_STORE": str(tmp_path)})
    answer = json.loads(told.output)
    assert told.exit_code == 1
    assert (answer["lines"], answer["broken"], answer["lost"]) == (2, [2], False)
    assert answer["entries"][1]["hash"] == answer["last_hash"]
