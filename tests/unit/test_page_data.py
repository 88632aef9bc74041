"""Datos without a browser: sources, quality, what is missing, and a file that one visitor sees."""

import base64
import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from dash import Dash

from bench.visitor import Visitor
from geoapp.app import create_app
from geoapp.app.own_report import report_csv
from geoapp.app.routes import make_geometries
from geoapp.app.shelf import COOKIE, MAX_AGE, MAX_BYTES, MAX_LAYERS, MAX_SPACES, Shelf
from geoapp.app.source_rows import source_rows
from geoapp.app.state import DataPart, Page, SourceOrder, ViewState
from geoapp.app.view import Views
from geoapp.store.builds import read_build, write_build
from geoapp.store.loaded import LoadedFolder
from layers.built import Build
from layers.sources.locate import Places
from layers.spec import Catalogue
from layers.table.dependence import coverage_of_sources, layers_above, stake_of
from layers.table.knowledge import known_of, weight_known
from layers.terms import AdminLevel, Method, Unit
from tests.toy import COUNTRY, SCENARIO

TABLE = (
    "Distrito;Provincia;Casos\n"
    "Alfa;Provincia 0101;10\nBeta;Provincia 0101;20\n=Nada;Provincia 0101;3\n"
    "Gama;Provincia 0102;muchos\n"
)


@pytest.fixture
def views(toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path) -> Views:
    write_build(toy_build, tmp_path / "seen")
    stored = read_build(tmp_path / "seen")
    return Views(stored, toy[0], SCENARIO, make_geometries(stored, COUNTRY))


def send(visitor: Visitor, name: str, data: bytes) -> None:
    contents = f"data:text/plain;base64,{base64.b64encode(data).decode()}"
    visitor.change("own-sent", "data", {"name": name, "contents": contents, "t": 1})


def act(visitor: Visitor, name: str, **told: str) -> None:
    visitor.change("own-act", "data", {"act": name, **told, "t": 2})


def text_of(component: Any) -> str:
    return json.dumps(component, ensure_ascii=False)


def asked_for(visitor: Visitor) -> dict[str, Any]:
    return {
        json.loads(part)["name"]: value
        for (part, prop), value in visitor.values.items()
        if part.startswith("{") and json.loads(part)["type"] == "own-ask" and prop == "value"
    }


def test_a_file_is_seen_by_who_brought_it_and_by_nobody_else(toy_page: Dash) -> None:
    client, other = toy_page.server.test_client(), toy_page.server.test_client()
    visitor = Visitor(client)
    visitor.open("/datos?part=yours")
    send(visitor, "casos.csv", TABLE.encode("latin-1"))
    assert asked_for(visitor)["value"] == "Casos"
    assert "separado por punto y coma" in text_of(visitor.values["own-preview", "children"])
    act(visitor, "check")
    told = text_of(visitor.values["own-report", "children"])
    assert "cifra que no se lee" in told
    act(visitor, "use")
    assert visitor.values["view", "data"] == "/datos?layer=own_1&part=yours"
    paint = visitor.values["paint", "data"]
    assert paint["title"] == "Casos (suyo, no aceptado)"
    assert [value for value in paint["values"] if value is not None] == [10, 20]
    assert "own_1" in text_of(visitor.values["layer", "options"])
    visitor.change("page", "data", "priorities")
    visitor.change("picked", "data", {"u": "010102"})
    assert "suyo, no aceptado" in text_of(visitor.values["card", "children"])

    stranger = Visitor(other)
    stranger.open("/datos?layer=own_1&part=yours")
    assert stranger.values["view", "data"] == "/datos?part=yours"
    assert "layer=own_1" in stranger.values["notice", "children"]
    seen = text_of(list(map(str, stranger.values.values())))
    assert "casos.csv" not in seen
    assert "own_1" not in text_of(stranger.values["layer", "options"])
    assert other.get("/own/report.csv").status_code == 404

    report = client.get("/own/report.csv?lang=es")
    assert report.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(report.text.removeprefix("\ufeff"))))
    assert len(rows) == 5
    assert rows[3][3] == "'=Nada"
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert cookie.value not in visitor.values["view", "data"]

    visitor.change("page", "data", "data")
    act(visitor, "remove", own="own_1")
    assert visitor.values["view", "data"].startswith("/datos?")
    assert "own_1" not in visitor.values["view", "data"]


def test_a_refusal_is_one_sentence_in_the_language_of_the_visitor(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/datos?part=yours")
    send(visitor, "foto.geojson", b"\x89PNG\r\n\x1a\n")
    told = text_of(visitor.values["own-preview", "children"])
    assert "No se puede usar: foto.geojson se llama geojson y por dentro es otra cosa" in told
    visitor.change("language", "value", "en")
    assert "foto.geojson is called geojson and is something else" in text_of(
        visitor.values["own-preview", "children"]
    )
    point = {"type": "Point", "coordinates": [280_000, 8_660_000]}
    metres = {"type": "Feature", "properties": {}, "geometry": point}
    send(visitor, "utm.geojson", json.dumps(metres).encode())
    assert "are metres and no degrees" in text_of(visitor.values["own-preview", "children"])
    assert "system" in asked_for(visitor)


def test_nobody_accepts_where_the_page_is_not_the_machine_s_own(toy_page: Dash) -> None:
    visitor = Visitor(toy_page.server.test_client())
    visitor.open("/datos?part=yours")
    send(visitor, "pin.csv", b"Distrito,Provincia,Salud\nAlfa,Provincia 0101,3\n")
    assert asked_for(visitor)["kind"] == "need"
    act(visitor, "check")
    assert "publisher" not in asked_for(visitor)
    act(visitor, "accept")
    assert "no se guard" not in text_of(visitor.values["own-report", "children"])


def test_an_editor_keeps_a_file_for_everybody(
    toy_build: Build, toy: tuple[Catalogue, Places], tmp_path: Path
) -> None:
    store = tmp_path / "editor"
    write_build(toy_build, store)
    app = create_app(read_build(store), decisions=store)
    visitor = Visitor(app.server.test_client())
    visitor.open("/datos?part=yours")
    send(visitor, "pin.csv", b"Distrito,Provincia,Salud\nAlfa,Provincia 0101,3\n")
    act(visitor, "check")
    field = '{"name":"publisher","type":"own-ask"}'
    act(visitor, "accept")
    assert "Toda cifra lleva su fuente" in text_of(visitor.values["own-report", "children"])
    for name, value in (("publisher", "GTRM"), ("vintage", "2026-03")):
        visitor.values[field.replace("publisher", name), "value"] = value
    act(visitor, "accept")
    assert "geoapp build" in text_of(visitor.values["own-report", "children"])
    (kept,) = LoadedFolder(store / "loaded").files()
    assert (kept.kind, kept.publisher, kept.name) == ("need", "GTRM", "pin.csv")


def test_the_parts_of_the_page_are_in_the_address(toy_page: Dash) -> None:
    client = toy_page.server.test_client()
    visitor = Visitor(client)
    visitor.open("/datos?part=quality&layer=quality_own&u=010101")
    assert "Qué se sabe de Alfa" in text_of(visitor.values["data-list", "children"])
    assert visitor.values["paint", "data"]["title"] == "Peso con cifra propia"
    assert visitor.values["layer", "value"] == "quality_own"
    visitor.change("asked", "data", {"address": "/datos?part=missing&lang=en"})
    told = text_of(visitor.values["data-list", "children"])
    assert "download the template" in told
    assert "does not enter the score today" in told
    assert client.get("/template/need").status_code == 200
    for wrong in ("template/nada", "template/..%2f..%2fpyproject.toml", "template/a/b", "own/x"):
        assert client.get(f"/{wrong}").status_code == 404


def test_sources_are_found_and_sorted(views: Views) -> None:
    view = ViewState(page=Page.DATA, part=DataPart.SOURCES)
    every = source_rows(views, view)
    assert len(every) == len(views.stored.build.statuses)
    found = source_rows(views, view.with_(find="RÉSIDENTS"))
    assert found
    assert len(found) < len(every)
    by_layers = source_rows(views, view.with_(order=SourceOrder.LAYERS))
    had = [len(row.layers) for row in by_layers if not row.status.problem]
    assert had == sorted(had, reverse=True)
    ages = [row.age for row in source_rows(views, view.with_(order=SourceOrder.AGE))]
    known = [age for age in ages if not math.isnan(age)]
    assert known == sorted(known, reverse=True)


def test_coverage_counts_the_units_with_a_figure(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    values = table.values["toy_uninsured"]
    found = coverage_of_sources(table, toy[0])
    source = toy[0].layer("toy_uninsured").source
    assert found[str(source)] == pytest.approx(100 * values.notna().mean())
    assert all(0 <= share <= 100 for share in found.values())


def test_what_is_known_is_weighed_as_the_score(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    weights = {"toy_people": 1.0, "toy_uninsured": 3.0}
    found = weight_known(table, toy[0], weights)
    kinds = known_of(table.methods[list(weights)])
    for unit in table.values.index:
        shares = {"toy_people": 25.0, "toy_uninsured": 75.0}
        known = sum(share for name, share in shares.items() if kinds.at[unit, name] != "missing")
        own = sum(share for name, share in shares.items() if kinds.at[unit, name] == "own")
        assert found.loc[unit].tolist() == [known, own]
    soft = pd.DataFrame({"a": [method.value for method in Method]})
    told = dict(zip(soft["a"], known_of(soft)["a"], strict=True))
    assert told["observed"] == told["zonal"] == "own"
    assert told["missing"] == "missing"
    assert {told[name] for name in ("spread", "inherited", "modelled")} == {"borrowed"}


def test_stakes_follow_what_is_computed_from_a_layer(
    toy_build: Build, toy: tuple[Catalogue, Places]
) -> None:
    table = toy_build.levels[AdminLevel.DISTRICT].table
    stake = stake_of(table, toy[0], ["toy_uninsured"], dict(SCENARIO.weights))
    assert (stake.of, stake.weight) == (6, 75.0)
    assert stake_of(table, toy[0], ["not_there"], dict(SCENARIO.weights)).units == 6
    assert stake_of(table, toy[0], [], dict(SCENARIO.weights)).weight == 0
    assert "toy_uninsured" in layers_above(toy[0], ["toy_uninsured"])


def test_the_shelf_is_bounded_in_number_bytes_and_age() -> None:
    now = [0.0]
    shelf = Shelf(clock=lambda: now[0])
    first, _ = shelf.open("")
    assert len(first) >= 40
    assert shelf.open("guessed")[0] != "guessed"
    words = [shelf.open("")[0] for _ in range(MAX_SPACES)]
    assert shelf.find(first) is None
    assert shelf.find(words[-1]) is not None
    now[0] += 1
    word, space = shelf.open(words[-1])
    assert word == words[-1]
    space.size = MAX_BYTES + 1
    shelf.open("")
    assert shelf.find(words[0]) is None
    _, kept = shelf.open("")
    for number in range(MAX_LAYERS + 2):
        kept.add(
            title=str(number),
            file="f",
            unit=Unit.COUNT,
            level=AdminLevel.DISTRICT,
            figures=pd.Series(dtype=float),
        )
    assert len(kept.layers) == MAX_LAYERS
    assert "own_1" not in kept.layers
    folder = kept.folder
    now[0] += MAX_AGE + 1
    assert shelf.find(words[-1]) is None
    assert not folder.exists()


def test_the_report_is_inert_in_a_spreadsheet() -> None:
    row = {
        "row": 2,
        "state": "unmatched",
        "code": "=1+1",
        "name": "@x",
        "cell": "-5",
        "unit": "",
        "reason": "code_unknown",
        "nearest": ["010101 Alfa"],
    }
    line = list(csv.reader(io.StringIO(report_csv([row], "es"))))[1]
    assert line[2:5] == ["'=1+1", "'@x", "'-5"]
