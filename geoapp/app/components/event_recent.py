"""Earthquakes and alerts of the last weeks, each a button that fills the form."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.numbers import show_number
from geoapp.words import say
from layers.sources.recent import FeedReport, RecentEvent

_MOST = 6


def recent_list(
    events: list[RecentEvent], feeds: list[FeedReport], language: str
) -> list[Component]:
    """Return the newest earthquakes and what became of each feed.

    Parameters
    ----------
    events : list of RecentEvent
        Newest first.
    feeds : list of FeedReport
        What became of each feed.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A click on a button fills the numbers of an earthquake; it asks nothing.
    """
    quakes = [event for event in events if event.magnitude is not None]
    quakes = [event for event in quakes if event.depth_km is not None][:_MOST]
    return [
        *[_button(event) for event in quakes],
        *[html.P(_state(feed, language), className="note") for feed in feeds],
    ]


def _button(event: RecentEvent) -> Component:
    told = f"{event.time[:16].replace('T', ' ')} · M {event.magnitude:.1f} · {event.title}"
    numbers: dict[str, Any] = {
        "data-quake": f"{event.lon},{event.lat},{event.depth_km},{event.magnitude}"
    }
    return html.Button(told, className="quiet", **numbers)


def _state(feed: FeedReport, language: str) -> str:
    if feed.asked is None:
        return say("emergency.feed_silent", language, feed=feed.id.upper())
    if feed.is_stale:
        hours = show_number(feed.age_hours, 1)
        return say("emergency.feed_stale", language, feed=feed.id.upper(), hours=hours)
    return say("event.feed_new", language, feed=feed.id.upper())
