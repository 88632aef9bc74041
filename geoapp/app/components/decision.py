"""The form that records a decision: what, why and by whom."""

from dash import dcc, html
from dash.development.base_component import Component

from geoapp.app import ids
from geoapp.words import say

_FIELDS = ((ids.DECISION_NAME, "name"), (ids.DECISION_REASON, "reason"), (ids.DECISION_WHO, "who"))


def decision_form(language: str) -> Component:
    """Return the form, folded.

    Parameters
    ----------
    language : str
        es or en.

    Returns
    -------
    Component
        With empty fields.
    """
    fields = [
        html.Label(
            [
                html.Span(say(f"decision.{word}", language)),
                dcc.Input(id=name, type="text", autoComplete="off", maxLength=500, value=""),
            ]
        )
        for name, word in _FIELDS
    ]
    return html.Details(
        [
            html.Summary(say("decision.title", language)),
            *fields,
            html.Button(say("decision.save", language), id=ids.DECISION_SAVE, className="action"),
            html.P(id=ids.DECISION_TOLD, className="note", role="status"),
        ],
        className="decision",
    )
