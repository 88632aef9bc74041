"""What stands above the ranking: how many are the first, what narrows it, and what to see of it."""

import json
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.state import BASE, JOINT, ViewState
from geoapp.numbers import show_number
from geoapp.words import say
from layers.decide.narrow import Settling

_LEAST = (5_000, 20_000, 50_000, 100_000)
"""People from which units are often asked for."""
_NO_FILTER = {"region": "", "office": "", "people": "", "area": "", "quadrant": ""}


def tools(view: ViewState, facts: dict[str, Any]) -> list[Component]:
    """Return the controls above the ranking.

    Parameters
    ----------
    view : ViewState
        The view.
    facts : dict
        tops and top; regions and offices (code and name); sets (word, codes) of regions;
        has_people and has_sectors; left and all, numbers of units.

    Returns
    -------
    list of Component
        Modes, filters, numbers, chips.
    """
    language = view.language
    numbers = [
        choice(show_number(top, 0), {"k": str(top)}, top == facts["top"]) for top in facts["tops"]
    ]
    return [
        html.Div([_modes(view, facts), _filters(view, facts)], className="tool-line"),
        html.Div(
            [
                html.Span(say("tools.first", language), id="first-label"),
                html.Div(numbers, className="choices", **_group("first-label")),
            ],
            className="tool-line first-ones",
        ),
        *_chips(view, facts),
    ]


def choice(label: Any, parts: dict[str, str], is_chosen: bool, **more: Any) -> Component:
    """Return a button that tells parts of the address, pressed where they are so."""
    marks: dict[str, Any] = {"data-parts": json.dumps(parts), "aria-pressed": _yes(is_chosen)}
    return html.Button(label, type="button", className="choice", **marks, **more)


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"


def _group(label: str) -> dict[str, Any]:
    return {"role": "group", "aria-labelledby": label}


def _modes(view: ViewState, facts: dict[str, Any]) -> Component:
    language = view.language
    is_list = view.against is None and view.sector is None
    away = {"vs": "", "sector": "", "quadrant": ""}
    modes = [
        choice(say("tools.list", language), away, is_list),
        choice(say("tools.compare", language), {**away, "vs": BASE}, view.against is not None),
    ]
    if facts["has_sectors"]:
        is_open = view.against is None and view.sector is not None
        modes.append(choice(say("tools.quadrants", language), {**away, "sector": JOINT}, is_open))
    named: dict[str, Any] = {"role": "group", "aria-label": say("tools.modes", language)}
    return html.Div(modes, className="choices modes", **named)


def _filters(view: ViewState, facts: dict[str, Any]) -> Component:
    language = view.language
    presets = [
        choice(show_number(least, 0), {"people": str(least)}, view.least_people == least)
        for least in _LEAST
    ]
    own = dcc.Input(
        id=ids.LEAST,
        type="text",
        inputMode="numeric",
        value=show_number(view.least_people, 0) if view.least_people else "",
        placeholder=say("filters.other", language),
        debounce=True,
    )
    people = [
        _field("people", language, [*presets, html.Span(own, **_tells("people"))]),
        _field(
            "area",
            language,
            [
                choice(
                    say(f"filters.{kind}", language),
                    {"area": "" if view.settling is kind else kind.value},
                    view.settling is kind,
                )
                for kind in Settling
            ],
            note=say(f"filters.area_{view.level}", language),
        ),
    ]
    sets = [
        choice(say(f"filters.{name}", language), {"region": ",".join(codes)}, _same(view, codes))
        for name, codes in facts["sets"]
    ]
    regions = [_toggle(code, name, code in view.regions) for code, name in facts["regions"]]
    offices = [
        choice(name, {"office": "" if view.office == office else office}, view.office == office)
        for office, name in facts["offices"]
    ]
    body = [
        _field("region", language, [*sets, html.Div(className="break"), *regions]),
        _field("office", language, offices, note=say("filters.office_note", language)),
        *(people if facts["has_people"] else []),
    ]
    return html.Details(
        [html.Summary(say("filters.title", language)), html.Div(body, className="filter-sheet")],
        className="filters",
    )


def _field(name: str, language: str, choices: list[Any], note: str = "") -> Component:
    told = [html.P(note, className="note")] if note else []
    label = f"filter-{name}"
    return html.Div(
        [
            html.H3(say(f"filters.{name}", language), id=label),
            html.Div(choices, className="choices wrap", **_group(label)),
            *told,
        ]
    )


def _toggle(code: str, name: str, is_in: bool) -> Component:
    marks: dict[str, Any] = {
        "data-toggle": "region",
        "data-value": code,
        "aria-pressed": _yes(is_in),
    }
    return html.Button(name, type="button", className="choice", **marks)


def _tells(part: str) -> dict[str, Any]:
    return {"data-part": part}


def _same(view: ViewState, codes: tuple[str, ...]) -> bool:
    return bool(codes) and {*codes} == {*view.regions}


def _chips(view: ViewState, facts: dict[str, Any]) -> list[Component]:
    """Return what narrows, each with its way out, and how many units are left."""
    language = view.language
    chips = [_chip(text, parts, language, value) for text, parts, value in _narrowing(view, facts)]
    if not chips:
        return []
    units = say(f"levels.{view.level}", language)
    left, everyone = show_number(facts["left"], 0), show_number(facts["all"], 0)
    word = "filters.left" if facts["left"] else "filters.none"
    told = say(word, language, left=left, all=everyone, units=units)
    if len(chips) > 1:
        # The same look as another chip would be lost among them.
        out: dict[str, Any] = {"data-parts": json.dumps(_NO_FILTER)}
        chips.append(html.Button(say("filters.clear", language), className="quiet", **out))
    status: dict[str, Any] = {"role": "status"}
    return [
        html.Div(chips, className="chips"),
        html.P(told, className="note filter-told", **status),
    ]


def _narrowing(
    view: ViewState, facts: dict[str, Any]
) -> list[tuple[str, dict[str, str], str | None]]:
    """Return the words of each condition, and what takes it away: parts, or a region."""
    language = view.language
    regions, offices = dict(facts["regions"]), dict(facts["offices"])
    sets = [name for name, codes in facts["sets"] if _same(view, codes)]
    found: list[tuple[str, dict[str, str], str | None]] = []
    if sets:
        found.append((say(f"filters.{sets[0]}", language), {"region": ""}, None))
    else:
        found += [(regions[code], {}, code) for code in view.regions]
    if view.office:
        office = say("filters.of_office", language, office=offices[view.office])
        found.append((office, {"office": ""}, None))
    if view.least_people:
        people = show_number(view.least_people, 0)
        found.append((say("filters.from", language, people=people), {"people": ""}, None))
    if view.settling:
        found.append((say(f"filters.{view.settling}", language), {"area": ""}, None))
    if view.quadrant:
        quadrant = say(f"quadrant.{view.quadrant}", language).capitalize()
        found.append((quadrant, {"quadrant": ""}, None))
    return found


def _chip(text: str, parts: dict[str, str], language: str, region: str | None) -> Component:
    marks: dict[str, Any] = {"aria-label": say("filters.remove", language, name=text)}
    if region is None:
        marks["data-parts"] = json.dumps(parts)
    else:
        marks |= {"data-toggle": "region", "data-value": region}
    return html.Button([text, html.Span(" ×")], type="button", className="chip", **marks)
