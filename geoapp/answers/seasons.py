"""When in the year the hazards of a unit are to be expected, as plain data."""

from typing import Any

from geoapp.answers.series import series_answer
from geoapp.numbers import show_number
from geoapp.words import say
from layers.built import Build
from layers.indicators.season import Quarter, season_of
from layers.spec import Catalogue
from layers.terms import Season

_LEAST_RAIN_MM = 100.0
"""Below this in a year the rain that falls in a unit tells no season of rain or drought: the
floods of a desert valley come with rivers from elsewhere."""
_OF_RAIN = (Season.WET, Season.DRY)


def seasons_of(
    built: Build, catalogue: Catalogue, ubigeo: str, language: str
) -> dict[str, Any] | None:
    """Return when in the year each hazard is to be expected in a unit.

    Parameters
    ----------
    built, catalogue, ubigeo, language
        As for ``series_of``.

    Returns
    -------
    dict or None
        lines (hazards, when: hazards of one season together), rain (as ``series_answer``, by
        month) and sources; None where no hazard of the catalogue has a season.
    """
    told = {layer.hazard for layer in catalogue.layers.values()}
    hazards = [one for one in catalogue.hazards.values() if one.id in told and not one.is_several]
    monthly = {
        name: series_answer(built, catalogue, catalogue.series[name], ubigeo, language)
        for name in ("rain_by_month", "temperature_by_month")
        if name in catalogue.series
    }
    if not monthly or not hazards:
        return None
    months = {name: _year(answer["points"]) for name, answer in monthly.items()}
    rain, temperature = months.get("rain_by_month"), months.get("temperature_by_month")
    groups: dict[Season | None, list[str]] = {}
    for hazard in hazards:
        groups.setdefault(hazard.season, []).append(say(f"hazard.{hazard.id}", language))
    order = (*Season, None)
    return {
        "lines": [
            {
                "hazards": ", ".join(groups[season]),
                "when": _when(season, rain, temperature, language),
                "season": season.value if season else "unknown",
            }
            for season in order
            if season in groups
        ],
        "series": monthly,
    }


def _year(points: list[tuple[int, float | None]]) -> list[float] | None:
    values = [value for _, value in points if value is not None]
    return values if len(values) == len(points) else None


def _when(
    season: Season | None,
    rain: list[float] | None,
    temperature: list[float] | None,
    language: str,
) -> str:
    """Say the months of a season, or why they are not known."""
    if season is None:
        return say("season.unknown", language)
    if season is Season.NONE:
        return say("season.none", language)
    if season in _OF_RAIN and rain is not None and sum(rain) < _LEAST_RAIN_MM:
        return say("season.desert", language, mm=show_number(sum(rain), 0))
    found = season_of(season, rain, temperature)
    if found is None:
        return say("season.no_series", language)
    return say(f"season.{season}", language, **_months(found, language))


def _months(quarter: Quarter, language: str) -> dict[str, str]:
    first, _, last = quarter.months
    return {
        "first": say(f"month.{first}", language),
        "last": say(f"month.{last}", language),
        "share": show_number(100 * quarter.share, 0),
    }
