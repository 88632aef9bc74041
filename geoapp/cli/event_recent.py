"""``geoapp event --recent``: what the feeds list, or what was kept of them."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

from geoapp.cli.output import log, print_json, tell
from geoapp.numbers import show_number
from geoapp.settings import Settings
from geoapp.words import say
from layers.errors import EventError, Sentence, joined
from layers.sources.recent import FeedReport, recent_events


def print_recent(settings: Settings, as_json: bool) -> None:
    """Print the recent events of the country's box, or say in one sentence why there are none.

    Parameters
    ----------
    settings : Settings
        Where answers are kept.
    as_json : bool
        Print JSON.

    Raises
    ------
    EventError
        Where no feed answers and nothing was kept.
    """
    country = settings.country
    folder = settings.store / "feeds"
    events, feeds = recent_events(country.box, country.id.upper(), folder, datetime.now(UTC))
    if all(feed.asked is None for feed in feeds):
        told = (Sentence("{id}: {problem}", id=feed.id, problem=feed.problem) for feed in feeds)
        raise EventError(
            "no feed answers and none was kept ({why}); try again with a network",
            why=joined(told, "; "),
        )
    if as_json:
        rows = [dataclasses.asdict(event) for event in events]
        print_json({"events": rows, "feeds": [dataclasses.asdict(feed) for feed in feeds]})
        return
    for feed in feeds:
        log(_state(feed))
    for row in events:
        print(_line(dataclasses.asdict(row)))


def _state(feed: FeedReport) -> str:
    if feed.asked is None:
        return say("event.feed_silent", "es", feed=feed.id, problem=tell(feed.problem or ""))
    if feed.is_stale:
        hours = show_number(feed.age_hours, 1)
        return say(
            "event.feed_stale", "es", feed=feed.id, hours=hours, problem=tell(feed.problem or "")
        )
    return say("event.feed_new", "es", feed=feed.id)


def _line(event: dict[str, Any]) -> str:
    size = f"M {event['magnitude']:.1f}" if event["magnitude"] is not None else event["kind"]
    alert = f" [{event['alert']}]" if event["alert"] else ""
    shaken = " ShakeMap" if event["has_shakemap"] else ""
    return f"{event['time'][:16]}  {size:>5}  {event['id']}  {event['title']}{alert}{shaken}"
