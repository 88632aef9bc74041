"""The rasters behind the layers, and the builds of the store, as a catalogue of STAC."""

from typing import Any

from geoapp.api.problem import AbsentError
from geoapp.api.provenance import provenance_of
from geoapp.api.service import Given, Service
from geoapp.api.stac_items import RASTERS, VERSION, VERSIONS, file_of, items_of, rasters_of
from geoapp.words import say
from layers.errors import UnknownIdError

COLLECTIONS = (RASTERS, VERSIONS)


def root(service: Service, given: Given) -> dict[str, Any]:
    """Return the catalogue."""
    return {
        "type": "Catalog",
        "stac_version": VERSION,
        "id": f"geoapp-{service.built.country}",
        "title": f"geoapp {service.country.own_name}",
        "description": say("api.stac", given.language),
        "links": [
            given.link("/stac", "root"),
            given.link("/stac", "self"),
            *(given.link(f"/stac/{name}", "child") for name in COLLECTIONS),
        ],
        "provenance": provenance_of(service, ()),
    }


def collection(service: Service, given: Given) -> dict[str, Any]:
    """Return one of the collections with links to its items."""
    name = _known(given.values["collection"])
    items = items_of(service, given, name)
    times = sorted(item["properties"]["datetime"] for item in items)
    interval = [times[0], times[-1]] if times else [None, None]
    sources = [item["id"] for item in items] if name == RASTERS else []
    return {
        "type": "Collection",
        "stac_version": VERSION,
        "id": name,
        "title": say(f"api.stac_{name}", given.language),
        "description": say(f"api.stac_{name}", given.language),
        "license": "other",
        "extent": {
            "spatial": {"bbox": [list(service.country.box)]},
            "temporal": {"interval": [interval]},
        },
        "links": [
            given.link("/stac", "root"),
            given.link("/stac", "parent"),
            given.link(f"/stac/{name}", "self"),
            given.link("/sources", "license"),
            *(
                given.link(f"/stac/{name}/items/{item['id']}", "item", media="application/geo+json")
                for item in items
            ),
        ],
        "provenance": provenance_of(service, sources),
    }


def item(service: Service, given: Given) -> dict[str, Any]:
    """Return one raster or build."""
    name, asked = _known(given.values["collection"]), given.values["item"]
    for one in items_of(service, given, name):
        if one["id"] == asked:
            sources = [asked] if name == RASTERS else []
            return one | {"provenance": provenance_of(service, sources)}
    raise UnknownIdError("collection {name} has no item {item!r}", name=name, item=asked[:60])


def raster(service: Service, given: Given) -> bytes:
    """Return the file of a raster that travels with the product and may be passed on."""
    spec = {one.id: one for one in rasters_of(service)}.get(given.values["raster"])
    path = file_of(spec) if spec else None
    if path is None:
        raise AbsentError(
            "there is no raster {name!r} that may be passed on",
            name=given.values["raster"][:60],
        )
    return path.read_bytes()


def _known(name: str) -> str:
    if name not in COLLECTIONS:
        raise UnknownIdError(
            "there is no collection {name!r}; there are {known}",
            name=name[:60],
            known=", ".join(COLLECTIONS),
        )
    return name
