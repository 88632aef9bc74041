"""The first answer to a visitor: the map and its paint at once, the scripts of all else after it."""

import json
import re
from typing import Any

from dash import Dash
from dash.development.base_component import Component
from flask import request

from geoapp.app.bundles import Bundles, on_demand
from geoapp.app.components.map import main_map
from geoapp.app.second import paint_both
from geoapp.app.view import Views
from layers.spec import CountryProfile

_SCRIPT = re.compile(r'<script src="(?P<address>[^"]*)"></script>')
# Browsers of the last ten years need no polyfill, and the page has no table of Dash's own.
_UNUSED = re.compile(r"deps/polyfill|/dash_table/")
_TABLE = re.compile(r"/dash_ag_grid/")
_MAP = re.compile(r"/deps/|/dash_leaflet/")


class PageApp(Dash):
    """Dash whose page draws its map before anything of Dash is there (assets/start.js)."""

    def __init__(self, views: Views, bundles: Bundles, **options: Any) -> None:
        self._views = views
        self._bundles = bundles
        super().__init__(__package__, **options)

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        view = self._views.possible(self._views.read(_address()))
        scripts = [found["address"] for found in _SCRIPT.finditer(parts["scripts"])]
        needed = [address for address in scripts if not _UNUSED.search(address)]
        table = next(address for address in needed if _TABLE.search(address))
        first = [address for address in needed if _MAP.search(address)]
        rest = [address for address in needed if address not in (table, *first)]
        drawn = self._views.geometries.addresses(view.level)
        return f"""<!DOCTYPE html>
<html lang="{view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="late-script" content="{table}">
<meta name="on-demand" content="{self._on_demand()}">
<title>{parts["title"]}</title>
<link rel="icon" href="data:,">
<link rel="preload" href="{drawn["units"]}" as="fetch" crossorigin="anonymous">
<link rel="stylesheet" href="{self._bundles.style.address}">
{parts["css"]}
</head>
<body data-page="{view.page}">
<div id="map-root"></div>
<div id="hover" hidden></div>
{parts["app_entry"]}
{parts["config"]}
{carried("first-map", self._map())}
{carried("first-paint", paint_both(self._views, view))}
<template id="rest">
{_tags([self._bundles.rest.address, *rest])}
{parts["renderer"]}
</template>
{_tags([*first, self._bundles.first.address])}
</body>
</html>"""

    def _map(self) -> Any:
        country = self._views.country
        finest = self._views.geometries.addresses(self._views.levels[0])
        return main_map(finest, country.box, _offices(country))

    def _on_demand(self) -> str:
        """Return the addresses of what comes when it is needed."""
        return " ".join(
            f"{self.get_asset_url(file.name)}?m={file.stat().st_mtime_ns}" for file in on_demand()
        )


def _address() -> str:
    """Return the address that is asked, as the codec reads it."""
    return f"{request.path}?{request.query_string.decode()}"


def _tags(addresses: list[str]) -> str:
    return "\n".join(f'<script src="{address}"></script>' for address in addresses)


def carried(name: str, what: Any) -> str:
    """Return an element that carries something for the scripts; no text in it can end it."""
    text = json.dumps(what, default=_plain, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", r"\u003c")
    return f'<script id="{name}" type="application/json">{safe}</script>'


def _plain(component: Component) -> Any:
    return component.to_plotly_json()  # type: ignore[no-untyped-call]


def _offices(country: CountryProfile) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": office.name},
                "geometry": {"type": "Point", "coordinates": [office.lon, office.lat]},
            }
            for office in country.offices
        ],
    }
