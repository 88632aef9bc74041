"""What is known of the chosen unit: names, place, figures and how sure they are."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd

from geoapp.answers.cells import cell_answer
from geoapp.app.quality import QUALITY, quality_reasons
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from layers.codes import pcode
from layers.table.confidence import class_of
from layers.terms import AdminLevel


def unit_facts(views: Views, view: ViewState) -> dict[str, Any] | None:
    """Return names, rank and score of the chosen unit, or None where there is none here."""
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


def themes_of(
    views: Views, level: AdminLevel, without: Collection[str] = ()
) -> dict[str, list[str]]:
    """Return the layers of a level by their dimension, but for some that stand elsewhere."""
    themes: dict[str, list[str]] = {}
    for name in views.level(level).table.sources:
        if name not in without:
            themes.setdefault(views.catalogue.layer(name).dimension.value, []).append(name)
    return themes


def figures_of(
    views: Views, level: AdminLevel, unit: str, layers: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return the figures of some layers of a unit, as ``cell_answer`` returns them."""
    table, catalogue = views.level(level).table, views.catalogue
    return {name: cell_answer(table, catalogue, catalogue.layer(name), unit) for name in layers}


def figures_by_theme(
    views: Views, view: ViewState, themes: Mapping[str, list[str]], opened: Collection[str]
) -> dict[str, dict[str, dict[str, Any]] | None]:
    """Return the figures of the chosen unit by theme; None for those that are folded."""
    unit = str(view.unit)
    return {
        theme: figures_of(views, view.level, unit, layers) if theme in opened else None
        for theme, layers in themes.items()
    }
