"""Maps that need no server and no network: folium with Leaflet inside the page."""

import base64
import hashlib
import html
import json
import re
from typing import Any

import folium
import numpy as np
import pandas as pd
import shapely
from branca.element import Element, Figure

from geoapp import vendor_folder
from geoapp.exports.frame import ExportFrame
from geoapp.exports.qml import SCORE
from geoapp.maps.classes import layer_classes, score_classes
from geoapp.maps.key import key_of
from geoapp.numbers import show_value
from geoapp.style import CIRCLE, GROUND, LINE, NO_DATA, SURFACE
from geoapp.words import say, words
from layers.errors import ExportError, nearest
from layers.spec import LayerSpec
from layers.terms import Unit

_DECIMALS = 3
"""A hundred metres: less than a line is wide."""
_RADIUS = 26
"""Pixels of the largest circle; area is proportional to the count."""
_RANDOM = re.compile(r"[0-9a-f]{32}")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def unit_map(frame: ExportFrame, column: str = SCORE, language: str = "es") -> folium.Map:
    """Return the map of a column: areas in classes, or circles for counts.

    Parameters
    ----------
    frame : ExportFrame
        What may be shown, and how small counts are told.
    column : str
        ``score`` or a layer of the frame.
    language : str
        Of tooltips and legend.

    Returns
    -------
    folium.Map
        Without tiles; every text of a unit is inert.

    Raises
    ------
    ExportError
        Where the frame has no such layer or no outlines.
    """
    spec = _layer(frame, column)
    if frame.outlines is None:
        raise ExportError(
            "the outlines may not be passed on ({sources}), so there is no map; use csv or xlsx",
            sources=", ".join(frame.closed_sources),
        )
    west, south, east, north = frame.outlines.total_bounds
    made = folium.Map(tiles=None, zoom_snap=0.25, attribution_control=False)
    made.default_js, made.default_css = [], []
    for name in ("leaflet.css", "leaflet.js"):
        figure_of(made).header.add_child(Element(inlined(name)), name=name)
    ground = f"<style>.leaflet-container{{background:{GROUND}}}</style>"
    figure_of(made).header.add_child(Element(ground))
    for data, style, more in _drawn(frame, column, spec, language):
        folium.GeoJson(data, style_function=style, **more).add_to(made)
    made.fit_bounds([[south, west], [north, east]])
    figure_of(made).html.add_child(Element(key_of(frame, column, spec, language)))
    return made


def figure_of(made: folium.Map) -> Figure:
    """Return the page that a map stands in."""
    root = made.get_root()
    assert isinstance(root, Figure)
    return root


def page_of(made: folium.Map, title: str, language: str) -> str:
    """Return a map as a whole page that asks nobody for anything.

    Parameters
    ----------
    made : folium.Map
        From `unit_map`, with what was added to it.
    title : str
        Of the page.
    language : str
        Of its texts.

    Returns
    -------
    str
        HTML, the same for the same map. Its policy lets nothing in but its own scripts.
    """
    text = _named_in_order(made.get_root().render())
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(text)}">'
    head += f"\n<title>{html.escape(title)}</title>"
    text = text.replace("<html>", f'<html lang="{language}">', 1)
    return text.replace("<head>", f"<head>\n{head}", 1)


def inlined(name: str) -> str:
    """Return a script or a style sheet of Leaflet as a tag that needs no network."""
    text = (vendor_folder() / "leaflet" / name).read_text("utf-8")
    tag = "style" if name.endswith(".css") else "script"
    return f"<{tag}>{text}</{tag}>"


def policy_of(page: str) -> str:
    """Return a content policy that lets the scripts of a page run and nothing else in."""
    hashes = dict.fromkeys(
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _SCRIPT.findall(page)
    )
    scripts = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:"


def _layer(frame: ExportFrame, column: str) -> LayerSpec | None:
    known = {layer.id: layer for layer in frame.layers}
    if column == SCORE:
        return None
    if column in frame.left_out:
        raise ExportError(
            "layer {layer} rests on a source that no stated licence lets pass on, so it is on no "
            "map for others",
            layer=column,
        )
    if column not in known:
        near = nearest(column, list(known))
        raise ExportError("there is no layer {layer!r} to map{near}", layer=column, near=near)
    return known[column]


def _drawn(
    frame: ExportFrame, column: str, spec: LayerSpec | None, language: str
) -> list[tuple[dict[str, Any], Any, dict[str, Any]]]:
    """Return features, their style and what else folium is told, from the ground up."""
    values = frame.rows[column].to_numpy(dtype=float)
    told = _told(frame, column, spec, language)
    areas = np.asarray(frame.outlines)
    if spec is None or not spec.unit.is_extensive:
        classes = (
            score_classes(frame.score_breaks, language)
            if spec is None
            else layer_classes(spec, language)
        )
        edges = [one.low for one in classes[1:]]
        steps = np.searchsorted(np.asarray(edges, dtype=float), values, side="right")
        colours = [
            NO_DATA if np.isnan(value) else classes[step].colour
            for value, step in zip(values, steps, strict=True)
        ]
        return [(_features(areas, told, colours), _filled, _tooltip(told))]
    ground = [NO_DATA if not text else SURFACE for text in _known(frame, column)]
    largest = float(np.nan_to_num(values).max(initial=0)) or 1.0
    sizes = [round(_RADIUS * float(np.sqrt(value / largest)), 1) for value in np.nan_to_num(values)]
    points = shapely.point_on_surface(areas)
    return [
        (_features(areas, told, ground), _filled, _tooltip(told)),
        (
            _features(points, told, sizes),
            _round,
            {**_tooltip(told), "marker": folium.CircleMarker(fill=True)},
        ),
    ]


def _known(frame: ExportFrame, column: str) -> list[bool]:
    """Tell which units have a figure, or a range in its place."""
    known = frame.rows[column].notna()
    if f"{column}_range" in frame.rows:
        known |= frame.rows[f"{column}_range"].notna()
    return [bool(one) for one in known]


def _told(
    frame: ExportFrame, column: str, spec: LayerSpec | None, language: str
) -> list[dict[str, str]]:
    """Return what a tooltip says of each unit, with nothing in it that a browser would run."""
    unit = Unit.INDEX_0_100 if spec is None else spec.unit
    ranges = frame.rows.get(f"{column}_range", pd.Series(None, index=frame.rows.index))
    title = (
        say("export.column.score", language)
        if spec is None
        else words(language).get(f"layer.{column}.short", column)
    )
    rows = []
    for place, row in enumerate(frame.rows.to_dict("records")):
        value, small = row[column], ranges.iloc[place]
        figure = (
            str(small)
            if pd.notna(small)
            else say("page.missing", language)
            if pd.isna(value)
            else show_value(float(value), unit)
        )
        above = [str(row[level]) for level in ("province", "region") if row.get(level)]
        said = {
            say("export.column.name", language): str(row.get("name") or row["ubigeo"]),
            "UBIGEO": str(row["ubigeo"]),
            **({say("maps.within", language): ", ".join(above)} if above else {}),
            title: figure,
            **(
                {}
                if pd.isna(row["rank"])
                else {say("export.column.rank", language): str(row["rank"])}
            ),
        }
        rows.append({html.escape(name): html.escape(text) for name, text in said.items()})
    return rows


def _features(shapes: np.ndarray, told: list[dict[str, str]], drawn: list[Any]) -> dict[str, Any]:
    rounded = shapely.transform(shapes, lambda xy: xy.round(_DECIMALS))
    keys = dict.fromkeys(name for row in told for name in row)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": str(number),
                "properties": {**{key: row.get(key, "–") for key in keys}, "d": how},
                "geometry": json.loads(shapely.to_geojson(shape)),
            }
            for number, (shape, row, how) in enumerate(zip(rounded, told, drawn, strict=True))
        ],
    }


def _tooltip(told: list[dict[str, str]]) -> dict[str, Any]:
    fields = list(dict.fromkeys(name for row in told for name in row))
    return {"tooltip": folium.GeoJsonTooltip(fields, sticky=True, localize=False)}


def _filled(feature: dict[str, Any]) -> dict[str, Any]:
    colour = feature["properties"]["d"]
    return {"fillColor": colour, "fillOpacity": 1, "color": LINE, "weight": 0.5}


def _round(feature: dict[str, Any]) -> dict[str, Any]:
    radius = feature["properties"]["d"]
    # A circle of nothing would still show its line.
    line = 1 if radius else 0
    return {
        "radius": radius,
        "fillColor": CIRCLE,
        "fillOpacity": 0.55,
        "color": CIRCLE,
        "weight": line,
    }


def _named_in_order(text: str) -> str:
    """Replace the random names of folium by numbers, so that the same map is the same bytes."""
    names: dict[str, str] = {}
    return _RANDOM.sub(lambda found: names.setdefault(found[0], f"{len(names):x}"), text)
