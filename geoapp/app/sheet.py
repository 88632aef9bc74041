"""What the sheet of a unit holds, as plain data: standing, figures by section and neighbours."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from geoapp.answers.ages import ages_of
from geoapp.answers.seasons import seasons_of
from geoapp.answers.series import series_of
from geoapp.app.state import ViewState
from geoapp.app.unit_facts import figures_by_theme, figures_of, themes_of, unit_facts
from geoapp.app.view import Views
from layers.codes import ancestor
from layers.countries import COUNTRIES
from layers.decide.place import place_among
from layers.harmonise.adjacent import adjacent_units
from layers.terms import AdminLevel

_MOST_NEIGHBOURS = 8
_SECTIONS = ("people", "risks", "services")


def sheet_of(views: Views, view: ViewState, opened: Collection[str] = ()) -> dict[str, Any]:
    """Return what the sheet of the chosen unit tells.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        A view with a unit.
    opened : collection of str
        Dimensions whose further figures are told; the others are asked for when they are opened.

    Returns
    -------
    dict
        As ``unit_facts``, with ``places`` (level, name, place, of), ``sections`` (figures by
        layer), ``needs`` (people in need by sector, by layer), ``rest`` (by dimension, None
        where it is folded), and ``ages``, ``series`` and ``season`` as their functions return
        them.
    """
    unit = unit_facts(views, view)
    assert unit is not None
    built, language, code, level = views.stored.build, view.language, unit["ubigeo"], view.level
    country = COUNTRIES[built.country]
    sections = {
        name: figures_of(views, level, code, layers)
        for name, layers in sections_of(views, level).items()
    }
    needs = sections.pop("needs")
    return unit | {
        "places": _places(views, view, unit),
        "needs": needs,
        "sections": sections,
        "rest": figures_by_theme(views, view, rest_of(views, level), opened),
        "ages": ages_of(views.level(level).table, views.catalogue, country, code, language),
        "series": series_of(built, views.catalogue, code, language),
        "season": seasons_of(built, views.catalogue, code, language),
    }


def sections_of(views: Views, level: AdminLevel) -> dict[str, list[str]]:
    """Return the layers that the sheet tells first, by section."""
    here = views.level(level).table.sources
    told_first = dict(COUNTRIES[views.stored.build.country].headlines)
    sections = {name: told_first.get(name, ()) for name in _SECTIONS}
    sections["needs"] = tuple(f"pin_{sector}" for sector in views.catalogue.sectors)
    return {name: [one for one in layers if one in here] for name, layers in sections.items()}


def rest_of(views: Views, level: AdminLevel) -> dict[str, list[str]]:
    """Return all other layers, by dimension."""
    sections = sections_of(views, level)
    return themes_of(views, level, without={one for told in sections.values() for one in told})


def other_of(views: Views, view: ViewState) -> dict[str, Any] | None:
    """Return the unit beside the chosen one: ``unit_facts`` and its ``cells`` by layer.

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
    told = [layer for section in sections_of(views, view.level).values() for layer in section]
    return unit | {"cells": figures_of(views, view.level, unit["ubigeo"], told)}


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
    layers = [name for name in views.country.beside if name in made.table.sources]
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
            "cells": figures_of(views, view.level, code, layers),
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
