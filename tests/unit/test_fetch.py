"""The only door to the network: what it takes, what it refuses, and what it leaves untouched."""

import gzip
import hashlib
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from layers.errors import LayersError
from layers.sources.addresses import is_public, one_of_each_family, resolve
from layers.sources.download import retry_after
from layers.sources.fetch import (
    PARTIAL,
    FetchResult,
    Outcome,
    Reason,
    fetch,
    fetch_all,
)
from layers.sources.locate import Places, locate
from layers.sources.lock import only_one
from layers.spec import SourceSpec
from layers.terms import Licence
from tests.loopback import Answer, Server, Sleeps, redirect, reply, rules

pytestmark = pytest.mark.usefixtures("no_proxy")
GOOD = b"ubigeo,people\n150101,12\n" * 40


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "starter").mkdir()
    return Places(store=tmp_path / "store", starter=tmp_path / "starter")


def declared(url: str | None, body: bytes = GOOD, source_id: str = "toy") -> SourceSpec:
    return SourceSpec(
        id=source_id,
        publisher="INEI",
        landing="https://example.org/toy",
        licence=Licence.FACTS,
        vintage="2022",
        format="csv",
        sha256=hashlib.sha256(body).hexdigest(),
        bytes=len(body),
        redistributable=True,
        citation="toy",
        url=url,
        mirror="toy.csv",
    )


def get(server: Server, places: Places, *answers: Answer, **changes: object) -> FetchResult:
    server.answers["/toy.csv"] = list(answers)
    return fetch(declared(f"{server.url}/toy.csv"), places, rules=rules(**changes))


def visible(places: Places) -> list[str]:
    return [path.name for path in places.store.iterdir() if not path.name.startswith(".")]


def test_a_good_file_is_kept_whole_and_not_asked_for_again(server: Server, places: Places) -> None:
    seen: list[int] = []
    server.answers["/toy.csv"] = [reply(GOOD)]
    spec = declared(f"{server.url}/toy.csv")
    first = fetch(
        spec, places, rules=rules(), progress=lambda spec, received: seen.append(received)
    )
    second = fetch(spec, places, rules=rules())
    assert (first.outcome, first.place, first.tries) == (Outcome.FETCHED, "store", 1)
    assert second.outcome is Outcome.PRESENT
    assert locate(spec, places) == ("store", places.store / "toy")
    assert (places.store / "toy").read_bytes() == GOOD
    assert seen[-1] == len(GOOD)
    assert len(server.asked) == 1
    assert server.headers[0]["Accept-Encoding"] == "identity"
    assert server.headers[0]["Host"] == server.url.removeprefix("http://")


def test_a_file_of_the_mirror_is_not_fetched(places: Places, tmp_path: Path) -> None:
    (tmp_path / "toy.csv").write_bytes(GOOD)
    with_mirror = Places(store=places.store, starter=places.starter, mirror=tmp_path)
    result = fetch(declared("https://example.org/toy.csv"), with_mirror)
    assert (result.outcome, result.place) == (Outcome.PRESENT, "mirror")
    assert not places.store.exists()


@pytest.mark.fault(64)
@pytest.mark.parametrize(
    ("answer", "reason", "words"),
    [
        (reply(GOOD.replace(b"12", b"13")), Reason.OTHER_FILE, "serves other bytes"),
        (reply(GOOD + b"x"), Reason.TOO_LONG, f"{len(GOOD) + 1} bytes, not {len(GOOD)}"),
        (reply(GOOD + b"x", Content_Length=""), Reason.TOO_LONG, f"more than {len(GOOD)} bytes"),
        (reply(GOOD[:-1]), Reason.OTHER_FILE, f"{len(GOOD) - 1} bytes, not {len(GOOD)}"),
        (reply(b"nope", 404), Reason.HTTP_STATUS, "answered 404"),
        (reply(b"nope", 403), Reason.HTTP_STATUS, "answered 403"),
        (reply(b"nope", 206), Reason.HTTP_STATUS, "answered 206"),
        (
            reply(b"<!DOCTYPE html><title>Inicie</title>", Content_Type="text/html"),
            Reason.WEB_PAGE,
            "answered with a web page (a login or a notice)",
        ),
        (reply(b"\n<HTML>" + GOOD[7:]), Reason.WEB_PAGE, "answered with a web page"),
        (
            reply(gzip.compress(b"0" * 10_000_000), Content_Encoding="gzip", Content_Length=""),
            Reason.OTHER_FILE,
            "bytes packed as 'gzip'",
        ),
    ],
)
def test_what_is_not_the_file_is_refused_once_and_the_old_one_kept(
    server: Server, places: Places, answer: Answer, reason: Reason, words: str
) -> None:
    places.store.mkdir()
    (places.store / "toy").write_bytes(b"good of last year")
    result = get(server, places, answer)
    assert result.reason is reason
    assert words in (result.problem or "")
    assert (result.problem or "").startswith("toy: ")
    assert len(server.asked) == 1
    assert visible(places) == ["toy"]
    assert (places.store / "toy").read_bytes() == b"good of last year"
    assert list((places.store / PARTIAL).iterdir()) == []


@pytest.mark.fault(62)
def test_an_endless_stream_is_left_at_the_cap(server: Server, places: Places) -> None:
    sent = threading.Event()

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"1" * 4096)
        finally:
            sent.set()

    result = get(server, places, endless)
    assert result.reason is Reason.TOO_LONG
    assert sent.wait(10), "the server was still being read"
    assert visible(places) == []


@pytest.mark.fault(63)
@pytest.mark.parametrize("length", [str(len(GOOD)), ""])
def test_half_a_body_is_asked_for_again(server: Server, places: Places, length: str) -> None:
    half = reply(GOOD[: len(GOOD) // 2], Content_Length=length)
    result = get(server, places, half, reply(GOOD))
    assert (result.outcome, result.tries) == (Outcome.FETCHED, 2)
    lasting = get(server, Places(store=places.store / "b", starter=places.starter), half)
    assert (lasting.reason, lasting.tries) == (Reason.CUT_SHORT, 3)


@pytest.mark.fault(63)
def test_errors_of_the_server_are_waited_out(server: Server, places: Places) -> None:
    sleeps = Sleeps()
    result = get(server, places, reply(b"", 500), reply(b"", 503), reply(GOOD), sleep=sleeps)
    assert (result.outcome, result.tries) == (Outcome.FETCHED, 3)
    assert sleeps == [1.0, 2.0]


@pytest.mark.fault(63)
def test_a_server_that_asks_to_wait_is_obeyed_up_to_the_cap(server: Server, places: Places) -> None:
    sleeps = Sleeps()
    busy = [reply(b"", 429, Retry_After="7"), reply(b"", 429, Retry_After="86400")]
    result = get(server, places, *busy, reply(GOOD), sleep=sleeps)
    assert result.outcome is Outcome.FETCHED
    assert sleeps == [7.0, 60.0]


def test_retry_after_may_be_a_date() -> None:
    assert retry_after(formatdate(0, usegmt=True)) == 0.0
    assert 3000 < (retry_after(formatdate(time.time() + 3600, usegmt=True)) or 0) <= 3600
    assert retry_after("soon") is None
    assert retry_after("") is None


def test_silence_in_the_middle_ends(server: Server, places: Places) -> None:
    done = threading.Event()

    def stall(handler: BaseHTTPRequestHandler) -> None:
        reply(GOOD[:10], Content_Length=str(len(GOOD)))(handler)
        done.wait(10)

    result = get(server, places, stall, retries=0, timeout=0.05)
    done.set()
    assert result.reason is Reason.TIMEOUT
    assert "fell silent" in (result.problem or "")


def test_a_trickle_is_given_up(server: Server, places: Places) -> None:
    ticks = iter(range(0, 10**9, 1000))
    result = get(server, places, reply(GOOD), clock=lambda: float(next(ticks)), patience=1e9)
    assert result.reason is Reason.TIMEOUT
    assert "bytes a second" in (result.problem or "")


def test_a_redirect_is_followed(server: Server, places: Places) -> None:
    other = Server()
    other.answers["/moved"] = [reply(GOOD)]
    result = get(server, places, redirect(f"{other.url}/moved"))
    other.close()
    assert result.outcome is Outcome.FETCHED
    assert other.headers[0]["Host"] == other.url.removeprefix("http://")


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254 is not an address of"),
        ("http://10.1.2.3/", "not an address of the public internet"),
        ("http://[::1]/", "not an address of the public internet"),
        ("http://[::ffff:127.0.0.1]/", "not an address of the public internet"),
        ("http://0x7f.1/", "not an address of the public internet"),
        ("http://localhost/", "not an address of the public internet"),
        ("file:///etc/passwd", "only https is fetched"),
        ("ftp://example.org/toy", "only https is fetched"),
        ("http://user:secret@example.org/", "a user name before it"),
        ("http://example.org:99999/", "is not asked"),
    ],
)
def test_a_redirect_to_the_inside_is_refused(
    server: Server, places: Places, monkeypatch: pytest.MonkeyPatch, where: str, words: str
) -> None:
    real = is_public
    port = server.http.server_port
    # The server itself stands for a public one; where it points to is judged for real.
    monkeypatch.setattr(
        "layers.sources.connect.is_public", lambda number: number == "192.0.2.1" or real(number)
    )
    monkeypatch.setattr(
        "layers.sources.connect.one_of_each_family",
        lambda found: ["127.0.0.1"] if found == ["192.0.2.1"] else found,
    )

    def resolver(host: str, port: int, seconds: float) -> list[str]:
        return ["192.0.2.1"] if host == "public.example" else resolve(host, port, seconds)

    server.answers["/toy.csv"] = [redirect(where)]
    spec = declared(f"http://public.example:{port}/toy.csv")
    result = fetch(spec, places, rules=rules(allow_private=False, resolver=resolver))
    assert result.reason is Reason.REFUSED_ADDRESS
    assert words in (result.problem or "")
    assert len(server.asked) == 1


def test_a_ring_of_redirects_ends(server: Server, places: Places) -> None:
    result = get(server, places, redirect("/toy.csv"))
    assert "more than 5 redirects" in (result.problem or "")
    assert len(server.asked) == 6


def test_private_addresses_and_foreign_hosts_are_not_asked(server: Server, places: Places) -> None:
    inside = get(server, places, reply(GOOD), allow_private=False)
    foreign = get(server, places, reply(GOOD), allowed_hosts=frozenset({"example.org"}))
    assert "127.0.0.1 is not an address of the public internet" in (inside.problem or "")
    assert "127.0.0.1 is not among the hosts allowed" in (foreign.problem or "")
    assert server.asked == []


@pytest.mark.fault(61)
def test_a_name_is_asked_at_the_number_that_was_checked(server: Server, places: Places) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    server.answers["/toy.csv"] = [reply(GOOD)]
    spec = declared(f"http://data.example:{server.http.server_port}/toy.csv")
    result = fetch(spec, places, rules=rules(resolver=lambda host, port, seconds: answers.pop(0)))
    assert result.outcome is Outcome.FETCHED
    assert answers == [["169.254.169.254"]]
    assert server.headers[0]["Host"].startswith("data.example:")


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
def test_addresses_of_the_inside(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_the_internet() -> None:
    assert all(map(is_public, ["185.199.108.133", "2606:50c0:8000::154", "64:ff9b::b9c7:6c85"]))
    assert one_of_each_family(["2606::1", "2606::2", "9.9.9.9", "8.8.8.8"]) == [
        "9.9.9.9",
        "2606::1",
    ]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
@pytest.mark.parametrize(("name", "is_had"), [("data.example", True), ("other.example", False)])
def test_the_certificate_is_checked_for_the_name_though_the_number_is_asked(
    server: Server,
    places: Places,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    is_had: bool,
) -> None:
    pem = tmp_path / "server.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=data.example"
    names = [
        "-addext",
        "subjectAltName=DNS:data.example",
        "-keyout",
        str(pem),
        "-out",
        f"{pem}.crt",
    ]
    subprocess.run([*make.split(), *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{pem}.crt", pem)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{pem}.crt")
    server.answers["/toy.csv"] = [reply(GOOD)]
    spec = declared(f"https://{name}:{server.http.server_port}/toy.csv")
    result = fetch(spec, places, rules=rules(resolver=lambda host, port, seconds: ["127.0.0.1"]))
    assert (result.outcome is Outcome.FETCHED) is is_had
    assert result.reason is (None if is_had else Reason.CERTIFICATE)


def forbid_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def test_a_dead_name_server_ends_the_run_at_once(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_sockets(monkeypatch)
    asked: list[str] = []

    def dead(host: str, port: int, seconds: float) -> list[str]:
        asked.append(host)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    sleeps = Sleeps()
    specs = [declared(f"https://data.example/{n}", source_id=f"toy_{n}") for n in range(5)]
    results = fetch_all(specs, places, rules=rules(resolver=dead, sleep=sleeps))
    assert {result.reason for result in results} == {Reason.DNS}
    assert asked == ["data.example"]
    assert sleeps == []
    assert "not tried again" in (results[4].problem or "")


def test_a_black_hole_ends_the_run_within_its_patience(places: Places) -> None:
    now = [0.0]
    waits: list[float] = []

    def hole(host: str, port: int, seconds: float) -> list[str]:
        waits.append(seconds)
        now[0] += seconds
        raise TimeoutError("no answer")

    specs = [declared(f"https://host{n}.example/", source_id=f"toy_{n}") for n in range(9)]
    results = fetch_all(
        specs, places, rules=rules(resolver=hole, clock=lambda: now[0], patience=4.0)
    )
    assert waits == [2.0, 2.0]
    assert now[0] == 4.0
    assert all(result.outcome is Outcome.FAILED for result in results)
    assert "no server answered within 4 s" in (results[8].problem or "")


def test_a_line_that_dies_later_is_given_up_after_the_retries(
    server: Server, places: Places
) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int, seconds: float) -> list[str]:
        asked.append(host)
        if host == "gone.example":
            raise socket.gaierror(-2, "Name or service not known")
        return ["127.0.0.1"]

    server.answers["/toy.csv"] = [reply(GOOD)]
    urls = [f"{server.url}/toy.csv", "https://gone.example/a", "https://gone.example/b"]
    specs = [declared(url, source_id=f"toy_{n}") for n, url in enumerate(urls)]
    results = fetch_all(specs, places, rules=rules(resolver=resolver))
    assert [result.outcome.value for result in results] == ["fetched", "failed", "failed"]
    assert asked.count("gone.example") == 3


@pytest.mark.fault(73)
def test_locate_and_a_dry_run_open_no_socket(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_sockets(monkeypatch)
    spec = declared("https://example.org/toy.csv")
    with pytest.raises(LayersError, match="run geoapp fetch"):
        locate(spec, places)
    (result,) = fetch_all([spec], places, dry_run=True)
    assert result.outcome is Outcome.PLANNED
    assert not places.store.exists()


def test_a_source_without_an_address_is_named_with_its_page(places: Places) -> None:
    result = fetch(declared(None), places)
    assert result.reason is Reason.NO_ADDRESS
    assert "the original is at https://example.org/toy" in (result.problem or "")


def test_a_failed_source_stops_no_other(server: Server, places: Places) -> None:
    server.answers = {"/a": [reply(b"", 404)], "/b": [reply(GOOD)]}
    specs = [declared(server.url + path, source_id=f"toy{path[1:]}") for path in ("/a", "/b")]
    results = fetch_all([*specs, declared(None, source_id="paper")], places, rules=rules())
    assert [result.outcome.value for result in results] == ["failed", "fetched", "failed"]


def test_a_store_that_cannot_be_written_is_said(places: Places) -> None:
    places.store.write_text("a file where a folder should be")
    result = fetch(declared("https://example.org/"), places, rules=rules())
    assert result.reason is Reason.DISK
    assert "set GEOAPP_STORE" in (result.problem or "")


def test_a_second_fetch_waits_for_the_first(server: Server, places: Places) -> None:
    places.store.mkdir()
    first = only_one(places.store / ".lock", rules())
    first.__enter__()
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        first.__exit__(None, None, None)
        (places.store / "toy").write_bytes(GOOD)

    result = get(server, places, reply(GOOD), sleep=sleep)
    assert len(waited) == 1
    assert result.outcome is Outcome.PRESENT, "what the first one fetched is used"
    assert server.asked == []


@pytest.mark.fault(66)
def test_a_second_fetch_that_waits_too_long_says_so(server: Server, places: Places) -> None:
    places.store.mkdir()
    with only_one(places.store / ".lock", rules()):
        result = get(server, places, reply(GOOD), lock_wait=0.0)
    assert result.reason is Reason.BUSY
    assert "another geoapp fetch" in (result.problem or "")


KILLED = """
import json, sys
from pathlib import Path
from layers.sources.fetch import FetchRules, fetch
from layers.sources.locate import Places
from layers.spec import SourceSpec
spec = SourceSpec(**json.loads(sys.argv[1]))
store = Path(sys.argv[2])
fetch(spec, Places(store=store, starter=store), rules=FetchRules(allow_private=True, allow_http=True))
"""


@pytest.mark.fault(66, 68)
def test_a_fetch_killed_in_the_middle_leaves_nothing_visible(
    server: Server, places: Places
) -> None:
    half_sent, killed = threading.Event(), threading.Event()

    def stall(handler: BaseHTTPRequestHandler) -> None:
        reply(GOOD[:100], Content_Length=str(len(GOOD)))(handler)
        half_sent.set()
        killed.wait(30)

    server.answers["/toy.csv"] = [stall]
    spec = declared(f"{server.url}/toy.csv")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, json.dumps(vars(spec), default=str), str(places.store)]
    )
    assert half_sent.wait(60)
    process.kill()
    process.wait()
    killed.set()
    assert visible(places) == []
    with pytest.raises(LayersError):
        locate(spec, places)
    result = get(server, places, reply(GOOD))
    assert result.outcome is Outcome.FETCHED, "neither the lock nor the piece stands in the way"
    assert list((places.store / PARTIAL).iterdir()) == []
