"""Whose figures an answer tells, from which build, and what no licence lets pass on."""

from collections.abc import Iterable
from typing import Any

from geoapp.api.service import Service
from geoapp.exports.columns import is_open, sources_of
from layers.decide.scenario import Scenario
from layers.table.units import UnitTable


def provenance_of(
    service: Service, sources: Iterable[str], scenario: Scenario | None = None
) -> dict[str, Any]:
    """Say where an answer comes from.

    Parameters
    ----------
    service : Service
        Knows the build.
    sources : iterable of str
        What the figures of the answer rest on.
    scenario : Scenario, optional
        What was weighed; None where nothing was.

    Returns
    -------
    dict
        The same for the same build and question: the date is that of the build.
    """
    built = service.built
    named = tuple(dict.fromkeys(sources))
    licences = [service.catalogue.source(name).licence.value for name in named]
    return {
        "product": "geoapp",
        "version": built.version,
        "build": built.hash,
        "country": built.country,
        "edition": edition_of(service),
        "date": built.on.isoformat(),
        "scenario": None
        if scenario is None
        else {"id": scenario.id, "hash": scenario.hash, "weights": dict(scenario.weights)},
        "sources": list(named),
        "licences": sorted(set(licences)),
    }


def edition_of(service: Service) -> str:
    """Return ``public`` where small counts were masked before anything was computed."""
    return "public" if service.built.disclosure else "full"


def closed_layers(service: Service, table: UnitTable) -> frozenset[str]:
    """Return the layers whose figures no licence lets pass on: the rule of exported files.

    Parameters
    ----------
    service : Service
        Declares layers and sources.
    table : UnitTable
        A level.

    Returns
    -------
    frozenset of str
        Columns of the table.
    """
    catalogue = service.catalogue
    return frozenset(layer for layer in table.sources if not is_open(layer, table, catalogue))


def behind(service: Service, table: UnitTable, layers: Iterable[str]) -> tuple[str, ...]:
    """Return the sources that some layers rest on at a level, each once."""
    found = (sources_of(layer, table, service.catalogue) for layer in layers)
    return tuple(dict.fromkeys(source for sources in found for source in sources))
