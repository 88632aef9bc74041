"""The form of an event: four ways to say where it struck. Its words are filled by the answer."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from layers.indicators.shaking import QUAKE_LIMITS

WAYS = ("file", "list", "quake", "drawing")
WORDS = (
    "title",
    "file_hint",
    "list_label",
    "scheme",
    "go_list",
    "lon",
    "lat",
    "depth",
    "magnitude",
    "go_quake",
    "recent",
    "draw",
    "draw_hint",
    "busy",
    "cancel",
)
"""Fixed words, in the order in which they stand in the form."""


def event_form(most_bytes: int) -> Component:
    """Return the form, which folds away once there is an answer.

    Parameters
    ----------
    most_bytes : int
        Of a file; the browser does not send a larger one.

    Returns
    -------
    Component
        Without words.
    """
    limit: dict[str, Any] = {"data-most": most_bytes}
    return html.Details(
        [
            html.Summary(_word("title")),
            dcc.RadioItems(id=ids.EVENT_WAY, className="segments", inline=True, value=WAYS[0]),
            _file(),
            _list(),
            _quake(),
            _drawing(),
        ],
        id=ids.EVENT_FORM,
        className="panel event-form",
        open=True,
        **limit,
    )


def busy_line() -> Component:
    """Return what is seen while an answer is worked out: that it is, and the way to stop it."""
    said: dict[str, Any] = {"role": "status"}
    stop = html.Button(_word("cancel"), id=ids.EVENT_CANCEL, className="quiet")
    return html.Div(
        [html.Span(_word("busy"), **said), stop], id=ids.EVENT_BUSY, className="busy", hidden=True
    )


def _word(key: str) -> Component:
    return html.Span(id=ids.event_word_id(key))


def _file() -> Component:
    # Its words are its own: the browser may load it after the first answer has filled the page.
    drop = dcc.Upload(id=ids.EVENT_FILE, className="upload")
    return html.Div([drop, html.P(_word("file_hint"), className="note")], className="way file")


def _list() -> Component:
    return html.Div(
        [
            html.Label([_word("list_label"), dcc.Textarea(id=ids.EVENT_LIST)]),
            html.Div(
                [
                    _word("scheme"),
                    dcc.RadioItems(
                        id=ids.EVENT_SCHEME, value="", inline=True, className="segments"
                    ),
                ],
                className="scheme note",
            ),
            html.Button(_word("go_list"), id=ids.EVENT_LIST_GO, className="act"),
        ],
        className="way list",
    )


def _quake() -> Component:
    numbers = [
        html.Label(
            [
                _word(part),
                dcc.Input(id=ids.quake_id(part), type="number", min=low, max=high, step="any"),
            ]
        )
        for part, (low, high) in QUAKE_LIMITS.items()
    ]
    return html.Div(
        [
            html.Div(numbers, className="numbers"),
            html.Button(_word("go_quake"), id=ids.EVENT_QUAKE_GO, className="act"),
            html.Button(_word("recent"), id=ids.EVENT_RECENT, className="quiet"),
            html.Div(id=ids.EVENT_RECENT_LIST, className="recent"),
        ],
        className="way quake",
    )


def _drawing() -> Component:
    return html.Div(
        [
            html.Button(_word("draw"), id="event-draw", className="act"),
            html.P(_word("draw_hint"), className="note"),
        ],
        className="way drawing",
    )
