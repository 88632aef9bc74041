"""The paint of the map: what the browser needs to draw the figures of one layer."""

from typing import Any

import numpy as np

from geoapp.app.map_state import plain_tools
from geoapp.app.shown import Shown
from geoapp.app.state import ViewState
from geoapp.style import NO_DATA, OUTSIDE, SURFACE
from geoapp.words import say
from layers.table.confidence import Confidence

_CIRCLE_RADIUS = 26
"""Pixels of the largest circle of a level; area is proportional to the count."""

_INITIALS = {Confidence.HIGH: "a", Confidence.MEDIUM: "m", Confidence.LOW: "b"}


def paint_of(view: ViewState, shown: Shown) -> dict[str, Any]:
    """Return how the figures of a layer are drawn and told: classes, labels and circles.

    Parameters
    ----------
    view : ViewState
        The view.
    shown : Shown
        Figures, unit, class limits and confidence of its layer.

    Returns
    -------
    dict
        In the order of the geometry of the level.
    """
    values = shown.values.to_numpy(dtype=float)
    missing = say("page.missing", view.language)
    paint: dict[str, Any] = {
        "kind": "circle" if shown.is_count else "area",
        "layer": view.layer,
        "counted": say(f"unit.{shown.unit}", view.language),
        "labels": [missing if told is None else told for told in shown.labels],
        "unit": view.unit,
        "language": view.language,
        "tools": plain_tools(view.tools),
        "missing": missing,
        "noData": NO_DATA,
        "plain": SURFACE,
        "outsideColour": OUTSIDE,
        "outsideWord": say("filters.outside", view.language),
        "confidence": "".join(_INITIALS[name] for name in shown.classes),
        "confidenceWords": {_INITIALS[name]: _trust(name, view.language) for name in Confidence},
        "hatched": _INITIALS[Confidence.LOW] if shown.is_hatched else "",
    }
    if shown.is_count:
        return paint | {
            "values": [None if np.isnan(value) else round(float(value), 1) for value in values],
            "largest": float(np.nan_to_num(values).max(initial=0)),
            "radius": _CIRCLE_RADIUS,
        }
    return paint | {"classes": shown.marks, "colours": shown.colours}


def _trust(name: Confidence, language: str) -> str:
    return say("confidence.is", language, level=say(f"confidence.{name}", language))
