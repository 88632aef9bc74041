"""The API: OGC API - Features, STAC and the answers of the product, read only, under ``/api``."""

from geoapp.api.routes import HOME, make_api
from geoapp.api.service import Asked, Planned, Service

__all__ = ["HOME", "Asked", "Planned", "Service", "make_api"]
