"""What is known of the chosen unit: names, place, figures and how sure they are."""

from typing import Any

import pandas as pd

from geoapp.answers.cells import cell_answer
from geoapp.app.quality import QUALITY, quality_reasons
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from layers.built import LevelBuild
from layers.codes import pcode
from layers.table.confidence import class_of


def unit_facts(views: Views, view: ViewState) -> dict[str, Any] | None:
    """Return names, rank and figures of the chosen unit, or None where there is none here."""
    made = views.level(view.level)
    if view.unit is None or view.unit not in made.units.index:
        return None
    ranking = views.ranking(view)
    standing = ranking.units.loc[view.unit]
    imputed = ranking.imputed.loc[view.unit]
    return {
        "ubigeo": view.unit,
        "pcode": pcode(view.unit, views.country.pcode_prefix),
        **made.table.names_of(view.unit),
        "rank": None if pd.isna(standing["rank"]) else int(standing["rank"]),
        "ranked": int(ranking.units["rank"].notna().sum()),
        "confidence": class_of(float(views.confidence(view)[view.unit])).value,
        **{key: float(standing[key]) for key in ("score", "low", "high")},
        "contributions": ranking.contributions.loc[view.unit].to_dict(),
        "imputed": [str(layer) for layer in imputed.index[imputed]],
        "groups": _groups(views, made, view.unit),
        "own": _own_cells(views, view),
        "quality": unit_quality(views, view) if view.layer in QUALITY else [],
    }


def _own_cells(views: Views, view: ViewState) -> list[dict[str, Any]]:
    """Return what the visitor's own layers say of the chosen unit."""
    units = pd.Index([view.unit])
    return [
        own.cell(own.at(view.level, units, views.people(own.level)), view.layer)
        for own in views.own().values()
    ]


def unit_quality(views: Views, view: ViewState) -> list[dict[str, Any]]:
    """Return what the score has of each weighed layer in the chosen unit, heaviest first."""
    weights = dict(view.scenario(views.base).weights)
    table = views.level(view.level).table
    if view.unit is None:
        return []
    return quality_reasons(table, views.catalogue, weights, view.unit)


def _groups(views: Views, made: LevelBuild, unit: str) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for name in made.table.sources:
        layer = views.catalogue.layer(name)
        cell = cell_answer(made.table, views.catalogue, layer, unit)
        groups.setdefault(layer.dimension.value, {})[name] = cell
    return groups
