"""ArcGIS REST: a layer in pages, with the errors that it sends under the status 200."""

from typing import Any

from layers.errors import Sentence
from layers.sources.clients.asking import Ask, Found, address
from layers.sources.clients.columns import check_columns
from layers.sources.clients.features import Feature, collection_of
from layers.sources.network import DownloadError, Reason

_TOKEN = frozenset({498, 499})
_KINDS = {
    "esriGeometryPolygon": "polygons",
    "esriGeometryPolyline": "lines",
    "esriGeometryPoint": "points",
    "esriGeometryMultipoint": "points",
}


def layer(ask: Ask) -> Found:
    """Return all features of a layer, in longitude and latitude.

    Parameters
    ----------
    ask : Ask
        Asks for the description of the layer, for the number of its features, and then for
        pages of them until that number is there.

    Returns
    -------
    Found
        One GeoJSON of all pages.

    Raises
    ------
    DownloadError
        Where the service wants a token, the layer draws nothing, or pages lack or repeat.
    """
    url = f"{ask.spec.url}/{ask.spec.asked_for(ask.argument)}"
    described = _answer(ask, address(url, {"f": "json"}))
    if str(described.get("geometryType")) not in _KINDS:
        raise ask.refuse(
            Reason.NOTHING,
            Sentence("layer {layer} draws no polygons, lines or points", layer=ask.argument),
        )
    types = {str(field.get("name")): str(field.get("type")) for field in _fields(ask, described)}
    check_columns(ask, types)
    asked = {"where": "1=1"}
    counted = _answer(
        ask, address(f"{url}/query", {**asked, "returnCountOnly": "true", "f": "json"})
    )
    features = _pages(ask, url, asked, _count(ask, counted.get("count") or 0), described)
    edited = described.get("editingInfo")
    return Found(
        body=collection_of(features),
        format="geojson",
        name=f"{ask.spec.id}_{ask.argument}.geojson",
        url=f"{url}/query",
        vintage="",
        licence=str(described.get("copyrightText") or ""),
        version=str(edited.get("lastEditDate") or "") if isinstance(edited, dict) else "",
        types=types,
        rows=len(features),
    )


def _pages(
    ask: Ask, url: str, asked: dict[str, str], count: int, described: dict[str, Any]
) -> list[Feature]:
    if not count:
        raise ask.refuse(
            Reason.NOTHING, Sentence("layer {layer} has no feature", layer=ask.argument)
        )
    most = _count(ask, described.get("maxRecordCount") or ask.spec.page)
    query = {**asked, "outFields": "*", "outSR": "4326", "f": "geojson"}
    query["resultRecordCount"] = str(min(most, ask.spec.page))
    features: list[Feature] = []
    while len(features) < count:
        page = _answer(ask, address(f"{url}/query", {**query, "resultOffset": len(features)}))
        found = page.get("features") or []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise _strange(ask)
        if not found or found[0] in features[:1]:
            break
        features += found
    if len(features) != count:
        raise ask.refuse(
            Reason.CUT_SHORT,
            Sentence(
                "layer {layer} gives {got} of {count} features",
                layer=ask.argument,
                got=len(features),
                count=count,
            ),
        )
    return features


def _answer(ask: Ask, url: str) -> dict[str, Any]:
    found = ask.json(url)
    if not isinstance(found, dict):
        raise _strange(ask)
    if error := found.get("error"):
        raise _said(ask, error if isinstance(error, dict) else {"message": error})
    return found


def _fields(ask: Ask, described: dict[str, Any]) -> list[dict[str, Any]]:
    fields = described.get("fields") or []
    if not isinstance(fields, list) or not all(isinstance(one, dict) for one in fields):
        raise _strange(ask)
    return fields


def _count(ask: Ask, told: object) -> int:
    """Return a number of features; anything else that stands in its place is no layer's."""
    if isinstance(told, bool) or not isinstance(told, int) or told < 0:
        raise _strange(ask)
    return told


def _strange(ask: Ask) -> DownloadError:
    return ask.refuse(Reason.OTHER_FILE, Sentence("answered with something that is no layer"))


def _said(ask: Ask, error: dict[str, Any]) -> DownloadError:
    if error.get("code") in _TOKEN:
        return ask.refuse(
            Reason.REFUSED,
            Sentence(
                "wants a token for layer {layer}; take the file from {landing} and load it with "
                "geoapp load",
                layer=ask.argument,
                landing=ask.spec.landing,
            ),
        )
    return ask.refuse(
        Reason.REFUSED,
        Sentence(
            "says {code}: {message}",
            code=str(error.get("code") or ""),
            message=str(error.get("message") or "")[:200],
        ),
    )
