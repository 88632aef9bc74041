"""The units of each level as features of OGC API, with the columns of an exported file."""

import json
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import numpy as np
import shapely

from geoapp.api.parameters import FEW_FEATURES
from geoapp.api.provenance import provenance_of
from geoapp.api.service import Given, Service
from geoapp.exports.columns import Column, columns_of
from geoapp.exports.frame import ExportFrame, make_frame
from geoapp.exports.geojson import features_of
from geoapp.words import say
from layers.errors import UnknownIdError, UnknownUbigeoError
from layers.terms import AdminLevel

CRS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEOJSON = "application/geo+json"
_PARTS_OF_PAGE = ("limit", "offset")


@dataclass(frozen=True, eq=False)
class Level:
    """The features of one level, each written once."""

    frame: ExportFrame
    sources: tuple[str, ...]
    """What the open columns rest on."""
    features: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """By ubigeo, its place among the features."""
        return {code: place for place, code in enumerate(self.frame.rows["ubigeo"])}

    def within(self, box: tuple[float, float, float, float] | None) -> list[int]:
        """Return the features that meet a box; one from east to west crosses the antimeridian."""
        shapes = self.frame.shapes
        if box is None:
            return list(range(len(self.features)))
        if shapes is None:
            return []
        west, south, east, north = box
        spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        boxes = [shapely.box(low, south, high, north) for low, high in spans]
        found = [shapes.sindex.query(one, predicate="intersects") for one in boxes]
        return sorted({int(place) for places in found for place in places})


class Collections:
    """The levels of a build, each made when it is first asked for."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._made: dict[AdminLevel, Level] = {}
        self._turn = Lock()

    def level(self, name: str) -> Level:
        """Return the features of a collection, or say which there are."""
        levels = {level.value: level for level in self.service.built.levels}
        if name not in levels:
            raise UnknownIdError(
                "there is no collection {name!r}; there are {known}",
                name=name[:60],
                known=", ".join(levels),
            )
        with self._turn:
            if levels[name] not in self._made:
                self._made[levels[name]] = self._make(levels[name])
        return self._made[levels[name]]

    def _make(self, level: AdminLevel) -> Level:
        service = self.service
        built, country = service.built, service.country
        frame = make_frame(
            built,
            level,
            service.scenario,
            service.catalogue,
            country,
            date=built.on.isoformat(),
        )
        columns = columns_of(
            built.levels[level].table, service.catalogue, country, service.scenario.shares
        )
        opened = [column for column in columns if column.name in frame.rows]
        return Level(frame, _sources(opened), tuple(features_of(frame)))


def _sources(columns: list[Column]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for column in columns for source in column.sources))


def list_collections(collections: Collections, given: Given) -> dict[str, Any]:
    """Return what collections there are."""
    levels = collections.service.built.levels
    return {
        "links": given.own_links(),
        "collections": [_described(collections.service, level, given) for level in levels],
        "provenance": provenance_of(collections.service, (), collections.service.scenario),
    }


def one_collection(collections: Collections, given: Given) -> dict[str, Any]:
    """Return one collection with what each of its columns means."""
    level = collections.level(given.values["collection"])
    service = collections.service
    described = _described(service, level.frame.level, given)
    return described | {
        "links": [*given.own_links(), *described["links"][1:]],
        "columns": level.frame.dictionary.to_dict("records"),
        "left_out": list(level.frame.left_out),
        "provenance": provenance_of(service, level.sources, service.scenario),
    }


def _described(service: Service, level: AdminLevel, given: Given) -> dict[str, Any]:
    path = f"/collections/{level}"
    bounds = service.built.levels[level].units.total_bounds
    return {
        "id": level.value,
        "title": say(f"level.{level}", given.language),
        "description": say("api.collection", given.language, country=service.country.own_name),
        "extent": {"spatial": {"bbox": [np.round(bounds, 6).tolist()], "crs": CRS}},
        "itemType": "feature",
        "crs": [CRS],
        "links": [
            given.link(path, "self"),
            given.link(f"{path}/items", "items", media=GEOJSON),
            given.link(f"{path}/items?f=html", "items", media="text/html"),
            given.link("/sources", "license"),
        ],
    }


def list_items(collections: Collections, given: Given) -> str:
    """Return some features of a collection as the text of a FeatureCollection."""
    name = given.values["collection"]
    level = collections.level(name)
    found = level.within(given.values.get("bbox"))
    limit = given.values.get("limit", FEW_FEATURES)
    offset = given.values.get("offset", 0)
    shown = found[offset : offset + limit]
    links = [*given.own_links(), given.link(f"/collections/{name}", "collection")]
    if offset + len(shown) < len(found) and shown:
        links.append(_page(given, "next", offset + limit, limit))
    if offset:
        links.append(_page(given, "prev", max(0, offset - limit), limit))
    service = collections.service
    head = {
        "type": "FeatureCollection",
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "links": links,
        "provenance": provenance_of(service, level.sources, service.scenario),
    }
    features = ",\n".join(level.features[place] for place in shown)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{features}\n]}}'


def _page(given: Given, rel: str, offset: int, limit: int) -> dict[str, str]:
    """Return the link to another page of the same question."""
    rest = {
        name: ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in given.values.items()
        if name not in (*_PARTS_OF_PAGE, "collection")
    }
    query = urlencode({**rest, "limit": limit, "offset": offset}, safe=",:/")
    path = f"/collections/{given.values['collection']}/items?{query}"
    return given.link(path, rel, media=GEOJSON)


def one_item(collections: Collections, given: Given) -> str:
    """Return one feature as text."""
    name, code = given.values["collection"], given.values["ubigeo"]
    level = collections.level(name)
    if code not in level.places:
        raise UnknownUbigeoError(
            "collection {name} has no unit {code!r}", name=name, code=code[:60]
        )
    path = f"/collections/{name}"
    more = {
        "links": [*given.own_links(), given.link(path, "collection")],
        "provenance": provenance_of(
            collections.service, level.sources, collections.service.scenario
        ),
    }
    feature = level.features[level.places[code]]
    return f"{feature[:-1]}, {json.dumps(more, ensure_ascii=False)[1:]}"
