"""How much is known where: layers of the map that tell of the figures, not of the people."""

from collections.abc import Mapping
from typing import Any

from geoapp.app.shown import Shown
from geoapp.style import knowledge_colours
from layers.spec import Catalogue
from layers.table.confidence import RULES, class_of, classify_confidence, unit_confidence
from layers.table.knowledge import Known, indicators_of, known_of, weight_known
from layers.table.units import UnitTable
from layers.terms import Unit

# The limits between the classes of confidence, and three below them: a score whose weight is mostly
# modelled has 0.14 to 0.21 everywhere (build of 2026-11-22), and one colour would say nothing.
_TRUST = (0.15, 0.17, 0.19, RULES.medium, RULES.high)
_SHARES = (50.0, 60.0, 70.0, 80.0, 90.0)
QUALITY: dict[str, tuple[Unit, tuple[float, ...]]] = {
    "quality_known": (Unit.PERCENT, _SHARES),
    "quality_own": (Unit.PERCENT, (10.0, 20.0, 30.0, 40.0, 60.0)),
    "quality_confidence": (Unit.INDEX_0_1, _TRUST),
}
"""Layers of the quality of the data: what they are counted in, and the limits of classes."""


def quality_shown(
    table: UnitTable, catalogue: Catalogue, weights: Mapping[str, float], layer: str
) -> Shown:
    """Return a layer of the quality of the data, ready to be drawn.

    Parameters
    ----------
    table : UnitTable
        A level of the build.
    catalogue : Catalogue
        Declares what an index is made from.
    weights : mapping
        Of the scenario that is shown.
    layer : str
        A key of ``QUALITY``.

    Returns
    -------
    Shown
        Hatched by the rule of every layer: where the confidence of the score is low.
    """
    unit, breaks = QUALITY[layer]
    confidence = unit_confidence(table.confidence, weights)
    if layer == "quality_confidence":
        values = confidence
    else:
        values = weight_known(table, catalogue, weights)[layer.removeprefix("quality_")]
    ramp = knowledge_colours(len(breaks) + 1)
    return Shown(values, unit, breaks, classify_confidence(confidence), ramp=ramp)


def quality_reasons(
    table: UnitTable, catalogue: Catalogue, weights: Mapping[str, float], unit: str
) -> list[dict[str, Any]]:
    """Return what the score has of each weighed layer in a unit.

    Parameters
    ----------
    table : UnitTable
        The level of the unit.
    catalogue : Catalogue
        Declares sources.
    weights : mapping
        Of the scenario.
    unit : str
        Ubigeo.

    Returns
    -------
    list of dict
        layer, share of the weight (0 to 100), known (own, borrowed, missing), method, confidence
        (a class) and vintage; indicators of an index by own, borrowed and missing (none of
        another layer); the heaviest first.
    """
    weighed = {layer: weight for layer, weight in weights.items() if weight > 0}
    known = known_of(table.methods.loc[[unit], list(weighed)]).loc[unit]
    total = sum(weighed.values())
    return [
        {
            "layer": layer,
            "share": 100.0 * weight / total,
            "known": str(known[layer]),
            "method": str(table.methods.at[unit, layer]),
            "confidence": class_of(float(table.confidence.at[unit, layer])).value,
            "vintage": _vintages(table, catalogue, layer),
            "indicators": _indicators(table, catalogue, layer, unit),
        }
        for layer, weight in sorted(weighed.items(), key=lambda pair: -pair[1])
    ]


def _indicators(
    table: UnitTable, catalogue: Catalogue, layer: str, unit: str
) -> dict[str, list[str]]:
    """Return the indicators of an index by what is known of each; empty for another layer."""
    if not catalogue.layer(layer).is_index:
        return {}
    names = list(indicators_of(layer, table, catalogue))
    known = known_of(table.methods.loc[[unit], names]).loc[unit]
    return {kind.value: [name for name in names if known[name] == kind.value] for kind in Known}


def _vintages(table: UnitTable, catalogue: Catalogue, layer: str) -> str:
    """Return the oldest and the newest vintage behind a layer."""
    found = sorted({catalogue.source(name).vintage for name in table.sources[layer]})
    return " – ".join(dict.fromkeys((found[0], found[-1]))) if found else ""
