"""geoapp fetch and geoapp sources, as a person and as a program read them."""

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from geoapp.cli.fetch import REASONS, fetch
from geoapp.cli.sources import sources
from layers.catalogue import CATALOGUE
from layers.sources.fetch import Reason

APP = typer.Typer()
APP.command()(fetch)
APP.command()(sources)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No mirror, an empty store, and no network."""
    (tmp_path / "mirror").mkdir()
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("GEOAPP_MIRROR", str(tmp_path / "mirror"))

    def refuse(*args: object, **options: object) -> None:
        raise OSError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tmp_path


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_sources_are_listed_with_what_is_missing() -> None:
    code, out, _ = run("sources")
    assert code == 1
    for source_id in CATALOGUE.sources:
        assert source_id in out
    assert "ejecute geoapp fetch geoperu_distritos, o indique GEOAPP_MIRROR" in out
    assert "Sin ella faltan: los límites de los distritos." in out


def test_sources_as_json() -> None:
    code, out, _ = run("sources", "--json")
    lines = {line["id"]: line for line in json.loads(out)}
    assert code == 1
    assert list(lines) == list(CATALOGUE.sources)
    assert lines["regions_published"]["place"] == "starter"
    assert lines["regions_published"]["verified"] is True
    assert lines["geoperu_distritos"]["place"] is None
    assert "nbi_any_pct" in lines["geoperu_distritos"]["layers"]
    assert lines["inei_limites_2025"]["roles"] == ["boundaries"]


def test_a_damaged_copy_is_shown_as_such(alone: Path) -> None:
    (alone / "store" / "sources").mkdir(parents=True)
    (alone / "store" / "sources" / "geoperu_distritos").write_text("<html>")
    _, out, _ = run("sources", "--json")
    line = next(line for line in json.loads(out) if line["id"] == "geoperu_distritos")
    assert (line["place"], line["verified"]) == ("store", False)
    assert "6 bytes instead of" in line["problem"]
    assert line["remedy"].startswith("borre la copia dañada y ejecute geoapp fetch")


def test_fetch_names_what_cannot_be_had_and_what_it_costs() -> None:
    code, out, err = run("fetch")
    assert code == 1
    assert "el nombre del servidor no se resuelve" in out
    assert "las capas population_2017_people, households_population_2017_people" in out
    assert "regions_published: ya está en los datos incluidos." in out
    assert "el nombre raw.githubusercontent.com no se resuelve" in err


def test_fetch_as_json_keeps_stdout_for_data() -> None:
    code, out, err = run("fetch", "--json", "geoperu_distritos", "itu_rainrate")
    rows = {row["id"]: row for row in json.loads(out)}
    assert code == 1
    assert rows["geoperu_distritos"]["reason"] == "dns"
    assert rows["itu_rainrate"]["outcome"] == "present"
    assert "no se resuelve" in err


def test_a_dry_run_says_what_would_be_fetched() -> None:
    code, out, _ = run("fetch", "--dry-run", "geoperu_distritos")
    assert code == 0
    assert "se descargaría de https://raw.githubusercontent.com/" in out


def test_everything_there_is_success() -> None:
    assert run("fetch", "regions_published")[0] == 0


@pytest.mark.parametrize("words", [("fetch", "geoperu_distrito"), ("fetch", "--patience", "0")])
def test_a_wrong_request_is_a_usage_error(words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_an_unknown_source_names_its_neighbours() -> None:
    assert "geoperu_distritos" in run("fetch", "geoperu_distrito")[2]


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(Reason)
