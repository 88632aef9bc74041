"""The head of Datos: what is open, and the links to the rest of it."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app.address import encode
from geoapp.app.state import DataPart, ViewState
from geoapp.words import say


def view_link(text: str, view: ViewState, is_here: bool = False, **more: Any) -> Component:
    """Return a link to another view of the open page, which no full load is needed for."""
    marks: dict[str, Any] = {"data-view": "true", **({"aria-current": "true"} if is_here else {})}
    return html.A(text, href=encode(view), **marks, **more)


def data_head(view: ViewState, note: str) -> list[Component]:
    """Return the title, a note and the parts of the page as links.

    Parameters
    ----------
    view : ViewState
        The view.
    note : str
        What the build rests on, in one line.

    Returns
    -------
    list of Component
        The head of the panel.
    """
    links = [
        view_link(say(f"data.part.{part}", view.language), view.with_(part=part), part is view.part)
        for part in DataPart
    ]
    named: dict[str, Any] = {"aria-label": say("data.parts", view.language)}
    return [
        html.Div(
            [html.H2(say("data.title", view.language)), html.P(note, className="note")],
            className="beside-level",
        ),
        html.Nav(links, className="data-parts", **named),
    ]
