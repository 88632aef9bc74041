"""What is told of an event, on screen and on paper alike: small counts are ranges already."""

from collections.abc import Mapping
from typing import Any

from geoapp.numbers import show_range
from geoapp.reports.figures import Citations
from layers.decide.displaced import displaced_people
from layers.spec import Catalogue, CountryProfile, DisclosureRules

Pair = tuple[float, float] | None
Rates = Mapping[str, tuple[float, float]]
_MOST_UNITS = 8
_MOST_WAREHOUSES = 5
_RULES = DisclosureRules()
"""A brief goes out, whatever the edition it was made from."""


def told_event(
    catalogue: Catalogue, country: CountryProfile, brief: dict[str, Any], way: str
) -> dict[str, Any]:
    """Return what is told of an event, without words of any language.

    Parameters
    ----------
    catalogue : Catalogue
        Declares the sources.
    country : CountryProfile
        Names that of the borders.
    brief : dict
        In the shape of ``geoapp event --json``; no list of facilities is looked at.
    way : str
        How the event was given: file, list, quake, shakemap or drawing.

    Returns
    -------
    dict
        Plain data. A count of few people is a text; ``marks`` names the sources of people,
        migrants, need, facilities, warehouses and borders by the numbers of ``sources``.
    """
    totals = brief["totals"]
    strong = totals["strong"] if totals["strong"] and totals["strong"]["units"] else None
    marks, sources = _marks(catalogue, country, brief)
    return {
        "way": way,
        **{key: brief[key] for key in ("footprint", "facilities_by_category", "unknown")},
        "bands": [_band(band) for band in reversed(brief["bands"]) if band["units"]],
        "offices": [_office(office, brief["units"]) for office in brief["by_office"]],
        **_people(totals),
        "strong": _people(strong) if strong else None,
        "pin": {
            sector: masked(count, sector) for sector, count in (strong or totals)["pin"].items()
        },
        "deaths": totals["deaths"],
        "facilities": sum(brief["facilities_by_category"].values()),
        "warehouses": _warehouses(brief),
        "warehouses_near": len(brief["warehouses"]),
        "largest": _largest(brief["units"]),
        "build": brief["provenance"]["build"],
        "version": brief["provenance"]["version"],
        "shares": brief["provenance"]["shares"],
        "marks": marks,
        "sources": sources,
    }


def masked(count: float | None, sector: str | None = None) -> float | str | None:
    """Return a count as it may be told: one of few people as its range."""
    least = _RULES.least_of(sector)
    return show_range(1, least - 1) if count is not None and 0 < count < least else count


def first_rates(told: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the share of people displaced (low, high) that is assumed by band."""
    assumed = {band["id"]: band["displaced_rate"] for band in told["bands"]}
    return {band: (rate["low"], rate["high"]) for band, rate in assumed.items()}


def displaced_of(told: dict[str, Any], rates: Rates) -> tuple[dict[str, Pair], Pair]:
    """Return people displaced by band and in all.

    Parameters
    ----------
    told : dict
        Of `told_event`.
    rates : mapping
        Share displaced (low, high) of each band.

    Returns
    -------
    tuple
        As `displaced_people`; unknown where the people of a band are few or unknown.

    Raises
    ------
    EventError
        Where a rate is not a rising range of shares.
    """
    people = {
        band["id"]: None if isinstance(band["people"], str) else band["people"]
        for band in told["bands"]
    }
    return displaced_people(people, rates)


def _people(row: dict[str, Any]) -> dict[str, Any]:
    return {"units": row["units"], **{key: masked(row[key]) for key in ("people", "migrants")}}


def _band(band: dict[str, Any]) -> dict[str, Any]:
    return {key: band[key] for key in ("id", "low", "high", "displaced_rate")} | _people(band)


def _office(office: dict[str, Any], units: list[dict[str, Any]]) -> dict[str, Any]:
    away = [unit["office_km"] for unit in units if unit["office"] == office["office"]]
    named = {key: office[key] for key in ("office", "name")}
    return named | _people(office) | {"nearest_km": min(away), "farthest_km": max(away)}


def _largest(units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the units with most migrants inside, in whatever bands they are."""
    found: dict[str, dict[str, Any]] = {}
    for unit in units:
        own = found.setdefault(unit["ubigeo"], {**unit, "people": 0.0, "migrants": 0.0})
        for key in ("people", "migrants"):
            own[key] += unit[key] or 0.0
    most = sorted(found.values(), key=lambda unit: -unit["migrants"])[:_MOST_UNITS]
    names = ("ubigeo", "name", "province", "region")
    return [
        {key: unit[key] for key in names}
        | {key: masked(unit[key]) for key in ("people", "migrants")}
        for unit in most
    ]


def _warehouses(brief: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the nearest warehouses; many are called after no place, and so it is added."""
    places = {unit["ubigeo"]: f"{unit['name']}, {unit['region']}" for unit in brief["units"]}
    return [
        {
            **{key: row[key] for key in ("name", "km")},
            "place": places.get(row["ubigeo"], ""),
            "is_inside": row["band"] is not None,
        }
        for row in brief["warehouses"][:_MOST_WAREHOUSES]
    ]


def _marks(
    catalogue: Catalogue, country: CountryProfile, brief: dict[str, Any]
) -> tuple[dict[str, str], list[tuple[str, str, str, str]]]:
    """Return the mark of each group of figures, and the sources by number."""
    by_layer = brief["provenance"]["sources"]
    columns = brief["provenance"]["layers"]
    cited = {name: tuple(dict.fromkeys(by_layer[columns[name]])) for name in ("people", "migrants")}
    needs = [by_layer[layer] for name, layer in columns.items() if name.startswith("pin_")]
    cited["pin"] = tuple({source for sources in needs for source in sources})
    for name in ("facilities", "warehouses"):
        cited[name] = tuple(brief["provenance"]["places"][name])
    cited["borders"] = (country.boundaries,)
    everything = {source for sources in cited.values() for source in sources}
    citations = Citations(catalogue, everything, "")
    marks = {name: citations.mark(sources) if sources else "" for name, sources in cited.items()}
    sources = [
        (citations.mark((name,)), source.publisher, source.vintage, name)
        for name, source in catalogue.sources.items()
        if name in everything
    ]
    return marks, sources
