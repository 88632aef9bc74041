"""Earthquakes and alerts of the last weeks, each a button that fills the form."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.numbers import show_number
from geoapp.words import say
from layers.sources.recent import FeedReport, RecentEvent

_MOST = 6
_ALERTS = ("green", "yellow", "orange", "red")


def recent_list(
    events: list[RecentEvent], feeds: list[FeedReport], language: str
) -> list[Component]:
    """Return the newest earthquakes and alerts, and what became of each feed.

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
        A click on an earthquake fills its numbers, one on its map of shaking asks with it; an
        alert is told with the page of its feed. One sentence where no feed has an answer.
    """
    if feeds and all(feed.asked is None for feed in feeds):
        names = ", ".join(feed.id.upper() for feed in feeds)
        return [html.P(say("emergency.feeds_silent", language, feeds=names), className="note")]
    rows = [_row(event, language) for event in events[:_MOST]]
    return [
        *(rows or [html.P(say("emergency.feeds_empty", language), className="note")]),
        *[html.P(_state(feed, language), className="note") for feed in feeds],
    ]


def _row(event: RecentEvent, language: str) -> Component:
    size = "" if event.magnitude is None else f"M {event.magnitude:.1f}"
    alert = say(f"event.band_{event.alert}", language) if event.alert in _ALERTS else ""
    parts = (event.time[:16].replace("T", " "), size, event.title, alert)
    told = " · ".join(filter(None, parts))
    if event.magnitude is None or event.depth_km is None:
        link = html.A(say("emergency.feed_page", language), href=event.url, target="_blank")
        return html.P([f"{told} ", link] if event.url.startswith("https://") else told)
    place = f"{event.lon},{event.lat},{event.depth_km},{event.magnitude}"
    numbers: dict[str, Any] = {"data-quake": place}
    mapped: dict[str, Any] = {"data-shakemap": event.id}
    buttons = [html.Button(told, className="quiet", **numbers)]
    if event.has_shakemap:
        words = say("emergency.use_shakemap", language)
        buttons.append(html.Button(words, className="quiet", **mapped))
    return html.Div(buttons)


def _state(feed: FeedReport, language: str) -> str:
    if feed.asked is None:
        return say("emergency.feed_silent", language, feed=feed.id.upper())
    if feed.is_stale:
        hours = show_number(feed.age_hours, 1)
        return say("emergency.feed_stale", language, feed=feed.id.upper(), hours=hours)
    return say("event.feed_new", language, feed=feed.id.upper())
