"""What the log, the figures and the health answers tell of a server, and what they never tell."""

import io
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from geoapp.access.permits import ROUTES, Permit
from geoapp.app import create_app
from geoapp.logs import log_event, log_fault, start_logging
from geoapp.settings import read_settings
from geoapp.store.builds import read_build, write_build
from geoapp.store.formats import FORMAT
from layers.built import Build
from layers.errors import LayersError

SECRET = "Zenobia-4711"
"""Stands for a name, a place or a key that a visitor sends."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that this process logs, as ``geoapp serve`` writes it."""
    root = logging.getLogger()
    before = root.handlers, root.level, logging.getLogger("geoapp").level
    stream = io.StringIO()
    start_logging("json", "debug", stream)
    yield stream
    root.handlers, root.level = before[0], before[1]
    logging.getLogger("geoapp").setLevel(before[2])


def events(log: io.StringIO, event: str = "request") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [one for one in found if one["event"] == event]


def test_each_request_leaves_one_line(client: FlaskClient, log: io.StringIO) -> None:
    answer = client.get("/words/es.json?who=" + SECRET)
    (line,) = events(log)
    assert line == {
        "time": line["time"],
        "level": "info",
        "event": "request",
        "id": answer.headers["X-Request-Id"],
        "method": "GET",
        "route": "/words/<language>.json",
        "status": 200,
        "ms": line["ms"],
        "build": client.get("/readyz").get_json()["build"],
        "edition": "full",
    }
    assert line["time"].endswith("Z")
    assert line["ms"] >= 0


@pytest.fixture
def breaking(toy_page: Dash, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The page with an address whose work fails with what the visitor wrote."""
    rule = "/assets/break/<word>"
    monkeypatch.setitem(ROUTES, rule, Permit())

    @toy_page.server.get(rule)
    def fail(word: str) -> str:
        raise ArithmeticError(f"cannot count {word}")

    return toy_page.server.test_client()


def test_a_fault_is_found_in_the_log_by_its_id(breaking: FlaskClient, log: io.StringIO) -> None:
    answer = breaking.get(f"/assets/break/{SECRET}")
    assert answer.status_code == 500
    told = answer.get_json()
    assert told["id"] == answer.headers["X-Request-Id"]
    assert all(told["id"] in sentence for sentence in told["said"].values())
    (fault,) = [one for one in events(log, "fault") if one["id"] == told["id"]]
    assert (fault["kind"], fault["level"]) == ("ArithmeticError", "error")
    assert fault["route"] == "/assets/break/<word>"
    assert fault["at"][-1].startswith("unit/test_watch.py:")
    assert fault["at"][-1].endswith(" fail")
    assert [one["level"] for one in events(log)] == ["error"]


@pytest.mark.fault(57)
def test_nothing_that_a_visitor_sends_stands_in_the_log(
    breaking: FlaskClient, log: io.StringIO
) -> None:
    names = ("Authorization", "User-Agent", "Referer", "X-Request-Id", "X-Client")
    headers = dict.fromkeys(names, SECRET)
    # Refused, as it comes by a proxy.
    breaking.get("/", headers={"X-Forwarded-For": SECRET})
    breaking.set_cookie("geoapp_own", SECRET)
    for address in (
        f"/?u={SECRET}",
        f"/{SECRET}",
        f"/geometry/{SECRET}.geojson",
        f"/assets/break/{SECRET}",
        f"/template/{SECRET}",
        f"/overlay/{SECRET}.png",
        f"/tiles/1/1/{SECRET}",
    ):
        breaking.get(address, headers=headers)
        breaking.open(address, method=SECRET.upper(), headers=headers)
    for body in (b"{", json.dumps({"output": SECRET, SECRET: {}}).encode(), SECRET.encode()):
        for address in ("/_dash-update-component", "/event/brief.pdf"):
            breaking.post(address, data=body, content_type="application/json", headers=headers)
    written = log.getvalue()
    assert len(events(log)) == 21
    assert events(log, "fault")
    assert SECRET.casefold() not in written.casefold()
    assert "127.0.0.1" not in written


def test_a_library_says_where_and_not_what(log: io.StringIO) -> None:
    library = logging.getLogger("waitress")
    library.warning(f"Client disconnected while serving /{SECRET}")
    library.warning("Task queue depth is %d", 3)
    try:
        raise ValueError(SECRET)
    except ValueError:
        library.exception("Exception while serving /%s", SECRET)
    filled, template, fault = events(log, "library")
    assert "message" not in filled
    assert template["message"] == "Task queue depth is %d"
    assert (fault["kind"], fault["message"]) == ("ValueError", "Exception while serving /%s")
    assert template["at"][0].startswith("test_watch.py:")
    assert SECRET not in log.getvalue()


@pytest.mark.fault(57)
@rules(max_examples=30)
@given(words=st.text())
def test_an_error_never_repeats_its_words(words: str) -> None:
    stream = io.StringIO()
    handler = start_logging("json", "info", stream)
    try:
        raise LayersError("{name} cannot be read", name=words)
    except LayersError as error:
        log_fault(error, id="a1")
    finally:
        logging.getLogger().removeHandler(handler)
    (line,) = stream.getvalue().splitlines()
    told = json.loads(line)
    assert told["kind"] == "LayersError"
    assert set(told) == {"time", "level", "event", "id", "kind", "at"}


def test_text_is_one_line_too_and_the_least_level_holds(log: io.StringIO) -> None:
    stream = io.StringIO()
    start_logging("text", "warning", stream)
    log_event("started", build="ab12")
    log_event("stopped", "warning", answered_all=False)
    (line,) = stream.getvalue().splitlines()
    assert line.endswith("Z warning stopped answered_all=False")


def test_drivers_that_were_never_there_are_no_news_and_other_warnings_are(
    log: io.StringIO,
) -> None:
    library = logging.getLogger("rasterio._env")
    library.warning("%s in %s", "CPLE_AppDefined", "Unable to find driver VDV to unload")
    assert not events(log, "library")
    library.warning("%s in %s", "CPLE_AppDefined", "a.tif: read error")
    assert [(one["event"], one["logger"]) for one in events(log, "library")] == [
        ("library", "rasterio._env")
    ]


def test_probes_are_no_news(client: FlaskClient, log: io.StringIO) -> None:
    for probe in ("/healthz", "/readyz", "/metrics"):
        client.get(probe)
    assert {one["level"] for one in events(log)} == {"debug"}


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Return what ``/metrics`` tells, by name and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation for family in families)
    return {
        (sample.name, *(f"{key}={value}" for key, value in sorted(sample.labels.items()))): (
            sample.value
        )
        for family in families
        for sample in family.samples
    }


def test_figures_count_answers_by_pattern_and_faults_by_kind(breaking: FlaskClient) -> None:
    for word in ("a", "b", "c"):
        breaking.get(f"/assets/break/{word}")
    breaking.get("/words/es.json")
    breaking.open("/words/es.json", method="BREW")
    told = figures(breaking)
    pattern = "route=/assets/break/<word>"
    assert told["geoapp_requests_total", "method=GET", pattern, "status=500"] == 3
    words = "route=/words/<language>.json"
    assert told["geoapp_requests_total", "method=GET", words, "status=200"] == 1
    assert told["geoapp_request_seconds_count", pattern] == 3
    assert told["geoapp_request_seconds_bucket", "le=+Inf", pattern] == 3
    assert told["geoapp_faults_total", "kind=ArithmeticError"] == 3
    # A method is whatever a visitor writes: only those that are known have a name.
    assert not any("BREW" in part for name in told for part in name)


def test_figures_tell_build_store_memory_and_caches(client: FlaskClient, toy_build: Build) -> None:
    told = figures(client)
    info = next(name for name in told if name[0] == "geoapp_build_info")
    assert f"build={toy_build.hash}" in info
    assert "edition=full" in info
    assert told["geoapp_build_age_seconds",] >= 0
    missing = sum(not status.place for status in toy_build.statuses.values())
    assert told["geoapp_sources_missing",] == missing
    assert told["geoapp_store_writable",] == 1
    assert told["geoapp_build_former",] == 0
    assert told["geoapp_store_free_bytes",] > 0
    assert told["process_resident_memory_bytes",] > 10e6


def test_an_answer_asked_twice_is_taken_as_kept(client: FlaskClient) -> None:
    told = client.get("/readyz").get_json()
    for _ in range(3):
        answer = client.get(f"/firmness/{told['build']}-{told['version']}/district.json")
        assert answer.status_code == 200
    counted = figures(client)
    assert counted["geoapp_cache_misses_total", "cache=firmness"] == 1
    assert counted["geoapp_cache_hits_total", "cache=firmness"] == 2


def test_figures_are_told_to_this_machine_alone(client: FlaskClient) -> None:
    def ask(address: str, **headers: str) -> int:
        answer = client.get(
            "/metrics",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            environ_overrides={"REMOTE_ADDR": address},
        )
        assert (answer.status_code == 200) == (b"geoapp_requests" in answer.data)
        return answer.status_code

    for host in ("127.0.0.1:8050", "localhost:8050", "localhost", "127.0.0.1"):
        assert ask("127.0.0.1", Host=host) == 200
    assert ask("::1", Host="[::1]:8050") == 200
    for address in ("203.0.113.9", ""):
        assert ask(address) == 403
    # A proxy on this machine asks from its own address, for somebody else.
    for name in ("X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"):
        assert ask("127.0.0.1", **{name: "203.0.113.9"}) in (400, 403)
    for host in ("mapa.example.org", "203.0.113.9:8050", "localhost.example.org"):
        assert ask("127.0.0.1", Host=host) in (400, 403)


def test_version_and_readiness(toy_build: Build, tmp_path: Path, monkeypatch: Any) -> None:
    write_build(toy_build, tmp_path / "built")
    app = create_app(read_build(tmp_path / "built"), decisions=tmp_path / "built")
    client = app.server.test_client()
    assert client.get("/version").get_json() == {
        "version": toy_build.version,
        "build": toy_build.hash,
        "edition": "full",
        "format": FORMAT,
    }
    assert client.get("/readyz").get_json()["status"] == "ready"
    monkeypatch.setattr(os, "access", lambda *_: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["lacks"]) == (503, "store")
    assert client.get("/healthz").status_code == 200


def test_settings_of_the_log_are_checked() -> None:
    assert read_settings({}).log == ("text", "warning")
    told = read_settings({"GEOAPP_LOG": "json", "GEOAPP_LOG_LEVEL": "info"})
    assert told.log == ("json", "info")
    with pytest.raises(LayersError, match=r"GEOAPP_LOG is 'jsn': did you mean json.; give one of"):
        read_settings({"GEOAPP_LOG": "jsn"})
    with pytest.raises(LayersError, match="GEOAPP_LOG_LEVEL is 'loud'; give one of debug, info"):
        read_settings({"GEOAPP_LOG_LEVEL": "loud"})


SLOW = """
import sys, threading, time
from pathlib import Path
from geoapp.store.records import write_record
from geoapp.serving import Served

store = Path(sys.argv[1])
def answer(environ, start):
    (store / "asked").touch()
    if environ["PATH_INFO"] == "/slow":
        while not (store / "go").exists():
            time.sleep(0.02)
        write_record({"name": "Apertura"}, store / "decisions" / "a.json")
    start("200 OK", [("Content-Type", "text/plain")])
    # What a proxy says of itself must arrive: /metrics is refused by it.
    return [environ.get("HTTP_X_FORWARDED_FOR", "").encode() + b"x" * 300_000 + b"done"]

served = Served(answer, "127.0.0.1", 0, 1000)
print(served.port, flush=True)
print("whole" if served.run() else "cut", flush=True)
"""


def test_told_to_stop_it_answers_what_was_asked_and_nothing_new(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        got: list[bytes] = []

        def ask() -> None:
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/slow")
            got.append(connection.getresponse().read())

        # An idle visitor does not keep the server.
        idle = HTTPConnection("127.0.0.1", port, timeout=60)
        idle.request("GET", "/", headers={"X-Forwarded-For": "203.0.113.9"})
        assert idle.getresponse().read().startswith(b"203.0.113.9x")
        (tmp_path / "asked").unlink()
        asking = threading.Thread(target=ask)
        asking.start()
        while not (tmp_path / "asked").exists():
            time.sleep(0.02)
        process.terminate()
        while True:
            try:
                HTTPConnection("127.0.0.1", port, timeout=60).connect()
                time.sleep(0.05)
            except ConnectionRefusedError:
                break
        (tmp_path / "go").touch()
        asking.join(60)
        assert got == [b"x" * 300_000 + b"done"]
        assert process.wait(60) == 0
        assert process.stdout.read() == "whole\n"
        assert [path.name for path in (tmp_path / "decisions").iterdir()] == ["a.json"]
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


ENDLESS = """
import time
from geoapp.serving import Served
from geoapp.work.aside import Aside, StoppedError

sums = Aside()
def answer(environ, start):
    print("asked", flush=True)
    try:
        sums.run(time.sleep, 3600)
    except StoppedError:
        start("503 Service Unavailable", [("Content-Length", "2")])
        return [b"no"]

if __name__ == "__main__":
    served = Served(answer, "127.0.0.1", 0, 1000)
    print(served.port, flush=True)
    print("whole" if served.run(sums.close) else "cut", flush=True)
"""


def test_told_to_stop_it_gives_up_a_sum_without_end_and_says_so(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        asking = HTTPConnection("127.0.0.1", int(process.stdout.readline()), timeout=60)
        asking.request("GET", "/")
        assert process.stdout.readline() == "asked\n"
        process.terminate()
        answer = asking.getresponse()
        assert (answer.status, answer.read()) == (503, b"no")
        asking.close()
        # It ends by itself: the sum would have kept the interpreter for an hour.
        assert process.wait(60) == 0
        assert process.stdout.read() == "whole\n"
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
