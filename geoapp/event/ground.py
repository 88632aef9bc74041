"""The ground of an event for a map: how dark each band is, and what is brought into sight."""

from typing import Any

from layers.indicators.relief import FIRST_BAND, STRONG

SHAKING = ("shakemap", "epicentre")
"""Kinds of footprint whose bands are classes of intensity."""
STEP_OPACITY = (0.06, 0.1, 0.18, 0.28, 0.4, 0.52)
"""Of the steps of darkness, lightest first; the style sheet of the page has the same."""


def steps_of(bands: list[str], kind: str) -> dict[str, int]:
    """Return how dark each band is drawn.

    Parameters
    ----------
    bands : list of str
        Weakest first.
    kind : str
        Of the footprint.

    Returns
    -------
    dict
        By band its step, 1 to 6: of a class of intensity always the same one.
    """
    if kind in SHAKING:
        return {band: min(6, max(1, int(band) - FIRST_BAND + 1)) for band in bands}
    return {band: min(6, place + 3) for place, band in enumerate(bands)}


def bounds_of(features: list[dict[str, Any]], kind: str) -> list[float]:
    """Return west, south, east and north of the strong ground, or else of all of it."""
    strong = [
        one for one in features if kind in SHAKING and int(one["properties"]["band"]) >= STRONG
    ]
    corners = [
        corner
        for feature in strong or features
        for corner in _corners(feature["geometry"]["coordinates"])
    ]
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return [round(edge, 4) for edge in (min(lons), min(lats), max(lons), max(lats))]


def _corners(tree: Any) -> list[list[float]]:
    if tree and isinstance(tree[0], int | float):
        return [tree]
    return [corner for branch in tree for corner in _corners(branch)]
