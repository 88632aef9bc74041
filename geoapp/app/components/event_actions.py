"""What can be done with the answer to an event: take it away, change how it was read, undo."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.words import say
from layers.decide.footprint import MOST_BUFFER_KM

_KINDS = ("pdf", "pptx")


def actions(language: str) -> list[Component]:
    """Return the buttons of the flash brief, undo and cancel, and where is said what became.

    assets/late_event.js acts on them, and takes what it says from the ``data-`` words.
    """
    words: dict[str, Any] = {
        f"data-{name}": say(f"emergency.flash_{name}", language)
        for name in ("busy", "done", "failed", "cancelled")
    }
    kinds: dict[str, dict[str, Any]] = {kind: {"data-flash": kind} for kind in _KINDS}
    buttons = [
        html.Button(
            say(f"emergency.flash_{kind}", language),
            className="act" if kind == "pdf" else "act second",
            **mark,
        )
        for kind, mark in kinds.items()
    ]
    quiet = [
        html.Button(say(f"emergency.{word}", language), id=name, className="quiet")
        for word, name in (("cancel", ids.EVENT_FLASH_CANCEL), ("undo", ids.EVENT_UNDO))
    ]
    said: dict[str, Any] = {"role": "status"}
    return [
        html.Div(
            [*buttons, *quiet],
            id=ids.EVENT_ACTS,
            className="event-acts",
            lang=language,
            **words,
        ),
        html.P(id=ids.EVENT_FLASH_SAID, className="note", **said),
    ]


def setting_of(told: dict[str, Any], language: str) -> list[Component]:
    """Return what the footprint was read with, to be changed in place; nothing where nothing is."""
    part = {"polygon": "buffer_km", "raster": "thresholds"}.get(told["footprint"]["kind"])
    if part is None or told["way"] not in ("file", "drawing"):
        return []
    given = told["options"][part]
    return setting(part, given or (0 if part == "buffer_km" else ""), "brief", language)


def setting(part: str, value: str | float, place: str, language: str) -> list[Component]:
    """Return one option of a footprint, to be edited.

    Parameters
    ----------
    part : str
        buffer_km or thresholds.
    value : object
        What it is now.
    place : str
        brief, or said where the answer failed for want of it.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        A label with its box.
    """
    limits: dict[str, Any] = {"type": "text", "placeholder": "0.5, 1, 2"}
    if part == "buffer_km":
        limits = {"type": "number", "min": 0, "max": MOST_BUFFER_KM, "step": "any"}
    box = dcc.Input(id=ids.setting_id(part, place), value=value, debounce=True, **limits)
    label = html.Span(say(f"emergency.{part}", language))
    return [html.Label([label, box], className=f"event-setting {part}")]
