"""The map and its inset. The only module that knows dash-leaflet."""

from typing import Any

import dash_leaflet as dl

from geoapp.app import ids

_WHOLE_COUNTRY_MARGIN = 0.3
_REACH = 8.0
"""Degrees around the country that the map may show."""


def _script(name: str) -> dict[str, str]:
    return {"variable": f"geoapp.map.{name}"}


def main_map(
    addresses: dict[str, str],
    box: tuple[float, float, float, float],
    offices: dict[str, Any],
) -> dl.Map:
    """Return the map that fills the screen: sea, region lines, offices.

    Parameters
    ----------
    addresses : dict
        Addresses of regions and backdrop, and of capitals where there are no districts. The
        units of the level shown are loaded by the script.
    box : tuple
        West, south, east, north of the country.
    offices : dict
        GeoJSON of the offices.

    Returns
    -------
    dl.Map
        Without tiles: nothing is asked of another host.
    """
    west, south, east, north = box
    margin = _WHOLE_COUNTRY_MARGIN
    points = [
        dl.GeoJSON(url=addresses["capitals"], pointToLayer=_script("capital"), pane="offices")
        for _ in range("capitals" in addresses)
    ]
    return dl.Map(
        id=ids.MAP,
        className="map",
        bounds=[[south - margin, west - margin], [north + margin, east + margin]],
        zoomSnap=0.25,
        zoomDelta=0.5,
        minZoom=4,
        maxZoom=14,
        maxBounds=[[south - _REACH, west - _REACH], [north + _REACH, east + _REACH]],
        maxBoundsViscosity=1.0,
        zoomControl=False,
        attributionControl=False,
        trackViewport=False,
        children=[
            dl.Pane(name="lines", style={"zIndex": 450, "pointerEvents": "none"}),
            dl.Pane(name="offices", style={"zIndex": 650, "pointerEvents": "none"}),
            dl.GeoJSON(
                url=addresses["backdrop"],
                style=_script("backdropStyle"),
                onEachFeature=_script("underUnits"),
                interactive=False,
            ),
            dl.GeoJSON(
                url=addresses["regions"],
                style=_script("regionStyle"),
                onEachFeature=_script("nameRegion"),
                interactive=False,
                pane="lines",
            ),
            *points,
            dl.GeoJSON(data=offices, pointToLayer=_script("office"), pane="offices"),
            dl.ScaleControl(position="bottomleft", imperial=False),
            dl.ZoomControl(position="bottomleft"),
        ],
    )


def inset_map(box: tuple[float, float, float, float]) -> dl.Map:
    """Return the still map of the units that are too small to be seen.

    Parameters
    ----------
    box : tuple
        West, south, east, north.

    Returns
    -------
    dl.Map
        It answers to hover and click and does not move.
    """
    west, south, east, north = box
    return dl.Map(
        id=ids.INSET,
        className="inset",
        bounds=[[south, west], [north, east]],
        zoomSnap=0.1,
        zoomControl=False,
        attributionControl=False,
        trackViewport=False,
        dragging=False,
        scrollWheelZoom=False,
        doubleClickZoom=False,
        touchZoom=False,
        boxZoom=False,
        keyboard=False,
    )
