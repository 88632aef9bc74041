"""The sources of a build as rows that can be found and sorted."""

import math
import unicodedata
from functools import lru_cache

from geoapp.app.components.source_list import SourceRow
from geoapp.app.state import SourceOrder, ViewState
from geoapp.app.view import Views
from geoapp.words import say
from layers.table.vintage_age import age_years


def source_rows(views: Views, view: ViewState) -> list[SourceRow]:
    """Return the sources that a view asks for, in its order.

    Parameters
    ----------
    views : Views
        Answers of the build.
    view : ViewState
        What is looked for, and by what it is sorted.

    Returns
    -------
    list of SourceRow
        Those that could not be had come first.
    """
    wanted = _plain(view.find)
    found = [row for row in _rows_of(views) if wanted in _text_of(row, view.language)]
    return sorted(found, key=lambda row: (row.status.problem is None, *_place(row, view.order)))


@lru_cache(maxsize=4)
def _rows_of(views: Views) -> tuple[SourceRow, ...]:
    behind, coverage = views.behind, views.coverage()
    on = views.stored.build.on
    return tuple(
        SourceRow(
            spec=views.catalogue.source(status.id),
            status=status,
            age=age_years(views.catalogue.source(status.id).vintage, on),
            coverage={
                level: found[status.id] for level, found in coverage.items() if status.id in found
            },
            layers=tuple(behind.get(status.id, ())),
        )
        for status in views.stored.build.statuses.values()
    )


def _place(row: SourceRow, order: SourceOrder) -> tuple[float | str, ...]:
    if order is SourceOrder.PUBLISHER:
        return (_plain(row.spec.publisher),)
    if order is SourceOrder.AGE:
        return (math.inf if math.isnan(row.age) else -row.age,)
    if order is SourceOrder.COVERAGE:
        # What covers least asks for most.
        return (next(iter(row.coverage.values()), math.inf),)
    return (-len(row.layers),) if order is SourceOrder.LAYERS else (0,)


@lru_cache(maxsize=512)
def _text_of(row: SourceRow, language: str) -> str:
    names = [say(f"layer.{layer}.title", language) for layer in row.layers]
    spec = row.spec
    parts = (spec.id, spec.publisher, spec.citation, spec.vintage, spec.licence, *names)
    return _plain(" ".join(parts))


def _plain(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parted if not unicodedata.combining(char)).strip()
