"""The items of STAC: one for each raster that the build rests on, and for each build."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geoapp.api.provenance import edition_of
from geoapp.api.service import Given, Service
from geoapp.words import say
from layers.sources.locate import starter_folder
from layers.spec import SourceSpec

VERSION = "1.1.0"
RASTERS, VERSIONS = "rasters", "versions"
GEOTIFF = "image/tiff; application=geotiff"
_RASTER = "geotiff"
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def rasters_of(service: Service) -> list[SourceSpec]:
    """Return the rasters that the build rests on."""
    used = service.built.statuses
    return [
        spec
        for spec in service.catalogue.sources.values()
        if spec.format == _RASTER and spec.id in used
    ]


def file_of(spec: SourceSpec) -> Path | None:
    """Return the file of a raster that travels with the product and may be passed on."""
    if not (spec.redistributable and spec.starter):
        return None
    path = starter_folder() / spec.starter
    return path if path.is_file() else None


def items_of(service: Service, given: Given, name: str) -> list[dict[str, Any]]:
    """Return the items of a collection."""
    if name == RASTERS:
        return [_raster_item(service, given, spec) for spec in rasters_of(service)]
    return [_build_item(service, given, *told) for told in builds_of(service)]


def _item(service: Service, given: Given, name: str, item_id: str) -> dict[str, Any]:
    west, south, east, north = service.country.box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    path = f"/stac/{name}"
    return {
        "type": "Feature",
        "stac_version": VERSION,
        "stac_extensions": [],
        "id": item_id,
        "collection": name,
        "bbox": [west, south, east, north],
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "links": [
            given.link("/stac", "root"),
            given.link(path, "parent"),
            given.link(path, "collection"),
            given.link(f"{path}/items/{item_id}", "self", media="application/geo+json"),
        ],
    }


def _raster_item(service: Service, given: Given, spec: SourceSpec) -> dict[str, Any]:
    assets: dict[str, Any] = {}
    if spec.redistributable:
        if spec.url:
            assets["original"] = {"href": spec.url, "type": GEOTIFF, "roles": ["data"]}
        if file_of(spec):
            href = f"{given.home}/rasters/{spec.id}"
            assets["data"] = {"href": href, "type": GEOTIFF, "roles": ["data"]}
        of_source = {one.id for one in service.catalogue.layers.values() if one.source == spec.id}
        origin = given.home.removesuffix("/api")
        for layer, address in service.pictures().items():
            if layer in of_source:
                title = say(f"layer.{layer}.title", given.language)
                picture = {"href": f"{origin}{address}", "type": "image/png", "title": title}
                assets[layer] = picture | {"roles": ["visual"]}
    return _item(service, given, RASTERS, spec.id) | {
        "properties": {
            "title": spec.citation,
            **_time_of(spec.vintage, service.built.on),
            "vintage": spec.vintage,
            "license": spec.licence.value,
            "providers": [
                {"name": spec.publisher, "roles": ["producer", "licensor"], "url": spec.landing}
            ],
            "is_open": spec.redistributable,
            "sha256": spec.sha256,
        },
        "assets": assets,
    }


def _build_item(service: Service, given: Given, name: str, version: str, on: str) -> dict[str, Any]:
    assets: dict[str, Any] = {}
    if name == service.built.hash:
        for level in service.built.levels:
            href = f"{given.home}/collections/{level}/items"
            title = say(f"level.{level}", given.language)
            link = {"href": href, "type": "application/geo+json", "title": title}
            assets[level.value] = link | {"roles": ["data"]}
    return _item(service, given, VERSIONS, name) | {
        "properties": {
            "title": f"geoapp {version}, {on}",
            **_time_of(on, service.built.on),
            "version": version,
            "deprecated": name != service.built.hash,
            "edition": edition_of(service),
        },
        "assets": assets,
    }


def builds_of(service: Service) -> list[tuple[str, str, str]]:
    """Return hash, version and day of the builds that the store holds, that of the page first.

    Parameters
    ----------
    service : Service
        The builds of its own edition lie beside its own; a database tells its own alone.

    Returns
    -------
    list of tuple
        One that cannot be read is left out.
    """
    built = service.built
    found = [(built.hash, built.version, built.on.isoformat())]
    for path in sorted(service.stored.folder.glob("builds/*/manifest.json")):
        try:
            told = json.loads(path.read_text())
            if told["hash"] != built.hash and told["country"] == built.country:
                found.append((told["hash"], told["version"], told["on"]))
        except (OSError, ValueError, KeyError):
            continue
    return found


def _time_of(vintage: str, on: date) -> dict[str, Any]:
    """Return when a vintage was: its first moment and, of a month or more, its span.

    What gives no date was there on the day of the build.
    """
    days = [found[0] for found in _DAY.finditer(vintage)] or [on.isoformat()]
    start, end = pd.Period(days[0]).start_time, pd.Period(days[-1]).end_time
    told: dict[str, Any] = {"datetime": f"{start:{_MOMENT}}"}
    if (end - start).days:
        told |= {"start_datetime": told["datetime"], "end_datetime": f"{end:{_MOMENT}}"}
    return told
