"""The ranking as its table shows it, best first."""

from typing import Any

import numpy as np
import pandas as pd

from geoapp.app.components.ranking import column_definitions
from geoapp.app.live import top_of
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.words import say


def ranking_key(views: Views, view: ViewState) -> str:
    """Return what tells the ranking table of one view from that of another."""
    asked = (top_of(view), view.filters, view.sector and view.quadrant)
    return f"{view.level}:{view.language}:{view.scenario(views.base).hash}:{asked}"


def ranking_rows(views: Views, view: ViewState) -> dict[str, Any]:
    """Return the ranking for the table, without what the browser has from the geometry.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        The view.

    Returns
    -------
    dict
        addresses, columns, words and what the browser scores by; and, best first, place in
        the geometry (order), rank (null for none) and score of each unit as it is shown.
    """
    made = views.level(view.level)
    units = views.ranking(view).units
    place = pd.Series(range(len(made.units)), index=made.units.index)
    provinces = made.table.names["province"]
    return {
        "key": ranking_key(views, view),
        "address": views.geometries.addresses(view.level)["units"],
        "columns": column_definitions(view.level, view.language, top_of(view)),
        "range": say("ranking.range_words", view.language),
        "counting": say("ranking.counting", view.language),
        "missed": say("ranking.missed", view.language),
        "outside": views.narrow.outside(view),
        "within": say("filters.within", view.language, place="{place}", count="{count}"),
        "scoring": views.live.scoring(view),
        "missing": say("page.missing", view.language),
        "provinces": dict(zip(provinces.index.str[:4], provinces, strict=True)),
        "order": place[units.index].tolist(),
        "ranks": [None if np.isnan(rank) else int(rank) for rank in units["rank"]],
        "scores": units["score"].round(1).fillna(-1.0).tolist(),
    }
