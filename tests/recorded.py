"""Answers of services in the shape of their documentation, written by hand for the toy country."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import urlencode

from layers.spec import ServiceSpec
from tests.loopback import Answer, Server, reply
from tests.toy import DISTRICTS, square

PERIOD = {
    "reference_period_start": "2025-01-01T00:00:00",
    "reference_period_end": "2025-12-31T23:59:59",
}
PLACE = {"location_code": "TOY", "location_name": "Juguete", **PERIOD, "resource_hdx_id": "r1"}
SECTORS = (("HEA", "health"), ("WSH", "wash"), ("PRO-CPN", "child_protection"))


def service(server: Server, client: str, path: str = "", **more: Any) -> ServiceSpec:
    """Declare a service of the loopback server."""
    usual: dict[str, Any] = {
        "id": client.replace("_", "-"),
        "client": client,
        "publisher": "Servicio de Juguete",
        "landing": "https://example.org/servicio",
        "url": f"{server.url}{path}",
        "words": SECTORS,
        "page": 2,
    }
    return ServiceSpec(**(usual | more))


def js(answer: object, **headers: str) -> Answer:
    return reply(json.dumps(answer).encode(), Content_Type="application/json", **headers)


def need(region: str, people: int | None, sector: str = "HEA", **more: Any) -> dict[str, Any]:
    """One row of humanitarian-needs."""
    row = {
        **PLACE,
        "admin1_code": region,
        "admin1_name": f"Región {region[-2:]}",
        "admin2_code": None,
        "admin2_name": None,
        "admin_level": 1,
        "sector_code": sector,
        "sector_name": sector.title(),
        "category": "total",
        "population_status": "INN",
        "population": people,
    }
    return row | more


def works(region: str, org: str, sector: str = "HEA", **more: Any) -> dict[str, Any]:
    """One row of operational-presence."""
    row = {
        **PLACE,
        "admin1_code": region,
        "admin1_name": f"Región {region[-2:]}",
        "admin2_code": None,
        "admin2_name": None,
        "admin_level": 1,
        "org_acronym": org[:3],
        "org_name": org,
        "org_type_code": "447",
        "org_type_description": "International NGO",
        "sector_code": sector,
        "sector_name": sector.title(),
    }
    return row | more


def pages(server: Server, path: str, rows: list[dict[str, Any]], size: int = 2) -> None:
    """Serve rows as HAPI does: pages by offset, the last one without rows."""
    for offset in range(0, len(rows) + size, size):
        served = min(offset, len(rows))
        query = {
            "location_code": "TOY",
            "output_format": "json",
            "app_identifier": "quien+",
            "limit": size,
            "offset": served,
        }
        server.answers[f"{path}?{urlencode(query)}"] = [js({"data": rows[served : served + size]})]


def district_features(key: str, prefix: str = "") -> list[dict[str, Any]]:
    """The six squares as features, their code under a name."""
    return [
        {
            "type": "Feature",
            "properties": {key: f"{prefix}{code}", "adm3_name": name},
            "geometry": square(x, y).__geo_interface__,
        }
        for code, (x, y, name) in DISTRICTS.items()
    ]


def geojson_of(features: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def zipped(**members: bytes) -> bytes:
    """An archive; dots of the names are written as two underscores."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "."), body)
    return packed.getvalue()


def package(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A data set as CKAN shows it."""
    result = {
        "title": "Conjunto",
        "license_title": "Creative Commons Attribution for Intergovernmental Organisations",
        "dataset_date": "[2020-07-14T00:00:00 TO 2020-07-14T23:59:59]",
        "resources": list(resources),
    }
    return {"success": True, "result": result | more}


def file_of(
    url: str, form: str, changed: str = "2026-01-26T10:00:00", **more: Any
) -> dict[str, Any]:
    return {
        "name": url.rpartition("/")[2],
        "format": form,
        "url": url,
        "last_modified": changed,
    } | more
