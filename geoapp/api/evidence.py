"""Where figures come from: the chain of one of them, the layers and the sources."""

from typing import Any

from geoapp.answers.build import level_of_build
from geoapp.answers.chain import why_answer
from geoapp.answers.layer_list import list_layers
from geoapp.api.provenance import behind, closed_layers, provenance_of
from geoapp.api.service import Given, Service
from geoapp.exports.columns import sources_of
from geoapp.words import say
from layers.codes import level_of
from layers.errors import UnknownIdError

_TOLD = ("layer", "title", "ubigeo", "name", "unit", "method", "rule")
"""What is told of a figure that may not be passed on."""


def chain(service: Service, given: Given) -> dict[str, Any]:
    """Return how a figure came to be, down to the published numbers."""
    layer, ubigeo = given.values["layer"], given.values["ubigeo"]
    table = level_of_build(service.built, level_of(ubigeo)).table
    if layer not in table.sources:
        raise UnknownIdError("this build has no layer {layer!r}", layer=layer[:60])
    told = why_answer(service.built, service.catalogue, layer, ubigeo, given.language)
    closed = frozenset[str]().union(
        *(closed_layers(service, made.table) for made in service.built.levels.values())
    )
    return _open(told, service, closed) | {
        "provenance": provenance_of(service, behind(service, table, [layer]))
    }


def _open(step: dict[str, Any], service: Service, closed: frozenset[str]) -> dict[str, Any]:
    """Return a step without the numbers that no licence lets pass on, nor formulas with them."""
    record = step["record"]
    is_closed = step["layer"] in closed or (
        record is not None and not service.catalogue.source(record["source"]).redistributable
    )
    if is_closed:
        return {name: step[name] for name in _TOLD} | {"record": record, "withheld": True}
    inputs = [_open(below, service, closed) for below in step["inputs"]]
    kept = step | {"inputs": inputs, "withheld": False}
    if any(below["withheld"] or below.get("formula", "") is None for below in inputs):
        kept |= {"formula": None, "terms": {}}
    return kept


def layers(service: Service, given: Given) -> dict[str, Any]:
    """Return what the layers of the build are, and which of them may be passed on."""
    made = service.built.levels
    listed = list_layers(service.catalogue)
    tables = [level.table for level in made.values()]
    known = {layer for table in tables for layer in table.sources}
    closed = frozenset[str]().union(*(closed_layers(service, table) for table in tables))
    rows = [row for row in listed["layers"] if row["id"] in known]
    return {
        "layers": [
            row
            | {
                "title": say(f"layer.{row['id']}.title", given.language),
                "description": say(f"layer.{row['id']}.description", given.language),
                "levels": [
                    name.value for name, at in made.items() if row["id"] in at.table.sources
                ],
                "sources": list(sources_of(row["id"], tables[0], service.catalogue)),
                "is_open": row["id"] not in closed,
            }
            for row in rows
        ],
        "provenance": provenance_of(service, service.built.statuses, service.scenario),
    }


def sources(service: Service, given: Given) -> dict[str, Any]:
    """Return who published what, when and under which terms."""
    names = list(service.built.statuses)
    specs = [service.catalogue.source(name) for name in names]
    return {
        "sources": [
            {
                "id": spec.id,
                "publisher": spec.publisher,
                "citation": spec.citation,
                "vintage": spec.vintage,
                "licence": spec.licence.value,
                "is_open": spec.redistributable,
                "landing": spec.landing,
                "format": spec.format,
                "sha256": spec.sha256,
                "is_known": service.built.statuses[spec.id].problem is None,
                "layers": list(service.catalogue.layers_on(spec.id)),
            }
            for spec in specs
        ],
        "provenance": provenance_of(service, names, service.scenario),
    }
