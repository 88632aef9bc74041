"""Where the API begins: what there is, and to what it conforms."""

from typing import Any

from geoapp.api.provenance import provenance_of
from geoapp.api.service import Given, Service
from geoapp.words import say

_FEATURES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
CONFORMANCE = (f"{_FEATURES}/core", f"{_FEATURES}/geojson", f"{_FEATURES}/html")
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
_PLACES = (
    ("/conformance", "conformance", ""),
    ("/collections", "data", ""),
    ("/stac", "related", ""),
    ("/ranking", "related", ""),
    ("/focus", "related", ""),
    ("/layers", "related", ""),
    ("/sources", "license", ""),
)
"""Path, relation and medium of what the landing page leads to."""


def landing(service: Service, given: Given) -> dict[str, Any]:
    """Return the landing page."""
    name = service.country.own_name
    links = [
        *given.own_links(),
        given.link("/openapi.json", "service-desc", say("api.openapi", given.language), OPENAPI),
        given.link(
            "/openapi.json?f=html",
            "service-doc",
            say("api.openapi", given.language),
            "text/html",
        ),
        *(
            given.link(path, rel, say(f"api.{path[1:]}", given.language), media)
            for path, rel, media in _PLACES
        ),
    ]
    return {
        "title": f"geoapp {name}",
        "description": say("api.about", given.language, country=name),
        "links": links,
        "provenance": provenance_of(service, (), service.scenario),
    }


def conformance(service: Service, given: Given) -> dict[str, Any]:
    """Return the classes of OGC API - Features to which the answers conform."""
    return {"conformsTo": list(CONFORMANCE)}
