"""geoapp fetch and geoapp load --fetched on the toy country: from a service to a layer."""

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio.io import MemoryFile
from rasterio.transform import from_origin

from geoapp.store.builds import write_build
from layers.pipeline import build
from layers.spec import Catalogue, ServiceSpec, Takes
from layers.terms import AdminLevel
from tests.command import Run, run_words, speak_of
from tests.loopback import Server, reply, rules
from tests.recorded import (
    district_features,
    file_of,
    geojson_of,
    js,
    need,
    package,
    pages,
    service,
    works,
    zipped,
)
from tests.toy import COUNTRY, as_country, make_toy
from tests.unit.test_cli_load import built, with_needs
from tests.unit.test_docs_cli import check as check_documented

WHO = "quien+"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Path]:
    folder = tmp_path_factory.mktemp("toy")
    toy, places = make_toy(folder / "mirror")
    catalogue = with_needs(toy)
    write_build(build(catalogue, COUNTRY, places), folder / "store")
    return catalogue, folder


def services(server: Server) -> tuple[ServiceSpec, ...]:
    return (
        service(server, "hdx_boundaries", "/c", id="cod-ab-toy", feeds="boundaries"),
        service(
            server, "hapi_needs", "/n", id="hapi-needs", feeds="need_regions", needs_identifier=True
        ),
        service(
            server, "hapi_presence", "/p", id="hapi-presence", feeds="presence",
            needs_identifier=True,
        ),
        service(server, "worldpop", "/w", id="worldpop-toy", feeds="population_raster"),
        service(
            server, "arcgis", "/s", id="sigrid", takes=Takes.LAYER,
            known=(("inundaciones", "77", "flood_footprint"),),
        ),
        service(server, "open_data", "/d", id="datosabiertos", takes=Takes.DATASET),
    )  # fmt: skip


@pytest.fixture
def store(
    made: tuple[Catalogue, Path], server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    catalogue, folder = made
    shutil.copytree(folder / "store", tmp_path / "store")
    shutil.copytree(folder / "mirror", tmp_path / "mirror")
    monkeypatch.setenv("GEOAPP_HAPI_IDENTIFIER", WHO)
    country = replace(as_country(catalogue), services=services(server))
    speak_of(monkeypatch, tmp_path / "store", tmp_path / "mirror", country)
    command = sys.modules["geoapp.cli.fetch"]
    monkeypatch.setattr(command, "_rules", lambda patience: rules(allow_http=True))
    return tmp_path / "store"


@pytest.fixture
def run(store: Path) -> Run:
    return run_words


def figures(store: Path, layer: str, level: AdminLevel) -> dict[str, float]:
    values = built(store).levels[level].table.values[layer].dropna()
    return {str(code): float(value) for code, value in values.items()}


def load(run: Run, *words: str) -> dict[str, Any]:
    code, out, error = run("load", *words, "--json")
    assert code == 0, error
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_needs_of_hapi_stand_beside_those_that_are_modelled(
    run: Run, store: Path, server: Server
) -> None:
    before = figures(store, "pin_health", AdminLevel.DISTRICT)
    pages(server, "/n", [need("TY01", 30), need("TY02", 0), need("TY09", 5)])
    code, out, _ = run("fetch", "hapi-needs")
    assert code == 0
    assert "3 filas" in out
    assert "geoapp load need_regions --fetched 'hapi-needs'" in out
    # It has no licence: nobody but a person can say it.
    code, _, error = run("load", "--fetched", "hapi-needs")
    assert (code, "--licence" in error) == (2, True)
    answer = load(run, "--fetched", "hapi-needs", "--licence", "CC-BY-4.0", "--scheme", "inei")
    assert (answer["kind"], answer["rows"], answer["units"]) == ("need_regions", 3, 2)
    assert [(one["row"], one["reason"]) for one in answer["unplaced"]] == [(4, "code_unknown")]
    assert figures(store, "published_pin_health", AdminLevel.REGION) == {"01": 30, "02": 0}
    assert figures(store, "published_pin_health", AdminLevel.DISTRICT) == {}
    assert figures(store, "pin_health", AdminLevel.DISTRICT) == before
    (file,) = built(store).loaded
    assert (file.publisher, file.vintage, file.licence) == (
        "Servicio de Juguete",
        "2025-12-31",
        "CC-BY-4.0",
    )


def test_presence_names_partners_and_keeps_the_gap_unknown(
    run: Run, store: Path, server: Server
) -> None:
    here = {"admin_level": 2, "admin2_code": "TY0101"}
    pages(
        server,
        "/p",
        [works("TY01", "Ayuda", **here), works("TY01", "Cruz"), works("TY01", "Cruz", "WSH")],
    )
    assert run("fetch", "hapi-presence")[0] == 0
    answer = load(run, "--fetched", "hapi-presence", "--licence", "CC-BY-4.0", "--scheme", "inei")
    assert (answer["units"], answer["feeds"]) == (2, ["partners_count"])
    assert figures(store, "partners_count", AdminLevel.REGION) == {"01": 2}
    assert figures(store, "partners_count", AdminLevel.PROVINCE) == {"0101": 1}
    assert figures(store, "partners_count", AdminLevel.DISTRICT) == {}
    assert "gap_health" not in built(store).levels[AdminLevel.DISTRICT].table.values
    gap = json.loads(run("gap", "--level", "region", "--json")[1])
    check_documented("gap", gap)
    health = next(unit for unit in gap["units"] if unit["ubigeo"] == "01")["sectors"]["health"]
    assert (health["present"], health["reported_by"]) == (["Ayuda", "Cruz"], [])
    assert (health["gap"], health["unknown"]) == (None, health["need"])
    assert "presentes, sin cifras: Ayuda, Cruz" in run("gap", "--level", "region")[1]


def boundaries(server: Server, features: list[dict[str, Any]]) -> None:
    url = f"{server.url}/toy.geojson.zip"
    server.answers["/c/package_show?id=cod-ab-toy"] = [js(package(file_of(url, "GeoJSON")))]
    server.answers["/toy.geojson.zip"] = [reply(zipped(admin3__geojson=geojson_of(features)))]


def test_boundaries_of_hdx_make_a_map_of_districts_where_there_was_none(
    run: Run, store: Path, server: Server
) -> None:
    (store.parent / "mirror" / "toy_borders.geojson").unlink()
    assert run("build")[0] == 0
    assert built(store).is_coarse
    features = district_features("adm3_pcode", "TY")
    features[5]["properties"]["adm3_pcode"] = "TY099999"
    boundaries(server, features)
    assert run("fetch", "cod-ab-toy")[0] == 0
    answer = load(run, "--fetched", "cod-ab-toy")
    assert (answer["rows"], answer["units"], answer["feeds"]) == (6, 5, [])
    assert [(one["row"], one["code"]) for one in answer["unplaced"]] == [(6, "099999")]
    assert "1 districts have no boundary in it: 020102" in answer["notes"]
    made = built(store)
    assert list(made.levels) == [AdminLevel.DISTRICT, AdminLevel.PROVINCE, AdminLevel.REGION]
    assert list(made.levels[AdminLevel.DISTRICT].units.index) == [
        *("010101", "010102", "010201", "010202", "020101"),
    ]
    assert made.boundaries.absent == ("020102",)
    assert figures(store, "toy_people", AdminLevel.DISTRICT)["010201"] == 99
    assert run("load", "--remove", "boundaries")[0] == 0
    assert built(store).is_coarse


def raster() -> bytes:
    """Seven people in each of four rows of six half-degree cells."""
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=6, height=4, count=1, dtype="float32", crs="EPSG:4326",
            transform=from_origin(0, 2, 0.5, 0.5),
        ) as file:  # fmt: skip
            file.write(np.full((4, 6), 7, dtype="float32"), 1)
        return bytes(memory.read())


def test_ground_people_and_a_table_become_layers(run: Run, store: Path, server: Server) -> None:
    described = {"geometryType": "esriGeometryPolygon", "fields": [], "copyrightText": "CENEPRED"}
    server.answers["/s/77?f=json"] = [js(described)]
    server.answers["/s/77/query?where=1%3D1&returnCountOnly=true&f=json"] = [js({"count": 1})]
    query = "where=1%3D1&outFields=%2A&outSR=4326&f=geojson&resultRecordCount=2&resultOffset=0"
    server.answers[f"/s/77/query?{query}"] = [js({"features": district_features("OBJECTID")[:1]})]
    release = {
        "id": "1",
        "iso3": "TOY",
        "popyear": "2020",
        "date": "2020-11-01",
        "files": [f"{server.url}/toy.tif"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    server.answers["/w?iso3=TOY"] = [js({"data": [release]})]
    server.answers["/toy.tif"] = [reply(raster())]
    url = f"{server.url}/m.csv"
    wrapped = [package(file_of(url, "CSV"))["result"]]
    server.answers["/d/package_show?id=m"] = [js({"success": True, "result": wrapped})]
    server.answers["/m.csv"] = [reply("ubigeo;año;venezolanos\n010101;2024;60\n".encode("latin-1"))]
    asked = ("sigrid", "inundaciones", "worldpop-toy", "datosabiertos", "m")
    code, out, _ = run("fetch", *asked, "--json")
    assert code == 0
    check_documented("fetch", json.loads(out))
    own = ("--licence", "facts")
    ground = load(run, "--fetched", "sigrid inundaciones", "--vintage", "2024", *own, "--no-build")
    people = load(run, "--fetched", "worldpop-toy", "--no-build")
    assert (ground["kind"], people["kind"]) == ("flood_footprint", "population_raster")
    words = ("--fetched", "datosabiertos m", "--scheme", "inei", *own)
    code, _, error = run("load", *words)
    assert (code, "TIPO" in error) == (2, True)
    load(run, "migrants", *words)
    found = figures(store, "flood_footprint_pct", AdminLevel.DISTRICT)
    assert [code for code, share in found.items() if share > 1e-6] == ["010101"]
    assert found["010101"] == pytest.approx(100.0)
    people_of = figures(store, "population_raster_people", AdminLevel.DISTRICT)
    assert people_of["010101"] == pytest.approx(28)
    assert figures(store, "venezuelan_people", AdminLevel.DISTRICT)["010101"] == 60


def test_requests_that_cannot_be_understood_are_usage_errors(
    run: Run, store: Path, server: Server
) -> None:
    assert run("fetch", "sigrid")[0] == 2
    assert run("fetch", "nothing-like-it")[0] == 2
    assert "geoapp fetch --list" in run("load", "--fetched", "sigrid nada")[2]
    assert "geoapp fetch --list" in run("load", "--fetched", "nada")[2]
    listed = run("fetch", "--list")
    assert listed[0] == 0
    assert "geoapp fetch sigrid CAPA: Servicio de Juguete" in listed[1]
    assert "Con nombre: inundaciones" in listed[1]
    code, out, _ = run("fetch", "hapi-needs", "--dry-run")
    assert (code, "se preguntaría a" in out) == (0, True)
    assert server.asked == []


def test_a_service_that_fails_says_what_stays(run: Run, store: Path, server: Server) -> None:
    pages(server, "/n", [need("TY01", 30)])
    assert run("fetch", "hapi-needs")[0] == 0
    pages(server, "/n", [need("TY01", 30, gender="f")])
    code, out, _ = run("fetch", "hapi-needs")
    assert code == 1
    assert "sus columnas cambiaron (nuevas: gender)" in out
    assert "queda lo traído el" in out
    code, out, _ = run("fetch", "hapi-needs", "--json")
    (row,) = json.loads(out)
    assert (code, row["outcome"], row["reason"], bool(row["path"])) == (1, "failed", "schema", True)
    assert run("fetch", "hapi-needs", "--accept-schema")[0] == 0
    # What it says of itself gives no orders to the terminal that shows it.
    for listed in server.answers.values():
        listed[:] = [js({"detail": "\x1b]0;geoapp\x07 cerrado\x9b2J"})]
    code, out, _ = run("fetch", "hapi-needs")
    assert (code, "·]0;geoapp· cerrado·2J" in out) == (1, True)


ANSWERS = """datos/nombre;datos/telefono;datos/ubigeo;personas_venezolanas;_id;_uuid
Persona Uno;900000001;010101;40;1;a
Persona Dos;900000002;010101;20;2;b
Persona Tres;900000003;;5;3;c
"""


def test_answers_of_kobo_are_counted_and_nobody_is_kept(
    run: Run, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "respuestas.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    told = ("--publisher", "OIM", "--vintage", "2026-03", "--scheme", "inei")
    # Nobody has to know what made it: its columns say so.
    answer = load(run, "migrants", str(path), *told)
    assert (answer["rows"], answer["units"]) == (3, 1)
    assert [(one["row"], one["reason"]) for one in answer["unplaced"]] == [(4, "no_code_nor_name")]
    assert figures(store, "venezuelan_people", AdminLevel.DISTRICT)["010101"] == 60
    everything = b"".join(one.read_bytes() for one in store.rglob("*") if one.is_file())
    assert b"Persona" not in everything
    assert b"90000000" not in everything
    assert "Persona" not in json.dumps(answer)
    code, _, error = run("load", "seismic_zones", path, *told)
    assert (code, "not as seismic_zones" in error) == (1, True)
    # They are counted by codes of INEI, whatever codes or names the answers have.
    path.write_text(ANSWERS.replace(";010101;", ";910101;"), encoding="utf-8")
    load(run, "migrants", str(path), *told[:-1], "reniec")
    assert figures(store, "venezuelan_people", AdminLevel.DISTRICT)["010101"] == 60
    by_name = ANSWERS.replace("ubigeo", "distrito").replace(";010101;", ";Alfa;")
    path.write_text(by_name, encoding="utf-8")
    load(run, "migrants", str(path), *told[:-2])
    assert figures(store, "venezuelan_people", AdminLevel.DISTRICT)["010101"] == 60
    path.write_text(ANSWERS.replace(";010101;", ";;"), encoding="utf-8")
    places = tmp_path / "places.csv"
    code, _, error = run("load", "migrants", path, *told, "--report", places)
    assert (code, f"{path}: of 3 rows none has its place" in error) == (1, True)
    assert len(places.read_text(encoding="utf-8").splitlines()) == 4
    plain = tmp_path / "p.csv"
    plain.write_text("ubigeo,venezolanos\n010101,5\n", encoding="utf-8")
    code, _, error = run("load", "migrants", plain, *told, "--from", "hxl")
    assert (code, "no row of HXL tags" in error) == (1, True)
    code, _, error = run("load", "migrants", plain, *told, "--from", "kobo", "--no-build")
    assert code == 0
