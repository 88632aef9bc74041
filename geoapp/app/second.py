"""Two layers on one map: nine colours, or one on each side of a line."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geoapp.app.map_state import MapTools, Way
from geoapp.app.shown import Shown, class_marks
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.style import PAIR
from layers.indicators.thirds import Thirds, thirds_of

_KEPT = ("kind", "layer", "title", "counted", "estimate", "labels", "confidence", "hatched")
_DRAWN = ("values", "largest", "radius", "classes", "colours")
OF_LAYER = (*_KEPT, *_DRAWN)
"""Keys of a paint that hang on its layer; all others on the rest of the view."""


@dataclass(frozen=True)
class Pair:
    """Two layers in three classes each."""

    first: Shown
    second: Shown
    limits: tuple[Thirds, Thirds]
    marks: str
    """By unit: three times the class of the second and the class of the first, ``-`` where either
    is missing."""

    def units_in(self, mark: int) -> int:
        """Return how many units have one of the nine colours."""
        return self.marks.count(str(mark))


def way_of(views: Views, view: ViewState) -> Way | None:
    """Return how the two layers of a view are seen, or None where it has one.

    Counts are never filled areas, so that they have no nine colours.
    """
    if view.tools.second is None:
        return None
    is_count = views.shown(view).is_count or views.shown(second_view(view)).is_count
    return Way.SWIPE if is_count else view.tools.way


def second_view(view: ViewState) -> ViewState:
    """Return the view whose layer is the second of a view."""
    return view.with_(layer=view.tools.second, tools=MapTools())


def pair_of(views: Views, view: ViewState) -> Pair:
    """Return the classes of both layers of a view.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        One with a second layer.

    Returns
    -------
    Pair
        Limits are those of the units that have both figures.
    """
    first, second = views.shown(view), views.shown(second_view(view))
    both = first.values.notna() & second.values.notna()
    limits = (thirds_of(first.values[both]), thirds_of(second.values[both]))
    steps = [_steps(shown.values, one) for shown, one in zip((first, second), limits, strict=True)]
    marks = (3 * steps[1] + steps[0]).where(both)
    return Pair(first, second, limits, class_marks(marks.to_numpy(), tuple(range(1, 9))))


def _steps(values: pd.Series, limits: Thirds) -> pd.Series:
    found = np.searchsorted(np.asarray(limits.breaks), values.to_numpy(float), side="right")
    return pd.Series(found, index=values.index)


def paint_both(views: Views, view: ViewState) -> dict[str, Any]:
    """Return what the browser needs to draw a view with its second layer, if it has one.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        The view.

    Returns
    -------
    dict
        As `Views.paint`; ``second`` is there where two layers are, and ``way``.
    """
    paint = views.paint(view)
    way = way_of(views, view)
    if way is None:
        return paint
    other = views.paint(second_view(view))
    wanted = _KEPT if way is Way.PAIR else OF_LAYER
    both = paint | {"way": way, "second": {key: other[key] for key in wanted if key in other}}
    if way is Way.SWIPE:
        return both
    # What each unit is told to be is one of the nine; confidence is told in words alone.
    return both | {"classes": pair_of(views, view).marks, "colours": PAIR, "hatched": ""}
