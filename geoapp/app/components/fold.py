"""A group of figures that is folded, and empty until it is opened."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.app.components.figures import figure_rows
from geoapp.app.state import ViewState

Figures = dict[str, dict[str, Any]]
"""By layer, as ``cell_answer`` returns them."""


def fold(
    head: str, theme: str, cells: Figures | None, panel: str, unit: str, view: ViewState
) -> Component:
    """Return a group of figures under its head.

    Parameters
    ----------
    head : str
        Its words.
    theme : str
        Dimension of its layers.
    cells : dict or None
        Its figures; None folds it, and they are asked for when it is opened.
    panel : str
        Where it stands.
    unit : str
        Whose figures they are.
    view : ViewState
        Its layer is marked.

    Returns
    -------
    Component
        Another unit has another group, which holds nothing of this one.
    """

    def named(part: str) -> dict[str, object]:
        return ids.fold_id(part, theme, panel, unit)

    rows = None if cells is None else figure_table(cells, panel, view)
    return html.Details(
        [
            html.Summary(head, id=named("head"), n_clicks=0),
            html.Div(rows, id=named("slot")),
        ],
        id=named("whole"),
        open=cells is not None,
    )


def figure_table(cells: Figures, panel: str, view: ViewState) -> Component:
    """Return the figures of a group as a table."""
    return html.Table(html.Tbody(figure_rows(cells, view.language, panel, view.layer)))
