"""The answer to an event in plain Spanish, one page that can be read aloud."""

from typing import Any

from geoapp.numbers import show_number
from geoapp.words import say

_TOP = 10


def event_brief(brief: dict[str, Any]) -> str:
    """Tell an event in Spanish sentences.

    Parameters
    ----------
    brief : dict
        In the shape of ``geoapp event --json``.

    Returns
    -------
    str
        Several lines.
    """
    totals = brief["totals"]
    lines = _heading(brief)
    if not totals["units"]:
        return "\n".join([*lines, _say("nobody")])
    if totals["strong"] is not None:
        strong = totals["strong"]
        told = {key: _whole(strong[key]) for key in ("people", "migrants")}
        lines.append(_say("strong", **told, units=strong["units"]))
    lines += [
        _say(
            "people" if totals["strong"] is None else "felt",
            people=_whole(totals["people"]),
            migrants=_whole(totals["migrants"]),
            units=totals["units"],
        ),
        _need((totals["strong"] or totals)["pin"]),
        _displaced(totals),
        *_deaths(totals["deaths"]),
        "",
        *_bands(brief),
        "",
        _say("offices"),
        *(
            f"  {row['name']}: {_whole(row['people'])} {_say('persons')}, "
            f"{_whole(row['migrants'])} {_say('of_migrants')}, {row['units']} {_say('units')}"
            for row in brief["by_office"]
        ),
        "",
        *_largest(brief["units"]),
        "",
        *_services(brief),
        "",
        *_caveats(brief),
    ]
    return "\n".join(lines)


def _say(key: str, **values: object) -> str:
    return say(f"event.{key}", "es", **values)


def _whole(value: float | None) -> str:
    return show_number(value, 0)


def _heading(brief: dict[str, Any]) -> list[str]:
    footprint = brief["footprint"]
    source = footprint["source"]
    what = " · ".join(filter(None, (source.get("place"), source.get("time"))))
    size = [f"M {source['magnitude']}"] if source.get("magnitude") else []
    size += [f"{source['depth_km']} km"] if source.get("depth_km") else []
    title = _say(f"kind_{footprint['kind']}", file=source["file"])
    told = ", ".join(filter(None, (what, *size)))
    lines = [f"{title} {told}".rstrip() + "."]
    if footprint["is_rough"]:
        lines.append(_say("rough"))
    if footprint["unmatched"]:
        lines.append(_say("unmatched", count=len(footprint["unmatched"])))
        lines += [f"  {row}" for row in footprint["unmatched"][:_TOP]]
    return [*lines, ""]


def _need(pin: dict[str, float | None]) -> str:
    named = {name: value for name, value in pin.items() if name != "joint" and value is not None}
    told = ", ".join(
        f"{say(f'sector.{name}', 'es')} {_whole(value)}"
        for name, value in sorted(named.items(), key=lambda item: -item[1])
    )
    return _say("need", joint=_whole(pin.get("joint")), sectors=told or "–")


def _displaced(totals: dict[str, Any]) -> str:
    low, high = totals["displaced"]["low"], totals["displaced"]["high"]
    relief = totals["relief_per_day"]
    cubic = [_cubic(relief[f"displaced_{end}"]["water_litres"]) for end in ("low", "high")]
    return _say("displaced", low=_whole(low), high=_whole(high), water=f"{cubic[0]}–{cubic[1]}")


def _cubic(litres: float | None) -> str:
    return _whole(None if litres is None else litres / 1000)


def _deaths(deaths: dict[str, int] | None) -> list[str]:
    if deaths is None:
        return []
    if deaths["from"] == 0:
        return [_say("deaths_none")]
    return [_say("deaths", low=_whole(deaths["from"]), high=_whole(deaths["to"]))]


def _bands(brief: dict[str, Any]) -> list[str]:
    if len(brief["bands"]) < 2:
        return []
    word = "intensity" if brief["footprint"]["kind"] in ("shakemap", "epicentre") else "band"
    lines = [_say(word)]
    for band in reversed(brief["bands"]):
        if band["units"]:
            name = band_name(band["id"])
            rate = band["displaced_rate"]
            lines.append(
                f"  {name}: {_whole(band['people'])} {_say('persons')}, "
                f"{_whole(band['migrants'])} {_say('of_migrants')}; "
                + _say("rate", low=f"{100 * rate['low']:g}", high=f"{100 * rate['high']:g}")
            )
    return lines


def band_name(band: str) -> str:
    """Return a colour of alert in Spanish; numbers stay as they are."""
    return _say(f"band_{band}") if band in ("green", "orange", "red", "inside") else band


def _largest(units: list[dict[str, Any]]) -> list[str]:
    people: dict[str, float] = {}
    first: dict[str, dict[str, Any]] = {}
    for unit in units:
        first[unit["ubigeo"]] = unit
        people[unit["ubigeo"]] = people.get(unit["ubigeo"], 0.0) + (unit["migrants"] or 0.0)
    most = sorted(people, key=lambda code: -people[code])[:_TOP]
    lines = [_say("largest")]
    for code in most:
        unit = first[code]
        place = ", ".join(filter(None, (unit["province"], unit["region"])))
        lines.append(f"  {code} {unit['name']} ({place}): {_whole(people[code])}")
    return lines


def _services(brief: dict[str, Any]) -> list[str]:
    categories = sorted(brief["facilities_by_category"].items())
    told = ", ".join(f"{name}: {count}" for name, count in categories) or "–"
    lines = [_say("facilities", count=len(brief["facilities"]), categories=told)]
    lines.append(_say("warehouses", count=len(brief["warehouses"])))
    lines += [f"  {row['name']} ({row['km']:.0f} km)" for row in brief["warehouses"][:5]]
    return lines


def _caveats(brief: dict[str, Any]) -> list[str]:
    made = brief["provenance"]
    shares = ", ".join(
        f"{_say(f'basis_{name}')}: {count}" for name, count in sorted(made["shares"].items())
    )
    lines = [_say("shares", shares=shares)]
    for column, units in brief["unknown"]["figures"].items():
        lines.append(_say("unknown", column=column, count=len(units)))
    if without := brief["unknown"]["facilities_without_point"]:
        lines.append(_say("without_point", count=without))
    return [*lines, _say("assumption"), _say("made", build=made["build"], version=made["version"])]
