"""What the sheet of a unit holds, as plain data: standing, figures by section and neighbours."""

from typing import Any

import pandas as pd

from geoapp.answers.ages import ages_of
from geoapp.answers.cells import cell_answer
from geoapp.answers.seasons import seasons_of
from geoapp.answers.series import series_of
from geoapp.app.state import ViewState
from geoapp.app.unit_facts import unit_facts
from geoapp.app.view import Views
from layers.codes import ancestor
from layers.countries import COUNTRIES
from layers.decide.place import place_among
from layers.harmonise.adjacent import adjacent_units
from layers.terms import AdminLevel

_MOST_NEIGHBOURS = 8
_SECTIONS = ("people", "risks", "services")


def sheet_of(views: Views, view: ViewState) -> dict[str, Any]:
    """Return what the sheet of the chosen unit tells.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        A view with a unit.

    Returns
    -------
    dict
        As ``Views.card``, with ``places`` (level, name, place, of), ``sections`` (figures by
        layer), ``needs`` (people in need by sector, by layer), ``rest`` (by
        dimension), and ``ages``, ``series`` and ``season`` as their functions return them.
    """
    unit = unit_facts(views, view)
    assert unit is not None
    built, language, code = views.stored.build, view.language, unit["ubigeo"]
    country = COUNTRIES[built.country]
    cells = {layer: cell for group in unit["groups"].values() for layer, cell in group.items()}
    needs = [f"pin_{sector}" for sector in views.catalogue.sectors if f"pin_{sector}" in cells]
    told_first = dict(country.headlines)
    sections = {
        name: {layer: cells[layer] for layer in told_first.get(name, ()) if layer in cells}
        for name in _SECTIONS
    }
    told = {layer for section in sections.values() for layer in section} | set(needs)
    rest = {
        dimension: {layer: cell for layer, cell in group.items() if layer not in told}
        for dimension, group in unit["groups"].items()
    }
    return unit | {
        "places": _places(views, view, unit),
        "sections": sections,
        "needs": {layer: cells[layer] for layer in needs},
        "rest": {dimension: group for dimension, group in rest.items() if group},
        "ages": ages_of(views.level(view.level).table, views.catalogue, country, code, language),
        "series": series_of(built, views.catalogue, code, language),
        "season": seasons_of(built, views.catalogue, code, language),
    }


def other_of(views: Views, view: ViewState) -> dict[str, Any] | None:
    """Return the unit beside the chosen one: ubigeo, name and its cells by layer.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        A view.

    Returns
    -------
    dict or None
        None where nothing is compared.
    """
    unit = unit_facts(views, view.with_(unit=view.other))
    if unit is None:
        return None
    cells = {layer: cell for group in unit["groups"].values() for layer, cell in group.items()}
    return unit | {"cells": cells}


def _places(views: Views, view: ViewState, unit: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the place of a unit in the country and in each unit that holds it."""
    ranks = views.ranking(view).units["rank"]
    code = unit["ubigeo"]
    holders = [level for level in AdminLevel if level.digits < view.level.digits]
    found = [("country", "", place_among(ranks, code, ""))]
    found += [
        (level.value, unit[level.value], place_among(ranks, code, ancestor(code, level)))
        for level in holders
    ]
    return [
        {"level": level, "name": name, "place": place[0], "of": place[1]}
        for level, name, place in found
        if place is not None
    ]


def neighbours_of_unit(views: Views, view: ViewState) -> list[dict[str, Any]]:
    """Return the units beside the chosen one, those of the highest score first.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        A view with a unit.

    Returns
    -------
    list of dict
        The unit itself first, then up to eight: ubigeo, name, lon, lat, rank and score (None
        for none), and the main figures by layer (cells).
    """
    assert view.unit is not None
    made = views.level(view.level)
    ranking = views.ranking(view).units
    codes = adjacent_units(made.outlines, view.unit)
    score = ranking["score"].reindex(codes).fillna(-1.0)
    table, beside = made.table, views.country.beside
    layers = [views.catalogue.layer(name) for name in beside if name in table.sources]
    nearest = [str(code) for code in score.sort_values(ascending=False).index[:_MOST_NEIGHBOURS]]
    return [
        {
            "ubigeo": code,
            "name": str(made.table.names.at[code, "name"]),
            "lon": round(float(made.units.at[code, "lon"]), 4),
            "lat": round(float(made.units.at[code, "lat"]), 4),
            "rank": None if pd.isna(ranking.at[code, "rank"]) else int(ranking.at[code, "rank"]),
            "score": None
            if pd.isna(ranking.at[code, "rank"])
            else float(ranking.at[code, "score"]),
            "cells": {
                layer.id: cell_answer(table, views.catalogue, layer, code) for layer in layers
            },
        }
        for code in [view.unit, *nearest]
    ]


def around(views: Views, view: ViewState, units: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the overlay that names the neighbours of a unit and brings them into sight."""
    outlines = views.level(view.level).outlines
    bounds = outlines[[unit["ubigeo"] for unit in units]].total_bounds
    points = [
        {"lon": unit["lon"], "lat": unit["lat"], "label": unit["name"], "kind": "name"}
        for unit in units[1:]
    ]
    return {"points": points, "fit": [round(float(edge), 4) for edge in bounds]}
