"""What the page shows of a build: paint of the map, legend, ranking and card as plain data."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from geoapp.answers import cell_answer, level_of_build, ranking_answer
from geoapp.app.state import SCORE, ViewState
from geoapp.numbers import show_number, show_value
from geoapp.store import Stored
from geoapp.style import NO_DATA, SCORE_BREAKS, colours_of
from geoapp.words import say
from layers.catalogue import CATALOGUE
from layers.decide.scenario import Scenario
from layers.decide.scenarios import DEFAULT
from layers.decide.score import Ranking, rank_units
from layers.pipeline import LevelBuild
from layers.terms import AdminLevel, Unit

_CIRCLE_RADIUS = 26
"""Pixels of the largest circle of a level; area is proportional to the count."""


@dataclass(frozen=True)
class Shown:
    """The figures of one layer at one level, ready to be drawn."""

    values: pd.Series
    """By ubigeo, in the order of the geometry."""
    unit: Unit
    breaks: tuple[float, ...]

    @property
    def is_count(self) -> bool:
        """True where the layer is drawn as circles."""
        return self.unit.is_extensive


class Views:
    """Answers of one build, the rankings kept by scenario."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self.layers = frozenset(
            layer for made in stored.build.levels.values() for layer in made.table.sources
        )
        self._ranking = lru_cache(maxsize=64)(self._rank)

    def level(self, level: AdminLevel) -> LevelBuild:
        """Return one level of the build."""
        return level_of_build(self.stored.build, level)

    def ranking(self, view: ViewState) -> Ranking:
        """Return the ranking of a view; made once per scenario and level."""
        return self._ranking(view.level, view.scenario(DEFAULT))

    def _rank(self, level: AdminLevel, scenario: Scenario) -> Ranking:
        return rank_units(self.level(level).table, scenario, CATALOGUE)

    def shown(self, view: ViewState) -> Shown:
        """Return the figures of the layer of a view."""
        made = self.level(view.level)
        if view.layer == SCORE:
            score = self.ranking(view).units["score"].reindex(made.units.index)
            return Shown(score, Unit.INDEX_0_100, SCORE_BREAKS)
        layer = CATALOGUE.layer(view.layer)
        return Shown(made.table.layer(view.layer), layer.unit, layer.breaks)

    def paint(self, view: ViewState) -> dict[str, Any]:
        """Return what the browser needs to draw a view: classes, labels and circles.

        Parameters
        ----------
        view : ViewState
            The view.

        Returns
        -------
        dict
            In the order of the geometry of the level.
        """
        shown = self.shown(view)
        values = shown.values.to_numpy(dtype=float)
        missing = say("page.missing", view.language)
        paint: dict[str, Any] = {
            "kind": "circle" if shown.is_count else "area",
            "title": say(f"layer.{view.layer}.short", view.language),
            "labels": [
                missing if np.isnan(value) else show_value(value, shown.unit) for value in values
            ],
            "unit": view.unit,
            "noData": NO_DATA,
        }
        if shown.is_count:
            return paint | {
                "values": [None if np.isnan(value) else round(float(value), 1) for value in values],
                "largest": float(np.nan_to_num(values).max(initial=0)),
                "radius": _CIRCLE_RADIUS,
            }
        return paint | {
            "classes": class_marks(values, shown.breaks),
            "colours": colours_of(len(shown.breaks) + 1),
        }

    def ranking_rows(self, view: ViewState) -> list[dict[str, Any]]:
        """Return the rows of the ranking table, numbers as they are shown."""
        table = self.level(view.level).table
        missing = say("page.missing", view.language)
        return [
            {
                "u": unit["ubigeo"],
                "rank": unit["rank"],
                "name": unit["name"],
                "place": ", ".join(filter(None, (unit["province"], unit["region"]))),
                "score": missing if unit["rank"] is None else show_number(unit["score"], 1),
            }
            for unit in ranking_answer(self.ranking(view), table)["units"]
        ]

    def card(self, view: ViewState) -> dict[str, Any] | None:
        """Return names, rank and figures of the chosen unit, or None where there is none here."""
        made = self.level(view.level)
        if view.unit is None or view.unit not in made.units.index:
            return None
        ranking = self.ranking(view)
        standing = ranking.units.loc[view.unit]
        cells = {
            layer: cell_answer(made.table, CATALOGUE, CATALOGUE.layer(layer), view.unit)
            for layer in made.table.sources
        }
        return {
            "ubigeo": view.unit,
            **made.table.names_of(view.unit),
            "rank": None if pd.isna(standing["rank"]) else int(standing["rank"]),
            "ranked": int(ranking.units["rank"].notna().sum()),
            "score": float(standing["score"]),
            "low": float(standing["low"]),
            "high": float(standing["high"]),
            "contributions": ranking.contributions.loc[view.unit].to_dict(),
            "cells": cells,
        }


def class_marks(values: np.ndarray, breaks: tuple[float, ...]) -> str:
    """Return one character per value: its class from 0, or ``-`` where it is missing.

    A value on a break belongs to the class above it.

    Parameters
    ----------
    values : ndarray of float
        Missing is NaN.
    breaks : tuple of float
        Inner class limits, rising.

    Returns
    -------
    str
        As long as ``values``.
    """
    steps = np.searchsorted(np.asarray(breaks), values, side="right")
    return "".join(
        "-" if np.isnan(value) else str(step) for value, step in zip(values, steps, strict=True)
    )
