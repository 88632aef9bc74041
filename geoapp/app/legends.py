"""The legend of what a view shows: one layer, nine colours of two, or two sides."""

from dash import html
from dash.development.base_component import Component

from geoapp.app.components.legend import legend, outside_key, sources_of
from geoapp.app.components.pair_legend import pair_legend, swipe_legend
from geoapp.app.map_state import Way
from geoapp.app.second import pair_of, second_view, way_of
from geoapp.app.state import ViewState
from geoapp.app.view import Views
from geoapp.edition import edition_line


def legend_of(views: Views, view: ViewState) -> list[Component]:
    """Return the body of the legend of a view.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        The view.

    Returns
    -------
    list of Component
        With the sources of every layer that is seen.
    """
    line = edition_line(views.stored.build, view.language)
    return [*_body(views, view), *([html.P(line, className="note edition-line")] if line else [])]


def _body(views: Views, view: ViewState) -> list[Component]:
    way = way_of(views, view)
    if way is None:
        return _one(views, view)
    sides = (view, second_view(view))
    language = view.language
    first, second = (views.title(side) for side in sides)
    if way is Way.SWIPE:
        bodies = (_one(views, sides[0]), _one(views, sides[1]))
        return swipe_legend((first, second), bodies, language)
    pair = pair_of(views, view)
    counts = [pair.units_in(mark) for mark in range(9)]
    return [
        *pair_legend(
            (first, second),
            pair.limits,
            (pair.first.unit, pair.second.unit),
            counts,
            language,
        ),
        *(outside_key(language) if views.narrow.is_narrowed(view) else []),
        *(sources_of(side, views.sources(side)) for side in sides),
    ]


def _one(views: Views, view: ViewState) -> list[Component]:
    return legend(
        view,
        views.shown(view),
        views.sources(view),
        views.is_estimate(view),
        views.narrow.is_narrowed(view),
    )
