"""Every question that the API answers, declared once: routes and OpenAPI follow from it."""

from collections.abc import Callable
from typing import Any

from geoapp.api import decide, evidence, features, landing, stac
from geoapp.api.features import GEOJSON, Collections
from geoapp.api.openapi import describe
from geoapp.api.operation import JSON, Operation
from geoapp.api.parameters import (
    BBOX,
    DATETIME,
    LIMIT,
    OF_FOCUS,
    OF_GROUND,
    OF_QUAKE,
    OF_RANKING,
    OFFSET,
    path_part,
)
from geoapp.api.service import Given, Service
from geoapp.api.stac_items import GEOTIFF

BODIES = (GEOJSON, JSON, "application/xml", "text/xml")
"""Of an event: GeoJSON, the contours of a ShakeMap (cont_mmi.json) or its grid.xml."""
_COLLECTION, _UBIGEO, _LAYER = path_part("collection"), path_part("ubigeo"), path_part("layer")


def _openapi(collections: Collections, given: Given) -> dict[str, Any]:
    return describe(OPERATIONS, collections.service, given)


def _of_service(answer: Callable[[Service, Given], Any]) -> Callable[[Collections, Given], Any]:
    """Return an answer that needs no features as one of those that do."""
    return lambda collections, given: answer(collections.service, given)


OPERATIONS: tuple[Operation, ...] = (
    Operation(id="landing", path="", answer=_of_service(landing.landing), schema="Landing"),
    Operation(
        id="conformance",
        path="/conformance",
        answer=_of_service(landing.conformance),
        schema="Conformance",
    ),
    Operation(
        id="openapi",
        path="/openapi.json",
        answer=_openapi,
        schema="OpenApi",
        media=landing.OPENAPI,
    ),
    Operation(
        id="collections",
        path="/collections",
        answer=features.list_collections,
        schema="Collections",
    ),
    Operation(
        id="one_collection",
        path="/collections/{collection}",
        answer=features.one_collection,
        schema="Collection",
        parts=(_COLLECTION,),
    ),
    Operation(
        id="items",
        path="/collections/{collection}/items",
        answer=features.list_items,
        schema="FeatureCollection",
        media=GEOJSON,
        parts=(_COLLECTION,),
        query=(LIMIT, OFFSET, BBOX, DATETIME),
    ),
    Operation(
        id="item",
        path="/collections/{collection}/items/{ubigeo}",
        answer=features.one_item,
        schema="Feature",
        media=GEOJSON,
        parts=(_COLLECTION, _UBIGEO),
    ),
    Operation(
        id="ranking",
        path="/ranking",
        answer=_of_service(decide.ranking),
        schema="Ranking",
        query=OF_RANKING,
    ),
    Operation(
        id="focus",
        path="/focus",
        answer=_of_service(decide.focus),
        schema="Focus",
        query=OF_FOCUS,
        may_wait=True,
    ),
    Operation(
        id="quake",
        path="/event",
        answer=_of_service(decide.quake),
        schema="Event",
        query=OF_QUAKE,
    ),
    Operation(
        id="event",
        path="/event",
        answer=_of_service(decide.event),
        schema="Event",
        method="POST",
        query=OF_GROUND,
        bodies=BODIES,
    ),
    Operation(
        id="provenance",
        path="/provenance/{layer}/{ubigeo}",
        answer=_of_service(evidence.chain),
        schema="Chain",
        parts=(_LAYER, _UBIGEO),
    ),
    Operation(id="layers", path="/layers", answer=_of_service(evidence.layers), schema="Layers"),
    Operation(
        id="sources", path="/sources", answer=_of_service(evidence.sources), schema="Sources"
    ),
    Operation(id="stac", path="/stac", answer=_of_service(stac.root), schema="StacCatalog"),
    Operation(
        id="stac_collection",
        path="/stac/{collection}",
        answer=_of_service(stac.collection),
        schema="StacCollection",
        parts=(_COLLECTION,),
    ),
    Operation(
        id="stac_item",
        path="/stac/{collection}/items/{item}",
        answer=_of_service(stac.item),
        schema="StacItem",
        media=GEOJSON,
        parts=(_COLLECTION, path_part("item")),
    ),
    Operation(
        id="raster",
        path="/rasters/{raster}",
        answer=_of_service(stac.raster),
        media=GEOTIFF,
        parts=(path_part("raster"),),
    ),
)
