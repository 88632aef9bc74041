"""Requests that no page of ours sends, and visitors who come to stand in the way."""

import base64
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.app.event_statement import footprint_asked
from geoapp.app.security import MAX_BODY
from geoapp.serving import LIMITS
from geoapp.store.builds import read_build, write_build
from geoapp.work.apart import Limits, check_footprint_apart
from layers.built import Build
from layers.countries import COUNTRIES
from layers.errors import LayersError, UserFileError
from layers.pipeline import build
from layers.sources.locate import Places
from layers.spec import Catalogue
from tests.loopback import listening
from tests.toy import COUNTRY, as_country, make_toy
from tests.unit.test_event import geotiff

POST = "/_dash-update-component"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """One page for all that asks and changes nothing."""
    folder = tmp_path_factory.mktemp("page")
    catalogue, places = make_toy(folder / "mirror")
    with pytest.MonkeyPatch.context() as known:
        known.setitem(COUNTRIES, COUNTRY.id, as_country(catalogue))
        write_build(build(catalogue, COUNTRY, places), folder)
        yield create_app(read_build(folder)).server.test_client()


@pytest.mark.fault(45)
@pytest.mark.parametrize("path", [POST, "/event/brief.pdf"])
def test_a_body_over_the_limit_is_413(path: str, client: FlaskClient) -> None:
    answer = client.post(path, data=bytes(MAX_BODY + 1), content_type="application/json")
    assert answer.status_code == 413


def callback_of(client: FlaskClient) -> dict[str, Any]:
    """Return a question as the page asks it, of the first callback that asks anything."""
    wired = client.get("/_dash-dependencies").json
    one = next(one for one in wired if one["inputs"] and "{" not in one["output"])
    inputs = [{**asked, "value": None} for asked in one["inputs"]]
    name, _, what = one["output"].strip(".").partition("...")[0].rpartition(".")
    outputs = {"id": name, "property": what}
    changed = [f"{inputs[0]['id']}.{inputs[0]['property']}"]
    return {
        "output": one["output"],
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": changed,
    }


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    "spoil",
    [
        {"inputs": None},
        {"inputs": "x"},
        {"inputs": [{"id": 1}]},
        {"inputs": [[]]},
        {"outputs": "x"},
        {"outputs": [1, 2]},
        {"output": "..a.b...c.d.."},
        {"output": ["x"]},
        {"state": 5},
        {"changedPropIds": 7},
    ],
)
def test_a_callback_that_is_malformed_is_400_and_tells_nothing(
    spoil: dict[str, Any], client: FlaskClient
) -> None:
    answer = client.post(POST, json={**callback_of(client), **spoil})
    assert answer.status_code == 400
    assert set(answer.json) == {"error", "id"}
    assert answer.json["error"] == "Bad Request"


@pytest.mark.fault(46)
@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"properties": None},
        {"properties": {"u": {"a": []}}},
        "x" * 9000,
        "../settings",
        -1e308,
        [[[[[]]]]],
        {"id": None, "value": {}},
    ],
)
def test_no_value_of_a_callback_ends_in_500(
    value: Any, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*args: object, **options: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    for one in client.get("/_dash-dependencies").json:
        given = [{**asked, "value": value} for asked in one["inputs"]]
        state = [{**asked, "value": value} for asked in one["state"]]
        several = one["output"].startswith("..")
        parts = one["output"].strip(".").split("...") if "." in one["output"] else []
        outputs = [
            dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts
        ]
        asked = {
            "output": one["output"],
            "outputs": outputs[0] if parts and not several else outputs,
            "inputs": given,
            "state": state,
            "changedPropIds": [f"{given[0]['id']}.{given[0]['property']}"] if given else [],
        }
        answer = client.post(POST, json=asked)
        assert answer.status_code in (200, 204, 400), (one["output"], answer.status_code)
        assert "Traceback" not in answer.text


@pytest.mark.fault(47)
@pytest.mark.parametrize("method", ["post", "delete"])
def test_a_foreign_page_changes_nothing(method: str, client: FlaskClient) -> None:
    path = POST if method == "post" else "/offices/progress"
    answer = getattr(client, method)(path, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.fault(48)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_a_form_could_send_is_not_taken(kind: str, client: FlaskClient) -> None:
    question = json.dumps(callback_of(client))
    assert client.post(POST, data=question, content_type=kind).status_code == 415


LEAVING = [
    "/assets/../pyproject.toml",
    "/assets/..%2f..%2fpyproject.toml",
    "/assets/%2e%2e/%2e%2e/settings.py",
    "/assets//etc/passwd",
    "/vendor/..%2f__init__.py",
    "/vendor/..\\__init__.py",
    "/tiles/..%2f..%2f1",
    "/tiles/1/0/..%2f..%2fmetadata.json",
    "/template/../need.csv",
    "/template/..%2f..%2fREADME.md",
    "/geometry/..%2f..%2fCURRENT",
    "/words/..%2fes.json",
    "/overlay/..%2f..%2fx.png",
    "/points/district-..%2f..%2fx.bin",
    "/firmness/x/..%2fdistrict.json",
    "/_dash-component-suites/dash/..%2f..%2f..%2fetc/passwd",
    "/_dash-component-suites/os/path.py",
    "/_dash-component-suites/geoapp/settings.py",
    "/etc/passwd",
    "//evil.example/x",
    "/.git/config",
    "/%00",
]


@pytest.mark.fault(49)
@pytest.mark.parametrize("path", LEAVING)
def test_no_path_leaves_what_is_served(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.fault(50)
def test_a_level_or_file_that_is_none_is_not_found(client: FlaskClient) -> None:
    for path in (
        "/points/galaxy-0.bin",
        "/firmness/x/galaxy.json",
        "/overlay/x.svg",
        "/tiles/1/0/1",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/tiles/1/99999999999999999999/1").status_code == 404


@pytest.mark.fault(51)
@pytest.mark.parametrize(
    "asked", ["bytes=9999999-", "bytes=5-1", "bytes=-0", "bytes=a-b", "x", "bytes=0-0,2-2,4-4"]
)
def test_a_range_that_cannot_be_had_is_told(asked: str, client: FlaskClient) -> None:
    answer = client.get("/vendor/README.md", headers={"Range": asked})
    assert answer.status_code in (200, 206, 416)
    if asked == "bytes=9999999-":
        assert answer.status_code == 416


@pytest.mark.fault(52)
def test_the_host_that_is_asked_for_is_repeated_nowhere(client: FlaskClient) -> None:
    for path in ("/", "/territorio", "/datos/", "/assets", "/_dash-layout"):
        answer = client.get(
            path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        assert "evil.example" not in answer.text
        assert "evil.example" not in str(answer.headers)


@pytest.fixture
def served() -> Iterator[int]:
    """A server as `geoapp serve` makes it, of one page of one word."""

    def page(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]

    with listening(page, **LIMITS) as port:
        yield port


@pytest.mark.fault(60)
def test_hundreds_who_connect_and_say_nothing_keep_nobody_waiting(served: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", served)) for _ in range(400)]
    for slow in idle[::2]:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    with socket.create_connection(("127.0.0.1", served)) as visitor:
        visitor.settimeout(30)
        visitor.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = visitor.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"Server:" not in answer
    for one in idle:
        one.close()


@pytest.mark.fault(60)
def test_headers_without_an_end_are_cut(served: int) -> None:
    with socket.create_connection(("127.0.0.1", served)) as visitor:
        visitor.settimeout(30)
        visitor.sendall(b"GET / HTTP/1.1\r\nX-Long: " + b"a" * (64 << 10) + b"\r\n\r\n")
        assert visitor.makefile("rb").readline().startswith(b"HTTP/1.0 431")


@pytest.mark.fault(73)
def test_without_a_network_the_page_starts_and_answers(
    toy_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    write_build(toy_build, tmp_path)
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    client = create_app(read_build(tmp_path)).server.test_client()
    assert client.get("/").status_code == 200
    assert client.get("/readyz").json["status"] == "ready"


@pytest.mark.fault(71)
def test_readiness_says_that_the_newest_build_is_not_used(toy_build: Build, tmp_path: Path) -> None:
    for name in ("aa", "bb"):
        write_build(replace(toy_build, hash=name), tmp_path)
    (tmp_path / "builds" / "bb" / "manifest.json").write_bytes(b"{}")
    client = create_app(read_build(tmp_path)).server.test_client()
    told = client.get("/readyz").json
    assert (told["status"], told["build"], told["is_former"]) == ("ready", "aa", True)


def statement(name: str, data: bytes) -> dict[str, Any]:
    """Return a file of an event as the page sends it."""
    contents = f"data:;base64,{base64.b64encode(data).decode()}"
    return {"way": "file", "name": name, "contents": contents}


@pytest.mark.fault(12)
@pytest.mark.parametrize(
    ("name", "data", "is_apart"),
    [
        ("raster.tif", geotiff(np.full((4, 6), 7.0)), True),
        ("list.xlsx", b"PK\x03\x04" + bytes(99), True),
        ("large.geojson", b'{"type": "Feature", "x": "' + b" " * (300 << 10) + b'"}', True),
        ("small.geojson", b'{"type": "Feature"}', False),
    ],
)
def test_a_file_of_an_event_that_may_cost_much_is_tried_in_a_process_of_its_own(
    name: str,
    data: bytes,
    is_apart: bool,
    toy_build: Build,
    toy: tuple[Catalogue, Places],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def too_long(data: bytes, name: str, *more: object) -> None:
        asked.append(name)
        raise UserFileError("{name} takes too long to read; cut it", name=name)

    monkeypatch.setattr("geoapp.app.event_statement.check_footprint_apart", too_long)
    views = SimpleNamespace(stored=SimpleNamespace(build=toy_build))
    with pytest.raises(LayersError) as refused:
        footprint_asked(views, statement(name, data), "")  # type: ignore[arg-type]
    assert (asked == [name], "too long" in str(refused.value)) == (is_apart, is_apart)


@pytest.mark.fault(12)
def test_a_footprint_beyond_its_limits_ends_its_process_and_not_the_server() -> None:
    districts = pd.DataFrame({name: ["010101"] for name in ("ubigeo", "reniec", "name")})
    data = geotiff(np.full((40, 60), 7.0))
    options = {"buffer_km": 0.0, "thresholds": (0.5,)}
    check_footprint_apart(data, "r.tif", districts, options)
    check_footprint_apart(data[:200], "r.tif", districts, options)
    with pytest.raises(UserFileError, match="takes too long"):
        check_footprint_apart(data, "r.tif", districts, options, Limits(seconds=0.01))
