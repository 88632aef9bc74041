"""docs/cli.md tells every command, and every key of what it answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from geoapp.answers.build import unit_answer
from geoapp.answers.chain import why_answer
from geoapp.answers.made import made_answer
from geoapp.answers.robust import explain_answer, robust_answer
from geoapp.cli import app
from geoapp.cli.commands import MODULES, command_of
from geoapp.event.answer import event_answer, footprint_of_quake
from geoapp.store.parts import manifest_of
from geoapp.words import words
from layers.built import Build
from layers.catalogue import CATALOGUE
from layers.decide.draws import Rules
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.terms import AdminLevel
from tests.toy import COUNTRY, SCENARIO

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
COMMANDS = [
    f"{name} {word}".strip()
    for name in MODULES
    for word in getattr(command_of(name), "commands", [""])
]
ANY = re.compile(r"<\w+>$")


def documented(command: str) -> set[str]:
    """Every path of the JSON of a command, the objects on the way to it included."""
    (section,) = re.findall(rf"^### JSON of geoapp {command}\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S)
    paths = set(re.findall(r"^\| `([^`]+)` \|", section, re.M))
    steps = {path: re.findall(r"\[\]|[^.\[\]]+", path) for path in paths}
    return {"/".join(path[:end]) for path in steps.values() for end in range(1, len(path) + 1)}


def found(answer: Any, known: set[str], at: str = "") -> set[str]:
    """Every path of an answer; keys where the page says 'any' go by its name for them."""
    paths: set[str] = set()
    if isinstance(answer, dict):
        below = {path for path in known if path.rpartition("/")[0] == at}
        anything = next((path for path in below if ANY.search(path)), None)
        for key, value in answer.items():
            path = anything or f"{at}/{key}".lstrip("/")
            paths |= {path} | found(value, known, path)
    elif isinstance(answer, list | tuple):
        path = f"{at}/[]".lstrip("/")
        for item in answer:
            if isinstance(item, dict):
                paths |= {path} | found(item, known, path)
    return paths


def merged(step: Any) -> Any:
    """The keys of a step and of all below it, as those of one step."""
    below = [merged(one) for one in step["inputs"]]
    records = [one["record"] for one in (step, *below) if one["record"]]
    where = {key: value for one in records for key, value in one["where"].items()}
    terms = {key: value for one in (step, *below) for key, value in one["terms"].items()}
    record = {**records[0], "where": where} if records else None
    return {**step, "record": record, "terms": terms, "inputs": []}


def check(command: str, answer: Any) -> None:
    known = documented(command)
    assert found(answer, known) == known


def test_every_command_has_a_section_with_example_and_exit_codes() -> None:
    sections = re.split(r"^## ", PAGE, flags=re.M)[1:]
    told = {section.split("\n")[0]: section for section in sections}
    for command in COMMANDS:
        section = told[f"geoapp {command}"]
        assert "```sh" in section
        assert "Exit codes: 0" in section


@pytest.fixture
def toy_words(toy: tuple[Catalogue, Places], monkeypatch: pytest.MonkeyPatch) -> None:
    own = {f"layer.{name}.title": name for name in toy[0].layers}
    monkeypatch.setattr("geoapp.words.words", lambda language: {**words(language), **own})


@pytest.mark.usefixtures("toy_words")
def test_rank_explain_and_show_answer_what_is_told(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    catalogue, _ = toy
    table = toy_build.levels[AdminLevel.DISTRICT].table
    two = ("010201", "010202")
    check("rank", robust_answer(table, SCENARIO, catalogue, Rules(draws=50), 3, two))
    check("explain", explain_answer(table, SCENARIO, catalogue, "010202", 1))
    # A district newer than the census has all that a figure can carry: parents and a range.
    check("show", unit_answer(toy_build, catalogue, "020102"))
    chain = why_answer(toy_build, catalogue, "toy_hazard_index", "020102", country=COUNTRY)
    check("show --why", merged(chain))


def test_focus_answers_what_is_told(
    toy_store: Path,
) -> None:
    answer = run("focus", "--one-more")
    check("focus", answer)
    assert {site["ubigeo"]: site["kind"] for site in answer["sites"]} == {
        "010101": "head",
        "010201": "suboffice",
        "020102": "liaison",
    }
    assert sum(site["load"] for site in answer["sites"]) == pytest.approx(121, abs=0.01)
    # The only seat of a province without an office.
    assert [one["ubigeo"] for one in answer["one_more"]] == ["020101"]
    # A rate cannot be served.
    refused = CliRunner().invoke(app, ["focus", "--demand", "toy_uninsured"])
    assert "toy_uninsured is a rate or an index" in str(refused.exception)


def test_event_answers_what_is_told(peru: Build) -> None:
    footprint = footprint_of_quake(peru, -77.5, -12.3, 30.0, 8.0)
    answer = event_answer(peru, CATALOGUE, footprint)
    # Every figure of Peru is known, and a map has more in its header than an epicentre.
    answer["unknown"]["figures"] = {"people": []}
    check("event", answer)


def test_build_with_a_missing_source_answers_what_is_told(toy: tuple[Catalogue, Places]) -> None:
    catalogue, places = toy
    (Path(str(places.mirror)) / "toy_census.csv").unlink()
    check("build", made_answer(manifest_of(build(catalogue, COUNTRY, places)), catalogue))


def test_export_answers_what_is_told(
    toy_store: Path,
    tmp_path: Path,
) -> None:
    words = ["export", "--format", "csv", "-o", str(tmp_path / "x.csv"), "--json"]
    check("export", json.loads(CliRunner().invoke(app, words).stdout))


def test_report_answers_what_is_told(
    toy_store: Path,
    tmp_path: Path,
) -> None:
    check("report", run("report", "sheet", "01", "-o", str(tmp_path / "x.pdf")))


def test_layers_answers_what_is_told() -> None:
    check("layers", json.loads(CliRunner().invoke(app, ["layers", "--json"]).stdout))


def run(*given: str) -> Any:
    result = CliRunner().invoke(app, [*given, "--json"])
    return json.loads(result.stdout)


def test_scenarios_and_decisions_answer_what_is_told(
    toy_store: Path,
) -> None:
    check("scenario save", run("scenario", "save", "uno", "--least", "toy_residents:1"))
    run("scenario", "save", "dos", "--weight", "toy_people:40", "--place", "01")
    check("scenario list", run("scenario", "list"))
    told = run("scenario", "diff", "uno", "dos")
    assert told["left"] == ["020101", "020102"]
    check("scenario diff", told)
    again = run("scenario", "replay", "uno")
    assert again["identical"]
    assert set(again) == {path for path in documented("scenario replay") if "/" not in path}
    check(
        "decide",
        run("decide", "Apertura", "--reason", "Acta", "--who", "Comité", "--scenario", "uno"),
    )


def test_codes_answers_what_is_told(tmp_path: Path) -> None:
    rows = "ubigeo,provincia,distrito\n150101,Lima,Lima\n80101,Cusco,Cusco\n999999,,Nada\n"
    (tmp_path / "t.csv").write_text(rows + ",Lima,Mirafloress\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["codes", str(tmp_path / "t.csv"), "--json"])
    check("codes", json.loads(result.stdout))


@pytest.mark.parametrize("words", [["sources"], ["fetch", "--dry-run"]])
def test_sources_and_fetch_answer_what_is_told(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mirror").mkdir()
    monkeypatch.setenv("GEOAPP_MIRROR", str(tmp_path / "mirror"))
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    result = CliRunner().invoke(app, [*words, "--json"])
    check(words[0], json.loads(result.stdout))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_ends_with_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"]).stdout
    assert "Ejemplo: " in shown


def test_missing_answers_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    check("missing", json.loads(CliRunner().invoke(app, ["missing", "--json"]).stdout))
