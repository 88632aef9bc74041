"""What services may answer besides what they document: each is refused in a sentence or read."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from layers.sources.locate import Places
from layers.sources.outcome import Outcome
from layers.sources.services import ServiceResult, Wanted, fetch_services
from layers.spec import ServiceSpec, Takes
from tests.loopback import Server, reply, rules
from tests.recorded import (
    district_features,
    file_of,
    geojson_of,
    js,
    need,
    package,
    service,
    works,
    zipped,
)

ODD: tuple[object, ...] = (None, "x", -1.5, True, [], [None], {})
GONE = object()
LEAST = 12
"""Odd answers of a client, so that the walk has not lost its way."""
Case = tuple[ServiceSpec, str, str, Any]
"""Service, argument, path of the answer that is made odd, and what it is when it is not."""


def as_one_page(server: Server, path: str, rows: list[dict[str, Any]]) -> str:
    """Serve rows as the only page of HAPI and return its path."""
    asked = "location_code=TOY&output_format=json&app_identifier=quien%2B&limit=2&offset="
    server.answers[f"{path}?{asked}{len(rows)}"] = [js({"data": []})]
    return f"{path}?{asked}0"


def needs(server: Server) -> Case:
    rows = [need("TY01", 30), need("TY02", 5, "WSH")]
    spec = service(server, "hapi_needs", "/n", needs_identifier=True)
    return spec, "", as_one_page(server, "/n", rows), {"data": rows}


def presence(server: Server) -> Case:
    rows = [works("TY01", "Cruz de Juguete"), works("TY02", "Otra")]
    spec = service(server, "hapi_presence", "/p", needs_identifier=True)
    return spec, "", as_one_page(server, "/p", rows), {"data": rows}


def boundaries(server: Server) -> Case:
    shapes = geojson_of(district_features("adm3_pcode", "TY"))
    server.answers["/a.zip"] = [reply(zipped(admin3__geojson=shapes))]
    told = package(file_of(f"{server.url}/a.zip", "GeoJSON"))
    return service(server, "hdx_boundaries", "/c"), "", "/c/package_show?id=cod-ab-toy", told


def portal(server: Server) -> Case:
    server.answers["/f.csv"] = [reply(b"ubigeo,casos\n010101,3\n")]
    told = package(file_of(f"{server.url}/f.csv", "CSV"))
    told["result"] = [told["result"]]
    spec = service(server, "open_data", "/d", id="datosabiertos", takes=Takes.DATASET)
    return spec, "padron", "/d/package_show?id=padron", told


def units(server: Server) -> Case:
    server.answers["/adm3.geojson"] = [reply(geojson_of(named_shapes()))]
    told = {
        **dict.fromkeys(("boundaryID", "buildDate", "boundaryLicense"), "a"),
        "boundaryISO": "TOY",
        "boundaryType": "ADM3",
        "boundaryYearRepresented": "2019",
        "gjDownloadURL": f"{server.url}/adm3.geojson",
        "admUnitCount": "6",
    }
    return service(server, "geoboundaries", "/g"), "", "/g/TOY/ADM3/", told


def named_shapes() -> list[dict[str, Any]]:
    return [
        {**one, "properties": {"shapeName": one["properties"]["adm3_name"]}}
        for one in district_features("x")
    ]


def unit_shapes(server: Server) -> Case:
    spec, argument, path, told = units(server)
    server.answers[path] = [js(told)]
    features = {"type": "FeatureCollection", "features": named_shapes()[:1]}
    server.answers[path] = [js({**told, "admUnitCount": "1"})]
    return spec, argument, "/adm3.geojson", features


def people(server: Server) -> Case:
    server.answers["/2020.tif"] = [reply(b"II*\x00 raster")]
    release = {"id": "1", "iso3": "TOY", "popyear": "2020", "date": "2020-11-01"}
    last = {**release, "files": [f"{server.url}/2020.tif"], "license": "a"}
    told = {"data": [last, {**last, "popyear": "2019"}]}
    return service(server, "worldpop", "/w"), "", "/w?iso3=TOY", told


LAYER = {
    "geometryType": "esriGeometryPolygon",
    "maxRecordCount": 2,
    "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
    "editingInfo": {"lastEditDate": 5},
}
COUNT = "/s/77/query?where=1%3D1&returnCountOnly=true&f=json"
PAGE = (
    "/s/77/query?where=1%3D1&outFields=%2A&outSR=4326&f=geojson&resultRecordCount=2&resultOffset=0"
)


def layer(server: Server) -> Case:
    answers = {
        "/s/77?f=json": LAYER,
        COUNT: {"count": 1},
        PAGE: {"features": district_features("OBJECTID")[:1]},
    }
    server.answers |= {path: [js(told)] for path, told in answers.items()}
    known = (("inundaciones", "77", "flood_footprint"),)
    spec = service(server, "arcgis", "/s", id="sigrid", takes=Takes.LAYER, known=known)
    return spec, "inundaciones", "/s/77?f=json", LAYER


def layer_count(server: Server) -> Case:
    return *layer(server)[:2], COUNT, {"count": 1}


def layer_page(server: Server) -> Case:
    return *layer(server)[:2], PAGE, {"features": district_features("OBJECTID")[:1]}


CASES: tuple[Callable[[Server], Case], ...] = (
    *(needs, presence, boundaries, portal, units, unit_shapes, people),
    *(layer, layer_count, layer_page),
)


def places_of(told: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each part of a document; of coordinates, which are read later, none."""
    yield here
    if here and here[-1] == "geometry":
        return
    if isinstance(told, dict | list):
        for key, value in told.items() if isinstance(told, dict) else enumerate(told[:1]):
            yield from places_of(value, (*here, key))


def odd_answers(told: Any) -> Iterator[Any]:
    """Yield a document with each of its parts gone or replaced by what it is not."""
    for way in places_of(told):
        for odd in (GONE, *ODD):
            made = copy.deepcopy(told)
            if not way:
                if odd is not GONE:
                    yield odd
                continue
            *to, last = way
            holder = made
            for key in to:
                holder = holder[key]
            if odd is GONE:
                del holder[last]
            else:
                holder[last] = odd
            yield made


def ask(store: Path, spec: ServiceSpec, argument: str) -> ServiceResult:
    (made,) = fetch_services(
        [Wanted(spec=spec, argument=argument)],
        Places(store=store, starter=store / "starter"),
        "TOY",
        datetime(2026, 3, 31, tzinfo=UTC),
        identifier="quien+",
        rules=rules(retries=0),
    )
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_no_answer_breaks_a_client(
    case: Callable[[Server], Case], server: Server, tmp_path: Path
) -> None:
    spec, argument, path, told = case(server)
    server.answers[path] = [js(told)]
    assert ask(tmp_path / "whole", spec, argument).outcome is Outcome.FETCHED
    odds = list(odd_answers(told))
    assert len(odds) > LEAST
    for odd in odds:
        server.answers[path] = [js(odd)]
        result = ask(tmp_path / "odd", spec, argument)
        shown = json.dumps(odd)[:300]
        assert (result.problem is None) == (result.outcome is not Outcome.FAILED), shown
