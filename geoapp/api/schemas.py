"""The schemas of the answers, as JSON Schema 2020-12 and so as OpenAPI 3.1 has them."""

from typing import Any

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer"}
_NUMBER: Schema = {"type": ["number", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
COUNT: Schema = {"type": ["number", "string", "null"]}
"""A count of few people is the text of its range."""


def _is(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _record(required: Schema, **more: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": {**required, **more}}


def _answer(**required: Schema) -> Schema:
    return _record({**required, "provenance": _is("Provenance")})


_LINKS = _list_of(_is("Link"))
_BBOX: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
_GEOMETRY: Schema = {"type": ["object", "null"]}
_FEATURE: Schema = {
    "type": {"const": "Feature"},
    "id": _TEXT,
    "geometry": _GEOMETRY,
    "properties": {"type": "object"},
}
_EXTENT = _record({"spatial": _record({"bbox": _list_of(_BBOX)})})
_UNIT: Schema = {
    "ubigeo": _TEXT,
    "name": _TEXT,
    "rank": {"type": ["integer", "null"]},
    "score": _NUMBER,
    "low": _NUMBER,
    "high": _NUMBER,
    "confidence": _record({"score": {"type": "number"}, "class": _TEXT}),
    "contributions": {"type": "object", "additionalProperties": _NUMBER},
    "imputed": _TEXTS,
}
_STEP: Schema = {
    "layer": _TEXT,
    "title": _TEXT,
    "ubigeo": {"type": ["string", "null"]},
    "name": {"type": ["string", "null"]},
    "unit": _TEXT,
    "method": {"type": ["string", "null"]},
    "rule": _TEXT,
    "record": {"type": ["object", "null"]},
    "withheld": {"type": "boolean"},
}
_STEP_MORE: Schema = {
    "value": _NUMBER,
    "recomputed": _NUMBER,
    "formula": {"type": ["string", "null"]},
    "terms": {"type": "object"},
    "inputs": _list_of(_is("Step")),
    "masked": _record({"low": _NUMBER, "high": _NUMBER, "is_range": {"type": "boolean"}}),
}
_BAND: Schema = {
    "id": _TEXT,
    "low": _NUMBER,
    "high": _NUMBER,
    "units": _WHOLE,
    "people": COUNT,
    "migrants": COUNT,
    "displaced_rate": _record({"low": {"type": "number"}, "high": {"type": "number"}}),
}
_OFFICE: Schema = {
    "office": _TEXT,
    "name": _TEXT,
    "units": _WHOLE,
    "people": COUNT,
    "migrants": COUNT,
    "nearest_km": {"type": "number"},
    "farthest_km": {"type": "number"},
}

SCHEMAS: dict[str, Schema] = {
    "Problem": _record({"type": _TEXT, "title": _TEXT, "status": _WHOLE, "detail": _TEXT}),
    "Link": _record({"href": _TEXT, "rel": _TEXT}, type=_TEXT, title=_TEXT),
    "Provenance": _record(
        {
            "product": _TEXT,
            "version": _TEXT,
            "build": _TEXT,
            "country": _TEXT,
            "edition": {"enum": ["full", "public"]},
            "date": {"type": "string", "format": "date"},
            "scenario": {
                "oneOf": [
                    {"type": "null"},
                    _record({"id": _TEXT, "hash": _TEXT, "weights": {"type": "object"}}),
                ]
            },
            "sources": _TEXTS,
            "licences": _TEXTS,
        }
    ),
    "Landing": _answer(title=_TEXT, description=_TEXT, links=_LINKS),
    "Conformance": _record({"conformsTo": _TEXTS}),
    "OpenApi": _record({"openapi": _TEXT, "info": {"type": "object"}, "paths": {"type": "object"}}),
    "Collection": _record(
        {"id": _TEXT, "title": _TEXT, "extent": _EXTENT, "links": _LINKS},
        columns=_list_of({"type": "object"}),
        left_out=_TEXTS,
        provenance=_is("Provenance"),
    ),
    "Collections": _answer(links=_LINKS, collections=_list_of(_is("Collection"))),
    "Feature": _record(_FEATURE, links=_LINKS, provenance=_is("Provenance")),
    "FeatureCollection": _answer(
        type={"const": "FeatureCollection"},
        numberMatched=_WHOLE,
        numberReturned=_WHOLE,
        links=_LINKS,
        features=_list_of(_is("Feature")),
    ),
    "Ranking": _answer(
        scenario={"type": "object"}, units=_list_of(_record(_UNIT)), left_out=_TEXTS
    ),
    "Focus": _answer(
        question={"type": "object"},
        objective={"type": "object"},
        sites=_list_of({"type": "object"}),
        assignment=_list_of({"type": "object"}),
        uncovered_people={"type": "number"},
        one_more=_list_of({"type": "object"}),
    ),
    "Event": _answer(
        way=_TEXT,
        footprint={"type": "object"},
        units=_WHOLE,
        people=COUNT,
        migrants=COUNT,
        pin={"type": "object", "additionalProperties": COUNT},
        bands=_list_of(_record(_BAND)),
        offices=_list_of(_record(_OFFICE)),
        largest=_list_of({"type": "object"}),
        left_out=_TEXTS,
    ),
    "Step": _record(_STEP, **_STEP_MORE),
    "Chain": {"allOf": [_is("Step"), _answer()]},
    "Layers": _answer(
        layers=_list_of(
            _record(
                {
                    "id": _TEXT,
                    "title": _TEXT,
                    "unit": _TEXT,
                    "levels": _TEXTS,
                    "sources": _TEXTS,
                    "is_open": {"type": "boolean"},
                }
            )
        )
    ),
    "Sources": _answer(
        sources=_list_of(
            _record(
                {
                    "id": _TEXT,
                    "publisher": _TEXT,
                    "vintage": _TEXT,
                    "licence": _TEXT,
                    "is_open": {"type": "boolean"},
                    "landing": _TEXT,
                    "layers": _TEXTS,
                }
            )
        )
    ),
    "StacCatalog": _answer(
        type={"const": "Catalog"}, stac_version=_TEXT, id=_TEXT, description=_TEXT, links=_LINKS
    ),
    "StacCollection": _answer(
        type={"const": "Collection"},
        stac_version=_TEXT,
        id=_TEXT,
        description=_TEXT,
        license=_TEXT,
        extent=_EXTENT,
        links=_LINKS,
    ),
    "StacItem": _answer(
        **_FEATURE,
        stac_version=_TEXT,
        bbox=_BBOX,
        links=_LINKS,
        assets={"type": "object", "additionalProperties": _record({"href": _TEXT})},
    ),
}
"""By name."""
