"""What the server answers besides the page: geometry, fonts, tokens, and its refusals."""

import gzip
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import brotli
import geopandas as gpd
import pandas as pd
import shapely
from dash.exceptions import CallbackException, DependencyException
from flask import Flask, Response, abort, jsonify, request, send_from_directory
from werkzeug.exceptions import HTTPException

from geoapp import vendor_folder
from geoapp.access.gate import refused
from geoapp.app.forever import FOREVER, name_of
from geoapp.app.metrics import Meter
from geoapp.app.unit_tiles import add_unit_tiles, page_units
from geoapp.app.watch import tell_fault
from geoapp.outlines.arcs import page_arcs
from geoapp.store.builds import Stored, page_geojson
from geoapp.style import style_sheet
from geoapp.words import LANGUAGES, say, words
from layers.spec import CountryProfile
from layers.terms import AdminLevel

"""For what is named by its content."""
_OCEAN_REACH = 40.0
_CUT_MARGIN = 0.01
_SHELL = "/<path:path>"
"""Dash answers its page to every path that nothing else answers."""
_LATE_WORDS = ("figures.", "tour.")
"""What scripts say that come when they are asked for; the page itself does not carry it."""
_MALFORMED = (
    KeyError,
    TypeError,
    AttributeError,
    ValueError,
    IndexError,
    RecursionError,
    CallbackException,
)


@dataclass(frozen=True)
class Geometries:
    """What the map draws, compressed once by name, and the name of each by what it is."""

    files: dict[str, dict[str, bytes]]
    """By name, its bytes by encoding."""
    names: dict[tuple[str, str], str]
    tiles: dict[str, bytes]
    """By name, the vector tiles of levels of too many units for one file."""

    def addresses(self, level: AdminLevel) -> dict[str, str]:
        """Return the addresses of a level: units, inset, regions, backdrop, capitals."""
        wanted = {
            "units": (level.value, "units"),
            "inset": (level.value, "inset"),
            "regions": ("", "regions"),
            "backdrop": ("", "backdrop"),
            "capitals": ("", "capitals"),
        }
        return {
            name: f"/geometry/{self.names[key]}"
            for name, key in wanted.items()
            if key in self.names
        }


def make_geometries(stored: Stored, country: CountryProfile) -> Geometries:
    """Write the geometries of a build as the browser gets them.

    Parameters
    ----------
    stored : Stored
        The build.
    country : CountryProfile
        Which regions the inset shows.

    Returns
    -------
    Geometries
        Units and inset of each level, region lines, neighbours.
    """
    contents: dict[tuple[str, str], bytes] = {}
    packed: dict[tuple[str, str], Future[dict[str, bytes]]] = {}
    # One is compressed while the next is written: both leave the interpreter to the other.
    with ThreadPoolExecutor(1) as pool:
        for key, content in _written(stored, country):
            contents[key] = content
            packed[key] = pool.submit(_compressed, content)
    names = {key: f"{name_of(content)}.json" for key, content in contents.items()}
    files = {names[key]: found.result() for key, found in packed.items()}
    return Geometries(files, names, {name_of(tiles): tiles for tiles in stored.tiles.values()})


def _compressed(content: bytes) -> dict[str, bytes]:
    return {
        "br": brotli.compress(content, quality=11),
        "gzip": gzip.compress(content, compresslevel=9, mtime=0),
    }


def _written(stored: Stored, country: CountryProfile) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Yield each geometry by its level and what it is."""
    for level, made in stored.build.levels.items():
        properties = pd.DataFrame(
            {
                "u": made.units.index,
                "i": range(len(made.units)),
                "n": made.table.names["name"],
                "x": made.units["lon"].round(3),
                "y": made.units["lat"].round(3),
            },
            index=made.units.index,
        )
        if level in stored.tiles:
            for what in ("units", "inset"):
                yield (level.value, what), page_units(properties, stored.tiles[level])
            continue
        yield (level.value, "units"), page_arcs(made.outlines, properties)
        inside = _meets_inset(made.outlines, country)
        yield (level.value, "inset"), page_arcs(made.outlines[inside], properties[inside])
    regions = stored.build.levels[AdminLevel.REGION]
    lines = regions.outlines
    named = pd.DataFrame({"u": lines.index, "n": regions.table.names["name"]}, index=lines.index)
    yield ("", "regions"), page_geojson(_each_line_once(lines), named)
    if stored.build.is_coarse:
        yield ("", "capitals"), page_geojson(*_points(stored.build.capitals))
    backdrop = sea_and_borders(stored.build.backdrop.geometry, lines)
    yield ("", "backdrop"), page_geojson(backdrop, pd.DataFrame({"u": backdrop.index}))


def _each_line_once(outlines: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the outline of each region without what those before it have drawn."""
    drawn = shapely.MultiLineString()
    lines = []
    for boundary in outlines.boundary:
        lines.append(shapely.line_merge(shapely.difference(boundary, drawn)))
        drawn = shapely.union(drawn, boundary)
    return gpd.GeoSeries(lines, index=outlines.index, crs=outlines.crs)


def _meets_inset(outlines: gpd.GeoSeries, country: CountryProfile) -> pd.Series:
    """Return which units the inset shows: all that meet its box, so that land is not sea."""
    if country.inset_box is None:
        return pd.Series(False, index=outlines.index)
    return outlines.intersects(shapely.box(*country.inset_box))


def _points(capitals: pd.DataFrame) -> tuple[gpd.GeoSeries, pd.DataFrame]:
    points = gpd.GeoSeries(
        gpd.points_from_xy(capitals["lon"], capitals["lat"]), index=capitals.index, crs=4326
    )
    return points, pd.DataFrame({"n": capitals["name"]}, index=capitals.index)


def sea_and_borders(countries: gpd.GeoSeries, regions: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the sea and the borders of other countries, without the edges of their cut.

    The ground of the map is land, so that nothing shows where the file of the
    neighbours ends inland.

    Parameters
    ----------
    countries : GeoSeries
        Countries around, cut to a box.
    regions : GeoSeries
        Regions of the country of the product.

    Returns
    -------
    GeoSeries
        ``sea`` and ``border``.
    """
    west, south, east, north = countries.total_bounds
    cut = shapely.box(west, south, east, north)
    land = shapely.union_all([*countries, *regions])
    ocean = shapely.box(west - _OCEAN_REACH, south, east, north)
    inside = cut.buffer(-_CUT_MARGIN)
    borders = inside.intersection(shapely.union_all(countries.boundary))
    return gpd.GeoSeries(
        {"sea": shapely.difference(ocean, land), "border": borders}, crs=countries.crs
    )


def add_routes(server: Flask, geometries: Geometries, pages: tuple[str, ...], meter: Meter) -> None:
    """Add the routes of the product to the server of the page.

    Parameters
    ----------
    server : Flask
        The server.
    geometries : Geometries
        What ``/geometry`` answers.
    pages : tuple of str
        Paths of the pages.
    meter : Meter
        Counts faults.
    """

    @server.get("/geometry/<name>")
    def geometry(name: str) -> Response:
        if name not in geometries.files:
            abort(404)
        encoding = "br" if request.accept_encodings["br"] else "gzip"
        answer = Response(geometries.files[name][encoding], mimetype="application/json")
        answer.headers["Content-Encoding"] = encoding
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Cache-Control"] = FOREVER
        return answer

    @server.get("/vendor/<path:name>")
    def vendor(name: str) -> Response:
        answer = send_from_directory(vendor_folder(), name)
        answer.headers["Cache-Control"] = FOREVER
        return answer

    @server.get("/words/<language>.json")
    def late_words(language: str) -> Response:
        if language not in LANGUAGES:
            abort(404)
        said = words(language)
        return jsonify({key: said[key] for key in said if key.startswith(_LATE_WORDS)})

    @server.get("/tokens.css")
    def tokens() -> Response:
        return Response(style_sheet(), mimetype="text/css")

    add_unit_tiles(server, geometries.tiles)
    refuse_unknown_paths(server, pages)
    answer_errors(server, meter)


def refuse_unknown_paths(server: Flask, pages: tuple[str, ...]) -> None:
    """Answer 404 outside the pages, where Dash would answer its shell."""

    @server.before_request
    def refuse() -> None:
        is_shell = request.url_rule is not None and request.url_rule.rule == _SHELL
        if is_shell and request.path not in pages:
            abort(404)


def answer_errors(server: Flask, meter: Meter) -> None:
    """Answer faults with a status and the id under which the log tells what happened."""

    @server.errorhandler(Exception)
    def answer(error: Exception) -> tuple[Response, int]:
        if isinstance(error, HTTPException):
            return refused(error), error.code or 500
        if isinstance(error, DependencyException):
            return jsonify(error="Not Found"), 404
        if request.path.startswith(("/_dash", "/event/")) and isinstance(error, _MALFORMED):
            return jsonify(error="Bad Request", id=tell_fault(meter, error, "warning")), 400
        found = tell_fault(meter, error)
        said = {language: say("access.fault", language, id=found) for language in LANGUAGES}
        return jsonify(error="Internal Server Error", id=found, said=said), 500
