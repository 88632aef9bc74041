"""Servers that mean harm, and servers that have a bad day, asked through the one door."""

import gzip
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from layers.sources.addresses import is_public, resolve
from layers.sources.guarded_web import get
from layers.sources.network import DownloadError, FetchRules, Reason
from tests.loopback import Answer, Server, Sleeps, redirect, reply, rules

DATA = b'{"results": []}'


def refused(url: str, **changes: object) -> DownloadError:
    limits = {name: changes.pop(name) for name in ("most", "hosts") if name in changes}
    with pytest.raises(DownloadError) as error:
        get(url, rules=rules(**changes), **limits)  # type: ignore[arg-type]
    return error.value


def served(server: Server, *answers: Answer) -> str:
    server.answers["/data"] = list(answers)
    return f"{server.url}/data"


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.20.30.40/",
        "https://172.31.0.1/",
        "https://192.168.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://240.0.0.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[ff02::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
    ],
)
def test_an_address_of_the_inside_is_not_asked(url: str, server: Server) -> None:
    assert refused(url, allow_private=False).reason is Reason.REFUSED_ADDRESS


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/data",
        "gopher://example.org/",
        "http://example.org/data",
        "//example.org/data",
        "https://user:word@example.org/",
        "https://example.org\\@127.0.0.1/",
        "https://[::1/",
        "https://example.org:0/",
        "https:///data",
        "",
    ],
)
def test_what_is_no_https_address_of_a_host_is_not_asked(url: str) -> None:
    def no_resolver(host: str, port: int, seconds: float) -> list[str]:
        raise AssertionError("a name was looked up")

    error = refused(url, allow_http=False, resolver=no_resolver)
    assert error.reason is Reason.REFUSED_ADDRESS


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "data.localhost", "intranet", "files.corp", "nas.local", "0x7f.1",
     "127.1", "2130706433", "10.0.0.1", "[::1]", "[::ffff:10.0.0.1]"],
)  # fmt: skip
def test_a_proxy_is_not_sent_to_what_stands_beside_it(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The proxy resolves names itself: what it would find inside is told by the name alone.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    error = refused(f"https://{host}/data", allow_private=False, allow_http=False, hosts=None)
    assert error.reason is Reason.REFUSED_ADDRESS
    outside = refused("https://data.example.org/", allow_private=False, hosts=None, retries=0)
    assert outside.reason is Reason.UNREACHABLE


@pytest.mark.fault(61)
def test_the_number_asked_is_the_one_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that points outside while it is checked and inside when it is used.
    turning = iter([["127.0.0.1"], ["127.0.0.2"]])
    url = served(server, reply(DATA)).replace("127.0.0.1", "data.example")
    answer = get(url, rules=rules(resolver=lambda host, port, seconds: next(turning)))
    assert answer.body == DATA
    assert next(turning) == ["127.0.0.2"]


@pytest.mark.fault(61)
def test_one_private_number_among_public_ones_refuses_the_name() -> None:
    numbers = ["185.199.108.133", "10.0.0.1"]
    error = refused(
        "https://data.example/",
        allow_private=False,
        resolver=lambda host, port, seconds: numbers,
    )
    assert "10.0.0.1 is not an address of the public internet" in str(error)


@pytest.mark.fault(61)
@pytest.mark.parametrize(
    "where", ["http://other.example/", "file:///etc/passwd", "https://169.254.169.254/"]
)
@pytest.mark.parametrize("hosts", [(), None])
def test_a_redirect_is_judged_like_the_first_address(
    server: Server, monkeypatch: pytest.MonkeyPatch, where: str, hosts: tuple[str, ...] | None
) -> None:
    def resolver(host: str, port: int, seconds: float) -> list[str]:
        return ["10.0.0.9"] if host == "other.example" else resolve(host, port, seconds)

    # The server itself stands for a public one; where it points to is judged for real.
    monkeypatch.setattr(
        "layers.sources.connect.is_public",
        lambda number: number == "127.0.0.1" or is_public(number),
    )
    error = refused(
        served(server, redirect(where)), hosts=hosts, allow_private=False, resolver=resolver
    )
    assert error.reason is Reason.REFUSED_ADDRESS
    assert server.asked == ["/data"]


@pytest.mark.fault(61)
def test_a_redirect_leads_only_to_hosts_that_were_named(server: Server) -> None:
    other = Server()
    other.answers["/moved"] = [reply(DATA)]
    url = served(server, redirect(f"http://store.example:{other.http.server_port}/moved"))
    here = {"resolver": lambda host, port, seconds: ["127.0.0.1"]}
    assert "store.example is not among the hosts allowed" in str(refused(url, **here))
    assert get(url, rules=rules(**here), hosts=["store.example"]).body == DATA
    assert get(url, rules=rules(**here), hosts=None).body == DATA
    assert other.asked == ["/moved", "/moved"]
    other.close()


@pytest.mark.fault(61)
@pytest.mark.parametrize("where", ["http://[::1", "http://\xff\xfe/", "http://127.0.0.1:99999/"])
def test_a_redirect_to_no_address_is_one_sentence(server: Server, where: str) -> None:
    error = refused(served(server, redirect(where)))
    assert error.reason in (Reason.UNREACHABLE, Reason.REFUSED_ADDRESS)
    assert set(server.asked) == {"/data"}


@pytest.mark.fault(61)
def test_a_ring_of_redirects_ends(server: Server) -> None:
    assert "more than 5 redirects" in str(refused(served(server, redirect("/data"))))
    assert len(server.asked) == 6


def packed_twice(body: bytes) -> Answer:
    return reply(gzip.compress(gzip.compress(body)), Content_Encoding="gzip, gzip")


@pytest.mark.fault(62)
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(gzip.compress(b"0" * 9_000_000), Content_Encoding="gzip"), Reason.TOO_LONG),
        (reply(zlib.compress(b"0" * 9_000_000), Content_Encoding="deflate"), Reason.TOO_LONG),
        (reply(b"0" * 200_000), Reason.TOO_LONG),
        (reply(b"0" * 200_000, Content_Length=""), Reason.TOO_LONG),
        (packed_twice(DATA), Reason.OTHER_FILE),
        (reply(DATA, Content_Encoding="br"), Reason.OTHER_FILE),
        (reply(DATA, Content_Encoding="gzip"), Reason.CUT_SHORT),
        (reply(gzip.compress(DATA)[:-9], Content_Encoding="gzip"), Reason.CUT_SHORT),
    ],
)
def test_an_answer_that_swells_is_left_at_the_cap(
    server: Server, answer: Answer, reason: Reason
) -> None:
    assert refused(served(server, answer), most=100_000).reason is reason


@pytest.mark.fault(62)
def test_an_endless_stream_is_left_at_the_cap(server: Server) -> None:
    sent = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent.append(handler.wfile.write(b"1" * 4096))

    assert refused(served(server, endless), most=100_000).reason is Reason.TOO_LONG
    # What the sockets of both sides hold is sent and never read.
    assert sum(sent) < 20_000_000


@pytest.mark.fault(62)
def test_a_trickle_is_left_when_its_time_is_up(server: Server) -> None:
    ticks = iter(range(0, 10**6, 100))
    url = served(server, reply(DATA))
    error = refused(url, clock=lambda: float(next(ticks)), patience=1e9)
    assert (error.reason, "too slowly" in str(error)) == (Reason.TIMEOUT, True)


def test_packed_once_within_the_cap_is_unpacked(server: Server) -> None:
    url = served(server, reply(gzip.compress(DATA), Content_Encoding="gzip"))
    assert get(url, rules=rules()).body == DATA


@pytest.mark.fault(63)
def test_a_busy_server_is_asked_again_after_what_it_says(server: Server) -> None:
    sleeps = Sleeps()
    bad_day = [
        reply(b"", 429, Retry_After="7"),
        reply(b"", 503),
        reply(DATA[:4], Content_Length=str(len(DATA))),
        reply(DATA, Content_Type="Application/JSON; charset=utf-8"),
    ]
    answer = get(served(server, *bad_day), rules=rules(retries=3, sleep=sleeps))
    assert (answer.body, answer.media_type) == (DATA, "application/json")
    assert sleeps == [7.0, 2.0, 4.0]


@pytest.mark.fault(63)
@pytest.mark.parametrize("status", [401, 403, 404, 206])
def test_what_another_try_cannot_mend_is_not_tried_again(server: Server, status: int) -> None:
    error = refused(served(server, reply(b"no", status)))
    assert f"answered {status}" in str(error)
    assert len(server.asked) == 1


@pytest.mark.fault(64)
@pytest.mark.parametrize(
    "answer",
    [
        reply(b"<title>Inicie</title>", Content_Type="text/html; charset=utf-8"),
        reply(b"\r\n <!DOCTYPE html><p>Inicie", Content_Type="text/csv"),
        reply(b"<HTML>", Content_Type="application/json"),
    ],
)
def test_a_web_page_is_not_data(server: Server, answer: Answer) -> None:
    error = refused(served(server, answer))
    assert error.reason is Reason.WEB_PAGE
    assert len(server.asked) == 1


def test_by_default_neither_loopback_nor_http_is_asked(server: Server) -> None:
    url = served(server, reply(DATA))
    for some in (
        FetchRules(),
        FetchRules(allow_private=True),
        FetchRules(allow_http=True),
    ):
        with pytest.raises(DownloadError, match="is not asked"):
            get(url, rules=some)
    assert server.asked == []
