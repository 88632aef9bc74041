"""The sentences of an event, the same ones on screen, on paper and on slides."""

from typing import Any

from geoapp.event.ground import SHAKING
from geoapp.numbers import show_number
from geoapp.words import say
from layers.indicators.relief import relief_for
from layers.table.need_decisions import JOINT_NEED

Pair = tuple[float, float] | None
_COLOURS = ("green", "orange", "red", "inside")


def shown_count(count: float | str | None) -> str:
    """Write a count that may be a range of few people already."""
    return count if isinstance(count, str) else show_number(count, 0)


def shown_range(pair: Pair) -> str:
    """Write people from a low to a high end."""
    if pair is None:
        return "–"
    low, high = (show_number(end, 0) for end in pair)
    return low if low == high else f"{low}–{high}"


def shown_rate(rate: tuple[float, float]) -> str:
    """Write a share displaced from its low to its high end, in % without the sign."""
    low, high = (f"{round(100 * end, 4):g}" for end in rate)
    return low if low == high else f"{low}–{high}"


def band_names(told: dict[str, Any], language: str) -> dict[str, str]:
    """Return each band in words: a colour, the inside, a class of intensity or its limits."""
    is_raster = told["footprint"]["kind"] == "raster"
    return {
        band["id"]: say(f"event.band_{band['id']}", language)
        if band["id"] in _COLOURS
        else (_limits(band) if is_raster else band["id"])
        for band in told["bands"]
    }


def _limits(band: dict[str, Any]) -> str:
    low, high = band["low"], band["high"]
    return f"≥ {low:g}" if high is None else f"{low:g}–{high:g}"


def band_head(told: dict[str, Any], language: str) -> str:
    """Return what the bands of an event are called."""
    is_shaking = told["footprint"]["kind"] in SHAKING
    return say("emergency.intensity" if is_shaking else "emergency.band", language)


def heading(told: dict[str, Any], language: str) -> tuple[str, str]:
    """Return what happened, and the line under it: size, place, time and file."""
    source = told["footprint"]["source"]
    size = [f"M {source['magnitude']}"] if source.get("magnitude") else []
    size += [f"{source['depth_km']} km"] if source.get("depth_km") else []
    file = source.get("file") if told["way"] == "file" else ""
    parts = (*size, source.get("place"), source.get("time"), file)
    return (
        say(f"emergency.kind.{told['footprint']['kind']}", language),
        " · ".join(str(part) for part in parts if part),
    )


def lead(told: dict[str, Any], displaced: Pair, language: str) -> tuple[str, list[list[str]]]:
    """Return where the three figures hold that a planner is asked for first, and the figures.

    Parameters
    ----------
    told : dict
        Of ``told_event``.
    displaced : tuple of float or None
        People displaced in all.
    language : str
        A language of the product.

    Returns
    -------
    tuple
        A sentence; and figure, words and source mark of people, migrants and displaced.
    """
    inner = told["strong"] or told
    where = "emergency.where_strong" if told["strong"] else "emergency.where_inside"
    marks = told["marks"]
    return say(where, language, units=show_number(inner["units"], 0)), [
        [shown_count(inner["people"]), say("event.persons", language), marks["people"]],
        [shown_count(inner["migrants"]), say("emergency.migrants", language), marks["migrants"]],
        [shown_range(displaced), say("emergency.displaced", language), marks["people"]],
    ]


def relief_lines(displaced: Pair, language: str) -> list[str]:
    """Return what the displaced need at least by Sphere, from the low to the high end."""
    if displaced is None:
        return [say("emergency.relief_unknown", language)]
    low, high = (relief_for(end) for end in displaced)
    ranges = {
        "water": (low.water_litres / 1000, high.water_litres / 1000),
        "food": (low.kcal / 1e6, high.kcal / 1e6),
        "toilets": (low.toilets, high.toilets),
        "shelter": (low.living_space_m2, high.living_space_m2),
    }
    return [
        say(f"emergency.relief_{name}", language, amount=shown_range(pair))
        for name, pair in ranges.items()
    ]


def need_rows(told: dict[str, Any]) -> list[tuple[str, float | str | None, float]]:
    """Return sector, people in need and their part of the largest sector, most people first."""
    named = {sector: count for sector, count in told["pin"].items() if sector != "joint"}
    known = {sector: c for sector, c in named.items() if isinstance(c, int | float)}
    largest = max(known.values(), default=0.0)
    order = sorted(named, key=lambda sector: -known.get(sector, 0.0))
    return [
        (sector, named[sector], known.get(sector, 0.0) / largest if largest else 0.0)
        for sector in order
    ]


def service_lines(told: dict[str, Any], language: str) -> list[str]:
    """Return how many health facilities are inside, by category, and warehouses near."""
    by_category = sorted(told["facilities_by_category"].items(), key=lambda item: str(item[0]))
    categories = " · ".join(
        f"{_category(str(name), language)}: {show_number(count, 0)}" for name, count in by_category
    )
    inside = show_number(told["facilities"], 0)
    near = show_number(told["warehouses_near"], 0)
    marks = told["marks"]
    return [
        say("event.facilities", language, count=inside, categories=categories or "–")
        + f" {marks['facilities']}".rstrip(),
        say("event.warehouses", language, count=near) + f" {marks['warehouses']}".rstrip(),
    ]


def warehouse_lines(told: dict[str, Any], language: str) -> list[str]:
    """Return the nearest warehouses, where they are and how far."""
    inside = say("event.band_inside", language)
    return [
        " · ".join(
            filter(
                None,
                (
                    row["name"],
                    row["place"],
                    inside if row["is_inside"] else f"{show_number(row['km'], 0)} km",
                ),
            )
        )
        for row in told["warehouses"]
    ]


def source_lines(told: dict[str, Any], language: str) -> list[tuple[str, str]]:
    """Return the sources: mark, and publisher with date and id."""
    return [
        (mark, say("report.source", language, publisher=publisher, vintage=vintage, id=name))
        for mark, publisher, vintage, name in told["sources"]
    ]


def unknown_lines(told: dict[str, Any], language: str) -> list[str]:
    """Return what the brief does not know, and how units that are cut were counted."""
    lines = [
        say("event.unknown", language, column=_column(column, language), count=len(units))
        for column, units in told["unknown"]["figures"].items()
    ]
    if without := told["unknown"]["facilities_without_point"]:
        lines.append(say("event.without_point", language, count=without))
    shares = ", ".join(
        f"{say(f'event.basis_{name}', language)}: {count}"
        for name, count in sorted(told["shares"].items())
    )
    if deaths := told["deaths"]:
        key = "event.deaths" if deaths["from"] else "event.deaths_none"
        low, high = (show_number(deaths[end], 0) for end in ("from", "to"))
        lines.append(say(key, language, low=low, high=high))
    never = say("emergency.never_known", language)
    return [*lines, say("event.shares", language, shares=shares), never]


def place_of(unit: dict[str, Any]) -> str:
    """Return the province and region of a unit."""
    return ", ".join(filter(None, (unit["province"], unit["region"])))


def _category(name: str, language: str) -> str:
    return say("emergency.no_category", language) if name in ("0", "", "nan") else name


def _column(column: str, language: str) -> str:
    if column == JOINT_NEED:
        return say("emergency.joint_name", language)
    if column.startswith("pin_"):
        return say(f"sector.{column.removeprefix('pin_')}", language)
    return say("event.persons" if column == "people" else "event.of_migrants", language)
