"""One client a service: it asks, turns pages, checks columns, and returns the file to be kept.

Clients see the web through ``Ask`` alone, so that what is guarded, tried again and waited for
stands in one place.
"""

from collections.abc import Callable

from layers.sources.clients import arcgis, geoboundaries, hapi, hdx, open_data, worldpop
from layers.sources.clients.asking import Ask, Found

CLIENTS: dict[str, Callable[[Ask], Found | None]] = {
    "hapi_needs": hapi.needs,
    "hapi_presence": hapi.presence,
    "hdx_boundaries": hdx.boundaries,
    "geoboundaries": geoboundaries.boundaries,
    "open_data": open_data.resource,
    "arcgis": arcgis.layer,
    "worldpop": worldpop.raster,
}
"""By the name that a ServiceSpec gives; None is what is kept already."""

__all__ = ["CLIENTS", "Ask", "Found"]
