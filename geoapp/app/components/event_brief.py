"""The brief of an event: who is inside, what they need, who answers, what is not known."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.event_tables import (
    Pair,
    bands_table,
    largest_table,
    needs_table,
    offices_table,
    shown_count,
    shown_range,
)
from geoapp.numbers import show_number
from geoapp.words import say


def problem_line(problem: dict[str, Any] | None, language: str) -> list[Component]:
    """Return why there is no answer and what to do, with the detail folded under it."""
    if not problem:
        return []
    sentence = say(f"emergency.problem.{problem['key']}", language, name=problem["name"])
    detail = html.Details(
        [html.Summary(say("emergency.detail", language)), problem["detail"][language]]
    )
    return [html.P(sentence), detail]


def event_brief(
    brief: dict[str, Any],
    rates: dict[str, list[float]],
    displaced: tuple[dict[str, Pair], Pair],
    steps: dict[str, int],
    language: str,
) -> list[Component]:
    """Return the brief of an event.

    Parameters
    ----------
    brief : dict
        As ``geoapp.app.emergency.event_of`` returns it.
    rates : dict
        By band, the share displaced (low, high) that the planner assumes.
    displaced : tuple
        People displaced by band and in all.
    steps : dict
        By band, how dark it is drawn, 1 to 6.
    language : str
        A language of the product.

    Returns
    -------
    list of Component
        The most urgent first.
    """
    if not brief["units"]:
        return [_title(brief, language), html.P(say("event.nobody", language))]
    by_band, total = displaced
    return [
        _title(brief, language),
        *_marks(brief, language),
        _lead(brief, total, language),
        html.H3(say("emergency.by_band", language)),
        bands_table(brief, rates, by_band, steps, language),
        html.P(id=ids.EVENT_RATE_SAID, className="note", role="status"),
        html.P(say("emergency.assumption", language), className="note"),
        *needs_table(brief, language),
        html.H3(say("event.offices", language).rstrip(":")),
        offices_table(brief["offices"], language),
        *_services(brief, language),
        *largest_table(brief["largest"], language),
        html.H3(say("emergency.unknown", language)),
        html.Ul([html.Li(line) for line in _gaps(brief, language)], className="note"),
        html.H3(say("page.sources", language)),
        html.Ul(
            [html.Li(f"{publisher}, {vintage}") for publisher, vintage in brief["sources"]]
            + [
                html.Li(say("event.made", language, build=brief["build"], version=brief["version"]))
            ],
            className="note",
        ),
    ]


def _title(brief: dict[str, Any], language: str) -> Component:
    source = brief["footprint"]["source"]
    what = say(f"emergency.kind.{brief['footprint']['kind']}", language)
    size = [f"M {source['magnitude']}"] if source.get("magnitude") else []
    size += [f"{source['depth_km']} km"] if source.get("depth_km") else []
    told = " · ".join(filter(None, (*size, source.get("place"), source.get("time"))))
    file = source.get("file") if brief["way"] == "file" else ""
    note = " · ".join(filter(None, (told, file)))
    return html.Header([html.H2(what), html.P(note, className="note")])


def _marks(brief: dict[str, Any], language: str) -> list[Component]:
    marks: list[Component] = []
    if brief["footprint"]["is_rough"]:
        marks.append(html.P(say("event.rough", language), className="caveat"))
    if rows := brief["footprint"]["unmatched"]:
        head = say("event.unmatched", language, count=len(rows))
        listed = html.Ul([html.Li(row) for row in rows], className="note")
        marks.append(html.Details([html.Summary(head), listed], className="caveat"))
    return marks


def _lead(brief: dict[str, Any], total: Pair, language: str) -> Component:
    """Return the three figures that a planner is asked for first."""
    inner = brief["strong"] or brief
    where = "emergency.where_strong" if brief["strong"] else "emergency.where_inside"
    units = show_number(inner["units"], 0)
    figures = [
        (html.B(shown_count(inner["people"])), say("event.persons", language)),
        (html.B(shown_count(inner["migrants"])), say("emergency.migrants", language)),
        (
            html.B(shown_range(total), id=ids.EVENT_DISPLACED),
            say("emergency.displaced", language),
        ),
    ]
    cells = [html.Div([figure, html.Span(word)]) for figure, word in figures]
    return html.Div(
        [html.P(say(where, language, units=units)), html.Div(cells, className="figures")],
        className="lead",
    )


def _services(brief: dict[str, Any], language: str) -> list[Component]:
    told = sorted(brief["facilities_by_category"].items(), key=lambda item: str(item[0]))
    categories = " · ".join(
        f"{_category(str(name), language)}: {show_number(count, 0)}" for name, count in told
    )
    near = show_number(brief["warehouses_near"], 0)
    return [
        html.H3(say("emergency.services", language)),
        html.P(
            say(
                "event.facilities",
                language,
                count=show_number(brief["facilities"], 0),
                categories=categories or "–",
            )
        ),
        html.P(say("event.warehouses", language, count=near)),
        html.Ul(
            [
                html.Li(f"{row['name']} ({show_number(row['km'], 0)} km)")
                for row in brief["warehouses"]
            ],
            className="note",
        ),
    ]


def _category(name: str, language: str) -> str:
    return say("emergency.no_category", language) if name in ("0", "", "nan") else name


def _gaps(brief: dict[str, Any], language: str) -> list[str]:
    """Return what the brief does not know, and how districts that are cut were counted."""
    lines = [
        say("event.unknown", language, column=_column(column, language), count=len(units))
        for column, units in brief["unknown"]["figures"].items()
    ]
    if without := brief["unknown"]["facilities_without_point"]:
        lines.append(say("event.without_point", language, count=without))
    shares = ", ".join(
        f"{say(f'event.basis_{name}', language)}: {count}"
        for name, count in sorted(brief["shares"].items())
    )
    if deaths := brief["deaths"]:
        key = "event.deaths" if deaths["from"] else "event.deaths_none"
        low, high = (show_number(deaths[end], 0) for end in ("from", "to"))
        lines.append(say(key, language, low=low, high=high))
    never = say("emergency.never_known", language)
    return [*lines, say("event.shares", language, shares=shares), never]


def _column(column: str, language: str) -> str:
    if column == "pin_joint":
        return say("emergency.joint_name", language)
    if column.startswith("pin_"):
        return say(f"sector.{column.removeprefix('pin_')}", language)
    return say("event.persons" if column == "people" else "event.of_migrants", language)
