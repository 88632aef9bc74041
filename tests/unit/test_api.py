"""The API over the toy country: standards, answers counted by hand, refusals and readers."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import geopandas as gpd
import pytest
import schemathesis
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from pystac.validation import validate_dict
from schemathesis import GenerationMode

from geoapp.api import routes
from geoapp.api.html import html_of
from geoapp.api.operation import Operation
from geoapp.api.operations import OPERATIONS
from geoapp.app import create_app
from geoapp.app.address import encode
from geoapp.app.state import ViewState
from geoapp.numbers import show_range
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from layers.built import Build
from layers.countries import COUNTRIES
from layers.decide.score import rank_units
from layers.errors import LayersError
from layers.pipeline import build
from layers.spec import Catalogue, DisclosureRules
from layers.terms import AdminLevel, Sensitivity
from tests.loopback import listening
from tests.toy import COUNTRY, DISTRICTS, MIGRANTS, SCENARIO, as_country
from tests.toy_whole import WHOLE_COUNTRY, make_whole_toy

EXAMPLES = 6
"""Of each question, right and wrong: bounded and the same in every run."""
OTHER = "https://example.org"
GAMA = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
"""The square of 010201, with 99 of the migrants of the census."""


def restricted(catalogue: Catalogue) -> Catalogue:
    layers = {
        name: replace(layer, sensitivity=Sensitivity.RESTRICTED)
        if name in ("toy_people", "toy_migrants", "toy_in_need")
        else layer
        for name, layer in catalogue.layers.items()
    }
    return replace(catalogue, layers=layers)


def closing(catalogue: Catalogue, *closed: str) -> Catalogue:
    sources = {
        name: replace(spec, redistributable=name not in closed)
        for name, spec in catalogue.sources.items()
    }
    return replace(catalogue, sources=sources)


class Made:
    """The toy country, built once, and the pages over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue, self.places = make_whole_toy(folder / "mirror")
        self.catalogue = restricted(self.catalogue)
        COUNTRIES[COUNTRY.id] = as_country(self.catalogue, WHOLE_COUNTRY)
        self.built = build(self.catalogue, WHOLE_COUNTRY, self.places)

    def app(self, catalogue: Catalogue | None = None, built: Build | None = None) -> Dash:
        made = built or self.built
        write_build(made, self.folder / made.hash)
        stored = read_build(self.folder / made.hash)
        return create_app(stored, catalogue or self.catalogue, SCENARIO, origins=(OTHER,))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTRIES, COUNTRY.id, as_country(Catalogue()))
        yield Made(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def page(made: Made) -> Dash:
    return made.app()


@pytest.fixture(autouse=True)
def whole_toy(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COUNTRIES, COUNTRY.id, as_country(made.catalogue, WHOLE_COUNTRY))


@pytest.fixture
def client(page: Dash) -> FlaskClient:
    return page.server.test_client()


def path_of(link: dict[str, str]) -> str:
    return link["href"].removeprefix("http://localhost")


def linked(document: dict[str, Any], rel: str) -> list[str]:
    return [path_of(link) for link in document["links"] if link["rel"] == rel]


def test_every_link_of_the_landing_page_is_answered(client: FlaskClient) -> None:
    home = client.get("/api").json
    assert client.get("/api/").json == home
    assert linked(home, "data") == ["/api/collections"]
    for link in home["links"]:
        answer = client.get(path_of(link), headers={"Accept": link["type"]})
        assert (answer.status_code, answer.content_type.partition(";")[0]) == (
            200,
            link["type"].partition(";")[0],
        ), link


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/collections",
        "/api/collections/district",
        "/api/collections/district/items?limit=2&bbox=0,0,3,2",
        "/api/collections/district/items/010201",
    ],
)
def test_an_answer_leads_to_itself_and_to_its_other_medium(client: FlaskClient, path: str) -> None:
    # Required by the core of OGC API - Features of who answers in more than one medium.
    told = client.get(path).json
    assert linked(told, "self") == [path]
    media = {link["rel"]: link["type"] for link in told["links"]}
    is_geojson = "items" in path
    assert media["self"] == ("application/geo+json" if is_geojson else "application/json")
    assert media["alternate"] == "text/html"
    (other,) = linked(told, "alternate")
    page = client.get(other)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    back = f"{path}{'&' if '?' in path else '?'}f=json"
    assert back.replace("&", "&amp;") in page.text
    assert client.get(back).mimetype == media["self"]


def test_a_collection_leads_to_its_items_in_both_media(client: FlaskClient) -> None:
    for told in client.get("/api/collections").json["collections"]:
        items = {link["type"]: path_of(link) for link in told["links"] if link["rel"] == "items"}
        assert set(items) == {"application/geo+json", "text/html"}
        for media, path in items.items():
            assert client.get(path).mimetype == media


def test_a_client_of_an_older_openapi_gets_plain_json(client: FlaskClient) -> None:
    # As GDAL and QGIS ask; GDAL 3.6 says ERROR where it gets a version that it does not know.
    older = "application/vnd.oai.openapi+json;version=3.0"
    asked = f"{older}, application/openapi+json;version=3.0, application/json"
    answer = client.get("/api/openapi.json", headers={"Accept": asked})
    assert answer.content_type == "application/json"
    own = "application/vnd.oai.openapi+json;version=3.1"
    for taken in (own, older, "*/*"):
        answer = client.get("/api/openapi.json", headers={"Accept": taken})
        assert answer.content_type == own


def test_each_answer_names_build_scenario_date_edition_and_licence(
    client: FlaskClient, made: Made
) -> None:
    for path in ("/api", "/api/ranking", "/api/collections/region/items", "/api/layers"):
        told = client.get(path).json["provenance"]
        assert told["build"] == made.built.hash
        assert told["date"] == made.built.on.isoformat()
        assert told["edition"] == "full"
        assert told["scenario"]["hash"] == SCENARIO.hash
    assert client.get("/api/ranking").json["provenance"]["licences"] == ["CC0-1.0"]
    assert client.get("/api/event?lon=1&lat=1&depth=10&magnitude=5").json["provenance"]["sources"]


def test_the_next_links_lead_through_every_unit_once(client: FlaskClient) -> None:
    found, path = [], "/api/collections/district/items?limit=4"
    while path:
        answer = client.get(path).json
        assert answer["numberMatched"] == len(DISTRICTS)
        assert answer["numberReturned"] == len(answer["features"]) <= 4
        found += [feature["id"] for feature in answer["features"]]
        path = next(iter(linked(answer, "next")), "")
    assert found == sorted(DISTRICTS)


@pytest.mark.parametrize(
    ("box", "units"),
    [
        ("0.2,0.2,0.8,0.8", ["010201"]),
        ("0.2,0.2,1.8,0.8", ["010201", "010202"]),
        ("0.2,0.2,0,0.8,0.8,9", ["010201"]),
        ("9,9,9.5,9.5", []),
        # From east to west: over the antimeridian.
        ("2.5,0.2,0.5,0.8", ["010201", "020102"]),
    ],
)
def test_a_box_keeps_the_units_that_it_meets(
    client: FlaskClient, box: str, units: list[str]
) -> None:
    answer = client.get(f"/api/collections/district/items?bbox={box}").json
    assert [feature["id"] for feature in answer["features"]] == units
    assert answer["numberMatched"] == len(units)
    one = client.get(f"/api/collections/district/items?bbox={box}&limit=1").json
    for path in linked(one, "next"):
        assert [feature["id"] for feature in client.get(path).json["features"]] == units[1:2]


def test_properties_are_layers_and_missing_is_null(client: FlaskClient, made: Made) -> None:
    table = made.built.levels[AdminLevel.DISTRICT].table
    for code in DISTRICTS:
        feature = client.get(f"/api/collections/district/items/{code}").json
        told = feature["properties"]
        assert feature["id"] == told["ubigeo"] == code
        for layer in table.sources:
            value = table.values.at[code, layer]
            assert told[layer] == (None if value != value else pytest.approx(value))
    assert client.get("/api/collections/district/items/010201").json["properties"][
        "toy_people"
    ] == pytest.approx(MIGRANTS["010201"])


def test_what_no_licence_lets_pass_on_is_nowhere(made: Made) -> None:
    shut = made.app(closing(made.catalogue, "toy_census")).server.test_client()
    feature = shut.get("/api/collections/district/items/010202").json
    assert {"toy_people", "toy_uninsured"}.isdisjoint(feature["properties"])
    # A model that rests on it stays.
    assert feature["properties"]["toy_in_need"] is not None
    assert "toy_people" in shut.get("/api/collections/district").json["left_out"]
    ranking = shut.get("/api/ranking").json
    assert ranking["left_out"] == ["toy_people", "toy_uninsured"]
    assert all(unit["contributions"] == {} for unit in ranking["units"])
    assert not next(
        row["is_open"]
        for row in shut.get("/api/layers").json["layers"]
        if row["id"] == "toy_people"
    )
    told = shut.get("/api/provenance/toy_in_need/010201").json
    assert told["value"] > 0
    steps = list(walk(told))
    assert {step["layer"] for step in steps if step["withheld"]} >= {"toy_people", "toy_uninsured"}
    for step in steps:
        if step["withheld"]:
            assert {"value", "formula", "inputs"}.isdisjoint(step)
        elif any(below["withheld"] for below in step["inputs"]):
            assert (step["formula"], step["terms"]) == (None, {})
    alone = shut.get("/api/provenance/toy_uninsured/010201")
    assert alone.json["record"]["source"] == "toy_census"
    assert "30" not in re.sub(r"sha256.*|20\d\d-\S*", "", json.dumps(alone.json, indent=0))


def walk(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield step
    for below in step.get("inputs", ()):
        yield from walk(below)


def test_an_open_chain_is_told_whole(client: FlaskClient) -> None:
    told = client.get("/api/provenance/toy_hazard_index/010201?lang=en").json
    assert not any(step["withheld"] for step in walk(told))
    assert told["recomputed"] == pytest.approx(told["value"])
    assert told["formula"]


def test_the_ranking_is_that_of_the_page(client: FlaskClient, made: Made) -> None:
    table = made.built.levels[AdminLevel.DISTRICT].table
    weights = SCENARIO.with_weights({SCENARIO.weights[0][0]: 3.0})
    view = ViewState(weights=((SCENARIO.weights[0][0], 3.0),), top=2)
    answer = client.get(f"/api/ranking{encode(view)[1:]}").json
    expected = rank_units(table, weights, made.catalogue).units
    assert [unit["ubigeo"] for unit in answer["units"]] == list(expected.index[:2])
    assert answer["scenario"]["hash"] == weights.hash
    # Filters leave places as they are.
    first = client.get("/api/ranking?region=02").json["units"]
    assert {unit["ubigeo"][:2] for unit in first} == {"02"}
    ranks = rank_units(table, SCENARIO, made.catalogue).units["rank"]
    assert {unit["ubigeo"]: unit["rank"] for unit in first} == {
        code: None if ranks[code] != ranks[code] else int(ranks[code])
        for code in DISTRICTS
        if code.startswith("02")
    }


def test_a_plan_of_the_offices_answers_the_choices_of_an_address(client: FlaskClient) -> None:
    answer = client.get("/api/focus?o=level:district,add:020101").json
    assert "020101" in {site["ubigeo"] for site in answer["sites"]}
    assert answer["question"]["sites"] == 4
    assert answer["objective"]["proven"] is True
    regions = client.get("/api/focus?o=part:regions").json
    assert {site["ubigeo"] for site in regions["sites"]} == {"01", "02"}
    refused = client.get("/api/focus?o=add:999999")
    assert (refused.status_code, "999999" in refused.json["detail"]) == (400, True)


def test_ground_holds_the_people_of_its_units(client: FlaskClient) -> None:
    answer = client.post("/api/event", json=GAMA).json
    assert answer["people"] == pytest.approx(2000)
    assert [unit["ubigeo"] for unit in answer["largest"]] == ["010201"]
    half = {"type": "Polygon", "coordinates": [[[0, 0], [0.5, 0], [0.5, 1], [0, 1], [0, 0]]]}
    part = client.post("/api/event", json={"type": "Feature", "properties": {}, "geometry": half})
    assert part.json["people"] == pytest.approx(1000)
    assert client.post("/api/event?buffer_km=1", json=GAMA).json["people"] > 2000


def test_a_small_count_of_an_event_is_a_range(client: FlaskClient) -> None:
    corner = [[1, 0], [1.2, 0], [1.2, 0.1], [1, 0.1], [1, 0]]
    answer = client.post("/api/event", json={"type": "Polygon", "coordinates": [corner]}).json
    assert answer["migrants"] == show_range(1, 4)


def test_the_public_edition_is_masked(made: Made) -> None:
    built = build(made.catalogue, WHOLE_COUNTRY, made.places, disclosure=DisclosureRules())
    public = made.app(built=built).server.test_client()
    feature = public.get("/api/collections/district/items/010202").json
    assert feature["provenance"]["edition"] == "public"
    assert feature["properties"]["toy_people"] is None
    assert feature["properties"]["toy_people_range"] == show_range(1, 4)
    assert public.get("/api/provenance/toy_people/010202").json["inputs"] == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/nowhere", 404, "/api"),
        ("/api/collections/galaxy", 404, "district, province, region"),
        ("/api/collections/galaxy/items", 404, "galaxy"),
        ("/api/collections/district/items/999999", 404, "999999"),
        ("/api/collections/district/items?limt=3", 400, "limit"),
        ("/api/collections/district/items?limit=0", 400, "limit='0'"),
        ("/api/collections/district/items?limit=1&limit=2", 400, "2"),
        ("/api/collections/district/items?bbox=1,2,3", 400, "bbox"),
        ("/api/collections/district/items?bbox=0,5,1,1", 400, "bbox"),
        ("/api/collections/district/items?bbox=nan,0,1,1", 400, "bbox"),
        ("/api/collections/district/items?datetime=yesterday", 400, "datetime"),
        ("/api/collections/district/items?datetime=2017-02-30", 400, "datetime"),
        ("/api/collections/district/items?datetime=../2017-13-01", 400, "datetime"),
        ("/api/ranking?w=nothing:3", 400, "w=nothing:3"),
        ("/api/ranking?k=0", 400, "k=0"),
        ("/api/ranking?region=99", 400, "region=99"),
        ("/api/ranking?f=xml", 400, "json"),
        ("/api/event", 400, "lon"),
        ("/api/event?lon=0&lat=0&depth=900&magnitude=5", 400, "depth"),
        ("/api/provenance/nothing/010101", 404, "nothing"),
        ("/api/provenance/toy_people/999999", 404, "999999"),
        ("/api/provenance/toy_people/x", 404, "x"),
        ("/api/stac/nothing", 404, "rasters"),
        ("/api/stac/rasters/items/nothing", 404, "nothing"),
        ("/api/rasters/toy_census", 404, "toy_census"),
    ],
)
def test_a_refusal_says_why_in_one_sentence(
    client: FlaskClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert said in answer.json["detail"]
    assert "ETag" not in answer.headers
    both = "&" if "?" in path else "?"
    english = client.get(f"{path}{both}lang=en").json["detail"]
    assert english != answer.json["detail"]


def test_methods_media_and_sizes_are_refused_as_http_has_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = client.post("/api/collections")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert refused.content_type == "application/problem+json"
    both = client.delete("/api/event")
    assert (both.status_code, both.headers["Allow"]) == (405, "GET, POST")
    assert client.post("/api/nowhere").status_code == 404
    assert client.get("/api", headers={"Accept": "image/png"}).status_code == 406
    assert client.post("/api/event", data=b"x", content_type="text/csv").status_code == 415
    assert client.post("/api/event", data=b"{}", content_type="application/json").status_code == 400
    assert client.post("/api/event", data=b"<x/>", content_type="text/xml").status_code == 400
    monkeypatch.setattr(routes, "MOST_BODY", 10)
    assert client.post("/api/event", json=GAMA).status_code == 413


def test_what_is_no_fault_of_the_question_is_told_and_logged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*given: object, **more: object) -> None:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr("geoapp.api.decide.ranking_answer", fails)
    answer = client.get("/api/ranking")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert "secret" in caplog.text


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, encoding: str) -> None:
    takes = {"Accept-Encoding": encoding}
    first = client.get("/api/ranking", headers=takes)
    known = {**takes, "If-None-Match": first.headers["ETag"]}
    again = client.get("/api/ranking", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/ranking?k=1", headers=known).status_code == 200
    assert client.get("/api/ranking", headers={**known, "Accept": "text/html"}).status_code == 200


def test_only_named_sites_may_read_and_only_read(client: FlaskClient, toy_page: Dash) -> None:
    named = client.get("/api", headers={"Origin": OTHER})
    assert named.headers["Access-Control-Allow-Origin"] == OTHER
    allow = "Access-Control-Allow-Origin"
    assert allow not in client.get("/api", headers={"Origin": "https://other.org"}).headers
    assert allow not in client.post("/api/event", json=GAMA, headers={"Origin": OTHER}).headers
    assert allow not in client.get("/healthz", headers={"Origin": OTHER}).headers
    none = toy_page.server.test_client().get("/api", headers={"Origin": OTHER})
    assert allow not in none.headers
    assert read_settings({"GEOAPP_CORS": f"{OTHER} http://a.b:1"}).origins == (
        OTHER,
        "http://a.b:1",
    )
    for wrong in ("*", "example.org", f"{OTHER}/path"):
        with pytest.raises(LayersError, match="GEOAPP_CORS"):
            read_settings({"GEOAPP_CORS": wrong})


def test_pages_are_text_whatever_an_answer_says(client: FlaskClient) -> None:
    page = client.get("/api/collections/district/items/010101", headers={"Accept": "text/html"})
    assert page.content_type.startswith("text/html")
    assert "Alfa" in page.text
    assert "<b>" not in html_of({"<b>": ["<b>"]}, "<b>", "es", "<b>")
    odd = client.get("/api/collections/district/items?f=html&datetime=2017-01-01/..&limit=1").text
    assert '<a href="http://localhost/api/collections/district">' in odd


def test_the_description_is_valid_and_tells_every_route(client: FlaskClient, page: Dash) -> None:
    document = client.get("/api/openapi.json").json
    validate(document)
    told = {(path, method) for path, of_path in document["paths"].items() for method in of_path}
    routed = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api")) or "/", method.lower())
        for rule in page.server.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert told == routed
    assert len(told) == len(OPERATIONS)


CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.response_headers_conformance,
    schemathesis.checks.unsupported_method,
)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.id)
def test_no_question_breaks_the_api_nor_its_schemas(
    page: Dash, one: Operation, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", page.server)
    asked = schema[one.path or "/"][one.method]
    if mode is GenerationMode.NEGATIVE and not (one.parts or one.taken):
        pytest.skip("takes nothing that could be wrong")

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=asked.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        plain = {"Accept-Encoding": "identity"}
        case.call_and_validate(checks=list(CHECKS), headers=plain)

    ask()


def test_stac_is_valid(client: FlaskClient) -> None:
    catalogue = client.get("/api/stac").json
    assert validate_dict(catalogue)
    for name in linked(catalogue, "child"):
        told = client.get(name).json
        assert validate_dict(told)
        items = linked(told, "item")
        assert items, name
        for path in items:
            assert validate_dict(client.get(path).json)


def test_only_what_may_be_passed_on_has_an_address(client: FlaskClient, made: Made) -> None:
    item = client.get("/api/stac/rasters/items/toy_heat").json
    picture = item["assets"]["toy_heat_celsius"]["href"].removeprefix("http://localhost")
    assert client.get(picture).data.startswith(b"\x89PNG")
    shut = made.app(closing(made.catalogue, "toy_heat")).server.test_client()
    told = shut.get("/api/stac/rasters/items/toy_heat").json
    assert (told["assets"], told["properties"]["is_open"]) == ({}, False)


def test_versions_are_the_builds_of_the_store(made: Made, tmp_path: Path) -> None:
    write_build(replace(made.built, hash="older"), tmp_path)
    write_build(made.built, tmp_path)
    (tmp_path / "builds" / "torn").mkdir()
    (tmp_path / "builds" / "torn" / "manifest.json").write_text("{")
    client = create_app(read_build(tmp_path), made.catalogue, SCENARIO).server.test_client()
    paths = linked(client.get("/api/stac/versions").json, "item")
    now, older = (client.get(path).json for path in paths)
    assert (now["id"], older["id"]) == (made.built.hash, "older")
    assert set(now["assets"]) == {"district", "province", "region"}
    assert older["properties"]["deprecated"]
    assert not older["assets"]


@pytest.fixture
def served(page: Dash) -> Iterator[str]:
    with listening(page.server, threads=2) as port:
        yield f"http://127.0.0.1:{port}/api"


def test_geopandas_reads_the_items(served: str, made: Made) -> None:
    frame = gpd.read_file(f"{served}/collections/district/items?limit=100")
    assert list(frame["ubigeo"]) == sorted(DISTRICTS)
    assert frame.crs.to_epsg() == 4326
    assert set(frame.geom_type) == {"MultiPolygon"}
    assert frame.to_crs(COUNTRY.area_crs).area.sum() > 6e10
    assert frame.set_index("ubigeo").at["010201", "toy_people"] == pytest.approx(99)


def test_gdal_reads_the_api_page_by_page(served: str) -> None:
    # A process of its own, in which the drivers that the product does without are there.
    script = (
        "import pyogrio, sys;"
        "frame = pyogrio.read_dataframe(f'OAPIF:{sys.argv[1]}', layer='district',"
        " PAGE_SIZE='4', use_arrow=False);"
        "print(','.join(frame['ubigeo']), frame.geometry.area.sum())"
    )
    unguarded = {k: v for k, v in os.environ.items() if k not in ("OGR_SKIP", "GDAL_SKIP")}
    read = subprocess.run(
        [sys.executable, "-c", script, served],
        capture_output=True,
        text=True,
        check=False,
        env=unguarded,
    )
    assert read.stdout.split() == [",".join(sorted(DISTRICTS)), "6.0"], read.stderr


def test_the_page_of_the_api_tells_every_address_and_no_other(
    client: FlaskClient, page: Dash
) -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    for one in OPERATIONS:
        assert f"/api{one.path}" in told, one.path
    by_id = {one.id: one for one in OPERATIONS}
    adapter = page.server.url_map.bind("localhost")
    examples = re.findall(r"http://127\.0\.0\.1:8050(/api[^\s'\"`>)]*)", told)
    assert len(examples) > 10
    for example in examples:
        path, _, query = example.partition("?")
        method = "POST" if "buffer_km" in query else "GET"
        endpoint, _ = adapter.match(path, method=method)
        known = {parameter.name for parameter in by_id[endpoint.removeprefix("api.")].taken}
        assert {name for name, _ in parse_qsl(query)} <= known, example
