"""The legend: classes or circles, unit, missing, and the sources behind what is shown."""

from dash import html
from dash.development.base_component import Component

from geoapp.app.shown import Shown
from geoapp.app.state import ViewState
from geoapp.numbers import decimals_of, round_counts, show_number, show_value
from geoapp.style import CHANGE_STEPS, NO_DATA, OUTSIDE, colours_for
from geoapp.words import say
from layers.spec import SourceSpec
from layers.terms import Unit

_LARGEST = 52
"""Pixels across the largest circle, as on the map."""


def legend(
    view: ViewState,
    shown: Shown,
    sources: list[SourceSpec],
    is_estimate: bool,
    is_narrowed: bool = False,
) -> list[Component]:
    """Return the legend of the shown layer.

    Parameters
    ----------
    view : ViewState
        The view.
    shown : Shown
        Figures, unit and class limits of the layer.
    sources : list of SourceSpec
        What the layer rests on.
    is_estimate : bool
        True where a model or a spread made the figures.
    is_narrowed : bool
        True where a filter leaves units out.

    Returns
    -------
    list of Component
        The body of the legend.
    """
    language = view.language
    unit = shown.unit
    if shown.values.isna().all():
        empty = say("page.no_figures", language, units=say(f"levels.{view.level}", language))
        return [html.P(empty, className="note"), sources_of(view, sources)]
    largest = float(shown.values.max())
    kind = say(f"unit.{unit}", language)
    if is_estimate:
        kind = f"{say('page.estimate', language)} · {kind}"
    missing: list[Component | str] = [
        html.Span(className="swatch", style={"backgroundColor": NO_DATA}),
        say("page.missing", language),
    ]
    return [
        html.P(kind, className="note"),
        *_key(view, shown, largest),
        html.P(missing, className="note"),
        *(outside_key(language) if is_narrowed else []),
        *_confidence(shown, language),
        *([html.P(say(shown.note, language), className="note")] if shown.note else []),
        sources_of(view, sources),
    ]


def _key(view: ViewState, shown: Shown, largest: float) -> list[Component]:
    language = view.language
    if shown.unit.is_extensive:
        return _circles(largest, language)
    if shown.unit is Unit.PLACES:
        return _change(view)
    names = _class_names(shown.breaks, language) if shown.is_index else []
    return [*_classes(shown), *names]


def _change(view: ViewState) -> list[Component]:
    """Name what each colour of a change of place stands for, its limits printed."""
    little, much = CHANGE_STEPS[view.level]
    few = str(little) if much - 1 == little else f"{little}–{much - 1}"
    words = {"little": few, "much": much, "least": little}
    kinds = ("far_down", "down", "still" if little > 1 else "same", "up", "far_up")
    return [
        html.Div(
            [html.Span(className="class", style={"backgroundColor": c}) for c in _colours()],
            className="classes",
        ),
        html.Div(
            [html.Span(say(f"change.{kind}", view.language, **words)) for kind in kinds],
            className="class-names",
        ),
    ]


def _colours() -> tuple[str, ...]:
    return colours_for(Unit.PLACES, ())


def outside_key(language: str) -> list[Component]:
    swatch = html.Span(className="swatch outside", style={"backgroundColor": OUTSIDE})
    return [html.P([swatch, say("filters.outside", language)], className="note")]


def _class_names(breaks: tuple[float, ...], language: str) -> list[Component]:
    """Name the classes of INFORM under their colours."""
    names = [say(f"risk_class.{step + 1}", language) for step in range(len(breaks) + 1)]
    return [html.Div([html.Span(name) for name in names], className="class-names")]


def _confidence(shown: Shown, language: str) -> list[Component]:
    """Say what is hatched, or the one class that all figures have."""
    if shown.is_hatched:
        swatch = html.Span(className="swatch hatch")
        return [html.P([swatch, say("confidence.low", language)], className="note")]
    if len(shown.known_classes) > 1:
        return [html.P(say("confidence.most", language), className="note")]
    level = say(f"confidence.{next(iter(shown.known_classes))}", language)
    return [html.P(say("confidence.all", language, level=level), className="note")]


def _classes(shown: Shown) -> list[Component]:
    colours, unit, breaks = shown.colours, shown.unit, shown.breaks
    if unit is Unit.SEVERITY:
        # Severity is a number from 1 to 5, printed on its colour.
        steps = [
            html.Span(str(step), className="class step", style={"backgroundColor": colour})
            for step, colour in enumerate(colours, start=1)
        ]
        return [html.Div(steps, className="classes")]
    decimals = decimals_of(breaks)
    width = 100 / len(colours)
    marks = [
        html.Span(show_number(value, decimals), style={"left": f"{width * (step + 1):.2f}%"})
        for step, value in enumerate(breaks)
    ]
    return [
        html.Div(
            [html.Span(className="class", style={"backgroundColor": c}) for c in colours],
            className="classes",
        ),
        html.Div(marks, className="class-marks"),
    ]


def _circles(largest: float, language: str) -> list[Component]:
    rows = []
    for count in round_counts(largest):
        across = f"{_LARGEST * (count / largest) ** 0.5:.0f}px"
        circle = html.Span(className="circle-key", style={"width": across, "height": across})
        rows.append(html.Div([circle, show_value(count, Unit.PEOPLE)], className="circle-row"))
    return [
        html.Div(rows, className="circles"),
        html.P(say("page.circles", language), className="note"),
    ]


def sources_of(view: ViewState, sources: list[SourceSpec]) -> Component:
    """Return what a layer is and where it comes from, folded."""
    language = view.language
    rows = [
        html.Li(
            [
                html.A(
                    source.publisher,
                    href=source.landing,
                    target="_blank",
                    rel="noopener noreferrer",
                ),
                f", {source.vintage}. {source.citation}. {source.licence}.",
            ]
        )
        for source in sources
    ]
    return html.Details(
        [
            html.Summary(say("page.sources", language)),
            html.P(say(f"layer.{view.layer}.description", language)),
            html.Ul(rows),
        ],
        className="sources note",
    )
