"""Priorities, offices and events: the answers of command line and page, by address."""

from typing import Any

from geoapp.answers.build import level_of_build, ranking_answer
from geoapp.answers.focus import focus_answer
from geoapp.api.problem import SoughtError
from geoapp.api.provenance import behind, closed_layers, provenance_of
from geoapp.api.service import Given, Service
from geoapp.event.answer import event_answer, footprint_of_quake, footprint_of_upload
from geoapp.event.told import told_event
from layers.decide.footprint import Footprint
from layers.indicators.shaking import QUAKE_LIMITS


def ranking(service: Service, given: Given) -> dict[str, Any]:
    """Return who comes first by the weights of an address.

    What a layer adds to a score is its figure in other units: of one that may not be passed on
    it is left out.
    """
    asked = service.read({k: v for k, v in given.values.items() if k not in ("f", "lang")})
    table = level_of_build(service.built, asked.level).table
    answer = ranking_answer(service.rank(asked.level, asked.scenario), table)
    closed = closed_layers(service, table)
    kept = [
        unit
        | {"contributions": {k: v for k, v in unit["contributions"].items() if k not in closed}}
        for unit in answer["units"]
        if asked.inside is None or unit["ubigeo"] in asked.inside
    ]
    weighed = asked.scenario.shares
    return answer | {
        "units": kept[: asked.top],
        "left_out": [layer for layer in weighed if layer in closed],
        "provenance": provenance_of(service, behind(service, table, weighed), asked.scenario),
    }


def focus(service: Service, given: Given) -> dict[str, Any]:
    """Return where the offices would be best, and whom each serves."""
    asked = service.read({k: v for k, v in given.values.items() if k == "w"})
    planned = service.plan(given.values.get("o", ""), asked.scenario)
    if planned is None:
        raise SoughtError("the plan is still sought; ask again in a few seconds")
    table = service.built.levels[planned.plan.ground.level].table
    answer = focus_answer(
        planned.plan,
        table.names,
        service.country,
        demand=planned.demand,
        people=planned.people,
        extra=planned.extra,
    )
    rests = [name for name in (planned.people, planned.demand) if name in table.sources]
    is_weighed = planned.demand not in table.sources
    sources = behind(service, table, [*rests, *(asked.scenario.shares if is_weighed else ())])
    return answer | {
        "provenance": provenance_of(service, sources, asked.scenario if is_weighed else None)
    }


def quake(service: Service, given: Given) -> dict[str, Any]:
    """Return whom an earthquake without a map of shaking strikes, roughly."""
    numbers = (given.values[name] for name in QUAKE_LIMITS)
    return _told(service, footprint_of_quake(service.built, *numbers), "quake")


def event(service: Service, given: Given) -> dict[str, Any]:
    """Return whom the ground of a request strikes: GeoJSON, or a ShakeMap."""
    footprint = footprint_of_upload(
        service.built,
        given.body,
        "body",
        kind="shakemap" if given.body.lstrip()[:1] == b"<" else "polygon",
        buffer_km=given.values.get("buffer_km", 0.0),
    )
    return _told(service, footprint, "file")


def _told(service: Service, footprint: Footprint, way: str) -> dict[str, Any]:
    """Return what page and flash brief tell of an event: small counts are ranges.

    Of single units and places, what no licence lets pass on is left out; the sums over the
    ground of an event are an answer of the product.
    """
    brief = event_answer(service.built, service.catalogue, footprint)
    told = told_event(service.catalogue, service.country, brief, way)
    table = next(iter(service.built.levels.values())).table
    closed = closed_layers(service, table)
    columns = brief["provenance"]["layers"]
    hidden = {name for name in ("people", "migrants") if columns[name] in closed}
    named = {row["name"] for row in brief["warehouses"] if _is_open(service, row["source"])}
    sources = [{"mark": mark, "id": name} for mark, *_, name in told.pop("sources")]
    return told | {
        "largest": [
            {key: value for key, value in unit.items() if key not in hidden}
            for unit in told["largest"]
        ],
        "warehouses": [row for row in told["warehouses"] if row["name"] in named],
        "marked": sources,
        "left_out": sorted(columns[name] for name in hidden),
        "provenance": provenance_of(service, (source["id"] for source in sources)),
    }


def _is_open(service: Service, source: str) -> bool:
    return service.catalogue.source(source).redistributable
