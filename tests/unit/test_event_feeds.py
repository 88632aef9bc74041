"""Live feeds: recorded answers in the published formats, and what happens when one is silent."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geoapp.cli import app
from layers.errors import EventError
from layers.sources.network import DownloadError
from layers.sources.recent import Addresses, FeedReport, RecentEvent, recent_events, shakemap_of
from tests.loopback import Server, redirect, reply, rules
from tests.unit.test_event import SHAKEN, grid_xml

Listed = tuple[list[RecentEvent], list[FeedReport]]
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BOX = (-81.5, -18.5, -68.5, 0.1)
USGS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "us7000toy1",
            "properties": {
                "mag": 6.1,
                "place": "10 km SW of Juguete, Peru",
                "time": 1795000000000,
                "title": "M 6.1 - 10 km SW of Juguete, Peru",
                "alert": "yellow",
                "types": ",dyfi,origin,shakemap,",
                "url": "https://earthquake.usgs.gov/earthquakes/eventpage/us7000toy1",
            },
            "geometry": {"type": "Point", "coordinates": [-77.1, -12.3, 33.0]},
        }
    ],
}
GDACS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "eventtype": kind,
                "eventid": number,
                "name": name,
                "alertlevel": "Orange",
                "fromdate": "2026-11-20T00:00:00",
                "iso3": "",
                "affectedcountries": [{"iso3": country}],
                "severitydata": {"severity": 1.5},
                "url": {"report": "https://www.gdacs.org/report.aspx"},
            },
        }
        for kind, number, name, country, lon, lat in (
            ("FL", 11, "Inundación de juguete", "PER", -60.0, -5.0),
            ("TC", 12, "Ciclón lejano", "PHL", 120.0, 12.0),
        )
    ],
}


def usgs_path(now: datetime = NOW) -> str:
    start = (now - timedelta(days=30)).strftime("%Y-%m-%d")
    return (
        f"/usgs?format=geojson&orderby=time&starttime={start}&minmagnitude=4.5&minlongitude=-81.5"
        "&minlatitude=-18.5&maxlongitude=-68.5&maxlatitude=0.1"
    )


def addresses(server: Server) -> Addresses:
    return Addresses(usgs=f"{server.url}/usgs", gdacs=f"{server.url}/gdacs")


def body(document: object) -> bytes:
    return json.dumps(document).encode()


def ask(server: Server, folder: Path, now: datetime = NOW, **changes: object) -> Listed:
    return recent_events(
        BOX, "PER", folder, now, rules=rules(**changes), addresses=addresses(server)
    )


def test_both_feeds_are_read_and_filtered_to_the_country(server: Server, tmp_path: Path) -> None:
    server.answers = {usgs_path(): [reply(body(USGS))], "/gdacs": [reply(body(GDACS))]}
    events, feeds = ask(server, tmp_path)
    assert {event.id for event in events} == {"us7000toy1", "FL11"}
    quake = next(event for event in events if event.feed == "usgs")
    assert (quake.magnitude, quake.depth_km, quake.alert) == (6.1, 33.0, "yellow")
    assert quake.has_shakemap
    assert [feed.is_stale for feed in feeds] == [False, False]


@pytest.mark.fault(63)
def test_a_silent_feed_answers_with_what_was_kept_and_its_age(
    server: Server, tmp_path: Path
) -> None:
    later = NOW + timedelta(hours=5)
    server.answers = {
        usgs_path(): [reply(body(USGS))],
        "/gdacs": [reply(body(GDACS)), reply(b"", 503)],
    }
    ask(server, tmp_path)
    events, feeds = ask(server, tmp_path, later)
    stale = next(feed for feed in feeds if feed.id == "gdacs")
    assert stale.is_stale
    assert stale.age_hours == 5.0
    assert "503" in str(stale.problem)
    assert {event.id for event in events} == {"us7000toy1", "FL11"}
    # Two retries after the first try.
    assert server.asked.count("/gdacs") == 4


@pytest.mark.fault(64, 65)
def test_an_answer_of_another_format_does_not_take_the_place_of_a_good_one(
    server: Server, tmp_path: Path
) -> None:
    server.answers = {
        usgs_path(): [reply(body(USGS))],
        "/gdacs": [reply(body(GDACS)), reply(b"<html>login</html>"), reply(b'{"error": 1}')],
    }
    for _ in range(3):
        events, feeds = ask(server, tmp_path)
        assert {event.id for event in events} == {"us7000toy1", "FL11"}
    assert [feed.is_stale for feed in feeds] == [False, True]


def test_a_redirect_to_another_host_is_refused(server: Server, tmp_path: Path) -> None:
    server.answers = {
        usgs_path(): [redirect("http://localhost:9/elsewhere")],
        "/gdacs": [redirect("http://169.254.169.254/latest")],
    }
    events, feeds = ask(server, tmp_path)
    assert events == []
    assert all("not among the hosts allowed" in str(feed.problem) for feed in feeds)
    assert all(feed.asked is None for feed in feeds)


def test_a_private_address_is_not_asked(server: Server, tmp_path: Path) -> None:
    _, feeds = ask(server, tmp_path, allow_private=False)
    assert all("public internet" in str(feed.problem) for feed in feeds)
    assert server.asked == []


def detail(url: str, *more: dict[str, object]) -> bytes:
    product = {"preferredWeight": 200, "contents": {"download/grid.xml": {"url": url}}}
    return body({"properties": {"products": {"shakemap": [*more, product]}}})


def test_the_preferred_shakemap_of_an_event_is_fetched_and_kept(
    server: Server, tmp_path: Path
) -> None:
    path = "/usgs?format=geojson&eventid=us7000toy1"
    older = {"preferredWeight": 1, "contents": {"download/grid.xml": {"url": "http://x"}}}
    server.answers = {
        path: [reply(detail(f"{server.url}/grid.xml", older)), reply(b"", 500)],
        "/grid.xml": [reply(grid_xml(SHAKEN)), reply(b"", 500)],
    }
    for is_stale in (False, True):
        kept = shakemap_of("us7000toy1", tmp_path, NOW, rules=rules(), addresses=addresses(server))
        assert kept.body == grid_xml(SHAKEN)
        assert kept.is_stale is is_stale


@pytest.mark.fault(61)
def test_a_map_on_another_host_is_not_asked(server: Server, tmp_path: Path) -> None:
    path = "/usgs?format=geojson&eventid=us7000toy1"
    server.answers = {path: [reply(detail("http://example.org/grid.xml"))]}
    with pytest.raises(EventError, match="another host"):
        shakemap_of("us7000toy1", tmp_path, NOW, rules=rules(), addresses=addresses(server))
    with pytest.raises(EventError, match="no id of the USGS"):
        shakemap_of("../secret", tmp_path, NOW, rules=rules(), addresses=addresses(server))


def test_an_event_without_map_says_what_to_do(server: Server, tmp_path: Path) -> None:
    path = "/usgs?format=geojson&eventid=us7000toy1"
    server.answers = {path: [reply(body({"properties": {"products": {"origin": []}}}))]}
    with pytest.raises(EventError, match="--epicentre"):
        shakemap_of("us7000toy1", tmp_path, NOW, rules=rules(), addresses=addresses(server))


def test_offline_the_list_answers_in_one_sentence_or_from_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*args: object) -> list[str]:
        raise OSError("no network in this test")

    monkeypatch.setattr(
        "geoapp.cli.event_recent.recent_events",
        lambda *a: recent_events(*a, rules=rules(resolver=nobody)),
    )
    monkeypatch.setenv("GEOAPP_STORE", str(tmp_path))
    silent = CliRunner().invoke(app, ["event", "--recent"])
    assert isinstance(silent.exception, EventError)
    assert "none was kept" in str(silent.exception)
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    asked = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    (feeds / "usgs.json").write_bytes(asked.encode() + b"\n" + body(USGS))
    answer = json.loads(CliRunner().invoke(app, ["event", "--recent", "--json"]).stdout)
    assert [event["id"] for event in answer["events"]] == ["us7000toy1"]
    assert answer["feeds"][0]["is_stale"]
    assert answer["feeds"][0]["age_hours"] == pytest.approx(2.0, abs=0.1)


def test_broken_kept_copies_are_as_none(server: Server, tmp_path: Path) -> None:
    (tmp_path / "usgs-us7000toy1.json").write_bytes(b"garbage")
    path = "/usgs?format=geojson&eventid=us7000toy1"
    server.answers = {path: [reply(b"", 404)]}
    with pytest.raises(DownloadError, match="404"):
        shakemap_of("us7000toy1", tmp_path, NOW, rules=rules(), addresses=addresses(server))
