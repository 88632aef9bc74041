"""What a visitor gives of an event becomes what the page holds of it, as plain data.

The server keeps nothing: the answer, and the ground to draw, live in the page itself.
"""

import base64
import binascii
import json
from typing import Any

from geoapp.app.view import Views
from geoapp.event_answer import footprint_of_quake, footprint_of_upload, page_answer
from geoapp.style import BRAND
from geoapp.words import LANGUAGES, translate
from layers.decide.footprint import Footprint
from layers.errors import EventError, LayersError
from layers.indicators.relief import FIRST_BAND, STRONG

_MOST_UNITS = 8
_MOST_WAREHOUSES = 5
_SMALL = 4
_SMALL_OF = {"protection": 9, "health": 9}
"""Largest count that is told as a range: people of such a cell could be recognised."""


def event_of(views: Views, asked: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what the page holds of an event.

    Parameters
    ----------
    views : Views
        Answers of the build.
    asked : dict
        ``way`` (file, list, quake or drawing) and what the visitor gave that way.
    name : str
        What a list or drawing is called in provenance.

    Returns
    -------
    dict
        ``brief``: the parts of ``geoapp event --json`` that are shown, small counts as ranges;
        ``overlay``: what is drawn above the units.

    Raises
    ------
    LayersError
        One sentence.
    """
    footprint = _footprint(views, asked, name)
    answer = page_answer(views.stored.build, views.catalogue, footprint)
    return {
        "brief": _shown(views, answer["brief"], asked["way"]),
        "overlay": _overlay(answer["brief"], answer["footprint"]),
    }


def problem_of(asked: dict[str, Any], error: LayersError) -> dict[str, Any]:
    """Return the sentence (key and values) that tells why there is no answer, and the detail."""
    # In every language: the visitor may change it, and no template is read back from a page.
    detail = {language: translate(error, language) for language in LANGUAGES}
    return {"key": asked["way"], "name": asked.get("name") or "", "detail": detail}


def _footprint(views: Views, asked: dict[str, Any], name: str) -> Footprint:
    built = views.stored.build
    if asked["way"] == "quake":
        numbers = [asked.get(part) for part in ("lon", "lat", "depth", "magnitude")]
        if not all(isinstance(number, int | float) for number in numbers):
            raise EventError("an earthquake needs longitude, latitude, depth and magnitude")
        return footprint_of_quake(built, *(float(number or 0) for number in numbers))
    if asked["way"] == "drawing":
        shape = {"type": "Polygon", "coordinates": [asked["ring"]]}
        drawing = {"type": "Feature", "properties": {}, "geometry": shape}
        return footprint_of_upload(built, json.dumps(drawing).encode(), name)
    if asked["way"] == "list":
        data = asked["text"].encode()
        scheme = asked.get("scheme") or ""
        return footprint_of_upload(built, data, name, kind="districts", scheme=scheme)
    return footprint_of_upload(built, _bytes_of(asked), asked["name"])


def _bytes_of(asked: dict[str, Any]) -> bytes:
    """Return the bytes of a file; a browser writes them as base64 after a comma."""
    if not asked.get("contents"):
        raise EventError("{name} is larger than a request may be; cut it", name=asked.get("name"))
    try:
        return base64.b64decode(asked["contents"].partition(",")[2], validate=True)
    except binascii.Error as error:
        raise EventError("{name} came damaged; give it again", name=asked["name"]) from error


def _shown(views: Views, brief: dict[str, Any], way: str) -> dict[str, Any]:
    totals = brief["totals"]
    strong = totals["strong"] if totals["strong"] and totals["strong"]["units"] else None
    sources = {one for ids in brief["provenance"]["sources"].values() for one in ids}
    specs = [views.catalogue.source(one) for one in sorted(sources)]
    return {
        "way": way,
        **{key: brief[key] for key in ("footprint", "facilities_by_category", "unknown")},
        "bands": [_without_need(band) for band in reversed(brief["bands"]) if band["units"]],
        "offices": [_office(office, brief["units"]) for office in brief["by_office"]],
        "units": totals["units"],
        "people": totals["people"],
        "migrants": totals["migrants"],
        "strong": _without_need(strong) if strong else None,
        "pin": {
            sector: masked(count, _SMALL_OF.get(sector, _SMALL))
            for sector, count in (strong or totals)["pin"].items()
        },
        "deaths": totals["deaths"],
        "facilities": len(brief["facilities"]),
        "warehouses": [
            {"name": row["name"], "km": row["km"]} for row in brief["warehouses"][:_MOST_WAREHOUSES]
        ],
        "warehouses_near": len(brief["warehouses"]),
        "largest": _largest(brief["units"]),
        "build": brief["provenance"]["build"],
        "version": brief["provenance"]["version"],
        "shares": brief["provenance"]["shares"],
        "sources": list(dict.fromkeys((one.publisher, one.vintage) for one in specs)),
    }


def masked(count: float | None, most: int) -> float | str | None:
    """Return a count as it may be told: one of few people as the range 1 to ``most``."""
    return count if count is None or count == 0 or count > most else f"1–{most}"


def _without_need(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "pin"}


def _office(office: dict[str, Any], units: list[dict[str, Any]]) -> dict[str, Any]:
    away = [unit["office_km"] for unit in units if unit["office"] == office["office"]]
    return _without_need(office) | {"nearest_km": min(away), "farthest_km": max(away)}


def _largest(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the units with most migrants inside, in whatever bands they are."""
    found: dict[str, dict[str, Any]] = {}
    for unit in units:
        own = found.setdefault(unit["ubigeo"], {**unit, "people": 0.0, "migrants": 0.0})
        for key in ("people", "migrants"):
            own[key] += unit[key] or 0.0
    most = sorted(found.values(), key=lambda unit: -unit["migrants"])[:_MOST_UNITS]
    names = ("ubigeo", "name", "province", "region")
    return [
        {key: unit[key] for key in names}
        | {key: masked(unit[key], _SMALL) for key in ("people", "migrants")}
        for unit in most
    ]


def _overlay(brief: dict[str, Any], ground: dict[str, Any]) -> dict[str, Any]:
    """Return the ground in one colour, darker where it is stronger, and the epicentre."""
    order = [band["id"] for band in brief["bands"]]
    steps = {band: step_of(band, order) for band in order}
    features = [
        feature
        | {"properties": {"colour": BRAND, "class": f"step-{steps[feature['properties']['band']]}"}}
        for feature in ground["features"]
    ]
    source = brief["footprint"]["source"]
    points = []
    if source.get("lon") and source.get("lat"):
        label = f"M {source['magnitude']}" if source.get("magnitude") else ""
        lon, lat = float(source["lon"]), float(source["lat"])
        points = [{"lon": lon, "lat": lat, "label": label, "kind": "epicentre"}]
    overlay: dict[str, Any] = {
        "areas": {"type": "FeatureCollection", "features": features},
        "points": points,
    }
    if features:
        overlay["fit"] = _bounds(ground["features"])
    return overlay


def step_of(band: str, order: list[str]) -> int:
    """Return the step of darkness of a band, 1 to 6: of intensities always the same one."""
    if band.isdigit():
        return min(6, max(1, int(band) - FIRST_BAND + 1))
    return min(6, order.index(band) + 3)


def _bounds(features: list[dict[str, Any]]) -> list[float]:
    """Return west, south, east and north of the strong ground, or else of all of it."""
    strong = [
        one
        for one in features
        if one["properties"]["band"].isdigit() and int(one["properties"]["band"]) >= STRONG
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
