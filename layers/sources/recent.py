"""Recent events of a country: earthquakes of the USGS and alerts of GDACS."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from layers.errors import EventError, Sentence
from layers.sources.feeds import Kept, ask
from layers.sources.network import DownloadError, FetchRules, Patience
from layers.sources.shakemap import read_shake_grid

DAYS = 30
LEAST_MAGNITUDE = 4.5
_EVENT_ID = re.compile(r"[a-z0-9]{4,24}")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the feeds are."""

    usgs: str = "https://earthquake.usgs.gov/fdsnws/event/1/query"
    gdacs: str = "https://www.gdacs.org/gdacsapi/api/events/geteventlist/EVENTS4APP"


@dataclass(frozen=True, kw_only=True)
class RecentEvent:
    """One event of a feed."""

    id: str
    feed: str
    kind: str
    """EQ, FL, TC, VO, DR or WF, as GDACS names them."""
    time: str
    """ISO, UTC."""
    title: str
    magnitude: float | None
    depth_km: float | None
    lon: float
    lat: float
    alert: str
    """green, orange, red, yellow; empty where none is given."""
    has_shakemap: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class FeedReport:
    """What became of one feed."""

    id: str
    asked: str | None
    """ISO, when its answer was given; None where there is none."""
    age_hours: float | None
    is_stale: bool
    problem: Sentence | None


def recent_events(
    box: tuple[float, float, float, float],
    iso3: str,
    folder: Path,
    now: datetime,
    *,
    rules: FetchRules | None = None,
    addresses: Addresses | None = None,
) -> tuple[list[RecentEvent], list[FeedReport]]:
    """Ask both feeds; a silent one answers with what was kept, and says so.

    Parameters
    ----------
    box : tuple of float
        West, south, east and north of the country.
    iso3 : str
        Its code, by which GDACS names countries.
    folder : Path
        Where answers are kept.
    now : datetime
        UTC.
    rules : FetchRules, optional
        Time-outs, tries, hosts.
    addresses : Addresses, optional
        The feeds.

    Returns
    -------
    tuple of lists
        Events, newest first, and one report a feed.
    """
    at = addresses or Addresses()
    patience = Patience.begin(rules or FetchRules())
    feeds: tuple[tuple[str, str, Callable[[bytes], list[RecentEvent]]], ...] = (
        ("usgs", _usgs_query(at.usgs, box, now), read_usgs),
        ("gdacs", at.gdacs, lambda body: read_gdacs(body, box, iso3)),
    )
    events: list[RecentEvent] = []
    reports: list[FeedReport] = []
    for name, url, parse in feeds:
        try:
            kept = ask(url, folder / f"{name}.json", patience, now, parse)
        except DownloadError as error:
            reports.append(_report(name, None, error.sentence, now))
        else:
            events += parse(kept.body)
            reports.append(_report(name, kept, kept.problem, now))
    return sorted(events, key=lambda event: event.time, reverse=True), reports


def shakemap_of(
    event_id: str,
    folder: Path,
    now: datetime,
    *,
    rules: FetchRules | None = None,
    addresses: Addresses | None = None,
) -> Kept:
    """Return the grid.xml of an earthquake of the USGS.

    Parameters
    ----------
    event_id : str
        As the feed names it, for instance ``us7000abcd``.
    folder : Path
        Where answers are kept.
    now : datetime
        UTC.
    rules : FetchRules, optional
        Time-outs, tries, hosts.
    addresses : Addresses, optional
        The feeds.

    Returns
    -------
    Kept
        The file, stale where only an older copy could be had.

    Raises
    ------
    EventError
        Where the id is impossible or the event has no ShakeMap.
    DownloadError
        Where the network is silent and nothing was kept.
    """
    if not _EVENT_ID.fullmatch(event_id):
        raise EventError(
            "{event_id!r} is no id of the USGS; see geoapp event --recent", event_id=event_id
        )
    at = addresses or Addresses()
    patience = Patience.begin(rules or FetchRules())
    query = f"{at.usgs}?{urlencode({'format': 'geojson', 'eventid': event_id})}"
    detail = ask(query, folder / f"usgs-{event_id}.json", patience, now, _address_of_grid)
    url = _address_of_grid(detail.body)
    if not url:
        raise EventError(
            "{event_id} has no ShakeMap yet; use --epicentre, --depth, --magnitude",
            event_id=event_id,
        )
    # The address of the map comes from the answer: it must be of the host that was asked.
    if urlsplit(url).hostname != urlsplit(at.usgs).hostname:
        raise EventError(
            "the map of {event_id} is said to be at {url}, another host; not asked",
            event_id=event_id,
            url=url,
        )
    path = folder / f"usgs-{event_id}.xml"
    return ask(url, path, patience, now, lambda body: read_shake_grid(body, event_id))


def _usgs_query(url: str, box: tuple[float, float, float, float], now: datetime) -> str:
    west, south, east, north = box
    asked = {
        "format": "geojson",
        "orderby": "time",
        "starttime": (now - timedelta(days=DAYS)).strftime("%Y-%m-%d"),
        "minmagnitude": LEAST_MAGNITUDE,
        "minlongitude": west,
        "minlatitude": south,
        "maxlongitude": east,
        "maxlatitude": north,
    }
    return f"{url}?{urlencode(asked)}"


def _address_of_grid(body: bytes) -> str:
    """Return where the preferred map of an event is; empty where it has none."""
    products = json.loads(body)["properties"]["products"].get("shakemap") or []
    if not products:
        return ""
    best = max(products, key=lambda product: product.get("preferredWeight") or 0)
    return str(best["contents"]["download/grid.xml"]["url"])


def read_usgs(body: bytes) -> list[RecentEvent]:
    """Return the earthquakes of an answer of the USGS; raise what strange JSON raises."""
    return [
        RecentEvent(
            id=str(item["id"]),
            feed="usgs",
            kind="EQ",
            time=datetime.fromtimestamp(item["properties"]["time"] / 1000, UTC).isoformat(),
            title=str(item["properties"].get("title") or item["properties"].get("place") or ""),
            magnitude=_number(item["properties"].get("mag")),
            depth_km=_number(item["geometry"]["coordinates"][2]),
            lon=float(item["geometry"]["coordinates"][0]),
            lat=float(item["geometry"]["coordinates"][1]),
            alert=str(item["properties"].get("alert") or ""),
            has_shakemap=",shakemap," in str(item["properties"].get("types") or ""),
            url=str(item["properties"].get("url") or ""),
        )
        for item in json.loads(body)["features"]
    ]


def read_gdacs(body: bytes, box: tuple[float, float, float, float], iso3: str) -> list[RecentEvent]:
    """Return the alerts of GDACS that concern a country; raise what strange JSON raises."""
    return [_alert(item) for item in json.loads(body)["features"] if _concerns(item, box, iso3)]


def _concerns(item: Any, box: tuple[float, float, float, float], iso3: str) -> bool:
    west, south, east, north = box
    if item["geometry"]["type"] != "Point":
        return False
    lon, lat = (float(place) for place in item["geometry"]["coordinates"][:2])
    named = {country.get("iso3") for country in item["properties"].get("affectedcountries") or ()}
    named.add(item["properties"].get("iso3"))
    return iso3 in named or (west <= lon <= east and south <= lat <= north)


def _alert(item: Any) -> RecentEvent:
    told = item["properties"]
    severity = told.get("severitydata") or {}
    is_quake = told["eventtype"] == "EQ"
    return RecentEvent(
        id=f"{told['eventtype']}{told['eventid']}",
        feed="gdacs",
        kind=str(told["eventtype"]),
        time=datetime.fromisoformat(str(told["fromdate"])).replace(tzinfo=UTC).isoformat(),
        title=str(told.get("name") or told.get("description") or ""),
        magnitude=_number(severity.get("severity")) if is_quake else None,
        depth_km=None,
        lon=float(item["geometry"]["coordinates"][0]),
        lat=float(item["geometry"]["coordinates"][1]),
        alert=str(told.get("alertlevel") or "").lower(),
        has_shakemap=False,
        url=str((told.get("url") or {}).get("report") or ""),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _report(name: str, kept: Kept | None, problem: Sentence | None, now: datetime) -> FeedReport:
    if kept is None:
        return FeedReport(id=name, asked=None, age_hours=None, is_stale=False, problem=problem)
    return FeedReport(
        id=name,
        asked=kept.asked.isoformat(),
        age_hours=round((now - kept.asked).total_seconds() / 3600, 2),
        is_stale=kept.is_stale,
        problem=problem,
    )
