"""The series of a unit over time as plain data: the same for page and report."""

import math
from itertools import groupby
from typing import Any

from geoapp.answers.sparks import columns_svg, line_svg
from geoapp.numbers import show_exact, show_value
from geoapp.words import say
from layers.built import Build
from layers.codes import level_of
from layers.indicators.season import Marked, marked_points
from layers.spec import Catalogue, SeriesSpec
from layers.terms import Method, Period, Unit

_SIZE = (360, 44)


def series_of(
    built: Build, catalogue: Catalogue, ubigeo: str, language: str
) -> list[dict[str, Any]]:
    """Return the yearly series of a unit, all over the same years.

    Parameters
    ----------
    built : Build
        Holds the series.
    catalogue : Catalogue
        Declares them.
    ubigeo : str
        A region, province or district.
    language : str
        A language of the product.

    Returns
    -------
    list of dict
        As ``series_answer``; one whose source could not be had has no points and says so.
    """
    yearly = [one for one in catalogue.series.values() if one.period is Period.YEAR]
    years = [year for one in yearly for year in one.times]
    if not years:
        return []
    span = range(min(years), max(years) + 1)
    return [series_answer(built, catalogue, one, ubigeo, language, span) for one in yearly]


def series_answer(
    built: Build,
    catalogue: Catalogue,
    series: SeriesSpec,
    ubigeo: str,
    language: str,
    span: range | None = None,
) -> dict[str, Any]:
    """Return one series of a unit, or of the region that holds it where it is not divided.

    Parameters
    ----------
    built, catalogue, ubigeo, language
        As for ``series_of``.
    series : SeriesSpec
        The series.
    span : range, optional
        Times that are shown; those of the series by default.

    Returns
    -------
    dict
        id, title, unit, whose (empty for the unit's own), points, svg, marks, gaps, origin and
        step, which is a chain of one step.
    """
    times = span or series.times
    values, whose = _values(built, series, ubigeo)
    points = [(time, values.get(time)) for time in times]
    is_amount = series.layer.unit.is_extensive or series.layer.unit in (
        Unit.MM_YEAR,
        Unit.MM_MONTH,
    )
    draw = columns_svg if is_amount else line_svg
    marked = marked_points(points)
    name = _name(built, whose) if whose != ubigeo else ""
    source = catalogue.source(str(series.layer.source))
    return {
        "id": series.id,
        "title": say(f"series.{series.id}", language),
        "unit": say(f"unit.{series.layer.unit}", language),
        "whose": say("series.of_region", language, name=name) if name else "",
        "points": points,
        "svg": draw(points, *_SIZE) if marked else "",
        "marks": _marks(series, marked, language) if marked else [],
        "gaps": _gaps(points, language),
        "origin": say(
            "page.origin",
            language,
            method=say(f"method.{_method(series, whose)}", language),
            publisher=source.publisher,
            vintage=source.vintage,
        ),
        "source": source.id,
        "step": _step(series, catalogue, whose, language),
    }


def _values(built: Build, series: SeriesSpec, ubigeo: str) -> tuple[dict[int, float], str]:
    """Return the known values by time, and the unit that they are of."""
    frame = built.series.get(series.id)
    digits = min(len(ubigeo), series.layer.native_level.digits)
    whose = ubigeo[:digits]
    if frame is None or whose not in frame.index:
        return {}, whose
    row = frame.loc[whose]
    return {int(time): float(value) for time, value in row.items() if not math.isnan(value)}, whose


def _name(built: Build, ubigeo: str) -> str:
    return str(built.levels[level_of(ubigeo)].table.names.at[ubigeo, "name"])


def _method(series: SeriesSpec, whose: str) -> Method:
    is_own = len(whose) == series.layer.native_level.digits
    return series.layer.method if is_own or series.layer.to_unit.is_zonal else Method.OBSERVED


def _marks(series: SeriesSpec, marked: Marked, language: str) -> list[dict[str, str]]:
    """Return first, least, most and last with their times."""
    named = [("least", marked.least), ("most", marked.most)]
    # The months of a mean year begin and end nowhere.
    if series.period is Period.YEAR:
        named = [("first", marked.first), *named, ("last", marked.last)]
    return [
        {
            "name": say(f"series.{name}", language, time=_time(series.period, time, language)),
            "value": show_value(value, series.layer.unit),
        }
        for name, (time, value) in named
    ]


def _time(period: Period, time: int, language: str) -> str:
    return say(f"month.{time}", language) if period is Period.MONTH else str(time)


def _gaps(points: list[tuple[int, float | None]], language: str) -> str:
    """Say which times have no value; never drawn, so always said."""
    runs = []
    for is_missing, run in groupby(points, lambda point: point[1] is None):
        times = [time for time, _ in run]
        if is_missing:
            runs.append(str(times[0]) if len(times) == 1 else f"{times[0]}–{times[-1]}")
    return say("series.gaps", language, times=", ".join(runs)) if runs else ""


def _step(series: SeriesSpec, catalogue: Catalogue, whose: str, language: str) -> dict[str, Any]:
    """Return how the figures of a series came to be, as the step of a chain."""
    source = catalogue.source(str(series.layer.source))
    layer = series.layer
    is_own = len(whose) == layer.native_level.digits
    way = "zonal" if layer.to_unit.is_zonal else "rows" if series.time_column else "cells"
    formula = say(f"series.way.{way}", language, factor=show_exact(layer.factor))
    if not is_own and not layer.unit.is_extensive:
        formula += f" {say('series.way.lifted', language)}"
    columns = (series.time_column,) if series.time_column else layer.columns
    return {
        "formula": formula,
        "inputs": [],
        "record": {
            "title": source.citation,
            "landing": source.landing,
            "vintage": source.vintage,
            "licence": source.licence.value,
            "sha256": source.sha256,
            "row": whose if is_own and not layer.to_unit.is_zonal else None,
            "columns": list(columns),
            "note": None,
        },
    }
