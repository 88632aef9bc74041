"""The brief of an event: who is inside, what they need, who answers, what is not known."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.event_actions import actions, setting, setting_of
from geoapp.app.components.event_tables import (
    bands_table,
    largest_table,
    mark_of,
    needs_table,
    offices_table,
)
from geoapp.event.words import (
    Pair,
    heading,
    lead,
    relief_lines,
    service_lines,
    source_lines,
    unknown_lines,
    warehouse_lines,
)
from geoapp.words import say


def problem_line(problem: dict[str, Any] | None, language: str) -> list[Component]:
    """Return why there is no answer and what to do, with what was found under it."""
    if not problem:
        return []
    sentence = say(f"emergency.problem.{problem['key']}", language, name=problem["name"])
    detail = html.P(say("emergency.detail", language, found=problem["detail"][language]))
    # What was not understood without a distance is asked for it where that is said.
    asked = setting("buffer_km", 0, "said", language) if problem["key"] == "ground" else []
    return [html.P(sentence), *asked, detail]


def event_brief(
    told: dict[str, Any],
    rates: dict[str, list[float]],
    displaced: tuple[dict[str, Pair], Pair],
    steps: dict[str, int],
    language: str,
) -> list[Component]:
    """Return the brief of an event.

    Parameters
    ----------
    told : dict
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
    if not told["units"]:
        nobody = html.P(say("event.nobody", language))
        return [_title(told, language), nobody, *setting_of(told, language)]
    by_band, total = displaced
    return [
        _title(told, language),
        *_caveats(told, language),
        _lead(told, total, language),
        *actions(language),
        html.H3(say("emergency.by_band", language)),
        bands_table(told, rates, by_band, steps, language),
        html.P(id=ids.EVENT_RATE_SAID, className="note", role="status"),
        html.P(say("emergency.assumption", language), className="note"),
        *setting_of(told, language),
        *_relief(total, language),
        *needs_table(told, language),
        html.H3(say("event.offices", language).rstrip(":")),
        offices_table(told, language),
        *_services(told, language),
        *largest_table(told, language),
        html.H3(say("emergency.unknown", language)),
        html.Ul([html.Li(line) for line in unknown_lines(told, language)], className="note"),
        *_sources(told, language),
    ]


def _title(told: dict[str, Any], language: str) -> Component:
    what, note = heading(told, language)
    return html.Header([html.H2(what), html.P(note, className="note")])


def _caveats(told: dict[str, Any], language: str) -> list[Component]:
    found: list[Component] = []
    if told["footprint"]["is_rough"]:
        found.append(html.P(say("event.rough", language), className="caveat"))
    if rows := told["footprint"]["unmatched"]:
        head = say("event.unmatched", language, count=len(rows))
        listed = html.Ul([html.Li(row) for row in rows], className="note")
        found.append(html.Details([html.Summary(head), listed], className="caveat"))
    return found


def _lead(told: dict[str, Any], total: Pair, language: str) -> Component:
    where, figures = lead(told, total, language)
    names: list[dict[str, Any]] = [{}, {}, {"id": ids.EVENT_DISPLACED}]
    cells = [
        html.Div([html.B(figure, **name), html.Span([words, mark_of(mark)])])
        for (figure, words, mark), name in zip(figures, names, strict=True)
    ]
    return html.Div([html.P(where), html.Div(cells, className="figures")], className="lead")


def _relief(total: Pair, language: str) -> list[Component]:
    return [
        html.H3(say("emergency.relief", language)),
        html.Ul(relief_items(total, language), id=ids.EVENT_RELIEF, className="note"),
    ]


def relief_items(total: Pair, language: str) -> list[Component]:
    """Return what the displaced need, one line each."""
    return [html.Li(line) for line in relief_lines(total, language)]


def _services(told: dict[str, Any], language: str) -> list[Component]:
    facilities, warehouses = service_lines(told, language)
    return [
        html.H3(say("emergency.services", language)),
        html.P(facilities),
        html.P(warehouses),
        html.Ul([html.Li(line) for line in warehouse_lines(told, language)], className="note"),
    ]


def _sources(told: dict[str, Any], language: str) -> list[Component]:
    made = say("event.made", language, build=told["build"], version=told["version"])
    rows = [f"{mark} {text}" for mark, text in source_lines(told, language)]
    return [
        html.H3(say("page.sources", language)),
        html.Ul([html.Li(row) for row in [*rows, made]], className="note marked"),
    ]
